//! Commitments: what organisations and persons put in, promised and delivered.

mod rules;

pub use rules::*;

use crate::body::query;
use crate::draft::{Draft, Faults, optional_line, text};
use crate::fields::{at_most, between, required};
use crate::ids::CommitmentId;
use crate::issue::MOST_PHOTOS;
use crate::names::{IssueLink, TaskLink, Who};
use crate::organisation::Sector;
use crate::page::{Cursor, Several};
use crate::problem::{Fault, FieldError};
use crate::time::Timestamp;
use crate::upload::{FileLink, UploadClaim};
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What is put in.
    CommitmentKind in "commitment_kind" {
        /// In minor units of a currency.
        Money = "money";
        /// Of work.
        Hours = "hours";
        /// Who come.
        People = "people";
        Equipment = "equipment";
        Material = "material";
        Venue = "venue";
        Permit = "permit";
        Knowledge = "knowledge";
    }

    /// Where a commitment stands.
    CommitmentState in "commitment_state" {
        Offered = "offered";
        Accepted = "accepted";
        Declined = "declined";
        Withdrawn = "withdrawn";
        Delivered = "delivered";
    }

    /// How a delivery stands.
    Confirmation in "confirmation" {
        /// The receiver was asked less than 14 days ago.
        Waiting = "waiting";
        /// The receiver says that it came.
        Confirmed = "confirmed";
        /// Nobody answered for 14 days: it stands, unconfirmed.
        Unconfirmed = "unconfirmed";
    }

    /// What a reader may do with a commitment; the server says which.
    CommitmentAction in "commitment_action" {
        Accept = "accept";
        Decline = "decline";
        Withdraw = "withdraw";
        Deliver = "deliver";
        Confirm = "confirm";
    }
}

impl CommitmentKind {
    /// Whether a person may put it in without an organisation.
    pub const fn of_persons(self) -> bool {
        matches!(self, Self::Hours | Self::People | Self::Knowledge | Self::Material)
    }

    /// Whether it has to say how much.
    pub const fn needs_amount(self) -> bool {
        matches!(self, Self::Money | Self::Hours | Self::People)
    }

    /// The greatest amount of one commitment: more is a slip of the finger.
    pub const fn most(self) -> i64 {
        match self {
            Self::Hours => 100_000,
            Self::People => 10_000,
            _ => MOST_AMOUNT,
        }
    }

    /// Whether its amount is in a unit of its own words (`м³`, `шт.`).
    pub const fn has_unit(self) -> bool {
        matches!(self, Self::Equipment | Self::Material)
    }
}

/// The greatest amount: sums of thousands of them stay exact in every JSON reader.
pub const MOST_AMOUNT: i64 = 1_000_000_000_000;

/// The currencies in use (ISO 4217, without those of funds, metals and tests).
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF \
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP \
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK \
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF \
    XPF YER ZAR ZMW ZWG";

/// An ISO 4217 code: three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Currency(String);

impl Currency {
    pub fn parse(raw: &str) -> Result<Currency, FieldError> {
        let code = raw.trim().to_ascii_uppercase();
        if code.is_empty() {
            Err(FieldError::new("", Fault::Required))
        } else if CURRENCIES.split(' ').any(|known| known == code) {
            Ok(Currency(code))
        } else {
            Err(FieldError::new("", Fault::Unknown))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many digits the minor unit has: 2 for hryvnias, dollars and euros.
    pub fn minor_digits(&self) -> u32 {
        match self.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
            | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

/// `POST /issues/{id}/commitments` and `POST /tasks/{id}/commitments`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommitDraft {
    #[cfg_attr(feature = "openapi", schema(value_type = CommitmentKind))]
    pub kind: Option<CommitmentKind>,
    /// How much: minor units of money, hours, people, pieces; 1 when absent, where that may be.
    #[serde(default)]
    pub amount: Option<i64>,
    /// ISO 4217; of money only.
    #[serde(default)]
    pub currency: Option<String>,
    /// What the amount is counted in; of equipment and material only.
    #[serde(default)]
    pub unit: Option<String>,
    /// What exactly; needed where the kind does without an amount.
    #[serde(default)]
    pub words: String,
}

/// Something to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub kind: CommitmentKind,
    /// 1 to [`CommitmentKind::most`].
    pub amount: i64,
    /// There exactly for money.
    pub currency: Option<Currency>,
    pub unit: Option<String>,
    /// At most 500 characters; at least 3 where the kind does without an amount.
    pub words: String,
}

impl Draft for CommitDraft {
    type Parsed = Commit;

    fn parse(self) -> Result<Commit, Vec<FieldError>> {
        let mut faults = Faults::new();
        let kind = faults.take("kind", required(self.kind));
        let needs_amount = self.kind.is_some_and(CommitmentKind::needs_amount);
        let most = self.kind.map_or(MOST_AMOUNT, CommitmentKind::most);
        let amount = match self.amount {
            None if needs_amount => faults.take("amount", required(None)),
            amount => faults.take("amount", between(amount.unwrap_or(1), 1, most)),
        };
        let currency = match (self.kind, self.currency.as_deref()) {
            (Some(CommitmentKind::Money), code) => {
                faults.take("currency", Currency::parse(code.unwrap_or_default()).map(Some))
            }
            (_, None) => Some(None),
            (_, Some(_)) => faults.take("currency", Err(FieldError::new("", Fault::DoesNotFit))),
        };
        let unit = faults.take("unit", optional_line(self.unit.as_deref().unwrap_or_default(), 20));
        if unit.as_ref().is_some_and(Option::is_some) && !self.kind.is_none_or(CommitmentKind::has_unit) {
            faults.push(FieldError::new("unit", Fault::DoesNotFit));
        }
        let least = if self.kind.is_none() || needs_amount { 0 } else { 3 };
        let words = faults.take("words", text(&self.words, least, 500));
        let whole = || Some(Commit { kind: kind?, amount: amount?, currency: currency?, unit: unit?, words: words? });
        faults.finish(whole())
    }
}

/// `POST /commitments/{id}/deliver`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeliverDraft {
    /// How much came, counted as the promise was; all of it when absent.
    #[serde(default)]
    pub amount: Option<i64>,
    #[serde(default)]
    pub note: String,
    /// Photos and documents that show it.
    #[serde(default)]
    pub evidence: Vec<UploadClaim>,
}

/// A delivery; its note or its evidence is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliver {
    pub amount: Option<i64>,
    /// At most 2,000 characters.
    pub note: String,
    pub evidence: Vec<UploadClaim>,
}

impl Draft for DeliverDraft {
    type Parsed = Deliver;

    fn parse(self) -> Result<Deliver, Vec<FieldError>> {
        let mut faults = Faults::new();
        let amount = faults.take("amount", self.amount.map(|amount| between(amount, 1, MOST_AMOUNT)).transpose());
        let note = faults.take("note", text(&self.note, 0, 2000));
        let evidence = faults.take("evidence", at_most(self.evidence, MOST_PHOTOS));
        let whole = || Some(Deliver { amount: amount?, note: note?, evidence: evidence? });
        let whole = whole();
        if whole.as_ref().is_some_and(|delivery| delivery.note.is_empty() && delivery.evidence.is_empty()) {
            faults.push(FieldError::new("note", Fault::Required));
        }
        faults.finish(whole)
    }
}

/// A commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentSummary {
    pub id: CommitmentId,
    pub issue: IssueLink,
    /// Where it is for one task of the issue.
    pub task: Option<TaskLink>,
    pub who: Who,
    pub kind: CommitmentKind,
    pub state: CommitmentState,
    /// How much was promised.
    pub planned: i64,
    /// How much came; null until the giver says.
    pub delivered: Option<i64>,
    pub currency: Option<Currency>,
    pub unit: Option<String>,
    /// Empty for readers whom they are not shown to, as are reason, note and unit.
    pub words: String,
    /// A moderator has hidden its words.
    pub hidden: bool,
    /// Why it was declined or withdrawn.
    pub reason: Option<String>,
    /// What the giver said of the delivery.
    pub note: Option<String>,
    pub evidence: Vec<FileLink>,
    /// Null until it is delivered.
    pub confirmation: Option<Confirmation>,
    pub offered_at: Timestamp,
    pub delivered_at: Option<Timestamp>,
    /// What the reader may do with it now.
    pub actions: Vec<CommitmentAction>,
    pub version: i64,
}

impl CommitmentSummary {
    /// As totals count it.
    pub fn counted(&self) -> Counted {
        let delivery = match (self.delivered, self.delivered_at, self.confirmation) {
            (Some(amount), Some(at), Some(confirmation)) => Some(Delivery { amount, at, confirmation }),
            _ => None,
        };
        Counted {
            sector: match &self.who {
                Who::Organisation { organisation } => organisation.sector,
                _ => Sector::Citizens,
            },
            kind: self.kind,
            currency: self.currency.clone(),
            unit: self.unit.clone(),
            commitment: Commitment { state: self.state, planned: self.planned, delivery },
        }
    }
}

query! {
    /// `GET /issues/{id}/commitments` and `GET /tasks/{id}/commitments`, oldest first.
    ListCommitments {
        state: Several<CommitmentState>,
    }
}

/// A page of commitments, and what all of them sum up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentPage {
    pub items: Vec<CommitmentSummary>,
    pub next: Option<Cursor>,
    /// By sector and kind, whatever the page holds.
    pub totals: Vec<CommitmentTotal>,
}

/// What one sector put in of one kind; money of each currency apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentTotal {
    /// Persons count as `citizens`.
    pub sector: Sector,
    pub kind: CommitmentKind,
    pub currency: Option<Currency>,
    pub unit: Option<String>,
    /// Accepted and not delivered yet.
    pub promised: i64,
    pub delivered: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(kind: CommitmentKind, amount: Option<i64>, words: &str) -> Vec<(String, Fault)> {
        let draft = CommitDraft { kind: Some(kind), amount, words: words.to_owned(), ..CommitDraft::default() };
        draft.parse().err().unwrap_or_default().into_iter().map(|fault| (fault.field, fault.code)).collect()
    }

    #[test]
    fn an_amount_has_the_limit_of_its_kind() {
        assert_eq!(faults(CommitmentKind::Hours, Some(100_000), ""), []);
        assert_eq!(faults(CommitmentKind::Hours, Some(100_001), ""), [("amount".to_owned(), Fault::TooLarge)]);
        assert_eq!(faults(CommitmentKind::People, Some(10_001), ""), [("amount".to_owned(), Fault::TooLarge)]);
    }

    #[test]
    fn what_has_no_amount_says_what_it_is() {
        assert_eq!(faults(CommitmentKind::Venue, None, "Зала"), []);
        assert_eq!(faults(CommitmentKind::Venue, None, " "), [("words".to_owned(), Fault::Required)]);
        assert_eq!(faults(CommitmentKind::Material, Some(3), "ні"), [("words".to_owned(), Fault::TooShort)]);
    }
}
