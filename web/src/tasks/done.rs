use super::form::Buttons;
use crate::{
    api::tasks as api,
    files::FilesField,
    ui::{Dialog, DialogState, Form, FormFaults, TextArea, use_submit},
};
use leptos::prelude::*;
use shared::{ids::TaskId, task::TaskDoneDraft};

/// Says that a task is done, with words and what shows it.
#[component]
pub(super) fn DoneForm(state: DialogState, id: TaskId, refetch: Callback<()>) -> impl IntoView {
    view! {
        <Dialog state title=t!(TasksDoneTitle)>
            {
                let note = RwSignal::new(String::new());
                let evidence = RwSignal::new(Vec::new());
                let faults = FormFaults::new();
                let send = use_submit(
                    faults,
                    move |draft: TaskDoneDraft| async move { api::done(id, &draft).await },
                    move |()| {
                        state.hide();
                        refetch.run(());
                    },
                );
                let submit =
                    move || send.send(TaskDoneDraft { note: note.get_untracked(), evidence: evidence.get_untracked() });
                view! {
                    <Form faults on_submit=submit>
                        <TextArea name="note" label=t!(TasksDoneNote) value=note most=2000/>
                        <FilesField sent=evidence documents=true/>
                        <p class="hint">{t!(TasksDoneLeads)}</p>
                        <Buttons state pending=send.pending()>{t!(TasksDone)}</Buttons>
                    </Form>
                }
            }
        </Dialog>
    }
}
