use crate::{
    api::settings as api,
    prefs,
    ui::{Icon, Input, TextField},
};
use leptos::prelude::*;
use shared::{
    community::{FoundUnit, ListTerritory, Unit},
    page::Limit,
};

/// A hromada of the state codifier, found by the beginning of its name.
#[component]
pub(super) fn HromadaPicker(chosen: RwSignal<Option<Unit>>, on_choose: Callback<Unit>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let found = LocalResource::new(move || {
        let words = words.get().trim().to_owned();
        async move {
            if words.chars().count() < 2 {
                return Vec::new();
            }
            let asked =
                ListTerritory { words: Some(words), limit: Limit::try_from(8).ok(), ..ListTerritory::default() };
            api::list_territory(&asked).await.map(|page| page.items).unwrap_or_default()
        }
    });
    view! {
        <div class="field">
            <TextField name="katottg" label=t!(SettingsUnit) hint=t!(SettingsUnitHint) value=words kind=Input::Search/>
            <div class="found" role="group" aria-label=t!(SettingsUnitsFound)>
                {move || found.get().unwrap_or_default().into_iter().map(|FoundUnit { unit, within }| {
                    let lang = prefs::lang();
                    let name = unit.full_name(lang);
                    let place = within.iter().map(|unit| unit.full_name(lang)).collect::<Vec<_>>().join(", ");
                    let code = unit.code.clone();
                    let pressed = move || chosen.with(|one| one.as_ref().is_some_and(|one| one.code == code)).to_string();
                    let press = move |_| on_choose.run(unit.clone());
                    view! {
                        <button type="button" class="found-row" aria-pressed=pressed on:click=press>
                            <span>{name}<small>{place}</small></span>
                        </button>
                    }
                }).collect_view()}
            </div>
            <div aria-live="polite">
                {move || chosen.get().map(|unit| view! {
                    <p><Icon name="check" small=true/>" "{unit.full_name(prefs::lang())}" "<small class="num">{unit.code.as_str().to_owned()}</small></p>
                })}
            </div>
        </div>
    }
}
