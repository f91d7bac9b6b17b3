use super::{LetterSent, SignFrame, demo::DemoPeople, use_welcome};
use crate::{
    api::account as api,
    ui::{Button, Form, FormFaults, Input, Kind, Link, TextField, use_submit},
};
use leptos::prelude::*;
use shared::account::{Secret, SignInDraft, SignInLinkDraft};

/// Signing in by password, or by a link that is mailed.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let faults = FormFaults::new();
    let sign_in = use_submit(faults, api::create_session, use_welcome());
    let ask_link = use_submit(faults, api::ask_sign_in_link, move |()| sent.set(true));
    let submit = move || {
        sign_in.send(SignInDraft { email: email.get_untracked(), password: Secret(password.get_untracked()) });
    };
    let by_link = move || {
        ask_link.send(SignInLinkDraft { email: Some(email.get_untracked()), token: None });
    };
    let choose = Callback::new(move |draft: SignInDraft| {
        if draft.password.0.is_empty() {
            email.set(draft.email);
        } else {
            sign_in.send(draft);
        }
    });
    view! {
        <SignFrame title=t!(AccountSignIn)>
            <Show when=move || sent.get()>
                <LetterSent email/>
            </Show>
            <Form faults on_submit=submit narrow=true>
                <TextField name="email" label=t!(AccountEmail) value=email kind=Input::Email autocomplete="username"/>
                <TextField
                    name="password"
                    label=t!(AccountPassword)
                    value=password
                    kind=Input::Password
                    autocomplete="current-password"
                />
                <Button submit=true kind=Kind::Primary wide=true pending=sign_in.pending()>{t!(AccountSignInButton)}</Button>
                <div class="or">{t!(AccountOr)}</div>
                <Button wide=true icon="mail" pending=ask_link.pending() on_press=by_link>{t!(AccountLinkButton)}</Button>
            </Form>
            <div class="row between">
                <Link href="/sign-up">{t!(AccountToSignUp)}</Link>
                <Link href="/reset">{t!(AccountToReset)}</Link>
            </div>
            <DemoPeople on_choose=choose/>
        </SignFrame>
    }
}
