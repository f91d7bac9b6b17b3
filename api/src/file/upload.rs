//! `POST /uploads`

use crate::{
    auth::{
        keys,
        limits::{self, UPLOADS_OF_CLIENT},
        needs::Anyone,
    },
    db::sql,
    file::{
        format::Format,
        storage::{Size, Storage},
    },
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    state::AppState,
};
use actix_web::{
    HttpRequest,
    http::header,
    post,
    web::{Data, Payload},
};
use anyhow::Context;
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::{
    ids::FileId,
    problem::Code,
    upload::{FileKind, Upload},
};
use std::time::Duration;

/// The most bytes of a file.
const MOST_BYTES: usize = 10 * 1024 * 1024;

/// How long a slow client may take for it.
const PATIENCE: Duration = Duration::from_secs(300);

/// The bytes of one file.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
struct FileContent(#[expect(dead_code, reason = "describes the body")] Vec<u8>);

/// What will be stored.
enum Stored {
    Photo(pictures::Picture),
    Document(Vec<u8>),
}

/// Upload a photo or a document.
///
/// The body is the file itself: JPEG, PNG, WebP or PDF of at most 10 MiB. The answer's `id` and
/// `claim` are then named where the file belongs: in a report, a comment, as evidence. A file that
/// nothing names within 24 hours is deleted. `Idempotency-Key` has no effect here.
#[utoipa::path(
    tag = "files",
    request_body(content((FileContent = "image/jpeg"), (FileContent = "image/png"), (FileContent = "image/webp"), (FileContent = "application/pdf"))),
    responses((status = CREATED, body = Upload)),
)]
#[post("/uploads")]
pub(super) async fn create_upload(
    caller: Anyone,
    req: HttpRequest,
    body: Payload,
    app: Data<AppState>,
) -> Result<Answer<Upload>> {
    let said = req
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if said.is_some_and(|bytes| bytes > MOST_BYTES) {
        return Err(Error::of(Code::TooLarge));
    }
    app.bursts.check(&caller)?;
    limits::spend(&app, &[(&UPLOADS_OF_CLIENT, &limits::client(&caller))]).await?.keep();
    let content = read(&app.files, body).await?;
    let stored = recognise(&app.files, content).await?;
    let (id, claim) = (FileId(app.clock.id()), URL_SAFE_NO_PAD.encode(keys::random::<32>()));
    // The row comes first, unclaimed: whatever fails from here on, the daily sweep clears it away.
    let kind = insert(&app, &caller, id, &claim, &stored).await?;
    match stored {
        Stored::Photo(picture) => {
            app.files.put(id, Size::Thumb, picture.thumb).await?;
            app.files.put(id, Size::Large, picture.large).await?;
            app.files.put(id, Size::Full, picture.full).await?;
        }
        Stored::Document(content) => app.files.put(id, Size::Full, content).await?,
    }
    Ok(Answer::created(Upload { id, claim, kind }, format!("/api/v1/files/{id}")))
}

/// The body, as long as it stays small and comes in time.
async fn read(files: &Storage, body: Payload) -> Result<Vec<u8>> {
    let _place = files.uploading.try_acquire().map_err(|_| Error::retry(Code::Unavailable, 2))?;
    let bytes = tokio::time::timeout(PATIENCE, body.to_bytes_limited(MOST_BYTES))
        .await
        .map_err(|_| Error::malformed("the file did not come in time"))?
        .map_err(|_| Error::of(Code::TooLarge))?
        .map_err(Error::malformed)?;
    Ok(bytes.into())
}

/// What the content is, pictures drawn anew; 415 for everything else.
async fn recognise(files: &Storage, content: Vec<u8>) -> Result<Stored> {
    match Format::of(&content) {
        None => Err(Error::of(Code::UnsupportedMedia)),
        Some(Format::Pdf) => Ok(Stored::Document(content)),
        Some(Format::Picture(encoding)) => {
            let _place = files.decoding.acquire().await.context("wait for other pictures")?;
            let drawn = tokio::task::spawn_blocking(move || pictures::redraw(&content, encoding));
            let drawn = drawn.await.context("draw a picture")?;
            Ok(Stored::Photo(drawn.map_err(refused)?))
        }
    }
}

/// 413 for more pixels than a camera has, 415 for what cannot be decoded.
fn refused(refused: pictures::Refused) -> Error {
    match refused {
        pictures::Refused::TooLarge => Error::of(Code::TooLarge),
        pictures::Refused::Unreadable(why) => {
            tracing::debug!(why, "a picture was refused");
            Error::of(Code::UnsupportedMedia)
        }
        pictures::Refused::Encode(_) => Error::Internal(refused.into()),
    }
}

async fn insert(app: &AppState, caller: &Anyone, id: FileId, claim: &str, stored: &Stored) -> Result<FileKind> {
    let (kind, media, content, width, height) = match stored {
        Stored::Photo(picture) => {
            (FileKind::Photo, picture.media, &picture.full, Some(picture.width), Some(picture.height))
        }
        Stored::Document(content) => (FileKind::Document, "application/pdf", content, None, None),
    };
    let pixels = |side: Option<u32>| side.and_then(|side| i32::try_from(side).ok());
    let tx = app.write_secretly().await?;
    sql::execute(
        &*tx,
        "INSERT INTO file (id, kind, media, bytes, width, height, sha256, claim_hash, owner_id, position, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)",
        [
            id.into(),
            kind.into(),
            media.into(),
            i64::try_from(content.len()).unwrap_or(i64::MAX).into(),
            pixels(width).into(),
            pixels(height).into(),
            digest::digest(&digest::SHA256, content).as_ref().to_vec().into(),
            claim_hash(claim).into(),
            caller.actor().map(|actor| actor.account_id.0).into(),
            tx.at().0.into(),
        ],
    )
    .await?;
    tx.commit().await?;
    Ok(kind)
}

/// What is stored of a claim.
pub(super) fn claim_hash(claim: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, claim.as_bytes()).as_ref().to_vec()
}
