//! What the page of an indicator says before the app has drawn it.

use crate::{
    http::{
        error::{Error, Result},
        html::{day, escape, link},
        pages::Content,
    },
    indicator::store,
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::IndicatorId,
    indicator::Level,
    names::Slug,
    problem::Code,
    routes::Page,
    text::{Key, Lang},
    words::Word,
};

/// One indicator of the community, or 404.
pub(crate) async fn indicator(db: &impl ConnectionTrait, lang: Lang, slug: &Slug, id: IndicatorId) -> Result<Content> {
    let row = store::find(db, id).await?;
    if row.community_slug != *slug {
        return Err(Error::of(Code::NotFound));
    }
    let (names, unit, source, community) = (row.names(), row.unit(), row.source.clone(), row.community());
    let (name, community) = (names.get(lang), community.get(lang));
    let indicator = row.summary();
    let unit = unit.get(lang);
    let fact = |name: Key, value: &str| format!("<dt>{}</dt><dd>{value}</dd>", name.get(lang));
    let level = |name: Key, level: Option<Level>| {
        level.map(|level| fact(name, &format!("{} {} ({})", level.value, escape(unit), day(lang, level.day))))
    };
    let facts = [
        Some(fact(Key::PageIndicatorUnit, &escape(unit))),
        level(Key::PageIndicatorBaseline, indicator.baseline),
        level(Key::PageIndicatorLatest, indicator.latest),
        level(Key::PageIndicatorTarget, indicator.target),
        (!source.is_empty()).then(|| fact(Key::PageIndicatorSource, &escape(&source))),
    ];
    let html = format!(
        "<h1>{}</h1><p>{} · {} · {}</p><dl>{}</dl>",
        escape(name),
        escape(indicator.kind.text(lang)),
        link(
            &Page::Indicators { community: slug.clone() },
            Page::Indicators { community: slug.clone() }.title().get(lang)
        ),
        link(&Page::Community { community: slug.clone() }, community),
        facts.into_iter().flatten().collect::<String>(),
    );
    let description =
        format!("{name}, {unit}. {}", Key::PageCommunityDescription.with(lang, &[("community", community)]));
    Ok(Content::new(format!("{name} · {community}"), description, html))
}
