//! Mails to those whom a change of an issue concerns, in their own language.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::Result,
    issue::{
        recipients::{To, may_not_open, recipients},
        store::Issue,
    },
    mail::{self, Mail},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{AccountId, OrganisationId},
    issue::Flaggable,
    names::Names,
    text::Key,
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
    let mut to = vec![To::Reporter, To::Followers, To::Coordinators];
    to.extend(claimant.map(To::Editors));
    tell(tx, Some(by), issue, &to, &note).await
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
    let mut to = vec![To::Person(author)];
    to.extend(side.map(To::Editors));
    tell(tx, Some(by), issue, &to, &note).await
}

/// The main coordinators: a community has not looked at a report in time.
pub(crate) async fn unanswered(tx: &Write<'_>, issue: &Issue) -> Result<()> {
    let note = Note::new(Key::MailIssueUnansweredSubject, Key::MailIssueUnansweredBody, "");
    tell(tx, None, issue, &[To::Main], &note).await
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

/// Writes to everybody meant, each once, but not to who did it.
async fn tell(tx: &Write<'_>, by: Option<&Caller>, issue: &Issue, to: &[To], note: &Note<'_>) -> Result<()> {
    let recipients = recipients(tx, by, issue, to).await?;
    if recipients.is_empty() {
        return Ok(());
    }
    let about = about(tx, issue).await?;
    let name = Names { uk: about.name_uk, en: about.name_en };
    let (number, title) = (issue.number.to_string(), about.title.unwrap_or_default());
    let private = may_not_open(issue, to);
    let link = tx.app().config.link(&format!("/c/{}/issues/{number}", about.slug));
    for recipient in recipients {
        let lang = recipient.lang();
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
            &recipient.email,
            lang,
            &Mail::new(note.subject, note.body, &arguments).button(note.button, link.clone()),
        )
        .await?;
    }
    Ok(())
}
