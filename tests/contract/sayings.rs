//! What is said of errors: a code where it happens, a sentence in the words of every language, and nowhere else.

use crate::sources;
use acceptance::root;
use headroom_app::answers;
use headroom_app::{Language, words};
use headroom_exact::saying::Value;
use headroom_exact::{Country, Moment, Saying, say};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

type Places = BTreeSet<String>;

/// What stands between the bracket that was just opened and the one that closes it, by the commas in it.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut escaped) = (1_u32, false, false);
    let mut arguments = vec![String::new()];
    for letter in text.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        arguments.last_mut().expect("one at least").push(letter);
    }
    arguments
        .iter()
        .map(|argument| argument.trim().to_owned())
        .filter(|argument| !argument.is_empty())
        .collect()
}

/// The program's own lines: no tests, no comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn rust() -> Vec<(String, String)> {
    let of_root =
        |(path, text): (PathBuf, String)| (path.strip_prefix(root()).expect("ours").to_owned(), text);
    let all = ["src-tauri/crates", "src-tauri/src"].map(|folder| sources(&root().join(folder), &["rs"]));
    let all = all.into_iter().flatten().map(of_root);
    let program = all.filter(|(path, _)| {
        !path.ends_with("tests.rs") && !path.components().any(|part| part.as_os_str() == "tests")
    });
    program.map(|(path, text)| (path.display().to_string(), code(&text))).collect()
}

/// Reads an object as it stands, every key in it: a map would keep the last of two that are the same.
struct Keys(Vec<String>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> serde::de::Visitor<'de> for Each {
            type Value = Keys;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        from.deserialize_map(Each)
    }
}

/// Found in November 2026: two branches had worded one code each in their own way, and the later one counted in silence.
#[test]
fn no_code_has_two_sentences_in_a_language() {
    #[derive(serde::Deserialize)]
    struct Words {
        saying: Keys,
    }
    for language in Language::ALL.map(Language::tag) {
        let file = root().join("src-tauri/crates/app/words").join(format!("{language}.json"));
        let words: Words = serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("JSON");
        let mut keys = words.saying.0;
        keys.sort_unstable();
        let twice: Vec<_> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{language}: {twice:?}");
    }
}

/// Every code that is said, with the places that its sentence has.
fn said() -> BTreeMap<String, Places> {
    let mut said = BTreeMap::new();
    for (path, text) in rust() {
        for (at, macro_call) in text.match_indices("say!(") {
            let arguments = arguments(&text[at + macro_call.len()..]);
            let Some(code) = arguments[0].strip_prefix('"').and_then(|code| code.strip_suffix('"')) else {
                assert!(
                    path.ends_with("saying.rs"),
                    "{path}: a code is written out where it is said: {arguments:?}"
                );
                continue;
            };
            let name = |argument: &String| argument.split('=').next().unwrap_or_default().trim().to_owned();
            let places: Places = arguments[1..].iter().map(name).collect();
            let known = said.entry(code.to_owned()).or_insert_with(|| places.clone());
            assert_eq!(*known, places, "{path}: {code} has the same places wherever it is said");
        }
    }
    said
}

/// The places of every sentence of a language.
fn sentences(language: &str) -> BTreeMap<String, Places> {
    let mut sentences = sentences_of(language, "saying");
    for (code, places) in on_a_terminal(language) {
        // Which of its values each names is its own matter.
        sentences.get_mut(&code).expect("a sentence of the window").extend(places);
    }
    sentences
}

fn sentences_of(language: &str, section: &str) -> BTreeMap<String, Places> {
    let file = root().join("src-tauri/crates/app/words").join(format!("{language}.json"));
    let words: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("JSON");
    let places = |text: &str| -> Places {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    let sentences = words[section].as_object().expect("sentences").iter().map(|(code, sentence)| {
        let places = if let Some(text) = sentence.as_str() {
            places(text)
        } else {
            let forms = ["one", "other"].map(|form| places(sentence[form].as_str().expect("a form")));
            assert_eq!(forms[0], forms[1], "{language}: {code}");
            let [mut places, _] = forms;
            places.insert("count".to_owned());
            places
        };
        (code.clone(), places)
    });
    sentences.collect()
}

/// The sentences of a language that name a command on a terminal, where the window says what to do in it.
fn on_a_terminal(language: &str) -> BTreeMap<String, Places> {
    sentences_of(language, "terminal")
}

#[test]
fn every_code_has_a_sentence_in_every_language_with_exactly_its_places() {
    let said = said();
    assert!(said.len() > 150, "the sources are read: {}", said.len());
    for language in Language::ALL.map(Language::tag) {
        let worded = sentences(language);
        let codes: BTreeSet<_> = said.keys().chain(worded.keys()).collect();
        let differ = codes.into_iter().filter(|code| said.get(*code) != worded.get(*code));
        let differ: Vec<_> = differ.map(|code| (code, said.get(code), worded.get(code))).collect();
        assert_eq!(differ, [], "{language}: a code, the places that are said, and those of its sentence");
    }
}

/// Shown in the window in November 2026: "choose one in Settings (headroom accounts login)".
#[test]
fn what_helps_is_named_where_it_helps() {
    for language in Language::ALL.map(Language::tag) {
        let file = root().join("src-tauri/crates/app/words").join(format!("{language}.json"));
        let words: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("JSON");
        for (code, sentence) in words["terminal"].as_object().expect("sentences") {
            let (there, here) = (sentence.to_string(), words["saying"][code].to_string());
            assert!(there.contains("headroom ") && !here.contains("headroom "), "{language}: {code}: {here}");
        }
    }
}

#[test]
fn no_sentence_stands_in_rust() {
    for (path, text) in rust() {
        // The command line is English; where sayings are declared, they are made.
        if path.contains("crates/cli") || path.ends_with("exact/src/saying.rs") {
            continue;
        }
        for error in text.split("#[error(").skip(1) {
            let shown = arguments(error)[0].clone();
            assert_eq!(shown, "\"{}\"", "{path}: an error says a code with values");
        }
        // A `Saying` can't be made of a text: there is only `say!`.
        assert!(!text.contains("Saying::new("), "{path}");
    }
}

/// The texts written out in code, each with what stands before it.
fn texts(code: &str) -> Vec<(&str, &str)> {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(begin) = code[at..].find('"').map(|found| at + found) {
        let before = &code[..begin];
        let is_letter = before.ends_with('\'') && code[begin + 1..].starts_with('\'');
        let raw = before.trim_end_matches('#');
        let hashes = "#".repeat(before.len() - raw.len());
        let is_raw =
            raw.ends_with('r') && !raw[..raw.len() - 1].ends_with(|before: char| before.is_alphanumeric());
        let length = if is_letter {
            0
        } else if is_raw {
            code[begin + 1..].find(&format!("\"{hashes}")).expect("its end")
        } else {
            let mut escaped = false;
            let ends = |letter: char| {
                let ends = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                ends
            };
            code[begin + 1..].find(ends).expect("its end")
        };
        let end = begin + 1 + length;
        if !is_letter {
            texts.push((before, &code[begin + 1..end]));
        }
        at = if is_letter { begin + 1 } else { end + 1 };
    }
    texts
}

/// Whether two words follow each other in it, as in what people read; codes and names are of one.
fn is_phrase(text: &str) -> bool {
    let is_word = |word: &&str| {
        let letters = word.trim_matches(|letter: char| !letter.is_alphabetic());
        letters.len() > 1 && letters.chars().all(|letter| letter.is_alphabetic() || letter == '\'')
    };
    // What stands in braces is a place.
    let said = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    let said = said.collect::<Vec<_>>().join("…");
    let words: Vec<_> = said.split_whitespace().collect();
    words.windows(2).any(|pair| pair.iter().all(is_word))
}

/// The phrases that stand in the code of answers all the same, and who reads them.
const PHRASES: [(&str, &str); 11] = [
    ("no limit", "whoever reads the JSON of an answer"),
    ("this is nobody who could be told", "logs; the window is told that its question is wrong"),
    ("{} stays the cheapest: a month of {used} credits costs ${cost}.", "headroom advise"),
    ("A month of {used} credits costs ${cost} on {} and ${own_cost} on {}.", "headroom advise"),
    ("A payment failed. Pay by {} or the team is suspended.", "headroom advise"),
    ("The team is suspended. Pay by {} or its data is deleted.", "headroom advise"),
    ("The data was deleted at {}.", "headroom advise"),
    ("hundredths of a credit", "whoever reads the documentation of a type"),
    ("duplicate field `", "nobody: how a reader's own message begins"),
    ("missing field `", "nobody: how a reader's own message begins"),
    ("unknown field `", "nobody: how a reader's own message begins"),
];

/// What an answer says crosses as a code: a text in its code would be English in every language.
#[test]
fn no_phrase_stands_where_answers_are_made() {
    let mut found = BTreeSet::new();
    for (path, code) in rust() {
        // Reports of our own mistakes are English: they go to the project.
        let is_english = ["/machine/reports", "/machine/process.rs"];
        let makes_answers = ["crates/app/src", "crates/billing/src", "crates/exact/src"];
        let within = |parts: &[&str]| parts.iter().any(|part| path.contains(part));
        if !within(&makes_answers) || within(&is_english) {
            continue;
        }
        for (before, text) in texts(&code) {
            // What is said to whoever reads the code.
            let statement = before.rsplit([';', '{', '}']).next().unwrap_or_default();
            let is_aside = ["assert!(", "#[doc"].iter().any(|of| statement.contains(of))
                || ["reason =", "must_use =", ".expect("].iter().any(|of| before.trim_end().ends_with(of));
            if !is_phrase(text) || is_aside {
                continue;
            }
            let known = PHRASES.iter().find(|(phrase, _)| *phrase == text);
            assert!(known.is_some(), "{path}: say a code instead: {text:?}");
            found.insert(text.to_owned());
        }
    }
    let gone: Vec<_> = PHRASES.iter().filter(|(phrase, _)| !found.contains(*phrase)).collect();
    assert!(gone.is_empty(), "they stand nowhere any more: {gone:?}");
}

/// In a place of a sentence stands what was found or entered, or another saying, never words of ours.
#[test]
fn no_phrase_stands_in_the_place_of_a_sentence() {
    for (path, code) in rust() {
        for (at, macro_call) in code.match_indices("say!(") {
            let arguments = arguments(&code[at + macro_call.len()..]);
            for value in arguments.iter().skip(1) {
                let phrase = texts(value).into_iter().find(|(_, text)| is_phrase(text));
                assert_eq!(phrase, None, "{path}: say a code instead: {value}");
            }
        }
    }
}

#[test]
fn a_phrase_is_told_from_a_code() {
    let code = r##"let a = SourceView { advice: "It is good.".to_owned(), at: "kiro-limits" }; let b = '"'; c(r#"{"x y": 1}"#)"##;
    let found: Vec<_> = texts(code).into_iter().map(|(_, text)| (text, is_phrase(text))).collect();
    assert_eq!(found, [("It is good.", true), ("kiro-limits", false), (r#"{"x y": 1}"#, false)]);
    assert!(is_phrase("No folder of PATH has kiro-cli."));
    assert!(!is_phrase("{path}: {reason}"));
}

/// One value of each kind, in a sentence.
fn one_of_each() -> Vec<Saying> {
    let date: chrono::NaiveDate = "2026-11-21".parse().expect("a date");
    let field = say!("first-paid-day");
    vec![
        say!("date-to-come", field, date, today = date),
        say!("bill-not-exact", month = headroom_exact::Month::of_date(date)),
        say!("a-day-wrong", text = "many", most = headroom_exact::Credits::from_hundredths(123_450)),
        say!("already-on-plan", plan = headroom_exact::Money::from_hundredths(-2_000)),
        say!("no-paid-plans-there", country = "PE".parse::<Country>().expect("a country")),
        say!("no-such-plan", text = "gold {no place}", known = vec!["free", "pro"]),
        say!("seats-wrong", seats = 1_234_567_u64, most = 100_000_u64),
        say!("unreadable-bill", count = 1_u64, months = vec![Value::Month("2026-10".to_owned())]),
    ]
}

/// What the engine says of each code; `sayings.test.ts` holds the window to it.
pub fn spoken() -> Vec<serde_json::Value> {
    let as_text = |(code, places): (String, Places)| {
        let values = places.into_iter().map(|place| {
            let value =
                if place == "count" { json!({"number": 2}) } else { json!({"text": format!("<{place}>")}) };
            (place, value)
        });
        let saying = json!({"code": code, "values": values.collect::<serde_json::Map<_, _>>()});
        serde_json::from_value::<Saying>(saying).expect("a saying")
    };
    let terminal = on_a_terminal("en");
    let said = said().into_iter().filter(|(code, _)| !terminal.contains_key(code));
    let all = said.map(as_text).chain(one_of_each());
    all.map(|saying| json!({"saying": saying, "text": words::say(&saying)})).collect()
}

#[test]
fn the_window_receives_what_is_said() {
    let moment: Moment = "2026-11-21T10:00:00Z".parse().expect("a moment");
    let at_a_moment = say!("unreadable-models", at = moment);
    for saying in one_of_each().into_iter().chain([at_a_moment]) {
        let sent = serde_json::to_value(&saying).expect("JSON");
        let received: answers::Saying =
            serde_json::from_value(sent.clone()).expect("as its type is declared");
        assert_eq!(received.code, saying.code());
        let kept: Saying = serde_json::from_value(sent).expect("as it is kept");
        assert_eq!(kept, saying);
    }
}

#[test]
fn a_code_of_another_version_is_said_as_it_stands() {
    let kept = r#"{"code":"of-tomorrow","values":{"vendor":{"text":"Kiro"}}}"#;
    let saying: Saying = serde_json::from_str(kept).expect("a saying");
    assert_eq!(words::say(&saying), "of-tomorrow(vendor: Kiro)");
}
