//! Words that no longer occur: what the window, the command line and its help say is in the reader's words, not the
//! engine's.

use crate::{sources, window_words};
use acceptance::{headroom, root};
use serde_json::Value;
use std::fs;

/// The engine's words and what stands for them. A phrase is looked for as whole words, whatever its case.
pub const RETIRED: [(&str, &str); 41] = [
    ("figure", "number, amount or what it is"),
    ("figures", "numbers, amounts or what they are"),
    ("recorded", "saved, kept, or nothing"),
    ("metered", "with a cost"),
    ("metering", "cost"),
    ("quoted", "from the vendor"),
    ("stated", "entered"),
    ("burn", "average a day"),
    ("suppose", "try, assume"),
    ("supposed", "assumed"),
    ("suppositions", "what you try"),
    ("leads", "counts, is used"),
    ("doesn't lead", "isn't used"),
    ("don't lead", "aren't used"),
    ("not told", "unknown"),
    ("is told", "comes"),
    ("in no figure", "isn't counted"),
    ("in no sum", "no sum includes it"),
    ("in no bar", "no bar shows it"),
    ("in no amount", "isn't counted"),
    ("in no file", "not in a file"),
    ("in no export", "isn't exported"),
    ("in none that is charged", "isn't counted in any charge"),
    ("by the rules", "Headroom's calculation"),
    ("account's facts", "account details"),
    ("the facts", "the details"),
    ("session of Kiro's", "Kiro session"),
    ("login of Kiro's", "Kiro login"),
    ("login of Kilo's", "Kilo login"),
    ("key of Kilo's", "Kilo key"),
    ("export of Kilo's", "Kilo export"),
    ("of its own", "its own"),
    ("the contract's", "a scenario file"),
    ("for such a month", "at your pace"),
    ("least charged", "cheapest that covers you"),
    ("every choice, made now", "your options"),
    ("seats more or less", "add or remove seats"),
    ("only those to look at", "needs attention"),
    ("paid for more than once", "possible duplicates"),
    ("where moving up pays off", "when a bigger plan is cheaper"),
    ("what-if", "try a different pace or plan"),
];

/// The same of the German words.
pub const RETIRED_IN_GERMAN: [(&str, &str); 9] = [
    ("in keiner Zahl", "nicht mitgezählt"),
    ("in keinem Betrag", "nicht mitgezählt"),
    ("in keiner, die abgebucht wird", "bei keiner Abbuchung mitgezählt"),
    ("Befehlszeile", "Kommandozeile"),
    ("JSON des Vertrags", "Szenariodatei"),
    ("jene Seite", "Kiros Seite"),
    ("Zahlungstag", "bezahlter Tag"),
    ("ist erfasst", "ist gespeichert, ist bekannt"),
    ("was wäre, wenn", "anderes Tempo oder anderen Tarif ausprobieren"),
];

/// A text without what is put into it, in small letters, with one space between words and at both ends.
fn said(text: &str) -> String {
    let mut plain = String::from(" ");
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            // What is put in parts the words before it from those behind.
            '}' => {
                depth = depth.saturating_sub(1);
                plain.push_str(" … ");
            }
            _ if depth > 0 => {}
            _ if letter.is_alphanumeric() || matches!(letter, '\'' | '-') => {
                plain.extend(letter.to_lowercase());
            }
            _ if plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.push(' ');
    plain
}

/// The phrases of a file of words.
pub fn phrases(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(of) => of.values().for_each(|value| phrases(value, found)),
        Value::String(text) => found.push(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {}
    }
}

/// The texts between quotes in a source file, of what isn't a comment. Names of fields and commands have no space in them
/// and are left out, and so is what a template puts in.
fn literals(source: &str, quotes: &[char]) -> Vec<String> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let code = code.replace("'\"'", "");
    let (mut found, mut open, mut text) = (Vec::new(), None, String::new());
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match open {
            None if quotes.contains(&letter) => open = Some(letter),
            None => {}
            Some(_) if letter == '\\' => text.push(letters.next().filter(|next| *next != 'n').unwrap_or(' ')),
            Some(quote) if letter == quote => {
                open = None;
                found.push(std::mem::take(&mut text));
            }
            Some(_) => text.push(letter),
        }
    }
    found.retain(|text| text.trim().contains(' '));
    found
}

/// What the help of a command and of those beneath it says, without the examples.
fn help(command: &[&str], found: &mut Vec<String>) {
    let said = headroom(&[command, &["--help"]].concat(), b"").output;
    let (text, _) = said.split_once("Examples:\n").unwrap_or((&said, ""));
    let text: Vec<_> = text.lines().filter(|line| !line.starts_with("Usage:")).collect();
    found.push(text.join(" "));
    let listed = said.lines().skip_while(|line| !line.ends_with("Commands:") && !command.is_empty());
    let listed = listed.take_while(|line| command.is_empty() || !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        if name != "help" && !name.starts_with('-') {
            help(&[command, &[name]].concat(), found);
        }
    }
}

/// Where one of these words still stands. `headroom facts` is the name of a command.
pub fn still_there(texts: &[String], retired: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        let plain = said(text);
        for (word, instead) in retired.iter().filter(|(word, _)| plain.contains(&said(word))) {
            found.push(format!("{word:?} ({instead}): {}", text.trim()));
        }
    }
    found
}

/// What the words of a language say in the window and from Rust.
fn spoken(language: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["src-tauri/crates/app/words", window_words::FOLDER] {
        let words = root().join(folder).join(format!("{language}.json"));
        let words: Value =
            serde_json::from_str(&fs::read_to_string(words).expect("the words")).expect("JSON");
        phrases(&words, &mut texts);
    }
    // What the page says without the engine stands there in every language.
    let own = fs::read_to_string(root().join("ui/src/messages/own.ts")).expect("the page's own words");
    let own = literals(&own, &['"', '`']);
    assert!(own.len() > 20, "{own:?}");
    texts.extend(own);
    texts
}

#[test]
fn words_of_the_engine_no_longer_occur() {
    let mut texts = spoken("en");
    for (_, source) in sources(&root().join("src-tauri/crates/cli/src"), &["rs"]) {
        texts.extend(literals(&source, &['"']));
    }
    let before = texts.len();
    help(&[], &mut texts);
    assert!(before > 1_000 && texts.len() > before + 35, "{before}, {}", texts.len());
    let found = still_there(&texts, &RETIRED);
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
    let found = still_there(&spoken("de"), &RETIRED_IN_GERMAN);
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_retired_word_is_noticed() {
    let source = "// a figure\nlet a = format!(\"The {figure} is in no figure.\"); let stated = \"stated\";";
    let texts = literals(source, &['"']);
    assert_eq!(texts, ["The {figure} is in no figure."]);
    let found = still_there(&texts, &RETIRED);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(still_there(&["The configuration misleads".to_owned()], &RETIRED).is_empty());
}
