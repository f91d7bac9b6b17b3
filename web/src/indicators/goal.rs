use crate::{prefs, ui::fresh_id};
use leptos::prelude::*;
use shared::{
    goal::{Goal, GoalRef},
    text::Key,
};

/// A goal of the United Nations: its number in its colour, and its name for those who do not know it
/// by heart.
#[component]
pub(crate) fn GoalTile(
    goal: Goal,
    /// With its name beside it; else the name is told to the pointer and to those who hear the page.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let words = move || {
        Key::IndicatorsGoal.with(prefs::lang(), &[("number", goal.as_str()), ("name", goal.name(prefs::lang()))])
    };
    let tile = move || {
        view! {
            <span class="goal" style=("--g", goal.colour()) style=("--on-g", goal.ink()) aria-hidden="true">{goal.as_str()}</span>
        }
    };
    if named {
        view! { <span class="goal-named">{tile()}<span>{move || goal.name(prefs::lang())}</span></span> }.into_any()
    } else {
        view! { <span class="goal-named" title=words>{tile()}<span class="visually-hidden">{words}</span></span> }
            .into_any()
    }
}

/// One of the seventeen goals, or none. The value is the goal's number.
#[component]
pub(super) fn GoalPicker(value: RwSignal<String>) -> impl IntoView {
    let name = fresh_id("goal");
    let choice = |key: &'static str, words: AnyView| {
        let chosen = move || value.with(|value| value == key);
        view! {
            <label class="choice">
                <input type="radio" name=name.clone() value=key prop:checked=chosen on:change=move |_| value.set(key.to_owned())/>
                {words}
            </label>
        }
    };
    let goals =
        Goal::ALL.iter().map(|goal| choice(goal.as_str(), view! { <GoalTile goal=*goal named=true/> }.into_any()));
    view! {
        <fieldset class="field">
            <legend>{t!(IndicatorsGoalLabel)}</legend>
            <div class="choices columns">
                {choice("", view! { <span>{t!(IndicatorsNoGoal)}</span> }.into_any())}
                {goals.collect_view()}
            </div>
        </fieldset>
    }
}

/// The goal picked, as drafts name it.
pub(super) fn picked(value: &str) -> Option<GoalRef> {
    value.parse::<Goal>().ok().map(GoalRef::from)
}
