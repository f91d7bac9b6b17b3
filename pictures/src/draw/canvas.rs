//! A canvas for polygons with smooth edges.

use image::{
    ExtendedColorType, ImageEncoder, ImageError,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];
/// In pixels from the upper left corner.
pub(super) type Point = (f64, f64);

pub(super) const WIDTH: u32 = 800;
pub(super) const HEIGHT: u32 = 600;

/// A pixel in the units of the edges: each is cut into four lines, and each line into these.
const UNIT: i64 = 256;
const LINES: i64 = 4;
const WHOLE: i64 = UNIT * LINES;

/// What a shape is filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Paint {
    Plain(Colour),
    /// From its upper to its lower edge.
    Down(Colour, Colour),
    /// So many parts of 255 of it cover what lies below.
    Glass(Colour, u8),
}

/// A picture in the making: its pixels row by row.
#[derive(Debug)]
pub(super) struct Canvas(Vec<Colour>);

impl Canvas {
    pub(super) fn new() -> Self {
        Self(vec![[0; 3]; usize::try_from(WIDTH * HEIGHT).unwrap_or_default()])
    }

    /// Fills a polygon.
    pub(super) fn fill(&mut self, shape: &[Point], paint: Paint) {
        let shape: Vec<(i64, i64)> = shape.iter().map(|(x, y)| (whole(x * 256.0), whole(y * 256.0))).collect();
        let top = shape.iter().map(|point| point.1).min().unwrap_or_default();
        let bottom = shape.iter().map(|point| point.1).max().unwrap_or_default();
        let (first, last) = ((top / UNIT).max(0), (bottom / UNIT).min(i64::from(HEIGHT) - 1));
        let mut cover = vec![0; usize::try_from(WIDTH).unwrap_or_default()];
        let (mut spans, mut crossings) = (Vec::new(), Vec::new());
        for row in first..=last {
            spans.clear();
            for line in 0..LINES {
                let y = row * UNIT + line * (UNIT / LINES) + UNIT / LINES / 2;
                crossings.clear();
                let next = shape.iter().skip(1).chain(shape.first());
                crossings.extend(shape.iter().zip(next).filter_map(|(a, b)| crossing(*a, *b, y)));
                crossings.sort_unstable();
                spans.extend(crossings.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))));
            }
            let colour = paint.at(row * UNIT - top, bottom - top);
            let (from, to) = self.fill_inside(row, &spans, colour, paint.strength());
            let (mut left, mut right) = (cover.len(), 0);
            for (begin, end) in &spans {
                for part in [(*begin, (*end).min(from * UNIT)), ((*begin).max(to * UNIT), *end)] {
                    let covered = cover_span(&mut cover, part.0, part.1);
                    (left, right) = (left.min(covered.0), right.max(covered.1));
                }
            }
            self.blend(row, left, right, &mut cover, colour, paint.strength());
        }
    }

    /// Where all lines of a row are one span each, and nothing shows through, most pixels are simply
    /// inside: fills these, and tells from and up to which column they go.
    fn fill_inside(&mut self, row: i64, spans: &[(i64, i64)], colour: Colour, strength: i64) -> (i64, i64) {
        let begin = spans.iter().map(|span| span.0).max().unwrap_or_default().max(0);
        let end = spans.iter().map(|span| span.1).min().unwrap_or_default().min(i64::from(WIDTH) * UNIT);
        let (from, to) = ((begin + UNIT - 1) / UNIT, end / UNIT);
        let lines = i64::try_from(spans.len()).unwrap_or_default();
        if lines != LINES || strength < 255 || from >= to {
            // Everything is left of this.
            return (i64::from(WIDTH) + 1, i64::from(WIDTH) + 1);
        }
        let at = |column: i64| usize::try_from(row * i64::from(WIDTH) + column).unwrap_or_default();
        if let Some(inside) = self.0.get_mut(at(from)..at(to)) {
            inside.fill(colour);
        }
        (from, to)
    }

    fn blend(&mut self, row: i64, from: usize, to: usize, cover: &mut [i64], colour: Colour, strength: i64) {
        let start = usize::try_from(row * i64::from(WIDTH)).unwrap_or_default();
        let covered = cover.iter_mut().take(to).skip(from);
        for (pixel, covered) in self.0.iter_mut().skip(start + from).zip(covered) {
            *pixel = mixed(*pixel, colour, *covered * strength / 255, WHOLE);
            *covered = 0;
        }
    }

    /// The picture as a PNG file.
    pub(super) fn png(&self) -> Result<Vec<u8>, ImageError> {
        let mut out = Vec::new();
        PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up).write_image(
            self.0.as_flattened(),
            WIDTH,
            HEIGHT,
            ExtendedColorType::Rgb8,
        )?;
        Ok(out)
    }
}

impl Paint {
    fn at(self, down: i64, height: i64) -> Colour {
        match self {
            Paint::Plain(colour) | Paint::Glass(colour, _) => colour,
            Paint::Down(upper, lower) => mixed(upper, lower, down.clamp(0, height), height.max(1)),
        }
    }

    fn strength(self) -> i64 {
        match self {
            Paint::Glass(_, strength) => strength.into(),
            _ => 255,
        }
    }
}

/// Where an edge crosses a line.
fn crossing(a: (i64, i64), b: (i64, i64), y: i64) -> Option<i64> {
    ((a.1 <= y) != (b.1 <= y)).then(|| a.0 + (y - a.1) * (b.0 - a.0) / (b.1 - a.1))
}

/// Adds what a span covers of each pixel; tells which pixels.
fn cover_span(cover: &mut [i64], left: i64, right: i64) -> (usize, usize) {
    let column = |x: i64| usize::try_from(x.max(0) / UNIT).unwrap_or_default().min(cover.len());
    let (from, to) = (column(left), column(right + UNIT - 1));
    for (place, covered) in cover.iter_mut().enumerate().take(to).skip(from) {
        let begin = i64::try_from(place).unwrap_or_default() * UNIT;
        *covered += (right.min(begin + UNIT) - left.max(begin)).max(0);
    }
    (from, to)
}

/// `part` of `whole` of the second colour in the first.
pub(super) fn mixed(one: Colour, other: Colour, part: i64, whole: i64) -> Colour {
    let mix = |one: u8, other: u8| {
        u8::try_from((i64::from(one) * (whole - part) + i64::from(other) * part) / whole).unwrap_or(u8::MAX)
    };
    let ([red, green, blue], [other_red, other_green, other_blue]) = (one, other);
    [mix(red, other_red), mix(green, other_green), mix(blue, other_blue)]
}

#[expect(clippy::as_conversions, reason = "a point near the canvas is far from the ends of the type")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}
