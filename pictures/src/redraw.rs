//! Drawing a picture anew: upright, without metadata, no larger than is useful.

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, Limits,
    codecs::{
        jpeg::JpegDecoder,
        png::{PngDecoder, PngEncoder},
        webp::WebPDecoder,
    },
    imageops::FilterType,
    metadata::Orientation,
};
use std::io::Cursor;

/// The most pixels that are decoded: those of a 50-megapixel camera.
const MOST_PIXELS: u64 = 51_000_000;
/// The most bytes that the decoded pixels may take.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The longest side that a picture is kept in.
const LONGEST_SIDE: u32 = 4096;
/// The most passes of a progressive JPEG: each costs time for all its pixels, and ten are usual.
const MOST_PASSES: usize = 64;

/// How the bytes of a picture are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Jpeg,
    Png,
    WebP,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// More pixels than a camera has.
    #[error("too many pixels")]
    TooLarge,
    /// What cannot be decoded, or only at a cost that no honest picture has.
    #[error("not a picture: {0}")]
    Unreadable(String),
    /// What was decoded could not be encoded.
    #[error("encode a picture")]
    Encode(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A picture in its three sizes, all in one format.
#[derive(Debug)]
pub struct Picture {
    /// The media type of the sizes.
    pub media: &'static str,
    /// In pixels, of the full size.
    pub width: u32,
    /// In pixels, of the full size.
    pub height: u32,
    /// At most 4096 pixels on its longer side.
    pub full: Vec<u8>,
    /// At most 1280 pixels on its longer side.
    pub large: Vec<u8>,
    /// At most 320 pixels on its longer side.
    pub thumb: Vec<u8>,
}

/// Decodes and draws anew. Takes long: not for a thread that serves.
///
/// # Errors
/// See [`Refused`].
pub fn redraw(content: &[u8], encoding: Encoding) -> Result<Picture, Refused> {
    let reader = Cursor::new(content);
    let decoded = match encoding {
        Encoding::Jpeg if passes(content) > MOST_PASSES => return Err(Refused::Unreadable("too many passes".into())),
        Encoding::Jpeg => decode(JpegDecoder::new(reader).map_err(unreadable)?)?,
        Encoding::Png => decode(PngDecoder::with_limits(reader, limits()).map_err(unreadable)?)?,
        Encoding::WebP => decode(WebPDecoder::new(reader).map_err(unreadable)?)?,
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

fn decode(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refused> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Refused::Unreadable("no pixels".into()));
    }
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    decoder.set_limits(limits()).map_err(unreadable)?;
    // Metadata that cannot be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn unreadable(error: image::ImageError) -> Refused {
    Refused::Unreadable(error.to_string())
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

fn encode(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    let (width, height, pixels) = (image.width(), image.height(), image.as_bytes());
    if image.color().has_alpha() {
        PngEncoder::new(&mut out)
            .write_image(pixels, width, height, ExtendedColorType::Rgba8)
            .map_err(|error| Refused::Encode(error.into()))?;
    } else {
        let side = |side: u32| u16::try_from(side).map_err(|_| Refused::TooLarge);
        jpeg_encoder::Encoder::new(&mut out, quality)
            .encode(pixels, side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb)
            .map_err(|error| Refused::Encode(error.into()))?;
    }
    Ok(out)
}
