//! What the page of an organisation says before the app has drawn it.

use crate::{
    db::sql,
    http::{
        error::{Error, Result},
        html::escape,
        pages::Content,
    },
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    names::{Names, Slug},
    organisation::Sector,
    problem::Code,
    text::Lang,
    words::Word,
};

#[derive(Debug, FromQueryResult)]
struct Row {
    name_uk: String,
    name_en: Option<String>,
    sector: Sector,
    description: String,
}

/// Who it is; 404 when there is none.
pub(crate) async fn organisation(db: &impl ConnectionTrait, lang: Lang, slug: &Slug) -> Result<Content> {
    let row: Option<Row> = sql::one(
        db,
        "SELECT name_uk, name_en, sector, description FROM organisation WHERE slug = $1",
        [slug.as_str().into()],
    )
    .await?;
    let row = row.ok_or_else(|| Error::of(Code::NotFound))?;
    let name = Names { uk: row.name_uk, en: row.name_en };
    let (name, sector) = (name.get(lang), row.sector.text(lang));
    let html = format!("<h1>{}</h1><p>{}</p><p>{}</p>", escape(name), escape(sector), escape(&row.description));
    let description = if row.description.is_empty() { sector } else { &row.description };
    Ok(Content::new(name, description.chars().take(200).collect::<String>(), html))
}
