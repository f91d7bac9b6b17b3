use crate::testing::TestApp;

#[actix_web::test]
async fn a_demo_tells_as_whom_to_sign_in_and_its_password_only_when_everybody_knows_it() {
    let well_known = TestApp::start_with(|config| {
        config.demo = true;
        config.demo_password = Some("demo-spilno-2026".to_owned());
    })
    .await;
    let chosen = TestApp::start_with(|config| config.demo = true).await;

    let told = well_known.anyone().get("/demo").await.expect(200).json();
    let kept = chosen.anyone().get("/demo").await.expect(200).json();

    assert_eq!(told["password"], "demo-spilno-2026");
    let citizen = told["sign_ins"].as_array().unwrap().iter().find(|one| one["role"] == "citizen").unwrap();
    assert_eq!(citizen["email"], "citizen@demo.spilno.example");
    assert_eq!((&kept["password"], &kept["sign_ins"]), (&serde_json::Value::Null, &told["sign_ins"]));
    chosen.stop().await;
    well_known.stop().await;
}

#[actix_web::test]
async fn elsewhere_there_is_no_demo() {
    let app = TestApp::start().await;

    assert_eq!(app.anyone().get("/demo").await.problem(), "404 not_found");
    app.stop().await;
}
