use crate::{
    api::organisations as api,
    prefs, session,
    ui::{Button, Kind, use_toasts},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::OrganisationId,
    names::{Names, Slug},
    organisation::Verification,
    permission::Permission,
    text::Key,
};

/// Lets a coordinator change at once how the community regards an organisation, and undo it. Owners
/// are told by mail of being verified or suspended.
#[component]
pub(super) fn VerifyButton(
    community: Slug,
    organisation: OrganisationId,
    name: Names,
    /// What is in force; changed with the press.
    regard: RwSignal<Verification>,
    to: Verification,
) -> impl IntoView {
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let shown = {
        let community = community.clone();
        Memo::new(move |_| regard.get() != to && session::may_in(&community, Permission::ManageCommunity))
    };
    let (community, name) = (StoredValue::new(community), StoredValue::new(name));
    let press = move || {
        let (from, community) = (regard.get_untracked(), community.get_value());
        let lang = prefs::lang_now();
        let said = said(to).with(lang, &[("name", name.with_value(|name| name.get(lang).to_owned()).as_str())]);
        pending.set(true);
        spawn_local(async move {
            let answer = api::regard(&community, organisation, to).await;
            pending.try_set(false);
            match answer {
                Ok(area) => {
                    regard.try_set(area.verification);
                    toasts.undo(said, move || {
                        let community = community.clone();
                        spawn_local(async move {
                            match api::regard(&community, organisation, from).await {
                                Ok(area) => {
                                    regard.try_set(area.verification);
                                }
                                Err(error) => toasts.fail(&error),
                            }
                        });
                    });
                }
                Err(error) => toasts.fail(&error),
            }
        });
    };
    let kind = match to {
        Verification::Verified => Kind::Primary,
        Verification::Suspended => Kind::Danger,
        Verification::Unverified => Kind::Plain,
    };
    view! {
        <Show when=move || shown.get()>
            <Button kind small=true pending on_press=press>{move || label(to).get(prefs::lang())}</Button>
        </Show>
    }
}

const fn label(to: Verification) -> Key {
    match to {
        Verification::Verified => Key::OrganisationsVerify,
        Verification::Suspended => Key::OrganisationsSuspend,
        Verification::Unverified => Key::OrganisationsUnverify,
    }
}

const fn said(to: Verification) -> Key {
    match to {
        Verification::Verified => Key::OrganisationsWasVerified,
        Verification::Suspended => Key::OrganisationsWasSuspended,
        Verification::Unverified => Key::OrganisationsWasUnverified,
    }
}
