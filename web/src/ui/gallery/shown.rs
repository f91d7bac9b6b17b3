use super::Sample;
use crate::{api::ApiError, ui::*};
use leptos::prelude::*;
use shared::{offer::OfferState, organisation::Sector, problem::Code, time::Timestamp, words::Word};

#[component]
pub(super) fn Buttons() -> impl IntoView {
    view! {
        <Sample name="Buttons">
            <div class="buttons">
                <Button kind=Kind::Primary>"Повідомити"</Button>
                <Button icon="thumbs-up">"Підтримати"</Button>
                <Button pressed=true>"Стежу"</Button>
                <Button kind=Kind::Danger>"Відхилити"</Button>
                <Button kind=Kind::Quiet>"Скасувати"</Button>
                <Button kind=Kind::Primary pending=true>"Надіслати"</Button>
                <Button disabled=true>"Недоступно"</Button>
                <Button small=true>"Мала"</Button>
                <Button icon="pencil" label="Змінити"/>
                <ButtonLink href="/ui" icon="arrow-right">"Далі"</ButtonLink>
                <Link href="/ui">"Усі 37 питань"</Link>
            </div>
        </Sample>
    }
}

#[component]
pub(super) fn Chips() -> impl IntoView {
    view! {
        <Sample name="Chips">
            <div class="row">{OfferState::WORDS.iter().map(|&state| view! { <StateChip state/> }).collect_view()}</div>
            <div class="row">{Sector::WORDS.iter().map(|&sector| view! { <SectorChip sector/> }).collect_view()}</div>
            <div class="row">
                <SectorChip sector=Sector::Business name="БудСервіс"/>
                <Badge>"Приватне"</Badge>
                <Badge tone=Tone::Accent>"Нове"</Badge>
                <Badge tone=Tone::Notice>"Не перевірено"</Badge>
                <Badge tone=Tone::Danger>"Прострочено"</Badge>
                <Count n=4_u64 label="чекають"/>
                <Avatar name="Олена Коваль"/>
                <Avatar name="Світло двору" sector=Some(Sector::Ngo)/>
                <Avatar name="Олена Коваль" large=true/>
            </div>
        </Sample>
    }
}

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let dialog = DialogState::in_address("sample");
    let confirm = DialogState::new();
    let toasts = use_toasts();
    let chosen = RwSignal::new(0);
    view! {
        <Sample name="Dialog, menu, toast">
            <div class="buttons">
                <Button on_press=move || dialog.show()>"Діалог"</Button>
                <Button on_press=move || confirm.show()>"Запитати"</Button>
                <Button on_press=move || { toasts.undo("Питання прийнято", || ()); }>"Повідомлення"</Button>
                <Menu button=|| view! { "Меню" <Icon name="chevron-down" small=true/> } class="btn">
                    {(0..3).map(|n| {
                        let checked = Signal::derive(move || chosen.get() == n);
                        view! { <MenuButton checked on_press=move || chosen.set(n)>"Вибір "{n}</MenuButton> }
                    }).collect_view()}
                    <hr/>
                    <MenuButton icon="trash-2" danger=true on_press=|| ()>"Видалити"</MenuButton>
                </Menu>
            </div>
            <Dialog state=dialog title="Запропонувати завдання">
                <p>"Оберіть організацію, якій запропонуєте це завдання."</p>
                <div class="dialog-actions"><Button kind=Kind::Primary on_press=move || dialog.hide()>"Запропонувати"</Button></div>
            </Dialog>
            <Confirm state=confirm title="Відхилити питання?" action="Відхилити" danger=true on_confirm=move || confirm.hide()>
                <p>"Про це дізнаються той, хто повідомив, і 27 людей, які підтримали."</p>
            </Confirm>
        </Sample>
    }
}

#[component]
pub(super) fn Data() -> impl IntoView {
    let selected = RwSignal::new("list");
    let tabs = vec![Tab::new("list", "Списком"), Tab::new("board", "Дошкою")];
    let rows = vec![
        (1, "Погодити проєкт", Sector::Authority, 1_234.5),
        (2, "Залити пандус, поставити поручні", Sector::Business, 86.0),
    ];
    let columns = vec![
        Column::new("Завдання", |row: &(i32, &'static str, Sector, f64)| row.1),
        Column::new("Хто", |row: &(i32, &'static str, Sector, f64)| view! { <SectorChip sector=row.2/> }),
        Column::number("Годин", |row: &(i32, &'static str, Sector, f64)| {
            let hours = row.3;
            move || intl::number(hours)
        }),
    ];
    let now = Timestamp::from(chrono::DateTime::UNIX_EPOCH);
    view! {
        <Sample name="Tabs, table, figures, time">
            <Tabs tabs selected on_select=move |tab| selected.set(tab) label="Вигляд">
                <p>{move || selected.get()}</p>
            </Tabs>
            <Table columns rows key=|row| row.0 caption="Завдання"/>
            <div class="figures">
                <div class="figure"><small>"Відкриті питання"</small><strong>"37"</strong><small>"на 5 менше, ніж місяць тому"</small></div>
                <div class="figure"><small>"Внески"</small><strong>{move || intl::money(8_640_050, "UAH")}</strong><small>{move || intl::money(1_200_000, "EUR")}</small></div>
                <div class="figure"><small>"Підтверджено"</small><strong>{move || intl::percent(0.84)}</strong><small><Time at=now/>", "<Day day=intl::today()/></small></div>
            </div>
        </Sample>
    }
}

#[component]
pub(super) fn States() -> impl IntoView {
    let problem = |code: Code| {
        let json = format!(r#"{{"type":"","code":"{}","title":"","status":{}}}"#, code.as_str(), code.status());
        serde_json::from_str(&json).map_or(ApiError::Offline, |problem| ApiError::Problem(Box::new(problem)))
    };
    view! {
        <Sample name="Skeleton, empty, failed">
            <Skeleton/>
            <Skeleton lines=Lines::Rows n=2/>
            <Empty title="Питань ще немає">
                <p>"Тут зʼявиться те, що мешканці хочуть змінити."</p>
                <ButtonLink kind=Kind::Primary href="/ui">"Повідомити про перше"</ButtonLink>
            </Empty>
            <Failed error=ApiError::Offline retry=|| ()/>
            <Failed error=problem(Code::NotFound) retry=|| ()/>
            <Failed error=problem(Code::Unauthenticated) retry=|| ()/>
        </Sample>
    }
}
