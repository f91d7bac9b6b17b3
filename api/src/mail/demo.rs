//! `/demo/mail`: in the demo, the letters that would have been sent, as their readers see them.

use crate::{
    http::{
        context::Request,
        error::{Error, Result},
        html::escape,
    },
    mail::folder::{self, Written},
    state::AppState,
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use shared::{
    problem::Code,
    text::{Key, Lang},
};
use uuid::Uuid;

/// Letters carry their style with them; nothing else is loaded or run.
const CONTENT_SECURITY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The list shows no more.
const MOST: usize = 200;

pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/demo/mail", web::get().to(list)).route("/demo/mail/{id}", web::get().to(letter));
}

async fn list(req: HttpRequest, app: web::Data<AppState>) -> Result<HttpResponse> {
    only_in_the_demo(&app)?;
    let lang = Request::of(&req).lang;
    Ok(html(page(lang, &folder::latest(&app.config.mail_dir(), MOST)?)))
}

async fn letter(id: web::Path<Uuid>, app: web::Data<AppState>) -> Result<HttpResponse> {
    only_in_the_demo(&app)?;
    let letter = folder::read(&app.config.mail_dir(), *id)?.ok_or_else(|| Error::of(Code::NotFound))?;
    Ok(html(letter.html))
}

fn only_in_the_demo(app: &AppState) -> Result<()> {
    // Letters hold links that sign in. Where a password was chosen the demo is open to strangers.
    if app.config.demo && app.config.demo_password.is_some() { Ok(()) } else { Err(Error::of(Code::NotFound)) }
}

fn html(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        .content_type("text/html; charset=utf-8")
        .body(body)
}

fn page(lang: Lang, letters: &[Written]) -> String {
    let title = Key::MailDemoTitle.get(lang);
    let rows: String = letters
        .iter()
        .map(|letter| {
            let (moment, to, subject) =
                (letter.at.to_utc().format("%Y-%m-%d %H:%M UTC"), escape(&letter.to), escape(&letter.subject));
            format!("<li><a href=\"/demo/mail/{}\">{subject}</a><br><span>{to} · {moment}</span></li>\n", letter.id)
        })
        .collect();
    let letters =
        if rows.is_empty() { format!("<p>{}</p>", Key::MailDemoEmpty.get(lang)) } else { format!("<ol>\n{rows}</ol>") };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n\
         :root {{ color-scheme: light dark }}\n\
         body {{ max-width: 640px; margin: 0 auto; padding: 24px 16px; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; background: light-dark(#fbfaf8, #14171a); color: light-dark(#1c1b19, #eceae6) }}\n\
         h1 {{ font-size: 24px }}\n\
         ol {{ list-style: none; padding: 0 }}\n\
         li {{ padding: 12px 0; border-bottom: 1px solid light-dark(#e4e0d8, #2c3238) }}\n\
         a {{ color: light-dark(#0f665a, #67cdb8) }}\n\
         span {{ font-size: 14px; color: light-dark(#55524a, #b4b2ac) }}\n\
         </style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n{letters}\n</main>\n</body>\n</html>\n",
        lang.tag(),
        Key::MailDemoAbout.get(lang)
    )
}
