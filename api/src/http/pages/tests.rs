use crate::testing::{Answered, COMMUNITY, Client, TestApp};
use serde_json::json;
use shared::ids::CommunityId;

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

/// A report of something on a road, where nothing else is said.
async fn reports(who: &Client<'_>, title: &str, category: &str) -> String {
    let report = json!({
        "title": title,
        "description": "Глибока яма біля школи.\n\nДіти обходять її <проїжджою> частиною.",
        "category": category,
        "place": { "address": "вул. Садова", "house": "5" },
        "affected": ["everyone"],
    });
    who.post(&format!("/communities/{COMMUNITY}/issues"), report).await.expect(201).text("/id")
}

/// The main text, an element a line.
fn main_text(page: &str) -> String {
    between(page, "<div id=\"static\">", "</div>").replace("><", ">\n<")
}

#[actix_web::test]
async fn the_latest_public_issues_are_listed_and_the_way_to_older_ones() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    for (title, category, accepted) in [
        ("Яма & вибоїна", "roads", true),
        ("Довідка для лікаря", "health", true),
        ("Ще не розібране", "roads", false),
        ("Темна зупинка", "safety", true),
    ] {
        let id = reports(&reporter, title, category).await;
        if accepted {
            coordinator.post(&format!("/issues/{id}/accept"), json!({})).await.expect(200);
        }
    }
    let browser = app.anyone().with("Accept", "text/html");
    let page = html(&browser.fetch("/c/kalynova/issues").await.expect(200));
    insta::assert_snapshot!(main_text(&page), @r##"
    <main>
    <h1>Питання</h1>
    <p>
    <a href="/c/kalynova">Калинова громада</a>
    </p>
    <ul>
    <li>
    <a href="/c/kalynova/issues/4">Темна зупинка</a>
    <p>Відкрите · safety · <time datetime="2026-11-23">23.11.2026</time>
    </p>
    </li>
    <li>
    <a href="/c/kalynova/issues/1">Яма &amp; вибоїна</a>
    <p>Відкрите · roads · <time datetime="2026-11-23">23.11.2026</time>
    </p>
    </li>
    </ul>
    </main>
    "##);
    assert_eq!(html(&browser.fetch("/c/kalynova/issues?after=stale").await.expect(200)), page);

    for n in 0..50 {
        // Who triages is not limited.
        let id = reports(&coordinator, &format!("Яма {n}"), "roads").await;
        coordinator.post(&format!("/issues/{id}/accept"), json!({})).await.expect(200);
    }
    let page = html(&browser.fetch("/c/kalynova/issues").await.expect(200));
    assert!(page.contains("Яма 49") && page.contains("Яма 0<") && !page.contains("Темна зупинка"));
    let next = between(&page, "rel=\"next\" href=\"", "\"").replace("&amp;", "&");
    let page = html(&browser.fetch(&next).await.expect(200));
    assert!(page.contains("Темна зупинка") && !page.contains("Яма 0<") && !page.contains("rel=\"next\""));
    app.stop().await;
}

#[actix_web::test]
async fn an_issue_is_told_with_its_work_and_its_history_and_without_names() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    let id = reports(&reporter, "Яма на дорозі", "roads").await;
    coordinator.post(&format!("/issues/{id}/accept"), json!({})).await.expect(200);
    app.wait(chrono::TimeDelta::days(2));
    coordinator.post(&format!("/issues/{id}/resolve"), json!({ "statement": "Засипано" })).await.expect(200);
    reporter.post(&format!("/issues/{id}/confirm"), json!({})).await.expect(200);
    let browser = app.anyone().with("Accept", "text/html");

    let page = html(&browser.fetch("/c/kalynova/issues/1").await.expect(200));

    assert_eq!(between(&page, "<title>", "</title>"), "Яма на дорозі · Калинова громада · Спільно");
    assert_eq!(
        between(&page, "name=\"description\" content=\"", "\""),
        "Глибока яма біля школи. Діти обходять її &lt;проїжджою&gt; частиною."
    );
    assert_eq!(between(&page, "rel=\"canonical\" href=\"", "\""), "http://localhost:8080/c/kalynova/issues/1");
    insta::assert_snapshot!(main_text(&page), @r##"
    <main>
    <article>
    <h1>Яма на дорозі</h1>
    <p>Питання № 1 · <a href="/c/kalynova/issues">Питання</a> · <a href="/c/kalynova">Калинова громада</a>
    </p>
    <dl>
    <dt>Стан</dt>
    <dd>Підтверджене</dd>
    <dt>Категорія</dt>
    <dd>roads</dd>
    <dt>Де</dt>
    <dd>вул. Садова 5</dd>
    <dt>Повідомлено</dt>
    <dd>
    <time datetime="2026-11-23">23.11.2026</time>
    </dd>
    <dt>Підтримка</dt>
    <dd>0 підтримок</dd>
    <dt>Обговорення</dt>
    <dd>0 коментарів</dd>
    </dl>
    <p>Глибока яма біля школи.</p>
    <p>Діти обходять її &lt;проїжджою&gt; частиною.</p>
    <section>
    <h2>Кажуть, що вирішено</h2>
    <p>координатор громади · <time datetime="2026-11-25">25.11.2026</time> · Підтвердив той, хто повідомив · <time datetime="2026-11-25">25.11.2026</time>
    </p>
    <p>Засипано</p>
    </section>
    <section>
    <h2>Історія</h2>
    <ol>
    <li>
    <time datetime="2026-11-23">23.11.2026</time> Питання порушено · Мешканець або мешканка</li>
    <li>
    <time datetime="2026-11-23">23.11.2026</time> Питання прийнято · координатор громади</li>
    <li>
    <time datetime="2026-11-25">25.11.2026</time> Заявлено, що питання вирішене · координатор громади</li>
    <li>
    <time datetime="2026-11-25">25.11.2026</time> Підтверджено, що питання вирішене · Мешканець або мешканка</li>
    </ol>
    </section>
    </article>
    </main>
    "##);
    assert!(!page.contains("Коваль"));

    let declined = reports(&reporter, "Сусід шумить", "safety").await;
    let words = json!({ "reason": "not_an_issue", "words": "Це між сусідами." });
    coordinator.post(&format!("/issues/{declined}/decline"), words).await.expect(200);
    let page = html(&browser.with("Accept-Language", "en").fetch("/c/kalynova/issues/2").await.expect(200));
    insta::assert_snapshot!(main_text(&page), @r##"
    <main>
    <article>
    <h1>Сусід шумить</h1>
    <p>Issue No. 2 · <a href="/c/kalynova/issues">Issues</a> · <a href="/c/kalynova">Kalynova</a>
    </p>
    <dl>
    <dt>State</dt>
    <dd>Declined</dd>
    <dt>Category</dt>
    <dd>safety</dd>
    <dt>Reported</dt>
    <dd>
    <time datetime="2026-11-25">25 Nov 2026</time>
    </dd>
    <dt>Support</dt>
    <dd>0 supporters</dd>
    <dt>Discussion</dt>
    <dd>0 comments</dd>
    </dl>
    <p>Глибока яма біля школи.</p>
    <p>Діти обходять її &lt;проїжджою&gt; частиною.</p>
    <section>
    <h2>Why it was declined</h2>
    <p>Not about the common good · <time datetime="2026-11-25">25 Nov 2026</time>
    </p>
    <p>Це між сусідами.</p>
    </section>
    <section>
    <h2>History</h2>
    <ol>
    <li>
    <time datetime="2026-11-25">25 Nov 2026</time> Issue reported · A resident</li>
    <li>
    <time datetime="2026-11-25">25 Nov 2026</time> Issue declined · coordinator of the community</li>
    </ol>
    </section>
    </article>
    </main>
    "##);
    app.stop().await;
}

#[actix_web::test]
async fn who_does_what_is_told_with_the_issue() {
    let app = TestApp::start().await;
    let ngo = app.organisation("Світло <двору>", "ngo").await;
    app.taken_task(ngo).await;

    let page = html(&app.anyone().with("Accept", "text/html").fetch("/c/kalynova/issues/1").await.expect(200));

    let work = between(&page, "Хто що робить</h2><ul>", "</ul>").replace(&ngo.to_string(), "ngo");
    let task = between(&work, "/tasks/", "\"").to_owned();
    insta::assert_snapshot!(work.replace(&task, "task"), @r#"<li><a href="/c/kalynova/tasks/task">Засипати яму</a> · Взяте · <a href="/organisations/ngo">Світло &lt;двору&gt;</a></li>"#);
    assert!(page.contains("Пропозицію прийнято: Засипати яму · "), "{page}");
    app.stop().await;
}

#[actix_web::test]
async fn an_issue_that_is_not_public_answers_like_one_that_is_not_there_whoever_asks() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    reports(&reporter, "Ще не розібране", "roads").await;
    let private = reports(&reporter, "Довідка для лікаря", "health").await;
    coordinator.post(&format!("/issues/{private}/accept"), json!({})).await.expect(200);

    let mut answers = Vec::new();
    for who in [app.anyone(), reporter, coordinator] {
        for number in ["1", "2", "99", "4294967295"] {
            let page = who.with("Accept", "text/html").fetch(&format!("/c/kalynova/issues/{number}")).await.expect(404);
            answers.push(html(&page));
        }
    }

    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    app.stop().await;
}

#[actix_web::test]
async fn a_task_and_an_indicator_have_pages_in_their_own_community_only() {
    let app = TestApp::start().await;
    let community = app.community().await;
    app.add_community(CommunityId(uuid::Uuid::from_u128(2)), "lypova", "UA05020010000052692").await;
    let coordinator = app.coordinator().await;
    let (open, secret) =
        (reports(&coordinator, "Яма", "roads").await, reports(&coordinator, "Довідка", "health").await);
    for id in [&open, &secret] {
        coordinator.post(&format!("/issues/{id}/accept"), json!({})).await.expect(200);
    }
    let mut tasks = Vec::new();
    for issue in [open, secret] {
        let (task, issue): (_, uuid::Uuid) = (app.state.clock.id(), issue.parse().unwrap());
        let words = app.state.clock.id();
        app.insert(
            "wording",
            &[("id", words.into()), ("community_id", community.0.into()), ("body", "Засипати".into())],
        )
        .await;
        app.insert(
            "task",
            &[
                ("id", task.into()),
                ("community_id", community.0.into()),
                ("issue_id", issue.into()),
                ("state", "draft".into()),
                ("title_id", words.into()),
                ("result_id", words.into()),
                ("open_offers", 0i64.into()),
                ("created_at", 0i64.into()),
                ("changed_at", 0i64.into()),
                ("version", 1i64.into()),
                ("touched", 0i64.into()),
            ],
        )
        .await;
        tasks.push(task);
    }
    let indicator = json!({
        "name": { "uk": "Ями на дорогах" }, "unit": { "uk": "шт." }, "kind": "impact", "direction": "down",
        "source": "Облік КП", "target": "10", "target_day": "2027-12-31",
    });
    let indicator =
        coordinator.post(&format!("/communities/{COMMUNITY}/indicators"), indicator).await.expect(201).text("/id");
    let browser = app.anyone().with("Accept", "text/html");

    let page = html(&browser.fetch(&format!("/c/kalynova/tasks/{}", tasks[0])).await.expect(200));
    insta::assert_snapshot!(main_text(&page), @r##"
    <main>
    <article>
    <h1>Засипати</h1>
    <p>
    <a href="/c/kalynova/issues/1">Яма</a> · <a href="/c/kalynova">Калинова громада</a>
    </p>
    <dl>
    <dt>Стан</dt>
    <dd>Чернетка</dd>
    </dl>
    <h2>Що має бути зроблено</h2>
    <p>Засипати</p>
    </article>
    </main>
    "##);
    let page = html(&browser.fetch(&format!("/c/kalynova/indicators/{indicator}")).await.expect(200));
    insta::assert_snapshot!(main_text(&page), @r##"
    <main>
    <h1>Ями на дорогах</h1>
    <p>Що змінюється · <a href="/c/kalynova/indicators">Показники</a> · <a href="/c/kalynova">Калинова громада</a>
    </p>
    <dl>
    <dt>Одиниця</dt>
    <dd>шт.</dd>
    <dt>Ціль</dt>
    <dd>10 шт. (<time datetime="2027-12-31">31.12.2027</time>)</dd>
    <dt>Звідки дані</dt>
    <dd>Облік КП</dd>
    </dl>
    </main>
    "##);
    for address in [
        format!("/c/lypova/tasks/{}", tasks[0]),
        format!("/c/kalynova/tasks/{}", tasks[1]),
        format!("/c/kalynova/tasks/{indicator}"),
        format!("/c/lypova/indicators/{indicator}"),
        format!("/c/kalynova/indicators/{}", tasks[0]),
    ] {
        browser.fetch(&address).await.expect(404);
    }
    app.stop().await;
}
