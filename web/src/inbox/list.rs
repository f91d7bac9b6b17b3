use super::{
    count::{InboxCount, concerns_inboxes},
    item::Item,
};
use crate::{
    api::inbox as api,
    filter::{Filter, use_filter},
    prefs,
    question::{Asks, use_questions},
    session,
    shell::{PageTitle, use_community_here},
    stream::{self, Live, use_changes},
    ui::{Button, ButtonLink, Empty, Kind, Lines, Skeleton, load, use_toasts},
};
use leptos::prelude::*;
use shared::{
    inbox::{InboxCount as Counted, InboxItem, InboxPage as Page, InboxReason, ListInbox},
    page::{Limit, Several},
    words::Word,
};

/// What waits for the reader, by reason, the most pressing first.
#[component]
pub(super) fn InboxPage() -> impl IntoView {
    let filter = use_filter::<ListInbox>();
    let first = LocalResource::new(move || {
        let asked = ListInbox { after: None, limit: Limit::try_from(Limit::MOST).ok(), ..filter.get() };
        stream::read(async move { api::list_inbox(&asked).await })
    });
    let count = use_context::<InboxCount>();
    let refetch = Callback::new(move |()| {
        stream::ask();
        first.refetch();
        if let Some(count) = count {
            count.refetch();
        }
    });
    let changes = use_changes(concerns_inboxes);
    let reread = Callback::new(move |()| first.refetch());
    view! {
        <PageTitle title=t!(InboxTitle)/>
        <div class="page">
            <div class="head">
                <h1>{t!(InboxTitle)}</h1>
                <p class="lede">{t!(InboxLede)}</p>
            </div>
            {move || if session::restoring() {
                // Whose it is is being found out.
                view! { <Skeleton lines=Lines::Rows/> }.into_any()
            } else {
                view! {
                    <Live changes refetch=reread/>
                    {load(first, move |page| view! { <Whole page filter refetch/> })}
                }.into_any()
            }}
        </div>
    }
}

#[component]
fn Whole(page: Page, filter: Filter<ListInbox>, refetch: Callback<()>) -> impl IntoView {
    let questions = use_questions(refetch);
    let Page { items, next, counts } = page;
    let items = RwSignal::new(items);
    let next = RwSignal::new(next);
    let toasts = use_toasts();
    let more = Action::new_local(move |(): &()| {
        let asked = ListInbox { after: next.get_untracked(), ..filter.get_untracked() };
        async move {
            match api::list_inbox(&asked).await {
                Ok(page) => {
                    items.update(|items| items.extend(page.items));
                    next.set(page.next);
                }
                Err(error) => toasts.fail(&error),
            }
        }
    });
    let press = move || {
        more.dispatch(());
    };
    view! {
        <Reasons counts=counts.clone() filter/>
        {move || if items.with(Vec::is_empty) {
            view! { <Nothing filter/> }.into_any()
        } else {
            groups(items.get())
                .into_iter()
                .map(|(reason, items)| {
                    let count = counts.iter().find(|one| one.reason == reason).map(|one| one.count);
                    view! {
                        <section class="stack tight">
                            <h2 class="row">{move || reason.text(prefs::lang())}" "<span class="num faint">{count}</span></h2>
                            <ul class="rows">
                                {items.into_iter().map(|item| view! { <Item item questions refetch/> }).collect_view()}
                            </ul>
                        </section>
                    }
                })
                .collect_view()
                .into_any()
        }}
        <Show when=move || next.with(Option::is_some)>
            <div class="buttons"><Button pending=more.pending() on_press=press>{t!(UiShowMore)}</Button></div>
        </Show>
        <Asks questions/>
    }
}

/// Each reason once, in the order of the first of its things.
fn groups(items: Vec<InboxItem>) -> Vec<(InboxReason, Vec<InboxItem>)> {
    let mut groups: Vec<(InboxReason, Vec<InboxItem>)> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|(reason, _)| *reason == item.reason) {
            Some((_, items)) => items.push(item),
            None => groups.push((item.reason, vec![item])),
        }
    }
    groups
}

/// One reason or all; only where there are several to choose between.
#[component]
fn Reasons(counts: Vec<Counted>, filter: Filter<ListInbox>) -> impl IntoView {
    let total: i64 = counts.iter().map(|one| one.count).sum();
    let pill = move |reason: Option<InboxReason>, n: i64| {
        let on = move || filter.with(|filter| filter.reason.0.first().copied()) == reason;
        let href = move || filter.href(|filter| filter.reason = Several(reason.into_iter().collect()));
        let text = move || reason.map_or_else(|| t!(InboxEverything)(), |reason| reason.text(prefs::lang()));
        view! {
            <a class="pill" href=href aria-current=move || on().then_some("true")>
                {text}" "<span class="num">{n}</span>
            </a>
        }
    };
    (counts.len() > 1).then(|| {
        view! {
            <nav class="filters" aria-label=t!(InboxReasons)>
                {pill(None, total)}
                {counts.into_iter().map(|one| pill(Some(one.reason), one.count)).collect_view()}
            </nav>
        }
    })
}

/// Nothing waits: what comes here, and where to go instead.
#[component]
fn Nothing(filter: Filter<ListInbox>) -> impl IntoView {
    let here = use_community_here();
    move || {
        if filter.with(|filter| !filter.reason.is_empty()) {
            let all = filter.href(|filter| *filter = ListInbox::default());
            view! {
                <Empty icon="circle-check" title=t!(InboxNoneOfThese)>
                    <ButtonLink href=all>{t!(IssuesShowAll)}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            let community = here.here_or_last();
            let issues = community.map_or_else(|| "/".to_owned(), |slug| format!("/c/{slug}/issues"));
            view! {
                <Empty title=t!(InboxNoneTitle)>
                    <p>{t!(InboxNoneText)}</p>
                    <ButtonLink href=issues kind=Kind::Primary>{t!(InboxToIssues)}</ButtonLink>
                </Empty>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_reason_is_one_group_in_the_order_given() {
        let item = |reason: &str| -> InboxItem {
            serde_json::from_value(json!({
                "reason": reason, "community": null, "acting_for": null, "since": "2026-11-23T09:30:00.000Z",
                "due": null, "subject": { "kind": "organisation", "organisation": {
                    "id": "0190d5a0-0000-7000-8000-000000000001", "slug": "org",
                    "name": { "uk": "Наш берег", "en": null }, "sector": "ngo" } },
            }))
            .unwrap()
        };

        let groups = groups(vec![item("objection"), item("my_task"), item("objection")]);

        let sizes: Vec<_> = groups.iter().map(|(reason, items)| (reason.as_str(), items.len())).collect();
        assert_eq!(sizes, [("objection", 2), ("my_task", 1)]);
    }
}
