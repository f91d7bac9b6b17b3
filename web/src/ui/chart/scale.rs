use shared::indicator::Decimal;

/// About as many steps as a reader compares at a glance.
const STEPS: i128 = 4;
/// What a whole is in a decimal's nanos.
const ONE: i128 = 1_000_000_000;

/// The numbers of an axis, from one round number to another. Exact: chart and table agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    low: i128,
    high: i128,
    step: i128,
}

impl Scale {
    /// The least scale of round numbers that has all the values; none of no values.
    pub(super) fn around(values: impl IntoIterator<Item = Decimal>) -> Option<Scale> {
        let mut values = values.into_iter().map(Decimal::nanos);
        let first = values.next()?;
        let (low, high) = values.fold((first, first), |(low, high), value| (low.min(value), high.max(value)));
        let span = if low == high { low.abs().max(ONE) } else { high - low };
        let step = round_step(span.div_euclid(STEPS).max(1));
        let low = low.div_euclid(step) * step;
        let high = -(-high).div_euclid(step) * step;
        Some(if low == high { Scale { low: low - step, high: high + step, step } } else { Scale { low, high, step } })
    }

    /// How far above the lowest number, in thousandths of the whole.
    pub(super) fn place(&self, value: Decimal) -> i64 {
        i64::try_from((value.nanos() - self.low) * 1000 / (self.high - self.low)).unwrap_or_default()
    }

    /// The round numbers, lowest first.
    pub(super) fn ticks(&self) -> Vec<Decimal> {
        let (step, high) = (self.step, self.high);
        std::iter::successors(Some(self.low), |nanos| (nanos + step <= high).then_some(nanos + step))
            .filter_map(|nanos| decimal(nanos, step))
            .collect()
    }
}

/// The least of 1, 2, 5, 10, 20, 50 … that is not less.
fn round_step(least: i128) -> i128 {
    let mut power = 1;
    loop {
        if let Some(step) = [power, 2 * power, 5 * power].into_iter().find(|step| *step >= least) {
            return step;
        }
        power *= 10;
    }
}

/// With as many digits after the point as the step has.
fn decimal(mut nanos: i128, mut step: i128) -> Option<Decimal> {
    let mut digits = Decimal::MOST_DIGITS;
    while digits > 0 && step % 10 == 0 {
        (nanos, step, digits) = (nanos / 10, step / 10, digits - 1);
    }
    Decimal::new(i64::try_from(nanos).ok()?, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(values: &[&str]) -> Scale {
        Scale::around(values.iter().map(|text| Decimal::parse(text).unwrap())).unwrap()
    }

    fn ticks(values: &[&str]) -> Vec<String> {
        scale(values).ticks().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_axis_has_round_numbers_around_all_values() {
        assert_eq!(ticks(&["88.2", "98", "91"]), ["85", "90", "95", "100"]);
        assert_eq!(ticks(&["-3", "4"]), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(ticks(&["0.001", "0.0025"]), ["0.0010", "0.0015", "0.0020", "0.0025"]);
        assert_eq!(ticks(&["1200000"]), ["1000000", "1500000"]);
        assert_eq!(ticks(&["0"]), ["-0.5", "0.0", "0.5"]);
    }

    #[test]
    fn values_have_their_place() {
        let scale = scale(&["85", "100"]);

        assert_eq!(scale.place(Decimal::parse("85").unwrap()), 0);
        assert_eq!(scale.place(Decimal::parse("92.5").unwrap()), 500);
        assert_eq!(scale.place(Decimal::parse("100").unwrap()), 1000);
    }
}
