//! Who may do what: one table from role to permission, for the API to decide and the screen to hide.
//!
//! A role is held *somewhere*: in a community, for an organisation, or everywhere. Holding a
//! permission somewhere is the first question ([`Role::may`]); whether it holds for the thing at
//! hand is the second, answered where that thing is loaded, from the same table.

use serde::{Deserialize, Serialize};

/// What makes somebody more than a visitor. See `design.md` §5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Any signed-in person.
    Citizen,
    /// Of an organisation: does the tasks assigned to them, comments in its name.
    Member,
    /// Of an organisation: also answers offers, asks for tasks, commits, claims resolved.
    Editor,
    /// Of an organisation: also members and invitations.
    Owner,
    /// Of a community: triages and hides.
    Moderator,
    /// Of a community: also tasks, offers, verification, categories, indicators.
    Coordinator,
    /// Of a community: accompanies it, decides objections.
    Facilitator,
    /// Of all: communities, coordinators, appeals.
    MainCoordinator,
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)+) => {
        /// One kind of action; every operation that is not public names exactly one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission { $($(#[$doc])* $name),+ }

        impl Permission {
            /// Every permission, in the order of the table.
            pub const ALL: &[Permission] = &[$(Permission::$name),+];

            /// The roles that hold it, each where it is held.
            pub const fn holders(self) -> &'static [Role] {
                match self { $(Permission::$name => &[$(Role::$role),+]),+ }
            }
        }

        /// The permissions as types, for signatures that prove one.
        pub mod permit {
            use super::{Permission, Permit};
            $($(#[$doc])* #[derive(Debug, Clone, Copy)] pub struct $name;
            impl Permit for $name { const PERMISSION: Permission = Permission::$name; })+
        }
    };
}

/// A permission as a type.
pub trait Permit {
    const PERMISSION: Permission;
}

permissions! {
    /// One's own account, sessions, inbox, reports, support and comments.
    Participate: Citizen;
    /// Register an organisation.
    RegisterOrganisation: Citizen;
    /// Do the tasks assigned to oneself, in the organisation's name.
    WorkOnTask: Member | Editor | Owner;
    /// Answer offers, ask for tasks, commit, claim resolved: the organisation speaks.
    SpeakForOrganisation: Editor | Owner;
    /// Claim that an issue is solved: a coordinator, or the organisation that did the work.
    ClaimResolved: Editor | Owner | Coordinator;
    /// Change what the organisation says of itself; its sector is the main coordinator's.
    ChangeOrganisation: Owner | MainCoordinator;
    /// The organisation's members and invitations.
    ManageOrganisation: Owner;
    /// Accept, decline, change category or place, mark duplicates, make private.
    TriageIssue: Moderator | Coordinator;
    /// Hide what should not be seen, and see what is hidden.
    HideContent: Moderator | Coordinator;
    /// Propose and change tasks, offer them and answer: a coordinator for the community, editors
    /// for their organisation.
    HandleTask: Editor | Owner | Coordinator;
    /// Split into tasks, offer, recall, cancel.
    CoordinateTasks: Coordinator;
    /// Say that work is done as asked.
    VerifyTask: Citizen | Moderator | Coordinator | Facilitator;
    /// Accept or decline commitments, confirm deliveries.
    ReceiveCommitment: Coordinator | Editor | Owner;
    /// The community's categories, indicators, verified organisations, moderators.
    ManageCommunity: Coordinator | MainCoordinator;
    /// Decide what is objected to or appealed.
    DecideObjection: Facilitator | MainCoordinator;
    /// Communities and their coordinators; the sector `authority`.
    ManageCommunities: MainCoordinator;
}

impl Role {
    /// Whether the role holds the permission where it is held.
    pub fn may(self, permission: Permission) -> bool {
        permission.holders().contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_all_that_an_editor_may_and_an_editor_all_that_a_member_may() {
        for &permission in Permission::ALL {
            assert!(!Role::Member.may(permission) || Role::Editor.may(permission), "{permission:?}");
            assert!(!Role::Editor.may(permission) || Role::Owner.may(permission), "{permission:?}");
            assert!(!Role::Moderator.may(permission) || Role::Coordinator.may(permission), "{permission:?}");
        }
    }
}
