//! The same rows in every form, and what is wrong with others.

use super::*;
use crate::files::table_file::unwatched;
use headroom_exact::say;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(super) fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<CostExport, ReadError> {
    read_files(worker, &Files::of_kind(form::WHAT, &[path.into()])?, watching)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/aws-cost").join(name)
}

fn read_fixture(name: &str) -> CostExport {
    read(&Worker::within_this_process(), &fixture(name), &unwatched).expect("an export")
}

/// A folder with these files.
pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, text).expect("written");
    }
    folder
}

/// The bills that count, by month and payer, with what their lines cost; none of those of which nothing tells.
pub(super) fn counted(export: &CostExport) -> Vec<(String, String, String)> {
    let months: BTreeSet<_> = export.bills.iter().map(|bill| bill.month).collect();
    let mut sums = BTreeMap::new();
    for month in months {
        let bills: Vec<_> = export.bills.iter().filter(|bill| bill.month == month).collect();
        for place in counting(&bills).counts {
            let bill = bills[place];
            let payer = bill.payer.clone().unwrap_or_default();
            let sum: &mut Decimal = sums.entry((bill.month.to_string(), payer)).or_default();
            *sum += bill.lines.iter().map(|line| line.cost).sum::<Decimal>();
        }
    }
    sums.into_iter().map(|((month, payer), sum)| (month, payer, sum.to_string())).collect()
}

pub(super) fn billed(month: &str, payer: &str, sum: &str) -> (String, String, String) {
    (month.to_owned(), payer.to_owned(), sum.to_owned())
}

/// The costs of a folder with these files.
pub(super) fn of_folder(files: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let files = folder(files);
    counted(&read(&Worker::within_this_process(), files.path(), &unwatched).expect("exports"))
}

pub(super) const HEADER: &str = "line_item_product_code,bill_billing_period_start_date,line_item_usage_account_id,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code\n";

pub(super) fn fee(month: &str, cost: &str) -> String {
    format!(
        "Kiro,{month}-01T00:00:00Z,1,user/u,USE1-KiroEnterprise-Pro,monthly-subscription,FlatRateSubscription,1,{cost},USD\n"
    )
}

#[test]
fn every_form_says_the_same() {
    let export = read_fixture("cur2.csv");
    assert_eq!((export.read, export.of_kiro, export.bad.count), (12, 11, 0));
    let lines: Vec<_> = export.bills[0]
        .lines
        .iter()
        .map(|line| {
            let kind = match &line.kind {
                LineKind::Subscription(tier) => tier.clone(),
                kind @ (LineKind::Credits
                | LineKind::Discount
                | LineKind::Tax
                | LineKind::Other(_)
                | LineKind::Currency(_)
                | LineKind::Deduction(_)) => format!("{kind:?}").to_lowercase(),
            };
            format!("{} {} {} {kind} {} {}", line.user, line.account, line.region, line.quantity, line.cost)
        })
        .collect();
    assert_eq!(
        lines,
        [
            " 111 USE1 tax 0 2.5",
            " 111 USE1 deduction(\"edp-discount\") 0 -1.25",
            "ada-1 111 USE1 pro-plus 1 40",
            "ada-1 111 USE1 credits 2125.5 5.02",
            "ada-1 222 EUC1 pro 1 20",
            "bob-2 111 USE1 pro 0.685 13.7",
            "bob-2 111 USE1 deduction(\"credit\") 0 -13.7",
            "cem-3 111 USE1 power 1 200",
        ]
    );
    for other in ["legacy.csv", "cur2.csv.gz", "cur2.snappy.parquet"] {
        let other_export = read_fixture(other);
        assert_eq!(other_export.bills[0].lines, export.bills[0].lines, "{other}");
        assert_eq!((other_export.read, other_export.of_kiro), (12, 11), "{other}");
    }
}

#[test]
fn the_later_issue_counts_whatever_the_times_of_its_files_are() {
    let files = folder(&[
        ("2026-10/20261020T040000Z-run/export-1.csv", &format!("{HEADER}{}", fee("2026-10", "20"))),
        ("2026-10/20261103T040000Z-run/export-1.csv", &format!("{HEADER}{}", fee("2026-10", "21"))),
        (
            "2026-10/20261103T040000Z-run/export-2.csv",
            &format!("{HEADER}{}{}", fee("2026-10", "1"), fee("2026-09", "5")),
        ),
        ("readme.csv", "a,b\n1,2\n"),
    ]);
    for earlier in ["20261020T040000Z-run/export-1.csv", "20261103T040000Z-run/export-1.csv"] {
        let file = files.path().join("2026-10").join(earlier);
        let at = std::time::SystemTime::UNIX_EPOCH;
        fs::File::options().write(true).open(file).expect("it opens").set_modified(at).expect("set");
        let export = read(&Worker::within_this_process(), files.path(), &unwatched).expect("exports");
        let sums = [billed("2026-09-01", "", "5"), billed("2026-10-01", "", "22")];
        assert_eq!(counted(&export), sums, "parts of one issue add up, another issue does not");
        assert_eq!((export.files, export.skipped.len()), (3, 1));
    }
}

#[test]
fn rows_that_can_not_be_read_are_listed_and_in_no_sum() {
    let files = folder(&[(
        "export.csv",
        &format!(
            "{HEADER}{}{}{}{}",
            fee("2026-10", "20"),
            fee("2026-10", "twenty"),
            fee("soon", "20"),
            fee("2026-10", "20").replace("USD", "EUR")
        ),
    )]);
    let export = read(&Worker::within_this_process(), &files.path().join("export.csv"), &unwatched)
        .expect("an export");
    let bad: Vec<_> = export.bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
    let month = "billing_period_start_date";
    assert_eq!(
        bad,
        [
            (3, say!("not-a-number", field = "unblended_cost", text = "twenty")),
            (4, say!("not-a-date", field = month, text = "soon-01T00:00:00Z")),
        ]
    );
    let lines: Vec<_> = export.bills[0].lines.iter().map(|line| (&line.kind, line.cost)).collect();
    let (dollars, euro) = (LineKind::Subscription("pro".to_owned()), LineKind::Currency("EUR".to_owned()));
    assert_eq!(lines, [(&dollars, Decimal::from(20)), (&euro, Decimal::from(20))], "and no sum has both");
    // The one of which no month is known can be of any.
    assert_eq!(export.bills[0].issue.as_ref().expect("an issue").unread, 2);
}

/// Found in November 2026: a discount whose amount of usage is empty couldn't be read, and the bill was so much too high.
#[test]
fn what_is_taken_off_needs_no_amount_of_usage() {
    let fee = |id: &str, kind: &str, quantity: &str, cost: &str| {
        format!(
            "{id},2026-10-01T00:00:00Z/2026-10-02T00:00:00Z,8,2026-10-01,7,{kind},Kiro,USE1-KiroEnterprise-Pro,monthly-subscription,ada,{quantity},,{cost},USD\n"
        )
    };
    let header = "identity_line_item_id,identity_time_interval,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code\n";
    let text = [
        header.to_owned(),
        fee("1", "FlatRateSubscription", "1", "20"),
        fee("2", "EdpDiscount", "", "-2.40"),
        fee("3", "Credit", " ", "-5"),
        fee("4", "Tax", "", "1.5"),
        // What is bought is counted: without its amount it can't be told from a part of a month.
        fee("5", "FlatRateSubscription", "", "20"),
    ];
    let files = folder(&[("export.csv", &text.concat())]);
    let export = read(&Worker::within_this_process(), files.path(), &unwatched).expect("an export");
    assert_eq!(counted(&export), [billed("2026-10-01", "8", "14.1")]);
    assert_eq!(export.bad.count, 1);
}

#[test]
fn another_file_is_refused_in_one_line() {
    let files = folder(&[
        ("a.csv", "a,b\n1,2\n"),
        ("b.csv.gz", "not packed at all"),
        ("c.csv", "BZh91AY"),
        ("focus.csv", "BilledCost,BillingAccountId\n1,2\n"),
    ]);
    for (name, expected) in [
        ("a.csv", "reason: no-column(column: line_item_product_code), what: aws-cost-export"),
        ("b.csv.gz", "reason: no-column(column: line_item_product_code), what: aws-cost-export"),
        ("focus.csv", "reason: focus-without-columns, what: aws-cost-export"),
        ("c.csv", "reason: packed-otherwise(form: bzip2), what: aws-cost-export"),
    ] {
        let refused = read(&Worker::within_this_process(), &files.path().join(name), &unwatched)
            .expect_err("refused")
            .to_string();
        assert!(refused.starts_with("file-of-another-kind") && refused.contains(expected), "{refused}");
    }
    let nothing =
        read(&Worker::within_this_process(), files.path(), &unwatched).expect_err("refused").to_string();
    assert!(nothing.starts_with("none-of-these") && nothing.contains("aws-cost-export"), "{nothing}");
    for reason in ["a.csv: no-column", "b.csv.gz: no-column", "c.csv: packed-otherwise", "focus.csv: focus-"]
    {
        assert!(nothing.contains(reason), "each with its own reason: {nothing}");
    }
}

#[test]
fn a_damaged_parquet_file_is_refused_whole() {
    let whole = fs::read(fixture("cur2.snappy.parquet")).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cut.parquet");
    for length in [whole.len() - 1, whole.len() / 2, 9, 4, 0] {
        fs::write(&file, &whole[..length]).expect("written");
        let refused =
            read(&Worker::within_this_process(), &file, &unwatched).expect_err("refused").to_string();
        assert!(
            refused.starts_with("file-damaged") && refused.contains("cut.parquet"),
            "{length}: {refused}"
        );
    }
    // A changed byte in the data is an error, or another text where it stood in one; the library panics on
    // some of these.
    let mut refused = 0;
    for place in (4..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[place] ^= 0x5a;
        fs::write(&file, &changed).expect("written");
        refused += usize::from(read(&Worker::within_this_process(), &file, &unwatched).is_err());
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn an_issue_replaces_the_month_of_its_own_payer_alone() {
    let header = HEADER.replace("line_item_product_code", "bill_payer_account_id,line_item_product_code");
    let of = |payer: &str, cost: &str| format!("{header}{payer},{}", fee("2026-10", cost));
    let sums = of_folder(&[("one/a.csv", &of("111", "20")), ("two/b.csv", &of("222", "5"))]);
    assert_eq!(sums, [billed("2026-10-01", "111", "20"), billed("2026-10-01", "222", "5")]);
    let legacy = read_fixture("legacy.csv");
    assert_eq!(legacy.bills[0].payer, None, "an export may leave it out");
}

/// An older version kept discounts without their kinds: the same export brought in again says the same, and tells more.
#[test]
fn discounts_that_an_older_version_kept_are_told_apart_by_the_same_export() {
    let lines = [fee("2026-10", "20"), fee("2026-10", "-3").replace("FlatRateSubscription", "EdpDiscount")];
    let lines = [&lines[..], &[fee("2026-10", "-1.5").replace("FlatRateSubscription", "Refund")]].concat();
    let folder = folder(&[("a.csv", &format!("{HEADER}{}", lines.concat()))]);
    let export = read(&Worker::within_this_process(), folder.path(), &unwatched).expect("an export");
    let [new] = export.bills.as_slice() else { panic!("one bill: {export:?}") };
    let kinds: BTreeSet<_> = new.lines.iter().map(|line| line.kind.text()).collect();
    assert_eq!(kinds, BTreeSet::from(["edp-discount", "pro", "refund"]));
    let mut old = new.clone();
    old.lines.retain(|line| !line.kind.is_deduction());
    let discount = new.lines.iter().find(|line| line.kind.is_deduction()).expect("a discount").clone();
    old.lines.push(BillLine {
        kind: LineKind::Discount,
        cost: "-4.5".parse().expect("a decimal"),
        ..discount
    });
    assert!(
        says_the_same(&old, new) && tells_deductions_apart(new, &old) && !tells_deductions_apart(&old, new)
    );
    let both = counting(&[&old, new]);
    assert_eq!((both.counts, both.copies, both.undecided), (vec![1], vec![(0, 1)], Vec::new()));
    let other = MonthBill { lines: old.lines[..1].to_vec(), ..old.clone() };
    assert!(!says_the_same(&other, new), "another sum is another bill");
}

/// Found in November 2026: the same export of FOCUS brought in again was another issue, and the owner was to choose between the two.
#[test]
fn corrections_that_an_older_version_kept_as_fees_are_named_by_the_same_export() {
    let header = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeClass,ConsumedQuantity,ConsumedUnit,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation";
    let row = |user: &str, class: &str, cost: &str| {
        format!(
            "{cost},1,USD,2026-10-01T00:00:00Z,Purchase,{class},1,User-Month,arn:aws:identitystore:::user/{user},2,Kiro,USE1-KiroEnterprise-Pro,monthly-subscription\n"
        )
    };
    let rows = [row("ann", "", "20"), row("bob", "", "20"), row("bob", "Correction", "-7.5")].concat();
    let folder = folder(&[("a.csv", &format!("{header}\n{rows}"))]);
    let export = read(&Worker::within_this_process(), folder.path(), &unwatched).expect("an export");
    let [new] = export.bills.as_slice() else { panic!("one bill: {export:?}") };
    let mut old = new.clone();
    old.lines.retain(|line| !line.kind.is_deduction());
    let of_bob = old.lines.iter_mut().find(|line| line.user == "bob").expect("bob's fee");
    (of_bob.cost, of_bob.quantity) = (Decimal::new(125, 1), 2.into());
    assert!(
        says_the_same(&old, new) && tells_deductions_apart(new, &old) && !tells_deductions_apart(&old, new)
    );
    for (bills, counts) in [([&old, new], 1), ([new, &old], 0)] {
        let both = counting(&bills);
        assert_eq!(
            (both.counts, both.copies, both.undecided),
            (vec![counts], vec![(1 - counts, counts)], Vec::new())
        );
    }
    let mut other = old.clone();
    other.lines.retain(|line| line.user == "bob");
    assert!(!says_the_same(&other, new), "another who is billed is another bill");
}

/// Found in November 2026: what AWS gave back of a licence was a licence of less than nothing, so that whoever was refunded wasn't on the
/// bill.
#[test]
fn a_correction_of_focus_is_told_apart_from_what_it_corrects() {
    let header = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ChargeClass,ConsumedQuantity,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation\n";
    let of = |cost: &str, class: &str, quantity: &str, usage: &str| {
        let category = if usage == "Credits" { "Usage" } else { "Purchase" };
        let operation = if usage == "Credits" { "Credits" } else { "monthly-subscription" };
        format!(
            "{cost},1,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,{category},{class},{quantity},user/ada,2,Kiro,USE1-KiroEnterprise-{usage},{operation}\n"
        )
    };
    let rows = [
        of("20", "", "", "Pro"),
        of("-20", "Correction", "", "Pro"),
        of("6", "", "150", "Credits"),
        of("-1", "Correction", "-25", "Credits"),
    ];
    let folder = folder(&[("focus.csv", &format!("{header}{}", rows.concat()))]);
    let export = read(&Worker::within_this_process(), folder.path(), &unwatched).expect("an export");
    let lines = export.bills[0].lines.iter();
    let lines: Vec<_> = lines.map(|line| (line.kind.clone(), line.cost.to_string())).collect();
    let adjustment = LineKind::Deduction("adjustment".to_owned());
    let expected = [
        (LineKind::Subscription("pro".to_owned()), "20".to_owned()),
        (LineKind::Credits, "6".to_owned()),
        (adjustment, "-21".to_owned()),
    ];
    assert_eq!(lines, expected);
    assert_eq!(export.bad.count, 0);
}
