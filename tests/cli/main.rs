//! `headroom` as people and pipes meet it. The tables are kept as they were looked at.

mod kilo_usage;
mod mistakes;
mod zone;

use acceptance::{Run, fixture, headroom, headroom_on_a_terminal};
use serde_json::Value;
use std::fs;

fn file(name: &str) -> String {
    fixture("scenarios").join(name).to_string_lossy().into_owned()
}

/// What a command shows on a terminal.
fn shown(command: &str, name: &str, options: &[&str]) -> String {
    let file = file(name);
    let arguments = [&[command, file.as_str()], options].concat();
    let run = headroom_on_a_terminal(&arguments);
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{arguments:?}");
    run.output
}

#[test]
fn a_person_on_a_terminal() {
    insta::assert_snapshot!("person-simulate", shown("simulate", "person.json", &[]));
    insta::assert_snapshot!("person-preview", shown("preview", "person.json", &["--plan", "power"]));
    insta::assert_snapshot!("person-downgrade", shown("preview", "person.json", &["--plan", "pro"]));
    insta::assert_snapshot!("person-replay", shown("replay", "person.json", &[]));
    insta::assert_snapshot!("person-advise", shown("advise", "person.json", &[]));
    insta::assert_snapshot!("person-advise-usage", shown("advise", "person.json", &["--usage", "1620"]));
}

#[test]
fn an_organisation_on_a_terminal() {
    insta::assert_snapshot!("organisation-simulate", shown("simulate", "organisation.json", &[]));
    let upgrade = ["--profile", "eu-central-1/B", "--user", "bob", "--plan", "power"];
    insta::assert_snapshot!("organisation-preview", shown("preview", "organisation.json", &upgrade));
    let leave = ["--profile", "us-east-1/A", "--user", "ann", "--plan", "none"];
    insta::assert_snapshot!("organisation-leave", shown("preview", "organisation.json", &leave));
    let nobody = ["--profile", "us-east-1/A", "--user", "cy", "--plan", "none"];
    insta::assert_snapshot!("organisation-nobody", shown("preview", "organisation.json", &nobody));
    insta::assert_snapshot!("organisation-replay", shown("replay", "organisation.json", &[]));
    insta::assert_snapshot!("organisation-advise", shown("advise", "organisation.json", &[]));
}

#[test]
fn a_team_on_a_terminal() {
    insta::assert_snapshot!("team-simulate", shown("simulate", "team.json", &[]));
    insta::assert_snapshot!("team-add-seats", shown("preview", "team.json", &["--add-seats", "2"]));
    insta::assert_snapshot!("team-remove-seats", shown("preview", "team.json", &["--remove-seats", "3"]));
    insta::assert_snapshot!("team-all-seats", shown("preview", "team.json", &["--remove-seats", "4"]));
    insta::assert_snapshot!("team-buy", shown("preview", "team.json", &["--buy-credits", "250"]));
    insta::assert_snapshot!("team-replay", shown("replay", "team.json", &[]));
    insta::assert_snapshot!("team-advise", shown("advise", "team.json", &[]));
}

#[test]
fn a_team_of_2026_on_a_terminal() {
    let preview = |options: &[&str]| shown("preview", "team-2026.json", options);
    insta::assert_snapshot!("team-2026-simulate", shown("simulate", "team-2026.json", &[]));
    insta::assert_snapshot!("team-2026-advise", shown("advise", "team-2026.json", &[]));
    insta::assert_snapshot!("team-2026-replay", shown("replay", "team-2026.json", &[]));
    insta::assert_snapshot!("team-2026-add-seats", preview(&["--add-seats", "1"]));
    insta::assert_snapshot!("team-2026-cancel-pass", preview(&["--cancel-pass"]));
    insta::assert_snapshot!("team-2026-start-pass", preview(&["--start-pass", "starter"]));
    insta::assert_snapshot!("team-2026-auto-top-up", preview(&["--auto-top-up", "500"]));
}

#[test]
fn piped_or_asked_for_it_is_json() {
    for name in ["person.json", "organisation.json", "team.json", "team-2026.json"] {
        for command in ["simulate", "replay", "advise"] {
            let piped = headroom(&[command, &file(name)], b"");
            let asked = headroom_on_a_terminal(&[command, &file(name), "--json"]);
            assert_eq!(piped.output, asked.output, "{command} {name}");
            assert!(serde_json::from_str::<Value>(&piped.output).is_ok(), "{command} {name}");
        }
    }
}

#[test]
fn options_that_do_not_fit_are_refused_in_one_line() {
    for (name, options, expected) in [
        ("person.json", vec![], "--plan is missing"),
        ("person.json", vec!["--plan", "pro-max"], "--plan: \"pro-max\" is no plan; known: free, pro,"),
        (
            "team-2026.json",
            vec!["--start-pass", "gold"],
            "--start-pass: \"gold\" is no tier; known: starter,",
        ),
        (
            "team.json",
            vec!["--start-pass", "pro"],
            "--start-pass: the scenario's price list has no Kilo Pass",
        ),
        ("team-2026.json", vec!["--auto-top-up", "much"], "--auto-top-up: "),
        (
            "team-2026.json",
            vec!["--cancel-pass", "--add-seats", "1"],
            "a team's preview takes one of --add-seats,",
        ),
        ("organisation.json", vec!["--plan", "pro"], "--profile is missing"),
        ("organisation.json", vec!["--plan", "pro", "--profile", "A"], "--user is missing"),
        (
            "organisation.json",
            vec!["--plan", "free", "--profile", "A", "--user", "u"],
            "free is not for organisations",
        ),
        ("organisation.json", vec!["--plan", "x", "--profile", "A", "--user", "u"], "power, none"),
        ("team.json", vec![], "a team's preview takes one of"),
        ("team.json", vec!["--add-seats", "1", "--buy-credits", "50"], "a team's preview takes one of"),
        ("team.json", vec!["--add-seats", "0"], "at least 1"),
        ("team.json", vec!["--remove-seats", "0"], "at least 1"),
        ("team.json", vec!["--buy-credits", "0.001"], "--buy-credits: must be above zero"),
        ("team.json", vec!["--buy-credits", "0"], "--buy-credits: must be above zero"),
    ] {
        let file = file(name);
        let run = headroom(&[&["preview", file.as_str()], options.as_slice()].concat(), b"");
        assert_eq!((run.status, run.output.as_str(), run.errors.lines().count()), (2, "", 1), "{run:?}");
        assert!(run.errors.contains(expected), "{}", run.errors);
    }
    let run = headroom(&["advise", &file("team.json"), "--usage", "5"], b"");
    assert_eq!((run.status, run.errors.contains("--usage is for one person")), (2, true), "{run:?}");
    let run = headroom(&["advise", &file("person.json"), "--usage=-5"], b"");
    assert_eq!((run.status, run.errors.contains("--usage: must not be negative")), (2, true), "{run:?}");
}

/// A scenario in a folder of its own, whose usage stands in a file of lines.
fn over_lines(lines: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = folder.path().join("scenario.json");
    let text = r#"{"account": "kiro-enterprise", "as_of": "2026-06-01T00:00:00Z", "events_from": "usage.ndjson", "events": [
        {"at": "2026-05-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro"}]}"#;
    fs::write(&scenario, text).expect("written");
    fs::write(folder.path().join("usage.ndjson"), lines).expect("written");
    headroom(&["simulate", &scenario.to_string_lossy()], b"")
}

#[test]
fn events_may_stand_in_a_file_of_lines() {
    let usage = |day: u32, credits: &str| {
        format!(
            "{{\"at\": \"2026-05-{day:02}T00:00:00Z\", \"type\": \"usage\", \"profile\": \"A\", \"user\": \"ann\", \"credits\": \"{credits}\", \"id\": \"{day}\"}}\n"
        )
    };
    let in_order = over_lines(&(usage(2, "600") + &usage(3, "600") + &usage(4, "1")));
    assert_eq!(in_order.status, 0, "{}", in_order.errors);
    let statement: Value = serde_json::from_str(&in_order.output).expect("JSON");
    assert_eq!(statement["invoices"][0]["total"], "20.00");
    assert_eq!(statement["refused"][0], serde_json::json!({"event": 3, "reason": "paused-at-limit"}));
    let shuffled = over_lines(&(usage(4, "1") + &usage(2, "600") + &usage(3, "600")));
    let shuffled: Value = serde_json::from_str(&shuffled.output).expect("JSON");
    assert_eq!(shuffled["invoices"], statement["invoices"]);
    assert_eq!(shuffled["refused"][0]["event"], 1, "the position is the line's, in the file's order");
    let bad = over_lines(&(usage(2, "600") + &usage(3, "-1")));
    assert_eq!((bad.status, bad.output.as_str()), (2, ""));
    assert!(
        bad.errors.contains("scenario.json: event 2: line 2: credits: must be above zero"),
        "{}",
        bad.errors
    );
}

#[test]
fn a_file_of_lines_that_is_missing_is_named() {
    let scenario = br#"{"account": "kiro-enterprise", "as_of": "2026-06-01T00:00:00Z", "events_from": "nowhere.ndjson"}"#;
    let run = headroom(&["simulate", "-"], scenario);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert!(run.errors.starts_with("headroom: -: events_from: nowhere.ndjson: "), "{}", run.errors);
}

#[test]
fn an_organisation_from_its_activity_reports() {
    let folder = fixture("activity").to_string_lossy().into_owned();
    let run = headroom_on_a_terminal(&["activity", &folder]);
    assert_eq!(run.status, 0, "{}", run.errors);
    insta::assert_snapshot!("activity", run.output);
    assert!(run.errors.contains("line 4: Credits_Used: \"oops\" is no number of credits"), "{}", run.errors);
    assert!(run.errors.contains("old_part_1.csv: no user activity report"), "{}", run.errors);
    assert!(
        run.errors.contains("1 row of 1 user is on a tier that the price list doesn't have"),
        "{}",
        run.errors
    );
    let json = headroom(&["activity", &folder], b"");
    let answer: Value = serde_json::from_str(&json.output).expect("JSON");
    assert_eq!((&answer["rows"], &answer["replaced"]), (&serde_json::json!(6), &serde_json::json!(1)));
    let scenario = headroom(&["activity", &file("team.json")], b"");
    assert_eq!((scenario.status, scenario.output.as_str(), scenario.errors.lines().count()), (2, "", 1));
    assert!(scenario.errors.contains("is no Kiro user activity report"), "{}", scenario.errors);
    let nowhere = headroom(&["activity", "/nowhere"], b"");
    assert_eq!((nowhere.status, nowhere.errors.lines().count()), (2, 1), "{}", nowhere.errors);
}

/// Somebody whom the reports name in June alone is not charged for in July.
#[test]
fn who_is_in_no_report_of_a_month_is_not_charged_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "Date,UserId,Credits_Used,ProfileId,Subscription_Tier\n2026-06-20,gone,10,A,POWER\n2026-06-21,stays,10,A,PRO\n2026-07-02,stays,10,A,PRO\n";
    fs::write(folder.path().join("report.csv"), rows).expect("written");
    let run = headroom(&["activity", &folder.path().to_string_lossy()], b"");
    let answer: Value = serde_json::from_str(&run.output).expect("JSON");
    let users: Vec<_> = answer["current"]["subscriptions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["user"])
        .collect();
    assert_eq!(users, ["stays"]);
    assert_eq!(answer["current"]["month_to_date"], "20.00");
}
