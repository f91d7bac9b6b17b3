//! The mails of this feature; their texts are in `mail_account.toml`.

use crate::mail::Mail;
use shared::text::Key;

/// Confirm the address of a sign-up.
pub(crate) fn confirm(link: String) -> Mail {
    Mail::new(Key::MailAccountConfirmSubject, Key::MailAccountConfirmBody, &[])
        .button(Key::MailAccountConfirmButton, link)
}

/// To whoever signs up with an address that has an account.
pub(crate) fn known(link: String) -> Mail {
    Mail::new(Key::MailAccountKnownSubject, Key::MailAccountKnownBody, &[]).button(Key::MailAccountKnownButton, link)
}

/// Sign in by this link.
pub(crate) fn sign_in(link: String) -> Mail {
    Mail::new(Key::MailAccountSignInSubject, Key::MailAccountSignInBody, &[]).button(Key::MailAccountSignInButton, link)
}

/// Set a new password.
pub(crate) fn reset(link: String) -> Mail {
    Mail::new(Key::MailAccountResetSubject, Key::MailAccountResetBody, &[]).button(Key::MailAccountResetButton, link)
}

/// To whoever asks for a new password of an address without an account.
pub(crate) fn unknown(link: String) -> Mail {
    Mail::new(Key::MailAccountUnknownSubject, Key::MailAccountUnknownBody, &[])
        .button(Key::MailAccountUnknownButton, link)
}

/// Confirm the new address of an account.
pub(crate) fn new_address(link: String) -> Mail {
    Mail::new(Key::MailAccountNewAddressSubject, Key::MailAccountNewAddressBody, &[])
        .button(Key::MailAccountNewAddressButton, link)
}

/// To the old address, when somebody asks for another.
pub(crate) fn address_leaves() -> Mail {
    Mail::new(Key::MailAccountAddressLeavesSubject, Key::MailAccountAddressLeavesBody, &[])
}

/// The password was changed.
pub(crate) fn password_changed() -> Mail {
    Mail::new(Key::MailAccountPasswordChangedSubject, Key::MailAccountPasswordChangedBody, &[])
}
