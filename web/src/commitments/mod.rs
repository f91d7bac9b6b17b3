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
    commitment::{Commitment, CommitmentSummary, CommitmentTotal, Confirmation, Counted, Delivery, totals},
    names::{Slug, Who},
    organisation::Sector,
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
    let sums = totals(commitments.iter().map(counted));
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

/// As the totals count it.
fn counted(one: &CommitmentSummary) -> Counted {
    let sector = match &one.who {
        Who::Organisation { organisation } => organisation.sector,
        Who::Role { .. } | Who::Resident { .. } => Sector::Citizens,
    };
    let delivery = one.delivered.map(|amount| Delivery {
        amount,
        at: one.delivered_at.unwrap_or_default(),
        confirmation: one.confirmation.unwrap_or(Confirmation::Waiting),
    });
    Counted {
        sector,
        kind: one.kind,
        currency: one.currency.clone(),
        unit: one.unit.clone(),
        commitment: Commitment { state: one.state, planned: one.planned, delivery },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn residents_count_as_citizens_and_delivered_apart_from_promised() {
        let link = json!({ "id": "0190d5a0-0000-7000-8000-000000000001", "number": 1, "title": "Міст", "community":
            { "id": "0190d5a0-0000-7000-8000-000000000002", "slug": "kalyna", "name": { "uk": "Калина", "en": null } } });
        let one = |state: &str, delivered: Option<i64>| -> CommitmentSummary {
            serde_json::from_value(json!({
                "id": "0190d5a0-0000-7000-8000-000000000003", "issue": link, "task": null,
                "who": { "kind": "resident", "name": null }, "kind": "hours", "state": state, "planned": 5,
                "delivered": delivered, "currency": null, "unit": null, "words": "", "reason": null, "note": null,
                "evidence": [], "confirmation": null, "offered_at": "2026-11-23T09:30:00.000Z",
                "delivered_at": null, "actions": [], "version": 1,
            }))
            .unwrap()
        };

        let sums = totals([one("accepted", None), one("delivered", Some(3)), one("offered", None)].iter().map(counted));

        assert_eq!(sums.len(), 1);
        assert_eq!((sums[0].sector, sums[0].promised, sums[0].delivered), (Sector::Citizens, 5, 3));
    }
}
