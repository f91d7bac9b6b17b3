use super::{LetterSent, SignFrame};
use crate::{
    api::account as api,
    ui::{Button, Form, FormFaults, Input, Kind, Link, TextField, Trap, use_submit},
};
use leptos::prelude::*;
use shared::account::ResetPasswordDraft;

/// Asking for a link with which to set a new password.
#[component]
pub(super) fn ResetPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let homepage = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let faults = FormFaults::new();
    let ask = use_submit(faults, api::ask_reset, move |()| sent.set(true));
    let submit = move || {
        let (email, homepage) = (Some(email.get_untracked()), homepage.get_untracked());
        ask.send(ResetPasswordDraft { email, homepage, ..Default::default() });
    };
    let form = move || {
        view! {
            <p class="muted">{t!(AccountResetLead)}</p>
            <Form faults on_submit=submit narrow=true>
                <TextField name="email" label=t!(AccountEmail) value=email kind=Input::Email autocomplete="username"/>
                <Trap value=homepage/>
                <Button submit=true kind=Kind::Primary wide=true pending=ask.pending()>{t!(AccountResetButton)}</Button>
            </Form>
            <Link href="/sign-in">{t!(AccountToSignIn)}</Link>
        }
    };
    view! {
        <SignFrame title=t!(AccountReset)>
            <Show when=move || sent.get() fallback=form>
                <LetterSent email/>
            </Show>
        </SignFrame>
    }
}
