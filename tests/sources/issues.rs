//! Bills as people have them: downloaded twice, packed and named anyhow, issued again, by several payers and exports, in
//! any order (rules F1–F3).

use super::zipped::zip;
use super::{NOW, write};
use acceptance::{Desk, fixture};
use flate2::Compression;
use flate2::write::GzEncoder;
use headroom_app::answers::{AccountNumber, BillNews, ChargeNote, ImportKind, ImportView, UnreadableRecord};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

const HEADER: &str = "identity_line_item_id,identity_time_interval,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code,line_item_usage_start_date\n";

/// A line: its id, payer, account, month and day, user, tier and cost.
pub(super) fn line(
    id: &str,
    payer: &str,
    account: &str,
    day: &str,
    user: &str,
    tier: &str,
    cost: &str,
) -> String {
    let month = &day[..7];
    format!(
        "{id},{day}T00:00:00Z/{day}T23:59:59Z,{payer},{month}-01T00:00:00.000Z,{account},FlatRateSubscription,Kiro,USE1-KiroEnterprise-{tier},monthly-subscription,arn:aws:identitystore:::user/{user},1.0,User-Month,{cost},USD,{day}T00:00:00Z\n"
    )
}

pub(super) fn export(lines: &[String]) -> String {
    format!("{HEADER}{}", lines.concat())
}

/// Three licences and what one used beyond: $93.25.
fn october(payer: &str) -> Vec<String> {
    let of = |id, day, user, tier, cost| line(id, payer, "700000000001", day, user, tier, cost);
    vec![
        of("a1", "2026-10-01", "eva", "Pro", "20.0"),
        of("a2", "2026-10-01", "finn", "Pro", "20.0"),
        of("a3", "2026-10-02", "gül", "ProPlus", "40.0"),
        of("a4", "2026-10-09", "gül", "Credits", "13.25"),
    ]
}

pub(super) fn gzip(text: &str) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(text.as_bytes()).expect("packed");
    packing.finish().expect("packed")
}

pub(super) fn write_bytes(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let file = write(desk, name, "");
    fs::write(&file, bytes).expect("written");
    file
}

pub(super) fn import(desk: &Desk, path: &Path) -> ImportView {
    desk.import(ImportKind::AwsCost, Some(path)).expect("an import")
}

/// What is billed of each month; none of a month of which that isn't known.
pub(super) fn billed(desk: &Desk, account: AccountNumber) -> BTreeMap<String, Option<String>> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let of = |period: headroom_app::answers::ChargedPeriod| {
        (period.id[..7].to_owned(), period.quoted.and_then(|quoted| quoted.quoted))
    };
    periods.into_iter().map(of).collect()
}

pub(super) fn months(sums: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
    sums.iter().map(|(month, sum)| ((*month).to_owned(), Some((*sum).to_owned()))).collect()
}

/// What a folder with these files comes to.
fn of_folder(files: &[(&str, &[u8])]) -> (Desk, AccountNumber, ImportView) {
    let desk = Desk::at(NOW);
    for (name, bytes) in files {
        write_bytes(&desk, &format!("in/{name}"), bytes);
    }
    let report = import(&desk, &desk.home().join("in"));
    let account = report.account;
    (desk, account, report)
}

/// Reported in November 2026: one export twice came to twice the bill.
#[test]
fn an_export_that_was_downloaded_twice_counts_once_however_it_is_packed_and_named() {
    let text = export(&october("8"));
    let (plain, packed) = (text.as_bytes(), gzip(&text));
    let zipped = zip(&[("cur-00001.csv", plain)]);
    let twice = zip(&[("cur-00001.csv", plain), ("again/cur-00001.csv.gz", &packed)]);
    let reversed = export(&october("8").into_iter().rev().collect::<Vec<_>>());
    for files in [
        vec![("cur-00001.csv", plain), ("cur-00001 (1).csv", plain)],
        vec![("cur-00001.csv", plain), ("copy/cur-00001.csv", plain)],
        vec![("cur-00001.csv", plain), ("cur-00001.csv.gz", &packed), ("all.zip", &zipped)],
        vec![("cur-00001.csv", &packed[..])],
        vec![("cur-00001.csv.gz", plain)],
        vec![("cur-00001.zip", &packed)],
        vec![("cur-00001.csv", &zipped)],
        vec![("twice.zip", &twice)],
        vec![("one.csv", plain), ("other.csv", reversed.as_bytes())],
    ] {
        let names: Vec<_> = files.iter().map(|(name, _)| *name).collect();
        let (desk, account, report) = of_folder(&files);
        assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]), "{names:?}: {report:?}");
        assert_eq!((report.added, report.bad), (1, 0), "{names:?}");
    }
}

#[test]
fn the_projects_own_fixtures_are_one_bill() {
    let desk = Desk::at(NOW);
    let report = import(&desk, &fixture("aws-cost"));
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "263.77")]), "{report:?}");
}

#[test]
fn a_line_that_stands_twice_in_a_file_counts_once_and_is_told() {
    let mut lines = october("8");
    lines.push(lines[2].clone());
    let (desk, account, report) = of_folder(&[("cur.csv", export(&lines).as_bytes())]);
    assert_eq!((report.copies, billed(&desk, account)), (1, months(&[("2026-10", "93.25")])));
    // The same id with another cost is no copy.
    lines[4] = lines[4].replace(",40.0,", ",41.0,");
    let (desk, account, report) = of_folder(&[("cur.csv", export(&lines).as_bytes())]);
    assert_eq!((report.copies, report.bad, billed(&desk, account)), (0, 1, months(&[("2026-10", "93.25")])));
    let notes = &desk.headroom.invoices(account).expect("invoices").periods[0].notes;
    assert!(!notes.is_empty(), "{notes:?}");
}

#[test]
fn without_ids_the_same_row_counts_once_and_two_people_without_names_count_both() {
    let text = "line_item_product_code,line_item_usage_account_id,line_item_usage_start_date,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_usage_amount,line_item_unblended_cost,pricing_unit\n";
    let row = |user: &str| {
        format!(
            "Kiro,7,2026-10-01 00:00:00.000,{user},USE1-KiroEnterprise-Pro,monthly-subscription,FlatRateSubscription,1,20.0000000000,Months\n"
        )
    };
    let of = |rows: &[&str]| {
        let text = format!("{text}{}", rows.iter().map(|user| row(user)).collect::<String>());
        let (desk, account, _) = of_folder(&[("a.csv", text.as_bytes()), ("b.csv", text.as_bytes())]);
        billed(&desk, account)
    };
    assert_eq!(of(&["user/0001", "user/0001", "user/0002"]), months(&[("2026-10", "40.00")]));
    assert_eq!(of(&["", "", ""]), months(&[("2026-10", "60.00")]));
}

/// Two people without names on each of two parts are four; a copy of a part adds nobody.
#[test]
fn without_ids_and_users_the_parts_of_an_issue_add_up() {
    let text = "line_item_product_code,bill_payer_account_id,line_item_usage_account_id,line_item_usage_start_date,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_usage_amount,line_item_unblended_cost,pricing_unit\n".to_owned()
        + &"Kiro,8,7,2026-10-01,,USE1-KiroEnterprise-Pro,monthly-subscription,FlatRateSubscription,1,20,Months\n".repeat(2);
    let (plain, packed) = (text.as_bytes(), gzip(&text));
    let (desk, account, report) = of_folder(&[
        ("20261103T040000Z-a/cur-00001.csv", plain),
        ("20261103T040000Z-a/cur-00002.csv.gz", &packed),
        ("copy/20261103T040000Z-a/cur-00002.csv", plain),
    ]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "80.00")]), "{report:?}");
}

/// Reported in November 2026: the newest issue was told by the times of its files.
#[test]
fn the_later_issue_counts_in_whatever_order_they_come() {
    let first = export(&october("8"));
    let fewer = export(&october("8")[1..]);
    for [one, two] in [
        ["BILLING_PERIOD=2026-10/2026-10-20T040000Z-aaaa", "BILLING_PERIOD=2026-10/2026-11-03T040000Z-bbbb"],
        [
            "x/billing_period=2026-10/20261109T041031Z-1",
            "x/billing_period=2026-10/2026-11-10T04:10:31.120Z-2",
        ],
        ["one/20261020T040000Z-zz", "two/20261103T040000Z-aa"],
    ] {
        let desk = Desk::at(NOW);
        let one = write(&desk, &format!("in/{one}/cur-00001.csv"), &first);
        let two = write(&desk, &format!("in/{two}/cur-00001.csv"), &fewer);
        let newest = fs::File::options().write(true).open(&one).expect("it opens");
        let other = fs::metadata(&two).and_then(|of| of.modified()).expect("a time");
        newest.set_modified(other + Duration::from_hours(1)).expect("set");
        let right = months(&[("2026-10", "73.25")]);
        let account = import(&desk, &desk.home().join("in")).account;
        assert_eq!(billed(&desk, account), right, "together");
        for order in [[&one, &two], [&two, &one]] {
            let desk = Desk::at(NOW);
            let reports = order.map(|file| import(&desk, file));
            assert_eq!(billed(&desk, reports[0].account), right, "{order:?}");
            let told = matches!(&reports[1].bills[..], [BillNews::Replaced { .. } | BillNews::Older { .. }]);
            assert!(told, "{:?}", reports[1].bills);
        }
    }
}

#[test]
fn manifests_say_which_files_and_which_issue() {
    let [kept, gone] = [export(&october("8")[..2]), export(&october("8")[2..])];
    let manifest = |files: &[&str]| {
        let files: Vec<_> = files.iter().map(|file| format!("\"s3://b/p/{file}\"")).collect();
        format!(r#"{{"exportName":"kiro","dataFiles":[{}],"columns":[]}}"#, files.join(","))
    };
    // What an earlier issue left in the folder that a shorter one was written over.
    let (desk, account, report) = of_folder(&[
        ("kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv", kept.as_bytes()),
        ("kiro/data/BILLING_PERIOD=2026-10/kiro-00002.csv", gone.as_bytes()),
        (
            "kiro/metadata/BILLING_PERIOD=2026-10/kiro-Manifest.json",
            manifest(&["kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv"]).as_bytes(),
        ),
    ]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]));
    assert!(report.skipped[0].path.ends_with("kiro-00002.csv"), "{:?}", report.skipped);
    // The legacy report's names the current assembly.
    let [old, new] = ["5d2c0000-0000-4000-8000-000000000000", "11110000-0000-4000-8000-000000000000"];
    let place = |assembly: &str| format!("kiro/20261001-20261101/{assembly}/kiro-1.csv");
    let text =
        format!(r#"{{"assemblyId":"{new}","reportName":"kiro","reportKeys":["p/{}"]}}"#, place(new) + ".gz");
    let whole = export(&october("8"));
    for (first, second) in [(old, new), (new, old)] {
        let (desk, account, _) = of_folder(&[
            (&place(first), if first == new { kept.as_bytes() } else { whole.as_bytes() }),
            (&place(second), if second == new { kept.as_bytes() } else { whole.as_bytes() }),
            ("kiro/20261001-20261101/kiro-Manifest.json", text.as_bytes()),
        ]);
        assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]));
    }
    // A file without a manifest isn't unfinished.
    let (desk, account, _) = of_folder(&[(&place(new), kept.as_bytes())]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]));
}

#[test]
fn an_export_that_overwrites_itself_is_told_by_its_newest_line() {
    let day = |day: &str, cost: &str| line("x", "8", "7", day, "eva", "Credits", cost);
    let earlier = export(&[october("8")[0].clone(), day("2026-10-11", "3.00")]);
    let later = export(&[october("8")[0].clone(), day("2026-10-11", "2.00"), day("2026-10-12", "0.50")]);
    for order in [[&earlier, &later], [&later, &earlier]] {
        let desk = Desk::at(NOW);
        let account = order
            .map(|text| import(&desk, &write(&desk, &format!("{}/cur-00001.csv", text.len()), text)).account)
            [0];
        assert_eq!(billed(&desk, account), months(&[("2026-10", "22.50")]));
    }
}

#[test]
fn where_nothing_tells_the_later_issue_both_are_named_and_the_owner_chooses() {
    let [one, two] = [export(&october("8")), export(&october("8")[1..])];
    for swapped in [false, true] {
        let desk = Desk::at(NOW);
        let (one, two) = (write(&desk, "one/cur.csv", &one), write(&desk, "two/cur.csv", &two));
        let order = if swapped { [&two, &one] } else { [&one, &two] };
        let account = import(&desk, order[0]).account;
        let report = import(&desk, order[1]);
        let [BillNews::Undecided { month, issues, .. }] = &report.bills[..] else { panic!("{report:?}") };
        assert_eq!((month.as_str(), issues.len()), ("2026-10", 2));
        assert_eq!(billed(&desk, account), BTreeMap::from([("2026-10".to_owned(), None)]), "neither leads");
        let view = desk.organisation(account);
        assert!(
            matches!(&view.unreadable[..], [UnreadableRecord::BillUndecided { issues, .. }] if issues.len() == 2)
        );
        assert_eq!(view.bill, None);
        let status = desk.run(&["status"]).output;
        assert!(status.contains("$93.25 from ") && status.contains("$73.25 from "), "{status}");
        let notes = &desk.headroom.invoices(account).expect("invoices").periods[0].notes;
        assert!(notes.contains(&ChargeNote::BillUndecided), "{notes:?}");
        // Either can be chosen, and chosen again.
        for (chosen, sum) in [(&two, "73.25"), (&one, "93.25")] {
            let path = chosen.to_str().expect("text");
            let run = desk.run(&["import", "aws-cost", path, "--issue", path]);
            assert_eq!(run.status, 0, "{run:?}");
            assert_eq!(billed(&desk, account), months(&[("2026-10", sum)]), "{run:?}");
        }
        // What was decided against doesn't come back by itself.
        import(&desk, &two);
        assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]));
    }
}

#[test]
fn a_dry_run_says_what_would_be_replaced_and_writes_nothing() {
    let desk = Desk::at(NOW);
    let one = write(&desk, "20261020T040000Z/cur.csv", &export(&october("8")));
    let two = write(&desk, "20261103T040000Z/cur.csv", &export(&october("8")[1..]));
    let account = import(&desk, &one).account;
    let run = desk.run(&["import", "aws-cost", two.to_str().expect("text"), "--dry-run"]);
    let said = "The bill of 2026-10, payer 8, would be replaced: $93.25 before, now $73.25";
    assert!(run.output.contains(said) && run.output.contains("nothing was written"), "{run:?}");
    assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]));
    let run = desk.run(&["import", "aws-cost", two.to_str().expect("text")]);
    assert!(run.output.contains(&said.replace("would be", "was")), "{run:?}");
    assert!(run.output.contains("20261103T040000Z"), "the file is said: {run:?}");
    assert_eq!(billed(&desk, account), months(&[("2026-10", "73.25")]));
}

#[test]
fn exports_of_other_accounts_add_up_and_of_the_same_one_leads() {
    let of = |account: &str, user: &str| line(user, "8", account, "2026-10-01", user, "Pro", "20.0");
    let (one, two) = (export(&[of("1", "eva")]), export(&[of("2", "finn")]));
    let whole = fs::read_to_string(fixture("aws-cost/legacy.csv")).expect("the fixture");
    let both = export(&[of("111", "eva"), of("222", "finn")]);
    for swapped in [false, true] {
        let desk = Desk::at(NOW);
        let mut files = [write(&desk, "a/one.csv", &one), write(&desk, "b/two.csv", &two)];
        if swapped {
            files.reverse();
        }
        let account = files.map(|file| import(&desk, &file).account)[0];
        assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]), "members' own exports");
        // A legacy report without intervals gives way to an export with ids of the same accounts.
        let desk = Desk::at(NOW);
        let mut files = [write(&desk, "a/old.csv", &whole), write(&desk, "b/new.csv", &both)];
        if swapped {
            files.reverse();
        }
        let reports = files.map(|file| import(&desk, &file));
        assert_eq!(billed(&desk, reports[0].account), months(&[("2026-10", "40.00")]), "{reports:?}");
    }
}

#[test]
fn parts_of_an_issue_add_up_whether_they_come_together_or_not() {
    let [one, two] = [export(&october("8")[..2]), export(&october("8")[2..])];
    for place in ["in/20261103T040000Z-a", "in"] {
        let desk = Desk::at(NOW);
        let one = write(&desk, &format!("{place}/cur-00001.csv"), &one);
        let two = write(&desk, &format!("{place}/cur-00002.csv"), &two);
        let account = [&two, &one].map(|file| import(&desk, file).account)[0];
        assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]), "{place}");
        let report = import(&desk, &desk.home().join("in"));
        assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]), "{place}: {report:?}");
    }
}

#[test]
fn a_month_of_which_nothing_is_left_comes_to_nothing_and_that_is_said() {
    let other = line("e1", "8", "7", "2026-10-30", "i-1", "Box", "9.00").replace(",Kiro,", ",AmazonEC2,");
    let desk = Desk::at(NOW);
    let one = write(&desk, "kiro/20261020T040000Z/cur.csv", &export(&october("8")));
    let two = write(&desk, "kiro/20261103T040000Z/cur.csv", &export(std::slice::from_ref(&other)));
    let account = import(&desk, &one).account;
    // Another export, which has no rows of Kiro's, says nothing of it.
    import(&desk, &write(&desk, "machines/cur.csv", &export(&[other])));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "93.25")]));
    let report = import(&desk, &two);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "0.00")]), "{report:?}");
    assert!(matches!(&report.bills[..], [BillNews::Replaced { .. }]), "{report:?}");
}

#[test]
fn an_issue_that_was_not_read_can_not_be_chosen() {
    let desk = Desk::at(NOW);
    let one = write(&desk, "one/cur.csv", &export(&october("8")));
    let run = desk.run(&["import", "aws-cost", one.to_str().expect("text"), "--issue", "/elsewhere/cur.csv"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.errors.contains("No issue of a bill was read from /elsewhere/cur.csv"), "{run:?}");
}

#[test]
fn refunds_lower_a_month_and_other_currencies_are_in_no_sum_of_dollars() {
    let mut lines = october("8");
    lines.push(
        lines[3]
            .replace("a4,", "a5,")
            .replace(",13.25,", ",-13.25,")
            .replace("FlatRateSubscription", "Refund"),
    );
    lines.push(lines[0].replace("a1,", "a6,").replace(",USD,", ",EUR,"));
    let (desk, account, report) = of_folder(&[("cur.csv", export(&lines).as_bytes())]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "80.00")]));
    let told = report.bills.iter().any(|news| {
        matches!(news, BillNews::Currency { currency, amount, .. } if (currency.as_str(), amount.as_str()) == ("EUR", "20"))
    });
    assert!(told, "{report:?}");
    let note = ChargeNote::BillInCurrency { currency: "EUR".to_owned(), amount: "20".to_owned() };
    assert!(desk.headroom.invoices(account).expect("invoices").periods[0].notes.contains(&note));
    assert!(desk.organisation(account).bill.expect("a bill").notes.contains(&note));
}

#[test]
fn focus_is_read_with_awss_own_columns() {
    let text = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ConsumedQuantity,ConsumedUnit,InvoiceId,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation\n\
        40,8,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,Purchase,,,,user/eva,1,Kiro,USE1-KiroEnterprise-ProPlus,monthly-subscription\n\
        2.5,8,USD,2026-10-01T00:00:00Z,2026-10-07T00:00:00Z,2026-10-08T00:00:00Z,Usage,62.5,Credits,,user/eva,1,Kiro,USE1-KiroEnterprise-Credits,Credits\n\
        4,8,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,Tax,,,,,1,Kiro,,\n\
        9,8,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,Usage,1,Hours,,i-1,1,AmazonEC2,BoxUsage,RunInstances\n";
    let (desk, account, _) = of_folder(&[("focus.csv", text.as_bytes()), ("focus (1).csv", text.as_bytes())]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "42.50")]));
    let without = write(&desk, "plain-focus.csv", "BilledCost,BillingAccountId,ServiceName\n1,8,Kiro\n");
    let error = desk.import(ImportKind::AwsCost, Some(&without)).expect_err("it says no more").to_string();
    assert!(error.contains("is a FOCUS export without"), "{error}");
}
