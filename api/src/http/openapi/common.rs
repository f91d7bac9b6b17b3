//! What operations have in common: headers, failures and the ways of signing in, told from what
//! each operation is instead of beside each handler.

use serde_json::{Value, json};
use shared::{
    problem::Code,
    text::{Key, Lang},
};
use std::collections::BTreeSet;
use utoipa::openapi::{
    Components, HeaderBuilder, ObjectBuilder, Ref, RefOr, Required, ResponseBuilder, Type,
    content::ContentBuilder,
    example::ExampleBuilder,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};

/// Open to whoever calls, beside every `find_…` but the account's own. A test asks them all.
const PUBLIC: [&str; 33] = [
    "create_account",
    "confirm_account",
    "reset_password",
    "accept_invitation",
    "confirm_report",
    "create_flag",
    "create_issue",
    "create_session",
    "create_session_by_link",
    "create_upload",
    "delete_current_session",
    "follow_issue",
    "join_issue",
    "list_categories",
    "list_changes",
    "list_comments",
    "list_communities",
    "list_community_organisations",
    "list_history",
    "list_indicators",
    "list_issue_commitments",
    "list_issue_tasks",
    "list_issues",
    "list_measurements",
    "list_offers",
    "list_organisations",
    "list_task_commitments",
    "list_tasks",
    "list_territory",
    "measurements_csv",
    "refresh_session",
    "support_issue",
    "watch_changes",
];

/// The cookie signs in here, and the first two by nothing else.
const BY_COOKIE: [&str; 4] = ["refresh_session", "delete_current_session", "watch_changes", "find_file"];

/// Answers that carry secrets are not kept, so that the key means nothing.
const WITHOUT_KEY: [&str; 12] = [
    "create_account",
    "confirm_account",
    "reset_password",
    "create_session",
    "create_session_by_link",
    "refresh_session",
    "accept_invitation",
    "confirm_report",
    "join_issue",
    "change_email",
    "change_password",
    "create_upload",
];

/// What sends mails, takes much room, or tries passwords.
const LIMITED: [&str; 19] = [
    "create_account",
    "reset_password",
    "create_session",
    "create_session_by_link",
    "change_email",
    "change_password",
    "create_upload",
    "create_issue",
    "create_organisation",
    "create_invitation",
    "follow_issue",
    "support_issue",
    "create_flag",
    "create_comment",
    "create_task",
    "create_offer",
    "commit_to_issue",
    "commit_to_task",
    "watch_changes",
];

/// Uses the token of a mailed link.
const BY_LINK: [&str; 6] = [
    "confirm_account",
    "reset_password",
    "create_session_by_link",
    "accept_invitation",
    "confirm_report",
    "join_issue",
];

/// Changes what has a version of its own: `If-Match` is needed.
const NEEDS_VERSION: [&str; 8] = [
    "update_category",
    "delete_category",
    "update_community",
    "update_organisation",
    "update_indicator",
    "update_issue",
    "update_me",
    "update_task",
];

/// Takes `If-Match` when it is there.
const TAKES_VERSION: [&str; 21] = [
    "accept_commitment",
    "accept_issue",
    "accept_offer",
    "cancel_task",
    "confirm_commitment",
    "correct_measurement",
    "decline_commitment",
    "decline_issue",
    "decline_offer",
    "delete_comment",
    "deliver_commitment",
    "finish_task",
    "recall_task",
    "release_task",
    "resolve_issue",
    "return_task",
    "start_task",
    "update_comment",
    "verify_task",
    "withdraw_commitment",
    "withdraw_offer",
];

/// Adds to an operation what follows from its kind.
pub(super) fn complete(method: &str, path: &str, operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let is = |ids: &[&str]| ids.contains(&id.as_str());
    let public = is(&PUBLIC) || (id.starts_with("find_") && id != "find_me");
    let (has_path, has_body) = (path.contains('{'), operation.request_body.is_some());
    let takes_query = operation.parameters.iter().flatten().any(|one| is_in(one, &ParameterIn::Query));
    let pages = operation.parameters.iter().flatten().any(|one| matches!(one, RefOr::T(one) if one.name == "after"));
    let has_tag = id.starts_with("find_") && id != "find_demo";

    let bearer = SecurityRequirement::new::<_, _, String>("bearer", []);
    let cookie = SecurityRequirement::new::<_, _, String>("cookie", []);
    operation.security = Some(match (is(&BY_COOKIE), public) {
        (true, _) if method != "GET" => vec![cookie],
        (true, _) => vec![SecurityRequirement::default(), bearer, cookie],
        (false, true) => vec![SecurityRequirement::default(), bearer],
        (false, false) => vec![bearer],
    });

    let mut headers = vec!["Spilno-Acting-For", "Accept-Language"];
    if method == "POST" && !is(&WITHOUT_KEY) {
        headers.push("Idempotency-Key");
    }
    if has_tag {
        headers.push("If-None-Match");
    }
    if is(&TAKES_VERSION) {
        headers.push("If-Match");
    }
    let parameters = operation.parameters.get_or_insert_default();
    for name in headers {
        parameters.push(RefOr::Ref(Ref::new(format!("#/components/parameters/{name}"))));
    }
    if is(&NEEDS_VERSION) {
        parameters.retain(|one| !matches!(one, RefOr::T(one) if one.name == "If-Match"));
        parameters.push(RefOr::Ref(Ref::new("#/components/parameters/If-Match-Needed")));
    }
    for parameter in parameters.iter_mut() {
        if let RefOr::T(parameter) = parameter {
            show(path, parameter);
        }
    }

    let mut statuses = BTreeSet::from([500, 503]);
    // Strangers support and follow by leaving an address.
    if !public || is(&["create_session", "refresh_session", "support_issue", "follow_issue"]) {
        statuses.insert(401);
    }
    if !public || is(&["refresh_session", "delete_current_session"]) {
        statuses.insert(403);
    }
    if has_path || is(&["create_flag", "find_demo", "list_changes", "watch_changes"]) {
        statuses.insert(404);
    }
    if has_body {
        statuses.extend([400, 413, 415, 422]);
    }
    if takes_query {
        statuses.insert(400);
    }
    if pages || is(&BY_LINK) {
        statuses.insert(410);
    }
    if method == "POST" && !is(&WITHOUT_KEY) {
        statuses.extend([400, 409, 422]);
    }
    if (method != "GET" && has_path) || is(&["change_password", "change_email"]) {
        statuses.insert(409);
    }
    if is(&TAKES_VERSION) || is(&NEEDS_VERSION) {
        statuses.insert(412);
    }
    if is(&NEEDS_VERSION) {
        statuses.insert(428);
    }
    if is(&LIMITED) {
        statuses.insert(429);
    }

    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            response.description = said(status).to_owned();
        }
        let mut header = |name: &str| {
            let reference = RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
            response.headers.entry(name.to_owned()).or_insert(reference);
        };
        match status.as_str() {
            "200" if has_tag => header("ETag"),
            "200" if pages => header("Link"),
            "201" => header("Location"),
            _ => {}
        }
    }
    if has_tag {
        let unchanged = ResponseBuilder::new().description(said("304")).build();
        responses.entry("304".to_owned()).or_insert_with(|| unchanged.into());
    }
    for status in statuses {
        responses
            .entry(status.to_string())
            .or_insert_with(|| RefOr::Ref(Ref::new(format!("#/components/responses/Problem{status}"))));
    }
}

fn is_in(parameter: &RefOr<Parameter>, place: &ParameterIn) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == *place)
}

/// What the demo has under such a name.
fn show(path: &str, parameter: &mut Parameter) {
    let example = match (parameter.name.as_str(), &parameter.parameter_in) {
        ("slug", ParameterIn::Path) if path.contains("/organisations/{slug}") => json!("ho-bez-porohiv"),
        ("slug", ParameterIn::Path) | ("community", ParameterIn::Query) => json!("kalynova"),
        ("number", ParameterIn::Path) => json!(5),
        ("category", ParameterIn::Query) => json!("roads"),
        ("limit", ParameterIn::Query) => json!(20),
        ("since", ParameterIn::Query) => json!(0),
        ("from", ParameterIn::Query) => json!("2026-01-01"),
        ("to", ParameterIn::Query) => json!("2026-12-31"),
        _ => return,
    };
    *parameter = ParameterBuilder::from(parameter.clone()).example(Some(example)).build();
}

fn said(status: &str) -> &'static str {
    match status {
        "201" => "It was made",
        "202" => "It was heard; what follows comes by mail",
        "204" => "It is done, and there is nothing to say",
        "304" => "The caller has it already",
        _ => "As asked",
    }
}

/// The parts that operations refer to.
pub(super) fn components(components: &mut Components) {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The token that signing in or refreshing answers; ten minutes at most."))
        .build();
    let cookie = ApiKeyValue::with_description(
        "__Host-spilno",
        "Set by signing in; refreshes and ends the session, and reads the stream and files.",
    );
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let tag = "\"v3.1764000000000.1f2e3d4c\"";
    for (key, name, needed, about, example) in [
        (
            "Spilno-Acting-For",
            "Spilno-Acting-For",
            false,
            "The id of the organisation one acts for: 401 for strangers, 403 for those who are no members",
            None,
        ),
        ("Accept-Language", "Accept-Language", false, "The language of texts, where no account says it", Some("en")),
        (
            "Idempotency-Key",
            "Idempotency-Key",
            false,
            "1 to 255 characters of the caller's own, without an account 22 random ones at least: the same request with the same key has one effect",
            Some("5f0c7f0e-6c3a-4f5e-9d43-0b6d6a1f2c11"),
        ),
        ("If-None-Match", "If-None-Match", false, "The `ETag` one has: 304 when it is still the same", Some(tag)),
        ("If-Match", "If-Match", false, "The `ETag` as it was read: 412 when it has changed since", Some(tag)),
        (
            "If-Match-Needed",
            "If-Match",
            true,
            "The `ETag` as it was read: 412 when it has changed since, 428 when it is absent",
            Some(tag),
        ),
    ] {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(if needed { Required::True } else { Required::False })
            .description(Some(about))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .example(example.map(Value::from))
            .build();
        components.parameters.insert(key.to_owned(), parameter.into());
    }
    for (name, about) in [
        ("ETag", "The version, for `If-None-Match` and `If-Match`"),
        ("Link", "The next page, as `rel=\"next\"` (RFC 8288); absent at the end"),
        ("Location", "The address of what was made"),
        ("Retry-After", "Seconds to wait"),
    ] {
        let header = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .description(Some(about))
            .build();
        components.headers.insert(name.to_owned(), header.into());
    }
    let statuses: BTreeSet<u16> = Code::ALL.iter().map(|code| code.status()).collect();
    for status in statuses {
        let codes: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.status() == status).collect();
        let examples =
            codes.iter().map(|code| (code.as_str(), ExampleBuilder::new().value(Some(problem(*code))).build()));
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).examples_from_iter(examples);
        let mut response = ResponseBuilder::new()
            .description(about(status, &codes))
            .content("application/problem+json", content.build());
        if [409, 429, 503].contains(&status) {
            response = response.header_ref("Retry-After", Ref::new("#/components/headers/Retry-After"));
        }
        components.responses.insert(format!("Problem{status}"), response.build().into());
    }
}

/// The codes of a status in words.
fn about(status: u16, codes: &[Code]) -> String {
    let titles: Vec<&str> = codes.iter().filter_map(|code| title(*code)).collect();
    let more = if status == 409 {
        ". `state` is the thing's present state, or why not: `hidden`, `closed`, `in_use` (a category with issues), \
         `last_owner` (of an organisation), `sign_in_again` (before a first password)"
    } else {
        ""
    };
    format!("{}{more}", titles.join("; "))
}

fn title(code: Code) -> Option<&'static str> {
    Key::named(&format!("problem.{}.title", code.as_str())).map(|key| key.get(Lang::En))
}

/// A problem as it is answered.
fn problem(code: Code) -> Value {
    let mut problem = json!({
        "type": format!("/problems/{}", code.as_str()),
        "code": code.as_str(),
        "title": title(code),
        "status": code.status(),
        "request_id": "4b1d5f0e6a7c4c0f9e2d8b3a1c6f7e90",
    });
    let more = match code {
        Code::Conflict => Some(("state", json!("declined"))),
        Code::Invalid => Some(("errors", json!([{ "field": "title", "code": "required" }]))),
        _ => None,
    };
    if let (Some((name, value)), Some(problem)) = (more, problem.as_object_mut()) {
        problem.insert(name.to_owned(), value);
    }
    problem
}
