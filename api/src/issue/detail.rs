//! One issue with its whole story.

use crate::{
    auth::{needs::Anyone, session::Caller},
    commitment,
    db::{Sql, Write},
    http::{
        answer::{Answer, Known, NotModified},
        error::{Error, Result},
    },
    indicator,
    issue::{
        actions,
        photos::{self, Photos},
        place::{self, PlaceRow},
        reader,
        rows::{self, CategoryRow, CommunityRow, OrganisationRow},
        store::{self, HAS_TASKS, Issue},
        story::{self, Story},
    },
    state::AppState,
    task,
};
use actix_web::{
    Either, get,
    web::{Data, Path},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::IssueId,
    issue::{AffectedGroup, IssueDetail, Naming, SupportState},
    names::{IssueLink, Slug, Who},
    problem::Code,
    time::Timestamp,
    words::Word,
};

/// One issue.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[get("/issues/{id}")]
pub(crate) async fn find_issue(
    anyone: Anyone,
    id: Path<IssueId>,
    known: Known,
    app: Data<AppState>,
) -> Result<Either<NotModified, Answer<IssueDetail>>> {
    find(&app, &anyone, &known, Named::Id(*id)).await
}

/// One issue, by its short number in its community.
#[utoipa::path(
    tag = "issues",
    params(("slug" = String, Path, description = "The community"), ("number" = i64, Path)),
    responses((status = OK, body = IssueDetail)),
)]
#[get("/communities/{slug}/issues/{number}")]
pub(crate) async fn find_issue_by_number(
    anyone: Anyone,
    path: Path<(Slug, i64)>,
    known: Known,
    app: Data<AppState>,
) -> Result<Either<NotModified, Answer<IssueDetail>>> {
    let (slug, number) = path.into_inner();
    find(&app, &anyone, &known, Named::Number(slug, number)).await
}

async fn find(
    app: &AppState,
    caller: &Caller,
    known: &Known,
    named: Named,
) -> Result<Either<NotModified, Answer<IssueDetail>>> {
    let (db, now) = (app.db.read(), app.clock.now());
    if known.any()
        && let Some(unchanged) = known.is(version(db, caller, now, &named).await?)
    {
        return Ok(Either::Left(unchanged));
    }
    Ok(Either::Right(load_named(db, caller, now, &named).await?.answer()))
}

/// What an issue is asked for by.
enum Named {
    Id(IssueId),
    Number(Slug, i64),
}

impl Named {
    fn push(&self, sql: &mut Sql) {
        match self {
            Named::Id(id) => sql.push("issue.id = ").bind(*id),
            Named::Number(community, number) => {
                sql.push("community.slug = ").bind(community.clone()).push(" AND issue.number = ").bind(*number)
            }
        };
    }
}

/// Grows when the category, the community or the indicator is renamed, which shows in the issue, too.
const SHOWN: &str = "category.version + community.version + COALESCE((SELECT version FROM indicator WHERE id = issue.indicator_id), 0) AS shown";

/// What decides whether a reader has the issue already.
#[derive(Debug, FromQueryResult)]
struct Version {
    version: i64,
    touched: i64,
    shown: i64,
    has_tasks: bool,
}

impl Version {
    /// The version of its own fields, and a number that grows with anything shown inside it.
    fn at(&self, now: Timestamp) -> (i64, i64) {
        // Tasks become overdue with the day.
        let day = if self.has_tasks { now.0.div_euclid(86_400_000) } else { 0 };
        (self.version, self.touched + self.shown + day)
    }
}

/// The version of an issue, without reading the rest; 404 when the caller may not see it.
async fn version(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp, named: &Named) -> Result<(i64, i64)> {
    let mut sql = Sql::new(&format!(
        "SELECT issue.version, issue.touched, {SHOWN}, {HAS_TASKS} AS has_tasks \
         FROM issue JOIN community ON community.id = issue.community_id JOIN category ON category.id = issue.category_id WHERE ",
    ));
    named.push(&mut sql);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    let version: Version = sql.one(db).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    Ok(version.at(now))
}

/// An issue as one reader sees it, and its version.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) body: IssueDetail,
    /// The version of its own fields, and a number that grows with anything shown inside it.
    pub(crate) version: (i64, i64),
}

impl Loaded {
    pub(crate) fn answer(self) -> Answer<IssueDetail> {
        let (version, touched) = self.version;
        Answer::ok(self.body).version(version, touched)
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    issue: Issue,
    #[sea_orm(nested)]
    community: CommunityRow,
    #[sea_orm(nested)]
    category: CategoryRow,
    #[sea_orm(nested)]
    place: PlaceRow,
    #[sea_orm(nested)]
    organisation: Option<OrganisationRow>,
    title: Option<String>,
    description: Option<String>,
    reporter_name: Option<String>,
    affected: Option<String>,
    works: bool,
    supported_at: Option<Timestamp>,
    holds: bool,
    follows: bool,
    has_commitments: bool,
    #[sea_orm(nested)]
    stamp: Version,
}

/// Ends a write with the issue as the caller sees it now.
pub(crate) async fn answer(tx: Write<'_>, caller: &Caller, id: IssueId) -> Result<Answer<IssueDetail>> {
    let answer = load(&*tx, caller, tx.at(), id).await?.answer();
    tx.answer(answer).await
}

/// The issue, or 404 when the caller may not see it.
pub(crate) async fn load(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp, id: IssueId) -> Result<Loaded> {
    load_named(db, caller, now, &Named::Id(id)).await
}

/// The issue of a number in its community, or 404 when the caller may not see it.
pub(crate) async fn load_by_number(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    community: Slug,
    number: i64,
) -> Result<Loaded> {
    load_named(db, caller, now, &Named::Number(community, number)).await
}

async fn load_named(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp, named: &Named) -> Result<Loaded> {
    let mut sql = Sql::new(&format!(
        "SELECT {}, {}, {}, {}, {}, title.body AS title, description.body AS description, reporter.name AS reporter_name, \
         (SELECT string_agg(affected, ',') FROM issue_affected WHERE issue_id = issue.id) AS affected, \
         issue.touched, {SHOWN}, {HAS_TASKS} AS has_tasks, \
         EXISTS (SELECT 1 FROM commitment WHERE commitment.issue_id = issue.id) AS has_commitments, ",
        store::COLUMNS,
        rows::COMMUNITY,
        rows::CATEGORY,
        place::COLUMNS,
        rows::ORGANISATION,
    ));
    reader::push_works(&mut sql, caller);
    let account = caller.actor().map(|actor| actor.account_id);
    sql.push(" AS works, (SELECT joined_at FROM support WHERE support.issue_id = issue.id AND support.account_id = ")
        .bind(account);
    sql.push(
        ") AS supported_at, EXISTS (SELECT 1 FROM follow WHERE follow.issue_id = issue.id AND follow.account_id = ",
    )
    .bind(account);
    sql.push(") AS follows, EXISTS (SELECT 1 FROM issue_organisation WHERE taken AND issue_id = issue.id AND organisation_id = ").bind(caller.acting_for());
    sql.push(
        ") AS holds FROM issue JOIN community ON community.id = issue.community_id JOIN category ON category.id = issue.category_id \
         JOIN wording title ON title.id = issue.title_id JOIN wording description ON description.id = issue.description_id \
         LEFT JOIN account reporter ON reporter.id = issue.reporter_id LEFT JOIN organisation ON organisation.id = issue.reported_for \
         JOIN place ON place.id = CASE WHEN ",
    );
    reader::push_works(&mut sql, caller);
    sql.push(" THEN issue.place_id ELSE issue.public_place_id END WHERE ");
    named.push(&mut sql);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    let row: Row = sql.one(db).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let story = if row.issue.has_story() { story::load(db, caller, &row.issue).await? } else { Story::default() };
    let mut photos = if row.issue.photos > 0 && (row.works || row.issue.shows_photos()) {
        photos::of(db, row.issue.id, &story).await?
    } else {
        Photos::default()
    };
    if !row.works {
        photos.objection.clear();
    }
    let (id, has_commitments, serves) = (row.issue.id, row.has_commitments, row.issue.indicator_id);
    let tasks = if row.stamp.has_tasks { task::of_issue(db, caller, now, row.issue.id).await? } else { Vec::new() };
    let mut loaded = row.view(caller, story, photos, now);
    loaded.body.tasks = tasks;
    if has_commitments {
        loaded.body.commitments = commitment::of_issue(db, caller, id).await?;
    }
    if let Some(serves) = serves {
        loaded.body.indicator = Some(indicator::link(db, serves).await?);
    }
    Ok(loaded)
}

impl Row {
    fn view(self, caller: &Caller, mut story: Story, photos: Photos, now: Timestamp) -> Loaded {
        let Row { issue, works, .. } = self;
        let version = self.stamp.at(now);
        let triages = reader::triages(caller, issue.community_id);
        let mine = SupportState {
            reported: issue.is_reporter(caller),
            supports: self.supported_at.is_some(),
            follows: self.follows,
            supporters: issue.supporters,
            followers: issue.followers,
        };
        let voice = issue.voice(caller, self.supported_at);
        let actions = actions::of(&issue, caller, &mine, &story, voice, self.holds, now);
        if let Some(claim) = &mut story.claim {
            claim.photos = photos.claim;
        }
        if let Some(objection) = &mut story.objection {
            objection.photos = photos.objection;
        }
        let affected = self.affected.unwrap_or_default();
        let mut affected: Vec<AffectedGroup> =
            affected.split(',').filter_map(|word| AffectedGroup::of(word).ok()).collect();
        affected.retain(|group| triages || mine.reported || !group.only_in_sums());
        affected.sort();
        let knows_name = mine.reported || issue.naming == Naming::Public || (works && issue.naming == Naming::Workers);
        let reporter = match self.organisation {
            Some(organisation) => Who::Organisation { organisation: organisation.link() },
            None => Who::Resident { name: self.reporter_name.filter(|name| knows_name && !name.is_empty()) },
        };
        let community = self.community.link();
        let link = |(id, number, title)| IssueLink { id, number, title, community: community.clone() };
        let body = IssueDetail {
            id: issue.id,
            number: issue.number,
            title: self.title.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            state: issue.state,
            category: self.category.link(),
            place: self.place.shown(),
            photos: photos.issue,
            affected,
            reporter,
            naming: knows_name.then_some(issue.naming),
            private: issue.private,
            blurred: issue.blurred,
            hidden: story.hidden,
            supporters: issue.supporters,
            followers: issue.followers,
            comments: issue.comments,
            declined: story.declined,
            claim: story.claim,
            objection: story.objection,
            duplicate_of: story.duplicate_of.map(link),
            duplicates: story.duplicates.into_iter().map(link).collect(),
            tasks: Vec::new(),
            commitments: Vec::new(),
            indicator: None,
            reported_at: issue.reported_at,
            changed_at: issue.changed_at,
            answer_by: issue.answer_by,
            mine,
            actions,
            version: issue.version,
            community,
        };
        Loaded { body, version }
    }
}
