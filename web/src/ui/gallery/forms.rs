use super::Sample;
use crate::ui::*;
use leptos::prelude::*;
use shared::problem::{Fault, FieldError};

#[component]
pub(super) fn Fields() -> impl IntoView {
    let title = RwSignal::new(String::new());
    let secret = RwSignal::new(String::new());
    let text = RwSignal::new(String::from("До амбулаторії ведуть чотири сходинки."));
    let category = RwSignal::new(String::new());
    let day = RwSignal::new(String::from("2026-11-28"));
    let answer = RwSignal::new(String::from("yes"));
    let groups = RwSignal::new(vec![String::from("older")]);
    let agreed = RwSignal::new(true);
    let faults = FormFaults::new();
    let options = vec![(String::from("roads"), String::from("Дороги")), (String::from("water"), String::from("Вода"))];
    let submit = move || {
        faults.show(vec![
            FieldError::new("title", Fault::Required),
            FieldError::new("category", Fault::Unknown),
            FieldError::new("groups", Fault::TooMany).with("max", 2),
        ]);
    };
    view! {
        <Sample name="Fields">
            <Form faults on_submit=submit>
                <TextField name="title" label="Назва" hint="Одним реченням" value=title/>
                <TextField name="secret" label="Пароль" kind=Input::Password value=secret/>
                <TextArea name="text" label="Що саме не так" value=text optional=true most=60/>
                <SelectField name="category" label="Категорія" nothing="Оберіть" value=category options/>
                <DateField name="day" label="До якого дня" value=day/>
                <RadioGroup name="answer" label="Чи справді полагоджено?" rows=true value=answer choices=vec![
                    Choice::new("yes", "Так, полагоджено"),
                    Choice::new("no", "Ні").hint("Питання відкриється знову, і виконавці це побачать"),
                ]/>
                <CheckGroup name="groups" label="Кого це стосується" value=groups choices=vec![
                    Choice::new("children", "Дітей"), Choice::new("older", "Старших людей"), Choice::new("veterans", "Ветеранів"),
                ]/>
                <CheckField name="agreed" label="Показувати моє імʼя" value=agreed/>
                <Button submit=true kind=Kind::Primary>"Перевірити"</Button>
            </Form>
        </Sample>
    }
}
