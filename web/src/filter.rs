//! The URL is the state: a query of the address as a struct of `shared`, and back.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// The query of the page's address, read as `T`.
///
/// What `T` does not know or cannot read is dropped, since links get parameters of others
/// (`fbclid`); so is `lang`, which has done its work by then.
#[derive(Debug)]
pub struct Filter<T: Send + Sync + 'static> {
    value: Memo<T>,
    path: Memo<String>,
    go: StoredValue<Go>,
}

/// Goes to an address, replacing the present one or not.
#[derive(Clone)]
struct Go(Arc<Navigate>);

type Navigate = dyn Fn(&str, bool) + Send + Sync;

impl std::fmt::Debug for Go {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Go")
    }
}

impl<T: Send + Sync + 'static> Clone for Filter<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Filter<T> {}

/// The filter of the present page.
pub fn use_filter<T>() -> Filter<T>
where
    T: Serialize + DeserializeOwned + Default + Clone + PartialEq + Send + Sync + 'static,
{
    let location = use_location();
    let query = location.search;
    let navigate = use_navigate();
    let go = move |address: &str, replace| {
        navigate(address, NavigateOptions { replace, scroll: false, ..Default::default() });
    };
    Filter {
        value: Memo::new(move |_| read(&query.get())),
        path: location.pathname,
        go: StoredValue::new(Go(Arc::new(go))),
    }
}

impl<T> Filter<T>
where
    T: Serialize + Clone + PartialEq + Send + Sync + 'static,
{
    /// The filter; follows the address.
    pub fn get(&self) -> T {
        self.value.get()
    }

    /// A part of the filter; follows the address.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with(read)
    }

    /// The filter, read once.
    pub fn get_untracked(&self) -> T {
        self.value.get_untracked()
    }

    /// A part of the filter, read once.
    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with_untracked(read)
    }

    /// The address of this page with another filter: for links.
    pub fn href(&self, change: impl FnOnce(&mut T)) -> String {
        let mut value = self.value.get();
        change(&mut value);
        address(&self.path.get(), &value)
    }

    /// Changes the filter; *Back* returns to the one before.
    pub fn change(&self, change: impl FnOnce(&mut T)) {
        self.go(change, false);
    }

    /// Changes the filter in place, as while a word is being typed.
    pub fn replace(&self, change: impl FnOnce(&mut T)) {
        self.go(change, true);
    }

    fn go(&self, change: impl FnOnce(&mut T), replace: bool) {
        let mut value = self.value.get_untracked();
        change(&mut value);
        let address = address(&self.path.get_untracked(), &value);
        let Go(go) = self.go.get_value();
        go(&address, replace);
    }
}

/// Path and query of a page.
pub fn address<T: Serialize>(path: &str, filter: &T) -> String {
    let query = write(filter);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The query of a filter, without what is empty: as `state=open&words=міст`.
pub fn write<T: Serialize>(filter: &T) -> String {
    let text = serde_urlencoded::to_string(filter).unwrap_or_default();
    text.split('&').filter(|pair| !pair.ends_with('=')).collect::<Vec<_>>().join("&")
}

/// Reads what can be read, parameter by parameter.
fn read<T: DeserializeOwned + Default>(query: &str) -> T {
    let query = query.trim_start_matches('?');
    let mut kept: Vec<&str> = Vec::new();
    let mut value = T::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        kept.push(pair);
        match serde_urlencoded::from_str(&kept.join("&")) {
            Ok(better) => value = better,
            Err(_) => drop(kept.pop()),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use shared::page::{Limit, Several};

    #[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct List {
        state: Several<String>,
        words: Option<String>,
        limit: Option<Limit>,
    }

    #[test]
    fn what_is_unknown_or_unreadable_is_dropped_and_the_rest_kept() {
        let list: List = read("?fbclid=1&state=open,late&limit=1000&words=%D0%BC%D1%96%D1%81%D1%82");

        assert_eq!(list.state.0, ["open", "late"]);
        assert_eq!(list.words.as_deref(), Some("міст"));
        assert_eq!(list.limit, None);
    }

    #[test]
    fn an_empty_filter_has_no_query() {
        assert_eq!(address("/c/kalyna/issues", &List::default()), "/c/kalyna/issues");
    }

    #[test]
    fn a_filter_survives_the_address() {
        let list = List { words: Some("міст & вода".into()), ..Default::default() };

        assert_eq!(read::<List>(&write(&list)), list);
    }
}
