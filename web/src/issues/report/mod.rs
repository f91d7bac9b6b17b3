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
use shared::{issue::ReportIssueDraft, names::Slug};

/// Which question a phone shows; a desktop shows all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<u8>,
}

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
    let outcome = RwSignal::new(None::<Outcome>);
    let asked = use_filter::<Asked>();
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
                outcome.set(Some(new));
            },
        )
    };
    let to = move |step| asked.change(|asked| asked.step = Some(step));
    let forward = move || {
        // On a phone Enter and the button lead to the next question until the last.
        if is_narrow() && step.get_untracked() < LAST_STEP {
            to(step.get_untracked() + 1);
        } else {
            send.send(draft.report());
        }
    };
    // A fault belongs to a question: the phone goes back to it.
    Effect::new(move |_| {
        if let Some(step) = faults.first().map(|fault| step_of(&fault))
            && is_narrow()
        {
            to(step);
        }
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
                    <Form faults on_submit=forward>
                        <section class="report-step" class:here=move || step.get() == 1><Photos draft/></section>
                        <section class="report-step" class:here=move || step.get() == 2>
                            <h2>{t!(ReportWhere)}</h2>
                            <PlaceFields coordinates=draft.coordinates address=draft.address/>
                        </section>
                        <section class="report-step" class:here=move || step.get() == 3>
                            <h2>{t!(ReportWhat)}</h2>
                            <WhatFields
                                slug=slug.get_value() title=draft.title category=draft.category
                                description=draft.description affected=draft.affected
                            />
                        </section>
                        <section class="report-step" class:here=move || step.get() == 4><Who draft/></section>
                        <p class="faint small-text">{t!(ReportDraftKept)}</p>
                        <div class="report-actions">
                            <Show when=move || 1 < step.get()>
                                <span class="phone-only"><Button on_press=move || to(step.get_untracked() - 1)>{t!(ReportBack)}</Button></span>
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
        api::report_by_mail(slug, &report).await.map(|_| Outcome::Mailed(email))
    } else {
        api::report_issue(slug, &report).await.map(|issue| Outcome::Reported(issue.number))
    }
}

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
    view! {
        <h2>{t!(ReportWho)}</h2>
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
