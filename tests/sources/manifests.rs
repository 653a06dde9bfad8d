//! What manifests list and isn't there is missing from the bill, and that is said.

use super::NOW;
use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargeNote};

fn part(number: u32) -> String {
    let id = format!("a{number}");
    export(&[line(&id, "8", "700000000001", "2026-10-01", &format!("user-{number}"), "Pro", "20.0")])
}

pub(super) fn missing(desk: &Desk, account: AccountNumber) -> Option<u32> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let of = |note: &ChargeNote| {
        if let ChargeNote::BillPartsMissing { parts } = note { Some(*parts) } else { None }
    };
    periods.iter().flat_map(|period| &period.notes).find_map(of)
}

/// Found in November 2026: a bill of which only the first of three files had been downloaded was shown as the whole bill.
#[test]
fn a_file_that_the_manifest_lists_and_that_isnt_there_is_said_until_it_comes() {
    let assembly = "5d2c0000-0000-4000-8000-000000000000";
    for (files, manifest, key) in [
        ("kiro/data/BILLING_PERIOD=2026-10", "kiro/metadata/BILLING_PERIOD=2026-10", "dataFiles"),
        (
            "kiro/data/BILLING_PERIOD=2026-10/2026-11-03T040000Z-b",
            "kiro/metadata/BILLING_PERIOD=2026-10/2026-11-03T040000Z-b",
            "dataFiles",
        ),
        (&format!("kiro/20261001-20261101/{assembly}"), "kiro/20261001-20261101", "reportKeys"),
    ] {
        let desk = Desk::at(NOW);
        let listed: Vec<_> = (1..=3).map(|part| format!("\"b/{files}/kiro-0000{part}.csv.gz\"")).collect();
        let manifest_text = format!(r#"{{"{key}":[{}]}}"#, listed.join(","));
        write_bytes(&desk, &format!("in/{manifest}/kiro-Manifest.json"), manifest_text.as_bytes());
        let come = |number| {
            write_bytes(&desk, &format!("in/{files}/kiro-0000{number}.csv"), part(number).as_bytes())
        };
        come(1);
        let place = desk.home().join("in");
        let report = import(&desk, &place);
        let without = serde_json::to_string(&report.amount.expect("an amount").without).expect("JSON");
        assert!(without.contains("without-files"), "{files}: {without}");
        let skipped: Vec<_> = report.skipped.iter().map(|file| file.reason.to_string()).collect();
        assert_eq!(skipped, ["part-is-missing", "part-is-missing"], "{files}");
        assert_eq!(missing(&desk, report.account), Some(2), "{files}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains("2 files of AWS's bill are missing, by its manifest"), "{status}");
        // Alone or with the others: a part that comes is missing no more.
        import(&desk, &come(2));
        assert_eq!(missing(&desk, report.account), Some(1), "{files}");
        come(3);
        let report = import(&desk, &place);
        assert_eq!((report.skipped, missing(&desk, report.account)), (Vec::new(), None), "{files}");
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "60.00")]), "{files}");
    }
}

/// A legacy report's manifest: what it is called, and the files that it names.
fn reports(desk: &Desk, place: &str, keys: &[String]) {
    let keys: Vec<_> = keys.iter().map(|key| format!("\"p/{key}\"")).collect();
    let text = format!(r#"{{"reportName":"kiro","reportKeys":[{}]}}"#, keys.join(","));
    write_bytes(desk, &format!("in/{place}/kiro-Manifest.json"), text.as_bytes());
}

const MONTH: &str = "kiro/20261001-20261101";
const ELDER: &str = "5d2c0000-0000-4000-8000-000000000000";
const NEWER: &str = "11110000-0000-4000-8000-000000000000";

/// Found in November 2026: the bill of an assembly that the manifest beside it had replaced was shown as the month's.
#[test]
fn where_the_issue_that_the_manifest_names_isnt_there_that_is_said_until_it_comes() {
    let desk = Desk::at(NOW);
    let outdated = |account| {
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        periods.iter().any(|period| period.notes.contains(&ChargeNote::BillOutdated))
    };
    let key = |assembly: &str| format!("{MONTH}/{assembly}/kiro-1.csv.gz");
    reports(&desk, MONTH, &[key(NEWER)]);
    reports(&desk, &format!("{MONTH}/{ELDER}"), &[key(ELDER)]);
    let come = |assembly: &str, text: String| {
        write_bytes(&desk, &format!("in/{}", key(assembly)), &gzip(&text));
        import(&desk, &desk.home().join("in"))
    };
    let report = come(ELDER, export(&[of_user("eva"), of_user("finn")]));
    let account = report.account;
    let skipped: Vec<_> = report.skipped.iter().map(|file| file.reason.to_string()).collect();
    assert_eq!(skipped, ["newer-issue-is-missing"], "{report:?}");
    assert_eq!((billed(&desk, account), outdated(account)), (months(&[("2026-10", "40.00")]), true));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("There is a newer issue of this month's bill"), "{status}");
    let report = come(NEWER, export(&[of_user("eva")]));
    assert_eq!((report.skipped, outdated(account)), (Vec::new(), false));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "20.00")]));
    // An earlier issue that says what the current one says is as good.
    let desk = Desk::at(NOW);
    reports(&desk, MONTH, &[key(NEWER)]);
    let text = export(&[of_user("eva")]);
    for assembly in [ELDER, NEWER] {
        write_bytes(&desk, &format!("in/{}", key(assembly)), &gzip(&text));
    }
    let account = import(&desk, &desk.home().join("in")).account;
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    assert!(!periods.iter().any(|period| period.notes.contains(&ChargeNote::BillOutdated)), "{periods:?}");
}

fn of_user(user: &str) -> String {
    line(user, "8", "700000000001", "2026-10-01", user, "Pro", "20.0")
}

/// Found in November 2026: of a report that overwrites itself a file that an earlier issue had left was counted where that
/// issue's manifest lay in its assembly's folder, and one that a shorter issue doesn't have was missed.
#[test]
fn an_earlier_issues_manifest_says_nothing_of_files_that_were_written_over() {
    let key = |part: u32| format!("{MONTH}/kiro-0000{part}.csv.gz");
    let all: Vec<_> = (1..=3).map(key).collect();
    for left in [2, 3] {
        let desk = Desk::at(NOW);
        for (part, key) in all.iter().take(left).enumerate() {
            let text = export(&[of_user(["eva", "finn", "gone"][part])]);
            write_bytes(&desk, &format!("in/{key}"), &gzip(&text));
        }
        reports(&desk, MONTH, &all[..2]);
        reports(&desk, &format!("{MONTH}/{ELDER}"), &all);
        reports(&desk, &format!("{MONTH}/{NEWER}"), &all[..2]);
        let report = import(&desk, &desk.home().join("in"));
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "40.00")]), "{left}: {report:?}");
        assert_eq!(missing(&desk, report.account), None, "{left}");
        let skipped: Vec<_> = report.skipped.iter().map(|file| file.reason.to_string()).collect();
        assert_eq!(skipped, if left == 3 { vec!["not-in-the-manifest"] } else { Vec::new() });
    }
}

/// Found in November 2026: of three files the second wasn't downloaded, no manifest lay beside, and nothing was said.
#[test]
fn a_gap_in_the_numbers_of_parts_is_said_until_it_is_filled() {
    for (place, name) in [
        (format!("{MONTH}/{ELDER}"), "kiro-"),
        (MONTH.to_owned(), "kiro-0000"),
        ("kiro/data/BILLING_PERIOD=2026-10/2026-11-03T040000Z-b".to_owned(), "kiro-0000"),
        ("downloads".to_owned(), "kiro-0000"),
    ] {
        let desk = Desk::at(NOW);
        let come = |number: u32| {
            write_bytes(&desk, &format!("in/{place}/{name}{number}.csv"), part(number).as_bytes());
            import(&desk, &desk.home().join("in"))
        };
        let account = come(1).account;
        assert_eq!(missing(&desk, account), None, "{place}: how many there are nobody knows");
        let report = come(3);
        let without = serde_json::to_string(&report.amount.expect("an amount").without).expect("JSON");
        assert!(without.contains("without-files"), "{place}: {without}");
        assert_eq!(
            (missing(&desk, account), billed(&desk, account)),
            (Some(1), months(&[("2026-10", "40.00")]))
        );
        come(2);
        assert_eq!(
            (missing(&desk, account), billed(&desk, account)),
            (None, months(&[("2026-10", "60.00")]))
        );
    }
    // What somebody numbered, by the months or by invoices for example, isn't missing.
    let desk = Desk::at(NOW);
    let account = import(&desk, &write_bytes(&desk, "bill-48213.csv", part(1).as_bytes())).account;
    assert_eq!(missing(&desk, account), None);
    let desk = Desk::at(NOW);
    for (place, number) in [("in/bill-9.csv", 1), ("in/bill-10.csv", 2)] {
        write_bytes(&desk, place, part(number).as_bytes());
    }
    let account = import(&desk, &desk.home().join("in")).account;
    assert_eq!((missing(&desk, account), billed(&desk, account)), (None, months(&[("2026-10", "40.00")])));
}

/// Found in November 2026: a part that lay there and couldn't be read counted as read, so that what was left was the whole bill
/// ($20.00 of $40.00), with a manifest that lists it and without.
#[test]
fn a_part_that_lies_there_and_can_not_be_read_is_missing() {
    let place = "in/kiro/data/BILLING_PERIOD=2026-10";
    let manifest = r#"{"dataFiles":["b/kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv","b/kiro/data/BILLING_PERIOD=2026-10/kiro-00002.csv"]}"#;
    for lost in ["", "<html>denied</html>", "\u{1}\u{2}\u{0}"] {
        for is_listed in [false, true] {
            let desk = Desk::at(NOW);
            if is_listed {
                let manifest_place = "in/kiro/metadata/BILLING_PERIOD=2026-10/kiro-Manifest.json";
                write_bytes(&desk, manifest_place, manifest.as_bytes());
            }
            write_bytes(&desk, &format!("{place}/kiro-00001.csv"), part(1).as_bytes());
            write_bytes(&desk, &format!("{place}/kiro-00002.csv"), lost.as_bytes());
            let folder = desk.home().join("in");
            // As what it is, and as the bill that it is said to be.
            let run = desk.run(&["import", folder.to_str().expect("text"), "--dry-run"]);
            assert!(run.output.contains("without 1 file that is missing"), "{run:?}");
            let report = import(&desk, &folder);
            assert_eq!(missing(&desk, report.account), Some(1), "{lost:?}: {report:?}");
            let amount = report.amount.expect("an amount");
            assert_eq!(amount.without.len(), 1, "{amount:?}");
            // Once it was downloaded whole nothing is.
            write_bytes(&desk, &format!("{place}/kiro-00002.csv"), part(2).as_bytes());
            let report = import(&desk, &folder);
            assert_eq!(missing(&desk, report.account), None, "{lost:?}: {report:?}");
            assert_eq!(billed(&desk, report.account), months(&[("2026-10", "40.00")]), "{report:?}");
        }
    }
}
