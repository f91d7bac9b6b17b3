//! Steps: transitions that take a reason or nothing, as values that a page can hold while it asks.

use super::{
    ApiError,
    client::{self, Acting},
};
use serde::Serialize;
use shared::reason::ReasonDraft;

/// A transition to be made. What it answers is not kept: the page reads again what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    path: String,
    needs_reason: bool,
    acting: Acting,
}

/// The body of a step without a reason.
#[derive(Serialize)]
struct Nothing {}

impl Step {
    pub(super) fn plain(path: String) -> Step {
        Step { path, needs_reason: false, acting: Acting::AsChosen }
    }

    pub(super) fn with_reason(path: String) -> Step {
        Step { needs_reason: true, ..Step::plain(path) }
    }

    /// In the name that the thing itself decides, whichever is chosen on the page.
    pub fn acting(self, acting: Acting) -> Step {
        Step { acting, ..self }
    }

    /// Whether it has to say why.
    pub fn needs_reason(&self) -> bool {
        self.needs_reason
    }

    /// Makes it.
    pub async fn take(&self, reason: String) -> Result<(), ApiError> {
        if self.needs_reason {
            client::post_as(&self.path, &ReasonDraft { reason }, self.acting).await
        } else {
            client::post_as(&self.path, &Nothing {}, self.acting).await
        }
    }
}
