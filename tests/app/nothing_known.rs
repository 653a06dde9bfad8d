//! What is said of a month of which nothing can be read: that it isn't known, never a bound of zero.

use acceptance::Desk;
use headroom_app::answers::{ImportKind, Kind, UsageAsked, UsageRange};
use std::fs;
use std::path::PathBuf;

const NOW: &str = "2026-11-02T09:00:00Z";

/// One row of a report, with these credits.
fn report(desk: &Desk, credits: &str) -> PathBuf {
    let path = desk.home().join("report.csv");
    let head = "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier";
    let row = format!("2026-10-05,cem,KIRO_IDE,{credits},false,arn:p/ONE,PRO");
    fs::write(&path, format!("{head}\n{row}\n")).expect("written");
    path
}

/// `headroom import` said "1 rows read, 1 new rows" of a row whose credits nobody could read, `status` "not known used".
#[test]
fn a_row_without_credits_is_not_new_and_what_was_used_is_not_known() {
    for (credits, not_counted) in [
        ("", "1 row carries no cost and isn't counted."),
        ("many", "1 row couldn't be read and isn't counted."),
    ] {
        let desk = Desk::at(NOW);
        desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added");
        let path = report(&desk, credits).display().to_string();
        let run = desk.run(&["import", "kiro-activity", &path]);
        assert!(run.output.contains("1 row read, 0 new rows, 0 known already."), "{run:?}");
        assert!(run.output.contains(not_counted), "{run:?}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains("  Credits       used: not known, overage"), "{status}");
        assert!(!status.contains("not known used") && !status.contains("at least 0"), "{status}");
    }
    let desk = Desk::at(NOW);
    desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added");
    let view = desk.import(ImportKind::KiroActivity, Some(&report(&desk, "3.5"))).expect("an import");
    assert_eq!((view.added, view.known, view.unmetered), (1, 0, 0));
}

/// `headroom activity` printed "at least 0.00" for whom nothing readable was there.
#[test]
fn activity_of_which_nothing_can_be_read_has_no_bound_of_zero() {
    let desk = Desk::at(NOW);
    let path = report(&desk, "").display().to_string();
    let run = acceptance::headroom_on_a_terminal(&["activity", &path]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.output.contains("1 row of 1 file, 0 replaced"), "{run:?}");
    let row = run.output.lines().find(|line| line.contains("cem")).expect("a row of cem");
    let cells: Vec<_> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(
        cells,
        ["arn:p/ONE", "cem", "pro", "not known", "not known", "not known", "at least 20.00"],
        "{row}"
    );
    assert!(run.output.contains("Could save    not known"), "{run:?}");
}

/// Found in November 2026: "Tell Headroom which plan this account is on" of an organisation, and "No usage on these days" where
/// nobody knows what was used.
#[test]
fn what_is_asked_of_an_account_of_another_kind_is_refused_by_its_name() {
    let desk = Desk::at("2026-11-28T09:00:00Z");
    desk.run(&["accounts", "add", "kiro-organisation", "Works"]);
    for command in [&["plans"][..], &["packs"], &["grants"]] {
        let run = desk.run(&[command, &["--account", "Works"]].concat());
        assert_eq!(run.status, 2, "{command:?}: {}", run.output);
        assert_eq!(run.errors, "headroom: That isn't for Works: choose another account.\n", "{command:?}");
    }
    desk.run(&["accounts", "add", "kiro", "Mine"]);
    let run = desk.run(&["plans", "--account", "Mine"]);
    assert!(run.errors.contains("headroom facts --plan pro sets it"), "{}", run.errors);
    let run = desk.run(&["usage", "--account", "Mine"]);
    assert!(run.output.contains("What was used on these days isn't known"), "{}", run.output);
    // So does the window.
    let desk = Desk::at("2026-11-28T09:00:00Z");
    desk.run(&["facts", "--plan", "pro", "--first-paid", "2026-09-15"]);
    let account = desk.headroom.accounts().expect("accounts")[0].id;
    let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
    let view = desk.headroom.usage(account, &asked).expect("usage");
    assert_eq!(view.verdict.sentence.code(), "verdict-usage-unknown");
}
