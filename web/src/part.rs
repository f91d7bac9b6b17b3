//! Parts of the app that are loaded when first needed.

use crate::session;
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
    tachys::reactive_graph::OwnedView,
};
use std::pin::Pin;

/// Something that is drawn once its part is there.
pub type Drawing = Pin<Box<dyn Future<Output = AnyView>>>;

/// Where a view appears as soon as there is one, in place of the one before.
#[derive(Clone, Copy)]
pub struct Place {
    next: StoredValue<Option<AnyView>, LocalStorage>,
    turn: Trigger,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place")
    }
}

impl Place {
    /// With what is there at first.
    pub fn of(view: AnyView) -> Self {
        Self { next: StoredValue::new_local(Some(view)), turn: Trigger::new() }
    }

    /// What is there now.
    pub fn view(self) -> AnyView {
        let Place { next, turn } = self;
        (move || {
            turn.track();
            next.try_update_value(Option::take).flatten()
        })
        .into_any()
    }

    /// Puts a view there, to be drawn as a child of the owner given.
    pub fn put(self, owner: Owner, view: AnyView) {
        let view = OwnedView::new_with_owner(view, owner).into_any();
        if self.next.try_set_value(Some(view)).is_none() {
            self.turn.notify();
        }
    }
}

/// A component of another part: it appears in place of `until` as soon as that is loaded.
pub fn later(until: AnyView, draw: impl FnOnce() -> Drawing) -> AnyView {
    let place = Place::of(until);
    let owner = Owner::new();
    let drawing = owner.with(|| ScopedFuture::new_untracked(draw()));
    leptos::task::spawn_local(async move {
        let view = drawing.await;
        place.put(owner, view);
    });
    place.view()
}

/// A component of another part for those who are signed in, and nothing for others.
pub fn for_members(draw: fn() -> Drawing) -> AnyView {
    // Not at every change of the account, but when it comes and goes.
    let member = Memo::new(|_| session::signed_in());
    (move || member.get().then(|| later(().into_any(), draw))).into_any()
}

/// Declares what belongs to a part, which is loaded with the first of it that is needed: the pages of a feature,
/// or a piece that few need.
///
/// ```ignore
/// part! {
///     /// Reading and following issues.
///     issue in issues: IssueRoute => detail::IssuePage
/// }
/// part! {
///     /// What did not fit into the bar.
///     in frame: fn more(state: DialogState) -> AnyView {
///         MoreSheet(MoreSheetProps { state }).into_any()
///     }
/// }
/// ```
/// Of a page it makes a type for the table of `app`, and pages take no properties: they read the address with
/// `use_params_map()` and `use_filter()`. Of a piece it makes a function that has to be waited for.
macro_rules! part {
    ($(#[$doc:meta])* $pages:ident in $part:ident: $($route:ident => $module:ident::$page:ident),+ $(,)?) => {
        $(#[$doc])*
        #[::leptos::lazy($part)]
        fn $pages(route: ::std::any::TypeId) -> ::leptos::prelude::AnyView {
            use ::leptos::prelude::IntoAny;
            $(
                if route == ::std::any::TypeId::of::<$route>() {
                    return $module::$page().into_any();
                }
            )+
            ().into_any()
        }

        $(
            #[doc = concat!("The route of `", stringify!($module), "::", stringify!($page), "`.")]
            #[derive(Debug)]
            pub struct $route;

            impl $route {
                /// Draws the page.
                pub fn draw() -> $crate::part::Drawing {
                    ::std::boxed::Box::pin($pages(::std::any::TypeId::of::<$route>()))
                }
            }
        )+
    };
    ($(#[$doc:meta])* in $part:ident: fn $piece:ident($($name:ident: $type:ty),*) -> $made:ty $body:block) => {
        $(#[$doc])*
        #[::leptos::lazy($part)]
        fn $piece($($name: $type),*) -> $made $body
    };
}
