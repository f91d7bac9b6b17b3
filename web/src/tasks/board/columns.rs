use serde::{Deserialize, Serialize};
use shared::{
    names::OrganisationLink,
    organisation::Sector,
    task::{TaskState, TaskSummary},
    text::{Key, Lang},
    words::Word,
};

/// What makes the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    #[default]
    State,
    Sector,
    Organisation,
}

impl By {
    pub(super) const ALL: [By; 3] = [By::State, By::Sector, By::Organisation];

    pub(super) const fn key(self) -> Key {
        match self {
            By::State => Key::TasksByState,
            By::Sector => Key::TasksBySector,
            By::Organisation => Key::TasksByOrganisation,
        }
    }
}

/// A column with its cards, in the order of their terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// In the address.
    pub(super) key: String,
    of: Of,
    pub(super) tasks: Vec<TaskSummary>,
}

/// What a column's heading and tab need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) key: String,
    of: Of,
    pub(super) n: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    State(TaskState),
    Sector(Sector),
    Organisation(OrganisationLink),
    /// Of no sector in particular, or of nobody yet.
    None(Key),
}

impl Column {
    fn new(key: &str, of: Of, tasks: Vec<TaskSummary>) -> Column {
        Column { key: key.to_owned(), of, tasks }
    }

    pub(super) fn head(&self) -> Head {
        Head { key: self.key.clone(), of: self.of.clone(), n: self.tasks.len() }
    }
}

impl Head {
    pub(super) fn text(&self, lang: Lang) -> String {
        match &self.of {
            Of::State(state) => state.text(lang).to_owned(),
            Of::Sector(sector) => sector.text(lang).to_owned(),
            Of::Organisation(organisation) => organisation.name.get(lang).to_owned(),
            Of::None(key) => key.get(lang).to_owned(),
        }
    }
}

/// The columns of tasks: every state asked for, full or not; of sectors and organisations those with work.
pub(super) fn columns(by: By, states: &[TaskState], tasks: &[TaskSummary]) -> Vec<Column> {
    let of = |fits: &dyn Fn(&TaskSummary) -> bool| tasks.iter().filter(|task| fits(task)).cloned().collect::<Vec<_>>();
    let mut columns: Vec<Column> = match by {
        By::State => {
            let column =
                |&state| Column::new(TaskState::as_str(state), Of::State(state), of(&|task| task.state == state));
            return states.iter().map(column).collect();
        }
        By::Sector => {
            let column = |&sector| {
                Column::new(Sector::as_str(sector), Of::Sector(sector), of(&|task| sector_of(task) == Some(sector)))
            };
            let any = Column::new("any", Of::None(Key::TasksAnySector), of(&|task| sector_of(task).is_none()));
            std::iter::once(any).chain(Sector::ALL.iter().map(column)).collect()
        }
        By::Organisation => {
            let mut holders: Vec<&OrganisationLink> = Vec::new();
            for holder in tasks.iter().filter_map(|task| task.holder.as_ref()) {
                if !holders.iter().any(|known| known.id == holder.id) {
                    holders.push(holder);
                }
            }
            holders.sort_by(|one, other| one.name.uk.cmp(&other.name.uk));
            let column = |holder: &OrganisationLink| {
                let mine = of(&|task| task.holder.as_ref().is_some_and(|one| one.id == holder.id));
                Column::new(holder.slug.as_str(), Of::Organisation(holder.clone()), mine)
            };
            let nobody = Column::new("nobody", Of::None(Key::TasksNobodyYet), of(&|task| task.holder.is_none()));
            std::iter::once(nobody).chain(holders.into_iter().map(column)).collect()
        }
    };
    columns.retain(|column| !column.tasks.is_empty());
    columns
}

/// Of who has it, else the one wanted: as the server filters.
fn sector_of(task: &TaskSummary) -> Option<Sector> {
    task.holder.as_ref().map(|holder| holder.sector).or(task.sector)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn task(n: u32, state: &str, sector: Option<&str>, holder: Option<(&str, &str)>) -> TaskSummary {
        let id = |n: u32| format!("0190d5a0-0000-7000-8000-{n:012}");
        let names = |uk: &str| json!({ "uk": uk, "en": null });
        let holder = holder.map(|(name, sector)| {
            let of = name.bytes().map(u32::from).sum();
            json!({ "id": id(of), "slug": "org", "name": names(name), "sector": sector })
        });
        serde_json::from_value(json!({
            "id": id(n), "title": "Міст", "state": state, "sector": sector, "holder": holder, "due": null,
            "issue": { "id": id(90), "number": 1, "title": "Міст",
                "community": { "id": id(91), "slug": "kalyna", "name": names("Калина") } },
            "overdue": false, "blocked": false, "open_offers": 0, "changed_at": "2026-11-23T09:30:00.000Z",
            "actions": [], "version": 1,
        }))
        .unwrap()
    }

    fn counts(columns: &[Column]) -> Vec<(String, usize)> {
        columns.iter().map(|column| (column.head().text(Lang::En), column.tasks.len())).collect()
    }

    #[test]
    fn every_state_has_its_column_even_an_empty_one() {
        let tasks = [task(1, "draft", None, None), task(2, "draft", None, None)];

        let columns = columns(By::State, &[TaskState::Draft, TaskState::Offered], &tasks);

        assert_eq!(counts(&columns), [("Draft".to_owned(), 2), ("Offered".to_owned(), 0)]);
    }

    #[test]
    fn the_sector_is_of_the_holder_before_the_one_wanted() {
        let tasks =
            [task(1, "accepted", Some("ngo"), Some(("БудСервіс", "business"))), task(2, "draft", Some("ngo"), None)];

        let columns = columns(By::Sector, &[], &tasks);

        assert_eq!(counts(&columns), [("NGO".to_owned(), 1), ("Business".to_owned(), 1)]);
    }

    #[test]
    fn organisations_follow_those_that_nobody_has() {
        let tasks = [
            task(1, "accepted", None, Some(("Водоканал", "authority"))),
            task(2, "draft", None, None),
            task(3, "done", None, Some(("БудСервіс", "business"))),
        ];

        let columns = columns(By::Organisation, &[], &tasks);

        let names: Vec<_> = columns.iter().map(|column| column.head().text(Lang::Uk)).collect();
        assert_eq!(names, [Key::TasksNobodyYet.get(Lang::Uk), "БудСервіс", "Водоканал"]);
    }
}
