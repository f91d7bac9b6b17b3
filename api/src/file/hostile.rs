//! Files that are not what they say, made here one by one.

use crate::{
    config::Config,
    file::tests::{CANARY, contains, encoded, exif, photo, with_metadata},
    testing::{Client, TestApp},
};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat,
    codecs::{png::PngEncoder, webp::WebPEncoder},
};

/// What has to become of a hostile file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// 415
    Refused,
    /// 413
    TooLarge,
    /// Refused, or drawn anew with nothing of what was hidden in it.
    Harmless,
    /// Drawn anew, as there is a good picture in it, with nothing of what was hidden.
    Redrawn,
}
use Fate::{Harmless, Redrawn, Refused, TooLarge};

fn jpeg() -> Vec<u8> {
    encoded(&photo(64, 48), ImageFormat::Jpeg)
}

fn png() -> Vec<u8> {
    encoded(&photo(64, 48), ImageFormat::Png)
}

fn webp() -> Vec<u8> {
    encoded(&photo(64, 48), ImageFormat::WebP)
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// The checksum of PNG chunks (CRC-32).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = join(&[name, data]);
    join(&[&u32::try_from(data.len()).unwrap().to_be_bytes(), &named, &checksum(&named).to_be_bytes()])
}

/// The header chunk of a PNG: sides, bits, colour type, interlacing.
fn header(width: u32, height: u32, bits: u8, colour: u8, interlaced: u8) -> Vec<u8> {
    chunk(b"IHDR", &join(&[&width.to_be_bytes(), &height.to_be_bytes(), &[bits, colour, 0, 0, interlaced]]))
}

/// A PNG that says to be of that size and has next to no data.
fn empty_png(width: u32, height: u32, bits: u8, colour: u8) -> Vec<u8> {
    join(&[
        b"\x89PNG\r\n\x1A\n",
        &header(width, height, bits, colour, 0),
        &chunk(b"IDAT", &[0x78, 0x9C, 3, 0, 0, 0, 0, 1]),
        &chunk(b"IEND", &[]),
    ])
}

/// The good PNG with a chunk more after its header.
fn png_with(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let good = png();
    join(&[&good[..33], &chunk(name, data), &good[33..]])
}

/// The good JPEG with a segment more at its beginning.
fn jpeg_with(marker: u8, data: &[u8]) -> Vec<u8> {
    let good = jpeg();
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    join(&[&good[..2], &[0xFF, marker], &length, data, &good[2..]])
}

/// The good JPEG with its frame header changed: marker, bits, sides.
fn jpeg_framed(change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut jpeg = jpeg();
    let frame = jpeg.windows(2).position(|window| window == b"\xFF\xC0").unwrap();
    change(&mut jpeg[frame..frame + 9]);
    jpeg
}

/// A WebP of one chunk.
fn webp_of(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    join(&[b"RIFF", &(length + 12).to_le_bytes(), b"WEBP", name, &length.to_le_bytes(), data])
}

fn encoded_with_metadata(encoder: impl ImageEncoder, image: &DynamicImage) {
    let mut encoder = encoder;
    encoder.set_exif_metadata(exif(6)).unwrap();
    encoder.set_icc_profile(CANARY.as_bytes().to_vec()).unwrap();
    encoder.write_image(image.as_bytes(), image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
}

fn in_memory(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out);
    out
}

/// Not a picture or document at all, whatever it calls itself.
fn other_kinds() -> Vec<(&'static str, Vec<u8>)> {
    let canary = CANARY.as_bytes();
    let beginnings: [(&str, &[u8]); 37] = [
        ("nothing", b""),
        ("one byte", b"\xFF"),
        ("zero bytes", &[0; 4096]),
        ("two bytes of a JPEG", b"\xFF\xD8"),
        ("HTML", b"<!doctype html><html><body>"),
        ("HTML behind a byte order mark", b"\xEF\xBB\xBF<html>"),
        ("HTML in UTF-16", b"\xFF\xFE<\0h\0t\0m\0l\0>\0"),
        ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\">"),
        ("SVG behind a declaration", b"<?xml version=\"1.0\"?><!DOCTYPE svg><svg>"),
        ("SVG, compressed", b"\x1F\x8B\x08\0\0\0\0\0"),
        (
            "XML with an entity",
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        ),
        ("JavaScript", b"alert(document.cookie)//"),
        ("a shell script", b"#!/bin/sh\nrm -rf /\n"),
        ("PHP", b"<?php system($_GET['c']); ?>"),
        ("a Windows program", b"MZ\x90\0\x03\0\0\0"),
        ("a Linux program", b"\x7FELF\x02\x01\x01\0"),
        ("WebAssembly", b"\0asm\x01\0\0\0"),
        ("a ZIP", b"PK\x03\x04\x14\0\0\0"),
        ("an empty ZIP", b"PK\x05\x06\0\0\0\0"),
        ("a RAR", b"Rar!\x1A\x07\x01\0"),
        ("GIF87a", b"GIF87a\x01\0\x01\0\x80\0\0"),
        ("GIF89a that is JavaScript", b"GIF89a/*\x01\0\x01\0*/=1;alert(1)//"),
        ("BMP", b"BM\x3A\0\0\0\0\0\0\0"),
        ("TIFF, little-endian", b"II\x2A\0\x08\0\0\0"),
        ("TIFF, big-endian", b"MM\0\x2A\0\0\0\x08"),
        ("an icon", b"\0\0\x01\0\x01\0\x10\x10"),
        ("Photoshop", b"8BPS\0\x01\0\0"),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0"),
        ("AVIF", b"\0\0\0\x18ftypavif\0\0\0\0"),
        ("MP4", b"\0\0\0\x18ftypmp42\0\0\0\0"),
        ("JPEG 2000", b"\0\0\0\x0CjP  \r\n\x87\n"),
        ("WAV in RIFF", b"RIFF\x24\0\0\0WAVEfmt "),
        ("AVI in RIFF", b"RIFF\x24\0\0\0AVI LIST"),
        ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
        ("RTF", b"{\\rtf1\\ansi "),
        ("a PDF without its end", b"%PDF-1.7\n1 0 obj\n"),
        ("a mail", b"Content-Type: text/html\r\n\r\n<html>"),
    ];
    beginnings
        .into_iter()
        .map(|(name, beginning)| (name, if beginning.is_empty() { Vec::new() } else { join(&[beginning, canary]) }))
        .collect()
}

/// Something good with something else before, behind or inside.
fn polyglots() -> Vec<(&'static str, Fate, Vec<u8>)> {
    let canary = CANARY.as_bytes();
    let document = join(&[b"%PDF-1.7\n", canary, b"\n%%EOF\n"]);
    vec![
        ("HTML before a JPEG", Refused, join(&[canary, &jpeg()])),
        ("SVG before a PNG", Refused, join(&[b"<svg/>", &png()])),
        ("a blank before a PDF", Refused, join(&[b" ", &document])),
        ("HTML before a PDF", Refused, join(&[canary, &document])),
        ("GIF before a PNG", Refused, join(&[b"GIF89a", &png()])),
        ("HTML behind a JPEG", Redrawn, join(&[&jpeg(), canary])),
        ("HTML behind a PNG", Redrawn, join(&[&png(), canary])),
        ("HTML behind a WebP", Harmless, join(&[&webp(), canary])),
        ("a ZIP behind a JPEG", Redrawn, join(&[&jpeg(), b"PK\x03\x04", canary, b"PK\x05\x06"])),
        ("a PDF behind a JPEG", Redrawn, join(&[&jpeg(), &document])),
        ("a film behind a JPEG", Redrawn, join(&[&jpeg(), b"\0\0\0\x18ftypmp42", canary])),
        ("HTML in a JPEG's comment", Redrawn, jpeg_with(0xFE, canary)),
        ("a PDF in a JPEG's comment", Redrawn, jpeg_with(0xFE, &document)),
        ("HTML in a JPEG's XMP", Redrawn, jpeg_with(0xE1, &join(&[b"http://ns.adobe.com/xap/1.0/\0", canary]))),
        ("HTML in a JPEG's IPTC", Redrawn, jpeg_with(0xED, &join(&[b"Photoshop 3.0\0", canary]))),
        ("HTML in a JPEG's colour profile", Redrawn, jpeg_with(0xE2, &join(&[b"ICC_PROFILE\0\x01\x01", canary]))),
        ("HTML in a JPEG's EXIF", Redrawn, with_metadata(&photo(64, 48), 6)),
        ("an orientation that there is not", Redrawn, with_metadata(&photo(64, 48), 77)),
        ("a JPEG in a JPEG's EXIF", Redrawn, jpeg_with(0xE1, &join(&[b"Exif\0\0", &exif(1), &jpeg(), canary]))),
        ("EXIF that points outside itself", Redrawn, jpeg_with(0xE1, b"Exif\0\0II\x2A\0\xFF\xFF\xFF\x7F")),
        ("HTML in a PNG's text", Redrawn, png_with(b"tEXt", &join(&[b"Comment\0", canary]))),
        (
            "HTML in a PNG's international text",
            Redrawn,
            png_with(b"iTXt", &join(&[b"XML:com.adobe.xmp\0\0\0\0\0", canary])),
        ),
        ("a PNG's text that does not unpack", Redrawn, png_with(b"zTXt", &join(&[b"Comment\0\0", canary]))),
        ("a PNG's colour profile that does not unpack", Harmless, png_with(b"iCCP", &join(&[b"p\0\0", canary]))),
        ("a PNG's chunk of one's own", Redrawn, png_with(b"spIl", canary)),
        (
            "a PNG with EXIF and a profile",
            Redrawn,
            in_memory(|out| encoded_with_metadata(PngEncoder::new(out), &photo(64, 48))),
        ),
        (
            "a WebP with EXIF and a profile",
            Redrawn,
            in_memory(|out| encoded_with_metadata(WebPEncoder::new_lossless(out), &photo(64, 48))),
        ),
    ]
}

/// Small files that say to be large, and files that contradict themselves.
fn liars() -> Vec<(&'static str, Fate, Vec<u8>)> {
    let scan = b"\xFF\xDA\0\x0C\x03\x01\0\x02\x11\x03\x11\0\x3F\0";
    let wide = |width: u32, height: u32| join(&[&[10, 0, 0, 0], &width.to_le_bytes()[..3], &height.to_le_bytes()[..3]]);
    let lossless =
        |width: u32, height: u32| join(&[&[0x2F], &((width - 1) | ((height - 1) << 14)).to_le_bytes(), &[0; 15]]);
    vec![
        ("a PNG of four thousand million pixels", TooLarge, empty_png(65_535, 65_535, 8, 2)),
        ("a PNG of ten thousand million pixels", TooLarge, empty_png(100_000, 100_000, 1, 0)),
        ("the widest PNG", Harmless, empty_png(0x7FFF_FFFF, 1, 8, 6)),
        ("the largest PNG", Harmless, empty_png(0x7FFF_FFFF, 0x7FFF_FFFF, 16, 6)),
        ("a PNG larger than there are", Refused, empty_png(u32::MAX, u32::MAX, 16, 6)),
        ("a PNG of just too many pixels", TooLarge, empty_png(7_200, 7_200, 8, 2)),
        ("a PNG of 16 bits that would take too much memory", TooLarge, empty_png(7_000, 7_000, 16, 6)),
        ("a PNG without width", Refused, empty_png(0, 10, 8, 2)),
        ("a PNG without pixels", Refused, empty_png(0, 0, 8, 2)),
        ("a PNG without the data it says", Refused, empty_png(5_000, 5_000, 8, 2)),
        ("a PNG of an unknown colour type", Refused, empty_png(10, 10, 8, 5)),
        ("a PNG of 3 bits", Refused, empty_png(10, 10, 3, 0)),
        ("a PNG of colours without their table", Refused, empty_png(10, 10, 8, 3)),
        ("a PNG without a header", Refused, join(&[b"\x89PNG\r\n\x1A\n", &chunk(b"IEND", &[])])),
        (
            "a PNG with a chunk longer than itself",
            Refused,
            join(&[b"\x89PNG\r\n\x1A\n", &header(10, 10, 8, 2, 0), b"\x7F\xFF\xFF\xFFIDAT"]),
        ),
        (
            "a PNG whose checksum is wrong",
            Refused,
            in_memory(|out| {
                *out = png();
                out[29] ^= 1;
            }),
        ),
        ("a PNG of two headers", Harmless, png_with(b"IHDR", &[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 2, 0, 0, 0])),
        ("an animation of very many frames", Harmless, png_with(b"acTL", &[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])),
        ("a JPEG of four thousand million pixels", TooLarge, jpeg_framed(|frame| frame[5..9].fill(0xFF))),
        ("a JPEG without height", Refused, jpeg_framed(|frame| frame[5..7].fill(0))),
        ("a JPEG without width", Refused, jpeg_framed(|frame| frame[7..9].fill(0))),
        ("a JPEG of 12 bits", Refused, jpeg_framed(|frame| frame[4] = 12)),
        ("a lossless JPEG", Refused, jpeg_framed(|frame| frame[1] = 0xC3)),
        ("an arithmetic JPEG", Refused, jpeg_framed(|frame| frame[1] = 0xC9)),
        ("a JPEG that goes a thousand times over its pixels", Refused, join(&[&jpeg(), &scan.repeat(1000)])),
        ("a JPEG with a segment longer than itself", Refused, b"\xFF\xD8\xFF\xE0\xFF\xFFJFIF\0".to_vec()),
        ("a JPEG with a segment shorter than nothing", Harmless, join(&[b"\xFF\xD8\xFF\xE0\0\0", &jpeg()[2..]])),
        (
            "a JPEG without tables",
            Refused,
            b"\xFF\xD8\xFF\xC0\0\x0B\x08\0\x10\0\x10\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x55\xFF\xD9"
                .to_vec(),
        ),
        ("the beginning and the end of a JPEG", Refused, b"\xFF\xD8\xFF\xD9".to_vec()),
        ("a WebP of 268 million pixels", TooLarge, webp_of(b"VP8L", &lossless(16_000, 16_000))),
        ("a WebP canvas of the largest size", Harmless, webp_of(b"VP8X", &wide(0xFF_FFFF, 0xFF_FFFF))),
        ("a WebP without a picture", Refused, webp_of(b"VP8X", &wide(10, 10))),
        (
            "a moving WebP without a frame",
            Refused,
            join(&[b"RIFF\x24\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x09\0\0\x09\0\0ANIM\x06\0\0\0\0\0\0\0\0\0"]),
        ),
        ("a WebP without the data it says", Refused, webp_of(b"VP8L", &lossless(4_000, 4_000))),
        ("a WebP of an unknown chunk", Refused, webp_of(b"HTML", CANARY.as_bytes())),
        ("a WebP with a chunk longer than itself", Refused, b"RIFF\xFF\xFF\xFF\x7FWEBPVP8L\xFF\xFF\xFF\x7F".to_vec()),
        ("a file of just too many bytes", TooLarge, join(&[&jpeg(), &vec![0; 10 * 1024 * 1024]])),
        (
            "a document of just too many bytes",
            TooLarge,
            join(&[b"%PDF-1.7\n", &vec![b' '; 10 * 1024 * 1024], b"%%EOF"]),
        ),
    ]
}

/// Good files that end too early.
fn cut_short() -> Vec<(String, Fate, Vec<u8>)> {
    let mut files = Vec::new();
    for (name, content) in [("JPEG", jpeg()), ("PNG", png()), ("WebP", webp())] {
        for quarter in 1..4 {
            files.push((
                format!("{quarter} of 4 parts of a {name}"),
                Harmless,
                content[..content.len() * quarter / 4].to_vec(),
            ));
        }
        files.push((format!("the signature of a {name}"), Refused, content[..12].to_vec()));
    }
    files
}

/// Uploads, and tells what did not go as it had to; what was taken is looked at in every size.
async fn surprises(client: &Client<'_>, name: &str, fate: Fate, content: Vec<u8>) -> Vec<String> {
    let mut surprises = Vec::new();
    // Neither the truth nor a lie about the kind changes anything.
    for kind in ["image/jpeg", "text/html"] {
        let answer = client.upload(kind, content.clone()).await;
        let allowed: &[u16] = match fate {
            Refused => &[415],
            TooLarge => &[413],
            Harmless => &[201, 413, 415],
            Redrawn => &[201],
        };
        if !allowed.contains(&answer.status) {
            surprises.push(format!("{name}: {fate:?}, but {}", answer.status));
        }
        if answer.status != 201 {
            continue;
        }
        for size in ["", "?size=large", "?size=thumb"] {
            let served = client.get(&format!("/files/{}{size}", answer.text("/id"))).await.expect(200);
            for part in [&b"CANARY"[..], b"<script", b"Exif", b"ICC", b"%PDF", b"ftyp", b"PK\x03\x04"] {
                assert!(!contains(&served.bytes, part), "{name}: {}", String::from_utf8_lossy(part));
            }
            let (kind, end): (_, &[u8]) = if served.bytes.starts_with(b"\x89PNG") {
                ("image/png", b"IEND\xAE\x42\x60\x82")
            } else {
                ("image/jpeg", b"\xFF\xD9")
            };
            assert_eq!(served.header("content-type"), Some(kind), "{name}");
            assert!(served.bytes.ends_with(end), "{name}");
            image::load_from_memory(&served.bytes).unwrap();
        }
    }
    surprises
}

/// Tests call from one address, which may forward for others here.
pub(super) fn behind_proxy(config: &mut Config) {
    config.trusted_proxies = vec!["192.0.2.1".parse().unwrap()];
}

/// The same person at another address, so that so many uploads are not too many.
pub(super) fn from<'a>(client: &Client<'a>, number: usize) -> Client<'a> {
    client.with("X-Forwarded-For", format!("198.51.100.{}", number % 250))
}

#[actix_web::test]
async fn hostile_files_are_refused_or_made_harmless() {
    let app = TestApp::start_with(behind_proxy).await;
    let citizen = app.citizen().await;
    let mut files: Vec<(String, Fate, Vec<u8>)> =
        other_kinds().into_iter().map(|(name, content)| (name.to_owned(), Refused, content)).collect();
    files.extend(polyglots().into_iter().chain(liars()).map(|(name, fate, content)| (name.to_owned(), fate, content)));
    files.extend(cut_short());
    assert!(files.len() >= 60, "{}", files.len());

    let mut surprising = Vec::new();
    for (number, (name, fate, content)) in files.into_iter().enumerate() {
        surprising.extend(surprises(&from(&citizen, number), &name, fate, content).await);
    }
    assert!(surprising.is_empty(), "{}", surprising.join("\n"));
    app.stop().await;
}

#[actix_web::test]
async fn damaged_pictures_are_refused_or_made_harmless() {
    let app = TestApp::start_with(behind_proxy).await;
    let citizen = app.citizen().await;
    // A fixed sequence, so that a failure comes back (xorshift).
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for (name, good) in
        [("JPEG", jpeg()), ("PNG", png()), ("WebP", webp()), ("JPEG with EXIF", with_metadata(&photo(64, 48), 5))]
    {
        for round in 0..40 {
            let mut damaged = good.clone();
            for _ in 0..=next(8) {
                let at = next(damaged.len());
                damaged[at] = u8::try_from(next(256)).unwrap();
            }
            let answer = from(&citizen, round).upload("image/jpeg", damaged).await;
            assert!([201, 413, 415].contains(&answer.status), "{name} {round}: {}", answer.status);
        }
    }
    app.stop().await;
}
