//! What is said of charges before any period has ended.

use acceptance::Desk;
use headroom_app::answers::{ImportKind, Kind};
use std::fs;

/// Found in November 2026: "Nothing has been charged yet" stood above what was charged in the first paid month, and above
/// "Nothing is known of any charge yet".
#[test]
fn what_was_charged_in_the_first_month_is_told_and_what_nobody_knows_is_not_nothing() {
    let said = |desk: &Desk| {
        let run = desk.run(&["invoices"]);
        run.output
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.run(&["facts", "--plan", "pro", "--first-paid", "2026-11-05"]);
    desk.run(&["packs", "add", "10", "--on", "2026-11-16"]);
    // 25 of 30 days of $20.00, and $10.00.
    assert_eq!(said(&desk), "Next charge: $20.00 on 1 December. Since 1 November: $26.67 charged.");
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.run(&["facts", "--plan", "free"]);
    assert_eq!(said(&desk), "Nothing is charged next. Nothing has been charged yet.");
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.headroom.add_account(Kind::KiloTeams, None).expect("added");
    assert_eq!(said(&desk), "Nothing is known of any charge yet.");
}

/// Found in November 2026: "Nothing has been charged yet" of an organisation with reports of the running month alone: what it was
/// charged for the months before nobody told.
#[test]
fn an_organisations_running_month_is_charged_once_it_has_ended() {
    let desk = Desk::at("2026-11-04T10:00:00Z");
    let path = desk.home().join("report.csv");
    let head = "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier";
    fs::write(&path, format!("{head}\n2026-11-03,ada,KIRO_IDE,12.5,false,arn:p/ONE,PRO\n")).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&path)).expect("a report");
    let first = desk.run(&["invoices"]).output.lines().nth(1).unwrap_or_default().trim().to_owned();
    assert_eq!(first, "November 2026 is charged once it has ended; no earlier month is known.");
}
