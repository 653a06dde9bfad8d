//! Results of `headroom sql`: read whole, or refused with what is wrong with them.

use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{BillNews, ImportKind};
use std::fmt::Write as _;
use std::path::Path;

const HEADER: &str = "headroom_result,headroom_layout,headroom_manifests,headroom_run_at,headroom_rows,headroom_cost,headroom_quantity,headroom_issue,headroom_current,headroom_newest,headroom_invoiced,headroom_lines,headroom_without_id,headroom_copies,headroom_differing,headroom_unread,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_currency_code,pricing_unit,line_item_usage_amount,line_item_unblended_cost\n";

const FINAL: &str = "s3://b/p/kiro/data/BILLING_PERIOD=2026-10/2026-11-03T04:00:00.120Z-36/kiro-00001.csv.gz";
const OVERWRITTEN: &str = "s3://b/p/kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv.gz";

/// A licence of a result: its issue, user and tier, cost in cents, and what was left out beside it.
struct Row<'r> {
    issue: &'r str,
    user: &'r str,
    tier: &'r str,
    cents: i64,
    copies: u64,
    differing: u64,
    unread: u64,
}

const fn row<'r>(issue: &'r str, user: &'r str, tier: &'r str, cents: i64) -> Row<'r> {
    Row { issue, user, tier, cents, copies: 0, differing: 0, unread: 0 }
}

/// A result of a statement that ran at this time.
fn result(run_at: &str, rows: &[Row<'_>]) -> String {
    let dollars = |cents: i64| format!("{}.{:02}0000000000000000", cents / 100, cents % 100);
    let (count, sum) = (rows.len(), dollars(rows.iter().map(|row| row.cents).sum()));
    let mut text = HEADER.to_owned();
    for Row { issue, user, tier, cents, copies, differing, unread } in rows {
        _ = writeln!(
            text,
            "1,underscores,0,{run_at},{count},{sum},{count}.000000000000000000,{issue},,2026-10-09 00:00:00,0,1,0,{copies},{differing},{unread},8,2026-10,700000000001,{user},USE1-KiroEnterprise-{tier},monthly-subscription,FlatRateSubscription,USD,User-Month,1.000000000000000000,{}",
            dollars(*cents)
        );
    }
    text
}

fn october(issue: &str) -> [Row<'_>; 3] {
    [row(issue, "eva", "Pro", 2_000), row(issue, "finn", "Pro", 2_000), row(issue, "gül", "ProPlus", 4_125)]
}

fn refused(desk: &Desk, path: &Path) -> String {
    desk.import(ImportKind::AwsCost, Some(path)).expect_err("refused").to_string()
}

#[test]
fn a_result_is_the_bill_that_the_whole_files_are() {
    let of = |id, user, tier, cost| line(id, "8", "700000000001", "2026-10-09", user, tier, cost);
    let lines = [
        of("a", "eva", "Pro", "20.0"),
        of("b", "d-9067642ac7.finn", "Pro", "20"),
        of("c", "gül", "ProPlus", "41.25"),
    ];
    let desk = Desk::at(NOW);
    let whole = write(
        &desk,
        "kiro/data/BILLING_PERIOD=2026-10/2026-11-03T04:00:00.120Z-36/kiro-00001.csv",
        &export(&lines),
    );
    let first = import(&desk, &whole);
    let summed = write(&desk, "result.csv", &result("2026-11-20 08:00:00", &october(FINAL)));
    let report = import(&desk, &summed);
    assert_eq!((report.known, report.added, report.bad), (1, 0, 0), "{report:?}");
    assert_eq!(billed(&desk, first.account), months(&[("2026-10", "81.25")]));
}

/// What can't be known from it is said, in the command line too.
#[test]
fn a_result_is_told_as_one() {
    let desk = Desk::at(NOW);
    let summed = write(&desk, "result.csv", &result("2026-11-20 08:00:00", &october(FINAL)));
    let run = desk.run(&["import", "aws-cost", &summed.display().to_string()]);
    assert_eq!(run.status, 0, "{run:?}");
    for said in [
        "The bill of 2026-10, payer 8, was added: $81.25",
        "This is a headroom sql result of 2026-11-20 08:00:00: 3 lines for Kiro",
        "The statement knew no manifest",
    ] {
        assert!(run.output.contains(said), "{said}\n in\n{}", run.output);
    }
    let known =
        result("2026-11-20 08:00:00", &october(FINAL)).replace("\n1,underscores,0,", "\n1,underscores,1,");
    let run = desk.run(&["import", "aws-cost", &write(&desk, "known.csv", &known).display().to_string()]);
    assert!(!run.output.contains("manifest"), "{}", run.output);
}

#[test]
fn a_result_that_was_cut_off_or_changed_is_refused() {
    let desk = Desk::at(NOW);
    let text = result("2026-11-20 08:00:00", &october(FINAL));
    let (cut, _) = text.trim_end().rsplit_once('\n').expect("rows");
    let again = text.lines().last().expect("a row");
    for (changed, said) in [
        (cut.to_owned(), "2 of 3 rows"),
        (format!("{text}{again}\n"), "4 of 3 rows"),
        (text.replace(",41.25", ",14.25"), "was changed"),
        (
            text.replace(
                "ProPlus,monthly-subscription,FlatRateSubscription,USD,User-Month,1.0",
                "ProPlus,monthly-subscription,FlatRateSubscription,USD,User-Month,2.0",
            ),
            "was changed",
        ),
        (text.replace(",41.25", ",\"41,25\""), "is no number"),
        (text.replace("\n1,", "\n2,"), "another version"),
        (text.replace("headroom_issue", "issue"), "headroom_issue"),
        (text.replace(",gül,", ","), "line 4"),
    ] {
        let refused = refused(&desk, &write(&desk, "changed.csv", &changed));
        assert!(refused.contains(said), "{said}: {refused}");
        assert!(refused.contains("changed.csv"), "{refused}");
    }
    let packed = refused(&desk, &write_bytes(&desk, "packed.csv.gz", &gzip(&text)));
    assert!(packed.contains("unpack it first"), "{packed}");
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty(), "nothing was kept");
}

/// An export that overwrites itself has no time: of two statements the later one saw the later bill.
#[test]
fn the_later_of_two_statements_counts_in_whatever_order_they_come() {
    let first = result("2026-11-20 08:00:00", &october(OVERWRITTEN));
    let later = result("2026-11-21 08:00:00", &october(OVERWRITTEN)[..2]);
    for order in [[&first, &later], [&later, &first]] {
        let desk = Desk::at(NOW);
        let reports = order.map(|text| import(&desk, &write(&desk, "result.csv", text)));
        assert_eq!(billed(&desk, reports[0].account), months(&[("2026-10", "40.00")]), "{reports:?}");
        let told = matches!(&reports[1].bills[..], [BillNews::Replaced { .. } | BillNews::Older { .. }]);
        assert!(told, "{:?}", reports[1].bills);
    }
}

/// Where the statement couldn't tell which issue is the later, the owner chooses by where they lie.
#[test]
fn of_two_issues_of_a_result_the_owner_chooses() {
    let assembly = |id: &str| {
        format!("s3://b/p/kiro/20261001-20261101/{id}0000-0000-4000-8000-000000000000/kiro-1.csv.gz")
    };
    let (one, two) = (assembly("5d2c"), assembly("1111"));
    let rows = [row(&one, "eva", "Pro", 2_000), row(&two, "eva", "ProPlus", 4_000)];
    let desk = Desk::at(NOW);
    let summed = write(&desk, "result.csv", &result("2026-11-20 08:00:00", &rows));
    let report = import(&desk, &summed);
    assert!(matches!(&report.bills[..], [BillNews::Undecided { .. }]), "{:?}", report.bills);
    assert_eq!(billed(&desk, report.account)["2026-10"], None);
    let chosen = summed.join(two.trim_end_matches("/kiro-1.csv.gz"));
    let file = summed.display().to_string();
    let run = desk.run(&["import", "aws-cost", &file, "--issue", &chosen.display().to_string()]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "40.00")]), "{run:?}");
}

#[test]
fn what_the_statement_left_out_is_told() {
    let desk = Desk::at(NOW);
    let mut rows = october(FINAL);
    rows[0].copies = 7;
    rows[1].differing = 2;
    rows[2].unread = 3;
    let report = import(&desk, &write(&desk, "result.csv", &result("2026-11-20 08:00:00", &rows)));
    assert_eq!((report.copies, report.bad, report.added), (7, 5, 1), "{report:?}");
    let amount = report.amount.expect("an amount");
    let without = serde_json::to_value(&amount.without).expect("JSON");
    assert_eq!(
        (amount.at_least, without),
        (false, serde_json::json!([{"code": "without-rows", "values": {"count": {"number": 5}}}]))
    );
    let notes = &desk.headroom.invoices(report.account).expect("invoices").periods[0].notes;
    assert!(!notes.is_empty(), "lines that can't be read are said beside the bill");
}
