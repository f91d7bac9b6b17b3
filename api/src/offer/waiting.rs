//! Offers that wait for an answer, for inboxes.

use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::Result,
    issue::{
        reader,
        rows::{self, CommunityRow},
    },
    offer::list::{self, Row},
    task,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::{CommunityId, OrganisationId},
    inbox::{InboxItem, InboxReason, InboxSubject},
    offer::OfferSide,
    permission::Permission,
    time::Timestamp,
};
use uuid::Uuid;

/// The reasons for which offers are in inboxes.
pub const REASONS: [InboxReason; 1] = [InboxReason::AnswerOffer];

#[derive(Debug, FromQueryResult)]
struct Waiting {
    #[sea_orm(nested)]
    offer: Row,
    #[sea_orm(nested)]
    community: CommunityRow,
}

/// What waits for the caller's answer behind `after`, what has to be answered first at the front, at most `most`
/// of it: offers to the organisations they speak for, and requests to the communities they coordinate.
pub async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    reason: InboxReason,
    most: u64,
    after: Option<(i64, Uuid)>,
) -> Result<Vec<InboxItem>> {
    let Some(condition) = condition(caller, now, reason) else { return Ok(Vec::new()) };
    let mut sql =
        list::select(caller, &format!(", {}", rows::COMMUNITY), " JOIN community ON community.id = offer.community_id");
    sql.append(condition);
    if let Some((at, id)) = after {
        sql.push(" AND (offer.answer_until, offer.id) > (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY offer.answer_until, offer.id LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
    let rows: Vec<Waiting> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.item(caller, now, reason)).collect())
}

/// The statement that counts, as `count`, what waits for the caller's answer; nothing where nothing can.
pub fn count_sql(caller: &Caller, now: Timestamp, reason: InboxReason) -> Option<Sql> {
    let condition = condition(caller, now, reason)?;
    let mut sql = Sql::new(
        "SELECT count(*) AS count FROM offer JOIN task ON task.id = offer.task_id JOIN issue ON issue.id = task.issue_id WHERE ",
    );
    reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    task::reader::push_visible(&mut sql, caller);
    sql.append(condition);
    Some(sql)
}

/// Which offers wait for the caller; nothing when none can.
fn condition(caller: &Caller, now: Timestamp, reason: InboxReason) -> Option<Sql> {
    let actor = caller.actor().filter(|_| reason == InboxReason::AnswerOffer)?;
    let communities: Vec<CommunityId> =
        actor.communities.iter().filter(|(_, role)| role.may(Permission::CoordinateTasks)).map(|(id, _)| *id).collect();
    let organisations: Vec<OrganisationId> = actor
        .organisations
        .iter()
        .filter(|(_, role)| role.may(Permission::SpeakForOrganisation))
        .map(|(id, _)| *id)
        .collect();
    if communities.is_empty() && organisations.is_empty() {
        return None;
    }
    let mut sql = Sql::new(" AND offer.state = 'open' AND issue.hidden_at IS NULL AND offer.answer_until > ");
    sql.bind(now)
        .push(" AND ((offer.side = 'community' AND offer.organisation_id IN ")
        .bind_all(organisations)
        .push(") OR (offer.side = 'organisation' AND offer.community_id IN ")
        .bind_all(communities)
        .push("))");
    Some(sql)
}

impl Waiting {
    fn item(self, caller: &Caller, now: Timestamp, reason: InboxReason) -> InboxItem {
        let Waiting { offer, community } = self;
        let (since, due) = (offer.made_at, Some(offer.answer_until));
        // An offer is answered for the organisation it was made to, whichever one acts for now.
        let acting_for = match offer.side {
            OfferSide::Community => Some(offer.organisation.clone().link()),
            OfferSide::Organisation => None,
        };
        let organisation = acting_for.as_ref().map(|organisation| organisation.id);
        let offer = Box::new(offer.summary(caller, organisation, now));
        let community = Some(community.link());
        InboxItem { reason, community, acting_for, since, due, subject: InboxSubject::Offer { offer } }
    }
}
