//! What the reader may do with an issue now; the server says which.

use super::decide::{Decide, Matter};
use crate::{
    api::{ApiError, issues as api},
    files::FilesField,
    prefs,
    question::{Question, Questions},
    ui::{Button, Dialog, DialogState, Form, FormFaults, Kind, SelectField, TextArea, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    ids::IssueId,
    issue::{DeclineIssueDraft, DeclineReason, IssueAction, IssueDetail, ObjectToIssueDraft, ResolveIssueDraft},
    text::Key,
    upload::UploadClaim,
    words::Word,
};

/// The actions that stand here; the others stand where they belong.
const SHOWN: [IssueAction; 8] = [
    IssueAction::Confirm,
    IssueAction::Object,
    IssueAction::Accept,
    IssueAction::Decline,
    IssueAction::Resolve,
    IssueAction::Appeal,
    IssueAction::DecideAppeal,
    IssueAction::DecideObjection,
];

/// Buttons for the transitions the reader may make. Accepting and confirming happen at once, the
/// others ask for words first.
#[component]
pub(super) fn Actions(issue: IssueDetail, questions: Questions, refetch: Callback<()>) -> impl IntoView {
    let id = issue.id;
    let may = move |action| issue.actions.contains(&action);
    let (declining, resolving, objecting) =
        (DialogState::in_address("decline"), DialogState::in_address("resolve"), DialogState::in_address("object"));
    let (deciding_appeal, deciding_objection) =
        (DialogState::in_address("decide-appeal"), DialogState::in_address("decide-objection"));
    let confirms = may(IssueAction::Confirm);
    let appeal = move || {
        let lang = prefs::lang_now();
        let action = IssueAction::Appeal.text(lang).to_owned();
        let told = t!(IssueAppealTold)().to_owned();
        let done = Key::DomainEventIssueAppealed;
        questions.ask(Question { title: action.clone(), told, action, done, danger: false, step: api::appeal(id) });
    };
    SHOWN.into_iter().any(&may).then(|| view! {
        <section class="stack" aria-label=t!(IssueActions)>
            {confirms.then(|| view! { <h2>{t!(IssueIsItFixed)}</h2> })}
            <div class="row">
                {confirms.then(|| view! { <AtOnce primary=true label=t!(IssueConfirm) thanks=t!(IssueConfirmThanks) run=move || api::confirm(id) refetch/> })}
                {may(IssueAction::Object).then(|| view! { <Button on_press=move || objecting.show()>{t!(IssueObject)}</Button> })}
                {may(IssueAction::Accept).then(|| view! { <AtOnce primary=true label=t!(IssueAccept) run=move || api::accept(id) refetch/> })}
                {may(IssueAction::Decline).then(|| view! { <Button on_press=move || declining.show()>{t!(IssueDecline)}</Button> })}
                {may(IssueAction::Resolve).then(|| view! { <Button on_press=move || resolving.show()>{t!(IssueResolve)}</Button> })}
                {may(IssueAction::Appeal).then(|| view! { <Button on_press=appeal>{move || IssueAction::Appeal.text(prefs::lang())}</Button> })}
                {may(IssueAction::DecideAppeal).then(|| view! { <Button kind=Kind::Primary on_press=move || deciding_appeal.show()>{t!(IssueDecideAppeal)}</Button> })}
                {may(IssueAction::DecideObjection).then(|| view! { <Button kind=Kind::Primary on_press=move || deciding_objection.show()>{t!(IssueDecideObjection)}</Button> })}
            </div>
            <Decide state=deciding_appeal id matter=Matter::Appeal refetch/>
            <Decide state=deciding_objection id matter=Matter::Objection refetch/>
            <Decline id state=declining refetch/>
            <Words
                state=resolving title=t!(IssueResolveTitle) hint=t!(IssueResolveHint) field="statement" refetch
                send=move |(statement, photos)| async move { api::resolve(id, &ResolveIssueDraft { statement, photos }).await }
            />
            <Words
                state=objecting title=t!(IssueObjectTitle) hint=t!(IssueObjectHint) field="words" refetch
                send=move |(words, photos)| async move { api::object(id, &ObjectToIssueDraft { words, photos }).await }
            />
        </section>
    })
}

/// A transition without words.
#[component]
fn AtOnce<F, Sent>(
    #[prop(into)] label: TextProp,
    run: F,
    refetch: Callback<()>,
    #[prop(optional)] primary: bool,
    /// What is said once it was done, where nothing in sight changes much.
    #[prop(optional, into)]
    thanks: Option<TextProp>,
) -> impl IntoView
where
    F: Fn() -> Sent + Send + Sync + 'static,
    Sent: Future<Output = Result<IssueDetail, ApiError>> + 'static,
{
    let toasts = use_toasts();
    let action = Action::new_local(move |(): &()| {
        let (answer, thanks) = (run(), thanks.clone());
        async move {
            match answer.await {
                Ok(_) => {
                    if let Some(thanks) = thanks {
                        toasts.say(thanks.get().into_owned());
                    }
                    refetch.run(());
                }
                Err(error) => toasts.fail(&error),
            }
        }
    });
    let press = move || {
        action.dispatch(());
    };
    let kind = if primary { Kind::Primary } else { Kind::Plain };
    view! { <Button kind pending=action.pending() on_press=press>{move || label.get()}</Button> }
}

/// Declining is public, with a reason.
#[component]
fn Decline(id: IssueId, state: DialogState, refetch: Callback<()>) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let words = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: DeclineIssueDraft| async move { api::decline(id, &draft).await },
        move |_: IssueDetail| {
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        send.send(DeclineIssueDraft { reason: reason.get_untracked().parse().ok(), words: words.get_untracked() });
    };
    let reasons = Signal::derive(move || {
        let lang = prefs::lang();
        DeclineReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), reason.text(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    view! {
        <Dialog state title=t!(IssueDeclineTitle)>
            <Form faults on_submit=submit>
                <SelectField name="reason" label=t!(IssueDeclineReason) value=reason options=reasons nothing=t!(IssueChoose)/>
                <TextArea name="words" label=t!(IssueDeclineWords) hint=t!(IssueDeclineHint) value=words most=1000/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Danger pending=send.pending()>{t!(IssueDecline)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}

/// A transition that asks for words, with photos or without.
#[component]
fn Words<F, Sent>(
    state: DialogState,
    #[prop(into)] title: TextProp,
    #[prop(into)] hint: TextProp,
    /// What the server calls the words when it finds fault with them.
    field: &'static str,
    refetch: Callback<()>,
    send: F,
) -> impl IntoView
where
    F: Fn((String, Vec<UploadClaim>)) -> Sent + Send + Sync + 'static,
    Sent: Future<Output = Result<IssueDetail, ApiError>> + 'static,
{
    let words = RwSignal::new(String::new());
    let photos = RwSignal::new(Vec::new());
    let faults = FormFaults::new();
    let send = use_submit(faults, send, move |_: IssueDetail| {
        state.hide();
        refetch.run(());
    });
    let (label, hint) = (StoredValue::new(title.clone()), StoredValue::new(hint));
    view! {
        <Dialog state title>
            <Form faults on_submit=move || send.run((words.get_untracked(), photos.get_untracked()))>
                <TextArea name=field label=label.get_value() hint=hint.get_value() value=words most=2000/>
                <FilesField sent=photos/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IssueSend)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}
