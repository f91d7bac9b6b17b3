//! Indicators: what a community measures, and whether it moves.

mod decimal;
mod forms;
mod view;

pub use decimal::*;
pub use forms::*;
pub use view::*;

use crate::words::words;

words! {
    /// What an indicator tells of.
    IndicatorKind in "indicator_kind" {
        /// What we do.
        Performance = "performance";
        /// What changes.
        Impact = "impact";
    }

    /// Which way is better.
    Direction in "direction" {
        Up = "up";
        Down = "down";
    }
}
