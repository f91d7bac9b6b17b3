use super::{measure::CorrectMeasurement, measured};
use crate::{
    prefs,
    ui::{Button, Column, DialogState, Kind, SectorChip, Table, Time, intl},
};
use leptos::prelude::*;
use shared::{indicator::Measurement, names::Names, text::Key, upload::FileKind};

/// `1 січня 2026 – 31 січня 2026`; a period of one day is that day.
pub(super) fn period(measurement: &Measurement) -> String {
    let to = intl::day_short(measurement.to);
    if measurement.from == measurement.to {
        return to;
    }
    let from = intl::day_short(measurement.from);
    Key::IndicatorsPeriodOf.with(prefs::lang(), &[("from", &from), ("to", &to)])
}

/// Every value with what it said before, who added it, and its evidence; newest first.
#[component]
pub(super) fn Values(
    measurements: Vec<Measurement>,
    unit: Names,
    may_edit: bool,
    refetch: Callback<()>,
) -> impl IntoView {
    let correcting = DialogState::new();
    let chosen = RwSignal::new(None::<Measurement>);
    let correct = Callback::new(move |measurement: Measurement| {
        chosen.set(Some(measurement));
        correcting.show();
    });
    let rows: Vec<Measurement> = measurements.into_iter().rev().collect();
    let for_dialog = unit.clone();
    let mut columns = vec![
        Column::new(t!(IndicatorsPeriod), |row: &Measurement| {
            let row = row.clone();
            move || period(&row)
        }),
        Column::number(t!(IndicatorsValue), move |row: &Measurement| value(row.clone(), unit.clone())),
        Column::new(t!(IndicatorsNote), |row: &Measurement| note(row.clone())),
        Column::new(t!(IndicatorsEvidence), |row: &Measurement| evidence(row)),
    ];
    if may_edit {
        columns.push(Column::new(t!(IndicatorsCorrect), move |row: &Measurement| {
            let row = row.clone();
            let of = row.clone();
            let words = move || Key::IndicatorsCorrectOf.with(prefs::lang(), &[("period", &period(&of))]);
            view! { <Button small=true kind=Kind::Quiet icon="pencil" label=words on_press=move || correct.run(row.clone())/> }
        }));
    }
    view! {
        <Table columns rows key=|row: &Measurement| (row.id, row.version) caption=t!(IndicatorsValuesCaption)/>
        {may_edit.then(|| view! { <CorrectMeasurement chosen unit=for_dialog state=correcting refetch/> })}
    }
}

/// The value, and below it each one that it replaced.
fn value(row: Measurement, unit: Names) -> impl IntoView {
    let unit = StoredValue::new(unit);
    let old = row.corrections.into_iter().map(move |correction| {
        let was = move || {
            let value = unit.with_value(|unit| measured(correction.value, unit));
            Key::IndicatorsWasValue.with(prefs::lang(), &[("value", &value)])
        };
        view! { <span class="measured-before"><s>{was}</s>" "{correction.reason}" · "<Time at=correction.at/></span> }
    });
    view! {
        <div class="measured">
            <strong>{move || unit.with_value(|unit| measured(row.value, unit))}</strong>
            {old.collect_view()}
        </div>
    }
}

fn note(row: Measurement) -> impl IntoView {
    view! {
        <div class="measured-note">
            {(!row.note.is_empty()).then_some(row.note)}
            {row.organisation.map(|organisation| {
                let name = organisation.name;
                view! { <SectorChip sector=organisation.sector name=move || name.get(prefs::lang()).to_owned()/> }
            })}
        </div>
    }
}

fn evidence(row: &Measurement) -> impl IntoView + use<> {
    row.evidence
        .iter()
        .enumerate()
        .map(|(at, file)| {
            let number = (at + 1).to_string();
            let key = match file.kind {
                FileKind::Photo => Key::IndicatorsPhoto,
                FileKind::Document => Key::IndicatorsDocument,
            };
            let href = format!("/api/v1/files/{}", file.id);
            view! { <a class="text-link" href=href target="_blank" rel="noopener">{move || key.with(prefs::lang(), &[("n", &number)])}</a>" " }
        })
        .collect_view()
}
