//! Texts of the catalogue in views.

use crate::prefs;
use shared::text::Key;

/// What `t!` makes of a text without arguments: one type for all of them, since views are compiled anew
/// for each type in them.
pub fn plain(key: Key) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || key.get(prefs::lang())
}

/// A text in the reader's language, as a closure that follows a change of language.
///
/// `t!(ShellSkip)` is a `&'static str`; `t!(AccountSent, email = email.get())` fills in arguments, which
/// are evaluated again each time; `t!(UiChosen; n)` takes the plural form for `n`. For a `String` or
/// `&'static str` at once, in an event handler for example, call it: `t!(UiSaved)()`.
macro_rules! t {
    ($key:ident) => {
        $crate::text::plain(::shared::text::Key::$key)
    };
    ($key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        move || ::shared::text::Key::$key.with($crate::prefs::lang(), &[$((stringify!($name), ($value).to_string().as_str())),+])
    };
    ($key:ident; $count:expr $(, $name:ident = $value:expr)* $(,)?) => {
        move || ::shared::text::Key::$key.count($crate::prefs::lang(), $count, &[$((stringify!($name), ($value).to_string().as_str())),*])
    };
}
