use crate::ui::{Column, Link, SectorChip, Table, intl};
use leptos::prelude::*;
use shared::{dashboard::SectorTasks, names::Slug};

/// How the tasks of each sector stand; each figure leads to the tasks it counts.
#[component]
pub(super) fn Tasks(slug: Slug, tasks: Vec<SectorTasks>) -> impl IntoView {
    let list = format!("/c/{slug}/tasks");
    let empty = tasks.is_empty();
    let column = |label: TextProp, query: &'static str, late: bool, figure: fn(&SectorTasks) -> i64| {
        let list = list.clone();
        Column::number(label, move |row: &SectorTasks| {
            let (n, href) = (figure(row), format!("{list}?sector={}&{query}", row.sector));
            if n == 0 {
                view! { <span class="faint">"0"</span> }.into_any()
            } else {
                view! { <span class:late-note=late><Link href>{move || intl::number(n)}</Link></span> }.into_any()
            }
        })
    };
    let columns = vec![
        Column::new(t!(DashboardSector), |row: &SectorTasks| view! { <SectorChip sector=row.sector/> }),
        column(t!(DashboardOffered).into(), "state=offered", false, |row| row.offered),
        column(t!(DashboardAccepted).into(), "state=accepted,in_progress", false, |row| row.accepted),
        column(t!(DashboardDone).into(), "state=done,verified", false, |row| row.done),
        column(t!(DashboardOverdue).into(), "overdue=true", true, |row| row.overdue),
    ];
    view! {
        <section class="stack">
            <h2>{t!(DashboardTasks)}</h2>
            {if empty {
                view! { <p class="muted">{t!(DashboardNoTasks)}</p> }.into_any()
            } else {
                view! {
                    <Table columns rows=tasks key=|row: &SectorTasks| row.sector caption=t!(DashboardTasksCaption)/>
                    <p><Link href=list>{t!(DashboardAllTasks)}</Link></p>
                }
                .into_any()
            }}
        </section>
    }
}
