//! What seeded issues say: few words in many combinations.

use fastrand::Rng;
use shared::category::DefaultCategory;

/// What is wrong, by category.
const WRONG: &[(DefaultCategory, &[&str])] = &[
    (DefaultCategory::Roads, &["Яма на дорозі", "Зруйноване узбіччя", "Стерта розмітка", "Розбитий тротуар"]),
    (DefaultCategory::Lighting, &["Не світить ліхтар", "Темний перехід", "Блимає освітлення"]),
    (DefaultCategory::Water, &["Немає води", "Тече труба", "Іржава вода"]),
    (DefaultCategory::Waste, &["Стихійне звалище", "Переповнені контейнери", "Не вивезли сміття"]),
    (DefaultCategory::GreenSpaces, &["Аварійне дерево", "Засохла алея", "Зламані лавки"]),
    (DefaultCategory::Safety, &["Відкритий люк", "Зламана огорожа", "Зграя собак"]),
    (DefaultCategory::Accessibility, &["Немає пандуса", "Високий бордюр", "Вузькі двері"]),
    (DefaultCategory::Education, &["Холодно в класі", "Протікає дах школи", "Немає шкільного автобуса"]),
    (DefaultCategory::Health, &["Черга до лікаря", "Зачинена амбулаторія"]),
    (DefaultCategory::Culture, &["Зачинений клуб", "Протікає дах бібліотеки"]),
    (DefaultCategory::SocialHelp, &["Потрібна допомога вдома", "Немає соціального таксі"]),
    (DefaultCategory::Transport, &["Рідко їздить автобус", "Зламана зупинка", "Немає розкладу"]),
    (DefaultCategory::Housing, &["Протікає дах будинку", "Не працює ліфт"]),
    (DefaultCategory::Digital, &["Немає звʼязку", "Не працює сайт"]),
    (DefaultCategory::Other, &["Потрібен громадський туалет", "Шум уночі"]),
];

const STREETS: &[&str] = &[
    "Шевченка",
    "Миру",
    "Садова",
    "Лесі Українки",
    "Франка",
    "Центральна",
    "Шкільна",
    "Лісова",
    "Польова",
    "Вишнева",
    "Соборна",
    "Ринкова",
    "Набережна",
    "Зелена",
    "Козацька",
    "Молодіжна",
    "Залізнична",
    "Калинова",
    "Степова",
    "Нова",
];

const SINCE: &[&str] =
    &["Так уже тиждень", "Це триває з весни", "Помітили вчора", "Щороку те саме", "Писали вже двічі"];

const WHO: &[&str] = &[
    "незручно всім сусідам",
    "діти ходять тут до школи",
    "люди на візках не можуть проїхати",
    "страждають літні люди",
    "водії обʼїжджають через двір",
    "поруч дитячий майданчик",
];

const COMMENTS: &[&str] = &[
    "Підтверджую, бачу щодня.",
    "Дякую, що написали.",
    "Приїжджали, обіцяли за тиждень.",
    "Уже краще, але не до кінця.",
    "Можу допомогти у вихідні.",
    "Чи відомо, коли почнуть?",
];

const WORK: &[&str] = &[
    "Обстежити й скласти кошторис",
    "Полагодити",
    "Прибрати територію",
    "Привезти матеріали",
    "Зібрати людей на толоку",
];

/// An issue's words.
#[derive(Debug, Clone)]
pub(super) struct Issue {
    pub(super) category: DefaultCategory,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) address: String,
    pub(super) house: String,
}

fn one<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    rng.choice(of).copied().unwrap_or_default()
}

pub(super) fn issue(rng: &mut Rng) -> Issue {
    let (category, wrong) = rng.choice(WRONG).copied().unwrap_or((DefaultCategory::Other, &[]));
    let (wrong, street, house) = (one(rng, wrong), one(rng, STREETS), rng.u32(1..180));
    Issue {
        category,
        title: format!("{wrong}, {street}, {house}"),
        description: format!("{}: {}. Орієнтир: вулиця {street}.", one(rng, SINCE), one(rng, WHO)),
        address: format!("вулиця {street}"),
        house: house.to_string(),
    }
}

pub(super) fn comment(rng: &mut Rng) -> &'static str {
    one(rng, COMMENTS)
}

pub(super) fn work(rng: &mut Rng) -> &'static str {
    one(rng, WORK)
}
