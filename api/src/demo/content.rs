//! Who and what there is in the demo.

/// Somebody to sign in as: the first part of the address, the name, the role in the first community.
pub(super) struct Person {
    pub(super) address: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Option<&'static str>,
}

/// The domain of the demo's addresses.
pub(super) const DOMAIN: &str = "demo.spilno.example";

/// The main coordinator comes first.
pub(super) const PEOPLE: &[Person] = &[
    Person { address: "main", name: "Тарас Гнатюк", role: None },
    Person { address: "coordinator", name: "Оксана Коваленко", role: Some("coordinator") },
    Person { address: "moderator", name: "Ірина Мельник", role: Some("moderator") },
    Person { address: "facilitator", name: "Андрій Шевчук", role: Some("facilitator") },
    Person { address: "citizen", name: "Олена Бондар", role: None },
    Person { address: "neighbour", name: "Петро Ткач", role: None },
];

/// An invented community on the territory of a real unit of the codifier.
pub(super) struct Community {
    pub(super) slug: &'static str,
    pub(super) uk: &'static str,
    pub(super) en: &'static str,
    pub(super) katottg: &'static str,
    pub(super) kind: &'static str,
    pub(super) population: i64,
}

pub(super) const COMMUNITIES: &[Community] = &[Community {
    slug: "kalynova",
    uk: "Калинова громада",
    en: "Kalynova community",
    katottg: "UA05020010000053508",
    kind: "settlement",
    population: 14_200,
}];

/// What became of an issue of the demo, each step a few days after the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Fate {
    Reported,
    Declined,
    Open,
    Resolved,
    Confirmed,
}

/// An issue: category, title, description, where, what became of it, how many days ago.
pub(super) struct Issue {
    pub(super) category: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) place: &'static str,
    pub(super) fate: Fate,
    pub(super) days_ago: i64,
}

macro_rules! issues {
    ($($days_ago:literal $fate:ident $category:literal $title:literal $description:literal $place:literal;)+) => {
        /// Oldest first.
        pub(super) const ISSUES: &[Issue] = &[$(Issue {
            category: $category, title: $title, description: $description, place: $place, fate: Fate::$fate, days_ago: $days_ago,
        }),+];
    };
}

issues! {
    520 Confirmed "waste" "Стихійне звалище за стадіоном" "Щовесни там палять сміття, дим іде на дитячий майданчик." "За стадіоном «Колос»";
    410 Confirmed "lighting" "Темна зупинка на Шевченка" "Діти чекають на автобус у темряві, водії не бачать людей." "Шевченка, 40";
    300 Declined "other" "Вигулювати собак у дворі" "Сусід щоранку вигулює собаку під вікнами." "Садова, 7";
    260 Confirmed "roads" "Яма біля повороту на школу" "Після дощу її не видно, двоє вже пробили колесо." "Шкільна, поворот з Миру";
    180 Resolved "accessibility" "Немає пандуса біля амбулаторії" "До амбулаторії ведуть чотири сходинки. Мама у візку не може потрапити до лікаря без двох помічників. Поруч є рівна ділянка, де пандус поміститься." "Садова, 12";
    120 Open "green-spaces" "Засохли каштани на площі" "П’ять дерев не розпустилися, гілки падають на лавки." "Площа Єдності";
    75 Open "transport" "Вечірній автобус не чекає на поїзд" "Розклад розходиться на сім хвилин, люди йдуть пішки чотири кілометри." "Станція Калинове";
    40 Open "education" "У бібліотеці холодно взимку" "Читальний зал не працює з листопада до березня." "Центральна, 3";
    21 Resolved "lighting" "Не світять ліхтарі на Миру" "Три ліхтарі поспіль від номера 10 до номера 16." "Миру, 10–16";
    9 Open "digital" "Немає звʼязку в старостаті" "Пенсіонери не можуть отримати довідку: програма не відкривається." "Село Вишневе, старостат";
    4 Reported "waste" "Переповнені контейнери біля ринку" "Вивозять раз на тиждень, а торгують щодня." "Ринкова, 1";
    1 Reported "roads" "Стерлася розмітка на переході" "Водії не зупиняються, бо переходу не видно." "Центральна, навпроти школи";
}
