//! People with their powers, placed straight into the database, each signed in.

use crate::{
    alphabet,
    auth::token,
    testing::{Client, TestApp},
};
use sea_orm::{ConnectionTrait, Statement, Value};
use shared::{
    ids::{AccountId, CategoryId, CommunityId, OrganisationId, SessionId},
    names::Names,
};

/// The community every test has, `kalynova`, with the categories `roads`, `health` (private) and
/// `safety` (blurred).
pub(crate) const COMMUNITY: &str = "kalynova";

impl TestApp {
    /// A signed-in person without a role.
    pub(crate) async fn citizen(&self) -> Client<'_> {
        self.person(false).await
    }

    pub(crate) async fn moderator(&self) -> Client<'_> {
        self.with_role("moderator").await
    }

    pub(crate) async fn coordinator(&self) -> Client<'_> {
        self.with_role("coordinator").await
    }

    pub(crate) async fn facilitator(&self) -> Client<'_> {
        self.with_role("facilitator").await
    }

    /// The main coordinator.
    pub(crate) async fn main(&self) -> Client<'_> {
        self.person(true).await
    }

    /// A person with a role (`member`, `editor`, `owner`) in the organisation, acting for themself
    /// until [`Client::acting_for`] says otherwise.
    pub(crate) async fn of(&self, organisation: OrganisationId, role: &str) -> Client<'_> {
        let client = self.person(false).await;
        self.joins(&client, organisation, role).await;
        client
    }

    /// Makes somebody, who has not called yet, a member of one more organisation.
    pub(crate) async fn joins(&self, client: &Client<'_>, organisation: OrganisationId, role: &str) {
        self.insert(
            "member",
            &[
                ("organisation_id", organisation.0.into()),
                ("account_id", client.id().0.into()),
                ("role", role.into()),
                ("created_at", self.now()),
            ],
        )
        .await;
    }

    /// An organisation that the community has verified.
    pub(crate) async fn organisation(&self, name: &str, sector: &str) -> OrganisationId {
        let id = OrganisationId(self.state.clock.id());
        self.add_organisation(id, name, sector).await;
        id
    }

    /// As [`TestApp::organisation`], with an id of the test's own.
    pub(crate) async fn add_organisation(&self, id: OrganisationId, name: &str, sector: &str) {
        let community = self.community().await;
        let names = Names { uk: name.to_owned(), en: None };
        self.insert(
            "organisation",
            &[
                ("id", id.0.into()),
                ("slug", id.to_string().into()),
                ("name_uk", name.into()),
                ("sort_key", alphabet::sort_key(&names).into()),
                ("name_words", alphabet::name_words(&names).into()),
                ("sector", sector.into()),
                ("description", "".into()),
                ("contact_public", false.into()),
                ("version", 1i64.into()),
                ("created_at", self.now()),
                ("updated_at", self.now()),
            ],
        )
        .await;
        self.insert(
            "organisation_area",
            &[
                ("community_id", community.0.into()),
                ("organisation_id", id.0.into()),
                ("verification", "verified".into()),
                ("updated_at", self.now()),
            ],
        )
        .await;
    }

    /// The community [`COMMUNITY`].
    pub(crate) async fn community(&self) -> CommunityId {
        let id = CommunityId(uuid::Uuid::from_u128(1));
        let rows = self
            .state
            .db
            .read()
            .query_all_raw(self.statement("SELECT id FROM community WHERE id = $1", vec![id.0.into()]))
            .await
            .unwrap();
        if rows.is_empty() {
            self.add_community(id, COMMUNITY, "UA01020010000048857").await;
        }
        id
    }

    /// One more community, with the same three categories.
    pub(crate) async fn add_community(&self, id: CommunityId, slug: &str, katottg: &str) {
        let names = Names { uk: "Калинова громада".to_owned(), en: Some("Kalynova".to_owned()) };
        self.insert(
            "community",
            &[
                ("id", id.0.into()),
                ("slug", slug.into()),
                ("name_uk", "Калинова громада".into()),
                ("name_en", "Kalynova".into()),
                ("sort_key", alphabet::sort_key(&names).into()),
                ("name_words", alphabet::name_words(&names).into()),
                ("katottg", katottg.into()),
                ("kind", "settlement".into()),
                ("time_zone", "Europe/Kyiv".into()),
                ("languages", "uk,en".into()),
                ("reports_public_at_once", false.into()),
                ("public_precision", "exact".into()),
                ("last_issue_number", 0i64.into()),
                ("version", 1i64.into()),
                ("created_at", self.now()),
                ("updated_at", self.now()),
            ],
        )
        .await;
        for (position, (category, private, blurred)) in
            [("roads", false, false), ("health", true, false), ("safety", false, true)].into_iter().enumerate()
        {
            self.insert(
                "category",
                &[
                    ("id", CategoryId(self.state.clock.id()).0.into()),
                    ("community_id", id.0.into()),
                    ("slug", category.into()),
                    ("name_uk", category.into()),
                    ("icon", "construction".into()),
                    ("answer_days", 7i32.into()),
                    ("private", private.into()),
                    ("blurred", blurred.into()),
                    ("position", i32::try_from(position).unwrap().into()),
                    ("version", 1i64.into()),
                ],
            )
            .await;
        }
    }

    async fn with_role(&self, role: &str) -> Client<'_> {
        let client = self.person(false).await;
        let community = self.community().await;
        self.insert(
            "community_role",
            &[
                ("community_id", community.0.into()),
                ("account_id", client.id().0.into()),
                ("role", role.into()),
                ("created_at", self.now()),
            ],
        )
        .await;
        client
    }

    async fn person(&self, main_coordinator: bool) -> Client<'_> {
        let (account, session) = (AccountId(self.state.clock.id()), SessionId(self.state.clock.id()));
        self.insert(
            "account",
            &[
                ("id", account.0.into()),
                ("email", format!("{account}@example.org").into()),
                ("name", "Олена Коваль".into()),
                ("language", "uk".into()),
                ("time_zone", "Europe/Kyiv".into()),
                ("main_coordinator", main_coordinator.into()),
                ("confirmed_at", self.now()),
                ("version", 1i64.into()),
                ("created_at", self.now()),
                ("updated_at", self.now()),
            ],
        )
        .await;
        let end = self.state.clock.now() + chrono::TimeDelta::days(30);
        self.insert(
            "session",
            &[
                ("id", session.0.into()),
                ("account_id", account.0.into()),
                ("generation", 0i64.into()),
                ("refreshed_at", self.now()),
                ("device", "test".into()),
                ("created_at", self.now()),
                ("ends_at", end.0.into()),
            ],
        )
        .await;
        Client { app: self, account: Some(account), session: Some(session), headers: Vec::new() }
    }

    /// The access token of a session, good from now on.
    pub(super) fn token(&self, account: AccountId, session: SessionId) -> String {
        token::issue(
            &self.state.keys,
            self.state.config.public_url().as_str(),
            account,
            session,
            self.state.clock.now(),
        )
        .unwrap()
    }

    fn now(&self) -> Value {
        self.state.clock.now().0.into()
    }

    pub(crate) async fn insert(&self, table: &str, values: &[(&str, Value)]) {
        let columns: Vec<&str> = values.iter().map(|(column, _)| *column).collect();
        let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        let write = self.state.write_as_system().await.unwrap();
        write.execute_raw(self.statement(&sql, values.iter().map(|(_, value)| value.clone()).collect())).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Runs one statement that has no values.
    pub(crate) async fn execute(&self, sql: &str) {
        let write = self.state.write_as_system().await.unwrap();
        write.execute_unprepared(sql).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Runs one statement.
    pub(crate) async fn change(&self, sql: &str, values: Vec<Value>) {
        let write = self.state.write_as_system().await.unwrap();
        write.execute_raw(self.statement(sql, values)).await.unwrap();
        write.commit().await.unwrap();
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(self.state.db.backend(), sql, values)
    }
}
