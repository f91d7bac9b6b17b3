//! Links that are mailed: `/m#<purpose>.<token>`.
//!
//! What follows the `#` stays in the browser: no server log, no referrer. The page at `/m` tells by the
//! purpose what will happen, and only its button does it, since mail scanners follow links.

use crate::account::Secret;

/// What a mailed link does when its button is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// A new account's address is right: `POST /accounts/confirm`.
    ConfirmAccount,
    /// Another address of an account is right: `POST /accounts/confirm`.
    ChangeEmail,
    /// Signs in: `POST /sessions/link`.
    SignIn,
    /// Sets a new password: `POST /accounts/reset`.
    ResetPassword,
    /// A report becomes an issue.
    ConfirmReport,
    /// Supports or follows an issue.
    JoinIssue,
    /// Joins an organisation.
    Invitation,
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: &[LinkPurpose] = &[
        LinkPurpose::ConfirmAccount,
        LinkPurpose::ChangeEmail,
        LinkPurpose::SignIn,
        LinkPurpose::ResetPassword,
        LinkPurpose::ConfirmReport,
        LinkPurpose::JoinIssue,
        LinkPurpose::Invitation,
    ];

    /// The word in the link.
    pub const fn as_str(self) -> &'static str {
        match self {
            LinkPurpose::ConfirmAccount => "confirm",
            LinkPurpose::ChangeEmail => "email",
            LinkPurpose::SignIn => "sign_in",
            LinkPurpose::ResetPassword => "reset",
            LinkPurpose::ConfirmReport => "report",
            LinkPurpose::JoinIssue => "join",
            LinkPurpose::Invitation => "invitation",
        }
    }

    /// Path and fragment of a link with this token.
    pub fn path(self, token: &Secret) -> String {
        format!("/m#{}.{}", self.as_str(), token.0)
    }

    /// What a fragment says, with or without its `#`.
    pub fn read(fragment: &str) -> Option<(LinkPurpose, Secret)> {
        let (word, token) = fragment.trim_start_matches('#').split_once('.')?;
        let purpose = LinkPurpose::ALL.iter().copied().find(|purpose| purpose.as_str() == word)?;
        (!token.is_empty()).then(|| (purpose, Secret(token.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_says_is_read_back() {
        for &purpose in LinkPurpose::ALL {
            let path = purpose.path(&Secret("a.b-c_".into()));
            let (_, fragment) = path.split_once('#').unwrap();

            assert_eq!(LinkPurpose::read(fragment), Some((purpose, Secret("a.b-c_".into()))));
        }
        assert_eq!(LinkPurpose::read("#confirm."), None);
        assert_eq!(LinkPurpose::read("#other.x"), None);
    }
}
