//! Asking before a step that others will hear of, and naming who will.

use crate::{
    api::{ApiError, Step},
    prefs,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Kind, TextArea, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{draft::Draft, reason::ReasonDraft, text::Key};

/// A step, and what is said before it.
#[derive(Debug, Clone)]
pub struct Question {
    pub title: String,
    /// What it leads to, and who will be told.
    pub told: String,
    /// The words on the button: what will be done.
    pub action: String,
    /// What is said once it was done.
    pub done: Key,
    /// Takes something away.
    pub danger: bool,
    pub step: Step,
}

/// The questions of a page, of which one is asked at a time.
#[derive(Debug, Clone, Copy)]
pub struct Questions {
    asked: RwSignal<Option<Question>>,
    state: DialogState,
    reason: RwSignal<String>,
    faults: FormFaults,
    refetch: Callback<()>,
}

/// The questions of a page that reads itself again with `refetch`; draw them once with [`Asks`].
pub fn use_questions(refetch: Callback<()>) -> Questions {
    Questions {
        asked: RwSignal::new(None),
        state: DialogState::new(),
        reason: RwSignal::new(String::new()),
        faults: FormFaults::new(),
        refetch,
    }
}

impl Questions {
    /// Asks.
    pub fn ask(&self, question: Question) {
        self.faults.clear();
        self.reason.set(String::new());
        self.asked.set(Some(question));
        self.state.show();
    }
}

/// Where the questions of a page are asked.
#[component]
pub fn Asks(questions: Questions) -> impl IntoView {
    let Questions { asked, state, reason, faults, refetch } = questions;
    let toasts = use_toasts();
    let send = use_submit(
        faults,
        |(step, reason): (Step, String)| async move { step.take(reason).await },
        move |()| {
            state.hide();
            if let Some(question) = asked.get_untracked() {
                toasts.say(question.done.get(prefs::lang_now()));
            }
            refetch.run(());
        },
    );
    let submit = move || {
        let Some(Question { step, .. }) = asked.get_untracked() else { return };
        let words = reason.get_untracked();
        if step.needs_reason()
            && let Err(found) = (ReasonDraft { reason: words.clone() }).parse()
        {
            return faults.show(found);
        }
        send.run((step, words));
    };
    let part = move |of: fn(&Question) -> String| asked.with(|question| question.as_ref().map(of).unwrap_or_default());
    view! {
        <Dialog state title=move || part(|question| question.title.clone())>
            <Form faults on_submit=submit>
                <p>{move || part(|question| question.told.clone())}</p>
                <Show when=move || asked.with(|question| question.as_ref().is_some_and(|question| question.step.needs_reason()))>
                    <TextArea name="reason" label=t!(TasksReason) value=reason most=1000/>
                </Show>
                <div class="dialog-actions">
                    // Not "cancel": that may be the very step.
                    <Button on_press=move || state.hide()>{t!(ReportBack)}</Button>
                    {move || {
                        let danger = asked.with(|question| question.as_ref().is_some_and(|question| question.danger));
                        let kind = if danger { Kind::Danger } else { Kind::Primary };
                        view! { <Button submit=true kind pending=send.pending()>{part(|question| question.action.clone())}</Button> }
                    }}
                </div>
            </Form>
        </Dialog>
    }
}

/// Makes steps that need no question at once: says why where it fails, and goes on where it does not.
pub fn use_at_once(refetch: Callback<()>) -> Action<Step, ()> {
    let toasts = use_toasts();
    Action::new_local(move |step: &Step| {
        let step = step.clone();
        async move {
            let taken: Result<(), ApiError> = step.take(String::new()).await;
            match taken {
                Ok(()) => refetch.run(()),
                Err(error) => toasts.fail(&error),
            }
        }
    })
}
