//! `GET /files/{id}`

use crate::{
    auth::needs::Anyone,
    db::sql,
    file::{
        storage::Size,
        visible::{self, Belongs},
    },
    http::{
        answer,
        error::{Error, Result},
    },
    state::AppState,
};
use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    get,
    http::{StatusCode, header},
    web::{Data, Path, Query},
};
use anyhow::Context;
use sea_orm::FromQueryResult;
use serde::Deserialize;
use shared::{ids::FileId, problem::Code, upload::FileKind};

/// Even opened as a page of its own, a file runs nothing and reaches nothing.
const CONTENT_SECURITY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Which size of a photo; of a document there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
enum Thumbnail {
    /// At most 320 pixels on the longer side.
    Thumb,
    /// At most 1280 pixels on the longer side.
    Large,
}

/// `GET /files/{id}`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FindFile {
    /// As it was stored when absent.
    #[param(inline)]
    size: Option<Thumbnail>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    kind: FileKind,
    media: String,
    sha256: Vec<u8>,
    #[sea_orm(nested)]
    belongs: Belongs,
}

/// Fetch a file.
///
/// Who may see it follows from what it belongs to. The sign-in cookie counts here, so that pictures
/// can be shown by their address.
#[utoipa::path(
    tag = "files",
    params(("id" = FileId, Path), FindFile),
    responses((status = OK, description = "The file's bytes", content_type = "image/jpeg"), (status = NOT_MODIFIED, description = "The caller has it")),
)]
#[get("/files/{id}")]
pub(super) async fn find_file(
    caller: Anyone,
    id: Path<FileId>,
    query: Query<FindFile>,
    req: HttpRequest,
    app: Data<AppState>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let row: Option<Row> = sql::one(
        app.db.read(),
        "SELECT kind, media, sha256, owner_id, community_id, subject_kind, subject_id, hidden_at FROM file WHERE id = $1",
        [id.0.into()],
    )
    .await?;
    let row = row.ok_or_else(|| Error::of(Code::NotFound))?;
    if !visible::may_see(&app, &caller, id, &row.belongs).await? {
        return Err(Error::of(Code::NotFound));
    }
    let size = match (row.kind, query.size) {
        (FileKind::Document, _) | (_, None) => Size::Full,
        (FileKind::Photo, Some(Thumbnail::Large)) => Size::Large,
        (FileKind::Photo, Some(Thumbnail::Thumb)) => Size::Thumb,
    };
    let hash: String = row.sha256.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}.{}\"", size.as_str());
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
        .insert_header((header::VARY, answer::VARY))
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .insert_header((header::CONTENT_DISPOSITION, disposition(id, &row)))
        .insert_header((header::ETAG, tag.as_str()));
    if answer::has(&req, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let content =
        app.files.get(id, size).await?.with_context(|| format!("the content of file {id} is not in the store"))?;
    Ok(response.content_type(row.media).body(SizedStream::new(content.bytes, content.stream)))
}

/// Pictures are shown, documents are downloaded; the name is ours.
fn disposition(id: FileId, row: &Row) -> String {
    let (how, ending) = match (row.kind, row.media.as_str()) {
        (FileKind::Document, _) => ("attachment", "pdf"),
        (FileKind::Photo, "image/png") => ("inline", "png"),
        (FileKind::Photo, _) => ("inline", "jpg"),
    };
    format!("{how}; filename=\"{id}.{ending}\"")
}
