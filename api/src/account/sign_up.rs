//! Signing up, and confirming the address.

use crate::{
    account::{
        Device, SignedIn, check_time_zone, letters,
        signed_in::Heard,
        store::{self, NewAccount},
    },
    auth::{
        limits::{self, MAILS_OF_CLIENT, MAILS_TO_ADDRESS},
        link::{self, Link, NewLink},
        needs::Anyone,
        password::{self, PasswordHash},
    },
    db::Write,
    events::NewEvent,
    http::{
        answer::Answer,
        error::{Error, OnUnique, Result},
        extract::Valid,
    },
    mail,
    state::AppState,
};
use actix_web::{post, web::Data};
use anyhow::Context;
use sea_orm::{ConnectionTrait, Statement};
use serde::{Deserialize, Serialize};
use shared::{
    account::{Session, SignUpDraft, TimeZone, TokenDraft},
    change::{EventKind, Thing},
    mailed_link::LinkPurpose,
    problem::Code,
    text::Lang,
};

/// What lies in the link until the address is confirmed.
#[derive(Serialize, Deserialize)]
struct SignUpPayload {
    name: String,
    password_hash: String,
    language: Lang,
    time_zone: TimeZone,
}

/// Ask for an account. A link goes to the address; answered alike whether it has an account or not.
///
/// The key of a repetition is ignored: beside it a hash of the body would be kept, and the body has
/// a password.
#[utoipa::path(tag = "accounts", request_body = SignUpDraft, responses((status = ACCEPTED, body = Heard)))]
#[post("/accounts")]
pub(crate) async fn create_account(
    caller: Anyone,
    Valid(sign_up): Valid<SignUpDraft>,
    app: Data<AppState>,
) -> Result<Answer<Heard>> {
    password::refuse_common(&sign_up.password)?;
    check_time_zone(&sign_up.time_zone)?;
    app.bursts.check(&caller)?;
    if sign_up.by_program {
        return Ok(Answer::accepted(Heard {}));
    }
    limits::spend(&app, &[(&MAILS_TO_ADDRESS, sign_up.email.as_str()), (&MAILS_OF_CLIENT, &limits::client(&caller))])
        .await?
        .keep();
    let password_hash = app.passwords.hash(&sign_up.password).await?;
    let payload = SignUpPayload {
        name: sign_up.name,
        password_hash: password_hash.as_str().to_owned(),
        language: sign_up.language,
        time_zone: sign_up.time_zone,
    };
    let payload = serde_json::to_string(&payload).context("write a sign-up as JSON")?;
    let tx = app.write_secretly().await?;
    let (lang, mail) = match store::by_email(&*tx, &sign_up.email).await? {
        None => {
            let link = NewLink::new(LinkPurpose::ConfirmAccount, &sign_up.email).payload(payload).make(&tx).await?;
            (sign_up.language, letters::confirm(link))
        }
        Some(account) => {
            let link = NewLink::new(LinkPurpose::SignIn, &sign_up.email).make(&tx).await?;
            (account.lang(), letters::known(link))
        }
    };
    mail::put(&tx, sign_up.email.as_str(), lang, &mail).await?;
    tx.answer(Answer::accepted(Heard {})).await
}

/// Confirm an address by the token of the mailed link: of a sign-up, which makes the account and
/// signs in; or the new one of an account, for which one has to be signed in.
#[utoipa::path(tag = "accounts", request_body = TokenDraft, responses((status = OK, body = Session)))]
#[post("/accounts/confirm")]
pub(crate) async fn confirm_account(
    caller: Anyone,
    Valid(token): Valid<TokenDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<SignedIn> {
    app.bursts.check(&caller)?;
    let mut tx = app.write_secretly().await?;
    match link::take(&tx, LinkPurpose::ChangeEmail, &token).await {
        Ok(link) => return confirm_new_address(&caller, link, tx, &app).await,
        Err(error) if error.code() == Code::LinkExpired => {}
        Err(error) => return Err(error),
    }
    let gone = || Error::of(Code::LinkExpired);
    let link = link::take(&tx, LinkPurpose::ConfirmAccount, &token).await?;
    let payload: SignUpPayload = serde_json::from_str(&link.payload.unwrap_or_default()).context("read a sign-up")?;
    let password_hash = PasswordHash::written(payload.password_hash);
    let account = NewAccount {
        email: &link.email,
        name: &payload.name,
        password_hash: Some(&password_hash),
        language: payload.language,
        time_zone: &payload.time_zone,
        main_coordinator: false,
    };
    let account = store::create(&mut tx, account, gone).await?;
    link::void(&tx, LinkPurpose::ConfirmAccount, &link.email).await?;
    let session = store::start_session(&mut tx, account, &device.0).await?;
    tx.commit().await?;
    SignedIn::new(&app, account, session).await
}

/// Only whoever is signed in to the account moves it: a mistyped address must not give it away.
async fn confirm_new_address(caller: &Anyone, link: Link, mut tx: Write<'_>, app: &AppState) -> Result<SignedIn> {
    let actor = caller.actor().ok_or_else(|| Error::of(Code::Unauthenticated))?;
    let gone = || Error::of(Code::LinkExpired);
    if link.account_id != Some(actor.account_id) {
        return Err(gone());
    }
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE account SET email = $1, version = version + 1, updated_at = $2 WHERE id = $3",
        [link.email.as_str().into(), tx.at().0.into(), actor.account_id.0.into()],
    ))
    .await
    .on_unique("account", "email", gone)?;
    tx.record(
        NewEvent::new(EventKind::AccountChanged, Thing::Account, actor.account_id.0)
            .account(actor.account_id)
            .by(caller),
    );
    tx.commit().await?;
    SignedIn::without_cookie(app, actor.account_id, actor.session_id).await
}
