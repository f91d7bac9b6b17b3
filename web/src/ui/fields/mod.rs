//! Fields of forms: each with its label, hint and fault, wired together once.

mod choice;
mod date;
mod select;
mod text;

pub use choice::{CheckField, CheckGroup, Choice, RadioGroup};
pub use date::DateField;
pub use select::SelectField;
pub use text::{Input, TextArea, TextField};

use super::form::{FaultNote, FormFaults};
use super::fresh_id;
use leptos::prelude::*;
use shared::problem::FieldError;

/// How a field, its label, its hint and its fault refer to each other.
#[derive(Clone)]
struct Wiring {
    name: &'static str,
    id: String,
    hint: Option<TextProp>,
    optional: bool,
    faults: Option<FormFaults>,
    fault: Signal<Option<FieldError>>,
}

impl Wiring {
    fn new(name: &'static str, label: &TextProp, hint: Option<TextProp>, optional: bool) -> Self {
        let faults = use_context::<FormFaults>();
        if let Some(faults) = faults {
            faults.register(name, label.clone());
        }
        let fault = Signal::derive(move || faults.and_then(|faults| faults.of(name)));
        Self { name, id: fresh_id(name), hint, optional, faults, fault }
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn fault_id(&self) -> String {
        format!("{}-fault", self.id)
    }

    /// For `aria-describedby`: the hint, and the fault while there is one.
    fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + use<> {
        let hint = self.hint.is_some().then(|| self.hint_id());
        let fault_id = self.fault_id();
        let fault = self.fault;
        move || {
            let faulty = fault.with(Option::is_some).then(|| fault_id.clone());
            let ids: Vec<String> = hint.clone().into_iter().chain(faulty).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    /// For `aria-invalid`.
    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + use<> {
        let fault = self.fault;
        move || fault.with(Option::is_some).then_some("true")
    }

    /// The fault is taken back as soon as the field changes.
    fn changed(&self) {
        if let Some(faults) = self.faults {
            faults.forget(self.name);
        }
    }

    /// The words of the label, and that the field may stay empty.
    fn label(&self, label: TextProp) -> impl IntoView + use<> {
        let optional = self.optional;
        view! {
            {move || label.get()}
            {optional.then(|| view! { <span class="optional">" · "{t!(UiOptional)}</span> })}
        }
    }

    fn hint(&self) -> impl IntoView + use<> {
        let id = self.hint_id();
        self.hint.clone().map(|hint| view! { <span class="hint" id=id>{move || hint.get()}</span> })
    }

    fn fault(&self) -> impl IntoView + use<> {
        view! { <FaultNote id=self.fault_id() fault=self.fault/> }
    }
}

/// Label above, hint, the control, fault below.
fn field<C: IntoView>(wiring: &Wiring, label: TextProp, control: C) -> impl IntoView + use<C> {
    view! {
        <div class="field">
            <label for=wiring.id.clone()>{wiring.label(label)}</label>
            {wiring.hint()}
            {control}
            {wiring.fault()}
        </div>
    }
}
