//! Days of which no report or no source tells, and parts of which more is used than is told: as far as it is known, in every
//! place that shows it.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ImportKind, Kind, UsageAsked, UsageRange};
use serde_json::Value;

const NOW: &str = "2026-11-21T10:30:00Z";
const HEADER: &str = "Date,UserId,Client_Type,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Usage_Limit";

fn organisation(rows: &[&str]) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let file = desk.home().join("report.csv");
    std::fs::write(&file, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&file)).expect("imported");
    (desk, account)
}

/// Found in November 2026: days without a report were days without usage.
#[test]
fn days_without_a_report_arent_days_without_usage() {
    let rows = [
        "2026-10-12,ann,KIRO_IDE,3,,,false,p/A,PRO,1000",
        "2026-10-13,bob,KIRO_CLI,4.5,,,false,p/A,PRO,1000",
    ];
    let (desk, account) = organisation(&rows);
    let said = |arguments: &[&str]| desk.run(&[&["usage"], arguments].concat()).output;
    for days in [&["--from", "2026-11-01"][..], &["--from", "2026-10-14", "--to", "2026-10-31"]] {
        let none = said(days);
        assert!(none.contains("How many credits were used on these days isn't known."), "{none}");
        assert!(none.contains("No activity report tells of these days."), "{none}");
        assert!(!none.contains("each row counted once"), "{none}");
        let json: Value = serde_json::from_str(&said(&[days, &["--json"]].concat())).expect("JSON");
        assert_eq!((&json["total"], &json["at_least"]), (&Value::Null, &true.into()));
    }
    let range = UsageRange::Month { month: "2026-11".to_owned() };
    let asked = UsageAsked { range, split: None, only: Vec::new() };
    let view = desk.headroom.usage(account, &asked).expect("usage");
    assert_eq!(view.verdict.sentence.code(), "verdict-usage-unknown");
    // The month's first working day without one is named; a single weekend isn't.
    let month = said(&["--from", "2026-10-01", "--to", "2026-10-31"]);
    let lines =
        ["7.50  in all", "Days without a report aren't counted: 1 October 2026 is the first of them."];
    for line in lines {
        assert!(month.contains(line), "{month}");
    }
    let told = said(&["--from", "2026-10-10", "--to", "2026-10-13"]);
    assert!(!told.contains("without a report"), "{told}");
}

/// Found in November 2026: reports of October were "This month" in November, whose costs nobody knew.
#[test]
fn a_month_that_has_ended_is_called_by_its_name() {
    let (desk, _) = organisation(&["2026-10-12,ann,KIRO_IDE,3,,,false,p/A,PRO,1000"]);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("  Month         October 2026: at least $20.00 without tax"), "{status}");
    assert!(!status.contains("This month"), "{status}");
    let (desk, _) = organisation(&["2026-11-12,ann,KIRO_IDE,3,,,false,p/A,PRO,1000"]);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("  This month    at least $20.00 without tax"), "{status}");
}

/// Found in November 2026: "(a limit set for them)" stood beside the tier's own.
#[test]
fn a_limit_that_is_the_tiers_own_is_set_for_nobody() {
    let of = |tier: &str, limit: &str| {
        let row = format!("2026-11-12,ann,KIRO_IDE,490,,,false,p/A,{tier},{limit}");
        let (desk, account) = organisation(&[&row]);
        desk.organisation(account).users.iter().map(|user| user.limited).collect::<Vec<_>>()
    };
    for (tier, limit, limited) in [
        ("PRO", "1000", false),
        ("PRO", "1000.0", false),
        ("PRO", "500", true),
        ("PRO", "1500", true),
        ("PRO", "", false),
        ("ULTRA", "9000", false),
    ] {
        assert_eq!(of(tier, limit), [limited], "{tier} {limit}");
    }
}

/// Found in November 2026: rows that nobody could read made the total the least, and nobody's part of it.
#[test]
fn what_nobody_could_read_can_be_anybodys() {
    let rows = [
        "2026-11-12,ann,KIRO_IDE,3,,,false,p/A,PRO,1000",
        "2026-11-12,,KIRO_IDE,3,,,false,p/A,PRO,1000",
        "2026-11-13,bob,KIRO_IDE,4,,,false,p/A,PRO,1000",
    ];
    let (desk, _) = organisation(&rows);
    let said = |arguments: &[&str]| desk.run(&[&["usage"], arguments].concat()).output;
    let by_user = said(&[]);
    for line in ["at least 3.00  ann", "at least 4.00  bob", "at least 7.00  in all"] {
        assert!(by_user.contains(line), "{by_user}");
    }
    let by_day = said(&["--by", "day"]);
    for line in ["at least 3.00  12 November 2026", "   4.00  13 November 2026", "at least 7.00  in all"] {
        assert!(by_day.contains(line), "{by_day}");
    }
    let table = said(&["--csv"]);
    assert!(table.contains("ann,,3.00,,3.00,,0,true"), "{table}");
}
