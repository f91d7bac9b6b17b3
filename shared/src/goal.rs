//! Goals: the seventeen of the United Nations, and how a thing names a goal of any framework.

use crate::draft::{Draft, Faults, line};
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use crate::words::{Word, words};
use serde::{Deserialize, Serialize};

/// The framework of the UN's goals, as it is named in [`GoalRef`].
pub const SDG: &str = "sdg";

/// A goal or target: always its framework beside its code, since countries number their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GoalRef {
    /// `sdg`
    pub framework: String,
    /// `11`
    pub code: String,
}

impl GoalRef {
    /// The UN goal it names.
    pub fn goal(&self) -> Option<Goal> {
        (self.framework == SDG).then(|| Goal::of(&self.code).ok()).flatten()
    }
}

impl From<Goal> for GoalRef {
    fn from(goal: Goal) -> Self {
        Self { framework: SDG.to_owned(), code: goal.as_str().to_owned() }
    }
}

impl Draft for GoalRef {
    type Parsed = GoalRef;

    fn parse(self) -> Result<GoalRef, Vec<FieldError>> {
        let mut faults = Faults::new();
        let framework = faults.take(
            "framework",
            line(&self.framework, 1, 20)
                .and_then(|f| if f == SDG { Ok(f) } else { Err(FieldError::new("", Fault::Unknown)) }),
        );
        let code = faults.take(
            "code",
            line(&self.code, 1, 20).and_then(|code| Goal::of(&code).map_err(|_| FieldError::new("", Fault::Unknown))),
        );
        faults.finish(framework.zip(code).map(|(_, goal)| goal.into()))
    }
}

words! {
    /// A goal of the United Nations; the word is its number.
    Goal in "goal" {
        Poverty = "1";
        Hunger = "2";
        Health = "3";
        Education = "4";
        Equality = "5";
        Water = "6";
        Energy = "7";
        Work = "8";
        Industry = "9";
        Inequality = "10";
        Cities = "11";
        Consumption = "12";
        Climate = "13";
        Seas = "14";
        Land = "15";
        Peace = "16";
        Partnership = "17";
    }
}

impl Goal {
    /// Its official colour, as `#rrggbb`.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Poverty => "#e5243b",
            Self::Hunger => "#dda63a",
            Self::Health => "#4c9f38",
            Self::Education => "#c5192d",
            Self::Equality => "#ff3a21",
            Self::Water => "#26bde2",
            Self::Energy => "#fcc30b",
            Self::Work => "#a21942",
            Self::Industry => "#fd6925",
            Self::Inequality => "#dd1367",
            Self::Cities => "#fd9d24",
            Self::Consumption => "#bf8b2e",
            Self::Climate => "#3f7e44",
            Self::Seas => "#0a97d9",
            Self::Land => "#56c02b",
            Self::Peace => "#00689d",
            Self::Partnership => "#19486a",
        }
    }

    /// Black or white: what is read well on its colour.
    pub const fn ink(self) -> &'static str {
        match self {
            Self::Poverty
            | Self::Education
            | Self::Work
            | Self::Inequality
            | Self::Climate
            | Self::Peace
            | Self::Partnership => "#fff",
            _ => "#000",
        }
    }

    /// Our own short name of it.
    pub fn name(self, lang: Lang) -> &'static str {
        self.text(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn the_number_of_every_goal_is_read_well_on_its_colour() {
        for goal in Goal::ALL {
            let behind = luminance(goal.colour()) + 0.05;
            let contrast = if goal.ink() == "#fff" { 1.05 / behind } else { behind / 0.05 };

            assert!(contrast >= 4.5, "{goal}: {contrast}");
        }
    }
}
