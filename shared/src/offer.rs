//! Offers: one organisation is to take one task, asked by the community or by itself.

use crate::body::query;
use crate::draft::{Draft, Faults, text};
use crate::fields::optional_day;
use crate::ids::{OfferId, OrganisationId};
use crate::names::{OrganisationLink, TaskLink};
use crate::problem::FieldError;
use crate::time::Timestamp;
use crate::transition::{Refusal, Transition};
use crate::words::words;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

words! {
    /// Where an offer stands; all but `open` are final.
    OfferState in "offer_state" {
        Open = "open";
        Accepted = "accepted";
        Declined = "declined";
        /// Answered by an offer of the other side.
        Countered = "countered";
        Withdrawn = "withdrawn";
        Expired = "expired";
        /// Another organisation took the task.
        Superseded = "superseded";
    }

    /// Who made an offer; the other side answers.
    OfferSide in "offer_side" {
        /// The community offers the task to the organisation.
        Community = "community";
        /// The organisation asks for the task.
        Organisation = "organisation";
    }

    /// What a reader may do with an offer; the server says which.
    OfferAction in "offer_action" {
        Accept = "accept";
        Decline = "decline";
        Withdraw = "withdraw";
        /// After it expired.
        Renew = "renew";
    }
}

impl OfferSide {
    /// The side that answers.
    pub const fn other(self) -> OfferSide {
        match self {
            OfferSide::Community => OfferSide::Organisation,
            OfferSide::Organisation => OfferSide::Community,
        }
    }
}

/// How many days there are to answer when the offer does not say.
pub const DAYS_TO_ANSWER: u64 = 14;

/// `POST /tasks/{id}/offers`
///
/// With an organisation it is the community's offer to it; without one, the organisation acted
/// for asks for the task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeOfferDraft {
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The last day to answer, `2026-11-23`; in 14 days when absent.
    #[serde(default)]
    pub answer_by: Option<String>,
    /// A word to the other side.
    #[serde(default)]
    pub note: String,
    /// Accept it too, for the other side: of those who may act for both.
    #[serde(default)]
    pub accept_at_once: bool,
}

/// An offer to be made. That its last day has not passed is checked where the community's time
/// zone is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeOffer {
    pub organisation: Option<OrganisationId>,
    pub answer_by: Option<NaiveDate>,
    /// At most 1,000 characters, possibly empty.
    pub note: String,
    pub accept_at_once: bool,
}

impl Draft for MakeOfferDraft {
    type Parsed = MakeOffer;

    fn parse(self) -> Result<MakeOffer, Vec<FieldError>> {
        let mut faults = Faults::new();
        let answer_by = faults.take("answer_by", optional_day(self.answer_by.as_deref()));
        let note = faults.take("note", text(&self.note, 0, 1000));
        let Self { organisation, accept_at_once, .. } = self;
        let whole = || Some(MakeOffer { organisation, answer_by: answer_by?, note: note?, accept_at_once });
        faults.finish(whole())
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferSummary {
    pub id: OfferId,
    pub task: TaskLink,
    pub organisation: OrganisationLink,
    pub side: OfferSide,
    pub state: OfferState,
    /// The last day to answer, in the community's time zone.
    pub answer_by: NaiveDate,
    pub note: String,
    /// Why it was declined.
    pub reason: Option<String>,
    pub made_at: Timestamp,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// What the reader may do with it now.
    pub actions: Vec<OfferAction>,
    pub version: i64,
}

query! {
    /// `GET /tasks/{id}/offers`, newest first.
    ListOffers {}
}

/// What the rules need to know of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub state: OfferState,
    /// Who made it.
    pub side: OfferSide,
    /// When the last day to answer is over: [`end_of_day`].
    pub answer_until: Timestamp,
}

/// The moment a day is over where clocks are `utc_offset` seconds ahead of UTC at that moment. The
/// caller, who knows the time zone, tells the offset.
pub fn end_of_day(day: NaiveDate, utc_offset: i32) -> Timestamp {
    let midnight = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
    Timestamp::from(midnight) - TimeDelta::seconds(utc_offset.into())
}

/// The days on which the other side is reminded: three days before the last, and on it.
pub fn reminders(answer_by: NaiveDate) -> [NaiveDate; 2] {
    [answer_by.checked_sub_days(Days::new(3)).unwrap_or(answer_by), answer_by]
}

impl Offer {
    /// An offer just made.
    pub fn open(side: OfferSide, answer_until: Timestamp) -> Offer {
        Offer { state: OfferState::Open, side, answer_until }
    }

    fn end(mut self, state: OfferState) -> Result<Offer, Transition> {
        match self.state {
            OfferState::Open => {
                self.state = state;
                Ok(self)
            }
            present if present == state => Transition::refused(present, Refusal::Already),
            present => Transition::refused(present, Refusal::WrongState),
        }
    }

    /// An answer comes from the other side and in time; whoever acts for both sides names the one
    /// that answers.
    fn answer(self, by: OfferSide, now: Timestamp, state: OfferState) -> Result<Offer, Transition> {
        let answered = self.end(state)?;
        if by == self.side {
            Transition::refused(self.state, Refusal::OtherSide)
        } else if now >= self.answer_until {
            Transition::refused(self.state, Refusal::TooLate)
        } else {
            Ok(answered)
        }
    }

    /// The other side takes it.
    pub fn accept(self, by: OfferSide, now: Timestamp) -> Result<Offer, Transition> {
        self.answer(by, now, OfferState::Accepted)
    }

    /// The other side does not want it.
    pub fn decline(self, by: OfferSide, now: Timestamp) -> Result<Offer, Transition> {
        self.answer(by, now, OfferState::Declined)
    }

    /// Who made it takes it back.
    pub fn withdraw(self, by: OfferSide) -> Result<Offer, Transition> {
        let withdrawn = self.end(OfferState::Withdrawn)?;
        if by == self.side { Ok(withdrawn) } else { Transition::refused(self.state, Refusal::OtherSide) }
    }

    /// The last day to answer is over. What expired is renewed by a new offer.
    pub fn expire(self, now: Timestamp) -> Result<Offer, Transition> {
        let expired = self.end(OfferState::Expired)?;
        if now >= self.answer_until { Ok(expired) } else { Transition::refused(self.state, Refusal::TooEarly) }
    }

    /// Another offer of the task was accepted.
    pub fn supersede(self) -> Result<Offer, Transition> {
        self.end(OfferState::Superseded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNTIL: Timestamp = Timestamp(1_800_000_000_000);
    const BEFORE: Timestamp = Timestamp(1_799_999_999_999);

    #[test]
    fn the_end_of_a_day_is_the_end_where_the_community_is() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();

        assert_eq!(end_of_day(day("2026-11-23"), 2 * 3600).to_string(), "2026-11-23T22:00:00.000Z");
        assert_eq!(end_of_day(day("2026-07-01"), 3 * 3600).to_string(), "2026-07-01T21:00:00.000Z");
        assert_eq!(reminders(day("2026-03-02")), [day("2026-02-27"), day("2026-03-02")]);
    }

    #[test]
    fn the_other_side_answers_in_time() {
        for &side in OfferSide::ALL {
            let offer = Offer::open(side, UNTIL);

            assert_eq!(offer.accept(side.other(), BEFORE).unwrap().state, OfferState::Accepted);
            assert_eq!(offer.decline(side.other(), BEFORE).unwrap().state, OfferState::Declined);
            assert_eq!(offer.accept(side, BEFORE).unwrap_err().why, Refusal::OtherSide);
            assert_eq!(offer.accept(side.other(), UNTIL).unwrap_err().why, Refusal::TooLate);
            assert_eq!(offer.withdraw(side).unwrap().state, OfferState::Withdrawn);
            assert_eq!(offer.withdraw(side.other()).unwrap_err().why, Refusal::OtherSide);
            assert_eq!(offer.expire(BEFORE).unwrap_err().why, Refusal::TooEarly);
            assert_eq!(offer.expire(UNTIL).unwrap().state, OfferState::Expired);
        }
    }

    #[test]
    fn what_has_ended_stays_ended() {
        for &state in OfferState::ALL.iter().filter(|state| **state != OfferState::Open) {
            let offer = Offer { state, ..Offer::open(OfferSide::Community, UNTIL) };
            let steps = [
                offer.accept(OfferSide::Organisation, BEFORE),
                offer.decline(OfferSide::Organisation, BEFORE),
                offer.withdraw(OfferSide::Community),
                offer.expire(UNTIL),
                offer.supersede(),
            ];

            assert!(steps.iter().all(|step| step.is_err_and(|refused| refused.state == state.as_str())), "{state}");
        }
    }
}
