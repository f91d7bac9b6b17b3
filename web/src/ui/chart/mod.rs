//! Charts, drawn as SVG with whole numbers: a line with its target, a sparkline, the way to a target.
//!
//! A chart is one picture to those who hear the page; its numbers are in a table beside it.

mod days;
mod line;
mod runs;
mod scale;
mod small;

pub use line::{LineChart, Point};
pub use small::{Sparkline, Way};
