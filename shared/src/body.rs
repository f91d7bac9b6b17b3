//! The shapes that queries and patches share, written once.

use crate::page::Several;

/// Declares a list's query: every field may be left out, unknown ones are refused, and `after` and
/// `limit` are there without being written.
macro_rules! query {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(style = Form, parameter_in = Query))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "crate::body::Unset::is_unset")]
                #[cfg_attr(feature = "openapi", param(inline, explode = false))]
                pub $field: $type,
            )*
            /// The `next` of the page before.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "openapi", param(inline))]
            pub after: Option<crate::page::Cursor>,
            /// The most items of the page: 1 to 100, 50 when absent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "openapi", param(inline))]
            pub limit: Option<crate::page::Limit>,
        }
    };
}
pub(crate) use query;

/// Declares the body of a `PATCH`, a JSON merge patch (RFC 7396): every field may be left out,
/// unknown ones are refused, and only those marked `| nullable` may be emptied.
macro_rules! patch {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty $(| $nullable:ident)?,)+ }) => {
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$outer])*
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "crate::draft::Patch::is_absent")]
                #[cfg_attr(feature = "openapi", schema(value_type = $type, required = false $(, $nullable)?))]
                pub $field: crate::draft::Patch<$type>,
            )+
        }
    };
}
pub(crate) use patch;

/// A field of a query that filters nothing, and is left out of the address.
pub(crate) trait Unset {
    fn is_unset(&self) -> bool;
}

impl<T> Unset for Option<T> {
    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T> Unset for Several<T> {
    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}
