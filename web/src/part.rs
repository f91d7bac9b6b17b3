//! Parts of the app that are loaded when first needed.

use leptos::prelude::AnyView;
use leptos_router::{ChooseView, LazyRoute};
use std::{marker::PhantomData, pin::Pin};

/// The router's `Lazy`, but with one type for all pages: the router is compiled anew for each type of view.
#[derive(Debug)]
pub struct Lazy<T>(PhantomData<T>);

impl<T: LazyRoute> Lazy<T> {
    /// The page of a route.
    #[expect(clippy::new_ret_no_self, reason = "reads like the router's own")]
    pub fn new() -> LazyPage {
        LazyPage(|| Box::pin(T::view(T::data())))
    }
}

/// A page that comes with its part.
#[derive(Debug, Clone, Copy)]
pub struct LazyPage(fn() -> Pin<Box<dyn Future<Output = AnyView>>>);

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        (self.0)().await
    }

    async fn preload(&self) {}
}

/// Declares pages of a feature as belonging to one part, which is loaded with the first of its pages.
///
/// ```ignore
/// part! {
///     /// Reading and following issues.
///     issue in issues: IssueRoute => detail::IssuePage
/// }
/// ```
/// makes a type for each route, to be used as `view=Lazy::<issues::IssueRoute>::new()` in `app`. The
/// components take no properties; they read the address with `use_params_map()` and `use_filter()`.
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

            impl ::leptos_router::LazyRoute for $route {
                fn data() -> Self {
                    $route
                }

                async fn view(_this: Self) -> ::leptos::prelude::AnyView {
                    $pages(::std::any::TypeId::of::<$route>()).await
                }
            }
        )+
    };
}
