use super::fields::{PlaceFields, WhatFields};
use crate::{
    api::{Versioned, issues as api},
    ui::{Button, Dialog, DialogState, Form, FormFaults, Kind, TextField, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    draft::Patch,
    issue::{AffectedGroup, IssueDetail, UpdateIssueDraft},
    place::{Coordinates, Place, ShownPlace},
};

/// Changes what was reported: its reporter until it is triaged, moderators and coordinators always.
#[component]
pub(super) fn EditIssue(state: DialogState, issue: Versioned<IssueDetail>, refetch: Callback<()>) -> impl IntoView {
    let issue = StoredValue::new(issue);
    view! {
        <Dialog state title=t!(IssueEditTitle)>
            <Fields state issue=issue.get_value() refetch/>
        </Dialog>
    }
}

#[component]
fn Fields(state: DialogState, issue: Versioned<IssueDetail>, refetch: Callback<()>) -> impl IntoView {
    let Versioned { value: issue, etag } = issue;
    let (id, slug) = (issue.id, issue.community.slug.clone());
    let fields = Written::of(&issue);
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: UpdateIssueDraft| {
            let etag = etag.clone();
            async move { api::update_issue(id, &etag, &draft).await }
        },
        move |_: Versioned<IssueDetail>| {
            toasts.say(t!(UiSaved)());
            state.hide();
            refetch.run(());
        },
    );
    let has = |of: fn(&ShownPlace) -> &Option<String>| of(&issue.place).is_some();
    let (has_house, has_description) = (has(|place| &place.house), has(|place| &place.description));
    let submit = move || send.send(changes(&issue, fields));
    view! {
        <Form faults on_submit=submit>
            <p class="muted">{t!(IssueEditHint)}</p>
            <WhatFields
                slug title=fields.title category=fields.category description=fields.description affected=fields.affected
            />
            <PlaceFields coordinates=fields.coordinates address=fields.address/>
            // A report asks for one line; whoever sent more can set that right too.
            {has_house.then(|| view! { <TextField name="place.house" label=t!(IssueEditHouse) value=fields.house optional=true/> })}
            {has_description.then(|| view! {
                <TextField name="place.description" label=t!(IssueEditPlace) value=fields.place optional=true/>
            })}
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(UiSave)}</Button>
            </div>
        </Form>
    }
}

/// An issue while it is being changed.
#[derive(Debug, Clone, Copy)]
struct Written {
    title: RwSignal<String>,
    description: RwSignal<String>,
    category: RwSignal<String>,
    affected: RwSignal<Vec<String>>,
    coordinates: RwSignal<Option<Coordinates>>,
    address: RwSignal<String>,
    house: RwSignal<String>,
    place: RwSignal<String>,
}

impl Written {
    fn of(issue: &IssueDetail) -> Written {
        let words = |given: &Option<String>| RwSignal::new(given.clone().unwrap_or_default());
        Written {
            title: RwSignal::new(issue.title.clone()),
            description: RwSignal::new(issue.description.clone()),
            category: RwSignal::new(issue.category.slug.to_string()),
            affected: RwSignal::new(issue.affected.iter().map(|group| group.as_str().to_owned()).collect()),
            coordinates: RwSignal::new(issue.place.coordinates),
            address: words(&issue.place.address),
            house: words(&issue.place.house),
            place: words(&issue.place.description),
        }
    }
}

/// What is different now, and nothing else: a text that is sent is a new text, of which the history tells.
fn changes(issue: &IssueDetail, written: Written) -> UpdateIssueDraft {
    fn patch<T: PartialEq>(before: &T, now: T) -> Patch<T> {
        if *before == now { Patch::Absent } else { Patch::Value(now) }
    }
    let filled = |words: RwSignal<String>| Some(words.get_untracked()).filter(|words| !words.trim().is_empty());
    let mut groups: Vec<AffectedGroup> =
        written.affected.get_untracked().iter().filter_map(|group| group.parse().ok()).collect();
    groups.sort();
    let ShownPlace { coordinates, address, house, description, .. } = issue.place.clone();
    let place = Place {
        coordinates: written.coordinates.get_untracked(),
        address: filled(written.address),
        house: filled(written.house),
        description: filled(written.place),
    };
    UpdateIssueDraft {
        title: patch(&issue.title, written.title.get_untracked()),
        description: patch(&issue.description, written.description.get_untracked()),
        category: patch(&issue.category.slug.to_string(), written.category.get_untracked()),
        place: patch(&Place { coordinates, address, house, description }, place),
        affected: patch(&issue.affected, groups),
        ..UpdateIssueDraft::default()
    }
}
