//! Pictures: those that people send, drawn anew, and those of the demo, drawn by the program.
//!
//! A crate of its own so that it can be optimised where the rest is built for tests: going over
//! millions of pixels takes a second and more otherwise.

mod draw;
mod redraw;

pub use draw::draw;
pub use redraw::{Encoding, Picture, Refused, redraw};
