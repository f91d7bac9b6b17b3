//! Names in both languages, the words in addresses, and how a thing names another.

use crate::draft::line;
use crate::ids::{CategoryId, CommunityId, IndicatorId, IssueId, OrganisationId, TaskId};
use crate::organisation::Sector;
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use crate::words::words;
use serde::{Deserialize, Serialize};

/// A name in Ukrainian and, where there is one, in English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub uk: String,
    #[serde(default)]
    pub en: Option<String>,
}

impl Names {
    /// The name for a reader: the Ukrainian where there is no English.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Uk => &self.uk,
            Lang::En => self.en.as_deref().unwrap_or(&self.uk),
        }
    }

    /// Both names as lines of at most `max` characters; the Ukrainian is needed.
    pub fn parse(&self, max: usize) -> Result<Names, FieldError> {
        let uk = line(&self.uk, 1, max)?;
        let en = line(self.en.as_deref().unwrap_or_default(), 0, max)?;
        Ok(Names { uk, en: (!en.is_empty()).then_some(en) })
    }
}

/// A name or title as it stands in a sentence: `«Весна»`, in English `“Vesna”`; one with quotation marks of
/// its own (`ТОВ «Рівний шлях»`) gets no others around it.
pub fn quoted(name: &str, lang: Lang) -> String {
    if name.contains(['«', '»', '“', '”', '„', '"']) {
        return name.to_owned();
    }
    match lang {
        Lang::Uk => format!("«{name}»"),
        Lang::En => format!("“{name}”"),
    }
}

/// A name in a page's address: 2 to 60 of `a-z`, `0-9` and single inner hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The longest slug, in characters.
    pub const MOST: usize = 60;

    /// The slug as given, which has to be one already.
    pub fn parse(raw: &str) -> Result<Slug, FieldError> {
        let text = line(raw, 2, Self::MOST)?;
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if plain && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--") {
            Ok(Slug(text))
        } else {
            Err(FieldError::new("", Fault::BadCharacters))
        }
    }

    /// A slug made of a name: Ukrainian letters as the Cabinet's resolution 55 of 2010 writes them
    /// in passports, everything else but letters and digits as hyphens. Nothing when less than two
    /// characters are left.
    pub fn of(name: &str) -> Option<Slug> {
        let mut slug = String::with_capacity(name.len());
        let mut at_start = true;
        let mut before = ' ';
        for letter in name.chars().flat_map(char::to_lowercase) {
            let zgh = before == 'з' && letter == 'г';
            match if zgh { Some("gh") } else { latin(letter, at_start) } {
                Some(latin) => {
                    slug.push_str(latin);
                    at_start = at_start && latin.is_empty();
                }
                None if letter.is_ascii_alphanumeric() => {
                    slug.push(letter);
                    at_start = false;
                }
                None => {
                    if !slug.is_empty() && !slug.ends_with('-') {
                        slug.push('-');
                    }
                    at_start = true;
                }
            }
            before = letter;
        }
        let mut short: String = slug.chars().take(Self::MOST).collect();
        short.truncate(short.trim_end_matches('-').len());
        Slug::parse(&short).ok()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Slug {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Slug::parse(text)
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The Latin letters of a Ukrainian one; `є ї й ю я` differ at the start of a word.
#[rustfmt::skip]
fn latin(letter: char, at_start: bool) -> Option<&'static str> {
    Some(match letter {
        'а' => "a", 'б' => "b", 'в' => "v", 'г' => "h", 'ґ' => "g", 'д' => "d", 'е' => "e", 'ж' => "zh",
        'з' => "z", 'и' => "y", 'і' => "i", 'к' => "k", 'л' => "l", 'м' => "m", 'н' => "n", 'о' => "o",
        'п' => "p", 'р' => "r", 'с' => "s", 'т' => "t", 'у' => "u", 'ф' => "f", 'х' => "kh", 'ц' => "ts",
        'ч' => "ch", 'ш' => "sh", 'щ' => "shch", 'ь' | 'ʼ' | '\'' | '’' => "",
        'є' => if at_start { "ye" } else { "ie" },
        'ї' => if at_start { "yi" } else { "i" },
        'й' => if at_start { "y" } else { "i" },
        'ю' => if at_start { "yu" } else { "iu" },
        'я' => if at_start { "ya" } else { "ia" },
        _ => return None,
    })
}

/// A community, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommunityLink {
    pub id: CommunityId,
    pub slug: Slug,
    pub name: Names,
}

/// An organisation, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationLink {
    pub id: OrganisationId,
    pub slug: Slug,
    pub name: Names,
    pub sector: Sector,
}

/// A category, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryLink {
    pub id: CategoryId,
    pub slug: Slug,
    pub name: Names,
    /// The name of a Lucide icon.
    pub icon: String,
}

/// An issue, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueLink {
    pub id: IssueId,
    /// Its short number in its community.
    pub number: i64,
    pub title: String,
    pub community: CommunityLink,
}

/// A task, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskLink {
    pub id: TaskId,
    pub title: String,
}

/// An indicator, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorLink {
    pub id: IndicatorId,
    pub name: Names,
}

words! {
    /// Somebody who acted by virtue of a role, or the program itself.
    ActingRole in "acting_role" {
        Moderator = "moderator";
        Coordinator = "coordinator";
        Facilitator = "facilitator";
        MainCoordinator = "main_coordinator";
        /// Time passed, and the rules did the rest.
        System = "system";
    }
}

/// Who did something, as anybody may know it: never an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "WhoTold")]
pub enum Who {
    Organisation {
        organisation: OrganisationLink,
    },
    Role {
        role: ActingRole,
    },
    Resident {
        /// Only where the person chose to be named, or the reader may know it.
        name: Option<String>,
    },
}

/// What the kinds of [`Who`] tell, side by side: a tag that serde looks for is read twice, with twice the code.
#[derive(Deserialize)]
struct WhoTold {
    kind: String,
    organisation: Option<OrganisationLink>,
    role: Option<ActingRole>,
    name: Option<String>,
}

impl TryFrom<WhoTold> for Who {
    type Error = &'static str;

    fn try_from(told: WhoTold) -> Result<Self, Self::Error> {
        let WhoTold { kind, organisation, role, name } = told;
        let who = match kind.as_str() {
            "organisation" => organisation.map(|organisation| Who::Organisation { organisation }),
            "role" => role.map(|role| Who::Role { role }),
            "resident" => Some(Who::Resident { name }),
            _ => None,
        };
        who.ok_or("nobody of a known kind")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_stand_round_a_name_that_has_none() {
        assert_eq!(quoted("Весна", Lang::Uk), "«Весна»");
        assert_eq!(quoted("Vesna", Lang::En), "“Vesna”");
        assert_eq!(quoted("ТОВ «Рівний шлях»", Lang::Uk), "ТОВ «Рівний шлях»");
        assert_eq!(quoted("ТОВ «Рівний шлях»", Lang::En), "ТОВ «Рівний шлях»");
    }

    #[test]
    fn slugs_are_made_as_passports_are_written() {
        for (name, slug) in [
            ("Нова Згурівка", "nova-zghurivka"),
            ("Єнакієве та Їжаківка", "yenakiieve-ta-yizhakivka"),
            ("ГО «Без барʼєрів»", "ho-bez-barieriv"),
            ("БудСервіс 24/7", "budservis-24-7"),
            ("Щастя й юність", "shchastia-y-yunist"),
        ] {
            assert_eq!(Slug::of(name).unwrap().as_str(), slug);
        }
        assert_eq!(Slug::of("«»"), None);
    }

    #[test]
    fn a_slug_has_no_capitals_and_no_loose_hyphens() {
        for wrong in ["a", "Kalyna", "ka--lyna", "-kalyna", "kalyna-", "калина", "ka lyna"] {
            assert!(Slug::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Slug::parse("green-spaces").is_ok());
    }

    #[test]
    fn who_did_it_is_read_as_it_is_written() {
        let link = r#"{"id":"0190d5a0-0000-7000-8000-000000000000","slug":"so","name":{"uk":"Со"},"sector":"ngo"}"#;
        let organisation: OrganisationLink = serde_json::from_str(link).unwrap();
        for who in [
            Who::Organisation { organisation },
            Who::Role { role: ActingRole::System },
            Who::Resident { name: None },
            Who::Resident { name: Some("Олена".to_owned()) },
        ] {
            let text = serde_json::to_string(&who).unwrap();
            assert_eq!(serde_json::from_str::<Who>(&text).unwrap(), who);
        }
        assert!(serde_json::from_str::<Who>(r#"{"kind":"role"}"#).is_err());
        assert!(serde_json::from_str::<Who>(r#"{"kind":"cat"}"#).is_err());
    }

    proptest! {
        #[test]
        fn whatever_slug_is_made_can_be_parsed(name in ".{0,120}") {
            if let Some(slug) = Slug::of(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()).unwrap(), slug);
            }
        }
    }
}
