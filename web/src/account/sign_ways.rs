use crate::{
    api::account as api,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Input, Kind, TextField, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::account::{ChangeEmailDraft, ChangePasswordDraft, Me, Secret};

/// The address and the password, each changed in a dialog of its own.
#[component]
pub(super) fn SignWays(me: Me) -> impl IntoView {
    let email = DialogState::in_address("email");
    let password = DialogState::in_address("password");
    let has_password = me.has_password;
    view! {
        <section class="stack rule">
            <h2>{t!(AccountWays)}</h2>
            <div class="row between">
                <div>
                    <h3>{t!(AccountEmail)}</h3>
                    <p class="muted">{me.email.to_string()}</p>
                </div>
                // A new address takes the password; who has none sets one first.
                <Button disabled=!has_password on_press=move || email.show()>{t!(AccountChangeEmail)}</Button>
            </div>
            <div class="row between">
                <div>
                    <h3>{t!(AccountPassword)}</h3>
                    <p class="muted">{move || if has_password { t!(AccountPasswordIsSet)() } else { t!(AccountPasswordIsNot)() }}</p>
                </div>
                <Button on_press=move || password.show()>
                    {move || if has_password { t!(AccountChangePassword)() } else { t!(AccountAddPassword)() }}
                </Button>
            </div>
        </section>
        <Dialog state=email title=t!(AccountChangeEmail)>
            <ChangeEmail dialog=email/>
        </Dialog>
        <Dialog state=password title=t!(AccountNewPassword)>
            <ChangePassword dialog=password has_password/>
        </Dialog>
    }
}

#[component]
fn ChangeEmail(dialog: DialogState) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let change = use_submit(faults, api::change_email, move |()| {
        dialog.hide();
        toasts.say(t!(AccountLetterText, email = email.get_untracked())());
    });
    let submit = move || {
        change.send(ChangeEmailDraft { email: email.get_untracked(), password: Secret(password.get_untracked()) });
    };
    view! {
        <Form faults on_submit=submit>
            <TextField name="email" label=t!(AccountNewEmail) hint=t!(AccountNewEmailHint) value=email kind=Input::Email autocomplete="email"/>
            <TextField
                name="password"
                label=t!(AccountPresentPassword)
                value=password
                kind=Input::Password
                autocomplete="current-password"
            />
            <div class="dialog-actions">
                <Button on_press=move || dialog.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=change.pending()>{t!(AccountNewEmailButton)}</Button>
            </div>
        </Form>
    }
}

#[component]
fn ChangePassword(dialog: DialogState, has_password: bool) -> impl IntoView {
    let current = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let change = use_submit(faults, api::change_password, move |()| {
        dialog.hide();
        toasts.say(t!(AccountPasswordSet)());
    });
    let submit = move || {
        change.send(ChangePasswordDraft {
            current: has_password.then(|| Secret(current.get_untracked())),
            password: Secret(password.get_untracked()),
        });
    };
    view! {
        <Form faults on_submit=submit>
            {has_password.then(|| view! {
                <TextField
                    name="current"
                    label=t!(AccountPresentPassword)
                    value=current
                    kind=Input::Password
                    autocomplete="current-password"
                />
            })}
            <TextField
                name="password"
                label=t!(AccountNewPassword)
                hint=t!(AccountPasswordHint)
                value=password
                kind=Input::Password
                autocomplete="new-password"
            />
            <div class="dialog-actions">
                <Button on_press=move || dialog.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=change.pending()>{t!(UiSave)}</Button>
            </div>
        </Form>
    }
}
