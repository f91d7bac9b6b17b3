//! Photos and documents: uploaded first, then named by what they belong to.

use crate::ids::FileId;
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a file is.
    FileKind in "file_kind" {
        /// A picture, re-encoded, upright and without metadata.
        Photo = "photo";
        /// A PDF, as it came.
        Document = "document";
    }
}

/// What `POST /uploads` answers: the file and the proof that one uploaded it.
///
/// A file that nothing names within 24 hours is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    pub id: FileId,
    pub claim: String,
    pub kind: FileKind,
}

/// An uploaded file named by a draft; both fields as [`Upload`] told them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadClaim {
    pub id: FileId,
    pub claim: String,
}

/// A file as it is shown; its content is at `/api/v1/files/{id}`, a photo's thumbnail at
/// `/api/v1/files/{id}?size=thumb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileLink {
    pub id: FileId,
    pub kind: FileKind,
    /// In pixels; of photos only.
    pub width: Option<u32>,
    /// In pixels; of photos only.
    pub height: Option<u32>,
    /// In bytes.
    pub size: i64,
}
