use crate::{
    prefs, session,
    ui::{Button, Icon},
};
use leptos::prelude::*;
use shared::ids::OrganisationId;

/// Where an organisation could act and nobody acts for one: offers the reader's own to choose from.
#[component]
pub(crate) fn ActingHint(
    /// Those it concerns; any that the reader belongs to when nobody in particular.
    #[prop(optional)]
    concerns: Vec<OrganisationId>,
) -> impl IntoView {
    let any = concerns.is_empty();
    move || {
        let acting = session::acting_for().map(|acting| acting.organisation.id);
        let mine = session::account().map(|me| me.organisations).unwrap_or_default();
        let fitting: Vec<_> = mine
            .into_iter()
            .map(|role| role.organisation)
            .filter(|organisation| any || concerns.contains(&organisation.id))
            .collect();
        // Whoever acts for one of several chose it; whoever acts for the one it concerns needs no hint.
        if fitting.is_empty() || acting.is_some_and(|acting| any || concerns.contains(&acting)) {
            return None;
        }
        let buttons = fitting
            .into_iter()
            .map(|organisation| {
                let id = organisation.id;
                view! {
                    <Button small=true on_press=move || session::act_for(Some(id))>
                        {move || organisation.name.get(prefs::lang()).to_owned()}
                    </Button>
                }
            })
            .collect_view();
        Some(view! {
            <div class="note row">
                <Icon name="building-2" small=true/>
                <p>{move || if any { t!(TasksActForAny)() } else { t!(TasksActForConcerned)() }}</p>
                {buttons}
            </div>
        })
    }
}
