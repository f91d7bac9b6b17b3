use crate::{
    auth::limits::{self, UPLOADS_OF_CLIENT},
    file::{self, Subject},
    testing::{Answered, TestApp},
};
use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::Method,
    web::{self, Data},
};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::jpeg::JpegEncoder,
};
use sea_orm::ConnectionTrait;
use shared::{
    change::Thing,
    ids::FileId,
    upload::{FileKind, UploadClaim},
};
use std::{
    collections::BTreeMap,
    io::Cursor,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// What must never be found in what is served.
pub(super) const CANARY: &str = "CANARY-7f3a2b <script>alert(1)</script>";

/// The picture in a format.
pub(super) fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Red above and to the left, blue elsewhere.
pub(super) fn photo(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) }).into()
}

/// A JPEG that says how it was held (EXIF orientation) and has the canary in its metadata.
pub(super) fn with_metadata(image: &DynamicImage, orientation: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(image.as_bytes(), image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
    out
}

/// A TIFF structure with two tags: a description, and the orientation.
pub(super) fn exif(orientation: u8) -> Vec<u8> {
    let text = CANARY.as_bytes();
    let mut out = b"II\x2A\0\x08\0\0\0\x02\0".to_vec();
    out.extend([0x0E, 0x01, 2, 0]);
    out.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    out.extend(38u32.to_le_bytes());
    out.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    out.extend([0; 4]);
    out.extend(text);
    out
}

fn pdf() -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n% {CANARY}\ntrailer\n<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

fn claim_of(upload: &Answered) -> UploadClaim {
    serde_json::from_value(serde_json::json!({ "id": upload.text("/id"), "claim": upload.text("/claim") })).unwrap()
}

/// Claims the uploads for an issue of the community; the error's problem line, if it fails.
async fn claim(
    app: &TestApp,
    issue: Uuid,
    only: Option<FileKind>,
    uploads: &[UploadClaim],
) -> Result<Vec<FileId>, String> {
    let subject = Subject { kind: Thing::Issue, id: issue, community: app.community().await };
    let tx = app.state.write_as_system().await.unwrap();
    let claimed = file::claim(&tx, uploads, only, subject, "photos").await.map_err(|error| error.to_string())?;
    tx.commit().await.unwrap();
    Ok(claimed)
}

async fn count(app: &TestApp, table: &str) -> usize {
    app.state
        .db
        .read()
        .query_all_raw(sea_orm::Statement::from_string(app.state.db.backend(), format!("SELECT 1 AS one FROM {table}")))
        .await
        .unwrap()
        .len()
}

/// How many objects lie in the folder of files.
fn stored(app: &TestApp) -> usize {
    let folder = app.state.config.data_dir.join("files");
    folder.read_dir().unwrap().flatten().filter_map(|entry| Some(entry.path().read_dir().ok()?.count())).sum()
}

fn decoded(answer: &Answered) -> DynamicImage {
    image::load_from_memory(&answer.bytes).unwrap()
}

#[actix_web::test]
async fn a_photo_comes_in_three_sizes_to_whoever_may_see_it() {
    let app = TestApp::start().await;
    let (citizen, moderator) = (app.citizen().await, app.moderator().await);

    let upload = citizen.upload("image/jpeg", encoded(&photo(1600, 1200), ImageFormat::Jpeg)).await.expect(201);
    let path = format!("/files/{}", upload.text("/id"));
    assert_eq!(upload.text("/kind"), "photo");
    assert_eq!(upload.header("location"), Some(format!("/api/v1{path}").as_str()));
    // Nobody but its uploader while it belongs to nothing.
    citizen.get(&path).await.expect(200);
    assert_eq!(moderator.get(&path).await.problem(), "404 not_found");
    assert_eq!(
        app.anyone().get(&path).await.problem(),
        app.anyone().get(&format!("/files/{}", Uuid::from_u128(7))).await.problem()
    );

    claim(&app, Uuid::from_u128(5), Some(FileKind::Photo), &[claim_of(&upload)]).await.unwrap();
    for (size, width, height) in [("", 1600, 1200), ("?size=large", 1280, 960), ("?size=thumb", 320, 240)] {
        let picture = decoded(&moderator.get(&format!("{path}{size}")).await.expect(200));
        assert_eq!((picture.width(), picture.height()), (width, height));
    }
    assert_eq!(citizen.get(&format!("{path}?size=huge")).await.problem(), "400 malformed");
    assert_eq!(app.citizen().await.get(&path).await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn a_file_is_served_so_that_nothing_in_it_can_run() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;

    let upload = citizen.upload("image/png", encoded(&photo(30, 20), ImageFormat::Png)).await.expect(201);
    let path = format!("/files/{}?size=thumb", upload.text("/id"));
    let served = citizen.get(&path).await.expect(200);
    let names = [
        "content-type",
        "content-disposition",
        "content-security-policy",
        "x-content-type-options",
        "cross-origin-resource-policy",
        "cache-control",
        "vary",
    ];
    let headers: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: {}", served.header(name).unwrap().replace(&upload.text("/id"), "<id>")))
        .collect();
    insta::assert_snapshot!(headers.join("\n"), @r#"
    content-type: image/jpeg
    content-disposition: inline; filename="<id>.jpg"
    content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox
    x-content-type-options: nosniff
    cross-origin-resource-policy: same-origin
    cache-control: private, max-age=31536000, immutable
    vary: Authorization, Cookie, Accept-Language, Spilno-Acting-For
    "#);
    let known = citizen.with("If-None-Match", served.header("etag").unwrap()).get(&path).await.expect(304);
    assert!(known.bytes.is_empty());
    // What one may not see is not confirmed by its tag either.
    assert_eq!(app.anyone().with("If-None-Match", served.header("etag").unwrap()).get(&path).await.status, 404);
    app.stop().await;
}

#[actix_web::test]
async fn a_photo_is_turned_upright_and_says_nothing_more_than_its_pixels() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let red = |pixel: image::Rgba<u8>| pixel.0[0] > 150 && pixel.0[2] < 100;

    // How the camera was held, and where the red left half of what it stored belongs.
    let held: [(u8, u32, u32, (u32, u32)); 8] = [
        (1, 40, 20, (2, 10)),
        (2, 40, 20, (37, 10)),
        (3, 40, 20, (37, 10)),
        (4, 40, 20, (2, 10)),
        (5, 20, 40, (10, 2)),
        (6, 20, 40, (10, 2)),
        (7, 20, 40, (10, 37)),
        (8, 20, 40, (10, 37)),
    ];
    for (orientation, width, height, (x, y)) in held {
        let sent = with_metadata(&photo(40, 20), orientation);
        assert!(contains(&sent, b"CANARY"));
        let upload = citizen.upload("image/jpeg", sent).await.expect(201);
        for size in ["", "?size=large", "?size=thumb"] {
            let served = citizen.get(&format!("/files/{}{size}", upload.text("/id"))).await.expect(200);
            assert!(!contains(&served.bytes, b"CANARY") && !contains(&served.bytes, b"Exif"));
            let picture = decoded(&served);
            assert_eq!((picture.width(), picture.height()), (width, height), "orientation {orientation}");
            assert!(red(image::GenericImageView::get_pixel(&picture, x, y)), "orientation {orientation}");
        }
    }
    app.stop().await;
}

#[actix_web::test]
async fn transparency_stays_where_something_shows_through() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;

    let glass: DynamicImage = RgbaImage::from_pixel(40, 30, Rgba([10, 200, 10, 128])).into();
    let opaque: DynamicImage = RgbaImage::from_pixel(40, 30, Rgba([10, 200, 10, 255])).into();
    let mut kinds = Vec::new();
    for (image, format) in [
        (&glass, ImageFormat::Png),
        (&glass, ImageFormat::WebP),
        (&opaque, ImageFormat::Png),
        (&opaque, ImageFormat::WebP),
    ] {
        let upload = citizen.upload("image/png", encoded(image, format)).await.expect(201);
        kinds.push(
            citizen
                .get(&format!("/files/{}", upload.text("/id")))
                .await
                .expect(200)
                .header("content-type")
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(kinds, ["image/png", "image/png", "image/jpeg", "image/jpeg"]);
    app.stop().await;
}

#[actix_web::test]
async fn a_document_is_kept_as_it_came_and_only_downloaded() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;

    let upload = citizen.upload("application/pdf", pdf()).await.expect(201);
    let served = citizen.get(&format!("/files/{}?size=thumb", upload.text("/id"))).await.expect(200);
    assert_eq!(upload.text("/kind"), "document");
    assert_eq!(served.bytes, pdf());
    assert_eq!(served.header("content-type"), Some("application/pdf"));
    assert!(served.header("content-disposition").unwrap().starts_with("attachment;"));
    assert!(served.header("content-security-policy").unwrap().ends_with("sandbox"));
    app.stop().await;
}

#[actix_web::test]
async fn a_file_is_claimed_once_by_who_holds_its_claim() {
    let app = TestApp::start().await;
    let photo = || encoded(&photo(20, 20), ImageFormat::Png);
    let first = claim_of(&app.anyone().upload("image/png", photo()).await.expect(201));
    let second = claim_of(&app.anyone().upload("image/png", photo()).await.expect(201));
    let document = claim_of(&app.anyone().upload("", pdf()).await.expect(201));
    let (issue, other) = (Uuid::from_u128(5), Uuid::from_u128(6));
    let refused = Err("invalid [FieldError { field: \"photos\", code: Unknown, params: {} }]".to_owned());

    let forged = UploadClaim { claim: second.claim.clone(), ..first.clone() };
    assert_eq!(claim(&app, issue, None, &[forged]).await, refused);
    assert_eq!(claim(&app, issue, Some(FileKind::Photo), std::slice::from_ref(&document)).await, refused);
    assert_eq!(claim(&app, issue, None, &[first.clone(), first.clone()]).await, refused);
    let claimed = claim(&app, issue, None, &[second.clone(), document, first.clone()]).await.unwrap();
    assert_eq!(claim(&app, other, None, std::slice::from_ref(&first)).await, refused);

    let links = file::links(app.state.db.read(), Thing::Issue, [issue, other]).await.unwrap();
    assert_eq!(links[&issue].iter().map(|link| link.id).collect::<Vec<_>>(), claimed);
    assert_eq!((links[&issue][0].width, links[&issue][1].kind), (Some(20), FileKind::Document));
    assert!(!links.contains_key(&other));
    app.stop().await;
}

#[actix_web::test]
async fn a_hidden_file_is_gone_for_all_but_moderators_and_its_uploader() {
    let app = TestApp::start().await;
    let (citizen, moderator) = (app.citizen().await, app.moderator().await);
    let upload = claim_of(&citizen.upload("image/png", encoded(&photo(20, 20), ImageFormat::Png)).await.expect(201));
    let issue = Uuid::from_u128(5);
    claim(&app, issue, None, std::slice::from_ref(&upload)).await.unwrap();

    let tx = app.state.write_as_system().await.unwrap();
    assert!(file::hide(&tx, upload.id).await.unwrap());
    assert!(!file::hide(&tx, upload.id).await.unwrap());
    tx.commit().await.unwrap();

    assert!(file::links(app.state.db.read(), Thing::Issue, [issue]).await.unwrap().is_empty());
    moderator.get(&format!("/files/{}", upload.id)).await.expect(200);
    citizen.get(&format!("/files/{}", upload.id)).await.expect(200);
    let tx = app.state.write_as_system().await.unwrap();
    assert!(file::show(&tx, upload.id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(file::links(app.state.db.read(), Thing::Issue, [issue]).await.unwrap()[&issue].len(), 1);
    app.stop().await;
}

#[actix_web::test]
async fn what_nobody_claims_within_a_day_is_deleted_with_its_content() {
    let app = TestApp::start().await;
    let upload = async || app.anyone().upload("image/png", encoded(&photo(20, 20), ImageFormat::Png)).await;
    let (claimed, forgotten) = (claim_of(&upload().await), claim_of(&upload().await));
    claim(&app, Uuid::from_u128(5), None, std::slice::from_ref(&claimed)).await.unwrap();
    app.wait(chrono::TimeDelta::hours(23));
    let recent = claim_of(&upload().await);
    file::sweep(&app.state).await.unwrap();
    assert_eq!((count(&app, "file").await, stored(&app)), (3, 9));

    app.wait(chrono::TimeDelta::hours(2));
    file::sweep(&app.state).await.unwrap();
    app.run_due().await;

    assert_eq!((count(&app, "file").await, stored(&app)), (2, 6));
    claim(&app, Uuid::from_u128(5), None, std::slice::from_ref(&recent)).await.unwrap();
    assert!(claim(&app, Uuid::from_u128(5), None, std::slice::from_ref(&forgotten)).await.is_err());
    app.stop().await;
}

#[actix_web::test]
async fn the_files_of_a_report_go_with_it() {
    let app = TestApp::start().await;
    let upload = claim_of(&app.anyone().upload("image/png", encoded(&photo(20, 20), ImageFormat::Png)).await);
    let community = app.community().await;
    let [report, issue] = [3, 4].map(|id| Subject { kind: Thing::Issue, id: Uuid::from_u128(id), community });
    claim(&app, report.id, None, std::slice::from_ref(&upload)).await.unwrap();

    let tx = app.state.write_as_system().await.unwrap();
    file::move_to(&tx, report, issue).await.unwrap();
    tx.commit().await.unwrap();
    let links = file::links(app.state.db.read(), Thing::Issue, [report.id, issue.id]).await.unwrap();
    assert_eq!(links.keys().collect::<Vec<_>>(), [&issue.id]);

    let tx = app.state.write_as_system().await.unwrap();
    file::release(&tx, issue).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((count(&app, "file").await, count(&app, "job").await), (0, 1));
    app.stop().await;
}

pub(super) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// As much of an S3 bucket as the store asks of one: objects by address, for signed requests only.
async fn bucket(objects: Objects) -> (u16, actix_web::dev::ServerHandle) {
    let server =
        HttpServer::new(move || App::new().app_data(Data::from(Arc::clone(&objects))).default_service(web::to(object)))
            .workers(1)
            .disable_signals();
    let server = server.bind(("127.0.0.1", 0)).unwrap();
    let port = server.addrs()[0].port();
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (port, handle)
}

type Objects = Arc<Mutex<BTreeMap<String, web::Bytes>>>;

async fn object(
    req: HttpRequest,
    body: web::Bytes,
    objects: Data<Mutex<BTreeMap<String, web::Bytes>>>,
) -> HttpResponse {
    if !req.headers().get("authorization").is_some_and(|value| value.to_str().unwrap().contains("Credential=key/")) {
        return HttpResponse::Forbidden().finish();
    }
    let (mut objects, path) = (objects.lock().unwrap(), req.path().to_owned());
    match *req.method() {
        Method::PUT => {
            objects.insert(path, body);
            HttpResponse::Ok().insert_header(("ETag", "\"1\"")).finish()
        }
        Method::GET => match objects.get(&path) {
            Some(object) => HttpResponse::Ok()
                .insert_header(("ETag", "\"1\""))
                .insert_header(("Last-Modified", "Mon, 23 Nov 2026 09:30:00 GMT"))
                .body(object.clone()),
            None => HttpResponse::NotFound().finish(),
        },
        // Objects are deleted by a list of their keys.
        Method::POST if req.query_string() == "delete" => {
            let list = String::from_utf8(body.to_vec()).unwrap();
            let keys: Vec<&str> =
                list.split("<Key>").skip(1).filter_map(|rest| Some(rest.split_once("</Key>")?.0)).collect();
            let deleted: String = keys.iter().map(|key| format!("<Deleted><Key>{key}</Key></Deleted>")).collect();
            objects.retain(|path, _| !keys.iter().any(|key| *path == format!("/photos/{key}")));
            HttpResponse::Ok().content_type("application/xml").body(format!("<DeleteResult>{deleted}</DeleteResult>"))
        }
        _ => HttpResponse::MethodNotAllowed().finish(),
    }
}

#[actix_web::test]
async fn files_lie_in_a_bucket_when_the_settings_name_one() {
    let objects = Objects::default();
    let (port, handle) = bucket(Arc::clone(&objects)).await;
    let address = format!(
        "s3://key:se%2Fcr%2Bet@photos/of-spilno?region=eu-north-1&endpoint=http://127.0.0.1:{port}&allow_http=true"
    );
    let app = TestApp::start_with(|config| config.files_url = Some(address.parse().unwrap())).await;
    let citizen = app.citizen().await;

    let upload =
        claim_of(&citizen.upload("image/jpeg", encoded(&photo(600, 400), ImageFormat::Jpeg)).await.expect(201));
    let keys: Vec<String> = objects.lock().unwrap().keys().cloned().collect();
    let folder = upload.id.to_string()[34..].to_owned();
    assert_eq!(keys, ["full", "large", "thumb"].map(|size| format!("/photos/of-spilno/{folder}/{}.{size}", upload.id)));
    let thumb = decoded(&citizen.get(&format!("/files/{}?size=thumb", upload.id)).await.expect(200));
    assert_eq!(thumb.width(), 320);

    app.wait(chrono::TimeDelta::hours(25));
    file::sweep(&app.state).await.unwrap();
    app.run_due().await;
    assert!(objects.lock().unwrap().is_empty());
    app.stop().await;
    handle.stop(false).await;
}

#[actix_web::test]
async fn the_cookie_alone_shows_a_picture_and_uploads_in_nobodys_name() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let picture = || encoded(&photo(20, 20), ImageFormat::Png);

    let mine = citizen.upload("image/png", picture()).await.expect(201);
    citizen.by_cookie().get(&format!("/files/{}", mine.text("/id"))).await.expect(200);
    assert_eq!(app.citizen().await.by_cookie().get(&format!("/files/{}", mine.text("/id"))).await.status, 404);
    let nobodys = citizen.by_cookie().upload("image/png", picture()).await.expect(201);
    assert_eq!(citizen.get(&format!("/files/{}", nobodys.text("/id"))).await.status, 404);
    app.stop().await;
}

#[actix_web::test]
async fn one_client_uploads_so_much_an_hour_whatever_it_claims_to_be() {
    let app = TestApp::start().await;
    let limit = usize::try_from(UPLOADS_OF_CLIENT.most).unwrap();
    for _ in 0..limit {
        limits::spend(&app.state, &[(&UPLOADS_OF_CLIENT, "192.0.2.1")]).await.unwrap().keep();
    }

    // The peer is no proxy that is believed.
    let forged = app
        .anyone()
        .with("X-Forwarded-For", "203.0.113.9")
        .upload("image/png", encoded(&photo(20, 20), ImageFormat::Png))
        .await;
    assert_eq!(forged.problem(), "429 too_many");
    assert!(forged.header("retry-after").is_some());
    app.wait(chrono::TimeDelta::hours(1));
    app.anyone().upload("image/png", encoded(&photo(20, 20), ImageFormat::Png)).await.expect(201);
    app.stop().await;
}
