//! Photos of the demo, drawn by the program: a place by its category, as it was found and as it is
//! once somebody has mended it.

mod backdrop;
mod canvas;
mod scenes;
mod things;

use canvas::Canvas;

/// A PNG of a place, 800 by 600 pixels. The same `place` always looks the same; another `view` of it
/// a little different, and `mended` shows it after the work. An unknown category is a yard.
///
/// # Errors
/// The encoder's.
pub fn draw(category: &str, place: u64, view: u8, mended: bool) -> Result<Vec<u8>, image::ImageError> {
    let mut canvas = Canvas::new();
    let mut dice = Dice(place ^ u64::from(view).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    scenes::draw(&mut canvas, &mut dice, category, mended);
    canvas.png()
}

/// Numbers that look thrown (`SplitMix64`).
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to `high`.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let [.., a, b] = self.next().to_be_bytes();
        low + (high - low) * f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX)
    }

    /// One of them.
    fn one<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let [.., face] = self.next().to_be_bytes();
        match usize::from(face) % (others.len() + 1) {
            0 => first,
            n => others.get(n - 1).copied().unwrap_or(first),
        }
    }
}
