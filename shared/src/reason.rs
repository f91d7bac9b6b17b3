//! Reasons and decisions: what somebody says when taking a step that others will ask about.

use crate::draft::{Draft, Faults, text};
use crate::problem::FieldError;
use serde::{Deserialize, Serialize};

/// The body of a transition that needs a reason and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReasonDraft {
    pub reason: String,
}

/// Why: 1 to 1,000 characters of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub fn parse(raw: &str) -> Result<Reason, FieldError> {
        text(raw, 1, 1000).map(Reason)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl Draft for ReasonDraft {
    type Parsed = Reason;

    fn parse(self) -> Result<Reason, Vec<FieldError>> {
        let mut faults = Faults::new();
        let reason = faults.take("reason", Reason::parse(&self.reason));
        faults.finish(reason)
    }
}

/// The body of a decision about an appeal or an objection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionDraft {
    /// Whether the one who appealed or objected is right.
    pub upheld: bool,
    pub reason: String,
}

/// A decision about an appeal or an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub upheld: bool,
    pub reason: Reason,
}

impl Draft for DecisionDraft {
    type Parsed = Decision;

    fn parse(self) -> Result<Decision, Vec<FieldError>> {
        let mut faults = Faults::new();
        let reason = faults.take("reason", Reason::parse(&self.reason));
        let upheld = self.upheld;
        faults.finish(reason.map(|reason| Decision { upheld, reason }))
    }
}
