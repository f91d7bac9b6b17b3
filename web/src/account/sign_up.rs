use super::{LetterSent, SignFrame};
use crate::{
    api::account as api,
    prefs,
    ui::{Button, Form, FormFaults, Input, Kind, Link, TextField, Trap, intl, use_submit},
};
use leptos::prelude::*;
use shared::account::{Secret, SignUpDraft};

/// Asking for an account; the address is confirmed by a mailed link.
#[component]
pub(super) fn SignUpPage() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let homepage = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let faults = FormFaults::new();
    let sign_up = use_submit(faults, api::create_account, move |()| sent.set(true));
    let submit = move || {
        sign_up.send(SignUpDraft {
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: Secret(password.get_untracked()),
            language: prefs::lang_now(),
            time_zone: intl::device_time_zone(),
            homepage: homepage.get_untracked(),
        });
    };
    let form = move || {
        view! {
            <p class="muted">{t!(AccountSignUpLead)}</p>
            <Form faults on_submit=submit narrow=true>
                <TextField name="name" label=t!(AccountName) hint=t!(AccountNameHint) value=name autocomplete="name"/>
                <TextField name="email" label=t!(AccountEmail) value=email kind=Input::Email autocomplete="email"/>
                <TextField
                    name="password"
                    label=t!(AccountPassword)
                    hint=t!(AccountPasswordHint)
                    value=password
                    kind=Input::Password
                    autocomplete="new-password"
                />
                <Trap value=homepage/>
                <p class="hint">{t!(AccountAge)}</p>
                <Button submit=true kind=Kind::Primary wide=true pending=sign_up.pending()>{t!(AccountSignUpButton)}</Button>
            </Form>
            <Link href="/sign-in">{t!(AccountToSignIn)}</Link>
        }
    };
    view! {
        <SignFrame title=t!(AccountSignUp)>
            <Show when=move || sent.get() fallback=form>
                <LetterSent email/>
            </Show>
        </SignFrame>
    }
}
