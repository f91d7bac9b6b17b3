//! Mails to those whom a change of a commitment concerns, in their own language.

use crate::{
    auth::session::Caller,
    commitment::store::Commitment,
    db::{Sql, Write},
    http::error::Result,
    issue::{
        recipients::{To, recipients},
        store::Issue,
    },
    mail::{self, Mail},
};
use sea_orm::FromQueryResult;
use shared::{
    commitment::{CommitmentKind, Receiver},
    names::Names,
    text::{Key, Lang},
    words::Word,
};

/// The receiver: there is something to accept or decline.
pub(super) async fn offered(tx: &Write<'_>, by: &Caller, issue: &Issue, commitment: &Commitment) -> Result<()> {
    let note = Note::new(Key::MailCommitmentOfferedSubject, Key::MailCommitmentOfferedBody, "");
    tell(tx, by, issue, commitment, receiver(commitment), &note.button(Key::MailCommitmentOfferedButton)).await
}

/// The giver: it was accepted.
pub(super) async fn accepted(tx: &Write<'_>, by: &Caller, issue: &Issue, commitment: &Commitment) -> Result<()> {
    let note = Note::new(Key::MailCommitmentAcceptedSubject, Key::MailCommitmentAcceptedBody, "");
    tell(tx, by, issue, commitment, giver(commitment), &note).await
}

/// The giver: it was declined.
pub(super) async fn declined(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    commitment: &Commitment,
    words: &str,
) -> Result<()> {
    let note = Note::new(Key::MailCommitmentDeclinedSubject, Key::MailCommitmentDeclinedBody, words);
    tell(tx, by, issue, commitment, giver(commitment), &note).await
}

/// The receiver: what was promised will not come.
pub(super) async fn withdrawn(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    commitment: &Commitment,
    words: &str,
) -> Result<()> {
    let note = Note::new(Key::MailCommitmentWithdrawnSubject, Key::MailCommitmentWithdrawnBody, words);
    tell(tx, by, issue, commitment, receiver(commitment), &note).await
}

/// The receiver: did it come?
pub(super) async fn delivered(tx: &Write<'_>, by: &Caller, issue: &Issue, commitment: &Commitment) -> Result<()> {
    let note = Note::new(Key::MailCommitmentDeliveredSubject, Key::MailCommitmentDeliveredBody, "");
    tell(tx, by, issue, commitment, receiver(commitment), &note.button(Key::MailCommitmentDeliveredButton)).await
}

/// The giver: it came.
pub(super) async fn confirmed(tx: &Write<'_>, by: &Caller, issue: &Issue, commitment: &Commitment) -> Result<()> {
    let note = Note::new(Key::MailCommitmentConfirmedSubject, Key::MailCommitmentConfirmedBody, "");
    tell(tx, by, issue, commitment, giver(commitment), &note).await
}

#[derive(Debug)]
struct Note<'a> {
    subject: Key,
    body: Key,
    words: &'a str,
    button: Key,
}

impl<'a> Note<'a> {
    fn new(subject: Key, body: Key, words: &'a str) -> Self {
        Self { subject, body, words, button: Key::MailCommitmentOpen }
    }

    fn button(mut self, button: Key) -> Self {
        self.button = button;
        self
    }
}

fn receiver(commitment: &Commitment) -> To {
    match commitment.receiver() {
        Receiver::Holder(holder) => To::Editors(holder),
        Receiver::Coordinator => To::Coordinators,
    }
}

fn giver(commitment: &Commitment) -> To {
    commitment.organisation_id.map_or(To::Person(commitment.account_id), To::Editors)
}

/// What mails say of a commitment.
#[derive(Debug, FromQueryResult)]
struct About {
    slug: String,
    name_uk: String,
    name_en: Option<String>,
    title: Option<String>,
    giver: Option<String>,
    organisation_uk: Option<String>,
    organisation_en: Option<String>,
}

/// Writes to everybody meant, each once, but not to who did it.
async fn tell(
    tx: &Write<'_>,
    by: &Caller,
    issue: &Issue,
    commitment: &Commitment,
    to: To,
    note: &Note<'_>,
) -> Result<()> {
    let recipients = recipients(tx, Some(by), issue, &[to]).await?;
    if recipients.is_empty() {
        return Ok(());
    }
    let about: About = Sql::with(
        "SELECT community.slug, community.name_uk, community.name_en, title.body AS title, account.name AS giver, \
         organisation.name_uk AS organisation_uk, organisation.name_en AS organisation_en \
         FROM commitment JOIN issue ON issue.id = commitment.issue_id JOIN community ON community.id = commitment.community_id \
         JOIN wording title ON title.id = issue.title_id LEFT JOIN account ON account.id = commitment.account_id \
         LEFT JOIN organisation ON organisation.id = commitment.organisation_id WHERE commitment.id = $1",
        [commitment.id.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| anyhow::anyhow!("a commitment without an issue"))?;
    let name = Names { uk: about.name_uk, en: about.name_en };
    let organisation = about.organisation_uk.map(|uk| Names { uk, en: about.organisation_en });
    let person = about.giver.filter(|name| !name.is_empty());
    let (number, title) = (issue.number.to_string(), about.title.unwrap_or_default());
    let link = tx.app().config.link(&format!("/c/{}/issues/{number}", about.slug));
    for recipient in recipients {
        let lang = recipient.lang();
        let who = match (&organisation, &person) {
            (Some(organisation), _) => organisation.get(lang),
            (None, Some(person)) => person,
            (None, None) => Key::MailCommitmentPersonResident.get(lang),
        };
        let what = what(commitment, lang);
        let arguments = [
            ("number", number.as_str()),
            ("title", title.as_str()),
            ("community", name.get(lang)),
            ("who", who),
            ("what", what.as_str()),
            ("words", note.words),
        ];
        let mail = Mail::new(note.subject, note.body, &arguments).button(note.button, link.clone());
        mail::put(tx, &recipient.email, lang, &mail).await?;
    }
    Ok(())
}

/// The kind and how much: `Гроші: 12 500,00 UAH`. What came, once it did.
fn what(commitment: &Commitment, lang: Lang) -> String {
    let kind = commitment.kind.text(lang);
    let amount = commitment.delivered.unwrap_or(commitment.planned);
    let unsigned = u64::try_from(amount).unwrap_or_default();
    let amount = match commitment.kind {
        CommitmentKind::Money => match &commitment.currency {
            Some(currency) => format!("{} {}", money(unsigned, currency.minor_digits(), lang), currency.as_str()),
            None => return kind.to_owned(),
        },
        CommitmentKind::Hours => Key::DomainAmountHours.count(lang, unsigned, &[]),
        CommitmentKind::People => Key::DomainAmountPeople.count(lang, unsigned, &[]),
        kind if kind.has_unit() => {
            format!("{unsigned} {}", commitment.unit.as_deref().unwrap_or_default()).trim().to_owned()
        }
        _ => return kind.to_owned(),
    };
    format!("{kind}: {amount}")
}

/// Minor units as people write them.
fn money(minor: u64, digits: u32, lang: Lang) -> String {
    let unit = 10_u64.saturating_pow(digits);
    let (thousands, decimal) = match lang {
        Lang::Uk => ('\u{a0}', ','),
        Lang::En => (',', '.'),
    };
    let whole = (minor / unit).to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(thousands);
        }
        grouped.push(digit);
    }
    if digits == 0 {
        return grouped;
    }
    let width = usize::try_from(digits).unwrap_or_default();
    format!("{grouped}{decimal}{:0width$}", minor % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!(money(1_250_000, 2, Lang::Uk), "12\u{a0}500,00");
        assert_eq!(money(123_456_789, 2, Lang::En), "1,234,567.89");
        assert_eq!(money(5, 2, Lang::En), "0.05");
        assert_eq!(money(5000, 0, Lang::En), "5,000");
    }
}
