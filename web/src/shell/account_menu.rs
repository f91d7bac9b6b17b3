use crate::{
    api,
    part::later,
    prefs, session,
    ui::{Avatar, Icon, Menu, MenuButton, MenuLink, use_toasts},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};
use shared::{
    account::{Me, RoleInOrganisation},
    names::quoted,
    words::Word,
};

/// Who one is, and whom one acts for; or the way to sign in.
#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let location = use_location();
    // Only the person matters here: drawing anew at every change of the account would close the menu.
    let person = Memo::new(move |_| session::account().map(|me| me.id));
    move || match person.get() {
        Some(_) => later(nobody_yet(), || Box::pin(signed_in())),
        None if session::restoring() => nobody_yet(),
        None => {
            let href = move || match location.pathname.get().as_str() {
                "/" | "/sign-in" | "/sign-up" | "/reset" | "/m" => "/sign-in".to_owned(),
                path => session::sign_in_address(path, &location.search.get()),
            };
            view! {
                <A href=href attr:class="top-link">
                    <Icon name="log-in" small=true/>
                    {t!(UiSignIn)}
                </A>
            }
            .into_any()
        }
    }
}

/// Where an account will be.
fn nobody_yet() -> AnyView {
    view! { <span class="avatar" aria-hidden="true"></span> }.into_any()
}

part! {
    /// The menu of somebody who is signed in.
    in frame: fn signed_in() -> AnyView {
        SignedIn().into_any()
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let name = Signal::derive(|| session::account().map(|me| me.name).unwrap_or_default());
    let button = move || {
        view! {
            {move || match session::acting_for() {
                Some(RoleInOrganisation { organisation, .. }) => {
                    let name = organisation.name.get(prefs::lang()).to_owned();
                    view! { <Avatar name sector=Some(organisation.sector)/> }.into_any()
                }
                None => view! { <Avatar name/> }.into_any(),
            }}
        }
    };
    let label = move || match session::acting_for() {
        Some(acting) => {
            let organisation = quoted(acting.organisation.name.get(prefs::lang()), prefs::lang());
            t!(ShellMenuActing, name = name.get(), organisation = organisation)()
        }
        None => t!(ShellMenu, name = name.get())(),
    };
    view! {
        <Menu button=button label=label class="me">
            <ActingForChoices/>
            <MenuLink href="/me" icon="settings">{t!(ShellMe)}</MenuLink>
            <Show when=|| session::account().is_some_and(|me| me.main_coordinator)>
                <MenuLink href="/admin" icon="landmark">{t!(SettingsAdmin)}</MenuLink>
            </Show>
            <SignOut/>
        </Menu>
    }
}

/// Oneself, or one of the organisations one belongs to. Nothing to choose for who belongs to none.
#[component]
fn ActingForChoices() -> impl IntoView {
    move || {
        let Me { name, organisations, .. } = session::account()?;
        if organisations.is_empty() {
            return None;
        }
        let oneself = Signal::derive(|| session::acting_for().is_none());
        let others = organisations.into_iter().map(|RoleInOrganisation { organisation, role }| {
            let id = organisation.id;
            let chosen = Signal::derive(move || session::acting_for().is_some_and(|acting| acting.organisation.id == id));
            view! {
                <MenuButton checked=chosen on_press=move || session::act_for(Some(id))>
                    <Avatar name=organisation.name.get(prefs::lang()).to_owned() sector=Some(organisation.sector)/>
                    <span>{organisation.name.get(prefs::lang()).to_owned()}<small>{role.text(prefs::lang())}</small></span>
                </MenuButton>
            }
        });
        Some(view! {
            <div role="group" aria-label=t!(ShellActFor)>
                <div class="menu-label" aria-hidden="true">{t!(ShellActFor)}</div>
                <MenuButton checked=oneself on_press=move || session::act_for(None)>
                    <Avatar name=name.clone()/>
                    <span>{t!(ShellActForMyself)}<small>{name.clone()}</small></span>
                </MenuButton>
                {others.collect_view()}
            </div>
            <hr/>
        })
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let toasts = use_toasts();
    let end = Action::new_local(move |(): &()| async move {
        // Signing out without a connection would leave the session alive: better to say so.
        match api::account::end_session().await {
            Ok(()) => {
                session::clear();
                toasts.say(t!(ShellSignedOut)());
            }
            Err(error) => toasts.fail(&error),
        }
    });
    view! {
        <MenuButton icon="log-out" on_press=move || {
            end.dispatch(());
        }>{t!(ShellSignOut)}</MenuButton>
    }
}
