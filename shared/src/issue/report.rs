//! Reporting an issue and changing what was reported.

use super::{AffectedGroup, Naming};
use crate::account::{Email, Session};
use crate::body::patch;
use crate::draft::{Draft, Faults, Patch, line, text};
use crate::fields::at_most;
use crate::ids::IndicatorId;
use crate::names::{IssueLink, Slug};
use crate::place::Place;
use crate::problem::FieldError;
use crate::text::Lang;
use crate::time::Timestamp;
use crate::upload::UploadClaim;
use serde::{Deserialize, Serialize};

/// The most photos of one report, objection or piece of evidence.
pub const MOST_PHOTOS: usize = 6;

/// `POST /communities/{slug}/issues`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportIssueDraft {
    pub title: String,
    #[serde(default)]
    pub description: String,
    /// The slug of a category of the community.
    pub category: String,
    pub place: Place,
    #[serde(default)]
    pub photos: Vec<UploadClaim>,
    #[serde(default)]
    pub affected: Vec<AffectedGroup>,
    /// To those who work on it when absent.
    #[serde(default)]
    pub naming: Option<Naming>,
    /// Needed of a caller who is not signed in: the report waits until the link mailed there is
    /// followed. Of others it is not looked at.
    #[serde(default)]
    pub email: Option<String>,
    /// The language of the mails about it; the request's when absent.
    #[serde(default)]
    pub language: Option<Lang>,
    /// Left empty by people, who do not see it on the form: a report by e-mail that comes with it filled
    /// in is answered as if it were kept, and is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub homepage: String,
}

/// An issue to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportIssue {
    /// A line of 1 to 120 characters.
    pub title: String,
    /// Plain text of at most 4,000 characters, possibly empty.
    pub description: String,
    pub category: Slug,
    pub place: Place,
    /// At most six.
    pub photos: Vec<UploadClaim>,
    /// Each once.
    pub affected: Vec<AffectedGroup>,
    pub naming: Naming,
    pub email: Option<Email>,
    pub language: Option<Lang>,
    /// Whether what no person sees was filled in.
    pub by_program: bool,
}

impl Draft for ReportIssueDraft {
    type Parsed = ReportIssue;

    fn parse(self) -> Result<ReportIssue, Vec<FieldError>> {
        let mut faults = Faults::new();
        let title = faults.take("title", issue_title(&self.title));
        let description = faults.take("description", issue_description(&self.description));
        let category = faults.take("category", Slug::parse(&self.category));
        let place = faults.take_draft("place", self.place);
        let photos = faults.take("photos", at_most(self.photos, MOST_PHOTOS));
        let email = faults.take("email", self.email.as_deref().map(Email::parse).transpose());
        let affected = each_once(self.affected);
        let naming = self.naming.unwrap_or(Naming::Workers);
        let (language, by_program) = (self.language, !self.homepage.is_empty());
        let whole = || {
            Some(ReportIssue {
                title: title?,
                description: description?,
                category: category?,
                place: place?,
                photos: photos?,
                affected,
                naming,
                email: email?,
                language,
                by_program,
            })
        };
        faults.finish(whole())
    }
}

fn issue_title(raw: &str) -> Result<String, FieldError> {
    line(raw, 1, 120)
}

fn issue_description(raw: &str) -> Result<String, FieldError> {
    text(raw, 0, 4000)
}

fn each_once(mut groups: Vec<AffectedGroup>) -> Vec<AffectedGroup> {
    groups.sort();
    groups.dedup();
    groups
}

/// What a report by e-mail answers (202), whether the address is known or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingReport {
    /// When it is deleted unless the mailed link is followed.
    pub expires_at: Timestamp,
}

/// `POST /reports/confirm` and `POST /issues/join`: signed in, and at the issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArrivedAtIssue {
    pub session: Session,
    pub issue: IssueLink,
}

patch! {
    /// `PATCH /issues/{id}`: the reporter changes words until triage, moderators and coordinators all.
    UpdateIssueDraft {
        title: String,
        description: String,
        /// The slug of a category of the community.
        category: String,
        place: Place,
        affected: Vec<AffectedGroup>,
        naming: Naming,
        private: bool,
        blurred: bool,
        /// The indicator it is meant to move.
        indicator: IndicatorId | nullable,
    }
}

/// What changes of an issue; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateIssue {
    pub title: Option<String>,
    pub description: Option<String>,
    pub category: Option<Slug>,
    pub place: Option<Place>,
    pub affected: Option<Vec<AffectedGroup>>,
    pub naming: Option<Naming>,
    pub private: Option<bool>,
    pub blurred: Option<bool>,
    pub indicator: Patch<IndicatorId>,
}

impl Draft for UpdateIssueDraft {
    type Parsed = UpdateIssue;

    fn parse(self) -> Result<UpdateIssue, Vec<FieldError>> {
        let mut faults = Faults::new();
        let title = faults.patch("title", self.title, |title| issue_title(&title));
        let description = faults.patch("description", self.description, |words| issue_description(&words));
        let category = faults.patch("category", self.category, |slug| Slug::parse(&slug));
        let place = match self.place {
            Patch::Value(place) => faults.take_draft("place", place).map(Some),
            other => faults.patch("place", other, Ok),
        };
        let affected = faults.patch("affected", self.affected, |groups| Ok(each_once(groups)));
        let naming = faults.patch("naming", self.naming, Ok);
        let private = faults.patch("private", self.private, Ok);
        let blurred = faults.patch("blurred", self.blurred, Ok);
        let indicator = self.indicator;
        let whole = || {
            Some(UpdateIssue {
                title: title?,
                description: description?,
                category: category?,
                place: place?,
                affected: affected?,
                naming: naming?,
                private: private?,
                blurred: blurred?,
                indicator,
            })
        };
        faults.finish(whole())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::FileId;
    use crate::place::Coordinates;
    use crate::problem::Fault;

    #[test]
    fn a_report_tells_all_its_faults_at_once() {
        let photo = UploadClaim { id: FileId(uuid::Uuid::nil()), claim: String::new() };
        let place = Place { coordinates: Some(Coordinates { lat_e6: 91_000_000, lon_e6: 0 }), ..Place::default() };
        let draft = ReportIssueDraft {
            place,
            photos: vec![photo; 7],
            email: Some("olena".into()),
            ..ReportIssueDraft::default()
        };

        let faults: Vec<_> = draft.parse().unwrap_err().into_iter().map(|error| (error.field, error.code)).collect();

        let expected = [
            ("title", Fault::Required),
            ("category", Fault::Required),
            ("place.coordinates.lat_e6", Fault::TooLarge),
            ("photos", Fault::TooMany),
            ("email", Fault::NotAnEmail),
        ];
        assert_eq!(faults, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_report_says_where() {
        let nowhere =
            ReportIssueDraft { title: "Яма".into(), category: "roads".into(), ..ReportIssueDraft::default() };
        let somewhere = ReportIssueDraft {
            place: Place { description: Some("біля школи".into()), ..Place::default() },
            affected: vec![AffectedGroup::Rural, AffectedGroup::Children, AffectedGroup::Rural],
            ..nowhere.clone()
        };

        assert_eq!(nowhere.parse().unwrap_err(), [FieldError::new("place.address", Fault::Required)]);
        let report = somewhere.parse().unwrap();
        assert_eq!(
            (report.naming, report.affected),
            (Naming::Workers, vec![AffectedGroup::Children, AffectedGroup::Rural])
        );
    }
}
