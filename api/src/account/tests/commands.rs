//! What `spilno user` does.

use super::{PASSWORD, bearer};
use crate::{
    account::admin::{self, NewUser},
    testing::TestApp,
};
use serde_json::json;
use shared::{
    account::{Email, Password, Secret},
    text::Lang,
};

#[actix_web::test]
async fn an_account_made_by_command_signs_in_and_gains_and_loses_power_at_once() {
    let app = TestApp::start().await;
    let (email, password) =
        (Email::parse("main@example.org").unwrap(), Password::parse(&Secret(PASSWORD.into())).unwrap());
    let user = || NewUser {
        email: &email,
        name: "Ірина Гай",
        password: Some(&password),
        language: Lang::Uk,
        main_coordinator: false,
    };
    admin::create(&app.state, user()).await.unwrap();
    assert!(admin::create(&app.state, user()).await.is_err(), "the address is taken");

    let signed_in =
        app.anyone().post("/sessions", json!({ "email": "main@example.org", "password": PASSWORD })).await.expect(200);
    let me = bearer(&app, &signed_in);
    for on in [true, false] {
        admin::set_main_coordinator(&app.state, &email, on).await.unwrap().unwrap();
        assert_eq!(me.get("/me").await.expect(200).json()["main_coordinator"], on);
    }
    let listed = admin::list(&app.state).await.unwrap();
    assert_eq!((listed.len(), listed[0].has_password, listed[0].name.as_str()), (1, true, "Ірина Гай"));

    admin::set_password(&app.state, &email, &Password::parse(&Secret("інший добрий сад".into())).unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(me.get("/me").await.status, 401);
    assert!(
        admin::set_main_coordinator(&app.state, &Email::parse("nobody@example.org").unwrap(), true)
            .await
            .unwrap()
            .is_none()
    );
    app.stop().await;
}
