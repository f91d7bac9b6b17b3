//! What the pages of communities say before the app has drawn them.

use crate::{
    community::store,
    db::sql,
    http::{error::Result, html::escape, pages::Content},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    names::{Names, Slug},
    routes::Page,
    text::{Key, Lang},
};

/// More communities than the first page names are found by its list.
const MOST: &str = "500";

#[derive(Debug, FromQueryResult)]
struct Row {
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
}

/// The start: what this is, and the communities.
pub(crate) async fn home(db: &impl ConnectionTrait, lang: Lang) -> Result<Content> {
    let rows: Vec<Row> =
        sql::all(db, &format!("SELECT slug, name_uk, name_en FROM community ORDER BY sort_key, id LIMIT {MOST}"), [])
            .await?;
    let communities: String = rows
        .into_iter()
        .map(|row| {
            let name = Names { uk: row.name_uk, en: row.name_en };
            link(&Page::Community { community: row.slug }, name.get(lang))
        })
        .collect();
    let html = format!(
        "<h1>{}</h1><p>{}</p><h2>{}</h2><ul>{communities}</ul>",
        Key::HomeHeading.get(lang),
        Key::HomeLede.get(lang),
        Key::HomeCommunities.get(lang),
    );
    Ok(Content::new(Page::Home.title().get(lang), Key::HomeLede.get(lang), html))
}

/// One community: what it is, and where its parts are.
pub(crate) async fn community(db: &impl ConnectionTrait, lang: Lang, slug: &Slug) -> Result<Content> {
    let community = store::find(db, slug).await?;
    let name = Names { uk: community.name_uk, en: community.name_en };
    let name = name.get(lang);
    let population = community.population.and_then(|population| u64::try_from(population).ok());
    let population = population
        .map(|population| {
            format!("<p>{}</p>", Key::HomePopulation.count(lang, population, &[("people", &population.to_string())]))
        })
        .unwrap_or_default();
    let parts: String = [
        Page::Issues { community: slug.clone() },
        Page::Report { community: slug.clone() },
        Page::Tasks { community: slug.clone() },
        Page::Indicators { community: slug.clone() },
        Page::Organisations { community: slug.clone() },
    ]
    .map(|page| link(&page, page.title().get(lang)))
    .concat();
    let html = format!("<h1>{}</h1>{population}<nav><ul>{parts}</ul></nav>", escape(name));
    Ok(Content::new(name, Key::PageCommunityDescription.with(lang, &[("community", name)]), html))
}

/// A page of a community that says no more than what it is; 404 when there is no such community.
pub(crate) async fn within(db: &impl ConnectionTrait, lang: Lang, slug: &Slug, page: &Page) -> Result<Content> {
    let community = store::link_of_slug(db, slug).await?;
    let name = community.name.get(lang);
    let title = page.title().get(lang);
    let html =
        format!("<h1>{title}</h1><ul>{}</ul>", link(&Page::Community { community: community.slug.clone() }, name));
    Ok(Content::new(
        format!("{title} · {name}"),
        Key::PageCommunityDescription.with(lang, &[("community", name)]),
        html,
    ))
}

fn link(to: &Page, name: &str) -> String {
    format!("<li><a href=\"{}\">{}</a></li>", escape(&to.path()), escape(name))
}
