use crate::wording::Wording;
use serde::Serialize;
use shared::names::ActingRole;

/// What an event of an issue, or of what belongs to it, tells beside its subject.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Told {
    /// The state of the thing after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<&'static str>,
    /// The role in which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<ActingRole>,
    /// The reason, note or statement given, as everybody may read it who sees the issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<Wording>,
    /// Other texts that came with it; they are shown with the thing, to those who may read them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) texts: Vec<Wording>,
}

/// Of what was done for oneself or an organisation; whom it was done for is with the event.
pub(crate) fn told(state: &'static str) -> Told {
    Told { state: Some(state), ..Told::default() }
}
