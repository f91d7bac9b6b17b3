use crate::{
    api::issues as api,
    ui::{Button, Choice, Dialog, DialogState, Form, FormFaults, Kind, RadioGroup, TextArea, use_submit},
};
use leptos::prelude::*;
use shared::{
    ids::IssueId,
    issue::IssueDetail,
    problem::{Fault, FieldError},
    reason::DecisionDraft,
};

/// What is to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    Appeal,
    Objection,
}

/// Decides whether the one who appealed or objected is right, and says why.
#[component]
pub(super) fn Decide(state: DialogState, id: IssueId, matter: Matter, refetch: Callback<()>) -> impl IntoView {
    let title = move || match matter {
        Matter::Appeal => t!(IssueDecideAppeal)(),
        Matter::Objection => t!(IssueDecideObjection)(),
    };
    view! {
        <Dialog state title>
            <Fields state id matter refetch/>
        </Dialog>
    }
}

#[component]
fn Fields(state: DialogState, id: IssueId, matter: Matter, refetch: Callback<()>) -> impl IntoView {
    let upheld = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: DecisionDraft| async move {
            match matter {
                Matter::Appeal => api::decide_appeal(id, &draft).await,
                Matter::Objection => api::decide_objection(id, &draft).await,
            }
        },
        move |_: IssueDetail| {
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || match upheld.get_untracked().as_str() {
        "" => faults.show(vec![FieldError::new("upheld", Fault::Required)]),
        chosen => send.send(DecisionDraft { upheld: chosen == "yes", reason: reason.get_untracked() }),
    };
    let choices = match matter {
        Matter::Appeal => vec![Choice::new("yes", t!(IssueAppealRight)), Choice::new("no", t!(IssueAppealWrong))],
        Matter::Objection => {
            vec![Choice::new("yes", t!(IssueObjectionRight)), Choice::new("no", t!(IssueObjectionWrong))]
        }
    };
    view! {
        <Form faults on_submit=submit>
            <RadioGroup name="upheld" label=t!(IssueDecision) value=upheld choices/>
            <TextArea name="reason" label=t!(TasksReason) hint=t!(IssueDecisionHint) value=reason most=1000/>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IssueDecide)}</Button>
            </div>
        </Form>
    }
}
