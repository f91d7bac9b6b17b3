use super::{IssueRows, use_community_slug};
use crate::{
    api::{ApiError, issues as api},
    filter::{Filter, use_filter},
    prefs,
    shell::PageTitle,
    ui::{Button, ButtonLink, Empty, Kind, SelectField, TextField, load, load_pages},
};
use leptos::prelude::*;
use shared::{
    issue::{CountBy, IssueSort, IssueState, ListIssues, StateCounts},
    names::Slug,
    page::{Page, Several},
    words::Word,
};

/// The states a reader filters by, in the order of an issue's life.
const STATES: [IssueState; 6] = [
    IssueState::Reported,
    IssueState::Open,
    IssueState::InProgress,
    IssueState::Resolved,
    IssueState::Confirmed,
    IssueState::Declined,
];

/// The issues of a community: words, states, category and order, all in the address.
#[component]
pub(super) fn IssuesPage() -> impl IntoView {
    let slug = use_community_slug();
    view! {
        <PageTitle title=t!(IssuesTitle)/>
        <div class="page">
            <div class="lead">
                <div><h1>{t!(IssuesTitle)}</h1></div>
                {move || slug.get().map(|slug| view! {
                    <ButtonLink href=format!("/c/{slug}/report") kind=Kind::Primary icon="plus">{t!(IssuesReport)}</ButtonLink>
                })}
            </div>
            {move || slug.get().map(|slug| view! { <Issues slug/> })}
        </div>
    }
}

#[component]
fn Issues(slug: Slug) -> impl IntoView {
    let filter = use_filter::<ListIssues>();
    let counts = {
        let slug = slug.clone();
        LocalResource::new(move || {
            // Whatever state is chosen, the counts are of all that fit the rest.
            let asked = ListIssues {
                state: Several::default(),
                counts: Several(vec![CountBy::State]),
                limit: shared::page::Limit::try_from(1).ok(),
                after: None,
                ..filter.get()
            };
            let slug = slug.clone();
            async move { api::list_issues(&slug, &asked).await.map(|page| page.counts.unwrap_or_default()) }
        })
    };
    let first = {
        let slug = slug.clone();
        LocalResource::new(move || {
            let (slug, asked) = (slug.clone(), filter.get());
            async move { page(&slug, &asked).await }
        })
    };
    let more = {
        let slug = slug.clone();
        move |cursor| {
            let (slug, asked) = (slug.clone(), ListIssues { after: Some(cursor), ..filter.get_untracked() });
            async move { page(&slug, &asked).await }
        }
    };
    let by_change = move || filter.with(|filter| filter.sort == Some(IssueSort::RecentlyChanged));
    view! {
        <FilterBar slug=slug.clone() filter/>
        {load(counts, move |counts| view! { <States filter counts/> })}
        {load_pages(first, more, move |issues| {
            let slug = slug.clone();
            view! {
                <Show when=move || issues.with(Vec::is_empty)>
                    <Nothing filter/>
                </Show>
                <IssueRows community=slug issues by_change=Signal::derive(by_change)/>
            }
        })}
    }
}

async fn page(slug: &Slug, asked: &ListIssues) -> Result<Page<shared::issue::IssueSummary>, ApiError> {
    api::list_issues(slug, asked).await.map(|page| Page { items: page.items, next: page.next })
}

/// Words, category, order.
#[component]
fn FilterBar(slug: Slug, filter: Filter<ListIssues>) -> impl IntoView {
    let words = RwSignal::new(filter.with_untracked(|filter| filter.words.clone().unwrap_or_default()));
    let category = RwSignal::new(
        filter.with_untracked(|filter| filter.category.0.first().map(ToString::to_string).unwrap_or_default()),
    );
    let sort =
        RwSignal::new(filter.with_untracked(|filter| filter.sort.unwrap_or(IssueSort::Newest).as_str().to_owned()));
    let categories = LocalResource::new(move || {
        let slug = slug.clone();
        async move { api::list_categories(&slug).await }
    });
    let options = Signal::derive(move || {
        let lang = prefs::lang();
        let known = categories.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
        known
            .into_iter()
            .map(|category| (category.slug.to_string(), category.name.get(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    let sorts = Signal::derive(move || {
        let lang = prefs::lang();
        IssueSort::ALL.iter().map(|sort| (sort.as_str().to_owned(), sort.text(lang).to_owned())).collect::<Vec<_>>()
    });
    // What is chosen goes into the address at once; words wait for the button or Enter.
    Effect::new(move |before: Option<(String, String)>| {
        let now = (category.get(), sort.get());
        if before.is_some_and(|before| before != now) {
            filter.change(|filter| {
                filter.category = Several(Slug::parse(&now.0).into_iter().collect());
                filter.sort = now.1.parse().ok().filter(|sort| *sort != IssueSort::Newest);
            });
        }
        now
    });
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = words.get_untracked().trim().to_owned();
        filter.change(|filter| filter.words = (!typed.is_empty()).then_some(typed));
    };
    view! {
        <form class="filter-bar" role="search" on:submit=search>
            <TextField name="words" label=t!(IssuesWords) value=words/>
            <SelectField name="category" label=t!(IssuesCategory) value=category options nothing=t!(IssuesAnyCategory)/>
            <SelectField name="sort" label=t!(IssuesSort) value=sort options=sorts/>
            <Button submit=true icon="search">{t!(IssuesSearch)}</Button>
        </form>
    }
}

/// Chips of states with their counts; several may be chosen.
#[component]
fn States(filter: Filter<ListIssues>, counts: StateCounts) -> impl IntoView {
    let chip = move |state: IssueState| {
        let chosen = Signal::derive(move || filter.with(|filter| filter.state.0.contains(&state)));
        let press = move |_| {
            filter.change(|filter| {
                let states = &mut filter.state.0;
                if states.contains(&state) {
                    states.retain(|one| *one != state);
                } else {
                    states.push(state);
                }
            });
        };
        view! {
            <button type="button" class="filter-chip" aria-pressed=move || chosen.get().to_string() on:click=press>
                {move || state.text(prefs::lang())}" "<span class="num faint">{counts.of(state)}</span>
            </button>
        }
    };
    view! {
        <div class="row tight" role="group" aria-label=t!(IssuesStates)>
            {STATES.into_iter().map(chip).collect_view()}
        </div>
    }
}

/// No issue fits: of none at all the page says what it is for, of a narrow filter how to widen it.
#[component]
fn Nothing(filter: Filter<ListIssues>) -> impl IntoView {
    let slug = use_community_slug();
    move || {
        if filter.get() == ListIssues::default() {
            let href = slug.get().map(|slug| format!("/c/{slug}/report")).unwrap_or_default();
            view! {
                <Empty icon="map-pin" title=t!(IssuesNoneTitle)>
                    <p>{t!(IssuesNoneText)}</p>
                    <ButtonLink href kind=Kind::Primary>{t!(IssuesReport)}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty icon="list-filter" title=t!(IssuesNoMatchTitle)>
                    <ButtonLink href=filter.href(|filter| *filter = ListIssues::default())>{t!(IssuesShowAll)}</ButtonLink>
                </Empty>
            }
            .into_any()
        }
    }
}
