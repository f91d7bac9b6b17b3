//! An id of one kind never passes for one of another kind, even where both are the same number.

use crate::testing::TestApp;
use serde_json::json;
use shared::ids::{CommunityId, OrganisationId};

#[actix_web::test]
async fn who_has_the_number_of_an_organisation_or_of_its_community_has_none_of_its_powers() {
    let app = TestApp::start().await;
    let person = app.citizen().await;
    let organisation = OrganisationId(person.id().0);
    app.add_organisation(organisation, "Світло двору", "ngo").await;
    let (coordinator, community) = (app.coordinator().await, app.community().await);
    let like_community = OrganisationId(community.0);
    app.add_organisation(like_community, "Чисте подвір’я", "ngo").await;
    let issue = app.open_issue().await.0;
    let task = coordinator.splits(&issue, "Засипати яму").await;

    for (caller, organisation) in [(&person, organisation), (&coordinator, like_community)] {
        let path = format!("/organisations/{organisation}");
        let version = caller.get(&path).await.expect(200).header("etag").unwrap().to_owned();
        caller.with("If-Match", version).patch(&path, json!({ "description": "Наше" })).await.expect(403);
        caller.get(&format!("{path}/invitations")).await.expect(403);
        caller.acting_for(organisation).post(&format!("{task}/offers"), json!({})).await.expect(403);
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_coordinator_of_one_community_has_no_role_in_an_organisation_or_community_of_another_number() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Світло двору", "ngo").await;
    let owner = app.of(organisation, "owner").await;
    // A community with the number of the organisation that this person owns.
    app.add_community(CommunityId(organisation.0), "vyshneva", "UA05020030000031457").await;

    owner.get("/communities/vyshneva/members").await.expect(403);
    owner.post("/communities/vyshneva/categories", json!({})).await.expect(403);
    app.stop().await;
}

#[actix_web::test]
async fn an_issue_and_a_task_of_one_number_keep_apart() {
    let app = TestApp::start().await;
    let (issue, task) = (app.open_issue().await.0, app.open_issue().await.0);
    let coordinator = app.coordinator().await;
    coordinator.splits(&task, "Засипати яму").await;
    let number = uuid::Uuid::parse_str(issue.trim_start_matches("/issues/")).unwrap();
    app.change("UPDATE task SET id = $1", vec![number.into()]).await;
    let anyone = app.anyone();

    assert_eq!(anyone.get(&format!("/tasks/{number}")).await.expect(200).text("/title"), "Засипати яму");
    anyone.get(&format!("/issues/{number}")).await.expect(200);
    let tasks = anyone.get(&format!("/issues/{number}/tasks")).await.expect(200).json();
    assert_eq!(tasks["items"], json!([]));
    for kind in ["offers", "commitments", "indicators", "files", "categories"] {
        anyone.get(&format!("/{kind}/{number}")).await.expect(404);
    }
    anyone.post("/flags", json!({ "thing": "comment", "id": number, "reason": "other" })).await.expect(404);
    app.stop().await;
}
