//! The transitions of a commitment, and what commitments sum up to.

use super::{Commit, CommitmentKind, CommitmentState, CommitmentTotal, Confirmation, Currency};
use crate::ids::OrganisationId;
use crate::organisation::Sector;
use crate::problem::{Fault, FieldError};
use crate::time::Timestamp;
use crate::transition::{Refusal, Transition};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// After how long a delivery that nobody confirmed stands as unconfirmed.
pub const UNCONFIRMED: TimeDelta = TimeDelta::days(14);

/// Who puts something in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    Person,
    Organisation(OrganisationId),
}

/// Who receives it, and so accepts, declines and confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// The organisation that holds the task it is for.
    Holder(OrganisationId),
    /// A coordinator of the community.
    Coordinator,
}

impl Receiver {
    /// The receiver of what `giver` puts into a task of `holder`, or into an issue: nobody confirms
    /// to themselves what they gave.
    pub fn of(giver: Giver, holder: Option<OrganisationId>) -> Receiver {
        match holder {
            Some(holder) if giver != Giver::Organisation(holder) => Receiver::Holder(holder),
            _ => Receiver::Coordinator,
        }
    }
}

impl Commit {
    /// A person alone puts in hours, people, knowledge and material.
    pub fn fits(&self, giver: Giver) -> Result<(), FieldError> {
        if giver == Giver::Person && !self.kind.of_persons() {
            Err(FieldError::new("kind", Fault::DoesNotFit))
        } else {
            Ok(())
        }
    }
}

/// What the rules need to know of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    pub state: CommitmentState,
    pub planned: i64,
    /// There exactly when it is delivered.
    pub delivery: Option<Delivery>,
}

/// What came of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    pub amount: i64,
    pub at: Timestamp,
    pub confirmation: Confirmation,
}

impl Commitment {
    /// A commitment just offered.
    pub fn offered(planned: i64) -> Commitment {
        Commitment { state: CommitmentState::Offered, planned, delivery: None }
    }

    fn refuse<T>(&self, why: Refusal) -> Result<T, Transition> {
        Transition::refused(self.state, why)
    }

    fn step(mut self, from: &[CommitmentState], to: CommitmentState) -> Result<Commitment, Transition> {
        if self.state == to {
            return self.refuse(Refusal::Already);
        }
        if !from.contains(&self.state) {
            return self.refuse(Refusal::WrongState);
        }
        self.state = to;
        Ok(self)
    }

    /// Its receiver wants it.
    pub fn accept(self) -> Result<Commitment, Transition> {
        self.step(&[CommitmentState::Offered], CommitmentState::Accepted)
    }

    /// Its receiver does not want it.
    pub fn decline(self) -> Result<Commitment, Transition> {
        self.step(&[CommitmentState::Offered], CommitmentState::Declined)
    }

    /// Its giver takes it back.
    pub fn withdraw(self) -> Result<Commitment, Transition> {
        self.step(&[CommitmentState::Offered, CommitmentState::Accepted], CommitmentState::Withdrawn)
    }

    /// Its giver says that it came: `amount` of it, or all.
    pub fn deliver(self, amount: Option<i64>, at: Timestamp) -> Result<Commitment, Transition> {
        let mut delivered = self.step(&[CommitmentState::Accepted], CommitmentState::Delivered)?;
        let amount = amount.unwrap_or(self.planned);
        delivered.delivery = Some(Delivery { amount, at, confirmation: Confirmation::Waiting });
        Ok(delivered)
    }

    /// Its receiver says that it came, be it late.
    pub fn confirm(mut self) -> Result<Commitment, Transition> {
        match &mut self.delivery {
            Some(delivery) if delivery.confirmation == Confirmation::Confirmed => {
                return Transition::refused(self.state, Refusal::Already);
            }
            Some(delivery) => delivery.confirmation = Confirmation::Confirmed,
            None => return self.refuse(Refusal::WrongState),
        }
        Ok(self)
    }

    /// Nobody confirmed it for 14 days: it stands.
    pub fn stand_unconfirmed(mut self, now: Timestamp) -> Result<Commitment, Transition> {
        match &mut self.delivery {
            Some(delivery) if delivery.confirmation == Confirmation::Waiting => {
                if now < delivery.at + UNCONFIRMED {
                    return Transition::refused(self.state, Refusal::TooEarly);
                }
                delivery.confirmation = Confirmation::Unconfirmed;
            }
            _ => return self.refuse(Refusal::WrongState),
        }
        Ok(self)
    }

    /// What it adds to the public totals, promised and delivered.
    pub fn counts(&self) -> (i64, i64) {
        match (self.state, self.delivery) {
            (CommitmentState::Accepted, _) => (self.planned, 0),
            (CommitmentState::Delivered, Some(delivery)) => (0, delivery.amount),
            _ => (0, 0),
        }
    }
}

/// A commitment as totals count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Of the organisation; a person's is `citizens`.
    pub sector: Sector,
    pub kind: CommitmentKind,
    pub currency: Option<Currency>,
    pub unit: Option<String>,
    pub commitment: Commitment,
}

/// The totals by sector and kind, each currency and each unit apart, in the order of the enums.
/// What counts nowhere makes no row.
pub fn totals(commitments: impl IntoIterator<Item = Counted>) -> Vec<CommitmentTotal> {
    let mut sums: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for one in commitments {
        let (promised, delivered) = one.commitment.counts();
        if promised != 0 || delivered != 0 {
            let sum = sums.entry((one.sector, one.kind, one.currency, one.unit)).or_default();
            sum.0 = sum.0.saturating_add(promised);
            sum.1 = sum.1.saturating_add(delivered);
        }
    }
    sums.into_iter()
        .map(|((sector, kind, currency, unit), (promised, delivered))| CommitmentTotal {
            sector,
            kind,
            currency,
            unit,
            promised,
            delivered,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commitment::CommitDraft;
    use crate::draft::Draft;
    use proptest::prelude::*;

    const AT: Timestamp = Timestamp(1_800_000_000_000);

    fn commitment(state: CommitmentState) -> Commitment {
        let delivery = Delivery { amount: 4, at: AT, confirmation: Confirmation::Waiting };
        Commitment { state, planned: 5, delivery: (state == CommitmentState::Delivered).then_some(delivery) }
    }

    #[test]
    #[rustfmt::skip]
    fn every_step_from_every_state() {
        use CommitmentState::{Accepted, Declined, Delivered, Withdrawn};
        use Refusal::{Already, WrongState as No};
        let leads = |step: fn(Commitment) -> Result<Commitment, Transition>| -> Vec<_> {
            CommitmentState::ALL.iter().map(|&state| step(commitment(state)).map(|after| after.state).map_err(|e| e.why)).collect()
        };

        //                                                offered        accepted       declined      withdrawn     delivered
        assert_eq!(leads(Commitment::accept),            [Ok(Accepted),  Err(Already),  Err(No),      Err(No),      Err(No)]);
        assert_eq!(leads(Commitment::decline),           [Ok(Declined),  Err(No),       Err(Already), Err(No),      Err(No)]);
        assert_eq!(leads(Commitment::withdraw),          [Ok(Withdrawn), Ok(Withdrawn), Err(No),      Err(Already), Err(No)]);
        assert_eq!(leads(|c| c.deliver(None, AT)),       [Err(No),       Ok(Delivered), Err(No),      Err(No),      Err(Already)]);
        assert_eq!(leads(Commitment::confirm),           [Err(No),       Err(No),       Err(No),      Err(No),      Ok(Delivered)]);
    }

    #[test]
    fn a_delivery_stands_unconfirmed_after_14_days_and_may_still_be_confirmed() {
        let delivered = commitment(CommitmentState::Delivered);
        let stands = delivered.stand_unconfirmed(AT + UNCONFIRMED).unwrap();

        assert_eq!(delivered.stand_unconfirmed(AT).unwrap_err().why, Refusal::TooEarly);
        assert_eq!(stands.delivery.unwrap().confirmation, Confirmation::Unconfirmed);
        assert_eq!(stands.confirm().unwrap().delivery.unwrap().confirmation, Confirmation::Confirmed);
        assert_eq!(stands.confirm().unwrap().confirm().unwrap_err().why, Refusal::Already);
    }

    #[test]
    fn nobody_receives_from_themselves() {
        let [one, other] = [1, 2].map(|n| OrganisationId(uuid::Uuid::from_u128(n)));

        assert_eq!(Receiver::of(Giver::Person, Some(one)), Receiver::Holder(one));
        assert_eq!(Receiver::of(Giver::Organisation(other), Some(one)), Receiver::Holder(one));
        assert_eq!(Receiver::of(Giver::Organisation(one), Some(one)), Receiver::Coordinator);
        assert_eq!(Receiver::of(Giver::Person, None), Receiver::Coordinator);
    }

    #[test]
    fn persons_give_hours_people_knowledge_and_material() {
        let kinds: Vec<_> = CommitmentKind::ALL.iter().copied().filter(|kind| kind.of_persons()).collect();

        use CommitmentKind::{Hours, Knowledge, Material, People};
        assert_eq!(kinds, [Hours, People, Material, Knowledge]);
    }

    #[test]
    fn money_has_a_currency_and_nothing_else_does() {
        let draft = |kind, currency: Option<&str>| CommitDraft {
            kind: Some(kind),
            amount: Some(100),
            currency: currency.map(str::to_owned),
            ..CommitDraft::default()
        };
        let fault = |draft: CommitDraft| draft.parse().unwrap_err().remove(0).code;

        assert!(draft(CommitmentKind::Money, Some("uah")).parse().is_ok());
        assert_eq!(fault(draft(CommitmentKind::Money, None)), Fault::Required);
        assert_eq!(fault(draft(CommitmentKind::Hours, Some("UAH"))), Fault::DoesNotFit);
        assert_eq!(fault(CommitDraft { kind: Some(CommitmentKind::Hours), ..CommitDraft::default() }), Fault::Required);
        let hall =
            CommitDraft { kind: Some(CommitmentKind::Venue), words: "Зала".to_owned(), ..CommitDraft::default() };
        assert_eq!(hall.parse().unwrap().amount, 1);
    }

    proptest! {
        #[test]
        fn totals_are_what_a_recount_finds(rows in prop::collection::vec((0..7_usize, 0..8_usize, 0..5_usize, 1..1000_i64, 1..1000_i64), 0..60)) {
            let counted: Vec<Counted> = rows.iter().map(|&(sector, kind, state, planned, amount)| {
                let state = CommitmentState::ALL[state];
                let delivery = Delivery { amount, at: AT, confirmation: Confirmation::Waiting };
                Counted {
                    sector: Sector::ALL[sector],
                    kind: CommitmentKind::ALL[kind],
                    currency: None,
                    unit: None,
                    commitment: Commitment { state, planned, delivery: (state == CommitmentState::Delivered).then_some(delivery) },
                }
            }).collect();

            let totals = totals(counted);

            for &sector in Sector::ALL {
                for &kind in CommitmentKind::ALL {
                    let of = |wanted: CommitmentState, amount: fn(i64, i64) -> i64| -> i64 {
                        rows.iter().filter(|row| (Sector::ALL[row.0], CommitmentKind::ALL[row.1], CommitmentState::ALL[row.2]) == (sector, kind, wanted)).map(|row| amount(row.3, row.4)).sum()
                    };
                    let found = totals.iter().find(|total| (total.sector, total.kind) == (sector, kind)).map_or((0, 0), |total| (total.promised, total.delivered));
                    prop_assert_eq!(found, (of(CommitmentState::Accepted, |planned, _| planned), of(CommitmentState::Delivered, |_, amount| amount)));
                }
            }
        }
    }
}
