//! Who may know of an entry of the log: decided by what is so now, not by what was so then.

use crate::{
    auth::session::{Actor, Caller},
    db::Sql,
    events::Event,
    http::error::Result,
    issue::reader,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CommunityId, IssueId, OrganisationId},
    permission::{Permission, Role},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// How much of an entry a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Whole,
    /// Only that something they could know of is there no more.
    Gone,
    Not,
}

/// What decides about an entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sight {
    Everybody,
    /// Told to nobody, such as who was invited.
    Nobody,
    /// Told to the account itself, to members of the organisation and to those who look after the
    /// community.
    Private {
        account: AccountId,
        organisation: Option<OrganisationId>,
        community: Option<CommunityId>,
    },
    OfIssue {
        issue: Issue,
        part: Part,
    },
}

/// An issue as far as it decides who sees what belongs to it.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(super) struct Issue {
    id: IssueId,
    community_id: CommunityId,
    reporter_id: Option<AccountId>,
    listed: bool,
    was_listed: bool,
    triaged: bool,
    shows_photos: bool,
}

/// A comment or a file of an issue, or all else of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Open,
    /// For its author and moderators; `was_open` when everybody could see it before.
    Withheld {
        author: Option<AccountId>,
        was_open: bool,
    },
}

impl Sight {
    /// What the caller sees; `allowed` is what [`allowed`] answered.
    pub(super) fn seen(&self, caller: &Caller, allowed: &HashSet<IssueId>, what: EventKind) -> Seen {
        let actor: Option<&Actor> = caller.actor().map(|actor| &**actor);
        match self {
            Sight::Everybody => Seen::Whole,
            Sight::Nobody => Seen::Not,
            Sight::Private { account, organisation, community } => {
                let told = actor.is_some_and(|actor| {
                    actor.account_id == *account
                        || organisation.is_some_and(|organisation| actor.is_member_of(organisation))
                        || community.is_some_and(|community| actor.may_in(Permission::ManageCommunity, community))
                });
                if told { Seen::Whole } else { Seen::Not }
            }
            Sight::OfIssue { issue, part } => {
                let sees_issue =
                    issue.listed || actor.is_some_and(|actor| issue.is_insider(actor)) || allowed.contains(&issue.id);
                let sees_part = match part {
                    Part::Open => true,
                    Part::Withheld { author, .. } => actor.is_some_and(|actor| {
                        *author == Some(actor.account_id) || actor.may_in(Permission::TriageIssue, issue.community_id)
                    }),
                };
                match (sees_issue, sees_part) {
                    (true, true) => Seen::Whole,
                    (true, false) if part.is_taken_by(what) => Seen::Gone,
                    (false, _) if issue.was_listed && takes_issue(what) => Seen::Gone,
                    _ => Seen::Not,
                }
            }
        }
    }
}

/// Whether the event takes a whole issue from sight. Only these are told as gone: that something
/// happened to it afterwards is nobody's to know.
fn takes_issue(what: EventKind) -> bool {
    matches!(what, EventKind::IssueHidden | EventKind::IssueMadePrivate | EventKind::IssueUnaccepted)
}

impl Part {
    fn is_taken_by(&self, what: EventKind) -> bool {
        matches!(self, Part::Withheld { was_open: true, .. })
            && matches!(what, EventKind::CommentHidden | EventKind::FileHidden)
    }
}

impl Issue {
    fn is_insider(&self, actor: &Actor) -> bool {
        self.reporter_id == Some(actor.account_id) || actor.may_in(Permission::TriageIssue, self.community_id)
    }
}

/// Which issues, of those that are not public, the caller may see for another reason than being
/// their reporter or moderator: one question, and none for most callers and most batches.
pub(super) async fn allowed<'a>(
    db: &impl ConnectionTrait,
    caller: &Caller,
    sights: impl Iterator<Item = &'a Sight>,
) -> Result<HashSet<IssueId>> {
    let Some(actor) = caller.actor() else { return Ok(HashSet::new()) };
    let facilitates = actor.communities.iter().any(|(_, role)| *role == Role::Facilitator);
    if !(facilitates || actor.main_coordinator || !actor.organisations.is_empty()) {
        return Ok(HashSet::new());
    }
    let open: BTreeSet<IssueId> = sights
        .filter_map(|sight| match sight {
            Sight::OfIssue { issue, .. } if !issue.listed && !issue.is_insider(actor) => Some(issue.id),
            _ => None,
        })
        .collect();
    if open.is_empty() {
        return Ok(HashSet::new());
    }
    let mut sql = Sql::new("SELECT issue.id FROM issue WHERE issue.id IN ");
    sql.bind_all(open).push(" AND ");
    reader::push_visible(&mut sql, caller);
    let rows: Vec<Allowed> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(Debug, FromQueryResult)]
struct Allowed {
    id: IssueId,
}

/// What decides about each of the entries.
pub(super) async fn of(db: &impl ConnectionTrait, events: &[Event]) -> Result<Vec<Sight>> {
    let issues = issues(db, events).await?;
    let comments = comments(db, events).await?;
    let files = files(db, events).await?;
    let one = |event: &Event| match (event.thing, event.issue_id, event.account_id) {
        (Thing::Invitation, ..) => Sight::Nobody,
        (_, None, Some(account)) => {
            Sight::Private { account, organisation: event.organisation_id, community: event.community_id }
        }
        (Thing::Account | Thing::Session, ..) => Sight::Nobody,
        (
            Thing::Community | Thing::Organisation | Thing::Category | Thing::Indicator | Thing::Measurement,
            None,
            None,
        ) => Sight::Everybody,
        (thing, Some(id), _) => match issues.get(&id) {
            Some(issue) => {
                Sight::OfIssue { issue: *issue, part: part(issue, thing, event.thing_id, &comments, &files) }
            }
            None => Sight::Nobody,
        },
        _ => Sight::Nobody,
    };
    Ok(events.iter().map(one).collect())
}

fn part(issue: &Issue, thing: Thing, id: Uuid, comments: &HashMap<Uuid, Comment>, files: &HashMap<Uuid, File>) -> Part {
    match thing {
        Thing::Comment => match comments.get(&id) {
            Some(comment) if !comment.hidden && (comment.at_once || issue.triaged) => Part::Open,
            Some(comment) => Part::Withheld { author: comment.account_id, was_open: comment.at_once || issue.triaged },
            None => Part::Withheld { author: None, was_open: false },
        },
        Thing::File => match files.get(&id) {
            Some(file) if !file.hidden && issue.shows_photos => Part::Open,
            Some(file) => Part::Withheld { author: file.owner_id, was_open: issue.shows_photos },
            None => Part::Withheld { author: None, was_open: false },
        },
        _ => Part::Open,
    }
}

async fn issues(db: &impl ConnectionTrait, events: &[Event]) -> Result<HashMap<IssueId, Issue>> {
    let ids: BTreeSet<IssueId> = events.iter().filter_map(|event| event.issue_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT id, community_id, reporter_id, listed, was_listed, (state <> 'reported') AS triaged, \
         (NOT blurred AND (state <> 'reported' OR reported_for IS NOT NULL)) AS shows_photos FROM issue WHERE id IN ",
    );
    sql.bind_all(ids);
    let rows: Vec<Issue> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[derive(Debug, FromQueryResult)]
struct Comment {
    id: Uuid,
    account_id: Option<AccountId>,
    at_once: bool,
    hidden: bool,
}

async fn comments(db: &impl ConnectionTrait, events: &[Event]) -> Result<HashMap<Uuid, Comment>> {
    let ids = things(events, Thing::Comment);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT comment.id, comment.account_id, comment.at_once, (wording.hidden_at IS NOT NULL) AS hidden \
         FROM comment JOIN wording ON wording.id = comment.wording_id WHERE comment.id IN ",
    );
    sql.bind_all(ids);
    let rows: Vec<Comment> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[derive(Debug, FromQueryResult)]
struct File {
    id: Uuid,
    owner_id: Option<AccountId>,
    hidden: bool,
}

async fn files(db: &impl ConnectionTrait, events: &[Event]) -> Result<HashMap<Uuid, File>> {
    let ids = things(events, Thing::File);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT id, owner_id, (hidden_at IS NOT NULL) AS hidden FROM file WHERE id IN ");
    sql.bind_all(ids);
    let rows: Vec<File> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn things(events: &[Event], thing: Thing) -> BTreeSet<Uuid> {
    events.iter().filter(|event| event.thing == thing).map(|event| event.thing_id).collect()
}
