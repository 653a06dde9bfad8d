//! `headroom usage` of an account of Kilo's shows what was spent.

use acceptance::Desk;
use headroom_app::answers::ImportKind;
use std::fs;

const ROWS: &str = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n\
    2026-11-18,ada,m,2.5,10,1,1\n2026-11-19,bob,n,1.25,5,1,1\n2026-11-20,ada,m,-0.25,1,1,1\n";

fn desk(rows: &str) -> Desk {
    let desk = Desk::at("2026-11-21T10:30:00Z");
    let file = desk.home().join("usage-30d-by-user-model-2026-11-21.csv");
    fs::write(&file, rows).expect("written");
    desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import");
    desk
}

/// Found in November 2026: "No usage on these days" of a team that had spent $3.50.
#[test]
fn what_a_team_spent_is_shown_by_model_day_and_member() {
    let desk = desk(ROWS);
    for (by, parts) in [
        ("model", &["$2.25  m  11 requests", "$1.25  n  5 requests"][..]),
        ("user", &["$2.25  ada  11 requests", "$1.25  bob  5 requests"]),
        (
            "day",
            &[
                "$2.50  18 November 2026  10 requests",
                "$1.25  19 November 2026  5 requests",
                "−$0.25  20 November 2026  1 request",
            ],
        ),
        ("session", &[]),
    ] {
        let run = desk.run(&["usage", "--by", by]);
        let told = if parts.is_empty() { &["$3.50  not known  16 requests"][..] } else { parts };
        for part in told.iter().chain(&["spent from 1 November 2026 to 21 November 2026", "$3.50  in all"]) {
            assert!(run.output.contains(part), "{by}: {part}\n{}{}", run.output, run.errors);
        }
        assert!(!run.output.contains("at least"), "{}", run.output);
    }
    let json: serde_json::Value = serde_json::from_str(&desk.run(&["usage", "--json"]).output).expect("JSON");
    assert_eq!((&json["unit"], &json["total"]["metered"]), (&"dollars".into(), &"3.500000".into()));
    let table = desk.run(&["usage", "--csv", "--by", "day"]).output;
    assert!(table.contains("2026-11-18,,2.500000,,2.500000,10,0,false"), "{table}");
}

#[test]
fn what_is_missing_from_it_is_said() {
    let desk = desk(&format!("{ROWS}2026-11-20,bob,n,much,1,1,1\n"));
    let run = desk.run(&["usage"]);
    assert!(run.output.contains("at least $3.50  in all"), "{}", run.output);
    let table = desk.run(&["usage", "--csv"]).output;
    assert!(table.contains("total,,3.500000,,3.500000,"), "{table}");
    assert!(table.lines().last().is_some_and(|line| line.ends_with(",1,true")), "{table}");
    // Of days that no export tells of nothing is known.
    let run = desk.run(&["usage", "--from", "2026-09-01", "--to", "2026-09-30"]);
    assert!(run.output.contains("What was spent on these days isn't known."), "{}", run.output);
    let run = desk.run(&["usage", "--from", "2026-11-02", "--to", "2026-11-03"]);
    assert!(run.output.contains("Nothing was spent on these days."), "{}", run.output);
}
