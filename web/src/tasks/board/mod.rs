//! The board of a community's tasks: columns by state, by sector or by organisation.

mod card;
mod columns;
mod keys;
mod tools;

use super::step;
use crate::{
    api::{ApiError, Step, tasks as api},
    filter::{Filter, use_filter},
    issues::use_community_slug,
    prefs,
    question::{Asks, Questions, use_at_once, use_questions},
    shell::PageTitle,
    stream::{on_change, use_changes},
    ui::{ButtonLink, Empty, Failed, Kind, Lines, Skeleton},
};
use card::Card;
use columns::{By, Column, columns};
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    ids::TaskId,
    names::Slug,
    organisation::Sector,
    page::{Limit, Several},
    task::{ListTasks, TaskAction, TaskSort, TaskState, TaskSummary},
    words::Word,
};
use std::collections::HashMap;
use tools::Tools;

/// At most this many pages of a hundred are read: more cards than that nobody looks through.
const MOST_PAGES: usize = 5;

/// What the address says of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<By>,
    /// Only these, as the links of a figure ask for.
    #[serde(default, skip_serializing_if = "Several::is_empty")]
    state: Several<TaskState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sector: Option<Sector>,
    /// The slug of the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overdue: Option<bool>,
    /// What is verified or cancelled too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<bool>,
    /// The column that a phone shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<String>,
}

impl Shown {
    /// Those asked for, in the order of the work.
    fn states(&self) -> Vec<TaskState> {
        let ends = [TaskState::Verified, TaskState::Cancelled];
        let is_shown = |state: &TaskState| match self.state.0.as_slice() {
            [] => self.all == Some(true) || !ends.contains(state),
            asked => asked.contains(state),
        };
        TaskState::ALL.iter().copied().filter(is_shown).collect()
    }

    fn asked(&self) -> ListTasks {
        ListTasks {
            state: Several(self.states()),
            sector: Several(self.sector.into_iter().collect()),
            organisation: self.organisation.clone(),
            overdue: self.overdue,
            sort: Some(TaskSort::Due),
            limit: Limit::try_from(Limit::MOST).ok(),
            after: None,
        }
    }
}

/// All tasks that fit, and whether there would be more.
async fn read(community: &Slug, shown: &Shown) -> Result<(Vec<TaskSummary>, bool), ApiError> {
    let mut asked = shown.asked();
    let mut tasks = Vec::new();
    for _ in 0..MOST_PAGES {
        let page = api::list_tasks(community, &asked).await?;
        tasks.extend(page.items);
        asked.after = page.next;
        if asked.after.is_none() {
            return Ok((tasks, false));
        }
    }
    Ok((tasks, true))
}

#[component]
pub(super) fn BoardPage() -> impl IntoView {
    let slug = use_community_slug();
    view! {
        <PageTitle title=t!(TasksTitle)/>
        <div class="page full">
            <div class="lead">
                <div>
                    <h1>{t!(TasksTitle)}</h1>
                    <p class="lede">{t!(TasksLede)}</p>
                </div>
            </div>
            {move || slug.get().map(|slug| view! { <Board slug/> })}
        </div>
    }
}

#[component]
fn Board(slug: Slug) -> impl IntoView {
    let filter = use_filter::<Shown>();
    // Another column on a phone is no other question to the server.
    let asked = Memo::new(move |_| Shown { column: None, by: None, ..filter.get() });
    let resource = {
        let slug = slug.clone();
        LocalResource::new(move || {
            let (slug, asked) = (slug.clone(), asked.get());
            async move { read(&slug, &asked).await }
        })
    };
    let refetch = Callback::new(move |()| resource.refetch());
    // What was there stays in its place while something newer is read, with the focus on it.
    let tasks = Memo::new(move |before: Option<&Vec<TaskSummary>>| match resource.get() {
        Some(Ok((tasks, _))) => tasks,
        _ => before.cloned().unwrap_or_default(),
    });
    let community =
        Memo::new(move |_| tasks.with(|tasks| tasks.first().map(|task| task.issue.community.id.to_string())));
    let changes = use_changes(move |told| {
        let here = community.with_untracked(|here| here.is_none() || told.community == *here);
        here && matches!(told.thing.as_deref(), Some("task" | "offer"))
    });
    // Cards keep their places while the board is read again, so nothing is lost by it.
    on_change(changes, move || resource.refetch());
    let state = Memo::new(move |_| match resource.get() {
        None => State::Loading,
        Some(Err(error)) => State::Failed(error),
        Some(Ok((tasks, _))) if tasks.is_empty() => State::Empty,
        Some(Ok((_, more))) => State::Ready { more },
    });
    let slug = StoredValue::new(slug);
    view! {
        <Tools filter/>
        {move || match state.get() {
            State::Loading => view! { <Skeleton lines=Lines::Rows n=6/> }.into_any(),
            State::Failed(error) => view! { <Failed error retry=refetch/> }.into_any(),
            State::Empty => view! { <Nothing filter slug=slug.get_value()/> }.into_any(),
            State::Ready { more } => view! {
                <Columns slug=slug.get_value() filter tasks refetch/>
                {more.then(|| view! { <p class="muted">{t!(TasksTooMany, n = MOST_PAGES * 100)}</p> })}
            }.into_any(),
        }}
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Loading,
    Failed(ApiError),
    Empty,
    Ready { more: bool },
}

/// What every card needs of its board.
#[derive(Clone, Copy)]
struct Desk {
    slug: StoredValue<Slug>,
    questions: Questions,
    at_once: Action<Step, ()>,
    /// The card the keys are at: the only one that Tab reaches, and the only one with a menu drawn.
    active: Memo<Option<TaskId>>,
    focused: RwSignal<Option<TaskId>>,
    board: NodeRef<html::Div>,
}

impl Desk {
    fn press(&self, action: TaskAction, task: &TaskSummary) {
        if let Some(question) = step::question(action, task.id, &task.title, task.holder.as_ref()) {
            self.questions.ask(question);
        } else if action == TaskAction::Start {
            self.at_once.dispatch(api::start(task.id));
        }
    }
}

#[component]
fn Columns(slug: Slug, filter: Filter<Shown>, tasks: Memo<Vec<TaskSummary>>, refetch: Callback<()>) -> impl IntoView {
    let board = NodeRef::<html::Div>::new();
    let questions = use_questions(refetch);
    let at_once = use_at_once(refetch);
    let shown = Memo::new(move |_| {
        filter.with(|shown| tasks.with(|tasks| columns(shown.by.unwrap_or_default(), &shown.states(), tasks)))
    });
    // On a phone: the column of the address, else the first that has something.
    let here = Memo::new(move |_| {
        let asked = filter.with(|shown| shown.column.clone());
        shown.with(|columns| {
            let asked = columns.iter().find(|column| Some(&column.key) == asked.as_ref());
            asked.or_else(|| columns.iter().find(|column| !column.tasks.is_empty())).map(|column| column.key.clone())
        })
    });
    let focused = RwSignal::new(None::<TaskId>);
    let active = Memo::new(move |_| {
        let focused = focused.get();
        tasks.with(|tasks| focused.filter(|id| tasks.iter().any(|task| task.id == *id))).or_else(|| {
            let column = here.get();
            shown.with(|columns| {
                let column = columns.iter().find(|one| Some(&one.key) == column.as_ref());
                column.and_then(|column| column.tasks.first()).map(|task| task.id)
            })
        })
    });
    // What a phone shows no more cannot be where the keys are.
    Effect::new(move |before: Option<()>| {
        here.track();
        if before.is_some() {
            focused.set(None);
        }
    });
    let desk = Desk { slug: StoredValue::new(slug), questions, at_once, active, focused, board };
    let moves = announce_moves(tasks);
    keys::keep_focus(desk, tasks);
    let heads = move || shown.with(|columns| columns.iter().map(Column::head).collect::<Vec<_>>());
    view! {
        <nav class="tabs narrow-only" aria-label=t!(TasksColumns)>
            <For each=heads key=|head| (head.key.clone(), head.n) let(head)>
                {
                    let (key, n) = (head.key.clone(), head.n);
                    let href = {
                        let key = key.clone();
                        move || filter.href(|shown| shown.column = Some(key.clone()))
                    };
                    view! {
                        <a href=href aria-current=move || (here.get().as_ref() == Some(&key)).then_some("true")>
                            {move || head.text(prefs::lang())}" "<span class="num faint">{n}</span>
                        </a>
                    }
                }
            </For>
        </nav>
        <p class="visually-hidden" id="board-keys">{t!(TasksKeys)}</p>
        <div
            class="board"
            role="group"
            aria-label=t!(TasksTitle)
            aria-describedby="board-keys"
            node_ref=board
            on:keydown=move |event| keys::pressed(desk, &event)
        >
            <For each=heads key=|head| head.key.clone() let(head)>
                {
                    let key = StoredValue::new(head.key.clone());
                    let of = Memo::new(move |_| shown.with(|columns| {
                        columns.iter().find(|column| key.with_value(|key| column.key == *key)).map(|column| column.tasks.clone()).unwrap_or_default()
                    }));
                    let id = format!("column-{}", head.key);
                    view! {
                        <section
                            class="column"
                            class:here=move || key.with_value(|key| here.with(|here| here.as_ref() == Some(key)))
                            aria-labelledby=id.clone()
                        >
                            <h2 id=id.clone()>
                                <span>{move || head.text(prefs::lang())}</span>
                                <span class="num faint">{move || of.with(Vec::len)}</span>
                            </h2>
                            <ul>
                                <For each=move || of.get() key=|task| (task.id, task.version, task.changed_at, task.open_offers) let(task)>
                                    <Card task desk/>
                                </For>
                            </ul>
                        </section>
                    }
                }
            </For>
        </div>
        <div class="visually-hidden" role="status">{move || moves.get()}</div>
        <Asks questions/>
    }
}

/// Says which card stands elsewhere now, whoever moved it.
fn announce_moves(tasks: Memo<Vec<TaskSummary>>) -> ReadSignal<String> {
    let (said, say) = signal(String::new());
    Effect::new(move |before: Option<HashMap<TaskId, TaskState>>| {
        let now: HashMap<_, _> = tasks.with(|tasks| tasks.iter().map(|task| (task.id, task.state)).collect());
        if let Some(before) = before {
            let lang = prefs::lang_now();
            let moved = tasks.with_untracked(|tasks| {
                let moved = tasks.iter().filter(|task| before.get(&task.id).is_some_and(|state| *state != task.state));
                moved.map(|task| format!("{}: {}", task.title, task.state.text(lang))).collect::<Vec<_>>()
            });
            if !moved.is_empty() {
                say.set(moved.join(". "));
            }
        }
        now
    });
    said
}

/// No task fits: of none at all the page says where tasks come from, of a narrow filter how to widen it.
#[component]
fn Nothing(filter: Filter<Shown>, slug: Slug) -> impl IntoView {
    move || {
        let narrow =
            filter.with(|shown| *shown != Shown { by: shown.by, column: shown.column.clone(), ..Default::default() });
        if narrow {
            let all = filter.href(|shown| *shown = Shown { by: shown.by, ..Default::default() });
            view! {
                <Empty icon="list-filter" title=t!(IssuesNoMatchTitle)>
                    <ButtonLink href=all>{t!(IssuesShowAll)}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            let issues = format!("/c/{slug}/issues?state=open");
            view! {
                <Empty icon="list-checks" title=t!(TasksNoneTitle)>
                    <p>{t!(TasksNoneText)}</p>
                    <ButtonLink href=issues kind=Kind::Primary>{t!(TasksToIssues)}</ButtonLink>
                </Empty>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TaskState::{Accepted, Done, Draft, InProgress, Offered, Verified};

    #[test]
    fn what_is_finished_is_left_out_unless_it_is_asked_for() {
        let of = |query: &str| serde_urlencoded::from_str::<Shown>(query).unwrap().states();

        assert_eq!(of(""), [Draft, Offered, Accepted, InProgress, Done]);
        assert_eq!(of("all=true"), TaskState::ALL);
        assert_eq!(of("sector=ngo&state=verified,done"), [Done, Verified]);
    }
}
