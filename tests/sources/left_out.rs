//! What a bill leaves out is said beside what it comes to, and what it can't be known by changes nothing (F1–F3).

use super::bills::{later, old_bill, paid_by, with_old_rows};
use super::issues::{billed, export, import, line, months};
use super::{HEADER, NOW, P1, imported, row, write};
use acceptance::Desk;
use headroom_app::answers::ImportKind;

fn october() -> Vec<String> {
    let of = |id, user, tier, cost| line(id, "100000000008", "700000000001", "2026-10-01", user, tier, cost);
    vec![of("a1", "eva", "Pro", "20"), of("a2", "gül", "ProPlus", "46")]
}

/// Found in November 2026: "at least $66.00" beside a credit that couldn't be read, which made it less.
#[test]
fn a_bill_with_rows_that_could_not_be_read_is_not_the_least_it_can_be() {
    let credit = line("a3", "100000000008", "700000000001", "2026-10-09", "eva", "Pro", "-5 USD")
        .replace("FlatRateSubscription", "Credit");
    let desk = Desk::at(NOW);
    let file = write(&desk, "cur.csv", &export(&[october(), vec![credit]].concat()));
    let run = desk.run(&["import", "aws-cost", file.to_str().expect("a path")]);
    assert!(!run.output.contains("at least"), "{}", run.output);
    assert!(run.output.contains(", $66.00 in all without 1 row that couldn't be read,"), "{}", run.output);
    let report = import(&desk, &file);
    assert!(report.bad == 1 && report.amount.is_none_or(|amount| !amount.at_least));
    let status = desk.run(&["status"]).output;
    assert!(!status.contains("at least $66.00"), "{status}");
    assert!(status.contains("1 row of AWS's bill couldn't be read"), "{status}");
}

/// Found in November 2026: a later issue that holds nothing but the names of its columns was passed over in silence.
#[test]
fn an_issue_without_rows_changes_nothing_and_that_is_said() {
    let desk = Desk::at(NOW);
    for (folder, text) in [("20261020T040000Z-a", export(&october())), ("20261103T040000Z-b", export(&[]))] {
        write(&desk, &format!("in/{folder}/cur-00001.csv"), &text);
    }
    let report = import(&desk, &desk.home().join("in"));
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "66.00")]));
    let skipped = serde_json::to_string(&report.skipped).expect("JSON");
    assert!(skipped.contains("20261103T040000Z-b") && skipped.contains("bill-without-rows"), "{skipped}");
    // The same where it comes alone, after the other.
    let file = write(&desk, "20261110T040000Z-c/cur-00001.csv", &export(&[]));
    let run = desk.run(&["import", "aws-cost", file.to_str().expect("a path")]);
    assert!(run.errors.contains("has the names of its columns but no rows"), "{} {}", run.output, run.errors);
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "66.00")]));
}

/// Found in November 2026: a bill that an older version kept under a payer without the zeros it begins with stood beside
/// the same payer's, and the month came to both.
#[test]
fn a_payer_whose_zeros_an_older_version_left_out_is_the_same() {
    let old = old_bill("2026-10", "487.54").replace("{\"month\"", "{\"payer\":\"11122223333\",\"month\"");
    let (desk, account) = with_old_rows(&[("aws-cost:2026-10", &old)]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "527.54")]));
    let file = later(&desk, "a.csv", &paid_by("011122223333", "5.02"));
    let report = desk.import(ImportKind::AwsCost, Some(&file)).expect("an import");
    assert_eq!(billed(&desk, account), months(&[("2026-10", "263.77")]), "{report:?}");
    let payers = desk.organisation(account).bill.expect("a bill").payers;
    assert_eq!(payers.iter().map(|of| of.payer.as_deref()).collect::<Vec<_>>(), [Some("011122223333")]);
}

/// Found in November 2026: a later issue of which no row could be read came to $0.00 and took the earlier one's place.
#[test]
fn an_issue_of_which_no_row_could_be_read_replaces_nothing_and_that_is_said() {
    let desk = Desk::at(NOW);
    let spoilt = october().concat().replace(",20,USD", ",twenty,USD").replace(",46,USD", ",,USD");
    write(&desk, "in/20261020T040000Z-a/cur-00001.csv", &export(&october()));
    write(&desk, "in/20261103T040000Z-b/cur-00001.csv", &export(&[spoilt]));
    let report = import(&desk, &desk.home().join("in"));
    assert_eq!((billed(&desk, report.account), report.bad), (months(&[("2026-10", "66.00")]), 2));
    let skipped = serde_json::to_string(&report.skipped).expect("JSON");
    assert!(skipped.contains("20261103T040000Z-b") && skipped.contains("issue-unread"), "{skipped}");
}

/// Found in November 2026: "agrees with Headroom's calculation" of a bill of which rows couldn't be read.
#[test]
fn a_bill_that_leaves_something_out_agrees_with_nothing() {
    let desk = Desk::at(NOW);
    let credit = line("a3", "100000000008", "700000000001", "2026-10-09", "eva", "Pro", "-5 USD")
        .replace("FlatRateSubscription", "Credit");
    let fee = line("a1", "100000000008", "700000000001", "2026-10-01", "eva", "Pro", "20");
    let verdict = |lines: &[String]| {
        let account =
            import(&desk, &write(&desk, &format!("{}/cur.csv", lines.len()), &export(lines))).account;
        let text = (1..=31).map(|day| row(&format!("2026-10-{day:02}"), "eva", "1", P1, "PRO"));
        let reports = write(&desk, "r.csv", &format!("{HEADER}\n{}", text.collect::<String>()));
        imported(&desk, ImportKind::KiroActivity, &reports);
        serde_json::to_string(&desk.headroom.invoices(account).expect("invoices").verdict).expect("JSON")
    };
    let part = verdict(&[fee.clone(), credit]);
    assert!(part.contains("verdict-bill-is-without") && !part.contains("\"good\""), "{part}");
    let said = "The bill's amount is without 1 row that couldn't be read.";
    for command in ["invoices", "status"] {
        let output = desk.run(&[command]).output;
        assert!(
            output.contains(said) || command == "status" && output.contains("1 row of AWS's bill"),
            "{output}"
        );
    }
}

/// Found in November 2026: who had moved to a smaller tier in the month was told to.
#[test]
fn who_moved_to_a_smaller_tier_is_told_no_smaller_one() {
    let rows = |after: &str| {
        let tier = |day: u32| if day < 15 { "PRO_PLUS" } else { after };
        (1..=31).map(|day| row(&format!("2026-10-{day:02}"), "ada", "1", P1, tier(day))).collect::<String>()
    };
    for (after, saves) in [("PRO", None), ("PRO_PLUS", Some("20.00"))] {
        let desk = Desk::at(NOW);
        let report = format!("{HEADER}\n{}", rows(after));
        let file = write(&desk, "o_user_report_202611010200.csv", &report);
        let view = desk.organisation(imported(&desk, ImportKind::KiroActivity, &file));
        assert_eq!((view.month_to_date.as_deref(), view.saves.as_deref()), (Some("40.00"), saves), "{after}");
    }
}
