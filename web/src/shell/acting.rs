use crate::{part::for_members, prefs, session};
use leptos::prelude::*;
use shared::words::Word;

/// Whom one acts for, in sight for as long as it is so, and the way back to oneself.
#[component]
pub(super) fn ActingChip() -> impl IntoView {
    for_members(|| Box::pin(acting_chip()))
}

part! {
    /// The chip of somebody who may act for others.
    in frame: fn acting_chip() -> AnyView {
        (move || {
            session::acting_for().map(|acting| {
                let organisation = acting.organisation;
                let (name, sector) = (organisation.name, organisation.sector);
                view! {
                    <p class=format!("acting-chip {}", sector.word())>
                        <span>{t!(OrganisationsActing, organisation = name.get(prefs::lang()))}</span>
                        <button type="button" on:click=move |_| session::act_for(None)>{t!(OrganisationsActingStop)}</button>
                    </p>
                }
            })
        })
        .into_any()
    }
}
