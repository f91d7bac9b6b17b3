//! The pages: one table for the app's router and for the server, which answers each with its true
//! status and title.

use crate::ids::{IndicatorId, TaskId};
use crate::names::Slug;
use crate::text::Key;

/// Declares [`Page`]: a variant with what its address tells, its pattern, the key of its title, and
/// whether search engines may list it.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident $({ $($param:ident: $type:ty),+ })? = $path:literal, $title:ident, $listed:literal;)+) => {
        /// A page, with what its address tells.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Page { $($(#[$doc])* $name $({ $($param: $type),+ })?),+ }

        impl Page {
            /// The pattern of every page's path; the first that fits a path is its page.
            pub const PATTERNS: &[&str] = &[$($path),+];

            /// The page of a path, without query; nothing when there is none. That what it shows
            /// exists is another question.
            pub fn of(path: &str) -> Option<Page> {
                None$(.or_else(|| {
                    let mut told = captures($path, path)?.into_iter();
                    let page = Page::$name $({ $($param: told.next()?.parse().ok()?),+ })?;
                    told.next().is_none().then_some(page)
                }))+
            }

            /// Its path.
            pub fn path(&self) -> String {
                match self { $(Page::$name $({ $($param),+ })? => fill($path, &[$($(&$param.to_string()),+)?])),+ }
            }

            /// Its title; a page about one thing puts the thing's name before it.
            pub const fn title(&self) -> Key {
                match self { $(Page::$name { .. } => Key::$title),+ }
            }

            /// Whether search engines may list it: what everybody may see, and nobody's own things.
            pub const fn is_listed(&self) -> bool {
                match self { $(Page::$name { .. } => $listed),+ }
            }
        }
    };
}

pages! {
    Home = "/", DomainPageHome, true;
    SignIn = "/sign-in", DomainPageSignIn, false;
    SignUp = "/sign-up", DomainPageSignUp, false;
    Reset = "/reset", DomainPageReset, false;
    /// Its token stands behind `#`, which no server sees.
    MailedLink = "/m", DomainPageMailedLink, false;
    Me = "/me", DomainPageMe, false;
    Inbox = "/inbox", DomainPageInbox, false;
    Admin = "/admin", DomainPageAdmin, false;
    Community { community: Slug } = "/c/:community", DomainPageCommunity, true;
    Issues { community: Slug } = "/c/:community/issues", DomainPageIssues, true;
    Issue { community: Slug, number: u32 } = "/c/:community/issues/:number", DomainPageIssue, true;
    Report { community: Slug } = "/c/:community/report", DomainPageReport, true;
    Triage { community: Slug } = "/c/:community/triage", DomainPageTriage, false;
    Tasks { community: Slug } = "/c/:community/tasks", DomainPageTasks, true;
    Task { community: Slug, task: TaskId } = "/c/:community/tasks/:task", DomainPageTask, true;
    Organisations { community: Slug } = "/c/:community/organisations", DomainPageOrganisations, true;
    Indicators { community: Slug } = "/c/:community/indicators", DomainPageIndicators, true;
    Indicator { community: Slug, indicator: IndicatorId } = "/c/:community/indicators/:indicator", DomainPageIndicator, true;
    Settings { community: Slug } = "/c/:community/settings", DomainPageSettings, false;
    RegisterOrganisation = "/organisations/new", DomainPageRegisterOrganisation, false;
    Organisation { organisation: Slug } = "/organisations/:organisation", DomainPageOrganisation, true;
}

/// What stands in a path where the pattern has `:names`; one slash at the end makes no difference.
pub fn captures<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let path = path.strip_prefix('/')?;
    let mut segments = path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path).split('/');
    let mut told = Vec::new();
    for expected in pattern.strip_prefix('/')?.split('/') {
        let segment = segments.next()?;
        match expected.strip_prefix(':') {
            Some(_) => told.push(segment),
            None if expected == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(told)
}

/// The pattern with its `:names` filled in, in their order.
fn fill(pattern: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let segments = pattern.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(_) => values.next().copied().unwrap_or_default(),
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_its_page() {
        let community = Slug::parse("kalyna").unwrap();

        assert_eq!(Page::of("/"), Some(Page::Home));
        assert_eq!(Page::of("/c/kalyna/"), Some(Page::Community { community: community.clone() }));
        assert_eq!(Page::of("/c/kalyna/issues/7"), Some(Page::Issue { community, number: 7 }));
        assert_eq!(Page::of("/organisations/new"), Some(Page::RegisterOrganisation));
    }

    #[test]
    fn other_paths_have_none() {
        for path in [
            "",
            "c/kalyna",
            "//",
            "/c",
            "/c/Kalyna",
            "/c/kalyna/issues/seven",
            "/c/kalyna/issues/-7",
            "/c/kalyna/issues/7/8",
            "/c/kalyna//",
        ] {
            assert_eq!(Page::of(path), None, "{path:?}");
        }
    }

    #[test]
    fn the_path_of_a_page_leads_to_it() {
        let id = "0190d5a0-0000-7000-8000-000000000000";
        for pattern in Page::PATTERNS {
            let path = pattern
                .replace(":community", "kalyna")
                .replace(":organisation", "bez-barieriv")
                .replace(":number", "7")
                .replace(":task", id)
                .replace(":indicator", id);
            let page = Page::of(&path).unwrap();

            assert_eq!(page.path(), path);
            assert!(!page.title().get(crate::text::Lang::Uk).is_empty());
        }
    }
}
