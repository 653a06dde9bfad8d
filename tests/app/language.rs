//! What the engine has to say and what it names, for a window that isn't English.

use acceptance::{Desk, pdf_text};
use headroom_app::answers::{Choice, ExportForm, Kind};
use headroom_app::{AppError, words};
use headroom_exact::{Saying, say};
use serde_json::Value;
use std::fs;

const NOW: &str = "2026-11-21T10:30:00Z";

/// The new accounts' names in a language.
fn names(language: &str) -> Vec<String> {
    let desk = Desk::at(NOW);
    desk.headroom.choose(&Choice::Language(Some(language.to_owned()))).expect("chosen");
    let samples = [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams];
    let sample = |kind| desk.headroom.open_sample(kind).expect("a sample").name;
    let mut names: Vec<_> = samples.map(sample).into();
    for kind in [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams] {
        names.push(desk.headroom.add_account(kind, None).expect("added").name);
    }
    let given = desk.headroom.add_account(Kind::KiloTeams, Some("Work")).expect("added").name;
    assert_eq!(given, "Work", "what somebody calls it stands in every language");
    names
}

#[test]
fn a_new_account_is_called_in_the_windows_language() {
    assert_eq!(
        names("en"),
        ["Sample account", "Sample organisation", "Sample team", "Kiro", "Kiro organisation", "Kilo team"]
    );
    assert_eq!(
        names("de"),
        ["Beispielkonto", "Beispielorganisation", "Beispielteam", "Kiro", "Kiro-Organisation", "Kilo-Team"]
    );
    assert_eq!(names("de-CH"), names("de"));
    assert_eq!(names("fr"), names("en"), "a language that there are no words in");
}

/// A name that is kept stays: it may stand in somebody's notes.
#[test]
fn another_language_renames_nothing() {
    let desk = Desk::at(NOW);
    let choose = |language: &str| {
        desk.headroom.choose(&Choice::Language(Some(language.to_owned()))).expect("chosen");
    };
    choose("de");
    assert_eq!(desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").name, "Beispielkonto");
    choose("en");
    assert_eq!(desk.headroom.open_sample(Kind::KiroIndividual).expect("the same").name, "Beispielkonto");
}

/// With one kind of space: which a page has, its text doesn't tell.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Found in November 2026: pages were written as the language does, whatever was chosen.
#[test]
fn saved_pages_write_numbers_as_was_chosen_and_tables_for_machines_stay_as_they_are() {
    let desk = Desk::at(NOW);
    desk.headroom.choose(&Choice::Language(Some("en".to_owned()))).expect("chosen");
    let account = desk.headroom.open_sample(Kind::KiroEnterprise).expect("a sample").id;
    let periods = desk.headroom.invoices(account).expect("charges").periods;
    let period = periods.iter().find(|period| period.closed).expect("a month");
    let total = period.total.clone().expect("a sum");
    let (whole, decimals) = total.split_once('.').expect("cents");
    let (thousands, rest) = whole.split_at(whole.len() - 3);
    let saved = |form| desk.headroom.export(account, Some(&period.id), form, true).expect("a file").bytes;
    for (numbers, written) in [
        (None, format!("${thousands},{rest}.{decimals}")),
        (Some("de-DE"), format!("{thousands}.{rest},{decimals}\u{a0}$")),
        (Some("fr-FR"), format!("{thousands}\u{202f}{rest},{decimals}\u{a0}$US")),
        (Some("de-CH"), format!("$\u{a0}{thousands}’{rest}.{decimals}")),
        (Some("en-IN"), format!("${thousands},{rest}.{decimals}")),
        (Some("tlh"), format!("${thousands},{rest}.{decimals}")),
    ] {
        desk.headroom.choose(&Choice::Numbers(numbers.map(str::to_owned))).expect("chosen");
        let page = spaced(&pdf_text(&saved(ExportForm::Pdf)));
        let written = spaced(&written);
        assert!(page.contains(&written), "{numbers:?}: {written:?} isn't in {page}");
        assert!(page.contains("Notes"), "the words stay English");
        let table = String::from_utf8(saved(ExportForm::Csv)).expect("text");
        assert!(table.contains(&total) || table.contains(whole), "{numbers:?}: {table}");
    }
}

/// The texts of a saying, wherever they stand in it.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(of) => {
            for (key, value) in of {
                match value.as_str().filter(|_| key == "text") {
                    Some(text) => found.push(text.to_owned()),
                    None => texts(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Why a scenario's file is none, which was a sentence of the engine in every language.
#[test]
fn why_a_file_is_no_scenario_is_said_in_codes() {
    let desk = Desk::at(NOW);
    let path = desk.folder().join("mine.json");
    let opened = |event: &str| -> AppError {
        let text = format!(
            r#"{{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[
            {{"at":"2026-04-01T00:00:00Z","type":"sign_up"}},{event}"#
        );
        fs::write(&path, text).expect("written");
        desk.headroom.open_what_if(&path).expect_err(event)
    };
    let at =
        |place: &str, reason: Saying| Saying::at(say!("event-at", number = "1"), Saying::at(place, reason));
    let day = "\"at\":\"2026-04-02T00:00:00Z\"";
    let rows = [
        (
            format!("{{{day},\"type\":\"usage\",\"credits\":7}}]}}"),
            at("credits", say!("must-be-text", found = say!("found-number"))),
            "must be a text in quotes, not a number",
        ),
        (
            format!("{{{day},\"type\":\"usage\",\"credits\":\"-2.5\"}}]}}"),
            at("credits", say!("must-be-positive", text = "-2.5")),
            "must be above zero, not -2.5",
        ),
        (
            format!("{{{day},\"type\":\"change_plan\"}}]}}"),
            at("plan", say!("is-missing")),
            "plan: is missing",
        ),
        (
            format!("{{{day},"),
            Saying::at(
                say!("event-at", number = "1"),
                say!("in-line", reason = say!("json-cut-off"), line = "2"),
            ),
            "event 1: it ends in the middle (line 2)",
        ),
    ];
    for (event, reason, english) in rows {
        let error = opened(&event);
        let expected = say!("file-because", path = &path, reason = say!("no-scenario", reason));
        assert_eq!(error.saying, expected);
        assert!(words::say(&error.saying).contains(english), "{error}");
        let mut found = Vec::new();
        texts(&serde_json::to_value(&error.saying).expect("JSON"), &mut found);
        found.retain(|text| *text != path.display().to_string());
        assert!(!found.iter().any(|text| text.contains(' ')), "a word of ours crosses as text: {found:?}");
    }
}
