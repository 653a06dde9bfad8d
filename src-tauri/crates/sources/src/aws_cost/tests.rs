//! The same rows in every form, and what is wrong with others.

use super::*;
use crate::table_file::unwatched;
use std::fs;
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/aws-cost").join(name)
}

fn read_fixture(name: &str) -> CostExport {
    read(&fixture(name), &unwatched).expect("an export")
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, text).expect("written");
    }
    folder
}

const HEADER: &str = "line_item_product_code,bill_billing_period_start_date,line_item_usage_account_id,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code\n";

fn fee(month: &str, cost: &str) -> String {
    format!(
        "Kiro,{month}-01T00:00:00Z,1,user/u,USE1-KiroEnterprise-Pro,monthly-subscription,FlatRateSubscription,1,{cost},USD\n"
    )
}

#[test]
fn every_form_says_the_same() {
    let export = read_fixture("cur2.csv");
    assert_eq!((export.read, export.of_kiro, export.bad.count), (12, 11, 0));
    let lines: Vec<_> = export.months[0]
        .lines
        .iter()
        .map(|line| {
            let kind = match &line.kind {
                LineKind::Subscription(tier) => tier.clone(),
                kind @ (LineKind::Credits | LineKind::Discount | LineKind::Tax | LineKind::Other(_)) => {
                    format!("{kind:?}").to_lowercase()
                }
            };
            format!("{} {} {} {kind} {} {}", line.user, line.account, line.region, line.quantity, line.cost)
        })
        .collect();
    assert_eq!(
        lines,
        [
            " 111 USE1 discount 0 -1.25",
            " 111 USE1 tax 0 2.5",
            "ada-1 111 USE1 pro-plus 1 40",
            "ada-1 111 USE1 credits 2125.5 5.02",
            "ada-1 222 EUC1 pro 1 20",
            "bob-2 111 USE1 pro 0.685 13.7",
            "bob-2 111 USE1 discount 0 -13.7",
            "cem-3 111 USE1 power 1 200",
        ]
    );
    for other in ["legacy.csv", "cur2.csv.gz", "cur2.snappy.parquet"] {
        let other_export = read_fixture(other);
        assert_eq!(other_export.months, export.months, "{other}");
        assert_eq!((other_export.read, other_export.of_kiro), (12, 11), "{other}");
    }
}

#[test]
fn an_issue_that_was_written_later_replaces_the_month() {
    let files = folder(&[
        ("2026-10/run-1/export-1.csv", &format!("{HEADER}{}", fee("2026-10", "20"))),
        ("2026-10/run-2/export-1.csv", &format!("{HEADER}{}", fee("2026-10", "21"))),
        ("2026-10/run-2/export-2.csv", &format!("{HEADER}{}{}", fee("2026-10", "1"), fee("2026-09", "5"))),
        ("readme.csv", "a,b\n1,2\n"),
    ]);
    let first = files.path().join("2026-10/run-1/export-1.csv");
    let earlier = SystemTime::UNIX_EPOCH;
    fs::File::options().write(true).open(first).expect("it opens").set_modified(earlier).expect("set");
    let export = read(files.path(), &unwatched).expect("exports");
    let costs: Vec<_> = export
        .months
        .iter()
        .map(|bill| {
            (bill.month.to_string(), bill.lines.iter().map(|line| line.cost).sum::<Decimal>().to_string())
        })
        .collect();
    assert_eq!(
        costs,
        [("2026-09-01".to_owned(), "5".to_owned()), ("2026-10-01".to_owned(), "22".to_owned())],
        "parts of one issue add up, another issue does not"
    );
    assert!(export.replaced[0].ends_with("2026-10/run-1"));
    assert_eq!((export.files, export.other_files.len()), (3, 1));
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
    let export = read(&files.path().join("export.csv"), &unwatched).expect("an export");
    let bad: Vec<_> = export.bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
    let month = "billing_period_start_date";
    assert_eq!(
        bad,
        [
            (3, say!("not-a-number", field = "unblended_cost", text = "twenty")),
            (4, say!("not-a-date", field = month, text = "soon-01T00:00:00Z")),
            (5, say!("not-us-dollars", field = "currency_code", text = "EUR")),
        ]
    );
    assert_eq!(export.months[0].lines.len(), 1);
}

#[test]
fn another_file_is_refused_in_one_line() {
    let files = folder(&[("a.csv", "a,b\n1,2\n"), ("b.csv.gz", "not packed at all")]);
    for (name, expected) in [
        ("a.csv", "reason: no-column(column: line_item_product_code), what: aws-cost-export"),
        ("b.csv.gz", "reason: not-packed, what: aws-cost-export"),
    ] {
        let refused = read(&files.path().join(name), &unwatched).expect_err("refused").to_string();
        assert!(refused.starts_with("file-of-another-kind") && refused.contains(expected), "{refused}");
    }
    let nothing = read(files.path(), &unwatched).expect_err("refused").to_string();
    assert!(nothing.starts_with("folder-without") && nothing.contains("aws-cost-export"), "{nothing}");
}

#[test]
fn a_damaged_parquet_file_is_refused_whole() {
    let whole = fs::read(fixture("cur2.snappy.parquet")).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cut.parquet");
    for length in [whole.len() - 1, whole.len() / 2, 9, 4, 0] {
        fs::write(&file, &whole[..length]).expect("written");
        let refused = read(&file, &unwatched).expect_err("refused").to_string();
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
        refused += usize::from(read(&file, &unwatched).is_err());
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn an_issue_replaces_the_month_of_its_own_payer_alone() {
    let header = HEADER.replace("line_item_product_code", "bill_payer_account_id,line_item_product_code");
    let of = |payer: &str, cost: &str| format!("{header}{payer},{}", fee("2026-10", cost));
    let files = folder(&[("one/a.csv", &of("111", "20")), ("two/b.csv", &of("222", "5"))]);
    let export = read(files.path(), &unwatched).expect("exports");
    let bills: Vec<_> = export
        .months
        .iter()
        .map(|bill| (bill.payer.as_deref().unwrap_or_default(), bill.lines[0].cost.to_string()))
        .collect();
    assert_eq!(bills, [("111", "20".to_owned()), ("222", "5".to_owned())]);
    assert_eq!(export.replaced.len(), 0);
    let legacy = read_fixture("legacy.csv");
    assert_eq!(legacy.months[0].payer, None, "an export may leave it out");
}
