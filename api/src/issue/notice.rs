//! Mails to those whom a change of an issue concerns, in their own language.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::Result,
    issue::store::Issue,
    mail::{self, Mail},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{AccountId, OrganisationId},
    issue::Flaggable,
    names::Names,
    text::{Key, Lang},
};

/// The reporter: their report was accepted.
pub(crate) async fn accepted(tx: &Write<'_>, by: &Caller, issue: &Issue) -> Result<()> {
    tell(
        tx,
        Some(by),
        issue,
        &[To::Reporter],
        &Note::new(Key::MailIssueAcceptedSubject, Key::MailIssueAcceptedBody, ""),
    )
    .await
}

/// The reporter and who follows it: it was declined.
pub(crate) async fn declined(tx: &Write<'_>, by: &Caller, issue: &Issue, words: &str) -> Result<()> {
    let note = Note::new(Key::MailIssueDeclinedSubject, Key::MailIssueDeclinedBody, words);
    tell(tx, Some(by), issue, &[To::Reporter, To::Followers], &note).await
}

/// The main coordinators: an appeal is theirs to decide.
pub(crate) async fn appealed(tx: &Write<'_>, by: &Caller, issue: &Issue, words: &str) -> Result<()> {
    let note = Note::new(Key::MailIssueAppealedSubject, Key::MailIssueAppealedBody, words)
        .button(Key::MailIssueAppealedButton);
    tell(tx, Some(by), issue, &[To::Main], &note).await
}

/// Whoever appealed: what was decided.
pub(crate) async fn appeal_decided(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    appellant: Option<AccountId>,
    upheld: bool,
    words: &str,
) -> Result<()> {
    let note = if upheld {
        Note::new(Key::MailIssueAppealUpheldSubject, Key::MailIssueAppealUpheldBody, words)
    } else {
        Note::new(Key::MailIssueAppealDismissedSubject, Key::MailIssueAppealDismissedBody, words)
    };
    tell(tx, Some(by), issue, &[To::Person(appellant)], &note).await
}

/// The reporter and the supporters are asked whether it is really so; who follows it is told.
pub(crate) async fn resolved(tx: &Write<'_>, by: &Caller, issue: &Issue, words: &str) -> Result<()> {
    let ask =
        Note::new(Key::MailIssueReallySubject, Key::MailIssueReallyBody, words).button(Key::MailIssueReallyButton);
    tell(tx, Some(by), issue, &[To::Reporter, To::Supporters], &ask).await?;
    let note = Note::new(Key::MailIssueResolvedSubject, Key::MailIssueResolvedBody, words);
    tell(tx, Some(by), issue, &[To::OnlyFollowers], &note).await
}

/// Everybody concerned: it is solved.
pub(crate) async fn confirmed(tx: &Write<'_>, issue: &Issue) -> Result<()> {
    let note = Note::new(Key::MailIssueConfirmedSubject, Key::MailIssueConfirmedBody, "");
    tell(tx, None, issue, &[To::Reporter, To::Followers], &note).await
}

/// Everybody concerned, and the organisation that had claimed it: it is open again.
pub(crate) async fn reopened(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    claimant: Option<OrganisationId>,
    words: &str,
) -> Result<()> {
    let note = Note::new(Key::MailIssueReopenedSubject, Key::MailIssueReopenedBody, words);
    tell(tx, Some(by), issue, &[To::Reporter, To::Followers, To::Editors(claimant), To::Coordinators], &note).await
}

/// The facilitators, or where there is none the main coordinators: an objection is theirs to decide.
pub(crate) async fn objected(tx: &Write<'_>, by: &Caller, issue: &Issue, words: &str) -> Result<()> {
    let note = Note::new(Key::MailIssueObjectedSubject, Key::MailIssueObjectedBody, words)
        .button(Key::MailIssueObjectedButton);
    tell(tx, Some(by), issue, &[To::Facilitators], &note).await
}

/// Whoever objected: it was dismissed.
pub(crate) async fn objection_dismissed(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    objector: Option<AccountId>,
    words: &str,
) -> Result<()> {
    let note = Note::new(Key::MailIssueObjectionDismissedSubject, Key::MailIssueObjectionDismissedBody, words);
    tell(tx, Some(by), issue, &[To::Person(objector)], &note).await
}

/// The reporter and who follows it: there is a comment.
pub(crate) async fn commented(tx: &Write<'_>, by: &Caller, issue: &Issue) -> Result<()> {
    let note = Note::new(Key::MailIssueCommentedSubject, Key::MailIssueCommentedBody, "");
    tell(tx, Some(by), issue, &[To::Reporter, To::Followers], &note).await
}

/// The reporter of a duplicate: it was merged.
pub(crate) async fn merged(tx: &Write<'_>, by: &Caller, issue: &Issue, other: &str) -> Result<()> {
    let note = Note { other, ..Note::new(Key::MailIssueDuplicateSubject, Key::MailIssueDuplicateBody, "") };
    tell(tx, Some(by), issue, &[To::Reporter], &note).await
}

/// The author of what was hidden, and who speaks for the organisation it was of. Only of an issue can the
/// hiding be appealed.
pub(crate) async fn hidden(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    kind: Flaggable,
    (author, side): (Option<AccountId>, Option<OrganisationId>),
    words: &str,
) -> Result<()> {
    let body = if kind == Flaggable::Issue { Key::MailIssueHiddenBody } else { Key::MailIssueHiddenPartBody };
    let note = Note::new(Key::MailIssueHiddenSubject, body, words);
    tell(tx, Some(by), issue, &[To::Person(author), To::Editors(side)], &note).await
}

/// The main coordinators: a community has not looked at a report in time.
pub(crate) async fn unanswered(tx: &Write<'_>, issue: &Issue) -> Result<()> {
    let note = Note::new(Key::MailIssueUnansweredSubject, Key::MailIssueUnansweredBody, "");
    tell(tx, None, issue, &[To::Main], &note).await
}

/// Whom a mail goes to.
#[derive(Debug, Clone, Copy)]
enum To {
    Reporter,
    Followers,
    Supporters,
    /// Who follows it and is neither reporter nor supporter.
    OnlyFollowers,
    Main,
    Coordinators,
    /// The community's, or where it has none the main coordinators.
    Facilitators,
    Editors(Option<OrganisationId>),
    Person(Option<AccountId>),
}

#[derive(Debug)]
struct Note<'a> {
    subject: Key,
    body: Key,
    words: &'a str,
    other: &'a str,
    button: Key,
}

impl<'a> Note<'a> {
    fn new(subject: Key, body: Key, words: &'a str) -> Self {
        Self { subject, body, words, other: "", button: Key::MailIssueOpen }
    }

    fn button(mut self, button: Key) -> Self {
        self.button = button;
        self
    }
}

/// What mails say of an issue.
#[derive(Debug, FromQueryResult)]
pub(crate) struct About {
    slug: String,
    pub(crate) name_uk: String,
    pub(crate) name_en: Option<String>,
    pub(crate) title: Option<String>,
}

pub(crate) async fn about(tx: &Write<'_>, issue: &Issue) -> Result<About> {
    Sql::with(
        "SELECT community.slug, community.name_uk, community.name_en, wording.body AS title \
         FROM community, wording WHERE community.id = $1 AND wording.id = $2",
        [issue.community_id.into(), issue.title_id.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| anyhow::anyhow!("an issue without community or title").into())
}

#[derive(Debug, FromQueryResult)]
struct Reader {
    email: String,
    language: String,
}

/// Writes to everybody meant, each once, but not to who did it. Who follows an issue that is not
/// public any more is not told about it.
async fn tell(tx: &Write<'_>, by: Option<&Caller>, issue: &Issue, to: &[To], note: &Note<'_>) -> Result<()> {
    let readers: Vec<Reader> = readers(by, issue, to).all(&**tx).await?;
    if readers.is_empty() {
        return Ok(());
    }
    let about = about(tx, issue).await?;
    let name = Names { uk: about.name_uk, en: about.name_en };
    let (number, title) = (issue.number.to_string(), about.title.unwrap_or_default());
    let private = issue.private && to.iter().any(|to| matches!(to, To::Main | To::Facilitators));
    let link = tx.app().config.link(&format!("/c/{}/issues/{number}", about.slug));
    for reader in readers {
        let lang = Lang::of_tag(&reader.language).unwrap_or_default();
        // Those who may not open a private issue do not learn its title either.
        let title = if private { Key::MailIssuePrivate.get(lang) } else { title.as_str() };
        let arguments = [
            ("number", number.as_str()),
            ("title", title),
            ("community", name.get(lang)),
            ("words", note.words),
            ("other", note.other),
        ];
        mail::put(
            tx,
            &reader.email,
            lang,
            &Mail::new(note.subject, note.body, &arguments).button(note.button, link.clone()),
        )
        .await?;
    }
    Ok(())
}

fn readers(by: Option<&Caller>, issue: &Issue, to: &[To]) -> Sql {
    let mut sql = Sql::new(
        "SELECT account.email, account.language FROM account \
         WHERE account.email IS NOT NULL AND account.confirmed_at IS NOT NULL AND account.disabled_at IS NULL AND ((1 = 0)",
    );
    let followers = "SELECT account_id FROM follow WHERE issue_id = ";
    let supporters = "SELECT account_id FROM support WHERE issue_id = ";
    for to in to {
        match to {
            To::Reporter => sql.push(" OR account.id = ").bind(issue.reporter_id),
            To::Person(person) => sql.push(" OR account.id = ").bind(*person),
            To::Main => sql.push(" OR account.main_coordinator"),
            To::Followers if issue.listed => sql.push(" OR account.id IN (").push(followers).bind(issue.id).push(")"),
            To::Supporters if issue.listed => sql.push(" OR account.id IN (").push(supporters).bind(issue.id).push(")"),
            To::OnlyFollowers if issue.listed => {
                sql.push(" OR (account.id IN (").push(followers).bind(issue.id).push(") AND account.id NOT IN (").push(supporters).bind(issue.id).push(")");
                match issue.reporter_id {
                    Some(reporter) => sql.push(" AND account.id <> ").bind(reporter).push(")"),
                    None => sql.push(")"),
                }
            }
            To::Followers | To::Supporters | To::OnlyFollowers => &mut sql,
            To::Coordinators => push_role(&mut sql, issue, "coordinator").push(")"),
            To::Facilitators => {
                push_role(&mut sql, issue, "facilitator").push(") OR (account.main_coordinator AND NOT EXISTS (SELECT 1 FROM community_role WHERE role = 'facilitator' AND community_id = ");
                sql.bind(issue.community_id).push("))")
            }
            To::Editors(organisation) => sql
                .push(" OR account.id IN (SELECT account_id FROM member WHERE role IN ('editor', 'owner') AND organisation_id = ")
                .bind(*organisation)
                .push(")"),
        };
    }
    sql.push(")");
    if let Some(actor) = by.and_then(Caller::actor) {
        sql.push(" AND account.id <> ").bind(actor.account_id);
    }
    sql
}

fn push_role<'a>(sql: &'a mut Sql, issue: &Issue, role: &str) -> &'a mut Sql {
    sql.push(&format!(
        " OR account.id IN (SELECT account_id FROM community_role WHERE role = '{role}' AND community_id = "
    ))
    .bind(issue.community_id)
}
