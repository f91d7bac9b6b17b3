//! What a caller is to a commitment: who gave it, who receives it, and so what they may do.

use crate::{
    auth::session::{Actor, Caller},
    commitment::store::Commitment,
    http::error::{Error, Result},
    issue::reader,
};
use shared::{
    commitment::{CommitmentAction as Do, Giver, Receiver},
    ids::OrganisationId,
    names::ActingRole,
    permission::Permission,
    problem::Code,
    transition::{Refusal, Transition},
};

impl Commitment {
    pub(crate) fn giver(&self) -> Giver {
        self.organisation_id.map_or(Giver::Person, Giver::Organisation)
    }

    pub(crate) fn receiver(&self) -> Receiver {
        Receiver::of(self.giver(), self.holder_id)
    }

    /// Whether the caller, acting for that organisation or for themself, gave it.
    pub(crate) fn is_given_by(&self, caller: &Caller, acting_for: Option<OrganisationId>) -> bool {
        let Some(actor) = caller.actor() else { return false };
        match self.organisation_id {
            Some(giver) => acting_for == Some(giver) && actor.may_for(Permission::SpeakForOrganisation, giver),
            None => acting_for.is_none() && self.account_id == Some(actor.account_id),
        }
    }

    /// Whether the caller, acting for that organisation or for themself, receives it.
    pub(crate) fn is_received_by(&self, caller: &Caller, acting_for: Option<OrganisationId>) -> bool {
        let Some(actor) = caller.actor() else { return false };
        match self.receiver() {
            Receiver::Holder(holder) => {
                acting_for == Some(holder) && actor.may_for(Permission::ReceiveCommitment, holder)
            }
            Receiver::Coordinator => {
                acting_for.is_none() && actor.may_in(Permission::ReceiveCommitment, self.community_id)
            }
        }
    }

    /// Whether the person had a part in giving it, for whomever they act now.
    fn is_own(&self, actor: &Actor) -> bool {
        match self.organisation_id {
            Some(giver) => actor.is_member_of(giver),
            None => self.account_id == Some(actor.account_id),
        }
    }

    /// 422 for whoever would give it if they acted for the giving organisation, 403 for others.
    pub(crate) fn needs_giver(&self, caller: &Caller) -> Result<()> {
        if self.is_given_by(caller, caller.acting_for()) {
            return Ok(());
        }
        Err(refuse(caller, self.organisation_id, Permission::SpeakForOrganisation))
    }

    /// 422 for whoever would receive it if they acted for the holder, 403 for others.
    pub(crate) fn needs_receiver(&self, caller: &Caller) -> Result<()> {
        if self.is_received_by(caller, caller.acting_for()) {
            return Ok(());
        }
        let holder = match self.receiver() {
            Receiver::Holder(holder) => Some(holder),
            Receiver::Coordinator => None,
        };
        Err(refuse(caller, holder, Permission::ReceiveCommitment))
    }

    /// 403 for whoever had a part in giving it: nobody confirms their own.
    pub(crate) fn needs_another(&self, caller: &Caller) -> Result<()> {
        match caller.actor() {
            Some(actor) if self.is_own(actor) => Transition::refused(self.state, Refusal::OwnWork).map_err(Error::from),
            _ => Ok(()),
        }
    }

    /// The role in which the caller receives it; none where they act for its holder.
    pub(crate) fn receiving_role(&self, caller: &Caller) -> Option<ActingRole> {
        match self.receiver() {
            Receiver::Holder(_) => None,
            Receiver::Coordinator => crate::issue::store::acting_role(caller, self.community_id),
        }
    }

    /// Whether the caller reads all of it: who gave or receives it, and who moderates there.
    pub(crate) fn is_open_to(&self, caller: &Caller, acting_for: Option<OrganisationId>) -> bool {
        self.is_received_by(caller, acting_for)
            || caller.actor().is_some_and(|actor| self.is_own(actor))
            || reader::triages(caller, self.community_id)
    }

    /// What the caller may do with it now, in the order of the contract.
    pub(crate) fn actions(&self, caller: &Caller, acting_for: Option<OrganisationId>) -> Vec<Do> {
        let rules = self.rules();
        let gives = self.is_given_by(caller, acting_for);
        let receives = self.is_received_by(caller, acting_for);
        let own = caller.actor().is_some_and(|actor| self.is_own(actor));
        let may = |action: &Do| match action {
            Do::Accept => receives && rules.accept().is_ok(),
            Do::Decline => receives && rules.decline().is_ok(),
            Do::Withdraw => gives && rules.withdraw().is_ok(),
            Do::Deliver => gives && rules.deliver(None, self.offered_at).is_ok(),
            Do::Confirm => receives && !own && rules.confirm().is_ok(),
        };
        Do::ALL.iter().copied().filter(may).collect()
    }
}

fn refuse(caller: &Caller, organisation: Option<OrganisationId>, permission: Permission) -> Error {
    let would = caller.actor().zip(organisation).is_some_and(|(actor, id)| actor.may_for(permission, id));
    Error::of(if would && caller.acting_for().is_none() { Code::ActingForRequired } else { Code::Forbidden })
}
