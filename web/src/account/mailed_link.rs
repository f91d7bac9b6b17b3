use super::{SignFrame, use_welcome};
use crate::{
    api::account as api,
    ui::{Button, Form, FormFaults, Input, Kind, Link, TextField, use_submit, use_toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use shared::{
    account::{ResetPasswordDraft, Secret, SignInLinkDraft, TokenDraft},
    mailed_link::LinkPurpose,
};

/// Where mailed links lead. Nothing happens before the button is pressed.
#[component]
pub(super) fn MailedLinkPage() -> impl IntoView {
    let fragment = use_location().hash;
    move || match LinkPurpose::read(&fragment.get()) {
        Some((LinkPurpose::SignIn, token)) => view! { <SignInByLink token/> }.into_any(),
        Some((LinkPurpose::ConfirmAccount, token)) => view! { <ConfirmAddress token new_account=true/> }.into_any(),
        Some((LinkPurpose::ChangeEmail, token)) => view! { <ConfirmAddress token new_account=false/> }.into_any(),
        Some((LinkPurpose::ResetPassword, token)) => view! { <SetPassword token/> }.into_any(),
        Some((LinkPurpose::ConfirmReport | LinkPurpose::JoinIssue | LinkPurpose::Invitation, _)) | None => {
            view! { <Unreadable/> }.into_any()
        }
    }
}

#[component]
fn SignInByLink(token: Secret) -> impl IntoView {
    let faults = FormFaults::new();
    let sign_in = use_submit(faults, api::use_sign_in_link, use_welcome());
    let submit = move || sign_in.send(SignInLinkDraft { email: None, token: Some(token.clone()) });
    view! {
        <SignFrame title=t!(AccountSignIn)>
            <p class="muted">{t!(AccountLinkLead)}</p>
            <Form faults on_submit=submit narrow=true>
                <Button submit=true kind=Kind::Primary wide=true pending=sign_in.pending()>{t!(AccountSignInButton)}</Button>
            </Form>
            <Link href="/sign-in">{t!(AccountAnotherLink)}</Link>
        </SignFrame>
    }
}

#[component]
fn ConfirmAddress(token: Secret, new_account: bool) -> impl IntoView {
    let faults = FormFaults::new();
    let confirm = use_submit(faults, api::confirm_account, use_welcome());
    let submit = move || confirm.send(TokenDraft { token: token.clone() });
    view! {
        <SignFrame title=t!(AccountConfirm)>
            <p class="muted">
                {move || if new_account { t!(AccountConfirmLead)() } else { t!(AccountConfirmEmailLead)() }}
            </p>
            <Form faults on_submit=submit narrow=true>
                <Button submit=true kind=Kind::Primary wide=true pending=confirm.pending()>{t!(AccountConfirmButton)}</Button>
            </Form>
        </SignFrame>
    }
}

#[component]
fn SetPassword(token: Secret) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let set = use_submit(faults, api::reset_password, move |()| {
        toasts.say(t!(AccountPasswordSet)());
        navigate("/sign-in", Default::default());
    });
    let submit = move || {
        let password = Some(Secret(password.get_untracked()));
        set.send(ResetPasswordDraft { email: None, token: Some(token.clone()), password });
    };
    view! {
        <SignFrame title=t!(AccountNewPassword)>
            <Form faults on_submit=submit narrow=true>
                <TextField
                    name="password"
                    label=t!(AccountNewPassword)
                    hint=t!(AccountPasswordHint)
                    value=password
                    kind=Input::Password
                    autocomplete="new-password"
                />
                <Button submit=true kind=Kind::Primary wide=true pending=set.pending()>{t!(AccountNewPasswordButton)}</Button>
            </Form>
        </SignFrame>
    }
}

/// Mail programs break long links in two.
#[component]
fn Unreadable() -> impl IntoView {
    view! {
        <SignFrame title=t!(AccountLinkBroken)>
            <p class="muted">{t!(AccountLinkBrokenText)}</p>
            <Link href="/sign-in">{t!(AccountAnotherLink)}</Link>
        </SignFrame>
    }
}
