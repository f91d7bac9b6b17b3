//! Indicators: the list of a community, one with its chart and values, and the forms of its coordinators.

mod create;
mod detail;
mod edit;
mod finding;
mod goal;
mod list;
mod measure;
mod serves;
mod shown;
mod values;

part! {
    /// What a community measures.
    indicators in indicators: IndicatorsRoute => list::IndicatorsPage
}
part! {
    /// One indicator.
    indicator in indicator: IndicatorRoute => detail::IndicatorPage
}

pub(crate) use goal::GoalTile;
pub(crate) use shown::{Progress, measured};
