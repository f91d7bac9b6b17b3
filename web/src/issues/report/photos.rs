use super::draft::Draft;
use crate::{
    api::{ApiError, uploads},
    prefs,
    ui::{Button, Icon, Kind, fresh_id},
};
use leptos::prelude::*;
use shared::{issue::MOST_PHOTOS, upload::UploadClaim};
use wasm_bindgen::JsCast;
use web_sys::File;

/// A photo on its way, or arrived.
#[derive(Debug, Clone)]
struct Sending {
    id: String,
    name: String,
    file: leptos::__reexports::send_wrapper::SendWrapper<File>,
    percent: RwSignal<u32>,
    failed: RwSignal<Option<ApiError>>,
}

/// The words of caution, then photos: each is uploaded as soon as it is chosen, with progress and retry.
#[component]
pub(super) fn Photos(draft: Draft) -> impl IntoView {
    let sending = RwSignal::new(Vec::<Sending>::new());
    let room = move || MOST_PHOTOS.saturating_sub(draft.photos.with(Vec::len) + sending.with(Vec::len));
    let send = move |one: Sending| {
        one.failed.set(None);
        leptos::task::spawn_local(async move {
            let percent = one.percent;
            match uploads::upload((*one.file).clone(), move |now| percent.set(now)).await {
                Ok(upload) => {
                    draft.photos.update(|photos| photos.push(UploadClaim { id: upload.id, claim: upload.claim }));
                    sending.update(|sending| sending.retain(|other| other.id != one.id));
                }
                Err(error) => one.failed.set(Some(error)),
            }
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        let files = input.files();
        for at in 0..files.as_ref().map_or(0, web_sys::FileList::length) {
            let Some(file) = files.as_ref().and_then(|files| files.get(at)) else { continue };
            if untrack(room) == 0 {
                break;
            }
            let one = Sending {
                id: fresh_id("photo"),
                name: file.name(),
                file: leptos::__reexports::send_wrapper::SendWrapper::new(file),
                percent: RwSignal::new(0),
                failed: RwSignal::new(None),
            };
            sending.update(|sending| sending.push(one.clone()));
            send(one);
        }
        // The same file can be chosen again after it was taken away.
        input.set_value("");
    };
    let input = fresh_id("photos");
    view! {
        <h2>{t!(ReportPhotos)}</h2>
        <div class="note notice">
            <p>{t!(ReportPhotoCaution)}</p>
            <p class="faint">{t!(ReportPhotoPrivacy)}</p>
        </div>
        <div class="field">
            <label class="btn" for=input.clone()><Icon name="camera"/>{t!(ReportAddPhotos)}</label>
            <input
                class="visually-hidden"
                id=input
                type="file"
                accept="image/jpeg,image/png,image/webp"
                multiple
                disabled=move || room() == 0
                on:change=chosen
            />
            <p class="hint" role="status">
                {move || t!(ReportPhotosSoFar, n = draft.photos.with(Vec::len), most = MOST_PHOTOS)()}
            </p>
        </div>
        <ul class="rows">
            <For each=move || draft.photos.get() key=|photo| photo.id let(photo)>
                {
                    let id = photo.id;
                    let take_away = move || draft.photos.update(|photos| photos.retain(|other| other.id != id));
                    view! {
                        <li class="row between">
                            <span><Icon name="circle-check" small=true/>" "{t!(ReportPhotoArrived)}</span>
                            <Button kind=Kind::Quiet icon="x" label=t!(ReportPhotoRemove) on_press=take_away/>
                        </li>
                    }
                }
            </For>
            <For each=move || sending.get() key=|one| one.id.clone() let(one)>
                {
                    let again = one.clone();
                    let retry = Callback::new(move |()| send(again.clone()));
                    let failed = one.failed;
                    let percent = one.percent;
                    view! {
                        <li class="row between">
                            <span class="clip">{one.name.clone()}</span>
                            {move || match failed.get() {
                                Some(error) => view! {
                                    <span class="danger-text">{error.title(prefs::lang())}</span>
                                    <Button small=true icon="refresh-cw" on_press=retry>{t!(UiTryAgain)}</Button>
                                }.into_any(),
                                None => view! { <progress max="100" value=move || percent.get().to_string() aria-label=t!(ReportPhotoSending)></progress> }.into_any(),
                            }}
                        </li>
                    }
                }
            </For>
        </ul>
    }
}
