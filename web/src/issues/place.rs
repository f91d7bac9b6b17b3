use leptos::prelude::*;
use shared::place::{PlacePrecision, ShownPlace};

/// Where it is, as exactly as the reader may know.
#[component]
pub(super) fn PlaceNote(place: ShownPlace) -> impl IntoView {
    let street = [place.address, place.house].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let coordinates = place
        .coordinates
        .map(|point| format!("{:.5}, {:.5}", f64::from(point.lat_e6) / 1e6, f64::from(point.lon_e6) / 1e6));
    let blurred = place.precision != PlacePrecision::Exact;
    view! {
        <section class="stack tight">
            <h2>{t!(IssueWhere)}</h2>
            {(!street.is_empty()).then(|| view! { <p>{street}</p> })}
            {place.description.map(|words| view! { <p>{words}</p> })}
            {coordinates.map(|point| view! { <p class="num small-text muted">{point}</p> })}
            {blurred.then(|| view! { <p class="faint small-text">{t!(IssuePlaceBlurred)}</p> })}
        </section>
    }
}
