//! Where mailed links lead. Nothing happens before the button is pressed, since mail scanners follow links.

use super::{SignFrame, mailed_words::MailedWords, use_welcome};
use crate::{
    api::{ApiError, account as api},
    session,
    ui::{Button, ButtonLink, Form, FormFaults, Input, Kind, Link, TextField, use_submit, use_toasts},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use shared::{
    account::{ResetPasswordDraft, Secret, Session, SignInLinkDraft, TokenDraft},
    issue::ArrivedAtIssue,
    mailed_link::LinkPurpose,
    problem::Code,
    routes::Page,
};

/// The page of every mailed link: says what its button does, and where to go when the link is spent.
#[component]
pub(super) fn MailedLinkPage() -> impl IntoView {
    let fragment = use_location().hash;
    move || match LinkPurpose::read(&fragment.get()) {
        Some((LinkPurpose::ResetPassword, token)) => view! { <SetPassword token/> }.into_any(),
        Some((purpose, token)) => view! { <Act purpose token/> }.into_any(),
        None => view! { <Unreadable/> }.into_any(),
    }
}

/// Where one is after the button: signed in, and at a page if the link was about one.
struct Arrival {
    session: Session,
    page: Option<Page>,
}

impl From<Session> for Arrival {
    fn from(session: Session) -> Self {
        Arrival { session, page: None }
    }
}

impl From<ArrivedAtIssue> for Arrival {
    fn from(arrived: ArrivedAtIssue) -> Self {
        let ArrivedAtIssue { session, issue } = arrived;
        let number = u32::try_from(issue.number).ok();
        let page = number.map(|number| Page::Issue { community: issue.community.slug, number });
        Arrival { session, page }
    }
}

/// Does what the link is for.
async fn act(purpose: LinkPurpose, token: Secret) -> Result<Arrival, ApiError> {
    let draft = TokenDraft { token: token.clone() };
    match purpose {
        LinkPurpose::ConfirmReport => api::confirm_report(draft).await.map(Arrival::from),
        LinkPurpose::JoinIssue => api::join_issue(draft).await.map(Arrival::from),
        LinkPurpose::Invitation => api::accept_invitation(draft).await.map(|session| {
            let page = Some(joined(&session));
            Arrival { session, page }
        }),
        LinkPurpose::SignIn => {
            let draft = SignInLinkDraft { email: None, token: Some(token) };
            api::use_sign_in_link(draft).await.map(Arrival::from)
        }
        LinkPurpose::ConfirmAccount | LinkPurpose::ChangeEmail | LinkPurpose::ResetPassword => {
            api::confirm_account(draft).await.map(Arrival::from)
        }
    }
}

/// What one has just joined; where there are several, one's own page lists them.
fn joined(session: &Session) -> Page {
    let me = &session.account;
    match (me.organisations.as_slice(), me.communities.as_slice()) {
        ([one], []) => Page::Organisation { organisation: one.organisation.slug.clone() },
        ([], [one]) => Page::Community { community: one.community.slug.clone() },
        _ => Page::Me,
    }
}

/// A link that asks for nothing more than the press of a button.
#[component]
fn Act(purpose: LinkPurpose, token: Secret) -> impl IntoView {
    let words = MailedWords::of(purpose);
    let failed = RwSignal::new(None::<ApiError>);
    let welcome = use_welcome();
    let navigate = use_navigate();
    let toasts = use_toasts();
    let press = Action::new_local(move |(): &()| {
        failed.set(None);
        let (token, welcome, navigate) = (token.clone(), welcome.clone(), navigate.clone());
        async move {
            match act(purpose, token).await {
                Ok(Arrival { session, page: Some(page) }) => {
                    session::set(session);
                    toasts.say(words.done.get(crate::prefs::lang_now()));
                    navigate(&page.path(), NavigateOptions { replace: true, ..Default::default() });
                }
                Ok(Arrival { session, page: None }) => welcome(session),
                Err(error) => failed.set(Some(error)),
            }
        }
    });
    let code = Memo::new(move |_| failed.with(|error| error.as_ref().and_then(ApiError::code)));
    let spent = move || code.get() == Some(Code::LinkExpired);
    view! {
        <SignFrame title=move || words.title.get(crate::prefs::lang())>
            <div role="alert" class="stack">
                {move || match code.get() {
                    Some(Code::LinkExpired) => Some(view! { <Spent purpose/> }.into_any()),
                    Some(Code::Forbidden) => Some(view! { <AnotherAccount/> }.into_any()),
                    Some(Code::Unauthenticated) => Some(view! {
                        <div class="note notice"><p>{t!(AccountLinkSignInFirst)}</p></div>
                        <ButtonLink href="/sign-in" kind=Kind::Primary>{t!(UiSignIn)}</ButtonLink>
                    }.into_any()),
                    _ => failed.get().map(|error| {
                        let lang = crate::prefs::lang();
                        view! { <div class="faults"><h2>{error.title(lang)}</h2>{error.detail(lang).map(|text| view! { <p>{text}</p> })}</div> }.into_any()
                    }),
                }}
            </div>
            <Show when=move || !spent()>
                <p class="muted">{move || words.lead.get(crate::prefs::lang())}</p>
                <Button kind=Kind::Primary wide=true pending=press.pending() on_press=move || { press.dispatch(()); }>
                    {move || words.button.get(crate::prefs::lang())}
                </Button>
            </Show>
        </SignFrame>
    }
}

/// The link was used, withdrawn, or is too old: what helps depends on what it was for.
#[component]
fn Spent(purpose: LinkPurpose) -> impl IntoView {
    let words = MailedWords::of(purpose);
    view! {
        <div class="note notice">
            <h2>{t!(AccountLinkSpent)}</h2>
            <p>{move || words.spent.get(crate::prefs::lang())}</p>
        </div>
        {words.next.map(|(page, text)| view! {
            <ButtonLink href=page kind=Kind::Primary>{move || text.get(crate::prefs::lang())}</ButtonLink>
        })}
    }
}

/// The link is for another address than the one signed in with: signing out makes it work.
#[component]
fn AnotherAccount() -> impl IntoView {
    let toasts = use_toasts();
    let email = move || session::account().map(|me| me.email.to_string()).unwrap_or_default();
    let end = Action::new_local(move |(): &()| async move {
        match api::end_session().await {
            Ok(()) => {
                session::clear();
                toasts.say(t!(ShellSignedOut)());
            }
            Err(error) => toasts.fail(&error),
        }
    });
    view! {
        <div class="note notice">
            <h2>{t!(AccountLinkOther)}</h2>
            <p>{t!(AccountLinkOtherText, email = email())}</p>
        </div>
        <Show when=session::signed_in>
            <Button icon="log-out" pending=end.pending() on_press=move || { end.dispatch(()); }>{t!(ShellSignOut)}</Button>
        </Show>
    }
}

#[component]
fn SetPassword(token: Secret) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let spent = RwSignal::new(false);
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let welcome = use_welcome();
    let send = move |draft: ResetPasswordDraft| async move {
        let answer = api::reset_password(draft).await;
        spent.set(answer.as_ref().is_err_and(|error| error.code() == Some(Code::LinkExpired)));
        answer
    };
    let set = use_submit(faults, send, move |session| {
        toasts.say(t!(AccountPasswordSet)());
        welcome(session);
    });
    let submit = move || {
        let password = Some(Secret(password.get_untracked()));
        set.send(ResetPasswordDraft { token: Some(token.clone()), password, ..Default::default() });
    };
    let submit = Callback::new(move |()| submit());
    view! {
        <SignFrame title=t!(AccountNewPassword)>
            <Show when=move || spent.get()>
                <div role="alert" class="stack"><Spent purpose=LinkPurpose::ResetPassword/></div>
            </Show>
            <Show when=move || !spent.get()>
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
            </Show>
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
