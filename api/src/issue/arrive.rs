//! Following a mailed link about an issue: it makes, or signs in to, the account of that address.

use crate::{
    account::{self, Device, SignedIn},
    auth::{
        limits::{self, MAILS_OF_CLIENT, MAILS_TO_ADDRESS},
        link::{self, NewLink},
        needs::Anyone,
        session::Caller,
    },
    db::{Sql, Write},
    file,
    http::{
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        follow, notice, pending, photos,
        report::{self, Reporter},
        rows::{self, CommunityRow},
        store, support,
    },
    mail::{self, Mail},
    state::AppState,
};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, post, web::Data};
use anyhow::Context;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    account::{Email, TokenDraft},
    change::Thing,
    ids::{AccountId, IssueId, SessionId},
    issue::ArrivedAtIssue,
    mailed_link::LinkPurpose,
    names::{IssueLink, Names},
    problem::Code,
    text::Key,
};

/// Confirm a report by the token of the mailed link: it becomes an issue of the address's account.
/// 403 for somebody signed in to another account; the link stays good.
#[utoipa::path(tag = "issues", request_body = TokenDraft, responses((status = OK, body = ArrivedAtIssue)))]
#[post("/reports/confirm")]
pub(crate) async fn confirm_report(
    anyone: Anyone,
    Valid(token): Valid<TokenDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<Arrived> {
    app.bursts.check(&anyone)?;
    let mut tx = app.write_secretly().await?;
    let link = link::take(&tx, LinkPurpose::ConfirmReport, &token).await?;
    let taken = pending::take(&tx, link.subject_id).await?;
    let (account, session) = enter(&mut tx, &anyone, &link.email, &device).await?;
    let community = report::community(&tx, &taken.slug).await?;
    let id = report::store(&mut tx, &community, &taken.report, Reporter { account, organisation: None }).await?;
    let issue = store::lock_as_system(&tx, id).await?;
    let moved =
        file::move_to(&tx, taken.photos, file::Subject { kind: Thing::Issue, id: id.0, community: issue.community_id })
            .await?;
    photos::count(&tx, id, moved).await?;
    arrive(tx, &app, &anyone, account, session, id).await
}

/// Support or follow an issue by the token of the mailed link.
#[utoipa::path(tag = "issues", request_body = TokenDraft, responses((status = OK, body = ArrivedAtIssue)))]
#[post("/issues/join")]
pub(crate) async fn join_issue(
    anyone: Anyone,
    Valid(token): Valid<TokenDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<Arrived> {
    app.bursts.check(&anyone)?;
    let mut tx = app.write_secretly().await?;
    let link = link::take(&tx, LinkPurpose::JoinIssue, &token).await?;
    let wish: Wish = serde_json::from_str(&link.payload.unwrap_or_default()).context("read a wish")?;
    let (account, session) = enter(&mut tx, &anyone, &link.email, &device).await?;
    let issue = store::lock_as_system(&tx, wish.issue).await?;
    if !issue.listed {
        return Err(Error::of(Code::LinkExpired));
    }
    match wish.join {
        Join::Follow => follow::add(&tx, &issue, account).await?,
        // That it makes no difference any more, or is one's own, is no reason to refuse the link.
        Join::Support => match support::add(&mut tx, &issue, account).await {
            Err(error) if error.code() == Code::Conflict => {}
            other => other?,
        },
    }
    arrive(tx, &app, &anyone, account, session, issue.id).await
}

/// What somebody who is not signed in wants.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Join {
    Support,
    Follow,
}

#[derive(Debug, Serialize, Deserialize)]
struct Wish {
    issue: IssueId,
    join: Join,
}

/// Mails a link that supports or follows the issue, which the caller may see.
pub(crate) async fn invite(
    anyone: &Anyone,
    tx: &Write<'_>,
    issue: &store::Issue,
    join: Join,
    email: &Email,
) -> Result<()> {
    let wish = serde_json::to_string(&Wish { issue: issue.id, join }).context("write a wish")?;
    let link = NewLink::new(LinkPurpose::JoinIssue, email).payload(wish).make(tx).await?;
    let about = notice::about(tx, issue).await?;
    let lang = anyone.lang();
    let name = Names { uk: about.name_uk, en: about.name_en };
    let title = about.title.unwrap_or_default();
    let mail = Mail::new(
        Key::MailIssueJoinSubject,
        Key::MailIssueJoinBody,
        &[("title", &title), ("community", name.get(lang))],
    );
    mail::put(tx, email.as_str(), lang, &mail.button(Key::MailIssueJoinButton, link)).await
}

/// Counts a mail that a stranger has sent to an address; 429 when there were too many.
pub(crate) async fn spend(app: &AppState, anyone: &Anyone, email: &Email) -> Result<()> {
    app.bursts.check(anyone)?;
    limits::spend(app, &[(&MAILS_TO_ADDRESS, email.as_str()), (&MAILS_OF_CLIENT, &limits::client(anyone))])
        .await?
        .keep();
    Ok(())
}

/// The account of the address, and a session of it that has just begun unless one is signed in to it.
async fn enter(
    tx: &mut Write<'_>,
    caller: &Caller,
    email: &Email,
    device: &Device,
) -> Result<(AccountId, Option<SessionId>)> {
    let account = account::by_email_or_new(tx, email, caller.lang()).await?;
    match caller.actor() {
        Some(actor) if actor.account_id != account => Err(Error::of(Code::Forbidden)),
        Some(_) => Ok((account, None)),
        None => Ok((account, Some(account::start_session(tx, account, &device.0).await?))),
    }
}

async fn arrive(
    tx: Write<'_>,
    app: &AppState,
    caller: &Caller,
    account: AccountId,
    session: Option<SessionId>,
    id: IssueId,
) -> Result<Arrived> {
    let issue = named(&*tx, id).await?;
    tx.commit().await?;
    let signed_in = match (session, caller.actor()) {
        (Some(session), _) => SignedIn::new(app, account, session).await?,
        (None, Some(actor)) => SignedIn::without_cookie(app, account, actor.session_id).await?,
        (None, None) => return Err(Error::of(Code::Unauthenticated)),
    };
    Ok(Arrived { signed_in, issue })
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: IssueId,
    number: i64,
    title: Option<String>,
    #[sea_orm(nested)]
    community: CommunityRow,
}

async fn named(db: &impl ConnectionTrait, id: IssueId) -> Result<IssueLink> {
    let row: Row = Sql::with(
        &format!(
            "SELECT issue.id, issue.number, title.body AS title, {} FROM issue JOIN community ON community.id = issue.community_id \
             JOIN wording title ON title.id = issue.title_id WHERE issue.id = $1",
            rows::COMMUNITY
        ),
        [id.into()],
    )
    .one(db)
    .await?
    .context("find the issue")?;
    Ok(IssueLink {
        id: row.id,
        number: row.number,
        title: row.title.unwrap_or_default(),
        community: row.community.link(),
    })
}

/// Signed in, and at the issue.
#[derive(Debug)]
pub(crate) struct Arrived {
    signed_in: SignedIn,
    issue: IssueLink,
}

impl Responder for Arrived {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Arrived { signed_in, issue } = self;
        signed_in.respond(|session| ArrivedAtIssue { session, issue })
    }
}
