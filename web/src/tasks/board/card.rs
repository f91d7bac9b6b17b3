use super::{Desk, keys};
use crate::{
    prefs,
    tasks::{Due, address, step::dialog_of, work::holder},
    ui::{Badge, Icon, Menu, MenuButton, MenuLink, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    task::{TaskAction, TaskSummary},
    words::Word,
};

/// One task on the board. The card itself takes the focus; its link and its menu are reached from it.
#[component]
pub(super) fn Card(task: TaskSummary, desk: Desk) -> impl IntoView {
    let id = task.id;
    let slug = desk.slug.get_value();
    let sector = task.holder.as_ref().map(|holder| holder.sector).or(task.sector);
    let offers = u64::try_from(task.open_offers).unwrap_or_default();
    let is_active = move || desk.active.get() == Some(id);
    // Of what stands inside only the card's own focus counts: what is being pressed may not be redrawn.
    let focus = move |event: leptos::ev::FocusEvent| {
        if event.target() == event.current_target() {
            desk.focused.set(Some(id));
        }
    };
    let title = task.title.clone();
    let label = StoredValue::new(task.title.clone());
    let menu_of = StoredValue::new(task.clone());
    view! {
        <li
            class=format!("card {}", sector.map(Word::word).unwrap_or_default())
            data-task=id.to_string()
            tabindex=move || if is_active() { "0" } else { "-1" }
            on:focus=focus
        >
            <div class="card-head">
                <A href=address(&slug, id, None) attr:class="card-title" attr:tabindex="-1">{title}</A>
                {move || if is_active() {
                    view! { <CardMenu task=menu_of.get_value() desk/> }.into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            class="btn quiet small icon-only"
                            tabindex="-1"
                            aria-haspopup="menu"
                            aria-label=move || t!(TasksMenuOf, title = label.get_value())()
                            on:click=move |_| keys::open_menu(desk, id)
                        >
                            <Icon name="ellipsis"/>
                        </button>
                    }.into_any()
                }}
            </div>
            <div class="card-foot">
                {holder(&task)}
                {task.due.map(|day| view! { <small><Due day overdue=task.overdue/></small> })}
            </div>
            {(task.blocked || offers > 0).then(|| view! {
                <div class="row tight">
                    {task.blocked.then(|| view! { <Badge tone=Tone::Danger>{t!(TasksBlocked)}</Badge> })}
                    {(offers > 0).then(|| view! { <Badge tone=Tone::Accent>{t!(TasksOpenOffers; offers)}</Badge> })}
                </div>
            })}
        </li>
    }
}

/// What may be done with the task; forms open on its own page.
#[component]
fn CardMenu(task: TaskSummary, desk: Desk) -> impl IntoView {
    let slug = desk.slug.get_value();
    let id = task.id;
    let title = StoredValue::new(task.title.clone());
    let open = address(&slug, id, None);
    let issue = format!("/c/{slug}/issues/{}", task.issue.number);
    let shown = StoredValue::new(task.clone());
    let item = |action: TaskAction| {
        let words = move || action.text(prefs::lang());
        match dialog_of(action) {
            Some(dialog) => view! { <MenuLink href=address(&slug, id, Some(dialog))>{words}</MenuLink> }.into_any(),
            // Clearing an obstacle needs the version that only the task's own page has.
            None if action == TaskAction::Unblock => ().into_any(),
            None => {
                let danger = matches!(action, TaskAction::Release | TaskAction::Recall | TaskAction::Cancel);
                let press = move || shown.with_value(|task| desk.press(action, task));
                view! { <MenuButton danger on_press=press>{words}</MenuButton> }.into_any()
            }
        }
    };
    let items = task.actions.iter().copied().map(item).collect_view();
    view! {
        <Menu
            button=|| view! { <Icon name="ellipsis"/> }
            label=move || t!(TasksMenuOf, title = title.get_value())()
            class="btn quiet small icon-only"
        >
            <MenuLink href=open icon="arrow-right">{t!(TasksOpen)}</MenuLink>
            <MenuLink href=issue icon="map-pin">{t!(TasksOpenIssue)}</MenuLink>
            {items}
        </Menu>
    }
}
