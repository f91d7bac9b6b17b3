//! A password forgotten, or never set: a mailed link sets it, and ends all sessions.

use crate::{
    account::{
        Device, SignedIn, letters,
        signed_in::{AskedOrUsed, Heard},
        store::{self, Which},
    },
    auth::{
        limits::{self, MAILS_OF_CLIENT, MAILS_TO_ADDRESS},
        link::{self, NewLink},
        needs::Anyone,
        password,
    },
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    mail,
    state::AppState,
};
use actix_web::{post, web::Data};
use shared::{
    account::{Email, Password, ResetPassword, ResetPasswordDraft, Secret, Session},
    mailed_link::LinkPurpose,
    problem::Code,
};

/// With an address: ask for a link by mail, answered 202 whether it has an account or not. With the
/// token of such a link and a password: set it, end every session, and sign in.
#[utoipa::path(tag = "accounts", request_body = ResetPasswordDraft, responses((status = OK, body = Session), (status = ACCEPTED, body = Heard)))]
#[post("/accounts/reset")]
pub(crate) async fn reset_password(
    caller: Anyone,
    Valid(reset): Valid<ResetPasswordDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<AskedOrUsed> {
    app.bursts.check(&caller)?;
    match reset {
        ResetPassword::Ask(email) => Ok(AskedOrUsed::Asked(ask(&caller, &email, &app).await?)),
        ResetPassword::AskByProgram => Ok(AskedOrUsed::Asked(Answer::accepted(Heard {}))),
        ResetPassword::Set { token, password } => {
            Ok(AskedOrUsed::Used(Box::new(set(&token, &password, &device, &app).await?)))
        }
    }
}

/// To an address without an account goes a link that begins one, so that both cost the same.
async fn ask(caller: &Anyone, email: &Email, app: &AppState) -> Result<Answer<Heard>> {
    limits::spend(app, &[(&MAILS_TO_ADDRESS, email.as_str()), (&MAILS_OF_CLIENT, &limits::client(caller))])
        .await?
        .keep();
    let tx = app.write(caller).await?;
    let (lang, mail) = match store::by_email(&*tx, email).await? {
        Some(account) => {
            let link = NewLink::new(LinkPurpose::ResetPassword, email).account(account.id).make(&tx).await?;
            (account.lang(), letters::reset(link))
        }
        None => {
            let link = NewLink::new(LinkPurpose::SignIn, email).make(&tx).await?;
            (caller.lang(), letters::unknown(link))
        }
    };
    mail::put(&tx, email.as_str(), lang, &mail).await?;
    tx.answer(Answer::accepted(Heard {})).await
}

async fn set(token: &Secret, password: &Password, device: &Device, app: &AppState) -> Result<SignedIn> {
    password::refuse_common(password)?;
    // Looked at first, so that only whoever has a link costs us a hash.
    link::find(app.db.read(), app.clock.now(), LinkPurpose::ResetPassword, token).await?;
    let hash = app.passwords.hash(password).await?;
    let mut tx = app.write_secretly().await?;
    let link = link::take(&tx, LinkPurpose::ResetPassword, token).await?;
    // The link proves the address, so it sets the password of whoever has that address now.
    let account = store::by_email(&*tx, &link.email).await?;
    let account = account
        .filter(|account| account.disabled_at.is_none() && link.account_id == Some(account.id))
        .ok_or_else(|| Error::of(Code::LinkExpired))?;
    store::set_password(&mut tx, account.id, &hash).await?;
    link::void(&tx, LinkPurpose::ResetPassword, &link.email).await?;
    store::end_sessions(&mut tx, account.id, Which::All).await?;
    mail::put(&tx, account.email.as_str(), account.lang(), &letters::password_changed()).await?;
    let session = store::start_session(&mut tx, account.id, &device.0).await?;
    tx.commit().await?;
    SignedIn::new(app, account.id, session).await
}
