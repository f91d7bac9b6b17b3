//! Communities with those who lead them, organisations with their members, indicators with their
//! values.

use crate::demo::{
    calls::{Call, Calls},
    content::{self, Community, Content, Indicator, Organisation},
    timeline,
    world::{self, World},
};
use actix_web::dev::{Service, ServiceResponse};
use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use shared::{
    goal::GoalRef,
    organisation::{MemberRole, Sector},
};

/// The main coordinator.
pub(super) const MAIN: &str = "main";

impl<S> Calls<S>
where
    S: Service<actix_http::Request, Response = ServiceResponse, Error = actix_web::Error>,
{
    /// The main coordinator admits a community and names those who lead it.
    pub(super) async fn admit(&mut self, world: &mut World, content: &Content, community: &Community) -> Result<()> {
        let (lat, lon) = community.centre;
        let body = json!({
            "name": community.name,
            "slug": community.slug,
            "katottg": community.katottg,
            "kind": community.kind,
            "population": community.population,
            "centre": { "lat_e6": lat, "lon_e6": lon },
            "languages": ["uk", "en"],
        });
        let admitted = self.call(Call::post(MAIN, "/communities", body)).await?;
        world.communities.insert(community.slug.clone(), world::id(&admitted)?);
        let roles = [
            (&community.coordinator, "coordinator"),
            (&community.moderator, "moderator"),
            (&community.facilitator, "facilitator"),
        ];
        for (person, role) in roles {
            let name = content.people.iter().find(|one| one.key == *person).map(|one| one.name.as_str());
            let body = json!({ "email": content::address(person), "name": name.unwrap_or_default(), "role": role });
            self.call(Call::post(MAIN, format!("/communities/{}/members", community.slug), body)).await?;
            self.follow_invitation(person).await?;
        }
        for organisation in content.organisations.iter().filter(|one| serves(one, &community.slug)) {
            let Ok(id) = world.organisation(&organisation.key).map(str::to_owned) else { continue };
            let found = self.call(Call::get(&organisation.owner, "/me")).await?;
            let slug =
                found.pointer("/organisations/0/organisation/slug").and_then(Value::as_str).context("its slug")?;
            let body = json!({ "areas": areas(world, organisation) });
            self.call(Call::patch(&organisation.owner, format!("/organisations/{slug}"), body)).await?;
            self.verify(community, organisation, &id).await?;
        }
        Ok(())
    }

    /// An organisation registers, its members come in by invitation, its communities verify it.
    pub(super) async fn register(&mut self, world: &mut World, content: &Content, new: &Organisation) -> Result<()> {
        let body = json!({
            "name": new.name,
            "sector": new.sector,
            "description": new.description,
            "contact": new.contact,
            "contact_public": new.contact.is_some(),
            "areas": areas(world, new),
        });
        // An authority is registered by the main coordinator, who then leaves it to its own people.
        let founder = if new.sector == Sector::Authority { MAIN } else { new.owner.as_str() };
        let registered = self.call(Call::post(founder, "/organisations", body)).await?;
        let id = world::id(&registered)?;
        let slug = registered.get("slug").and_then(Value::as_str).context("it has a slug")?.to_owned();
        if founder != new.owner {
            self.join(&slug, founder, &new.owner, MemberRole::Owner).await?;
            let path = format!("/organisations/{slug}/members/{}", self.account(founder)?);
            self.call(Call { method: actix_web::http::Method::DELETE, ..Call::get(founder, path) }).await?;
        }
        for (member, role) in &new.members {
            self.join(&slug, &new.owner, member, *role).await?;
        }
        let there = |community: &&Community| world.communities.contains_key(&community.slug);
        for community in content.communities.iter().filter(there) {
            self.verify(community, new, &id).await?;
        }
        world.organisations.insert(new.key.clone(), id);
        Ok(())
    }

    /// The community's coordinator verifies an organisation and names it where it is responsible.
    async fn verify(&mut self, community: &Community, organisation: &Organisation, id: &str) -> Result<()> {
        if !organisation.verified.contains(&community.slug) {
            return Ok(());
        }
        let path = format!("/communities/{}/organisations/{id}/verify", community.slug);
        self.call(Call::post(&community.coordinator, path, Value::Null)).await?;
        self.make_responsible(community, &organisation.key, id).await
    }

    async fn join(&mut self, organisation: &str, by: &str, member: &str, role: MemberRole) -> Result<()> {
        let body = json!({ "email": content::address(member), "role": role });
        self.call(Call::post(by, format!("/organisations/{organisation}/invitations"), body)).await?;
        self.follow_invitation(member).await
    }

    /// A person follows the link that was mailed to them.
    async fn follow_invitation(&mut self, person: &str) -> Result<()> {
        let token = self.mailed_token(person).await?;
        self.call(Call::post(person, "/invitations/accept", json!({ "token": token }))).await.map(drop)
    }

    /// Names the organisation in the categories it is usually responsible for.
    async fn make_responsible(&mut self, community: &Community, key: &str, id: &str) -> Result<()> {
        let named: Vec<&str> = community
            .responsible
            .iter()
            .filter(|(_, organisation)| *organisation == key)
            .map(|(slug, _)| slug.as_str())
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        let path = format!("/communities/{}/categories", community.slug);
        let categories = self.call(Call::get(&community.coordinator, path)).await?;
        let categories = categories.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        for category in categories {
            let slug = category.get("slug").and_then(Value::as_str).unwrap_or_default();
            if named.contains(&slug) {
                let path = format!("/categories/{}", world::id(&category)?);
                self.call(Call::patch(&community.coordinator, path, json!({ "organisation": id }))).await?;
            }
        }
        Ok(())
    }

    /// A coordinator says what is measured, on that `day` of the past.
    pub(super) async fn add_indicator(
        &mut self,
        world: &mut World,
        content: &Content,
        new: &Indicator,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<()> {
        let community = content.community(&new.community)?;
        let (first, _) = timeline::period(new, 0, today)?;
        let by = NaiveDate::from_ymd_opt(today.year() + 1, 12, 31);
        let body = json!({
            "name": new.name,
            "unit": new.unit,
            "kind": new.kind,
            "direction": new.direction,
            "baseline": new.baseline,
            "baseline_day": new.baseline.as_ref().map(|_| day.min(first)),
            "target": new.target,
            "target_day": new.target.as_ref().and(by),
            "source": new.source,
            "goal": new.goal.map(GoalRef::from),
        });
        let path = format!("/communities/{}/indicators", community.slug);
        let made = self.call(Call::post(&community.coordinator, path, body)).await?;
        world.indicators.insert(new.key.clone(), world::id(&made)?);
        Ok(())
    }

    /// A coordinator notes the value of that place.
    pub(super) async fn measure(
        &mut self,
        world: &mut World,
        content: &Content,
        indicator: &Indicator,
        place: usize,
        today: NaiveDate,
    ) -> Result<()> {
        let (from, to) = timeline::period(indicator, place, today)?;
        let mistaken = indicator.corrections.iter().find(|correction| correction.at == place);
        let value = mistaken.map(|correction| &correction.first).or(indicator.values.get(place));
        let note = indicator.notes.get(&place.to_string()).cloned().unwrap_or_default();
        let body = json!({ "from": from, "to": to, "value": value, "note": note });
        let path = format!("/indicators/{}/measurements", world.indicator(&indicator.key)?);
        let coordinator = &content.community(&indicator.community)?.coordinator;
        let noted = self.call(Call::post(coordinator, path, body)).await?;
        world.measurements.insert((indicator.key.clone(), place), world::id(&noted)?);
        Ok(())
    }

    /// A coordinator sets right what was noted wrongly.
    pub(super) async fn correct(
        &mut self,
        world: &World,
        content: &Content,
        of: &Indicator,
        place: usize,
    ) -> Result<()> {
        let correction = of.corrections.get(place).context("there is such a correction")?;
        let measurement = world.measurements.get(&(of.key.clone(), correction.at)).context("it was measured")?;
        let body = json!({ "value": of.values.get(correction.at), "reason": correction.reason });
        let coordinator = &content.community(&of.community)?.coordinator;
        self.call(Call::post(coordinator, format!("/measurements/{measurement}/correct"), body)).await.map(drop)
    }
}

fn serves(organisation: &Organisation, community: &str) -> bool {
    organisation.verified.iter().chain(&organisation.unverified).any(|slug| slug == community)
}

/// The ids of the communities an organisation serves, as far as they are there.
fn areas<'a>(world: &'a World, organisation: &Organisation) -> Vec<&'a str> {
    organisation.verified.iter().chain(&organisation.unverified).filter_map(|slug| world.community(slug).ok()).collect()
}
