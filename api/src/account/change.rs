//! Another address or password for one's account, which takes the present password.

use crate::{
    account::{
        letters,
        signed_in::Heard,
        store::{self, Account, Which},
    },
    auth::{
        limits::{self, MAILS_OF_CLIENT, MAILS_TO_ADDRESS, SIGN_INS_OF_ADDRESS},
        link::NewLink,
        needs::Needs,
        password,
        session::Actor,
    },
    db::Write,
    http::{
        answer::{Answer, NoContent},
        error::{Error, Result},
        extract::Valid,
    },
    mail,
    state::AppState,
};
use actix_web::{post, web::Data};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use shared::{
    account::{ChangeEmailDraft, ChangePasswordDraft, Secret},
    mailed_link::LinkPurpose,
    permission::permit,
    problem::Fault,
};

/// How long after signing in by a mailed link a first password can be set.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// Ask for another address. A link goes to the new one, a notice to the old one; answered 202
/// whether the new one has an account or not.
#[utoipa::path(tag = "accounts", request_body = ChangeEmailDraft, responses((status = ACCEPTED, body = Heard)))]
#[post("/me/email")]
pub(crate) async fn change_email(
    needs: Needs<permit::Participate>,
    Valid(wanted): Valid<ChangeEmailDraft>,
    app: Data<AppState>,
) -> Result<Answer<Heard>> {
    app.bursts.check(&needs)?;
    let account = store::by_id(app.db.read(), needs.actor().account_id).await?;
    if wanted.email == account.email {
        return Err(Error::field("email", Fault::Taken));
    }
    check_password(&app, &account, &wanted.password, "password").await?;
    limits::spend(&app, &[(&MAILS_TO_ADDRESS, wanted.email.as_str()), (&MAILS_OF_CLIENT, &limits::client(&needs))])
        .await?
        .keep();
    let tx = app.write_secretly().await?;
    let (lang, mail) = match store::by_email(&*tx, &wanted.email).await? {
        None => (
            account.lang(),
            letters::new_address(
                NewLink::new(LinkPurpose::ChangeEmail, &wanted.email).account(account.id).make(&tx).await?,
            ),
        ),
        Some(other) => {
            (other.lang(), letters::known(NewLink::new(LinkPurpose::SignIn, &wanted.email).make(&tx).await?))
        }
    };
    mail::put(&tx, wanted.email.as_str(), lang, &mail).await?;
    mail::put(&tx, account.email.as_str(), account.lang(), &letters::address_leaves()).await?;
    tx.answer(Answer::accepted(Heard {})).await
}

/// Set another password, or a first one within 15 minutes of signing in (409 `sign_in_again` after
/// that); ends every other session.
#[utoipa::path(tag = "accounts", request_body = ChangePasswordDraft, responses((status = NO_CONTENT)))]
#[post("/me/password")]
pub(crate) async fn change_password(
    needs: Needs<permit::Participate>,
    Valid(change): Valid<ChangePasswordDraft>,
    app: Data<AppState>,
) -> Result<NoContent> {
    app.bursts.check(&needs)?;
    password::refuse_common(&change.password)?;
    let account = store::by_id(app.db.read(), needs.actor().account_id).await?;
    if account.password_hash.is_some() {
        let current = change.current.ok_or_else(|| Error::field("current", Fault::Required))?;
        check_password(&app, &account, &current, "current").await?;
    }
    let hash = app.passwords.hash(&change.password).await?;
    let mut tx = app.write_secretly().await?;
    if account.password_hash.is_none() && !signed_in_lately(&tx, needs.actor()).await? {
        return Err(Error::conflict("sign_in_again"));
    }
    store::set_password(&mut tx, account.id, &hash).await?;
    store::end_sessions(&mut tx, account.id, Which::AllBut(needs.actor().session_id)).await?;
    mail::put(&tx, account.email.as_str(), account.lang(), &letters::password_changed()).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// 422 for a wrong password; counted together with the sign-ins of the address.
async fn check_password(app: &AppState, account: &Account, typed: &Secret, field: &str) -> Result<()> {
    let spent = limits::spend(app, &[(&SIGN_INS_OF_ADDRESS, account.email.as_str())]).await?;
    if !app.passwords.verify(typed, account.password_hash.as_ref()).await? {
        spent.keep();
        return Err(Error::field(field, Fault::WrongPassword));
    }
    let tx = app.write_secretly().await?;
    spent.give_back(&tx).await?;
    tx.commit().await
}

async fn signed_in_lately(tx: &Write<'_>, actor: &Actor) -> Result<bool> {
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "SELECT 1 AS one FROM session WHERE id = $1 AND created_at >= $2",
            [actor.session_id.0.into(), (tx.at() - FRESH).0.into()],
        ))
        .await?;
    Ok(row.is_some())
}
