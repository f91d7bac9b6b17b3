use super::{
    desk::Desk,
    dialogs::Asked,
    flagged::Flagged,
    queue::{Due, Entry, Kind},
};
use crate::{
    api::Versioned,
    prefs,
    ui::{Badge, Button, ButtonLink, Failed, Icon, Kind as Look, Link, Skeleton, StateChip, Time, Tone},
};
use leptos::prelude::*;
use shared::{
    issue::{IssueDetail, IssueState},
    names::Who,
    text::Key,
    upload::FileKind,
    words::Word,
};

/// What is looked at: the whole report, and what can be done with it.
#[component]
pub(super) fn Report(desk: Desk, asked: Asked) -> impl IntoView {
    let back = move || desk.shown.href(|shown| shown.at = None);
    view! {
        <article class="triage-report stack" aria-label=t!(TriageLookedAt)>
            <a href=back class="text-link narrow-only triage-back"><Icon name="arrow-left" small=true/>{t!(TriageBack)}</a>
            {move || {
                let entry = desk.current.get()?;
                let shown = match desk.detail() {
                    Some(Versioned { value, .. }) => view! { <Told entry issue=value/> }.into_any(),
                    None => match desk.issue.get().flatten() {
                        Some(Err(error)) => view! { <Failed error retry=move || desk.issue.refetch()/> }.into_any(),
                        _ => view! { <Skeleton n=7/> }.into_any(),
                    },
                };
                Some(shown)
            }}
            <Steps desk asked/>
        </article>
    }
}

/// The steps, each with its key.
#[component]
fn Steps(desk: Desk, asked: Asked) -> impl IntoView {
    let kind = Memo::new(move |_| desk.current.with(|entry| entry.as_ref().map(|entry| entry.kind.clone())));
    let private = Signal::derive(move || desk.detail().is_some_and(|issue| issue.value.private));
    let hide = move || {
        view! {
            <Button kind=Look::Danger on_press=move || asked.hide.show()>{t!(TriageHideButton)}<Keyed key="H"/></Button>
        }
    };
    view! {
        <div class="triage-steps" role="group" aria-label=t!(IssueActions)>
            {move || match kind.get() {
                Some(Kind::Report) => view! {
                    <Button kind=Look::Primary on_press=move || desk.accept()>{t!(IssueAccept)}<Keyed key="A"/></Button>
                    <Button on_press=move || asked.decline.show()>{t!(IssueDecline)}<Keyed key="D"/></Button>
                    <Button on_press=move || asked.category.show()>{t!(IssuesCategory)}<Keyed key="C"/></Button>
                    <Button pressed=private on_press=move || desk.toggle_private()>{t!(IssuesPrivate)}<Keyed key="P"/></Button>
                    <Button on_press=move || asked.duplicate.show()>{t!(TriageDuplicateButton)}<Keyed key="M"/></Button>
                    {hide()}
                }.into_any(),
                Some(Kind::Flag(_)) => view! {
                    <Button kind=Look::Primary on_press=move || desk.dismiss()>{t!(TriageDismissButton)}<Keyed key="L"/></Button>
                    {hide()}
                }.into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}

/// The key of a step, for those who have one in sight; screen readers learn them from the list of keys.
#[component]
fn Keyed(key: &'static str) -> impl IntoView {
    view! { <kbd class="wide-only" aria-hidden="true">{key}</kbd> }
}

#[component]
fn Told(entry: Entry, issue: IssueDetail) -> impl IntoView {
    let page = format!("/c/{}/issues/{}", issue.community.slug, issue.number);
    let category = issue.category.name;
    let due = entry.due.filter(|_| entry.kind == Kind::Report);
    let place =
        [issue.place.address, issue.place.house, issue.place.description].into_iter().flatten().collect::<Vec<_>>();
    let appeal = issue.declined.as_ref().and_then(|declined| declined.appeal.clone());
    let appeal = appeal.or_else(|| issue.hidden.as_ref().and_then(|hidden| hidden.appeal.clone()));
    let why = match entry.kind {
        Kind::Report => None,
        Kind::Flag(flag) => Some(view! {
            <div class="note danger">
                <p class="row-title">{t!(TriageFlagged, thing = flag.thing.text(prefs::lang()), reason = flag.reason.text(prefs::lang()))}</p>
                {(!flag.words.is_empty()).then(|| view! { <p>{flag.words.clone()}</p> })}
                <p class="meta"><Time at=flag.raised_at/></p>
                <Flagged flag/>
            </div>
        }.into_any()),
        Kind::Appeal => Some(view! {
            <div class="note notice">
                <p class="row-title">{t!(TriageAppealed)}</p>
                {appeal.and_then(|appeal| appeal.words).map(|words| view! { <p>{words}</p> })}
                <ButtonLink href=page.clone() kind=Look::Primary small=true>{t!(TriageDecide)}</ButtonLink>
            </div>
        }.into_any()),
    };
    view! {
        {why}
        <header class="stack tight">
            <h2>{issue.title.clone()}</h2>
            <div class="meta">
                <Link href=page>{t!(IssuesNumber, number = issue.number)}</Link>
                {(issue.state != IssueState::Reported).then(|| view! { <StateChip state=issue.state/> })}
                <span>{move || category.get(prefs::lang()).to_owned()}</span>
                <Reporter who=issue.reporter/>
                <Time at=issue.reported_at/>
                {issue.private.then(|| view! { <Badge tone=Tone::Notice>{t!(IssuesPrivate)}</Badge> })}
                {issue.hidden.is_some().then(|| view! { <Badge tone=Tone::Danger>{t!(IssuesHidden)}</Badge> })}
                {due.map(|due| view! { <Due due/> })}
            </div>
        </header>
        {if issue.description.is_empty() {
            view! { <p class="muted">{t!(TriageNoWords)}</p> }.into_any()
        } else {
            view! { <p class="issue-text">{issue.description}</p> }.into_any()
        }}
        {(!place.is_empty()).then(|| view! { <p class="row tight"><Icon name="map-pin" small=true/>{place.join(", ")}</p> })}
        {(!issue.affected.is_empty()).then(|| view! {
            <p class="row tight">
                <Icon name="users" small=true/>
                {move || issue.affected.iter().map(|group| group.text(prefs::lang())).collect::<Vec<_>>().join(", ")}
            </p>
        })}
        <div class="photos">
            {issue.photos.into_iter().filter(|file| file.kind == FileKind::Photo).enumerate().map(|(at, photo)| {
                let full = format!("/api/v1/files/{}", photo.id);
                let title = issue.title.clone();
                view! {
                    <a href=full.clone() target="_blank" rel="noopener">
                        <img src=format!("{full}?size=large") alt=t!(TriagePhoto, n = at + 1, title = title) loading="lazy" width=photo.width height=photo.height/>
                    </a>
                }
            }).collect_view()}
        </div>
    }
}

#[component]
fn Reporter(who: Who) -> impl IntoView {
    move || match &who {
        Who::Organisation { organisation } => organisation.name.get(prefs::lang()).to_owned(),
        Who::Role { role } => role.text(prefs::lang()).to_owned(),
        Who::Resident { name } => name.clone().unwrap_or_else(|| Key::IssueResident.get(prefs::lang()).to_owned()),
    }
}
