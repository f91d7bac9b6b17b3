use crate::testing::{Answered, COMMUNITY, TestApp};

fn html(answer: &Answered) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

/// What stands between two pieces of the page.
fn between<'a>(html: &'a str, begin: &str, end: &str) -> &'a str {
    html.split_once(begin)
        .and_then(|(_, rest)| rest.split_once(end))
        .unwrap_or_else(|| panic!("no {begin} … {end} in {html}"))
        .0
}

#[actix_web::test]
async fn a_community_is_told_in_plain_html_with_its_addresses() {
    let app = TestApp::start().await;
    app.community().await;

    let answer = app.anyone().with("Accept", "text/html").fetch(&format!("/c/{COMMUNITY}")).await.expect(200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
    let page = html(&answer);
    insta::assert_snapshot!(between(&page, "<title>", "</title>"), @"Калинова громада · Спільно");
    insta::assert_snapshot!(between(&page, "type=\"image/svg+xml\">", "</head>").replace("><", ">\n<").lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains("manifest") && !line.contains("theme-color")).collect::<Vec<_>>().join("\n"), @r##"
    <meta name="description" content="Калинова громада: що має стати кращим, хто за це взявся і що вже змінилося.">
    <link rel="canonical" href="http://localhost:8080/c/kalynova">
    <link rel="alternate" hreflang="uk" href="http://localhost:8080/c/kalynova?lang=uk">
    <link rel="alternate" hreflang="en" href="http://localhost:8080/c/kalynova?lang=en">
    <link rel="alternate" hreflang="x-default" href="http://localhost:8080/c/kalynova">
    <meta property="og:url" content="http://localhost:8080/c/kalynova">
    <meta property="og:type" content="website">
    <meta property="og:site_name" content="Спільно">
    <meta property="og:title" content="Калинова громада">
    <meta property="og:description" content="Калинова громада: що має стати кращим, хто за це взявся і що вже змінилося.">
    <meta property="og:locale" content="uk_UA">
    "##);
    insta::assert_snapshot!(between(&page, "<div id=\"static\">", "</div>").replace("><", ">\n<"), @r##"
    <main>
    <h1>Калинова громада</h1>
    <nav>
    <ul>
    <li>
    <a href="/c/kalynova/issues">Питання</a>
    </li>
    <li>
    <a href="/c/kalynova/report">Повідомити про питання</a>
    </li>
    <li>
    <a href="/c/kalynova/tasks">Завдання</a>
    </li>
    <li>
    <a href="/c/kalynova/indicators">Показники</a>
    </li>
    <li>
    <a href="/c/kalynova/organisations">Організації</a>
    </li>
    </ul>
    </nav>
    </main>
    "##);
    app.anyone()
        .with("Accept", "text/html")
        .with("If-None-Match", answer.header("etag").unwrap())
        .fetch(&format!("/c/{COMMUNITY}"))
        .await
        .expect(304);
    app.stop().await;
}

#[actix_web::test]
async fn the_language_is_the_addresss_else_the_browsers() {
    let app = TestApp::start().await;
    app.community().await;
    let browser = |language: &str| app.anyone().with("Accept", "text/html").with("Accept-Language", language);

    let mut seen = Vec::new();
    for (language, address) in [
        ("de", "/c/kalynova"),
        ("en-GB", "/c/kalynova"),
        ("en", "/c/kalynova?lang=uk&fbclid=x"),
        ("uk", "/c/kalynova?lang=en"),
        ("uk", "/c/kalynova?lang=xx"),
    ] {
        let page = html(&browser(language).fetch(address).await.expect(200));
        seen.push(format!(
            "{language} {address}: {} {} {}",
            between(&page, "<html lang=\"", "\""),
            between(&page, "<title>", "</title>"),
            between(&page, "rel=\"canonical\" href=\"", "\"")
        ));
    }
    insta::assert_snapshot!(seen.join("\n"), @r##"
    de /c/kalynova: uk Калинова громада · Спільно http://localhost:8080/c/kalynova
    en-GB /c/kalynova: en Kalynova · Spilno http://localhost:8080/c/kalynova
    en /c/kalynova?lang=uk&fbclid=x: uk Калинова громада · Спільно http://localhost:8080/c/kalynova?lang=uk
    uk /c/kalynova?lang=en: en Kalynova · Spilno http://localhost:8080/c/kalynova?lang=en
    uk /c/kalynova?lang=xx: uk Калинова громада · Спільно http://localhost:8080/c/kalynova
    "##);
    app.stop().await;
}

#[actix_web::test]
async fn what_is_not_there_is_a_page_with_404_for_people_and_a_problem_for_programs() {
    let app = TestApp::start().await;
    app.community().await;
    let (browser, program) = (
        app.anyone().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
        app.anyone().with("Accept", "application/json"),
    );

    for address in [
        "/nothing",
        "/c/unknown",
        "/c/unknown/issues",
        "/c/unknown/tasks",
        "/organisations/unknown",
        "/c/kalynova/nothing",
        "/c/KALYNOVA",
        "/wp-admin/setup.php",
    ] {
        let page = html(&browser.fetch(address).await.expect(404));
        assert!(
            page.contains("<meta name=\"robots\" content=\"noindex\">") && !page.contains("canonical"),
            "{address}"
        );
        assert!(page.contains("<h1>Тут нічого немає</h1>"), "{address}");
        assert_eq!(program.fetch(address).await.problem(), "404 not_found");
    }
    for address in ["/api/v1/nothing", "/api/nothing", "/api"] {
        assert_eq!(browser.fetch(address).await.problem(), "404 not_found", "{address}");
    }
    app.stop().await;
}

#[actix_web::test]
async fn every_page_answers_and_nobodys_own_pages_are_kept_from_search_engines() {
    let app = TestApp::start().await;
    app.community().await;

    let mut listed = Vec::new();
    for address in [
        "/",
        "/sign-in",
        "/sign-up",
        "/reset",
        "/m",
        "/me",
        "/inbox",
        "/admin",
        "/c/kalynova/issues",
        "/c/kalynova/report",
        "/c/kalynova/triage",
        "/c/kalynova/tasks",
        "/c/kalynova/organisations",
        "/c/kalynova/indicators",
        "/c/kalynova/settings",
        "/organisations/new",
    ] {
        // As the makers of link previews ask.
        let page = html(&app.anyone().with("Accept", "*/*").fetch(address).await.expect(200));
        let robots = if page.contains("noindex") { "kept out" } else { "listed" };
        listed.push(format!("{address}: {robots}, {}", between(&page, "<title>", "</title>")));
    }
    insta::assert_snapshot!(listed.join("\n"), @r##"
    /: listed, Що відбувається · Спільно
    /sign-in: kept out, Вхід · Спільно
    /sign-up: kept out, Реєстрація · Спільно
    /reset: kept out, Новий пароль · Спільно
    /m: kept out, Посилання з листа · Спільно
    /me: kept out, Мій обліковий запис · Спільно
    /inbox: kept out, Вхідні · Спільно
    /admin: kept out, Керування · Спільно
    /c/kalynova/issues: listed, Питання · Калинова громада · Спільно
    /c/kalynova/report: listed, Повідомити про питання · Калинова громада · Спільно
    /c/kalynova/triage: kept out, Розбір · Калинова громада · Спільно
    /c/kalynova/tasks: listed, Завдання · Калинова громада · Спільно
    /c/kalynova/organisations: listed, Організації · Калинова громада · Спільно
    /c/kalynova/indicators: listed, Показники · Калинова громада · Спільно
    /c/kalynova/settings: kept out, Налаштування громади · Калинова громада · Спільно
    /organisations/new: kept out, Нова організація · Спільно
    "##);
    app.stop().await;
}

#[actix_web::test]
async fn a_name_is_never_markup() {
    let app = TestApp::start().await;
    let organisation = app.organisation("<script>alert(1)</script>\"'&", "ngo").await;

    let page = html(
        &app.anyone().with("Accept", "text/html").fetch(&format!("/organisations/{organisation}")).await.expect(200),
    );

    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
    app.stop().await;
}
