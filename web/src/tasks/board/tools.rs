use super::{Shown, columns::By};
use crate::{
    filter::Filter,
    prefs, session,
    ui::{Icon, SelectField},
};
use leptos::prelude::*;
use shared::{organisation::Sector, page::Several, text::Key, words::Word};

/// What makes the columns, and what is left out: all of it in the address.
#[component]
pub(super) fn Tools(filter: Filter<Shown>) -> impl IntoView {
    let by = move |by: By| {
        let on = move || filter.with(|shown| shown.by.unwrap_or_default() == by);
        let href = move || {
            filter.href(|shown| {
                shown.by = Some(by).filter(|by| *by != By::State);
                shown.column = None;
            })
        };
        pill(href, on, move || by.key().get(prefs::lang()).to_owned())
    };
    let overdue = pill(
        move || filter.href(|shown| shown.overdue = if shown.overdue.is_some() { None } else { Some(true) }),
        move || filter.with(|shown| shown.overdue == Some(true)),
        move || t!(TasksOverdueOnly)().to_owned(),
    );
    let all = pill(
        move || {
            filter.href(|shown| {
                shown.all = if shown.all.is_some() { None } else { Some(true) };
                shown.state = Several::default();
            })
        },
        move || filter.with(|shown| shown.all == Some(true)),
        move || t!(TasksFinishedToo)().to_owned(),
    );
    let sector = RwSignal::new(
        filter.with_untracked(|shown| shown.sector.map(|one| one.as_str().to_owned())).unwrap_or_default(),
    );
    let sectors = Signal::derive(|| {
        let lang = prefs::lang();
        Sector::ALL.iter().map(|one| (one.as_str().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
    });
    Effect::new(move |before: Option<String>| {
        let now = sector.get();
        if before.is_some_and(|before| before != now) {
            filter.change(|shown| shown.sector = now.parse().ok());
        }
        now
    });
    view! {
        <div class="board-tools">
            <nav class="filters" aria-label=t!(TasksGroup)>{By::ALL.map(by).into_iter().collect_view()}</nav>
            <div class="filters" role="group" aria-label=t!(TasksFilters)>
                {overdue}
                {all}
                <OnlyIn filter/>
                <Mine filter/>
                <Only filter/>
            </div>
            <SelectField name="sector" label=t!(TasksSector) value=sector options=sectors nothing=t!(TasksEverySector)/>
        </div>
    }
}

fn pill(
    href: impl Fn() -> String + Send + Sync + 'static,
    on: impl Fn() -> bool + Send + Sync + 'static,
    text: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    view! { <a class="pill" href=href aria-current=move || on().then_some("true")>{text}</a> }
}

/// The tasks of the organisation acted for.
#[component]
fn Mine(filter: Filter<Shown>) -> impl IntoView {
    move || {
        let organisation = session::acting_for()?.organisation;
        let slug = organisation.slug.clone();
        let on = {
            let slug = slug.clone();
            move || filter.with(|shown| shown.organisation.as_ref() == Some(&slug))
        };
        let href = move || {
            filter.href(|shown| {
                shown.organisation = if shown.organisation.is_some() { None } else { Some(slug.clone()) };
            })
        };
        let name = move || organisation.name.get(prefs::lang()).to_owned();
        Some(pill(href, on, move || Key::TasksOnlyOf.with(prefs::lang(), &[("name", &name())])))
    }
}

/// The states that a link chose: shown, and taken away with a press.
#[component]
fn OnlyIn(filter: Filter<Shown>) -> impl IntoView {
    move || {
        let states = filter.with(|shown| shown.state.0.clone());
        let lang = prefs::lang();
        let words = states.iter().map(|state| state.text(lang)).collect::<Vec<_>>().join(", ");
        (!states.is_empty()).then(|| {
            let href = move || {
                filter.href(|shown| {
                    shown.state = Several::default();
                    shown.column = None;
                })
            };
            view! {
                <a class="pill on" href=href>
                    {words}" "<Icon name="x" small=true/><span class="visually-hidden">{t!(TasksTakeAway)}</span>
                </a>
            }
        })
    }
}

/// An organisation that a link chose and that is not one's own: shown, and taken away with a press.
#[component]
fn Only(filter: Filter<Shown>) -> impl IntoView {
    move || {
        let slug = filter.with(|shown| shown.organisation.clone())?;
        if session::acting_for().is_some_and(|acting| acting.organisation.slug == slug) {
            return None;
        }
        Some(view! {
            <a class="pill on" href=move || filter.href(|shown| shown.organisation = None)>
                {slug.to_string()}" "<Icon name="x" small=true/><span class="visually-hidden">{t!(TasksTakeAway)}</span>
            </a>
        })
    }
}
