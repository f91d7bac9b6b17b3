use super::{
    desk::Desk,
    duplicate::FindDuplicate,
    queue::{Entry, Kind},
};
use crate::{
    api::{issues, triage as api},
    prefs,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Icon, Kind as Look, SelectField, TextArea, load, use_submit},
};
use leptos::prelude::*;
use shared::{
    issue::{DeclineIssueDraft, DeclineReason, FlagReason, HideDraft, IssueDetail},
    words::Word,
};

/// What is asked before a step: each a dialog of the address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) decline: DialogState,
    pub(super) category: DialogState,
    pub(super) duplicate: DialogState,
    pub(super) hide: DialogState,
}

impl Asked {
    pub(super) fn new() -> Asked {
        Asked {
            decline: DialogState::in_address("decline"),
            category: DialogState::in_address("category"),
            duplicate: DialogState::in_address("duplicate"),
            hide: DialogState::in_address("hide"),
        }
    }
}

#[component]
pub(super) fn Dialogs(desk: Desk, asked: Asked) -> impl IntoView {
    view! {
        <Dialog state=asked.decline title=t!(IssueDeclineTitle)>
            {move || desk.report().map(|entry| view! { <Decline desk entry state=asked.decline/> })}
        </Dialog>
        <Dialog state=asked.category title=t!(TriageCategory)>
            <Categories desk state=asked.category/>
        </Dialog>
        <Dialog state=asked.duplicate title=t!(TriageDuplicate)>
            {move || desk.report().map(|entry| view! { <FindDuplicate desk entry state=asked.duplicate/> })}
        </Dialog>
        <Dialog state=asked.hide title=t!(TriageHide)>
            <Hide desk state=asked.hide/>
        </Dialog>
    }
}

/// Declining is public, with a reason, and its reporter is told.
#[component]
fn Decline(desk: Desk, entry: Entry, state: DialogState) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let words = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let (id, number, key) = (entry.issue.id, entry.issue.number, entry.key);
    let send = use_submit(
        faults,
        move |draft: DeclineIssueDraft| async move { issues::decline(id, &draft).await },
        move |_: IssueDetail| {
            state.hide();
            desk.leave(|one| one.key == key);
            desk.settled();
            desk.toasts.say(t!(TriageDeclined, number = number)());
        },
    );
    let submit = move || {
        send.send(DeclineIssueDraft { reason: reason.get_untracked().parse().ok(), words: words.get_untracked() });
    };
    let reasons = words_of::<DeclineReason>();
    view! {
        <p class="row-title">{entry.issue.title}</p>
        <Form faults on_submit=submit>
            <SelectField name="reason" label=t!(IssueDeclineReason) value=reason options=reasons nothing=t!(IssueChoose)/>
            <TextArea name="words" label=t!(IssueDeclineWords) hint=t!(IssueDeclineHint) value=words most=1000/>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Look::Danger pending=send.pending()>{t!(IssueDecline)}</Button>
            </div>
        </Form>
    }
}

/// Hiding is told to the author, who may appeal.
#[component]
fn Hide(desk: Desk, state: DialogState) -> impl IntoView {
    let target = desk.to_hide();
    let flagged = target.as_ref().and_then(|(entry, ..)| match &entry.kind {
        Kind::Flag(flag) => Some(flag.reason),
        _ => None,
    });
    let reason = RwSignal::new(flagged.map(|reason| reason.as_str().to_owned()).unwrap_or_default());
    let words = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let target = StoredValue::new(target);
    let send = use_submit(
        faults,
        move |draft: HideDraft| async move {
            match target.get_value() {
                Some((_, thing, id)) => api::hide(thing, &id, &draft).await,
                None => Ok(()),
            }
        },
        move |()| {
            state.hide();
            let Some((entry, thing, id)) = target.get_value() else { return };
            let of_thing = |one: &Entry| match &one.kind {
                Kind::Flag(flag) => flag.thing_id.to_string() == id,
                Kind::Report => one.issue.id.to_string() == id,
                Kind::Appeal => false,
            };
            desk.leave(of_thing);
            desk.settled();
            let id = id.clone();
            desk.offer(entry.key, entry.issue.id, t!(TriageHidden)().to_owned(), move || {
                let id = id.clone();
                async move { api::show(thing, &id).await }
            });
        },
    );
    let submit = move || {
        send.send(HideDraft { reason: reason.get_untracked().parse().ok(), words: words.get_untracked() });
    };
    let reasons = words_of::<FlagReason>();
    view! {
        <Form faults on_submit=submit>
            <SelectField name="reason" label=t!(IssueDeclineReason) value=reason options=reasons nothing=t!(IssueChoose)/>
            <TextArea name="words" label=t!(IssueDeclineWords) hint=t!(TriageHideHint) value=words most=1000/>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Look::Danger pending=send.pending()>{t!(TriageHideButton)}</Button>
            </div>
        </Form>
    }
}

fn words_of<W: Word + Send + Sync>() -> Signal<Vec<(String, String)>> {
    Signal::derive(|| {
        let lang = prefs::lang();
        W::WORDS.iter().map(|word| (word.word().to_owned(), word.text(lang).to_owned())).collect()
    })
}

/// One press moves the report; it can be undone.
#[component]
fn Categories(desk: Desk, state: DialogState) -> impl IntoView {
    let categories = LocalResource::new(move || async move { issues::list_categories(&desk.slug.get_value()).await });
    let present = move || desk.detail().map(|issue| issue.value.category.slug);
    load(categories, move |page| {
        let offered = page.items.into_iter().filter(|category| !category.retired);
        view! {
            <div class="found">
                {offered.map(|category| {
                    let (slug, name) = (category.slug.clone(), category.name.clone());
                    let here = { let slug = slug.clone(); move || (present() == Some(slug.clone())).to_string() };
                    let (shown, icon) = (name.clone(), crate::settings::icon_of(&category.icon));
                    let press = move |_| {
                        state.hide();
                        desk.move_to(&slug, name.get(prefs::lang_now()));
                    };
                    view! {
                        <button type="button" class="found-row" aria-pressed=here on:click=press>
                            <Icon name=icon/>
                            <span>{move || shown.get(prefs::lang()).to_owned()}</span>
                        </button>
                    }
                }).collect_view()}
            </div>
        }
    })
}
