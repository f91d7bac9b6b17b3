//! Text as HTML.

use std::borrow::Cow;

/// The text with everything that HTML would read as markup spelt out; good between tags and inside
/// quoted attributes.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_spelt_out() {
        assert_eq!(escape("<a title=\"'&'\">"), "&lt;a title=&quot;&#39;&amp;&#39;&quot;&gt;");
        assert!(matches!(escape("Міст"), Cow::Borrowed(_)));
    }
}
