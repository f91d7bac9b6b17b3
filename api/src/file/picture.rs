//! Drawing a picture anew: upright, without metadata, no larger than is useful.

use crate::{
    file::format::Format,
    http::error::{Error, Result},
};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, Limits,
    codecs::{
        jpeg::{JpegDecoder, JpegEncoder},
        png::{PngDecoder, PngEncoder},
        webp::WebPDecoder,
    },
    imageops::FilterType,
    metadata::Orientation,
};
use shared::problem::Code;
use std::io::Cursor;

/// The most pixels that are decoded: those of a 50-megapixel camera.
const MOST_PIXELS: u64 = 51_000_000;
/// The most bytes that the decoded pixels may take.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The longest side that a picture is kept in.
const LONGEST_SIDE: u32 = 4096;
/// The most passes of a progressive JPEG: each costs time for all its pixels, and ten are usual.
const MOST_PASSES: usize = 64;

/// A picture in its three sizes, all in one format.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) media: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) full: Vec<u8>,
    /// At most 1280 pixels on its longer side.
    pub(super) large: Vec<u8>,
    /// At most 320 pixels on its longer side.
    pub(super) thumb: Vec<u8>,
}

/// Decodes and draws anew. 413 for more pixels than a camera has, 415 for what cannot be decoded.
/// Takes long: not for a thread that serves.
pub(super) fn redraw(content: &[u8], format: Format) -> Result<Picture> {
    let reader = Cursor::new(content);
    let decoded = match format {
        Format::Jpeg if passes(content) > MOST_PASSES => return Err(Error::of(Code::UnsupportedMedia)),
        Format::Jpeg => decode(JpegDecoder::new(reader).map_err(refused)?)?,
        Format::Png => decode(PngDecoder::with_limits(reader, limits()).map_err(refused)?)?,
        Format::WebP => decode(WebPDecoder::new(reader).map_err(refused)?)?,
        Format::Pdf => return Err(Error::of(Code::UnsupportedMedia)),
    };
    let full = plain(within(decoded, LONGEST_SIDE, |image, side| image.resize(side, side, FilterType::Triangle)));
    let large = within(full.clone(), 1280, |image, side| image.thumbnail(side, side));
    let thumb = within(large.clone(), 320, |image, side| image.thumbnail(side, side));
    Ok(Picture {
        media: if full.color().has_alpha() { "image/png" } else { "image/jpeg" },
        width: full.width(),
        height: full.height(),
        full: encode(&full, 86)?,
        large: encode(&large, 80)?,
        thumb: encode(&thumb, 76)?,
    })
}

/// How often a JPEG goes over its pixels. The marker stands nowhere else in the picture's data.
fn passes(content: &[u8]) -> usize {
    content.windows(2).filter(|window| *window == b"\xFF\xDA").count()
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

fn decode(mut decoder: impl ImageDecoder) -> Result<DynamicImage> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Error::of(Code::UnsupportedMedia));
    }
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        return Err(Error::of(Code::TooLarge));
    }
    decoder.set_limits(limits()).map_err(refused)?;
    // Metadata that cannot be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn refused(error: image::ImageError) -> Error {
    tracing::debug!(%error, "a picture was refused");
    Error::of(Code::UnsupportedMedia)
}

/// Made smaller where a side is longer than this.
fn within(image: DynamicImage, side: u32, smaller: impl Fn(&DynamicImage, u32) -> DynamicImage) -> DynamicImage {
    if image.width().max(image.height()) > side { smaller(&image, side) } else { image }
}

/// Eight bits a channel, with transparency only where something shows through.
fn plain(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.into_rgb8());
    }
    let image = image.into_rgba8();
    let opaque = image.pixels().all(|pixel| matches!(pixel.0, [_, _, _, u8::MAX]));
    let image = DynamicImage::ImageRgba8(image);
    if opaque { DynamicImage::ImageRgb8(image.into_rgb8()) } else { image }
}

fn encode(image: &DynamicImage, quality: u8) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let (width, height, pixels) = (image.width(), image.height(), image.as_bytes());
    if image.color().has_alpha() {
        PngEncoder::new(&mut out).write_image(pixels, width, height, ExtendedColorType::Rgba8)
    } else {
        JpegEncoder::new_with_quality(&mut out, quality).write_image(pixels, width, height, ExtendedColorType::Rgb8)
    }
    .map_err(|error| anyhow::Error::new(error).context("encode a picture"))?;
    Ok(out)
}
