//! The habits that no compiler and no linter knows: what files, types and sentences are like.

use crate::house::{all_sources, is_generated};
use acceptance::root;
use headroom_app::Language;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn of_rust() -> impl Iterator<Item = (PathBuf, String)> {
    all_sources().into_iter().filter(|(path, _)| path.extension().is_some_and(|of| of == "rs"))
}

#[test]
fn every_file_of_rust_opens_with_what_it_is_for() {
    // What a file's own tests are for is said by their place.
    let others = of_rust().filter(|(path, _)| !path.ends_with("tests.rs"));
    let closed = |text: &str| !text.starts_with("//! ") && !is_generated(text);
    let found = others.filter(|(_, text)| closed(text)).map(|(path, _)| path.display().to_string());
    let found: Vec<_> = found.collect();
    assert_eq!(found, [""; 0]);
}

/// What the command line counts.
const COUNTED: [&str; 12] = [
    "rows", "files", "tasks", "sessions", "users", "months", "seats", "passes", "members", "issues",
    "requests", "lines",
];

/// The command line said "1 rows": it has one way to word a count, `many`, which knows that one is one.
#[test]
fn the_command_line_words_a_count_in_one_way() {
    let says = |line: &str| COUNTED.iter().any(|noun| line.contains(&format!("}} {noun}")));
    let of_cli = of_rust().filter(|(path, _)| path.starts_with("src-tauri/crates/cli/src"));
    let found: Vec<_> = of_cli
        .flat_map(|(_, text)| text.lines().filter(|line| says(line)).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(found, [""; 0]);
    assert!(says(r#"writeln!(output, "{} rows read", report.read)"#));
}

/// Words that name no domain: whatever is called so could be anything.
const EMPTY: [&str; 5] = ["Manager", "Service", "Helper", "Util", "Utils"];

/// The types that a line declares with such a word.
fn empty_name(line: &str) -> Option<&str> {
    let words: Vec<_> = line.split(|letter: char| !letter.is_alphanumeric()).collect();
    let declares = |word: &&str| ["struct", "enum", "trait", "class", "interface", "type"].contains(word);
    let at = words.iter().position(declares)?;
    words.get(at + 1).copied().filter(|name| EMPTY.iter().any(|empty| name.ends_with(empty)))
}

#[test]
fn nothing_is_called_by_a_word_that_says_nothing() {
    let others = all_sources().into_iter().filter(|(path, _)| path != Path::new("tests/contract/habits.rs"));
    for (path, text) in others {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        assert!(
            !["manager", "helper", "helpers", "util", "utils"].contains(&stem.as_str()),
            "{}",
            path.display()
        );
        let found: Vec<_> = text.lines().filter_map(empty_name).collect();
        assert_eq!(found, [""; 0], "{}", path.display());
    }
    assert_eq!(empty_name("pub(crate) struct AccountManager {"), Some("AccountManager"));
    assert_eq!(empty_name("export class Service {"), Some("Service"));
    assert_eq!(empty_name("pub struct Services;"), None);
}

/// Tests don't wait for time to pass: they would be slow on a quick machine and wrong on a slow one. What plays another
/// program or measures an idle one has nothing else to go by.
#[test]
fn no_test_waits_by_the_clock() {
    let waits = ["thread::sleep", "time::sleep(", "waitForTimeout("];
    for (path, text) in all_sources() {
        let may = ["tests/tools", "tests/benches"].iter().any(|of| path.starts_with(of))
            || path == Path::new("tests/contract/habits.rs");
        let found = waits.iter().find(|wait| text.contains(**wait));
        assert!(may || found.is_none(), "{}: {found:?}", path.display());
    }
}

/// Whether a sentence names a host, or speaks as a library or the system does.
fn is_technical(text: &str) -> bool {
    let ends_like_a_host = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let ending = word.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| ["com", "ai", "dev", "aws", "org", "net", "io"].contains(&ending))
    };
    let of_libraries = ["http:", "https:", "os error", "errno", "serde", "sqlite", "reqwest", "panicked"];
    text.split_whitespace().any(ends_like_a_host)
        || of_libraries.iter().any(|word| text.to_lowercase().contains(word))
}

fn sentences(words: &Value, found: &mut Vec<String>) {
    match words {
        Value::String(text) => found.push(text.clone()),
        Value::Object(of) => of.values().for_each(|value| sentences(value, found)),
        Value::Array(list) => list.iter().for_each(|value| sentences(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn no_sentence_names_a_host_or_speaks_as_a_library() {
    for language in Language::ALL.map(Language::tag) {
        let path = root().join("src-tauri/crates/app/words").join(format!("{language}.json"));
        let words = serde_json::from_str(&fs::read_to_string(path).expect("the words")).expect("JSON");
        let mut found = Vec::new();
        sentences(&words, &mut found);
        assert!(found.len() > 300, "{}", found.len());
        found.retain(|text| is_technical(text));
        assert_eq!(found, [""; 0], "{language}");
    }
    assert!(is_technical("q.us-east-1.amazonaws.com can't be reached.") && is_technical("os error 2"));
    assert!(!is_technical("Kiro can't be reached. Try again."));
}

/// A rule that has a number is found by it: in the engine, where it is applied.
#[test]
fn every_rule_is_found_by_its_number() {
    let engine: Vec<String> = of_rust()
        .filter(|(path, _)| path.starts_with("src-tauri/crates/billing/src") && !path.ends_with("tests.rs"))
        .map(|(_, text)| text)
        .collect();
    let is_named = |rule: &str| {
        engine.iter().any(|text| {
            let mut words = text.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| word == rule)
        })
    };
    for (of, last) in [("K", 12), ("E", 6), ("T", 5), ("N", 7)] {
        for number in 1..=last {
            assert!(is_named(&format!("{of}{number}")), "{of}{number} is named nowhere in the engine");
        }
    }
    assert!(!is_named("K13"));
}
