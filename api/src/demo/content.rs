//! What the demo tells, as the files in `content/` say it.
//!
//! Days count back from today for what begins something (`days`), and forward from the report for
//! the steps of an issue (`day`). People and organisations are named by their keys.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, de::DeserializeOwned};
use shared::{
    commitment::CommitmentKind,
    community::CommunityKind,
    demo::DemoRole,
    goal::Goal,
    indicator::{Direction, IndicatorKind},
    issue::{AffectedGroup, DeclineReason, Naming},
    names::Names,
    organisation::{MemberRole, Sector},
};
use std::collections::{BTreeMap, HashSet};

/// The domain of the demo's addresses.
pub(super) const DOMAIN: &str = "demo.spilno.example";

/// The address of a person.
pub(super) fn address(person: &str) -> String {
    format!("{person}@{DOMAIN}")
}

/// The issues of each community, part by part in the order of their reports.
const ISSUES: &[(&str, &str)] = &[
    ("kalynova", include_str!("content/kalynova_1.toml")),
    ("kalynova", include_str!("content/kalynova_2.toml")),
    ("kalynova", include_str!("content/kalynova_3.toml")),
    ("lelechyn", include_str!("content/lelechyn_1.toml")),
    ("lelechyn", include_str!("content/lelechyn_2.toml")),
    ("ozhynova", include_str!("content/ozhynova.toml")),
];

/// Everything.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) people: Vec<Person>,
    pub(super) communities: Vec<Community>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) issues: Vec<Issue>,
}

/// A person; who has no way to sign in lives in the demo all the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    /// Also the first part of the address.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) sign_in: Option<DemoRole>,
}

/// An invented community on the territory of a real unit of the codifier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Community {
    pub(super) slug: String,
    pub(super) name: Names,
    pub(super) katottg: String,
    pub(super) kind: CommunityKind,
    pub(super) population: i64,
    /// Latitude and longitude, in millionths of a degree.
    pub(super) centre: (i32, i32),
    pub(super) days: i64,
    pub(super) coordinator: String,
    pub(super) moderator: String,
    pub(super) facilitator: String,
    /// The organisation usually responsible, by category.
    pub(super) responsible: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub(super) key: String,
    pub(super) name: Names,
    pub(super) sector: Sector,
    pub(super) description: String,
    pub(super) contact: Option<String>,
    pub(super) days: i64,
    /// Who speaks for it.
    pub(super) owner: String,
    #[serde(default)]
    pub(super) members: BTreeMap<String, MemberRole>,
    /// The communities that have verified it, as soon as both are there.
    pub(super) verified: Vec<String>,
    /// Those that have not, or not yet.
    #[serde(default)]
    pub(super) unverified: Vec<String>,
}

/// An indicator with a value for each period up to the last one that is over.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indicator {
    pub(super) key: String,
    pub(super) community: String,
    pub(super) name: Names,
    pub(super) unit: Names,
    pub(super) kind: IndicatorKind,
    pub(super) direction: Direction,
    pub(super) baseline: Option<String>,
    pub(super) target: Option<String>,
    pub(super) source: String,
    pub(super) goal: Option<Goal>,
    pub(super) every: Period,
    pub(super) values: Vec<String>,
    /// What was said beside the value of that place.
    #[serde(default)]
    pub(super) notes: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) corrections: Vec<Correction>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Period {
    Month,
    Quarter,
}

/// A value that was first noted wrongly.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    /// The place of the value, from 0.
    pub(super) at: usize,
    /// What was noted first.
    pub(super) first: String,
    pub(super) reason: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Issue {
    /// By which other issues name it.
    pub(super) key: Option<String>,
    /// Said by the file it stands in.
    #[serde(skip)]
    pub(super) community: String,
    pub(super) days: i64,
    pub(super) by: String,
    /// Reported in the name of this organisation.
    pub(super) org: Option<String>,
    pub(super) category: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    pub(super) place: String,
    #[serde(default)]
    pub(super) photos: u8,
    #[serde(default)]
    pub(super) affected: Vec<AffectedGroup>,
    pub(super) naming: Option<Naming>,
    #[serde(default)]
    pub(super) then: Vec<Step>,
}

/// What somebody did about an issue; which fields a step needs is said where its verb is carried out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// Days after the report; the steps of one day follow each other.
    pub(super) day: i64,
    #[serde(rename = "do")]
    pub(super) verb: Verb,
    /// Absent: whose business it is.
    pub(super) who: Option<String>,
    /// Each of them, one after the other.
    #[serde(default)]
    pub(super) all: Vec<String>,
    /// In the name of this organisation.
    pub(super) org: Option<String>,
    /// The task's key, for the issue's tasks to be told apart; absent: the latest.
    pub(super) task: Option<String>,
    pub(super) title: Option<String>,
    pub(super) words: Option<String>,
    pub(super) reason: Option<DeclineReason>,
    pub(super) sector: Option<Sector>,
    /// Days until it is due, or to be answered.
    pub(super) within: Option<i64>,
    pub(super) indicator: Option<String>,
    pub(super) upheld: Option<bool>,
    /// The key of another issue.
    pub(super) of: Option<String>,
    #[serde(default)]
    pub(super) photos: u8,
    pub(super) kind: Option<CommitmentKind>,
    pub(super) amount: Option<i64>,
    pub(super) unit: Option<String>,
}

/// What can be done about an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verb {
    Accept,
    Decline,
    Appeal,
    DecideAppeal,
    Support,
    Follow,
    Comment,
    Flag,
    Duplicate,
    /// Say which indicator the issue is meant to move.
    Serve,
    Resolve,
    Confirm,
    Object,
    DecideObjection,
    /// The coordinator makes a task.
    Task,
    /// An organisation proposes one of its own.
    Propose,
    /// The community offers the task to an organisation.
    Offer,
    /// An organisation asks for the task.
    Ask,
    /// The organisation accepts what it was offered.
    Take,
    /// The organisation declines what it was offered.
    Refuse,
    /// The coordinator accepts what an organisation asked for.
    Grant,
    /// The coordinator declines what an organisation asked for.
    Deny,
    /// The coordinator withdraws an offer.
    Withdraw,
    /// A member is to do it.
    Assign,
    Block,
    Unblock,
    Start,
    Done,
    Verify,
    Return,
    Release,
    Recall,
    Cancel,
    /// Somebody puts something in: to the task that is named, else to the issue.
    Promise,
    Welcome,
    /// The receiver does not want it.
    Reject,
    /// The giver takes it back.
    TakeBack,
    Deliver,
    /// The receiver says that it came.
    Receive,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issues {
    issue: Vec<Issue>,
}

impl Content {
    /// Reads what is built in.
    pub(super) fn read() -> Result<Content> {
        let mut issues = Vec::new();
        for (part, (community, text)) in ISSUES.iter().enumerate() {
            let read: Issues = toml::from_str(text).with_context(|| format!("read the issues of part {part}"))?;
            issues.extend(read.issue.into_iter().map(|issue| Issue { community: (*community).to_owned(), ..issue }));
        }
        Ok(Content {
            people: people()?,
            communities: list("community", include_str!("content/communities.toml"))?,
            organisations: list("organisation", include_str!("content/organisations.toml"))?,
            indicators: list("indicator", include_str!("content/indicators.toml"))?,
            issues,
        })
    }

    /// The community of a slug.
    pub(super) fn community(&self, slug: &str) -> Result<&Community> {
        self.communities.iter().find(|one| one.slug == slug).with_context(|| format!("there is no community {slug}"))
    }

    /// The organisation of a key.
    pub(super) fn organisation(&self, key: &str) -> Result<&Organisation> {
        self.organisations.iter().find(|one| one.key == key).with_context(|| format!("there is no organisation {key}"))
    }

    /// What can be wrong without any step failing.
    pub(super) fn check(&self) -> Result<()> {
        let mut keys = HashSet::new();
        for key in self.people.iter().map(|person| &person.key) {
            if !keys.insert(key) {
                bail!("there are two people {key}");
            }
        }
        for issue in &self.issues {
            if !keys.contains(&issue.by) {
                bail!("{}: there is no person {}", issue.title, issue.by);
            }
            let mut day = 0;
            for step in &issue.then {
                if step.day < day || step.day >= issue.days {
                    bail!(
                        "{}: the step {:?} of day {} is out of order, or still to come",
                        issue.title,
                        step.verb,
                        step.day
                    );
                }
                day = step.day;
            }
        }
        Ok(())
    }
}

/// Everybody.
pub(super) fn people() -> Result<Vec<Person>> {
    list("person", include_str!("content/people.toml"))
}

/// The tables of one name in a file.
fn list<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>> {
    let mut file: BTreeMap<String, Vec<toml::Table>> =
        toml::from_str(text).with_context(|| format!("read each {name}"))?;
    let tables = file.remove(name).with_context(|| format!("the file has no {name}"))?;
    tables
        .into_iter()
        .enumerate()
        .map(|(n, table)| table.try_into().with_context(|| format!("read {name} {n}")))
        .collect()
}
