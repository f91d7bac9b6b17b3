use crate::{
    api::{ApiError, uploads},
    prefs,
    ui::{Button, Icon, Kind, fresh_id},
};
use leptos::{__reexports::send_wrapper::SendWrapper, prelude::*};
use shared::{issue::MOST_PHOTOS, text::Key, upload::UploadClaim};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

/// A file that was chosen: on its way, refused, or arrived.
#[derive(Debug, Clone)]
struct Chosen {
    id: String,
    name: String,
    file: SendWrapper<File>,
    percent: RwSignal<u32>,
    failed: RwSignal<Option<ApiError>>,
    arrived: RwSignal<Option<UploadClaim>>,
}

/// Documents and photos that show it, each uploaded as soon as it is chosen.
#[component]
pub(super) fn EvidenceField(value: RwSignal<Vec<UploadClaim>>) -> impl IntoView {
    let files = RwSignal::new(Vec::<Chosen>::new());
    // A form that opens again begins without files.
    value.set(Vec::new());
    let send = move |one: Chosen| {
        one.failed.set(None);
        leptos::task::spawn_local(async move {
            let percent = one.percent;
            match uploads::upload((*one.file).clone(), move |now| {
                let _ = percent.try_set(now);
            })
            .await
            {
                Ok(upload) => {
                    let claim = UploadClaim { id: upload.id, claim: upload.claim };
                    // Taken away, or the dialog closed, while it was on its way.
                    if files.try_with_untracked(|files| files.iter().any(|other| other.id == one.id)) == Some(true) {
                        one.arrived.set(Some(claim.clone()));
                        value.update(|claims| claims.push(claim));
                    }
                }
                Err(error) => {
                    let _ = one.failed.try_set(Some(error));
                }
            }
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let list = input.files();
        for at in 0..list.as_ref().map_or(0, web_sys::FileList::length) {
            let Some(file) = list.as_ref().and_then(|files| files.get(at)) else { continue };
            if files.with_untracked(Vec::len) >= MOST_PHOTOS {
                break;
            }
            let one = Chosen {
                id: fresh_id("file"),
                name: file.name(),
                file: SendWrapper::new(file),
                percent: RwSignal::new(0),
                failed: RwSignal::new(None),
                arrived: RwSignal::new(None),
            };
            files.update(|files| files.push(one.clone()));
            send(one);
        }
        // The same file can be chosen again after it was taken away.
        input.set_value("");
    };
    let remove = Callback::new(move |id: String| {
        let gone = files.with_untracked(|files| {
            files.iter().find(|one| one.id == id).and_then(|one| one.arrived.get_untracked()).map(|claim| claim.id)
        });
        value.update(|claims| claims.retain(|claim| Some(claim.id) != gone));
        files.update(|files| files.retain(|one| one.id != id));
    });
    let row = move |one: Chosen| {
        let (id, name, again) = (one.id.clone(), StoredValue::new(one.name.clone()), one.clone());
        let retry = Callback::new(move |()| send(again.clone()));
        let words = move || Key::IndicatorsEvidenceRemove.with(prefs::lang(), &[("name", &name.get_value())]);
        let status = move || {
            match (one.arrived.with(Option::is_some), one.failed.get()) {
            (true, _) => view! { <Icon name="circle-check" small=true/> }.into_any(),
            (false, Some(error)) => view! {
                <span class="danger-text">{error.title(prefs::lang())}</span>
                <Button small=true icon="refresh-cw" on_press=retry>{t!(UiTryAgain)}</Button>
            }
            .into_any(),
            (false, None) => view! {
                <progress max="100" value=move || one.percent.get().to_string() aria-label=t!(IndicatorsEvidenceSending)></progress>
            }
            .into_any(),
        }
        };
        view! {
            <li class="row between">
                <span class="clip">{name.get_value()}</span>
                {status}
                <Button kind=Kind::Quiet icon="x" label=words on_press=move || remove.run(id.clone())/>
            </li>
        }
    };
    let full = move || files.with(Vec::len) >= MOST_PHOTOS;
    let input = fresh_id("evidence");
    view! {
        <div class="field">
            <label class="btn" for=input.clone()><Icon name="paperclip"/>{t!(IndicatorsEvidenceAdd)}</label>
            <input
                class="visually-hidden"
                id=input
                type="file"
                accept="image/jpeg,image/png,image/webp,application/pdf"
                multiple
                disabled=full
                on:change=chosen
            />
            <p class="hint">{t!(IndicatorsEvidenceHint)}</p>
            <ul class="rows" aria-live="polite">
                <For each=move || files.get() key=|one| one.id.clone() children=row/>
            </ul>
        </div>
    }
}
