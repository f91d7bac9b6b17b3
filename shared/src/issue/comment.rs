//! Comments below an issue.

use crate::body::query;
use crate::draft::{Draft, Faults, text};
use crate::ids::CommentId;
use crate::names::Who;
use crate::problem::FieldError;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /issues/{id}/comments`, and `PATCH /comments/{id}`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommentDraft {
    /// Markdown.
    pub text: String,
}

/// A comment to be written: 1 to 4,000 characters of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteComment {
    pub text: String,
}

impl Draft for CommentDraft {
    type Parsed = WriteComment;

    fn parse(self) -> Result<WriteComment, Vec<FieldError>> {
        let mut faults = Faults::new();
        let text = faults.take("text", text(&self.text, 1, 4000));
        faults.finish(text.map(|text| WriteComment { text }))
    }
}

query! {
    /// `GET /issues/{id}/comments` and `GET /issues/{id}/history`, oldest first.
    ListInOrder {}
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    pub id: CommentId,
    pub who: Who,
    /// Sanitised HTML; empty where the comment was deleted, or hidden from the reader.
    pub html: String,
    /// The Markdown, for its author.
    pub text: Option<String>,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub deleted: bool,
    pub hidden: bool,
    /// Whether the reader wrote it.
    pub mine: bool,
    pub version: i64,
}

/// What an edited or deleted comment said before, for moderators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastComment {
    /// Sanitised HTML.
    pub html: String,
    pub replaced_at: Timestamp,
}
