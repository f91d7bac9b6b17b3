//! Signing in: by password, or by a mailed link.

use crate::{
    account::{
        Device, SignedIn, letters,
        signed_in::{AskedOrUsed, Heard},
        store,
    },
    auth::{
        limits::{self, MAILS_OF_CLIENT, MAILS_TO_ADDRESS, SIGN_INS_OF_ADDRESS, SIGN_INS_OF_CLIENT},
        link::{self, NewLink},
        needs::Anyone,
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
    account::{Session, SignInDraft, SignInLink, SignInLinkDraft},
    mailed_link::LinkPurpose,
    problem::Code,
};

/// Sign in by address and password. 401 alike for an unknown address and a wrong password; 429
/// after too many wrong ones.
#[utoipa::path(tag = "accounts", request_body = SignInDraft, responses((status = OK, body = Session)))]
#[post("/sessions")]
pub(crate) async fn create_session(
    caller: Anyone,
    Valid(sign_in): Valid<SignInDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<SignedIn> {
    app.bursts.check(&caller)?;
    let client = limits::client(&caller);
    let spent =
        limits::spend(&app, &[(&SIGN_INS_OF_ADDRESS, sign_in.email.as_str()), (&SIGN_INS_OF_CLIENT, &client)]).await?;
    let account = store::by_email(app.db.read(), &sign_in.email).await?;
    let right = app
        .passwords
        .verify(&sign_in.password, account.as_ref().and_then(|account| account.password_hash.as_ref()))
        .await?;
    let Some(account) = account.filter(|account| right && account.disabled_at.is_none()) else {
        spent.keep();
        return Err(Error::of(Code::WrongCredentials));
    };
    let mut tx = app.write_secretly().await?;
    spent.give_back(&tx).await?;
    let session = store::start_session(&mut tx, account.id, &device.0).await?;
    tx.commit().await?;
    SignedIn::new(&app, account.id, session).await
}

/// With an address: ask for a link by mail, answered 202 whether it has an account or not. With the
/// token of such a link: sign in to the account of that address, which is made if there is none.
#[utoipa::path(tag = "accounts", request_body = SignInLinkDraft, responses((status = OK, body = Session), (status = ACCEPTED, body = Heard)))]
#[post("/sessions/link")]
pub(crate) async fn create_session_by_link(
    caller: Anyone,
    Valid(link): Valid<SignInLinkDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<AskedOrUsed> {
    app.bursts.check(&caller)?;
    match link {
        SignInLink::Ask(email) => {
            limits::spend(&app, &[(&MAILS_TO_ADDRESS, email.as_str()), (&MAILS_OF_CLIENT, &limits::client(&caller))])
                .await?
                .keep();
            let tx = app.write(&caller).await?;
            let lang = store::by_email(&*tx, &email).await?.map_or(caller.lang(), |account| account.lang());
            let link = NewLink::new(LinkPurpose::SignIn, &email).make(&tx).await?;
            mail::put(&tx, email.as_str(), lang, &letters::sign_in(link)).await?;
            Ok(AskedOrUsed::Asked(tx.answer(Answer::accepted(Heard {})).await?))
        }
        SignInLink::Use(token) => {
            let mut tx = app.write_secretly().await?;
            let link = link::take(&tx, LinkPurpose::SignIn, &token).await?;
            let account = store::by_email_or_new(&mut tx, &link.email, caller.lang()).await?;
            let session = store::start_session(&mut tx, account, &device.0).await?;
            tx.commit().await?;
            Ok(AskedOrUsed::Used(Box::new(SignedIn::new(&app, account, session).await?)))
        }
    }
}
