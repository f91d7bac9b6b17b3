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

/// A comment, a file or a task of an issue, or all else of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Open,
    /// For its author, the organisations whose it is, and moderators; `was_open` when everybody could see
    /// it before.
    Withheld {
        author: Option<AccountId>,
        organisations: [Option<OrganisationId>; 2],
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
                    Part::Withheld { author, organisations, .. } => actor.is_some_and(|actor| {
                        *author == Some(actor.account_id)
                            || organisations.iter().flatten().any(|organisation| actor.is_member_of(*organisation))
                            || actor.may_in(Permission::TriageIssue, issue.community_id)
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
    /// Withheld, and of nobody but its author.
    fn of(author: Option<AccountId>, was_open: bool) -> Self {
        Part::Withheld { author, organisations: [None; 2], was_open }
    }

    fn is_taken_by(&self, what: EventKind) -> bool {
        matches!(self, Part::Withheld { was_open: true, .. })
            && matches!(what, EventKind::CommentHidden | EventKind::FileHidden | EventKind::TaskHidden)
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
    let tasks = tasks(db, events).await?;
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
                let part = match (event.kind, thing) {
                    (EventKind::FlagsDismissed, _) => Part::of(None, false),
                    (_, Thing::Comment) => of_comment(issue, comments.get(&event.thing_id)),
                    (_, Thing::File) => of_file(issue, files.get(&event.thing_id)),
                    (_, Thing::Task | Thing::Offer) => of_task(tasks.get(&event.thing_id)),
                    _ => Part::Open,
                };
                Sight::OfIssue { issue: *issue, part }
            }
            None => Sight::Nobody,
        },
        _ => Sight::Nobody,
    };
    Ok(events.iter().map(one).collect())
}

fn of_comment(issue: &Issue, comment: Option<&Comment>) -> Part {
    match comment {
        Some(comment) if !comment.hidden && (comment.at_once || issue.triaged) => Part::Open,
        Some(comment) => Part::of(comment.account_id, comment.at_once || issue.triaged),
        None => Part::of(None, false),
    }
}

fn of_file(issue: &Issue, file: Option<&File>) -> Part {
    match file {
        Some(file) if !file.hidden && issue.shows_photos => Part::Open,
        Some(file) => Part::of(file.owner_id, issue.shows_photos),
        None => Part::of(None, false),
    }
}

/// Also of an offer, which is seen with its task.
fn of_task(task: Option<&Task>) -> Part {
    match task {
        Some(task) if !task.hidden && task.vetted => Part::Open,
        Some(Task { proposed_by, holder_id, vetted, .. }) => {
            Part::Withheld { author: None, organisations: [*proposed_by, *holder_id], was_open: *vetted }
        }
        None => Part::of(None, false),
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

#[derive(Debug, FromQueryResult)]
struct Task {
    id: Uuid,
    proposed_by: Option<OrganisationId>,
    holder_id: Option<OrganisationId>,
    vetted: bool,
    hidden: bool,
}

/// The tasks that entries are about, by their ids and by those of their offers.
async fn tasks(db: &impl ConnectionTrait, events: &[Event]) -> Result<HashMap<Uuid, Task>> {
    let (tasks, offers) = (things(events, Thing::Task), things(events, Thing::Offer));
    if tasks.is_empty() && offers.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = "task.proposed_by, task.holder_id, task.vetted, (task.hidden_at IS NOT NULL) AS hidden";
    let mut sql = Sql::new(&format!("SELECT task.id, {columns} FROM task WHERE task.id IN "));
    sql.bind_all(tasks);
    sql.push(&format!(
        " UNION ALL SELECT offer.id, {columns} FROM offer JOIN task ON task.id = offer.task_id WHERE offer.id IN "
    ))
    .bind_all(offers);
    let rows: Vec<Task> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn things(events: &[Event], thing: Thing) -> BTreeSet<Uuid> {
    events.iter().filter(|event| event.thing == thing).map(|event| event.thing_id).collect()
}
