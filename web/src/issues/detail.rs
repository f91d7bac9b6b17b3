use super::{
    act::Actions,
    comments::Comments,
    history::{History, WhoName},
    place::PlaceNote,
    support::SupportButtons,
    use_community_slug,
};
use crate::{
    api::{Versioned, issues as api},
    prefs,
    shell::PageTitle,
    ui::{Badge, Link, SectorChip, StateChip, Time, Tone, load},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{issue::IssueDetail, task::TaskSummary, upload::FileKind, words::Word};

/// The story of one issue: what, where, who does what, what was said, what happened.
#[component]
pub(super) fn IssuePage() -> impl IntoView {
    let slug = use_community_slug();
    let params = use_params_map();
    let number = Memo::new(move |_| {
        params.with(|params| params.get("n").and_then(|n| n.parse::<i64>().ok())).unwrap_or_default()
    });
    let issue = LocalResource::new(move || {
        let (slug, number) = (slug.get(), number.get());
        async move {
            match slug {
                Some(slug) => api::find_issue(&slug, number).await,
                None => Err(crate::api::ApiError::not_found()),
            }
        }
    });
    let refetch = Callback::new(move |()| issue.refetch());
    view! { <div class="page">{load(issue, move |issue| view! { <Story issue refetch/> })}</div> }
}

#[component]
fn Story(issue: Versioned<IssueDetail>, refetch: Callback<()>) -> impl IntoView {
    let issue = issue.value;
    let id = issue.id;
    let title = issue.title.clone();
    let list = format!("/c/{}/issues", issue.community.slug);
    let category = issue.category.name.clone();
    view! {
        <PageTitle title/>
        <div class="head">
            <ol class="crumbs"><li><Link href=list>{t!(IssuesTitle)}</Link></li><li>"№ "{issue.number}</li></ol>
            <h1>{issue.title.clone()}</h1>
            <div class="meta">
                <StateChip state=issue.state/>
                <span>{move || category.get(prefs::lang()).to_owned()}</span>
                <WhoName who=issue.reporter.clone()/>
                <Time at=issue.reported_at/>
                {issue.private.then(|| view! { <Badge tone=Tone::Notice>{t!(IssuesPrivate)}</Badge> })}
                {issue.hidden.is_some().then(|| view! { <Badge tone=Tone::Danger>{t!(IssuesHidden)}</Badge> })}
            </div>
            <SupportButtons id mine=issue.mine/>
        </div>
        <div class="with-aside">
            <div class="stack loose">
                <Notices issue=issue.clone()/>
                <Actions issue=issue.clone() refetch/>
                <Photos issue=issue.clone()/>
                {(!issue.description.is_empty()).then(|| view! { <p class="issue-text">{issue.description.clone()}</p> })}
                <Work tasks=issue.tasks.clone()/>
                <Comments id/>
                <History id/>
            </div>
            <aside class="stack loose">
                <PlaceNote place=issue.place.clone()/>
                <Affected issue/>
            </aside>
        </div>
    }
}

/// What the reader should know first: a claim, a decline, an objection, a duplicate.
#[component]
fn Notices(issue: IssueDetail) -> impl IntoView {
    let claim = issue.claim.map(|claim| {
        view! {
            <div class="note">
                <h2>{t!(IssueClaimTitle)}</h2>
                {claim.statement.map(|words| view! { <p>{words}</p> })}
                <p class="meta">
                    <WhoName who=claim.who/>
                    <Time at=claim.at/>
                    {claim.confirmed_by.map(|by| view! { <span>{move || by.text(prefs::lang())}</span> })}
                </p>
            </div>
        }
    });
    let declined = issue.declined.map(|declined| {
        view! {
            <div class="note notice">
                <h2>{move || declined.reason.text(prefs::lang())}</h2>
                {declined.words.map(|words| view! { <p>{words}</p> })}
            </div>
        }
    });
    let objection = issue.objection.map(|objection| {
        view! {
            <div class="note danger">
                <h2>{t!(IssueObjectionTitle)}</h2>
                {objection.words.map(|words| view! { <p>{words}</p> })}
                <p class="meta"><Time at=objection.at/></p>
            </div>
        }
    });
    let duplicate = issue.duplicate_of.map(|other| {
        let href = format!("/c/{}/issues/{}", other.community.slug, other.number);
        view! { <div class="note"><p>{t!(IssueDuplicateOf)}" "<Link href>{other.title}</Link></p></div> }
    });
    (claim, objection, declined, duplicate)
}

#[component]
fn Photos(issue: IssueDetail) -> impl IntoView {
    let title = issue.title;
    let photos: Vec<_> = issue.photos.into_iter().filter(|file| file.kind == FileKind::Photo).collect();
    let many = photos.len();
    (many > 0).then(|| view! {
        <div class="photos">
            {photos.into_iter().enumerate().map(|(at, photo)| {
                let full = format!("/api/v1/files/{}", photo.id);
                let title = StoredValue::new(title.clone());
                let alt = move || t!(IssuePhotoOf, n = at + 1, many = many, title = title.get_value())();
                view! {
                    <a href=full.clone() target="_blank" rel="noopener">
                        <img src=format!("{full}?size=large") alt=alt loading="lazy" width=photo.width height=photo.height/>
                    </a>
                }
            }).collect_view()}
        </div>
    })
}

/// Who does what.
#[component]
fn Work(tasks: Vec<TaskSummary>) -> impl IntoView {
    (!tasks.is_empty()).then(|| view! {
        <section class="stack">
            <h2>{t!(IssueWork)}</h2>
            <ul class="rows">
                {tasks.into_iter().map(|task| view! {
                    <li class="row between">
                        <span class="row-title">{task.title}</span>
                        {task.holder.map(|holder| {
                            let name = holder.name.clone();
                            view! { <SectorChip sector=holder.sector name=move || name.get(prefs::lang()).to_owned()/> }
                        })}
                        <StateChip state=task.state/>
                    </li>
                }).collect_view()}
            </ul>
        </section>
    })
}

#[component]
fn Affected(issue: IssueDetail) -> impl IntoView {
    (!issue.affected.is_empty()).then(|| view! {
        <section class="stack tight">
            <h2>{t!(IssueAffected)}</h2>
            <ul>{issue.affected.into_iter().map(|group| view! { <li>{move || group.text(prefs::lang())}</li> }).collect_view()}</ul>
        </section>
    })
}
