//! Reporting an issue: photo, place, what, who. One question a screen on a phone, one page on a desktop.

mod draft;
mod photos;
mod sent;

use super::{
    fields::{PlaceFields, WhatFields},
    use_community_slug,
};
use crate::{
    api::{ApiError, issues as api},
    filter::use_filter,
    session,
    shell::PageTitle,
    ui::{Button, CheckField, Form, FormFaults, Input, Kind, TextField, Trap, use_submit},
};
use draft::Draft;
use leptos::prelude::*;
use photos::Photos;
use sent::{Outcome, Sent};
use serde::{Deserialize, Serialize};
use shared::{draft::Draft as _, issue::ReportIssueDraft, names::Slug, problem::FieldError};
use wasm_bindgen::JsCast;

/// Which question a phone shows; a desktop shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<u8>,
    /// The number of what was sent, or `mailed`: so that a reload shows no empty form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent: Option<String>,
}

const MAILED: &str = "mailed";

/// Photo, place, what, who.
const LAST_STEP: u8 = 4;

#[component]
pub(super) fn ReportPage() -> impl IntoView {
    let slug = use_community_slug();
    view! {
        <PageTitle title=t!(ReportTitle)/>
        {move || slug.get().map(|slug| view! { <Report slug/> })}
    }
}

#[component]
fn Report(slug: Slug) -> impl IntoView {
    let draft = Draft::kept(&slug);
    let faults = FormFaults::new();
    let asked = use_filter::<Asked>();
    let mailed_to = RwSignal::new(None::<String>);
    let outcome = Memo::new(move |_| {
        let sent = asked.with(|asked| asked.sent.clone())?;
        if sent == MAILED { Some(Outcome::Mailed(mailed_to.get())) } else { sent.parse().ok().map(Outcome::Reported) }
    });
    let step = Signal::derive(move || asked.with(|asked| asked.step.unwrap_or(1).clamp(1, LAST_STEP)));
    let send = {
        let slug = slug.clone();
        use_submit(
            faults,
            move |report: ReportIssueDraft| {
                let slug = slug.clone();
                async move { send(&slug, report).await }
            },
            move |new: Outcome| {
                draft.forget();
                let sent = match new {
                    Outcome::Reported(number) => number.to_string(),
                    Outcome::Mailed(email) => {
                        mailed_to.set(email);
                        MAILED.to_owned()
                    }
                };
                asked.replace(|asked| *asked = Asked { step: None, sent: Some(sent) });
                begin_at(".report h1");
            },
        )
    };
    let to = move |step| asked.change(|asked| asked.step = Some(step));
    let forward = move || {
        let here = step.get_untracked();
        // On a phone Enter and the button lead to the next question until the last.
        if is_narrow() && here < LAST_STEP {
            let amiss = draft.report().parse().err().unwrap_or_default();
            let amiss: Vec<FieldError> = amiss.into_iter().filter(|fault| step_of(&fault.field) == here).collect();
            if amiss.is_empty() {
                faults.clear();
                to(here + 1);
            } else {
                faults.show(amiss);
            }
        } else {
            send.send(draft.report());
        }
    };
    let back = move || {
        faults.clear();
        to(step.get_untracked() - 1);
    };
    // A fault belongs to a question: the phone goes back to it, to the first of several.
    Effect::new(move |_| {
        let known = FIELDS.into_iter().find(|field| faults.of(field).is_some()).map(str::to_owned);
        let Some(field) = known.or_else(|| faults.first()) else { return };
        let there = step_of(&field);
        if is_narrow() && there != step.get_untracked() {
            to(there);
            begin_at(format!(".report-step.here [name=\"{field}\"]"));
        }
    });
    Effect::new(move |before: Option<u8>| {
        let now = step.get();
        let moved = before.is_some_and(|before| before != now);
        if moved && is_narrow() && untrack(|| faults.first().is_none() && outcome.get().is_none()) {
            begin_at(".report-step.here h2");
        }
        now
    });
    let slug = StoredValue::new(slug);
    view! {
        <div class="page narrow report">
            {move || match outcome.get() {
                Some(outcome) => view! { <Sent slug=slug.get_value() outcome/> }.into_any(),
                None => view! {
                    <h1>{t!(ReportTitle)}</h1>
                    <p class="report-dots" aria-hidden="true">
                        {(1..=LAST_STEP).map(|n| view! { <i class:on=move || n <= step.get()></i> }).collect_view()}
                    </p>
                    <div class="phone-only">
                        <p class="faint small-text" role="status">
                            {move || t!(ReportStepOf, n = step.get(), last = LAST_STEP)()}
                        </p>
                    </div>
                    <Form faults on_submit=forward>
                        <section class="report-step" class:here=move || step.get() == 1><Photos draft/></section>
                        <section class="report-step" class:here=move || step.get() == 2>
                            <h2 tabindex="-1">{t!(ReportWhere)}</h2>
                            <PlaceFields coordinates=draft.coordinates address=draft.address/>
                        </section>
                        <section class="report-step" class:here=move || step.get() == 3>
                            <h2 tabindex="-1">{t!(ReportWhat)}</h2>
                            <WhatFields
                                slug=slug.get_value() title=draft.title category=draft.category
                                description=draft.description affected=draft.affected tells_private=true
                            />
                        </section>
                        <section class="report-step" class:here=move || step.get() == 4><Who draft/></section>
                        <Show when=move || !draft.is_empty()>
                            <p class="faint small-text">{t!(ReportDraftKept)}</p>
                        </Show>
                        <div class="report-actions">
                            <Show when=move || 1 < step.get()>
                                <span class="phone-only"><Button on_press=back>{t!(ReportBack)}</Button></span>
                            </Show>
                            <Button submit=true kind=Kind::Primary pending=send.pending()>
                                <span class="phone-only">{move || if step.get() < LAST_STEP { t!(ReportNext)() } else { t!(ReportSend)() }}</span>
                                <span class="desktop-only">{t!(ReportSend)}</span>
                            </Button>
                        </div>
                    </Form>
                }.into_any(),
            }}
        </div>
    }
}

async fn send(slug: &Slug, report: ReportIssueDraft) -> Result<Outcome, ApiError> {
    if report.email.is_some() {
        let email = report.email.clone().unwrap_or_default();
        api::report_by_mail(slug, &report).await.map(|_| Outcome::Mailed(Some(email)))
    } else {
        api::report_issue(slug, &report).await.map(|issue| Outcome::Reported(issue.number))
    }
}

/// Scrolls up and puts the focus there, once what was asked for is drawn.
fn begin_at(selector: impl Into<String>) {
    let selector = selector.into();
    // The address changes first, and with it what is shown.
    set_timeout(
        move || {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let found = document().query_selector(&selector).ok().flatten();
            if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = element.focus();
            }
        },
        std::time::Duration::from_millis(50),
    );
}

/// The fields, in the order of the questions.
const FIELDS: [&str; 8] =
    ["photos", "place.address", "place.coordinates", "title", "category", "description", "affected", "email"];

/// The question that asks for a field.
fn step_of(field: &str) -> u8 {
    match field.split('.').next().unwrap_or_default() {
        "photos" => 1,
        "place" => 2,
        "title" | "description" | "category" | "affected" => 3,
        _ => 4,
    }
}

/// As in the styles: below this width one question a screen.
fn is_narrow() -> bool {
    window().match_media("(max-width: 719px)").ok().flatten().is_some_and(|query| query.matches())
}

/// Where to answer: somebody signed in is known, others give an address.
#[component]
fn Who(draft: Draft) -> impl IntoView {
    let heading = move || if session::signed_in() { t!(ReportWhoReports)() } else { t!(ReportWho)() };
    view! {
        <h2 tabindex="-1">{heading}</h2>
        {move || if session::signed_in() {
            let name = session::account().map(|me| me.name).unwrap_or_default();
            view! { <p>{t!(ReportAs, name = name)}</p> }.into_any()
        } else {
            view! {
                <TextField name="email" label=t!(AccountEmail) hint=t!(ReportEmailHint) value=draft.email kind=Input::Email autocomplete="email"/>
                <Trap value=draft.homepage/>
            }
            .into_any()
        }}
        <CheckField name="naming" label=t!(ReportUnnamed) hint=t!(ReportUnnamedHint) value=draft.unnamed/>
    }
}
