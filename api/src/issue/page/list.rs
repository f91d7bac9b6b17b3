use super::{COMMUNITY, Community};
use crate::{
    db::Sql,
    http::{
        error::{Error, Result},
        html::{day_of, escape, link},
        pages::{Content, Visit},
    },
    issue::list,
};
use sea_orm::ConnectionTrait;
use shared::{
    issue::{IssueSummary, ListIssues},
    names::Slug,
    page::Cursor,
    problem::Code,
    routes::Page,
    text::{Key, Lang},
    words::Word,
};

/// The latest public issues of a community, and the way to older ones.
pub(crate) async fn issues(db: &impl ConnectionTrait, visit: &Visit, slug: &Slug) -> Result<Content> {
    let community: Option<Community> =
        Sql::with(&format!("SELECT {COMMUNITY} FROM community WHERE slug = $1"), [slug.clone().into()]).one(db).await?;
    let community = community.ok_or_else(|| Error::of(Code::NotFound))?;
    let (lang, name) = (visit.lang, community.name(visit.lang));
    let page = page(db, visit, &community).await?;
    let items: String = page.items.iter().map(|issue| item(lang, slug, &community.time_zone, issue)).collect();
    let items = if items.is_empty() {
        format!("<p>{}</p>", Key::IssuesNoneTitle.get(lang))
    } else {
        format!("<ul>{items}</ul>")
    };
    let here = Page::Issues { community: slug.clone() };
    let older = page.next.map(|Cursor(next)| {
        let address = format!("{}?after={next}", here.path());
        format!("<p><a rel=\"next\" href=\"{}\">{}</a></p>", escape(&address), Key::PageIssuesOlder.get(lang))
    });
    let title = here.title().get(lang);
    let html = format!(
        "<h1>{title}</h1><p>{}</p>{items}{}",
        link(&Page::Community { community: slug.clone() }, &name),
        older.unwrap_or_default()
    );
    let description = Key::PageIssuesDescription.with(lang, &[("community", &name)]);
    Ok(Content::new(format!("{title} · {name}"), description, html))
}

/// A mark of another list begins at the beginning: an address of a page is never refused for it.
async fn page(
    db: &impl ConnectionTrait,
    visit: &Visit,
    community: &Community,
) -> Result<shared::page::Page<IssueSummary>> {
    let of = list::Community { id: community.id, time_zone: community.time_zone.clone() };
    let from = |after| ListIssues { after, ..ListIssues::default() };
    match list::items(db, &visit.caller, &of, &from(visit.after.clone())).await {
        Err(error) if error.code() == Code::CursorExpired => list::items(db, &visit.caller, &of, &from(None)).await,
        page => page,
    }
}

fn item(lang: Lang, slug: &Slug, zone: &str, issue: &IssueSummary) -> String {
    let untitled = Key::PageIssueNumber.with(lang, &[("number", &issue.number.to_string())]);
    let title = if issue.title.is_empty() { &untitled } else { &issue.title };
    let page = Page::Issue { community: slug.clone(), number: u32::try_from(issue.number).unwrap_or_default() };
    format!(
        "<li>{}<p>{} · {} · {}</p></li>",
        link(&page, title),
        escape(issue.state.text(lang)),
        escape(issue.category.name.get(lang)),
        day_of(lang, zone, issue.reported_at)
    )
}
