//! Photos and documents: sent as soon as they are chosen, and shown where they belong.

use crate::{
    api::{ApiError, uploads},
    prefs,
    ui::{Button, FormFaults, Icon, Kind, fresh_id, intl},
};
use leptos::{__reexports::send_wrapper::SendWrapper, prelude::*};
use shared::{
    ids::FileId,
    issue::MOST_PHOTOS,
    problem::Code,
    text::Key,
    upload::{FileKind, FileLink, UploadClaim},
    words::Word,
};
use wasm_bindgen::JsCast;
use web_sys::File;

/// A file on its way, or one that did not arrive.
#[derive(Debug, Clone)]
struct Sending {
    id: String,
    name: String,
    file: SendWrapper<File>,
    percent: RwSignal<u32>,
    failed: RwSignal<Option<ApiError>>,
}

impl Sending {
    /// Whether sending it again would be in vain.
    fn is_refused(&self) -> bool {
        self.failed.with(|failed| failed.as_ref().is_some_and(is_refusal))
    }
}

/// The server does not take this file, now or later.
fn is_refusal(error: &ApiError) -> bool {
    matches!(error.code(), Some(Code::TooLarge | Code::UnsupportedMedia | Code::Malformed | Code::Invalid))
}

/// What a file that arrived is called.
#[derive(Debug, Clone)]
struct Arrived {
    id: FileId,
    name: String,
    kind: FileKind,
}

/// Chooses files and uploads each at once, with progress and retry; `sent` holds what arrived.
#[component]
pub fn FilesField(
    sent: RwSignal<Vec<UploadClaim>>,
    /// Takes PDF besides photos.
    #[prop(optional)]
    documents: bool,
) -> impl IntoView {
    let sending = RwSignal::new(Vec::<Sending>::new());
    let arrived = StoredValue::new(Vec::<Arrived>::new());
    // What is refused takes no place.
    let on_the_way = move || sending.with(|sending| sending.iter().filter(|one| !one.is_refused()).count());
    let room = move || MOST_PHOTOS.saturating_sub(sent.with(Vec::len) + on_the_way());
    if let Some(faults) = use_context::<FormFaults>() {
        faults.hold_while(Signal::derive(move || {
            sending.with(|sending| match sending.first() {
                None => None,
                Some(_) if sending.iter().any(|one| one.failed.with(Option::is_some)) => Some(Key::ReportFilesFailed),
                Some(_) => Some(Key::ReportFilesOnTheWay),
            })
        }));
    }
    let drop_one = move |id: &str| {
        sending.try_update(|sending| sending.retain(|other| other.id != id));
    };
    let allowed = if documents { Key::TasksFilesAllowed } else { Key::ReportPhotosAllowed };
    let send = move |one: Sending| {
        one.failed.set(None);
        leptos::task::spawn_local(async move {
            let percent = one.percent;
            match uploads::upload((*one.file).clone(), move |now| {
                let _ = percent.try_set(now);
            })
            .await
            {
                Ok(upload) => {
                    let named = Arrived { id: upload.id, name: one.name, kind: upload.kind };
                    arrived.try_update_value(|arrived| arrived.push(named));
                    sent.try_update(|sent| sent.push(UploadClaim { id: upload.id, claim: upload.claim }));
                    drop_one(&one.id);
                }
                Err(error) => {
                    let _ = one.failed.try_set(Some(error));
                }
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
                id: fresh_id("file"),
                name: file.name(),
                file: SendWrapper::new(file),
                percent: RwSignal::new(0),
                failed: RwSignal::new(None),
            };
            sending.update(|sending| sending.push(one.clone()));
            send(one);
        }
        // The same file can be chosen again after it was taken away.
        input.set_value("");
    };
    let accept =
        if documents { "image/jpeg,image/png,image/webp,application/pdf" } else { "image/jpeg,image/png,image/webp" };
    let input = fresh_id("files");
    view! {
        <div class="field">
            <label class="btn" for=input.clone()>
                <Icon name="camera"/>
                {move || if documents { t!(TasksAddFiles)() } else { t!(ReportAddPhotos)() }}
            </label>
            <input
                class="visually-hidden"
                id=input
                type="file"
                accept=accept
                multiple
                disabled=move || room() == 0
                on:change=chosen
            />
            <p class="hint" role="status">
                {move || {
                    let n = sent.with(Vec::len);
                    if documents { t!(TasksFilesSoFar, n = n, most = MOST_PHOTOS)() } else { t!(ReportPhotosSoFar, n = n, most = MOST_PHOTOS)() }
                }}
            </p>
        </div>
        <ul class="rows files">
            <For each=move || sent.get() key=|file| file.id let(file)>
                {
                    let take_away = move || sent.update(|sent| sent.retain(|other| other.id != file.id));
                    let known = arrived.with_value(|arrived| arrived.iter().find(|one| one.id == file.id).cloned());
                    let (kind, name) = known.map(|one| (one.kind, one.name)).unzip();
                    // A draft that was kept knows its photos no longer by name.
                    let words = move || match (kind, &name) {
                        (Some(kind), Some(name)) => format!("{name} · {}", kind.text(prefs::lang())),
                        _ => t!(ReportPhotoArrived)().to_owned(),
                    };
                    view! {
                        <li class="row between">
                            <span class="row tight"><Icon name="circle-check" small=true/><span>{words}</span></span>
                            <Button kind=Kind::Quiet icon="x" label=t!(ReportFileRemove) on_press=take_away/>
                        </li>
                    }
                }
            </For>
            <For each=move || sending.get() key=|one| one.id.clone() let(one)>
                {
                    let again = one.clone();
                    let retry = Callback::new(move |()| send(again.clone()));
                    let id = StoredValue::new(one.id.clone());
                    let remove = Callback::new(move |()| drop_one(&id.get_value()));
                    let (failed, percent) = (one.failed, one.percent);
                    view! {
                        <li class="row between">
                            <span class="clip">{one.name.clone()}</span>
                            {move || match failed.get() {
                                Some(error) => {
                                    let refused = is_refusal(&error);
                                    view! {
                                        <span class="danger-text">
                                            {error.title(prefs::lang())}{refused.then(|| format!(". {}", allowed.get(prefs::lang())))}
                                        </span>
                                        {(!refused).then(|| view! { <Button small=true icon="refresh-cw" on_press=retry>{t!(UiTryAgain)}</Button> })}
                                        <Button kind=Kind::Quiet icon="x" label=t!(ReportFileRemove) on_press=remove/>
                                    }.into_any()
                                }
                                None => view! { <progress max="100" value=move || percent.get().to_string() aria-label=t!(ReportPhotoSending)></progress> }.into_any(),
                            }}
                        </li>
                    }
                }
            </For>
        </ul>
    }
}

/// Photos as pictures, documents as links.
#[component]
pub fn Files(
    files: Vec<FileLink>,
    /// What they show.
    title: String,
) -> impl IntoView {
    let (photos, documents): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.kind == FileKind::Photo);
    let many = photos.len();
    let title = StoredValue::new(title);
    let photos = (many > 0).then(|| {
        let picture = |(at, photo): (usize, FileLink)| {
            let full = format!("/api/v1/files/{}", photo.id);
            let alt = move || t!(IssuePhotoOf, n = at + 1, many = many, title = title.get_value())();
            view! {
                <a href=full.clone() target="_blank" rel="noopener">
                    <img src=format!("{full}?size=large") alt=alt loading="lazy" width=photo.width height=photo.height/>
                </a>
            }
        };
        view! { <div class="photos">{photos.into_iter().enumerate().map(picture).collect_view()}</div> }
    });
    let document = |(at, file): (usize, FileLink)| {
        view! {
            <li>
                <a class="text-link" href=format!("/api/v1/files/{}", file.id) target="_blank" rel="noopener">
                    <Icon name="file-text" small=true/>
                    {move || {
                        let kilobytes = intl::number((file.size / 1024).max(1));
                        t!(TasksDocument, kind = file.kind.text(prefs::lang()), n = at + 1, size = kilobytes)()
                    }}
                </a>
            </li>
        }
    };
    let documents = (!documents.is_empty())
        .then(|| view! { <ul>{documents.into_iter().enumerate().map(document).collect_view()}</ul> });
    (photos, documents)
}
