use crate::{
    prefs,
    ui::{Column, SectorChip, Table, intl},
};
use leptos::prelude::*;
use shared::{
    commitment::{CommitmentKind, CommitmentTotal},
    organisation::Sector,
    text::Key,
    words::Word,
};

/// What a sector put in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OfSector {
    sector: Sector,
    totals: Vec<CommitmentTotal>,
}

/// What each sector delivered, and apart from it what it promises.
#[component]
pub(super) fn Commitments(totals: Vec<CommitmentTotal>) -> impl IntoView {
    let rows = by_sector(totals);
    let empty = rows.is_empty();
    let columns = vec![
        Column::new(t!(DashboardSector), |row: &OfSector| view! { <SectorChip sector=row.sector/> }),
        Column::new(t!(DashboardDelivered), |row: &OfSector| amounts(&row.totals, |total| total.delivered)),
        Column::new(t!(DashboardPromised), |row: &OfSector| amounts(&row.totals, |total| total.promised)),
    ];
    view! {
        <section class="stack">
            <h2>{t!(DashboardCommitments)}</h2>
            {if empty {
                view! { <p class="muted">{t!(DashboardNoCommitments)}</p> }.into_any()
            } else {
                view! {
                    <Table columns rows key=|row: &OfSector| row.sector caption=t!(DashboardCommitmentsCaption)/>
                    <p class="small-text faint">{t!(DashboardCommitmentsNote)}</p>
                }
                .into_any()
            }}
        </section>
    }
}

/// One row for each sector, in the order of sectors.
fn by_sector(totals: Vec<CommitmentTotal>) -> Vec<OfSector> {
    let mut rows: Vec<OfSector> = Vec::new();
    for total in totals.into_iter().filter(|total| total.delivered > 0 || total.promised > 0) {
        match rows.iter_mut().find(|row| row.sector == total.sector) {
            Some(row) => row.totals.push(total),
            None => rows.push(OfSector { sector: total.sector, totals: vec![total] }),
        }
    }
    rows.sort_by_key(|row| row.sector);
    rows
}

/// The amounts that are not zero, one below the other.
fn amounts(totals: &[CommitmentTotal], figure: fn(&CommitmentTotal) -> i64) -> impl IntoView + use<> {
    let some: Vec<CommitmentTotal> = totals.iter().filter(|total| figure(total) > 0).cloned().collect();
    if some.is_empty() {
        return view! { <span class="faint">{t!(DashboardNothing)}</span> }.into_any();
    }
    let line = move |total: CommitmentTotal| view! { <li>{move || amount(&total, figure(&total))}</li> };
    view! { <ul class="num">{some.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// `86 400 ₴`, `214 годин`, `Матеріали: 12 м³`.
fn amount(total: &CommitmentTotal, n: i64) -> String {
    let lang = prefs::lang();
    let count = u64::try_from(n).unwrap_or_default();
    match (total.kind, &total.currency) {
        (CommitmentKind::Money, Some(currency)) => intl::money(n, currency.as_str()),
        (CommitmentKind::Hours, _) => Key::DomainAmountHours.count(lang, count, &[]),
        (CommitmentKind::People, _) => Key::DomainAmountPeople.count(lang, count, &[]),
        (kind, _) => {
            let unit = total.unit.as_ref().map(|unit| format!("\u{a0}{unit}")).unwrap_or_default();
            format!("{}: {}{unit}", kind.text(lang), intl::number(n))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(sector: Sector, kind: CommitmentKind, delivered: i64) -> CommitmentTotal {
        CommitmentTotal { sector, kind, currency: None, unit: None, promised: 0, delivered }
    }

    #[test]
    fn each_sector_has_one_row_and_what_is_nothing_has_none() {
        let rows = by_sector(vec![
            total(Sector::Business, CommitmentKind::Hours, 3),
            total(Sector::Authority, CommitmentKind::Hours, 5),
            total(Sector::Business, CommitmentKind::People, 2),
            total(Sector::Media, CommitmentKind::Hours, 0),
        ]);

        let shown: Vec<_> = rows.iter().map(|row| (row.sector, row.totals.len())).collect();
        assert_eq!(shown, [(Sector::Authority, 1), (Sector::Business, 2)]);
    }
}
