use super::{Icon, intl};
use crate::{api::ApiError, prefs};
use leptos::{context::Provider, ev::SubmitEvent, html, prelude::*, reactive::computed::ScopedFuture};
use shared::{
    draft::Draft,
    problem::FieldError,
    text::{Key, Lang},
};
use std::{pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;

/// What is wrong with a form: faults at its fields, or a problem with the whole.
///
/// Fields below a [`Form`] find theirs by name; faults of the browser's own check (`Draft::parse`) and
/// of the server (422) are shown alike.
#[derive(Debug, Clone, Copy)]
pub struct FormFaults {
    fields: RwSignal<Vec<FieldError>>,
    problem: RwSignal<Option<ApiError>>,
    labels: StoredValue<Vec<(String, TextProp)>>,
    /// Why the form cannot be sent yet, as parts of it tell.
    unready: StoredValue<Vec<Signal<Option<Key>>>>,
    /// The one that held the last attempt.
    held_by: RwSignal<Option<Signal<Option<Key>>>>,
    /// Counts the times that something was shown, so that the focus moves there each time.
    shown: RwSignal<u32>,
}

impl FormFaults {
    pub fn new() -> Self {
        Self {
            fields: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            labels: StoredValue::new(Vec::new()),
            unready: StoredValue::new(Vec::new()),
            held_by: RwSignal::new(None),
            shown: RwSignal::new(0),
        }
    }

    /// Shows faults of fields.
    pub fn show(&self, faults: Vec<FieldError>) {
        self.problem.set(None);
        self.fields.set(faults);
        self.shown.update(|times| *times += 1);
    }

    /// Shows why the server refused: at the fields if it named them.
    pub fn refuse(&self, error: ApiError) {
        let faults = error.field_errors();
        self.problem.set(faults.is_empty().then_some(error));
        self.fields.set(faults);
        self.shown.update(|times| *times += 1);
    }

    /// Takes everything back, before trying again.
    pub fn clear(&self) {
        self.fields.set(Vec::new());
        self.problem.set(None);
        self.held_by.set(None);
    }

    /// A part of the form tells why it cannot be sent yet, for as long as it is so.
    pub fn hold_while(&self, why: Signal<Option<Key>>) {
        self.unready.update_value(|unready| unready.push(why));
    }

    /// Whether the form has to wait; says why.
    fn is_held(&self) -> bool {
        let waits = |why: &&Signal<Option<Key>>| why.try_get_untracked().flatten().is_some();
        let held_by = self.unready.with_value(|unready| unready.iter().find(waits).copied());
        self.held_by.set(held_by);
        if held_by.is_some() {
            self.shown.update(|times| *times += 1);
        }
        held_by.is_some()
    }

    /// The fault of a field.
    pub fn of(&self, field: &str) -> Option<FieldError> {
        self.fields.with(|faults| faults.iter().find(|fault| fault.field == field).cloned())
    }

    /// Takes the fault of one field back, as when it is being changed.
    pub(super) fn forget(&self, field: &str) {
        if self.fields.with_untracked(|faults| faults.iter().any(|fault| fault.field == field)) {
            self.fields.update(|faults| faults.retain(|fault| fault.field != field));
        }
    }

    /// The name of the first faulty field; follows changes.
    pub fn first(&self) -> Option<String> {
        self.fields.with(|faults| faults.first().map(|fault| fault.field.clone()))
    }

    /// A field tells its label, which the list of faults names.
    pub(super) fn register(&self, field: &str, label: TextProp) {
        self.labels.update_value(|labels| labels.push((field.to_owned(), label)));
    }

    fn label(&self, field: &str) -> Option<TextProp> {
        self.labels.with_value(|labels| labels.iter().find(|(name, _)| name == field).map(|(_, label)| label.clone()))
    }
}

impl Default for FormFaults {
    fn default() -> Self {
        Self::new()
    }
}

/// What a fault says.
pub(super) fn fault_text(fault: &FieldError, lang: Lang) -> String {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let shown = |text: &String| if number(text) { intl::number(text) } else { text.clone() };
    let params: Vec<(&str, String)> = fault.params.iter().map(|(name, value)| (name.as_str(), shown(value))).collect();
    let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fault.code.key().with(lang, &params)
}

/// A form: shows its faults above the fields and moves the focus there.
#[component]
pub fn Form(
    faults: FormFaults,
    #[prop(into)] on_submit: Callback<()>,
    #[prop(optional)] narrow: bool,
    children: Children,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class="form" class:narrow=narrow novalidate on:submit=submit>
            <FormErrors faults/>
            <Provider value=faults>{children()}</Provider>
        </form>
    }
}

/// The list of what is wrong, with a link to each field. A single fault is shown at its field alone.
#[component]
fn FormErrors(faults: FormFaults) -> impl IntoView {
    let anchor = NodeRef::<html::Div>::new();
    let listed = move || {
        faults.fields.with(|fields| fields.len() > 1 || fields.iter().any(|fault| faults.label(&fault.field).is_none()))
    };
    Effect::new(move |_| {
        if faults.shown.get() == 0 {
            return;
        }
        let single =
            faults.fields.with_untracked(|fields| (!untrack(listed)).then(|| fields.first().cloned()).flatten());
        // The list and the marks at the fields are drawn first.
        request_animation_frame(move || {
            if let Some(anchor) = anchor.get_untracked() {
                match single {
                    Some(fault) => focus_field(&anchor, &fault.field),
                    None => drop(anchor.focus()),
                }
            }
        });
    });
    let list = move || {
        let lang = prefs::lang();
        let entries = faults.fields.get().into_iter().map(|fault| {
            let text = fault_text(&fault, lang);
            match faults.label(&fault.field) {
                Some(label) => {
                    let press = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        if let Some(anchor) = anchor.get_untracked() {
                            focus_field(&anchor, &fault.field);
                        }
                    };
                    view! { <li><a href="#" on:click=press>{label.get()}": "{text}</a></li> }.into_any()
                }
                None => view! { <li>{text}</li> }.into_any(),
            }
        });
        view! {
            <div class="faults">
                <h2>{t!(UiCheckFields)}</h2>
                <ul>{entries.collect_view()}</ul>
            </div>
        }
    };
    // Goes by itself when what held the form is done.
    let held = move || faults.held_by.get().and_then(|why| why.try_get().flatten()).map(|why| why.get(prefs::lang()));
    let problem = move |error: ApiError| {
        let lang = prefs::lang();
        view! {
            <div class="faults">
                <h2>{error.title(lang)}</h2>
                {error.detail(lang).map(|detail| view! { <p>{detail}</p> })}
            </div>
        }
    };
    view! {
        <div node_ref=anchor tabindex="-1" role="alert">
            {move || match faults.problem.get() {
                Some(error) => problem(error).into_any(),
                None if listed() => list().into_any(),
                None if held().is_some() => view! { <div class="faults"><p>{held()}</p></div> }.into_any(),
                None => ().into_any(),
            }}
        </div>
    }
}

fn focus_field(inside_form: &web_sys::Element, field: &str) {
    let found = inside_form
        .closest("form")
        .ok()
        .flatten()
        .and_then(|form| form.query_selector(&format!("[name=\"{field}\"]")).ok().flatten())
        .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(field) = found {
        let _ = field.focus();
    }
}

/// Sends a form's draft: checks it as the server would, shows what is wrong, and goes on when it was taken.
pub struct Submit<I: Send + Sync + 'static> {
    work: StoredValue<Work<I>, LocalStorage>,
    running: RwSignal<u32>,
    faults: FormFaults,
}

/// The call with what follows it, whatever their types: what is below is compiled once for each draft.
type Work<I> = Rc<dyn Fn(I) -> Pin<Box<dyn Future<Output = ()>>>>;

impl<I: Send + Sync + 'static> std::fmt::Debug for Submit<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Submit").field("faults", &self.faults).finish_non_exhaustive()
    }
}

impl<I: Send + Sync + 'static> Clone for Submit<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: Send + Sync + 'static> Copy for Submit<I> {}

/// What a form does with its draft: `send` is a function of `api`, `done` what follows.
pub fn use_submit<I, T, Sent>(
    faults: FormFaults,
    send: impl Fn(I) -> Sent + 'static,
    done: impl Fn(T) + 'static,
) -> Submit<I>
where
    I: Clone + Send + Sync + 'static,
    T: 'static,
    Sent: Future<Output = Result<T, ApiError>> + 'static,
{
    let done = Rc::new(done);
    let owner = Owner::current().unwrap_or_default();
    let work: Work<I> = Rc::new(move |input| {
        let answer = owner.with(|| send(input));
        let done = Rc::clone(&done);
        let all = async move {
            match answer.await {
                Ok(value) => done(value),
                Err(error) => faults.refuse(error),
            }
        };
        // What `done` asks of its surroundings is found from where the form is.
        Box::pin(owner.with(|| ScopedFuture::new_untracked(all)))
    });
    Submit { work: StoredValue::new_local(work), running: RwSignal::new(0), faults }
}

impl<I: Send + Sync + 'static> Submit<I> {
    /// Whether an answer is awaited: for the button.
    pub fn pending(&self) -> Memo<bool> {
        let running = self.running;
        Memo::new(move |_| running.get() > 0)
    }

    /// Sends what needs no check.
    pub fn run(&self, input: I) {
        self.faults.clear();
        if self.faults.is_held() {
            return;
        }
        let work = self.work.get_value();
        run(self.running, untrack(|| work(input)));
    }
}

/// Does it, and counts it while it is being done.
fn run(running: RwSignal<u32>, work: Pin<Box<dyn Future<Output = ()>>>) {
    running.update(|running| *running += 1);
    leptos::task::spawn_local(async move {
        work.await;
        // The form may be gone by now.
        let _ = running.try_update(|running| *running -= 1);
    });
}

impl<I: Draft + Clone + Send + Sync + 'static> Submit<I> {
    /// Checks the draft with the server's own rules and sends it if it passes.
    pub fn send(&self, draft: I) {
        self.send_told(draft, |faults| faults);
    }

    /// The same, where faults are told otherwise than the rules have them.
    pub fn send_told(&self, draft: I, told: impl FnOnce(Vec<FieldError>) -> Vec<FieldError>) {
        match draft.clone().parse() {
            Ok(_) => self.run(draft),
            Err(faults) => self.faults.show(told(faults)),
        }
    }
}

/// The mark at a field.
#[component]
pub(super) fn FaultNote(id: String, #[prop(into)] fault: Signal<Option<FieldError>>) -> impl IntoView {
    view! {
        <span id=id role="alert">
            {move || {
                fault.get().map(|fault| {
                    view! { <span class="fault"><Icon name="circle-alert" small=true/>{fault_text(&fault, prefs::lang())}</span> }
                })
            }}
        </span>
    }
}
