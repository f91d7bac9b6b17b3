use super::draft::Draft;
use crate::files::FilesField;
use leptos::prelude::*;

/// The words of caution, then photos.
#[component]
pub(super) fn Photos(draft: Draft) -> impl IntoView {
    view! {
        <h2 tabindex="-1">{t!(ReportPhotos)}</h2>
        <div class="note notice">
            <p>{t!(ReportPhotoCaution)}</p>
            <p class="faint">{t!(ReportPhotoPrivacy)}</p>
        </div>
        <FilesField sent=draft.photos/>
    }
}
