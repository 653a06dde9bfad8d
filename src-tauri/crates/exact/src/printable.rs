//! Texts from outside as they may be shown: no sign that steers a terminal, turns the direction of what stands around it,
//! or is there without being seen.

use std::borrow::Cow;

/// What stands where such a sign stood.
pub const REPLACED: char = '\u{fffd}';

/// Whether a letter may be shown after the one before it. Signs that join letters have a meaning in scripts that have no
/// ASCII, and in emoji; after ASCII they are only a name that looks like another.
pub const fn is_printable(before: Option<char>, letter: char) -> bool {
    match letter {
        // Joiners, and which form of the letter before it is meant.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            matches!(before, Some(before) if !before.is_ascii())
        }
        // Controls of both kinds.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Letters that are not seen.
        | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
        // What turns the direction.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Ends of lines and paragraphs.
        | '\u{2028}' | '\u{2029}' => false,
        _ => true,
    }
}

/// The letters of a text, each with whether it may be shown.
fn judged(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut before = None;
    text.chars().map(move |letter| {
        let shown = is_printable(before, letter);
        before = Some(letter);
        (letter, shown)
    })
}

/// Whether all of a text may be shown.
fn is_all(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || judged(text).all(|(_, shown)| shown)
}

/// A text with [`REPLACED`] for each letter that may not be shown.
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_all(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(judged(text).map(|(letter, shown)| if shown { letter } else { REPLACED }).collect())
}

/// A text as a name in one line: what may not be shown is left out, a blank stands for the end of a line, and none at
/// either end.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_all(text) {
        return Cow::Borrowed(text.trim());
    }
    let blank = |letter: char| letter.is_whitespace().then_some(' ');
    let text: String =
        judged(text).filter_map(|(letter, shown)| if shown { Some(letter) } else { blank(letter) }).collect();
    Cow::Owned(text.trim().to_owned())
}

/// Whether a text can be a name that somebody gives: all of it may be shown, and it has one to so many letters.
pub fn is_name(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().nth(most).is_none() && is_all(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What terminals and eyes are deceived with.
    const HOSTILE: [&str; 18] = [
        "\u{1b}[2J",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]52;c;AAAA\u{7}",
        "\u{9b}2J",
        "\u{9d}0;title\u{9c}",
        "\u{90}q",
        "a\rb",
        "a\nb",
        "\0",
        "\u{7f}",
        "\u{8}\u{8}",
        "\u{202e}gpj.exe",
        "\u{2066}x",
        "\u{200f}",
        "\u{200b}",
        "A\u{200d}B",
        "\u{feff}",
        "\u{e0041}\u{e007f}",
    ];

    #[test]
    fn nothing_that_steers_turns_or_hides_is_left() {
        for hostile in HOSTILE {
            let around = format!("Ada {hostile} Lovelace");
            assert!(!is_name(&around, 60), "{hostile:?}");
            for shown in [printable(&around), plain(&around)] {
                assert!(judged(&shown).all(|(_, shown)| shown), "{hostile:?}: {shown:?}");
                assert!(shown.starts_with("Ada") && shown.ends_with("Lovelace"), "{shown:?}");
            }
        }
        assert_eq!(printable("a\u{1b}[2J"), "a\u{fffd}[2J");
        assert_eq!(plain("\u{1b}[2JAcme\n& Sons\u{202e} "), "[2JAcme & Sons");
    }

    #[test]
    fn names_of_every_script_stay_as_they_are() {
        for name in [
            "Grüße & Söhne",
            "日本",
            "نیم\u{200c}فاصله",
            "👩\u{200d}👧 ❤\u{fe0f}",
            "葛\u{e0100}城",
            "e\u{301}",
            "עברית",
            "क\u{94d}\u{200d}ष",
        ] {
            assert_eq!((printable(name), plain(name)), (name.into(), name.into()));
            assert!(is_name(name, 60));
        }
        assert!(!is_name("", 3) && !is_name("four", 3) && is_name("äöü", 3));
    }
}
