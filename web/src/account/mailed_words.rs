use shared::{mailed_link::LinkPurpose, text::Key};

/// What the page of a mailed link says.
#[derive(Debug, Clone, Copy)]
pub(super) struct MailedWords {
    pub(super) title: Key,
    /// What the button will do.
    pub(super) lead: Key,
    pub(super) button: Key,
    /// What was done, when the page left for says nothing of it.
    pub(super) done: Key,
    /// What to do when the link was used or is too old.
    pub(super) spent: Key,
    /// Where that is done.
    pub(super) next: Option<(&'static str, Key)>,
}

impl MailedWords {
    pub(super) const fn of(purpose: LinkPurpose) -> MailedWords {
        match purpose {
            LinkPurpose::ConfirmAccount => MailedWords {
                title: Key::AccountConfirm,
                lead: Key::AccountConfirmLead,
                button: Key::AccountConfirmButton,
                done: Key::AccountConfirmDone,
                spent: Key::AccountConfirmSpent,
                next: Some(("/sign-up", Key::AccountSignUp)),
            },
            LinkPurpose::ChangeEmail => MailedWords {
                title: Key::AccountConfirm,
                lead: Key::AccountConfirmEmailLead,
                button: Key::AccountConfirmButton,
                done: Key::AccountConfirmDone,
                spent: Key::AccountConfirmEmailSpent,
                next: Some(("/me", Key::AccountMe)),
            },
            LinkPurpose::SignIn => MailedWords {
                title: Key::AccountSignIn,
                lead: Key::AccountLinkLead,
                button: Key::AccountSignInButton,
                done: Key::AccountConfirmDone,
                spent: Key::AccountLinkSpentText,
                next: Some(("/sign-in", Key::AccountAnotherLink)),
            },
            LinkPurpose::ResetPassword => MailedWords {
                title: Key::AccountNewPassword,
                lead: Key::AccountResetLead,
                button: Key::AccountNewPasswordButton,
                done: Key::AccountPasswordSet,
                spent: Key::AccountLinkSpentText,
                next: Some(("/reset", Key::AccountAnotherLink)),
            },
            LinkPurpose::ConfirmReport => MailedWords {
                title: Key::AccountReport,
                lead: Key::AccountReportLead,
                button: Key::AccountReportButton,
                done: Key::AccountReportDone,
                spent: Key::AccountReportSpent,
                next: Some(("/", Key::UiToStart)),
            },
            LinkPurpose::JoinIssue => MailedWords {
                title: Key::AccountJoin,
                lead: Key::AccountJoinLead,
                button: Key::AccountJoinButton,
                done: Key::AccountJoinDone,
                spent: Key::AccountJoinSpent,
                next: Some(("/", Key::UiToStart)),
            },
            LinkPurpose::Invitation => MailedWords {
                title: Key::AccountInvitation,
                lead: Key::AccountInvitationLead,
                button: Key::AccountInvitationButton,
                done: Key::AccountInvitationDone,
                spent: Key::AccountInvitationSpent,
                next: None,
            },
        }
    }
}
