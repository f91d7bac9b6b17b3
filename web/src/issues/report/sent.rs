use crate::ui::{ButtonLink, Icon, Kind};
use leptos::prelude::*;
use shared::names::Slug;

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It has this number.
    Reported(i64),
    /// It waits until the link mailed there is followed; where to is known until the page is left.
    Mailed(Option<String>),
}

/// Thanks, and what happens next.
#[component]
pub(super) fn Sent(slug: Slug, outcome: Outcome) -> impl IntoView {
    let list = format!("/c/{slug}/issues");
    match outcome {
        Outcome::Reported(number) => view! {
            <section class="stack" role="status">
                <h1 tabindex="-1"><Icon name="circle-check"/>" "{t!(ReportDoneTitle, number = number)}</h1>
                <p>{t!(ReportDoneText)}</p>
                <div class="buttons">
                    <ButtonLink href=format!("{list}/{number}") kind=Kind::Primary>{t!(ReportOpen)}</ButtonLink>
                    <ButtonLink href=list>{t!(IssuesTitle)}</ButtonLink>
                </div>
            </section>
        }
        .into_any(),
        Outcome::Mailed(email) => view! {
            <section class="stack" role="status">
                <h1 tabindex="-1"><Icon name="mail"/>" "{t!(ReportMailedTitle)}</h1>
                {match email {
                    Some(email) => view! { <p>{t!(ReportMailedText, email = email)}</p> }.into_any(),
                    None => view! { <p>{t!(ReportMailedAgain)}</p> }.into_any(),
                }}
                <div class="buttons"><ButtonLink href=list>{t!(IssuesTitle)}</ButtonLink></div>
            </section>
        }
        .into_any(),
    }
}
