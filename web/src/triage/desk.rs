use super::queue::{self, Entry, Kind};
use crate::{
    api::{ApiError, Versioned, issues, triage as api},
    filter::{Filter, use_filter},
    stream::{self, on_change, use_changes},
    ui::{Toasts, use_toasts},
};
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    draft::Patch,
    ids::IssueId,
    issue::{Flaggable, IssueDetail, UpdateIssueDraft},
    names::Slug,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What is chosen, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Shown {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
}

type Undo = Arc<dyn Fn() + Send + Sync>;

/// The queue, the one thing that is looked at, and what can be done with it.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) slug: StoredValue<Slug>,
    /// What waits, without what was left.
    pub(super) entries: Memo<Vec<Entry>>,
    /// What a step was taken on, as it was then: it waits no more, whatever an earlier reading says.
    left: RwSignal<Vec<Entry>>,
    pub(super) shown: Filter<Shown>,
    /// What the address names, else what was looked at before, else the first.
    pub(super) current: Memo<Option<Entry>>,
    pub(super) queue: LocalResource<Result<Vec<Entry>, ApiError>>,
    pub(super) issue: LocalResource<Option<Result<Versioned<IssueDetail>, ApiError>>>,
    pub(super) toasts: Toasts,
    /// The inverse of the last step, and the toast that offers it.
    undo: StoredValue<Option<(Undo, String)>>,
}

impl Desk {
    pub(super) fn new(slug: Slug) -> Desk {
        let slug = StoredValue::new(slug);
        let queue = queue_of(slug);
        let waiting = Memo::new(move |before: Option<&Vec<Entry>>| match queue.get() {
            Some(Ok(waiting)) => waiting,
            _ => before.cloned().unwrap_or_default(),
        });
        let left = RwSignal::new(Vec::<Entry>::new());
        let entries = Memo::new(move |_| {
            let is_left = |entry: &Entry| left.with(|left| left.iter().any(|one| one.is_still(entry)));
            waiting.with(|waiting| waiting.iter().filter(|entry| !is_left(entry)).cloned().collect::<Vec<_>>())
        });
        let shown = use_filter::<Shown>();
        let current = Memo::new(move |before: Option<&Option<Entry>>| {
            let named = shown.with(|shown| shown.at.clone());
            let before = before.and_then(|before| before.as_ref()).map(|entry| entry.key.clone());
            entries.with(|entries| {
                let found = |key: Option<String>| entries.iter().find(|entry| Some(&entry.key) == key.as_ref());
                found(named).or_else(|| found(before)).or(entries.first()).cloned()
            })
        });
        let id = Memo::new(move |_| current.with(|entry| entry.as_ref().map(|entry| entry.issue.id)));
        let issue = LocalResource::new(move || {
            let id = id.get();
            async move {
                match id {
                    Some(id) => Some(api::find_issue(id).await),
                    None => None,
                }
            }
        });
        let desk = Desk {
            slug,
            entries,
            left,
            shown,
            current,
            queue,
            issue,
            toasts: use_toasts(),
            undo: StoredValue::new(None),
        };
        desk.keep_up();
        desk
    }

    /// Reads again what others change, and all of it once the connection is back.
    fn keep_up(self) {
        let (queue, issue, entries) = (self.queue, self.issue, self.entries);
        let looked_at = move || untrack(|| self.detail()).map(|issue| issue.value);
        let queue_changes = use_changes(move |told| {
            let here = looked_at().map(|issue| issue.community.id.to_string());
            let waits = |id: &String| {
                entries.with_untracked(|entries| entries.iter().any(|entry| entry.issue.id.to_string() == *id))
            };
            let concerns = told.thing.as_deref() == Some("issue") || told.issue.as_ref().is_some_and(waits);
            concerns && (here.is_none() || told.community == here)
        });
        let issue_changes = use_changes(move |told| {
            told.issue.is_some() && told.issue == looked_at().map(|issue| issue.id.to_string())
        });
        on_change(queue_changes, move || queue.refetch());
        on_change(issue_changes, move || issue.refetch());
        let online = window_event_listener(ev::online, move |_| {
            queue.refetch();
            issue.refetch();
        });
        on_cleanup(move || online.remove());
    }

    /// The chosen issue in full, once it is there.
    pub(super) fn detail(self) -> Option<Versioned<IssueDetail>> {
        let id = self.current.get()?.issue.id;
        self.issue.get()??.ok().filter(|issue| issue.value.id == id)
    }

    /// What is looked at, if it is a report to be triaged.
    pub(super) fn report(self) -> Option<Entry> {
        self.current.get_untracked().filter(|entry| entry.kind == Kind::Report)
    }

    /// What would be hidden: the thing that was flagged, else the issue.
    pub(super) fn to_hide(self) -> Option<(Entry, Flaggable, String)> {
        let entry = self.current.get_untracked()?;
        match &entry.kind {
            Kind::Flag(flag) => {
                let (thing, id) = (flag.thing, flag.thing_id.to_string());
                Some((entry, thing, id))
            }
            Kind::Report => {
                let id = entry.issue.id.to_string();
                Some((entry, Flaggable::Issue, id))
            }
            Kind::Appeal => None,
        }
    }

    /// Goes down or up the queue.
    pub(super) fn step(self, forward: bool) {
        let key = self.entries.with_untracked(|entries| {
            let current = self.current.get_untracked()?;
            let at = entries.iter().position(|entry| entry.key == current.key)?;
            let to = if forward { at + 1 } else { at.checked_sub(1)? };
            entries.get(to).map(|entry| entry.key.clone())
        });
        if let Some(key) = key {
            self.choose(&key);
        }
    }

    fn choose(self, key: &str) {
        self.shown.replace(|shown| shown.at = Some(key.to_owned()));
        if let Some(row) = document().get_element_by_id(&queue::element(key)) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&nearest);
            // On a phone the queue is out of sight, and a report is read from its top.
            if row.client_height() == 0 {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    }

    /// It is done with, or will be in a moment: the next takes its place.
    pub(super) fn leave(self, done: impl Fn(&Entry) -> bool) {
        let named = self.shown.with_untracked(|shown| shown.at.is_some());
        let (next, leaving) = self.entries.with_untracked(|entries| {
            let at = entries.iter().position(&done).unwrap_or_default();
            let after = entries.iter().skip(at).find(|entry| !done(entry));
            let next = after.or(entries.iter().rfind(|entry| !done(entry))).map(|entry| entry.key.clone());
            (next, entries.iter().filter(|entry| done(entry)).cloned().collect::<Vec<_>>())
        });
        self.left.update(|left| left.extend(leaving));
        match next {
            Some(key) if named => self.choose(&key),
            None if named => self.shown.replace(|shown| shown.at = None),
            _ => {}
        }
    }

    /// The step was taken: where nothing is in sight any more, there may be more than one reading holds.
    pub(super) fn settled(self) {
        if self.entries.try_with_untracked(Vec::is_empty) == Some(true) {
            self.queue.refetch();
        }
    }

    /// The step was not taken, or was taken back: what waited before it stands at its place again.
    fn come_back(self, issue: IssueId) {
        self.left.try_update(|left| left.retain(|entry| entry.issue.id != issue));
        self.queue.refetch();
    }

    /// Says what was done and offers its inverse, for the button of the toast and for the key.
    pub(super) fn offer<Back, Done>(self, key: String, issue: IssueId, text: String, back: Back)
    where
        Back: Fn() -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), ApiError>> + 'static,
    {
        let used = AtomicBool::new(false);
        let undo: Undo = Arc::new(move || {
            if used.swap(true, Ordering::Relaxed) {
                return;
            }
            let (answer, key) = (back(), key.clone());
            leptos::task::spawn_local(async move {
                match answer.await {
                    Ok(()) => self.returned(&key, issue),
                    Err(error) => self.toasts.fail(&error),
                }
            });
        });
        let offered = Arc::clone(&undo);
        let toast = self.toasts.undo(text, move || offered());
        self.undo.try_update_value(|last| *last = Some((undo, toast)));
    }

    /// Takes the last step back.
    pub(super) fn undo_last(self) {
        if let Some(Some((undo, toast))) = self.undo.try_update_value(Option::take) {
            self.toasts.hide(&toast);
            undo();
        }
    }

    /// It waits again. The page may have been left meanwhile.
    fn returned(self, key: &str, issue: IssueId) {
        self.come_back(issue);
        self.issue.refetch();
        if self.undo.try_with_value(|_| ()).is_some() {
            self.choose(key);
        }
    }

    fn failed(self, error: &ApiError, issue: IssueId) {
        self.toasts.fail(error);
        self.come_back(issue);
    }

    pub(super) fn accept(self) {
        let Some(entry) = self.report() else { return };
        let (id, key, number) = (entry.issue.id, entry.key.clone(), entry.issue.number);
        self.leave(|one| one.key == key);
        leptos::task::spawn_local(async move {
            match issues::accept(id).await {
                Ok(_) => {
                    self.settled();
                    self.offer(entry.key, id, t!(TriageAccepted, number = number)(), move || async move {
                        api::unaccept(id).await.map(drop)
                    });
                }
                Err(error) => self.failed(&error, id),
            }
        });
    }

    /// Leaves what was flagged as it is, whoever flagged it.
    pub(super) fn dismiss(self) {
        let Some(Entry { kind: Kind::Flag(flag), issue, .. }) = self.current.get_untracked() else { return };
        self.leave(|one| matches!(&one.kind, Kind::Flag(other) if other.thing_id == flag.thing_id));
        leptos::task::spawn_local(async move {
            match api::dismiss_flags(flag.id).await {
                Ok(()) => {
                    self.settled();
                    self.toasts.say(t!(TriageDismissed)());
                }
                Err(error) => self.failed(&error, issue.id),
            }
        });
    }

    /// Makes a report private, or public again.
    pub(super) fn toggle_private(self) {
        let Some(Versioned { value: issue, etag }) = untrack(|| self.detail()).filter(|_| self.report().is_some())
        else {
            return;
        };
        let was = issue.private;
        let said = if was { t!(TriageMadePublic)() } else { t!(TriageMadePrivate)() };
        let to = |private| UpdateIssueDraft { private: Patch::Value(private), ..UpdateIssueDraft::default() };
        self.change(&issue, &etag, to(!was), to(was), said.to_owned());
    }

    /// Moves a report to another category, which may make it private or its place approximate.
    pub(super) fn move_to(self, category: &Slug, name: &str) {
        let Some(Versioned { value: issue, etag }) = untrack(|| self.detail()).filter(|_| self.report().is_some())
        else {
            return;
        };
        let to = UpdateIssueDraft { category: Patch::Value(category.to_string()), ..UpdateIssueDraft::default() };
        let back = UpdateIssueDraft {
            category: Patch::Value(issue.category.slug.to_string()),
            private: Patch::Value(issue.private),
            blurred: Patch::Value(issue.blurred),
            ..UpdateIssueDraft::default()
        };
        self.change(&issue, &etag, to, back, t!(TriageMoved, category = name)());
    }

    /// Changes a report that stays in the queue.
    fn change(self, issue: &IssueDetail, etag: &str, to: UpdateIssueDraft, back: UpdateIssueDraft, said: String) {
        let (id, key, etag) = (issue.id, issue.number.to_string(), etag.to_owned());
        leptos::task::spawn_local(async move {
            match issues::update_issue(id, &etag, &to).await {
                Ok(changed) => {
                    self.queue.refetch();
                    self.issue.refetch();
                    self.offer(key, id, said, move || {
                        let (etag, back) = (changed.etag.clone(), back.clone());
                        async move { issues::update_issue(id, &etag, &back).await.map(drop) }
                    });
                }
                Err(error) => {
                    self.failed(&error, id);
                    self.issue.refetch();
                }
            }
        });
    }
}

/// What waits. What is read again waits until no dialog is open: a step is being decided on there.
fn queue_of(slug: StoredValue<Slug>) -> LocalResource<Result<Vec<Entry>, ApiError>> {
    let arrived = StoredValue::new(false);
    LocalResource::new(move || {
        let again = arrived.get_value();
        async move {
            let slug = slug.get_value();
            let reading = queue::read(&slug);
            let read = if again { stream::read(reading).await } else { reading.await };
            arrived.try_update_value(|arrived| *arrived = true);
            read
        }
    })
}
