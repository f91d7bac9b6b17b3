//! Hiding what should not be seen: it leaves pages, lists, counts, search and feeds at once.

use crate::http::routes::Routes;
use crate::{
    auth::{needs::Needs, session::Caller},
    commitment,
    db::{Sql, Write},
    events::Told,
    file,
    http::{
        answer::NoContent,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        flag, notice, photos, search,
        store::{self, Issue},
        things::{self, Found},
    },
    state::AppState,
    task, wording,
};
use actix_web::{
    delete, post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    ids::{CommitmentId, IssueId, TaskId},
    issue::{Flaggable, Hide, HideDraft},
    permission::permit,
    transition::{Refusal, Transition},
};
use uuid::Uuid;

pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(hide_issue)
        .service(show_issue)
        .service(hide_comment)
        .service(show_comment)
        .service(hide_file)
        .service(show_file)
        .service(hide_task)
        .service(show_task)
        .service(hide_commitment)
        .service(show_commitment);
}

macro_rules! operations {
    ($($hide:ident $show:ident $path:literal $kind:ident $name:literal;)+) => {$(
        #[doc = concat!("Hide ", $name, ", with a reason that its author is told.")]
        #[utoipa::path(summary = concat!("Hide ", $name, ", with a reason that its author is told."), tag = "moderation", params(("id" = Uuid, Path)), request_body = HideDraft, responses((status = NO_CONTENT)))]
        #[post($path)]
        pub(crate) async fn $hide(needs: Needs<permit::HideContent>, id: Path<Uuid>, Valid(hiding): Valid<HideDraft>, app: Data<AppState>) -> Result<NoContent> {
            hide(&app, &needs, Flaggable::$kind, *id, &hiding).await
        }

        #[doc = concat!("Show ", $name, " again.")]
        #[utoipa::path(summary = concat!("Show ", $name, " again."), tag = "moderation", params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
        #[delete($path)]
        pub(crate) async fn $show(needs: Needs<permit::HideContent>, id: Path<Uuid>, app: Data<AppState>) -> Result<NoContent> {
            show_again(&app, &needs, Flaggable::$kind, *id).await
        }
    )+};
}

operations! {
    hide_issue show_issue "/issues/{id}/hide" Issue "an issue";
    hide_comment show_comment "/comments/{id}/hide" Comment "a comment";
    hide_file show_file "/files/{id}/hide" File "a photo";
    hide_task show_task "/tasks/{id}/hide" Task "a task";
    hide_commitment show_commitment "/commitments/{id}/hide" Commitment "the words of a contribution";
}

/// What hides a thing at present.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Present {
    pub(crate) id: Uuid,
    thing: Flaggable,
    thing_id: Uuid,
    /// Whether its author has appealed.
    pub(crate) appealed: bool,
}

const PRESENT: &str = "SELECT id, thing, thing_id, EXISTS (SELECT 1 FROM appeal WHERE about_id = hiding.id) AS appealed FROM hiding WHERE shown_at IS NULL AND ";

/// What hides the thing at present, if anything does.
pub(crate) async fn present(tx: &Write<'_>, thing: Uuid) -> Result<Option<Present>> {
    Ok(Sql::with(&format!("{PRESENT} thing_id = $1"), [thing.into()]).one(&**tx).await?)
}

async fn hide(
    app: &AppState,
    needs: &Needs<permit::HideContent>,
    kind: Flaggable,
    id: Uuid,
    hiding: &Hide,
) -> Result<NoContent> {
    let mut tx = app.write(needs).await?;
    let Found { mut issue, author, side } = things::find(&tx, needs, kind, id).await?;
    needs.in_community(issue.community_id)?;
    if present(&tx, id).await?.is_some() {
        return Err(Transition { state: "hidden", why: Refusal::Already }.into());
    }
    let words = wording::put(&tx, issue.community_id, &hiding.words).await?;
    let role = store::acting_role(needs, issue.community_id);
    Sql::with(
        "INSERT INTO hiding (id, community_id, issue_id, thing, thing_id, reason, wording_id, account_id, role, hidden_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            tx.id().into(),
            issue.community_id.into(),
            issue.id.into(),
            kind.into(),
            id.into(),
            hiding.reason.into(),
            words.id.into(),
            needs.actor().account_id.into(),
            role.into(),
            tx.at().into(),
        ],
    )
    .run(&*tx)
    .await?;
    flag::close(&tx, id).await?;
    set_hidden(&mut tx, &mut issue, kind, id, true).await?;
    let what = match kind {
        Flaggable::Issue => EventKind::IssueHidden,
        Flaggable::Comment => EventKind::CommentHidden,
        Flaggable::File => EventKind::FileHidden,
        Flaggable::Task => EventKind::TaskHidden,
        Flaggable::Commitment => EventKind::CommitmentHidden,
    };
    tx.record(event(&issue, what, kind, id).by(needs).data(Told { role, words: Some(words), ..Told::default() }));
    notice::hidden(&tx, needs, &issue, kind, (author, side), &hiding.words).await?;
    tx.commit().await?;
    Ok(NoContent)
}

async fn show_again(
    app: &AppState,
    needs: &Needs<permit::HideContent>,
    kind: Flaggable,
    id: Uuid,
) -> Result<NoContent> {
    let mut tx = app.write(needs).await?;
    let Found { mut issue, .. } = things::find(&tx, needs, kind, id).await?;
    needs.in_community(issue.community_id)?;
    let hiding = present(&tx, id)
        .await?
        .ok_or_else(|| Error::from(Transition { state: issue.state.as_str(), why: Refusal::WrongState }))?;
    end(&mut tx, needs, &mut issue, &hiding).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// Ends a hiding by its id: its author's appeal was right.
pub(crate) async fn show(tx: &mut Write<'_>, by: &Caller, issue: &mut Issue, hiding: Uuid) -> Result<()> {
    let present: Option<Present> = Sql::with(&format!("{PRESENT} id = $1"), [hiding.into()]).one(&**tx).await?;
    match present {
        Some(present) => end(tx, by, issue, &present).await,
        None => Ok(()),
    }
}

async fn end(tx: &mut Write<'_>, by: &Caller, issue: &mut Issue, hiding: &Present) -> Result<()> {
    Sql::with("UPDATE hiding SET shown_at = $1 WHERE id = $2", [tx.at().into(), hiding.id.into()]).run(&**tx).await?;
    // An appeal against it has nothing to decide any more.
    Sql::with("UPDATE appeal SET waiting = (1 = 0) WHERE about_id = $1", [hiding.id.into()]).run(&**tx).await?;
    set_hidden(tx, issue, hiding.thing, hiding.thing_id, false).await?;
    let what = match hiding.thing {
        Flaggable::Issue => EventKind::IssueShown,
        Flaggable::Comment => EventKind::CommentShown,
        Flaggable::File => EventKind::FileShown,
        Flaggable::Task => EventKind::TaskShown,
        Flaggable::Commitment => EventKind::CommitmentShown,
    };
    let role = store::acting_role(by, issue.community_id);
    tx.record(event(issue, what, hiding.thing, hiding.thing_id).by(by).data(Told { role, ..Told::default() }));
    Ok(())
}

/// An event of something that belongs to the issue.
pub(crate) fn event(issue: &Issue, what: EventKind, kind: Flaggable, id: Uuid) -> crate::events::NewEvent {
    let thing = match kind {
        Flaggable::Issue => Thing::Issue,
        Flaggable::Comment => Thing::Comment,
        Flaggable::File => Thing::File,
        Flaggable::Task => Thing::Task,
        Flaggable::Commitment => Thing::Commitment,
    };
    crate::events::NewEvent::new(what, thing, id).community(issue.community_id).issue(issue.id)
}

async fn set_hidden(tx: &mut Write<'_>, issue: &mut Issue, kind: Flaggable, id: Uuid, hidden: bool) -> Result<()> {
    let at = hidden.then(|| tx.at());
    match kind {
        Flaggable::Issue => {
            issue.hidden_at = at;
            wording::hide(tx, &[issue.title_id, issue.description_id], at).await?;
            if hidden {
                search::remove(tx, issue.id).await?
            } else {
                search::again(tx, issue).await?
            }
            issue.save(tx).await
        }
        Flaggable::Comment => {
            Sql::with(
                "UPDATE wording SET hidden_at = $1 WHERE id = (SELECT wording_id FROM comment WHERE id = $2)",
                [at.into(), id.into()],
            )
            .run(&**tx)
            .await?;
            count_comments(tx, issue.id).await
        }
        Flaggable::File => {
            let file = shared::ids::FileId(id);
            let changed = if hidden { file::hide(tx, file).await? } else { file::show(tx, file).await? };
            let more = match (changed, hidden) {
                (false, _) => 0,
                (true, true) => -1,
                (true, false) => 1,
            };
            photos::count_of(tx, issue.id, file, more).await
        }
        Flaggable::Task => {
            task::hide(tx, TaskId(id), at).await?;
            store::touch(tx, issue.id).await
        }
        Flaggable::Commitment => commitment::hide(tx, CommitmentId(id), at).await,
    }
}

/// Counts the comments that everybody sees anew.
pub(crate) async fn count_comments(tx: &Write<'_>, issue: IssueId) -> Result<()> {
    Sql::with(
        "UPDATE issue SET touched = touched + 1, changed_at = $1, comments = (SELECT count(*) FROM comment JOIN wording ON wording.id = comment.wording_id \
         WHERE comment.issue_id = $2 AND comment.deleted_at IS NULL AND wording.hidden_at IS NULL) WHERE id = $3",
        [tx.at().into(), issue.into(), issue.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}
