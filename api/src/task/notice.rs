//! Mails to those whom a change of a task or of an offer concerns, in their own language.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::Result,
    issue::{
        recipients::{To, may_not_open, recipients},
        store::Issue,
    },
    mail::{self, Mail},
    offer::Offer,
    task::store::Task,
};
use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use shared::{
    ids::OrganisationId,
    names::{Names, quoted},
    offer::OfferSide,
    text::{Key, Lang},
};

/// Who speaks for the organisation: the community offers it a task.
pub(crate) async fn offered(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    task: &Task,
    offer: &Offer,
    words: &str,
) -> Result<()> {
    let note =
        Note::of(offer, Key::MailTaskOfferedSubject, Key::MailTaskOfferedBody).words(words).button(Key::MailTaskAnswer);
    tell(tx, Some(by), issue, task, &[To::Editors(offer.organisation_id)], &note).await
}

/// The coordinators: an organisation asks for a task.
pub(crate) async fn asked(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    task: &Task,
    offer: &Offer,
    words: &str,
) -> Result<()> {
    let note =
        Note::of(offer, Key::MailTaskAskedSubject, Key::MailTaskAskedBody).words(words).button(Key::MailTaskAnswer);
    tell(tx, Some(by), issue, task, &[To::Coordinators], &note).await
}

/// The coordinators: an organisation proposes a task of its own.
pub(crate) async fn proposed(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, offer: &Offer) -> Result<()> {
    let note = Note::of(offer, Key::MailTaskProposedSubject, Key::MailTaskProposedBody).button(Key::MailTaskAnswer);
    tell(tx, Some(by), issue, task, &[To::Coordinators], &note).await
}

/// Who made the offer: it was accepted.
pub(crate) async fn accepted(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, offer: &Offer) -> Result<()> {
    let note = match offer.side {
        OfferSide::Community => Note::of(offer, Key::MailTaskTakenSubject, Key::MailTaskTakenBody),
        OfferSide::Organisation => Note::of(offer, Key::MailTaskGivenSubject, Key::MailTaskGivenBody),
    };
    tell(tx, Some(by), issue, task, &[maker(offer)], &note).await
}

/// Who made the offer: it was declined.
pub(crate) async fn declined(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    task: &Task,
    offer: &Offer,
    words: &str,
) -> Result<()> {
    let note = match offer.side {
        OfferSide::Community => Note::of(offer, Key::MailTaskDeclinedSubject, Key::MailTaskDeclinedBody),
        OfferSide::Organisation => Note::of(offer, Key::MailTaskRefusedSubject, Key::MailTaskRefusedBody),
    };
    tell(tx, Some(by), issue, task, &[maker(offer)], &note.words(words)).await
}

/// Who was to answer the offer: it was withdrawn.
pub(crate) async fn withdrawn(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, offer: &Offer) -> Result<()> {
    let note = match offer.side {
        OfferSide::Community => Note::of(offer, Key::MailTaskWithdrawnSubject, Key::MailTaskWithdrawnBody),
        OfferSide::Organisation => Note::of(offer, Key::MailTaskUnaskedSubject, Key::MailTaskUnaskedBody),
    };
    tell(tx, Some(by), issue, task, &[answerer(offer)], &note).await
}

/// The organisation of an offer that came to nothing: another one has the task.
pub(crate) async fn superseded(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, offer: &Offer) -> Result<()> {
    let note = Note::of(offer, Key::MailTaskSupersededSubject, Key::MailTaskSupersededBody);
    tell(tx, Some(by), issue, task, &[To::Editors(offer.organisation_id)], &note).await
}

/// Both sides and the facilitators: nobody answered in time.
pub(crate) async fn expired(tx: &Write<'_>, issue: &Issue, task: &Task, offer: &Offer) -> Result<()> {
    let note = Note::of(offer, Key::MailTaskExpiredSubject, Key::MailTaskExpiredBody);
    tell(tx, None, issue, task, &[To::Coordinators, To::Editors(offer.organisation_id)], &note).await?;
    tell(tx, None, issue, task, &[To::Facilitators], &note).await
}

/// Who is to answer the offer: its time runs out.
pub(crate) async fn remind(tx: &Write<'_>, issue: &Issue, task: &Task, offer: &Offer, is_last_day: bool) -> Result<()> {
    let note = if is_last_day {
        Note::of(offer, Key::MailTaskLastDaySubject, Key::MailTaskLastDayBody)
    } else {
        Note::of(offer, Key::MailTaskSoonSubject, Key::MailTaskSoonBody)
    };
    tell(tx, None, issue, task, &[answerer(offer)], &note.button(Key::MailTaskAnswer)).await
}

/// The member who is to do it.
pub(crate) async fn assigned(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task) -> Result<()> {
    let note = Note::new(Key::MailTaskAssignedSubject, Key::MailTaskAssignedBody);
    tell(tx, Some(by), issue, task, &[To::Person(task.assignee_id)], &note).await
}

/// The coordinators: something blocks it.
pub(crate) async fn blocked(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, words: &str) -> Result<()> {
    let note = Note::holder(task, Key::MailTaskBlockedSubject, Key::MailTaskBlockedBody).words(words);
    tell(tx, Some(by), issue, task, &[To::Coordinators], &note).await
}

/// Coordinators, moderators and the reporter: it is done and waits for them to look at it.
pub(crate) async fn done(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, words: &str) -> Result<()> {
    let note =
        Note::holder(task, Key::MailTaskDoneSubject, Key::MailTaskDoneBody).words(words).button(Key::MailTaskVerify);
    tell(tx, Some(by), issue, task, &[To::Coordinators, To::Moderators, To::Reporter], &note).await
}

/// Its holder: somebody has verified it.
pub(crate) async fn verified(tx: &Write<'_>, by: Option<&Caller>, issue: &Issue, task: &Task) -> Result<()> {
    let note = Note::new(Key::MailTaskVerifiedSubject, Key::MailTaskVerifiedBody);
    tell(tx, by, issue, task, &workers(task), &note).await
}

/// Its holder: nobody looked at it, and it stands.
pub(crate) async fn stands(tx: &Write<'_>, issue: &Issue, task: &Task) -> Result<()> {
    let note = Note::new(Key::MailTaskStandsSubject, Key::MailTaskStandsBody);
    tell(tx, None, issue, task, &workers(task), &note).await
}

/// Its holder: it is not yet as it should be.
pub(crate) async fn returned(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, words: &str) -> Result<()> {
    let note = Note::new(Key::MailTaskReturnedSubject, Key::MailTaskReturnedBody).words(words);
    tell(tx, Some(by), issue, task, &workers(task), &note).await
}

/// The coordinators: its holder gave it back.
pub(crate) async fn released(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    task: &Task,
    holder: OrganisationId,
    words: &str,
) -> Result<()> {
    let note =
        Note { organisation: Some(holder), ..Note::new(Key::MailTaskReleasedSubject, Key::MailTaskReleasedBody) };
    tell(tx, Some(by), issue, task, &[To::Coordinators], &note.words(words)).await
}

/// Who had it (`task` is as it was): it was taken from them.
pub(crate) async fn recalled(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, words: &str) -> Result<()> {
    let note = Note::new(Key::MailTaskRecalledSubject, Key::MailTaskRecalledBody).words(words);
    tell(tx, Some(by), issue, task, &workers(task), &note).await
}

/// Who had it (`task` is as it was): an objection opened it again.
pub(crate) async fn reopened(tx: &Write<'_>, by: &Caller, issue: &Issue, task: &Task, words: &str) -> Result<()> {
    let note = Note::new(Key::MailTaskReopenedSubject, Key::MailTaskReopenedBody).words(words);
    tell(tx, Some(by), issue, task, &workers(task), &note).await
}

/// Who had it (`task` is as it was) or had an open offer of it: it was given up.
pub(crate) async fn cancelled(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    task: &Task,
    asked: &[OrganisationId],
    words: &str,
) -> Result<()> {
    let note = Note::new(Key::MailTaskCancelledSubject, Key::MailTaskCancelledBody).words(words);
    let mut to = workers(task);
    to.extend(asked.iter().copied().map(To::Editors));
    tell(tx, Some(by), issue, task, &to, &note).await
}

fn maker(offer: &Offer) -> To {
    match offer.side {
        OfferSide::Community => To::Coordinators,
        OfferSide::Organisation => To::Editors(offer.organisation_id),
    }
}

fn answerer(offer: &Offer) -> To {
    match offer.side {
        OfferSide::Community => To::Editors(offer.organisation_id),
        OfferSide::Organisation => To::Coordinators,
    }
}

/// Who speaks for its holder, and who does it.
fn workers(task: &Task) -> Vec<To> {
    let mut workers = vec![To::Person(task.assignee_id)];
    workers.extend(task.holder_id.map(To::Editors));
    workers
}

#[derive(Debug, Clone, Copy)]
struct Note<'a> {
    subject: Key,
    body: Key,
    button: Key,
    words: &'a str,
    organisation: Option<OrganisationId>,
    answer_by: Option<NaiveDate>,
}

impl<'a> Note<'a> {
    fn new(subject: Key, body: Key) -> Self {
        Self { subject, body, button: Key::MailTaskOpen, words: "", organisation: None, answer_by: None }
    }

    fn of(offer: &Offer, subject: Key, body: Key) -> Self {
        let organisation = Some(offer.organisation_id);
        Self { organisation, answer_by: Some(offer.answer_by), ..Self::new(subject, body) }
    }

    fn holder(task: &Task, subject: Key, body: Key) -> Self {
        Self { organisation: task.holder_id, ..Self::new(subject, body) }
    }

    fn words(mut self, words: &'a str) -> Self {
        self.words = words;
        self
    }

    fn button(mut self, button: Key) -> Self {
        self.button = button;
        self
    }
}

/// What mails say of a task.
#[derive(Debug, FromQueryResult)]
struct About {
    slug: String,
    name_uk: String,
    name_en: Option<String>,
    issue_title: Option<String>,
    title: Option<String>,
    organisation_uk: Option<String>,
    organisation_en: Option<String>,
}

async fn about(tx: &Write<'_>, issue: &Issue, task: &Task, organisation: Option<OrganisationId>) -> Result<About> {
    Sql::with(
        "SELECT community.slug, community.name_uk, community.name_en, issue_title.body AS issue_title, title.body AS title, \
         organisation.name_uk AS organisation_uk, organisation.name_en AS organisation_en \
         FROM community JOIN wording issue_title ON issue_title.id = $1 JOIN wording title ON title.id = $2 \
         LEFT JOIN organisation ON organisation.id = $3 WHERE community.id = $4",
        [issue.title_id.into(), task.title_id.into(), organisation.into(), task.community_id.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| anyhow::anyhow!("a task without community or title").into())
}

/// Writes to everybody meant, each once, but not to who did it.
async fn tell(
    tx: &Write<'_>,
    by: Option<&Caller>,
    issue: &Issue,
    task: &Task,
    to: &[To],
    note: &Note<'_>,
) -> Result<()> {
    let recipients = recipients(tx, by, issue, to).await?;
    if recipients.is_empty() {
        return Ok(());
    }
    let about = about(tx, issue, task, note.organisation).await?;
    let community = Names { uk: about.name_uk, en: about.name_en };
    let organisation = Names { uk: about.organisation_uk.unwrap_or_default(), en: about.organisation_en };
    let (number, title, issue_title) =
        (issue.number.to_string(), about.title.unwrap_or_default(), about.issue_title.unwrap_or_default());
    let private = may_not_open(issue, to);
    let link = tx.app().config.link(&format!("/c/{}/tasks/{}", about.slug, task.id));
    for recipient in recipients {
        let lang = recipient.lang();
        let shown = |title| if private { Key::MailTaskPrivate.get(lang) } else { title };
        let day = note.answer_by.map(|day| written(day, lang)).unwrap_or_default();
        let organisation = quoted(organisation.get(lang), lang);
        let arguments = [
            ("task", shown(title.as_str())),
            ("number", number.as_str()),
            ("issue", shown(issue_title.as_str())),
            ("community", community.get(lang)),
            ("organisation", organisation.as_str()),
            ("day", day.as_str()),
            ("words", note.words),
        ];
        let mail = Mail::new(note.subject, note.body, &arguments).button(note.button, link.clone());
        mail::put(tx, &recipient.email, lang, &mail).await?;
    }
    Ok(())
}

fn written(day: NaiveDate, lang: Lang) -> String {
    let pattern = match lang {
        Lang::Uk => "%d.%m.%Y",
        Lang::En => "%-d %B %Y",
    };
    day.format(pattern).to_string()
}
