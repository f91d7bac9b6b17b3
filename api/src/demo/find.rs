//! `GET /demo`: as whom one may sign in.

use crate::{
    auth::needs::Anyone,
    demo::content,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    state::AppState,
};
use actix_web::{get, web::Data};
use shared::{
    account::Email,
    demo::{Demo, DemoSignIn},
    problem::Code,
};

/// As whom one may sign in to look around; 404 unless this is a demo. The password comes along only
/// where it is the one everybody knows.
#[utoipa::path(tag = "demo", responses((status = OK, body = Demo)))]
#[get("/demo")]
pub(super) async fn find_demo(_anyone: Anyone, app: Data<AppState>) -> Result<Answer<Demo>> {
    if !app.config.demo {
        return Err(Error::of(Code::NotFound));
    }
    let sign_ins = content::people()?
        .into_iter()
        .filter_map(|person| {
            let role = person.sign_in?;
            Some(DemoSignIn { email: Email::parse(&content::address(&person.key)).ok()?, name: person.name, role })
        })
        .collect();
    Ok(Answer::ok(Demo { sign_ins, password: app.config.demo_password.clone() }))
}
