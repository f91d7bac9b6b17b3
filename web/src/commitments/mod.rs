//! What organisations and residents put into an issue or a task.

mod amount;
mod deliver;
mod form;
mod row;

pub(crate) use amount::much_of;
pub(crate) use form::CommitTo;
pub(crate) use row::question as commitment_question;

use crate::{
    prefs,
    question::Questions,
    ui::{Button, Column, DialogState, SectorChip, Table},
};
use amount::amount;
use deliver::Deliver;
use form::CommitForm;
use leptos::prelude::*;
use row::Row;
use shared::{
    commitment::{CommitmentSummary, CommitmentTotal, totals},
    names::Slug,
    words::Word,
};

/// The contributions to one thing: totals with what was promised apart from what was delivered, each
/// contribution, and the way to add one.
#[component]
pub(crate) fn Commitments(
    commitments: Vec<CommitmentSummary>,
    to: CommitTo,
    /// Of the issue, for links to tasks.
    community: Slug,
    may_commit: bool,
    questions: Questions,
    refetch: Callback<()>,
) -> impl IntoView {
    let committing = DialogState::in_address("commit");
    let delivering = RwSignal::new(None::<CommitmentSummary>);
    let deliver_state = DialogState::new();
    let deliver = Callback::new(move |commitment: CommitmentSummary| {
        delivering.set(Some(commitment));
        deliver_state.show();
    });
    let sums = totals(commitments.iter().map(CommitmentSummary::counted));
    let empty = commitments.is_empty();
    // The task is told only where it is not the page's own.
    let names_task = matches!(to, CommitTo::Issue(_));
    view! {
        <section class="stack" id="commitments">
            <div class="row between">
                <h2>{t!(CommitmentsTitle)}</h2>
                {may_commit.then(|| view! { <Button icon="hand-heart" on_press=move || committing.show()>{t!(CommitmentsAdd)}</Button> })}
            </div>
            {empty.then(|| view! { <p class="muted">{t!(CommitmentsNone)}</p> })}
            {(!sums.is_empty()).then(|| view! { <Totals sums/> })}
            <ul class="rows">
                {commitments
                    .into_iter()
                    .map(|commitment| view! { <Row commitment community=community.clone() names_task questions deliver/> })
                    .collect_view()}
            </ul>
            {may_commit.then(|| view! { <CommitForm state=committing to refetch/> })}
            <Deliver state=deliver_state commitment=delivering refetch/>
        </section>
    }
}

/// By sector and kind, promised and delivered apart.
#[component]
fn Totals(sums: Vec<CommitmentTotal>) -> impl IntoView {
    let part = |of: &CommitmentTotal, n: i64| {
        let of = of.clone();
        move || if n == 0 { "–".to_owned() } else { amount(of.kind, n, of.currency.as_ref(), of.unit.as_deref()) }
    };
    let columns = vec![
        Column::new(t!(CommitmentsKind), |sum: &CommitmentTotal| {
            let kind = sum.kind;
            view! { {move || kind.text(prefs::lang())} }
        }),
        Column::new(t!(CommitmentsSector), |sum: &CommitmentTotal| view! { <SectorChip sector=sum.sector/> }),
        Column::number(t!(CommitmentsPromised), move |sum: &CommitmentTotal| part(sum, sum.promised)),
        Column::number(t!(CommitmentsDelivered), move |sum: &CommitmentTotal| part(sum, sum.delivered)),
    ];
    let key = |sum: &CommitmentTotal| (sum.sector, sum.kind, sum.currency.clone(), sum.unit.clone());
    view! { <Table columns rows=sums key caption=t!(CommitmentsTotals)/> }
}
