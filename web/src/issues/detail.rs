use super::{
    act::Actions,
    comments::Comments,
    edit::EditIssue,
    flag::{FlagButton, FlagForm, Flags},
    history::{History, WhoName},
    place::PlaceNote,
    support::SupportButtons,
    use_community_slug,
};
use crate::{
    api::{Versioned, issues as api},
    commitments::{CommitTo, Commitments},
    files::Files,
    prefs,
    question::{Asks, use_questions},
    shell::PageTitle,
    stream::{self, Live, use_changes},
    tasks::Work,
    ui::{Badge, Button, DialogState, Kind, Link, StateChip, Time, Tone, intl, load},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{
    issue::{FlagDraft, Flaggable, IssueAction, IssueDetail, IssueState},
    names::Who,
    words::Word,
};

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
        stream::read(async move {
            match slug {
                Some(slug) => api::find_issue(&slug, number).await,
                None => Err(crate::api::ApiError::not_found()),
            }
        })
    });
    let reread = Callback::new(move |()| issue.refetch());
    let refetch = Callback::new(move |()| {
        stream::ask();
        issue.refetch();
    });
    let id = Memo::new(move |_| issue.get().and_then(Result::ok).map(|issue| issue.value.id.to_string()));
    let changes = use_changes(move |told| told.issue.is_some() && told.issue == id.get_untracked());
    view! {
        <div class="page">
            <Live changes refetch=reread/>
            {load(issue, move |issue| view! { <Story issue refetch/> })}
        </div>
    }
}

#[component]
fn Story(issue: Versioned<IssueDetail>, refetch: Callback<()>) -> impl IntoView {
    let editing = DialogState::in_address("edit");
    let may_edit = issue.value.actions.contains(&IssueAction::Edit);
    let edit = may_edit.then(|| {
        let issue = issue.clone();
        view! { <EditIssue state=editing issue refetch/> }
    });
    let issue = issue.value;
    let id = issue.id;
    let title = issue.title.clone();
    let list = format!("/c/{}/issues", issue.community.slug);
    let category = issue.category.name.clone();
    let questions = use_questions(refetch);
    let flags = Flags::new();
    let flagged = FlagDraft { thing: Some(Flaggable::Issue), id: Some(id.0), ..Default::default() };
    let may_commit = issue.actions.contains(&IssueAction::Commit);
    // Where nothing is to be put in and nothing was, contributions say nothing.
    let commitments = (may_commit || !issue.commitments.is_empty()).then(|| {
        let community = issue.community.slug.clone();
        view! { <Commitments commitments=issue.commitments.clone() to=CommitTo::Issue(id) community may_commit questions refetch/> }
    });
    view! {
        <PageTitle title/>
        <div class="head">
            <ol class="crumbs"><li><Link href=list>{t!(IssuesTitle)}</Link></li><li>{t!(IssuesNumber, number = issue.number)}</li></ol>
            <h1>{issue.title.clone()}</h1>
            <div class="meta">
                <StateChip state=issue.state/>
                <span>{move || category.get(prefs::lang()).to_owned()}</span>
                <WhoName who=issue.reporter.clone()/>
                <Time at=issue.reported_at/>
                {issue.private.then(|| view! { <Badge tone=Tone::Notice>{t!(IssuesPrivate)}</Badge> })}
                {issue.hidden.is_some().then(|| view! { <Badge tone=Tone::Danger>{t!(IssuesHidden)}</Badge> })}
            </div>
            <div class="row between">
                <SupportButtons id mine=issue.mine may_support=issue.actions.contains(&IssueAction::Support)/>
                <div class="buttons">
                    {may_edit.then(|| view! {
                        <Button kind=Kind::Quiet small=true icon="pencil" on_press=move || editing.show()>{t!(IssueEdit)}</Button>
                    })}
                    <FlagButton flags of=flagged/>
                </div>
            </div>
        </div>
        <div class="with-aside">
            <div class="stack loose">
                <Notices issue=issue.clone()/>
                <Actions issue=issue.clone() questions refetch/>
                <Files files=issue.photos.clone() title=issue.title.clone()/>
                {(!issue.description.is_empty()).then(|| view! { <p class="issue-text">{issue.description.clone()}</p> })}
                <Work issue=issue.clone() refetch/>
                {commitments}
                <Comments id community=issue.community.slug.clone() flags/>
                <History id/>
            </div>
            <aside class="stack loose">
                <Serves issue=issue.clone()/>
                <PlaceNote place=issue.place.clone()/>
                <Affected issue/>
            </aside>
        </div>
        <Asks questions/>
        <FlagForm flags/>
        {edit}
    }
}

/// What the reader should know first: a claim, a decline, an objection, a duplicate.
#[component]
fn Notices(issue: IssueDetail) -> impl IntoView {
    let title = StoredValue::new(issue.title);
    // What was objected to an earlier claim is a matter of the history.
    let claimed_at = issue.claim.as_ref().map(|claim| claim.at);
    let objection = issue.objection.filter(|objection| claimed_at.is_none_or(|claimed_at| claimed_at < objection.at));
    // What an organisation reports may be public at once.
    let is_new = issue.state == IssueState::Reported && !matches!(issue.reporter, Who::Organisation { .. });
    let unseen = (issue.mine.reported && is_new).then(|| {
        let until = issue.answer_by.map(intl::last_day).filter(|day| *day >= intl::today()).map(|day| {
            view! { " "{move || t!(IssueAnswerUntil, day = intl::day(day))()} }
        });
        view! { <div class="note"><p>{t!(IssueSeenByFew)}{until}</p></div> }
    });
    let claim = issue.claim.map(|claim| {
        view! {
            <div class="note">
                <h2>{t!(IssueClaimTitle)}</h2>
                {claim.statement.map(|words| view! { <p>{words}</p> })}
                <Files files=claim.photos title=title.get_value()/>
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
    let objection = objection.map(|objection| {
        view! {
            <div class="note danger">
                <h2>{t!(IssueObjectionTitle)}</h2>
                {objection.words.map(|words| view! { <p>{words}</p> })}
                <Files files=objection.photos title=title.get_value()/>
                <p class="meta"><Time at=objection.at/></p>
            </div>
        }
    });
    let duplicate = issue.duplicate_of.map(|other| {
        let href = format!("/c/{}/issues/{}", other.community.slug, other.number);
        view! { <div class="note"><p>{t!(IssueDuplicateOf)}" "<Link href>{other.title}</Link></p></div> }
    });
    (unseen, claim, objection, declined, duplicate)
}

/// The indicator it is meant to move.
#[component]
fn Serves(issue: IssueDetail) -> impl IntoView {
    let community = issue.community.slug;
    issue.indicator.map(|indicator| {
        let href = format!("/c/{community}/indicators/{}", indicator.id);
        view! {
            <section class="stack tight">
                <h2>{t!(IssueServes)}</h2>
                <p><Link href>{move || indicator.name.get(prefs::lang()).to_owned()}</Link></p>
            </section>
        }
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
