use super::queue::{self, Entry, Kind};
use crate::{
    api::{ApiError, Versioned, issues, triage as api},
    filter::{Filter, use_filter},
    ui::{Toasts, use_toasts},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    draft::Patch,
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
    pub(super) entries: RwSignal<Vec<Entry>>,
    pub(super) shown: Filter<Shown>,
    /// What the address names, else the first.
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
        let queue = LocalResource::new(move || async move { queue::read(&slug.get_value()).await });
        let entries = RwSignal::new(Vec::new());
        Effect::new(move |_| {
            if let Some(Ok(waiting)) = queue.get() {
                entries.set(waiting);
            }
        });
        let shown = use_filter::<Shown>();
        let current = Memo::new(move |_| {
            let named = shown.with(|shown| shown.at.clone());
            entries.with(|entries: &Vec<Entry>| {
                let found = entries.iter().find(|entry| Some(&entry.key) == named.as_ref());
                found.or(entries.first()).cloned()
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
        Desk { slug, entries, shown, current, queue, issue, toasts: use_toasts(), undo: StoredValue::new(None) }
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

    /// It is done with: the next takes its place.
    pub(super) fn leave(self, done: impl Fn(&Entry) -> bool) {
        let named = self.shown.with_untracked(|shown| shown.at.is_some());
        let next = self.entries.with_untracked(|entries| {
            let at = entries.iter().position(&done).unwrap_or_default();
            let after = entries.iter().skip(at).find(|entry| !done(entry));
            after.or(entries.iter().rfind(|entry| !done(entry))).map(|entry| entry.key.clone())
        });
        self.entries.update(|entries| entries.retain(|entry| !done(entry)));
        match next {
            Some(key) if named => self.choose(&key),
            None if named => self.shown.replace(|shown| shown.at = None),
            _ => {}
        }
        if self.entries.with_untracked(Vec::is_empty) {
            self.queue.refetch();
        }
    }

    /// Says what was done and offers its inverse, for the button of the toast and for the key.
    pub(super) fn offer<Back, Done>(self, key: String, text: String, back: Back)
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
                    Ok(()) => self.returned(&key),
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
    fn returned(self, key: &str) {
        self.queue.refetch();
        self.issue.refetch();
        if self.undo.try_with_value(|_| ()).is_some() {
            self.choose(key);
        }
    }

    fn failed(self, error: &ApiError) {
        self.toasts.fail(error);
        self.queue.refetch();
    }

    pub(super) fn accept(self) {
        let Some(entry) = self.report() else { return };
        let (id, key, number) = (entry.issue.id, entry.key.clone(), entry.issue.number);
        self.leave(|one| one.key == key);
        leptos::task::spawn_local(async move {
            match issues::accept(id).await {
                Ok(_) => self.offer(entry.key, t!(TriageAccepted, number = number)(), move || async move {
                    api::unaccept(id).await.map(drop)
                }),
                Err(error) => self.failed(&error),
            }
        });
    }

    /// Leaves what was flagged as it is, whoever flagged it.
    pub(super) fn dismiss(self) {
        let Some(Entry { kind: Kind::Flag(flag), .. }) = self.current.get_untracked() else { return };
        self.leave(|one| matches!(&one.kind, Kind::Flag(other) if other.thing_id == flag.thing_id));
        leptos::task::spawn_local(async move {
            match api::dismiss_flags(flag.id).await {
                Ok(()) => self.toasts.say(t!(TriageDismissed)()),
                Err(error) => self.failed(&error),
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
                    self.offer(key, said, move || {
                        let (etag, back) = (changed.etag.clone(), back.clone());
                        async move { issues::update_issue(id, &etag, &back).await.map(drop) }
                    });
                }
                Err(error) => {
                    self.failed(&error);
                    self.issue.refetch();
                }
            }
        });
    }
}
