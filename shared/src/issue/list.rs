//! Lists of issues.

use super::{AffectedGroup, IssueState, IssueSummary};
use crate::body::query;
use crate::names::Slug;
use crate::organisation::Sector;
use crate::page::{Cursor, Several};
use crate::words::words;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// How issues are sorted.
    IssueSort in "issue_sort" {
        Newest = "newest";
        MostSupported = "most_supported";
        /// The oldest that is neither solved nor declined first.
        LongestWaiting = "longest_waiting";
        RecentlyChanged = "recently_changed";
    }

    /// What a list of issues is counted by.
    CountBy in "count_by" {
        State = "state";
    }
}

query! {
    /// `GET /communities/{slug}/issues`
    ListIssues {
        state: Several<IssueState>,
        /// Slugs of categories.
        category: Several<Slug>,
        /// Sectors with a task of it accepted or further.
        sector: Several<Sector>,
        /// The slug of an organisation with a task of it accepted or further.
        organisation: Option<Slug>,
        /// Groups shown in sums only are for moderators and coordinators.
        affected: Several<AffectedGroup>,
        /// Reported on this day or later, in the community's time zone.
        from: Option<NaiveDate>,
        /// Reported on this day or earlier, in the community's time zone.
        to: Option<NaiveDate>,
        /// Words of title and description, in any of their forms.
        words: Option<String>,
        /// Newest first when absent.
        sort: Option<IssueSort>,
        /// Also count all that fit, whatever their state.
        counts: Several<CountBy>,
    }
}

/// A page of issues, with counts where they were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuePage {
    pub items: Vec<IssueSummary>,
    /// What `after` takes to go on; null at the end.
    pub next: Option<Cursor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<StateCounts>,
}

/// How many issues there are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateCounts {
    pub reported: i64,
    pub open: i64,
    pub in_progress: i64,
    pub resolved: i64,
    pub confirmed: i64,
    pub declined: i64,
    pub duplicate: i64,
}

impl StateCounts {
    /// The count of a state.
    pub fn of(&self, state: IssueState) -> i64 {
        match state {
            IssueState::Reported => self.reported,
            IssueState::Open => self.open,
            IssueState::InProgress => self.in_progress,
            IssueState::Resolved => self.resolved,
            IssueState::Confirmed => self.confirmed,
            IssueState::Declined => self.declined,
            IssueState::Duplicate => self.duplicate,
        }
    }

    /// The place to count a state at.
    pub fn of_mut(&mut self, state: IssueState) -> &mut i64 {
        match state {
            IssueState::Reported => &mut self.reported,
            IssueState::Open => &mut self.open,
            IssueState::InProgress => &mut self.in_progress,
            IssueState::Resolved => &mut self.resolved,
            IssueState::Confirmed => &mut self.confirmed,
            IssueState::Declined => &mut self.declined,
            IssueState::Duplicate => &mut self.duplicate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_keeps_all_it_says_in_the_address() {
        let query = ListIssues {
            state: Several(vec![IssueState::Open, IssueState::InProgress]),
            category: Several(vec![Slug::parse("green-spaces").unwrap()]),
            affected: Several(vec![AffectedGroup::OlderPeople]),
            from: NaiveDate::from_ymd_opt(2026, 11, 1),
            words: Some("міст & дорога".into()),
            sort: Some(IssueSort::LongestWaiting),
            counts: Several(vec![CountBy::State]),
            limit: crate::page::Limit::try_from(20).ok(),
            ..ListIssues::default()
        };

        let address = serde_urlencoded::to_string(&query).unwrap();

        assert!(
            address.starts_with("state=open%2Cin_progress&category=green-spaces&affected=older_people&from=2026-11-01"),
            "{address}"
        );
        assert_eq!(serde_urlencoded::from_str::<ListIssues>(&address).unwrap(), query);
        assert_eq!(serde_urlencoded::to_string(ListIssues::default()).unwrap(), "");
    }

    #[test]
    fn a_misspelt_filter_is_an_error() {
        for wrong in ["stat=open", "state=opened", "limit=0", "limit=101", "from=yesterday"] {
            assert!(serde_urlencoded::from_str::<ListIssues>(wrong).is_err(), "{wrong}");
        }
    }
}
