//! Ukrainian names in Latin letters: the table of the Cabinet of Ministers' resolution 55 of
//! 27 January 2010, as passports and road signs have it.

/// The name as the table writes it. What is no Ukrainian letter stays as it is.
pub(super) fn romanise(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    let mut before = None;
    for letter in name.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let begins = !before.is_some_and(belongs);
        let zgh = small == 'г' && matches!(before, Some('з' | 'З'));
        match if zgh { Some("gh") } else { of(small, begins) } {
            Some(letters) if letter == small => latin.push_str(letters),
            Some(letters) => {
                let mut letters = letters.chars();
                latin.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                latin.extend(letters);
            }
            None => latin.push(letter),
        }
        before = Some(letter);
    }
    latin
}

/// Whether a word goes on behind it.
fn belongs(letter: char) -> bool {
    letter.is_alphabetic() || is_apostrophe(letter)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, 'ʼ' | '\'' | '’')
}

/// What stands for a small letter; four are written otherwise where a word begins.
fn of(letter: char, begins: bool) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'є' if begins => "ye",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' => "y",
        'і' => "i",
        'ї' if begins => "yi",
        'ї' => "i",
        'й' if begins => "y",
        'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' if begins => "yu",
        'ю' => "iu",
        'я' if begins => "ya",
        'я' => "ia",
        'ь' => "",
        apostrophe if is_apostrophe(apostrophe) => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_resolution_gives_them() {
        let written = [
            ("Згорани", "Zghorany"),
            ("Розгон", "Rozghon"),
            ("Єнакієве", "Yenakiieve"),
            ("Їжакевич", "Yizhakevych"),
            ("Кадиївка", "Kadyivka"),
            ("Йосипівка", "Yosypivka"),
            ("Стрий", "Stryi"),
            ("Юрій", "Yurii"),
            ("Яготин", "Yahotyn"),
            ("Костянтин", "Kostiantyn"),
            ("Щербухи", "Shcherbukhy"),
            ("Біла Церква", "Bila Tserkva"),
            ("Камʼянське", "Kamianske"),
            ("Івано-Франківська", "Ivano-Frankivska"),
            ("Ґалаґан", "Galagan"),
        ];
        for (uk, en) in written {
            assert_eq!(romanise(uk), en);
        }
    }
}
