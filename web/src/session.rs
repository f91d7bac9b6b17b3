//! Who is signed in, and whom they act for.
//!
//! The API client, which is no component, clears the session in one place when the server says that it
//! has ended: hence signals that live as long as the page. The token stays in memory.

use crate::{api, prefs, storage};
use leptos::prelude::*;
use shared::{
    account::{Me, RoleInOrganisation, Secret, Session},
    community::CommunityRole,
    ids::OrganisationId,
    names::Slug,
    organisation::MemberRole,
    permission::{Permission, Role},
};
use std::{cell::Cell, sync::LazyLock};

/// Renew a token this many milliseconds before it runs out.
const MARGIN: f64 = 20_000.0;

static ACCOUNT: LazyLock<ArcRwSignal<Option<Me>>> = LazyLock::new(|| ArcRwSignal::new(None));
static ACTING_FOR: LazyLock<ArcRwSignal<Option<OrganisationId>>> = LazyLock::new(|| ArcRwSignal::new(None));
static RESTORING: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));
static TOKEN: LazyLock<ArcRwSignal<Option<Token>>> = LazyLock::new(|| ArcRwSignal::new(None));

thread_local! {
    static WHEN_ANOTHER: Cell<Option<fn()>> = const { Cell::new(None) };
}

#[derive(Clone)]
struct Token {
    bearer: Secret,
    /// In milliseconds since 1970, by this device's clock.
    runs_out: f64,
}

/// The reader's account; follows changes.
pub fn account() -> Option<Me> {
    ACCOUNT.get()
}

/// Whether somebody is signed in; follows changes.
pub fn signed_in() -> bool {
    ACCOUNT.with(Option::is_some)
}

/// Whether it is still being found out who is signed in; follows changes. Until then neither "sign in"
/// nor an account should be shown.
pub fn restoring() -> bool {
    RESTORING.get()
}

/// The organisation one acts for; nothing for oneself. Follows changes.
pub fn acting_for() -> Option<RoleInOrganisation> {
    let chosen = ACTING_FOR.get()?;
    ACCOUNT.with(|me| me.as_ref()?.organisations.iter().find(|role| role.organisation.id == chosen).cloned())
}

/// Acts for an organisation from now on, or for oneself.
pub fn act_for(organisation: Option<OrganisationId>) {
    match organisation {
        Some(id) => storage::write("acting_for", &id),
        None => storage::forget("acting_for"),
    }
    ACTING_FOR.set(organisation);
}

/// Whether the reader may do this in a community: to show a button or not. The server decides.
pub fn may_in(community: &Slug, permission: Permission) -> bool {
    ACCOUNT.with(|me| {
        me.as_ref().is_some_and(|me| {
            let everywhere = me.main_coordinator && Role::MainCoordinator.may(permission);
            let here = me.communities.iter().filter(|role| role.community.slug == *community);
            Role::Citizen.may(permission)
                || everywhere
                || here.map(|role| community_role(role.role)).any(|role| role.may(permission))
        })
    })
}

/// Whether the reader may do this in the name of the organisation acted for.
pub fn may_acting(permission: Permission) -> bool {
    acting_for().is_some_and(|acting| member_role(acting.role).may(permission))
}

/// Whether the reader may do this in the name of an organisation, whomever they act for now.
pub fn may_for(organisation: OrganisationId, permission: Permission) -> bool {
    ACCOUNT.with(|me| {
        let mine = me.iter().flat_map(|me| &me.organisations);
        mine.filter(|role| role.organisation.id == organisation).any(|role| member_role(role.role).may(permission))
    })
}

/// The address of the sign-in page that leads back to where one was.
pub fn sign_in_address(path: &str, query: &str) -> String {
    #[derive(serde::Serialize)]
    struct Next {
        next: String,
    }
    let query = query.trim_start_matches('?');
    let next = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    crate::filter::address("/sign-in", &Next { next })
}

/// Finds out who is signed in. Only asks where somebody was, so that visitors cost nothing.
pub fn begin() {
    let was_signed_in = storage::read_text("signed_in").is_some() || !storage::works();
    if !was_signed_in {
        return;
    }
    ACTING_FOR.set(storage::read("acting_for"));
    RESTORING.set(true);
    // The app is not drawn yet, and only that readies what `leptos::task` needs.
    wasm_bindgen_futures::spawn_local(async {
        api::refresh_session().await;
        RESTORING.set(false);
    });
}

/// Somebody has signed in, or was found to be.
pub fn set(session: Session) {
    let Session { access_token, expires_in, account } = session;
    let runs_out = js_sys::Date::now() + f64::from(expires_in) * 1000.0;
    TOKEN.set(Some(Token { bearer: access_token, runs_out }));
    storage::write_text("signed_in", "yes");
    if storage::read_text("lang").is_none() {
        prefs::set_lang(account.language);
    }
    show(account);
}

/// The account has changed.
pub fn show(account: Me) {
    prefs::set_time_zone(Some(account.time_zone.as_str().to_owned()));
    let another = ACCOUNT.with_untracked(|present| present.as_ref().map(|me| me.id)) != Some(account.id);
    if ACCOUNT.with_untracked(|present| present.as_ref() != Some(&account)) {
        ACCOUNT.set(Some(account));
    }
    if another {
        tell_of_another();
    }
}

/// Nobody is signed in any more.
pub fn clear() {
    storage::forget("signed_in");
    storage::forget("acting_for");
    TOKEN.set(None);
    ACTING_FOR.set(None);
    prefs::set_time_zone(None);
    if ACCOUNT.with_untracked(Option::is_some) {
        ACCOUNT.set(None);
        tell_of_another();
    }
}

/// Has a function called whenever another person is signed in, or nobody any more.
pub fn when_another(then: fn()) {
    WHEN_ANOTHER.set(Some(then));
}

fn tell_of_another() {
    if let Some(then) = WHEN_ANOTHER.get() {
        then();
    }
}

/// The bearer token of the moment.
pub fn token() -> Option<Secret> {
    TOKEN.with_untracked(|token| token.as_ref().map(|token| token.bearer.clone()))
}

/// Whether the token is about to run out.
pub fn token_is_due() -> bool {
    TOKEN.with_untracked(|token| token.as_ref().is_some_and(|token| token.runs_out - MARGIN < js_sys::Date::now()))
}

/// What calls send as `Spilno-Acting-For`. Until the account is known, what was chosen last time is believed.
pub fn acting_for_now() -> Option<OrganisationId> {
    ACTING_FOR.get_untracked().filter(|_| token().is_some())
}

/// Makes a resource run again when the reader changes or acts for another.
pub fn track_caller() {
    ACTING_FOR.track();
    // Read, not merely tracked: a memo that was never read counts as changed at the next occasion, which is
    // any change of the address, and then everything would be read again.
    let _ = CALLER.get();
}

/// The account's id: its name or language may change without anything having to be read again.
static CALLER: LazyLock<ArcMemo<Option<shared::ids::AccountId>>> =
    LazyLock::new(|| ArcMemo::new(|_| ACCOUNT.with(|me| me.as_ref().map(|me| me.id))));

fn member_role(role: MemberRole) -> Role {
    match role {
        MemberRole::Member => Role::Member,
        MemberRole::Editor => Role::Editor,
        MemberRole::Owner => Role::Owner,
    }
}

fn community_role(role: CommunityRole) -> Role {
    match role {
        CommunityRole::Moderator => Role::Moderator,
        CommunityRole::Coordinator => Role::Coordinator,
        CommunityRole::Facilitator => Role::Facilitator,
    }
}
