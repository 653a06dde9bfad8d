//! The words that the window alone says: every language has the same, and the window's type of them is written from the
//! English ones.

use crate::words::{places, walk};
use acceptance::root;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Beside the words that the engine says too.
pub(crate) const FOLDER: &str = "src-tauri/crates/app/words/window";

/// Not of a language: other words for what the palette finds, those of every language.
const SYNONYMS: &str = "synonyms";

/// The words of a file there.
fn read(name: &str) -> Map<String, Value> {
    let file = root().join(FOLDER).join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("an object of JSON")
}

fn languages(folder: &str) -> BTreeSet<String> {
    let files = crate::files(&root().join(folder));
    let names = files.keys().filter_map(|name| name.strip_suffix(".json"));
    names.filter(|name| *name != SYNONYMS).map(str::to_owned).collect()
}

fn all_places(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    walk("", &Value::Object(read(language)), &mut found);
    found
}

#[test]
fn every_language_has_the_same_words_with_the_same_places() {
    let english = all_places("en");
    assert!(english.len() > 1_300, "only {} words", english.len());
    assert_eq!(languages(FOLDER), languages("src-tauri/crates/app/words"), "the languages of the engine");
    for language in languages(FOLDER) {
        assert_eq!(all_places(&language), english, "{language}");
    }
    // What the engine says stands with the engine's, and once.
    assert!(!english.keys().any(|name| name.starts_with(".phrases") || name.starts_with(".synonyms")));
    assert!(places("en").len() > 40);
}

/// The forms of a word for one of something and for any other number of it.
fn counted(value: &Value) -> Option<[&str; 2]> {
    let of = value.as_object().filter(|of| of.len() == 2)?;
    Some([of.get("one")?.as_str()?, of.get("other")?.as_str()?])
}

fn places_in(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// What is counted is given as a number, everything else as it is written.
fn function(places: &BTreeSet<&str>) -> String {
    let typed = |name: &&str| format!("{name}: {}", if is_number(name) { "number" } else { "string" });
    format!("(places: {{ {} }}) => string", places.iter().map(typed).collect::<Vec<_>>().join("; "))
}

fn is_number(place: &str) -> bool {
    ["count", "many"].contains(&place)
}

fn typed(value: &Value, indent: &str) -> String {
    if let Some(forms) = counted(value) {
        let mut places: BTreeSet<_> = forms.into_iter().flat_map(places_in).collect();
        places.insert("count");
        return function(&places);
    }
    match value {
        Value::Object(of) => {
            let sorted: BTreeMap<_, _> = of.iter().collect();
            let within = format!("{indent}  ");
            let lines = sorted.into_iter().map(|(name, value)| {
                let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
                let name = if is_plain { name.clone() } else { format!("\"{name}\"") };
                format!("{within}{name}: {};\n", typed(value, &within))
            });
            format!("{{\n{}{indent}}}", lines.collect::<String>())
        }
        Value::String(text) if text.contains('{') => function(&places_in(text)),
        Value::String(_) => "string".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => panic!("no word: {value}"),
    }
}

/// The window's type of its words, for its other types to stand beside.
pub(crate) fn window_type() -> String {
    format!(
        "// Written by `make generate` from {FOLDER}/en.json.

/** The words that the window alone says: those with places are functions of what stands in them. */
export interface Words {}
",
        typed(&Value::Object(read("en")), "")
    )
}

/// Those that don't count and yet have a number before what is many: one of it would be worded wrong.
fn many_of_one(name: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(of) if counted(value).is_none() => {
            of.iter().for_each(|(key, value)| many_of_one(&format!("{name}.{key}"), value, found));
        }
        Value::String(text) => {
            for (place, after) in text.split('{').skip(1).filter_map(|rest| rest.split_once("} ")) {
                let after = after.strip_prefix("more ").unwrap_or(after);
                let word =
                    after.split(|letter: char| !letter.is_ascii_lowercase()).next().unwrap_or_default();
                // Amounts are written already, and "1 credit" is a word of its own.
                let is_named = place == word && !["credits", "bonus"].contains(&place);
                if word.len() > 1 && word.ends_with('s') && (is_number(place) || is_named) {
                    found.push(format!("{name}: {text}"));
                }
            }
            if text.contains("{count}") {
                found.push(format!("{name} counts and has one form: {text}"));
            }
        }
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {}
    }
}

#[test]
fn a_count_has_a_form_for_one() {
    let mut found = Vec::new();
    many_of_one("", &Value::Object(read("en")), &mut found);
    assert_eq!(found, [""; 0]);
    for wrong in ["Show {many} rows", "{files} files read", "{many} more days", "{count} left"] {
        many_of_one("", &Value::String(wrong.to_owned()), &mut found);
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn what_the_palette_finds_has_other_words_too() {
    let (words, synonyms) = (read("en"), read(SYNONYMS));
    let keys = |of: &Value| of.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    let mut actions = keys(&words["palette"]["actions"]);
    actions.insert("language".to_owned());
    assert_eq!(keys(&synonyms["actions"]), actions);
    assert_eq!(keys(&synonyms["sections"]), keys(&words["palette"]["sections"]));
    assert_eq!(keys(&synonyms["views"]), keys(&words["views"]));
}
