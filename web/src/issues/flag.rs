use crate::{
    api::issues as api,
    prefs,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Kind, SelectField, TextArea, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    issue::{FlagDraft, FlagReason},
    words::Word,
};

/// What on the page is being flagged.
#[derive(Debug, Clone, Copy)]
pub struct Flags {
    of: RwSignal<FlagDraft>,
    state: DialogState,
}

impl Flags {
    pub(super) fn new() -> Flags {
        Flags { of: RwSignal::new(FlagDraft::default()), state: DialogState::new() }
    }
}

/// Tells the moderators that something should not be seen. For anybody; who told is never shown.
#[component]
pub(super) fn FlagButton(
    flags: Flags,
    /// The thing and its id.
    of: FlagDraft,
) -> impl IntoView {
    let press = move || {
        flags.of.set(of.clone());
        flags.state.show();
    };
    view! { <Button kind=Kind::Quiet small=true icon="flag" on_press=press>{t!(IssueFlag)}</Button> }
}

/// Where the reason is asked.
#[component]
pub(super) fn FlagForm(flags: Flags) -> impl IntoView {
    let Flags { of, state } = flags;
    let toasts = use_toasts();
    view! {
        <Dialog state title=t!(IssueFlagTitle)>
            {
                let reason = RwSignal::new(String::new());
                let words = RwSignal::new(String::new());
                let faults = FormFaults::new();
                let send = use_submit(
                    faults,
                    |draft: FlagDraft| async move { api::flag(&draft).await },
                    move |()| {
                        state.hide();
                        toasts.say(t!(IssueFlagged)());
                    },
                );
                let submit = move || {
                    let reason = reason.get_untracked().parse().ok();
                    send.send(FlagDraft { reason, words: words.get_untracked(), ..of.get_untracked() });
                };
                let reasons = Signal::derive(|| {
                    let lang = prefs::lang();
                    FlagReason::ALL.iter().map(|one| (one.as_str().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
                });
                view! {
                    <Form faults on_submit=submit>
                        <p class="muted">{t!(IssueFlagHint)}</p>
                        <SelectField name="reason" label=t!(IssueDeclineReason) value=reason options=reasons nothing=t!(IssueChoose)/>
                        <TextArea name="words" label=t!(IssueDeclineWords) value=words optional=true most=1000/>
                        <div class="dialog-actions">
                            <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                            <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IssueSend)}</Button>
                        </div>
                    </Form>
                }
            }
        </Dialog>
    }
}
