//! What the pages of issues and their tasks say before the app has drawn them: what everybody may
//! see, as plain HTML.

mod list;
mod one;
mod task;

pub(crate) use list::issues;
pub(crate) use one::issue;
pub(crate) use task::task;

use crate::http::html::{escape, link};
use sea_orm::FromQueryResult;
use shared::{
    names::{Names, OrganisationLink, Who},
    routes::Page,
    text::{Key, Lang},
    words::Word,
};

/// The columns of [`Community`], of `community`.
const COMMUNITY: &str = "community.id, community.name_uk, community.name_en, community.time_zone";

/// The community whose page it is.
#[derive(Debug, FromQueryResult)]
struct Community {
    id: shared::ids::CommunityId,
    name_uk: String,
    name_en: Option<String>,
    time_zone: String,
}

impl Community {
    fn name(&self, lang: Lang) -> String {
        Names { uk: self.name_uk.clone(), en: self.name_en.clone() }.get(lang).to_owned()
    }
}

/// One line of what is known: what it is, and its value in HTML.
fn fact(name: Key, lang: Lang, value: &str) -> String {
    format!("<dt>{}</dt><dd>{value}</dd>", escape(name.get(lang)))
}

fn organisation(lang: Lang, of: &OrganisationLink) -> String {
    link(&Page::Organisation { organisation: of.slug.clone() }, of.name.get(lang))
}

/// Who did something, as everybody may know it.
fn who(lang: Lang, who: &Who) -> String {
    match who {
        Who::Organisation { organisation: of } => organisation(lang, of),
        Who::Role { role } => escape(role.text(lang)).into_owned(),
        Who::Resident { name: Some(name) } => escape(name).into_owned(),
        Who::Resident { name: None } => Key::IssueResident.get(lang).to_owned(),
    }
}

/// The beginning of a text, for search results and link previews.
fn summary(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MOST { words } else { words.chars().take(MOST - 1).chain(['…']).collect() }
}

/// More characters of a description are not shown anywhere.
const MOST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_short_line() {
        assert_eq!(summary("a\n\n b"), "a b");
        assert_eq!(summary(&"ї".repeat(300)).chars().count(), 200);
    }
}
