use crate::{
    issues::IssueRows,
    prefs,
    ui::{Day, Link, SectorChip, StateChip},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{issue::IssueSummary, names::Slug, task::TaskSummary};

/// The issues and tasks that name the indicator.
#[component]
pub(super) fn Serves(community: Slug, issues: Vec<IssueSummary>, tasks: Vec<TaskSummary>) -> impl IntoView {
    if issues.is_empty() && tasks.is_empty() {
        return view! { <section class="stack"><h2>{t!(IndicatorsServes)}</h2><p class="muted">{t!(IndicatorsServesNone)}</p></section> }
            .into_any();
    }
    let of_issues = (!issues.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{t!(IndicatorsServes)}</h2>
                <IssueRows community=community.clone() issues/>
            </section>
        }
    });
    let of_tasks = (!tasks.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{t!(IndicatorsServesTasks)}</h2>
                <ul class="rows">
                    {tasks.into_iter().map(|task| view! { <li><TaskRow community=community.clone() task/></li> }).collect_view()}
                </ul>
            </section>
        }
    });
    view! { {of_issues}{of_tasks} }.into_any()
}

#[component]
fn TaskRow(community: Slug, task: TaskSummary) -> impl IntoView {
    let href = format!("/c/{community}/issues/{}", task.issue.number);
    let here = format!("/c/{community}/tasks/{}", task.id);
    view! {
        <div class="issue-row">
            <A href=here attr:class="row-title">{task.title}</A>
            <StateChip state=task.state/>
            <p class="meta">
                <Link href>{t!(IssuesNumber, number = task.issue.number)}" "{task.issue.title}</Link>
                {task.holder.map(|holder| {
                    let name = holder.name;
                    view! { <SectorChip sector=holder.sector name=move || name.get(prefs::lang()).to_owned()/> }
                })}
                {task.due.map(|day| view! { <Day day short=true/> })}
            </p>
        </div>
    }
}
