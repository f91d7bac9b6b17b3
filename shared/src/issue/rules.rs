//! The transitions of an issue.
