use super::form::Buttons;
use crate::{
    api::{ApiError, offers as api},
    prefs, session,
    ui::{CheckField, DateField, Dialog, DialogState, Form, FormFaults, SelectField, TextArea, intl, use_submit},
};
use chrono::Days;
use leptos::prelude::*;
use shared::{
    offer::{DAYS_TO_ANSWER, MakeOfferDraft, OfferSummary},
    organisation::Sector,
    permission::Permission,
    problem::{Fault, FieldError},
    task::TaskDetail,
    words::Word,
};

/// Offers a task to an organisation, or asks for it on behalf of the one acted for.
#[component]
pub(super) fn OfferForm(
    state: DialogState,
    task: TaskDetail,
    #[prop(optional)] ask: bool,
    refetch: Callback<()>,
) -> impl IntoView {
    let task = StoredValue::new(task);
    let title = move || if ask { t!(TasksAskTitle)() } else { t!(TasksOfferTitle)() };
    view! {
        <Dialog state title>
            <Fields state task=task.get_value() ask refetch/>
        </Dialog>
    }
}

#[component]
fn Fields(state: DialogState, task: TaskDetail, ask: bool, refetch: Callback<()>) -> impl IntoView {
    let id = task.id;
    let today = intl::today();
    let in_time = today.checked_add_days(Days::new(DAYS_TO_ANSWER)).unwrap_or(today);
    let organisation = RwSignal::new(String::new());
    let answer_by = RwSignal::new(in_time.to_string());
    let note = RwSignal::new(String::new());
    let at_once = RwSignal::new(false);
    let community = StoredValue::new(task.issue.community.slug.clone());
    // Who acts for both sides answers as well.
    let answers = Memo::new(move |_| {
        if ask {
            community.with_value(|community| session::may_in(community, Permission::CoordinateTasks))
        } else {
            let chosen = organisation.with(|chosen| chosen.parse().ok());
            chosen.is_some_and(|chosen| session::may_for(chosen, Permission::SpeakForOrganisation))
        }
    });
    let accepts = move || at_once.get() && answers.get();
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: MakeOfferDraft| async move { api::make_offer(id, &draft).await },
        move |_: OfferSummary| {
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        let organisation = organisation.get_untracked().parse().ok();
        if organisation.is_none() && !ask {
            return faults.show(vec![FieldError::new("organisation", Fault::Required)]);
        }
        send.send(MakeOfferDraft {
            organisation,
            answer_by: Some(answer_by.get_untracked()).filter(|day| !day.is_empty()),
            note: note.get_untracked(),
            accept_at_once: untrack(accepts),
        });
    };
    let acting = move || session::acting_for().map(|acting| acting.organisation.name.get(prefs::lang()).to_owned());
    view! {
        <Form faults on_submit=submit>
            <p>{format!("«{}»", task.title)}</p>
            {if ask {
                view! { <p class="muted">{move || t!(TasksAskAs, name = acting().unwrap_or_default())()}</p> }.into_any()
            } else {
                view! { <Whom organisation task=task.clone()/> }.into_any()
            }}
            <Show when=move || answers.get()>
                {if ask {
                    view! { <CheckField name="accept_at_once" label=t!(TasksTakeAtOnce) hint=t!(TasksTakeAtOnceHint) value=at_once/> }.into_any()
                } else {
                    view! { <CheckField name="accept_at_once" label=t!(TasksGiveAtOnce) hint=t!(TasksGiveAtOnceHint) value=at_once/> }.into_any()
                }}
            </Show>
            // What is answered at once needs no term.
            <Show when=move || !accepts()>
                <DateField name="answer_by" label=t!(TasksAnswerBy) value=answer_by from=today/>
            </Show>
            <TextArea name="note" label=t!(TasksNote) value=note optional=true most=1000/>
            // Of an offer its other side is told, of its acceptance the side that made it.
            <p class="hint">{move || if ask == accepts() { t!(TasksToldEditors)() } else { t!(TasksToldCoordinators)() }}</p>
            <Buttons state pending=send.pending()>{move || match (ask, accepts()) {
                (true, true) => t!(TasksTake)(),
                (true, false) => t!(TasksAsk)(),
                (false, true) => t!(TasksGive)(),
                (false, false) => t!(TasksOffer)(),
            }}</Buttons>
        </Form>
    }
}

/// The sector narrows the organisations; it begins with the one wanted.
#[component]
fn Whom(organisation: RwSignal<String>, task: TaskDetail) -> impl IntoView {
    let sector = RwSignal::new(task.sector.map(|sector| sector.as_str().to_owned()).unwrap_or_default());
    let sectors = Signal::derive(|| {
        let lang = prefs::lang();
        Sector::ALL.iter().map(|one| (one.as_str().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
    });
    let community = task.issue.community.slug;
    let known = LocalResource::new(move || {
        let (community, sector) = (community.clone(), sector.get().parse().ok());
        async move { api::list_organisations_to_ask(&community, sector).await }
    });
    let options = Signal::derive(move || {
        let lang = prefs::lang();
        let known = known.get().and_then(Result::<_, ApiError>::ok).map(|page| page.items).unwrap_or_default();
        known
            .into_iter()
            .map(|one| (one.id.to_string(), format!("{} · {}", one.name.get(lang), one.sector.text(lang))))
            .collect::<Vec<_>>()
    });
    // What was chosen is not among others.
    Effect::new(move |_| {
        let gone = options.with(|options| !options.iter().any(|(id, _)| organisation.with_untracked(|one| one == id)));
        if gone && !organisation.with_untracked(String::is_empty) {
            organisation.set(String::new());
        }
    });
    view! {
        <SelectField name="sector" label=t!(TasksSector) value=sector options=sectors nothing=t!(TasksAnySector)/>
        <SelectField name="organisation" label=t!(TasksWhom) value=organisation options nothing=t!(IssueChoose)/>
    }
}
