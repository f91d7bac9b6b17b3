use crate::{api, storage};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::names::{Names, Slug};

/// The community whose pages one is on.
#[derive(Clone, Copy)]
pub struct CommunityHere {
    slug: Memo<Option<Slug>>,
    named: RwSignal<Option<Visited>>,
    again: Trigger,
    last: RwSignal<Option<Visited>>,
}

/// As much of a community as the frame shows. Of the last one visited it is kept on the device, so that the
/// bar below leads back there.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Visited {
    pub slug: Slug,
    pub name: Names,
}

impl std::fmt::Debug for CommunityHere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CommunityHere").field("slug", &self.slug).finish_non_exhaustive()
    }
}

impl CommunityHere {
    /// Its slug, as in the address; nothing on pages of no community. Follows the address.
    pub fn slug(&self) -> Option<Slug> {
        self.slug.get()
    }

    /// Its name once that is known. Nothing also when there is no such community: the page says so.
    pub(super) fn name(&self) -> Option<Names> {
        let slug = self.slug.get()?;
        self.named.get().filter(|named| named.slug == slug).map(|named| named.name)
    }

    /// Reads it again, after a change.
    pub fn refetch(&self) {
        self.again.notify();
    }

    /// The community here, else the one visited last.
    pub(crate) fn here_or_last(&self) -> Option<Slug> {
        self.slug.get().or_else(|| self.last.get().map(|last| last.slug))
    }

    /// The community visited last.
    pub(super) fn last(&self) -> Option<Visited> {
        self.last.get()
    }
}

/// The community here; for any component inside the shell.
pub fn use_community_here() -> CommunityHere {
    use_context().unwrap_or_else(make)
}

pub(super) fn provide_community_here() {
    provide_context(make());
}

fn make() -> CommunityHere {
    let path = use_location().pathname;
    let slug = Memo::new(move |_| path.with(|path| slug_of(path)));
    let (named, again) = (RwSignal::new(None), Trigger::new());
    let last = RwSignal::new(storage::read::<Visited>("community"));
    // Not a resource: one that has its first answer at once, as where the address is of no community, was
    // not asked again when it became one.
    Effect::new(move |_| {
        again.track();
        let Some(asked) = slug.get() else { return };
        leptos::task::spawn_local(async move {
            let answer = api::communities::name_community::<Visited>(asked.as_str()).await;
            if let Ok(visited) = answer
                && slug.get_untracked() == Some(asked)
            {
                storage::write("community", &visited);
                named.set(Some(visited.clone()));
                last.set(Some(visited));
            }
        });
    });
    CommunityHere { slug, named, again, last }
}

/// `/c/kalyna/issues` is of `kalyna`.
fn slug_of(path: &str) -> Option<Slug> {
    let rest = path.strip_prefix("/c/")?;
    Slug::parse(rest.split('/').next()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_community_is_in_the_address() {
        assert_eq!(slug_of("/c/kalyna/issues/7").map(|slug| slug.to_string()).as_deref(), Some("kalyna"));
        assert_eq!(slug_of("/c/"), None);
        assert_eq!(slug_of("/inbox"), None);
    }
}
