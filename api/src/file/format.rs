//! What a file is by its first bytes; what its sender calls it does not count.

use pictures::Encoding;

/// The kinds of content that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Picture(Encoding),
    Pdf,
}

impl Format {
    /// The format whose signature the content begins with. A PDF also has to have its end, and its
    /// signature at the very beginning, where the many programs that search for it find it first.
    pub(super) fn of(content: &[u8]) -> Option<Format> {
        if content.starts_with(b"\xFF\xD8\xFF") {
            Some(Format::Picture(Encoding::Jpeg))
        } else if content.starts_with(b"\x89PNG\r\n\x1A\n") {
            Some(Format::Picture(Encoding::Png))
        } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
            Some(Format::Picture(Encoding::WebP))
        } else if content.starts_with(b"%PDF-") && has_end_of_pdf(content) {
            Some(Format::Pdf)
        } else {
            None
        }
    }
}

fn has_end_of_pdf(content: &[u8]) -> bool {
    let last = content.get(content.len().saturating_sub(1024)..).unwrap_or_default();
    last.windows(5).any(|window| window == b"%%EOF")
}
