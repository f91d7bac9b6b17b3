//! What people wrote, each text a row of its own, so that hiding and erasing take effect wherever
//! it is shown. The log knows a text by its id and a salted hash.

use crate::{
    auth::keys::random,
    db::{Sql, Write},
    http::error::Result,
};
use aws_lc_rs::digest;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;
use shared::{ids::CommunityId, time::Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// A text that was stored, as an event names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wording {
    pub id: Uuid,
    /// SHA-256 of the salt and the text, in hex.
    pub hash: String,
}

/// Stores a plain text.
pub async fn put(tx: &Write<'_>, community: CommunityId, body: &str) -> Result<Wording> {
    insert(tx, community, body, None).await
}

/// Stores a text in Markdown, with its rendering.
pub async fn put_markdown(tx: &Write<'_>, community: CommunityId, body: &str) -> Result<Wording> {
    insert(tx, community, body, Some(render(body))).await
}

async fn insert(tx: &Write<'_>, community: CommunityId, body: &str, html: Option<String>) -> Result<Wording> {
    let (id, salt) = (tx.id(), random::<16>());
    Sql::with(
        "INSERT INTO wording (id, community_id, body, html, salt) VALUES ($1, $2, $3, $4, $5)",
        [id.into(), community.into(), body.into(), html.into(), salt.to_vec().into()],
    )
    .run(&**tx)
    .await?;
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&salt);
    context.update(body.as_bytes());
    let hash = context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Wording { id, hash })
}

/// Takes texts out of sight, or, with nothing, shows them again.
pub async fn hide(tx: &Write<'_>, ids: &[Uuid], at: Option<Timestamp>) -> Result<()> {
    let mut sql = Sql::new("UPDATE wording SET hidden_at = ");
    sql.bind(at).push(" WHERE id IN ").bind_all(ids.iter().copied());
    sql.run(&**tx).await?;
    Ok(())
}

/// Erases a text for good; its row and the log's hash of it remain.
pub async fn erase(tx: &Write<'_>, ids: &[Uuid]) -> Result<()> {
    let mut sql = Sql::new("UPDATE wording SET body = NULL, html = NULL, salt = NULL, erased_at = ");
    sql.bind(tx.at()).push(" WHERE id IN ").bind_all(ids.iter().copied());
    sql.run(&**tx).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    body: Option<String>,
}

/// The texts that are there to be read; those hidden only for a reader who `sees_hidden`.
pub async fn read(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
    sees_hidden: bool,
) -> Result<HashMap<Uuid, String>> {
    let mut ids = ids.into_iter().peekable();
    if ids.peek().is_none() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT id, body FROM wording WHERE ");
    if !sees_hidden {
        sql.push("hidden_at IS NULL AND ");
    }
    sql.push("id IN ").bind_all(ids);
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().filter_map(|row| row.body.map(|body| (row.id, body))).collect())
}

/// Markdown as HTML in which nothing can run, point elsewhere unseen, or be loaded from outside.
pub fn render(markdown: &str) -> String {
    let options = pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut html = String::with_capacity(markdown.len() * 2);
    // Who presses Enter means a new line, whatever Markdown makes of it.
    let events = pulldown_cmark::Parser::new_ext(markdown, options).map(|event| match event {
        pulldown_cmark::Event::SoftBreak => pulldown_cmark::Event::HardBreak,
        other => other,
    });
    pulldown_cmark::html::push_html(&mut html, events);
    ammonia::Builder::default()
        .tags(["p", "br", "em", "strong", "del", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"].into())
        .generic_attributes([].into())
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["https", "http", "mailto"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow ugc"))
        .clean(&html)
        .to_string()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_in_which_nothing_can_run() {
        assert_eq!(
            render("**так**\n\n- раз\n- два"),
            "<p><strong>так</strong></p>\n<ul>\n<li>раз</li>\n<li>два</li>\n</ul>"
        );
        assert_eq!(render("раз\nдва"), "<p>раз<br>\nдва</p>");
        assert_eq!(render("<script>alert(1)</script><img src=x onerror=alert(1)>"), "");
        assert_eq!(render("[a](javascript:alert(1))"), r#"<p><a rel="noopener noreferrer nofollow ugc">a</a></p>"#);
        assert_eq!(render("![cat](https://example.org/cat.png)"), "<p></p>");
    }
}
