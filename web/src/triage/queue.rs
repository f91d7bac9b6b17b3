use super::desk::Desk;
use crate::{
    api::{ApiError, inbox, issues},
    prefs,
    ui::{Badge, Time, Tone},
};
use leptos::prelude::*;
use shared::{
    inbox::{InboxItem, InboxReason, InboxSubject, ListInbox},
    issue::{Flag, IssueSort, IssueState, IssueSummary, ListIssues},
    names::Slug,
    page::{Limit, Several},
    text::Key,
    time::Timestamp,
    words::Word,
};

/// One thing that waits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Names it in the address.
    pub(super) key: String,
    pub(super) kind: Kind,
    /// The issue it is, or is about.
    pub(super) issue: IssueSummary,
    pub(super) since: Timestamp,
    pub(super) due: Option<Timestamp>,
}

/// Why it waits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A report that nobody has triaged.
    Report,
    /// Somebody says that something is unfit.
    Flag(Flag),
    /// Somebody says that a decision was wrong.
    Appeal,
}

impl Entry {
    fn report(issue: IssueSummary) -> Entry {
        let (key, since, due) = (issue.number.to_string(), issue.reported_at, issue.answer_by);
        Entry { key, kind: Kind::Report, issue, since, due }
    }

    /// Whether another reading shows the same, of no later moment.
    pub(super) fn is_still(&self, read: &Entry) -> bool {
        self.key == read.key && read.issue.changed_at <= self.issue.changed_at
    }

    fn waiting(item: InboxItem) -> Option<Entry> {
        let InboxItem { reason, since, due, subject, .. } = item;
        let (key, kind, issue) = match (reason, subject) {
            (InboxReason::Flag, InboxSubject::Flag { flag, issue }) => {
                (format!("flag-{}", flag.id), Kind::Flag(flag), issue)
            }
            (InboxReason::Appeal, InboxSubject::Issue { issue }) => {
                (format!("appeal-{}", issue.number), Kind::Appeal, issue)
            }
            _ => return None,
        };
        Some(Entry { key, kind, issue: *issue, since, due })
    }
}

/// Everything that waits in a community, the longest first.
pub(super) async fn read(slug: &Slug) -> Result<Vec<Entry>, ApiError> {
    let most = Limit::try_from(Limit::MOST).ok();
    let asked = ListIssues {
        state: Several(vec![IssueState::Reported]),
        sort: Some(IssueSort::LongestWaiting),
        limit: most,
        ..ListIssues::default()
    };
    let reports = issues::list_issues(slug, &asked).await?.items.into_iter().filter(|issue| !issue.hidden);
    let mut entries: Vec<_> = reports.map(Entry::report).collect();
    let asked = ListInbox {
        reason: Several(vec![InboxReason::Flag, InboxReason::Appeal]),
        limit: most,
        ..ListInbox::default()
    };
    let waiting = inbox::list_inbox(&asked).await?.items;
    let here = waiting.into_iter().filter(|item| item.community.as_ref().is_some_and(|one| one.slug == *slug));
    entries.extend(here.filter_map(Entry::waiting));
    entries.sort_by_key(|entry| entry.since);
    Ok(entries)
}

/// The queue: each with what it is, since when it waits, and by when it is to be answered.
#[component]
pub(super) fn Queue(desk: Desk) -> impl IntoView {
    view! {
        <ol class="rows triage-queue" aria-label=t!(TriageQueue)>
            <For each=move || desk.entries.get() key=|entry| (entry.key.clone(), entry.issue.changed_at) let(entry)>
                <Row desk entry/>
            </For>
        </ol>
    }
}

#[component]
fn Row(desk: Desk, entry: Entry) -> impl IntoView {
    let Entry { key, kind, issue, since, due } = entry;
    let id = element(&key);
    let here = {
        let key = key.clone();
        Memo::new(move |_| desk.current.with(|current| current.as_ref().is_some_and(|entry| entry.key == key)))
    };
    let href = move || desk.shown.href(|shown| shown.at = Some(key.clone()));
    // Beside the queue the report opens in place; on a phone it opens as a page does.
    let beside = window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width > 720.0);
    let title = issue.title;
    let category = issue.category.name;
    let what = match kind {
        Kind::Report => view! { <span>{move || category.get(prefs::lang()).to_owned()}</span> }.into_any(),
        Kind::Flag(flag) => view! {
            <Badge tone=Tone::Danger>{t!(TriageFlag)}</Badge>
            <span>{move || flag.reason.text(prefs::lang())}</span>
        }
        .into_any(),
        Kind::Appeal => view! { <Badge tone=Tone::Notice>{t!(TriageAppeal)}</Badge> }.into_any(),
    };
    view! {
        <li id=id class:here=move || here.get()>
            <a href=href class="triage-row" aria-current=move || here.get().then_some("true") data-noscroll=beside.then_some("")>
                <span class="row-title">{title}</span>
                <span class="meta">
                    {what}
                    <Time at=since/>
                    {issue.private.then(|| view! { <Badge tone=Tone::Notice>{t!(IssuesPrivate)}</Badge> })}
                    {due.map(|due| view! { <Due due/> })}
                </span>
            </a>
        </li>
    }
}

/// By when it is to be answered; red once that is past.
#[component]
pub(super) fn Due(due: Timestamp) -> impl IntoView {
    let late = js_sys::Date::now() > js_sys::Date::new(&due.to_string().into()).get_time();
    let words = if late { Key::TriageLate } else { Key::TriageDue };
    view! { <span class:danger-text=late>{move || words.get(prefs::lang())}" "<Time at=due/></span> }
}

/// The id of its row in the page.
pub(super) fn element(key: &str) -> String {
    format!("triage-{key}")
}
