use super::draft::Draft;
use crate::ui::{Button, TextField, use_toasts};
use leptos::prelude::*;
use shared::place::Coordinates;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Position;

/// Where it is: by the device, by words, or both.
#[component]
pub(super) fn PlaceFields(draft: Draft) -> impl IntoView {
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let locate = move || {
        asking.set(true);
        let found = Closure::once_into_js(move |position: Position| {
            asking.set(false);
            let point = position.coords();
            draft
                .coordinates
                .set(Some(Coordinates { lat_e6: micro(point.latitude()), lon_e6: micro(point.longitude()) }));
        });
        let refused = Closure::once_into_js(move || {
            asking.set(false);
            toasts.say(t!(ReportNoLocation)());
        });
        let asked = window().navigator().geolocation().and_then(|device| {
            device.get_current_position_with_error_callback(found.unchecked_ref(), Some(refused.unchecked_ref()))
        });
        if asked.is_err() {
            asking.set(false);
            toasts.say(t!(ReportNoLocation)());
        }
    };
    view! {
        <h2>{t!(ReportWhere)}</h2>
        {move || match draft.coordinates.get() {
            Some(point) => {
                let shown = format!("{:.5}, {:.5}", f64::from(point.lat_e6) / 1e6, f64::from(point.lon_e6) / 1e6);
                view! {
                    <div class="row between note">
                        <p>{t!(ReportPlaceFound, point = shown)}</p>
                        <Button small=true on_press=move || draft.coordinates.set(None)>{t!(ReportPlaceForget)}</Button>
                    </div>
                }.into_any()
            }
            None => view! { <Button icon="map-pin" pending=asking on_press=locate>{t!(ReportHere)}</Button> }.into_any(),
        }}
        <TextField name="place.address" label=t!(ReportAddress) hint=t!(ReportAddressHint) value=draft.address/>
    }
}

/// Degrees as whole micro-degrees.
#[expect(clippy::as_conversions, reason = "degrees of a place on Earth times a million fit")]
fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
