//! A damaged file among good ones: the others are read, and what is left out is said wherever a total lacks it. A file that somebody
//! named alone is refused.

use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use super::manifests::missing;
use super::zipped::zip;
use super::{HEADER, NOW, row, write};
use acceptance::{Desk, pdf_text};
use headroom_app::answers::{ChargeNote, ExportForm, ImportKind};
use headroom_sources::files::given::Given;
use parquet::data_type::ByteArray;
use std::fs;
use std::path::Path;
use tools::parquet_cost::write_cost;

fn of_user(user: &str) -> String {
    export(&[line(user, "8", "700000000001", "2026-10-01", user, "Pro", "20.0")])
}

/// A bill of many users, $1.00 each, in which nothing repeats: what is packed of it is long, and read piece by piece.
fn of_many() -> String {
    let user = |number: u64| format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let of = |number| line(&user(number), "8", "700000000001", "2026-10-01", &user(!number), "Pro", "1.0");
    export(&(0..2_000).map(of).collect::<Vec<_>>())
}

fn parquet(desk: &Desk) -> Vec<u8> {
    let file = desk.home().join("scratch.parquet");
    let fields = ["Kiro", "2026-10-01", "1", "bob", "USE1-KiroEnterprise-Pro", "monthly-subscription"];
    let more = ["FlatRateSubscription", "1", "20", "USD", "", "8"];
    let mut row = fields.into_iter().chain(more).map(ByteArray::from);
    write_cost(&file, &[1], |_| std::array::from_fn(|_| row.next().expect("a field")));
    let bytes = fs::read(&file).expect("written");
    fs::remove_file(file).expect("removed");
    bytes
}

/// Files that are damaged in every way, by the ending of their names.
fn damaged(desk: &Desk) -> Vec<(&'static str, Vec<u8>)> {
    let packed = gzip(&of_many());
    let mut changed = packed.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0xff;
    let mut sum = packed.clone();
    let at = sum.len() - 8;
    sum[at] ^= 0xff;
    let cut = packed[..middle].to_vec();
    let whole = parquet(desk);
    vec![
        ("csv.gz", cut),
        ("csv.gz", changed),
        ("csv.gz", sum),
        ("parquet", whole[..whole.len() - 20].to_vec()),
        (
            "parquet",
            [&whole[..whole.len() / 3], &vec![0xff; whole.len() / 3], &whole[whole.len() / 3 * 2..]].concat(),
        ),
    ]
}

/// Found in November 2026: a part of a bill that was cut off as it was downloaded refused the whole folder.
#[test]
fn a_damaged_part_keeps_no_other_out_and_the_bill_says_that_it_lacks_one() {
    let scratch = Desk::at(NOW);
    let place = "in/kiro/data/BILLING_PERIOD=2026-10";
    for (ending, bytes) in damaged(&scratch) {
        let desk = Desk::at(NOW);
        write_bytes(&desk, &format!("{place}/kiro-00001.csv"), of_user("ada").as_bytes());
        let part = write_bytes(&desk, &format!("{place}/kiro-00002.{ending}"), &bytes);
        write_bytes(&desk, &format!("{place}/kiro-00003.csv"), of_user("cem").as_bytes());
        let folder = desk.home().join("in");
        // As what it is, and as the bill that it is said to be.
        let run = desk.run(&["import", folder.to_str().expect("text"), "--dry-run"]);
        assert!(run.output.contains("$40.00 in all without 1 file that is missing"), "{ending}: {run:?}");
        let report = import(&desk, &folder);
        assert_eq!(missing(&desk, report.account), Some(1), "{ending}: {report:?}");
        // Nothing of it is believed, what stands before the damage neither.
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "40.00")]), "{ending}: {report:?}");
        let skipped: Vec<_> = report.skipped.iter().map(|file| Path::new(&file.path)).collect();
        assert_eq!(skipped, [part.as_path()], "{ending}");
        assert_eq!((report.files, report.read), (2, 2), "what was read again is counted once");
        // Once it was downloaded whole nothing is missing.
        fs::remove_file(part).expect("removed");
        write_bytes(&desk, &format!("{place}/kiro-00002.csv"), of_user("bob").as_bytes());
        let report = import(&desk, &folder);
        assert_eq!(missing(&desk, report.account), None, "{ending}: {report:?}");
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "60.00")]), "{ending}: {report:?}");
    }
}

#[test]
fn a_damaged_bill_beside_another_is_left_out_and_named() {
    let scratch = Desk::at(NOW);
    let within = zip(&[("ada.csv", of_user("ada").as_bytes()), ("many.csv", of_many().as_bytes())]);
    let mut spoilt = within.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 0xff;
    let mut all = damaged(&scratch);
    all.push(("zip", spoilt));
    for (ending, bytes) in all {
        let desk = Desk::at(NOW);
        write_bytes(&desk, "in/november.csv", of_user("eva").replace("2026-10", "2026-11").as_bytes());
        let bad = write_bytes(&desk, &format!("in/bad.{ending}"), &bytes);
        let report = import(&desk, &desk.home().join("in"));
        let expected: &[_] = if ending == "zip" {
            &[("2026-10", "20.00"), ("2026-11", "20.00")]
        } else {
            &[("2026-11", "20.00")]
        };
        assert_eq!(billed(&desk, report.account), months(expected), "{ending}: {report:?}");
        let amount = report.amount.expect("an amount");
        assert_eq!(amount.without.len(), 1, "{ending}: the sum of the import says so: {amount:?}");
        assert!(report.skipped.iter().any(|file| file.path.starts_with(bad.to_str().expect("text"))));
        // Named, or alone, it is refused.
        if ending != "zip" {
            let run = desk.run(&["import", "aws-cost", bad.to_str().expect("text")]);
            assert!(run.status == 2 && run.errors.contains("damaged"), "{run:?}");
        }
        fs::remove_file(desk.home().join("in/november.csv")).expect("removed");
        let run = desk.run(&["import", "aws-cost", desk.home().join("in").to_str().expect("text")]);
        let is_refused = run.status == 2 && run.errors.contains("damaged");
        assert!(is_refused || ending == "zip", "{run:?}");
    }
}

/// Of an issue that came after another and can't be read nobody knows what it says: the month says that what it shows is an earlier one,
/// also where that was imported before, until the newer one can be read.
#[test]
fn where_a_later_issue_is_damaged_the_month_says_so() {
    let outdated = |desk: &Desk, account| {
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        periods.iter().any(|period| period.notes.contains(&ChargeNote::BillOutdated))
    };
    let place =
        |day: &str| format!("in/kiro/data/BILLING_PERIOD=2026-10/{day}T04:10:31.120Z-36/kiro-00001.csv");
    for was_there in [false, true] {
        let desk = Desk::at(NOW);
        let folder = desk.home().join("in");
        let two = of_user("ada") + &line("bob", "8", "700000000001", "2026-10-01", "bob", "Pro", "20.0");
        write(&desk, &place("2026-10-20"), &two);
        if was_there {
            assert!(!outdated(&desk, import(&desk, &folder).account));
        }
        let packed = gzip(&of_user("ada"));
        let newer = write_bytes(&desk, &format!("{}.gz", place("2026-11-03")), &packed[..packed.len() - 9]);
        let account = import(&desk, &folder).account;
        assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]));
        assert!(outdated(&desk, account), "imported before: {was_there}");
        fs::write(newer, packed).expect("downloaded again");
        import(&desk, &folder);
        assert_eq!(billed(&desk, account), months(&[("2026-10", "20.00")]));
        assert!(!outdated(&desk, account));
    }
    // An earlier one says nothing of a later one.
    let desk = Desk::at(NOW);
    write_bytes(&desk, &format!("{}.gz", place("2026-10-20")), &gzip(&of_user("ada"))[..60]);
    write(&desk, &place("2026-11-03"), &of_user("ada"));
    assert!(!outdated(&desk, import(&desk, &desk.home().join("in")).account));
}

/// Found in November 2026: of a payer's only bill of a month, which was damaged, the import alone spoke: the month of the other payer
/// was all that anybody saw.
#[test]
fn where_another_payers_bill_is_damaged_the_month_says_so_until_it_is_read() {
    for named in [true, false] {
        let desk = Desk::at(NOW);
        let place = |payer: &str, month: &str| {
            if named {
                format!("in/{payer}/kiro/data/BILLING_PERIOD={month}/kiro-00001.csv")
            } else {
                format!("in/{payer}/{month}.csv")
            }
        };
        let other = of_user("ada").replace(",8,", ",9,").replace("700000000001", "700000000009");
        write(&desk, &place("one", "2026-10"), &of_user("ada"));
        write(&desk, &place("one", "2026-11"), &of_user("ada").replace("2026-10", "2026-11"));
        let packed = gzip(&other);
        let bad = write_bytes(&desk, &format!("{}.gz", place("two", "2026-10")), &packed[..packed.len() - 9]);
        let folder = desk.home().join("in");
        let account = import(&desk, &folder).account;
        let lacking = |month: &str| {
            let periods = desk.headroom.invoices(account).expect("invoices").periods;
            let month = periods.into_iter().find(|period| period.id.starts_with(month)).expect("a month");
            month.notes.contains(&ChargeNote::BillBesideDamaged { bills: 1 })
        };
        assert!(lacking("2026-10") && lacking("2026-11") != named);
        // What was there already says so, too, and whatever is imported once more.
        import(&desk, &folder);
        import(&desk, &folder.join("one"));
        assert!(lacking("2026-10"));
        let export =
            |form| desk.headroom.export(account, Some("2026-10"), form, false).expect("a file").bytes;
        let csv = String::from_utf8(export(ExportForm::Csv)).expect("text");
        let pdf = pdf_text(&export(ExportForm::Pdf)).split_whitespace().collect::<Vec<_>>().join(" ");
        let invoices = desk.run(&["invoices"]).output;
        for text in [&invoices, &csv, &pdf] {
            assert!(text.contains("is damaged and couldn't be read"), "{text}");
        }
        // It shows the newest month.
        let status = desk.run(&["status"]).output;
        assert_eq!(status.contains("is damaged and couldn't be read"), !named, "{status}");
        if named {
            fs::write(bad, packed).expect("downloaded again");
        } else {
            // Under another name, and in another place.
            fs::remove_file(bad).expect("removed");
            write_bytes(&desk, "in/again.csv.gz", &packed);
        }
        import(&desk, &folder);
        assert!(!lacking("2026-10") && !lacking("2026-11"));
        assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00"), ("2026-11", "20.00")]));
    }
}

/// Found in November 2026: one cut-off report refused a folder of a month's.
#[test]
fn a_damaged_table_of_any_kind_keeps_no_other_out() {
    let report = format!("{HEADER}\n{}", row("2026-11-03", "ada", "40.5", super::P1, "PRO"));
    let usage = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,ada,4.5,1,1,1\n";
    let people = "UserId,Name\nada,Ada Lovelace\n";
    for (kind, good, stamp) in [
        (ImportKind::KiroActivity, report.as_str(), "o_user_report_202611040200"),
        (ImportKind::KiloUsage, usage, "usage-7d-2026-11-20"),
        (ImportKind::Identities, people, "people"),
    ] {
        let desk = Desk::at(NOW);
        write(&desk, &format!("in/{stamp}.csv"), good);
        let packed = gzip(&format!("{good}{}", of_many()));
        let bad = write_bytes(&desk, "in/cut.csv.gz", &packed[..packed.len() / 2]);
        let report = desk.import(kind, Some(&desk.home().join("in"))).expect("an import");
        assert_eq!((report.files, report.added), (1, 1), "{report:?}");
        let [skipped] = report.skipped.as_slice() else { panic!("{report:?}") };
        assert_eq!(Path::new(&skipped.path), bad);
        assert_eq!(skipped.reason.code(), "packing-damaged", "{report:?}");
        if kind == ImportKind::KiloUsage {
            assert_eq!(report.amount.as_ref().expect("an amount").without.len(), 1, "{report:?}");
        }
        let given: [Given; 1] = [bad.as_path().into()];
        let how = headroom_app::How::default();
        assert!(desk.headroom.import_given(kind, &given, how, &|_| {}).is_err(), "named, it is refused");
        fs::remove_file(desk.home().join(format!("in/{stamp}.csv"))).expect("removed");
        let alone = desk.import(kind, Some(&desk.home().join("in"))).expect_err("refused").to_string();
        assert!(alone.contains("damaged"), "{alone}");
    }
}

/// Found in November 2026: one of several files that a shell named was damaged, and all were refused, though the same folder was read.
#[test]
fn of_several_files_that_were_named_the_good_are_read_and_the_status_says_that_one_was_not() {
    let bill = of_user("ada");
    let report = format!("{HEADER}\n{}", row("2026-11-03", "ada", "40.5", super::P1, "PRO"));
    let cut = gzip(&of_many());
    let cut = &cut[..cut.len() / 2];
    for (kind, good, bad) in [
        ("aws-cost", ("bill.csv", &*bill), ("cut.csv.gz", cut)),
        ("aws-cost", ("bill.csv", &*bill), ("report.csv", report.as_bytes())),
        (
            "kiro-activity",
            ("o_user_report_202611040200.csv", &*report),
            ("o_user_report_202611050200.csv", cut),
        ),
        ("", ("bill.csv", &*bill), ("cut.csv.gz", cut)),
    ] {
        let desk = Desk::at(NOW);
        let good = write(&desk, good.0, good.1);
        let bad = write_bytes(&desk, bad.0, bad.1);
        let named: Vec<_> = [kind, bad.to_str().expect("text"), good.to_str().expect("text")]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let run = desk.run(&[&["import"], &named[..]].concat());
        let says = format!("skipped {}", bad.display());
        assert!(run.status == 2 && run.errors.contains(&says), "{named:?}: {run:?}");
        assert!(run.output.contains("1 file of") && run.output.contains(", 1 new"), "{named:?}: {run:?}");
        let run = desk.run(&["status"]);
        let is_there = if kind == "kiro-activity" { "40.50" } else { "$20.00" };
        assert!(run.status == 0 && run.output.contains(is_there), "{named:?}: {run:?}");
        // All of it in order is no failure.
        fs::remove_file(&bad).expect("removed");
        let again = write(&desk, "again.csv", &fs::read_to_string(&good).expect("read"));
        let named = named.iter().take(usize::from(!kind.is_empty())).copied();
        let both = [&good, &again].map(|path| path.to_str().expect("text"));
        let run = desk.run(&["import"].into_iter().chain(named).chain(both).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{kind}: {run:?}");
    }
}

/// Where reports are only looked at, what they come to without a damaged one is the least, and that one is named.
#[test]
fn what_is_looked_at_without_a_damaged_report_is_the_least() {
    let desk = Desk::at(NOW);
    let report = format!("{HEADER}\n{}", row("2026-11-03", "ada", "40.5", super::P1, "PRO"));
    write(&desk, "in/o_user_report_202611040200.csv", &report);
    write(&desk, "in/o_user_report_202611050200.csv", &format!("{report}{}", "x".repeat(17 << 20)));
    let run = desk.run(&["activity", desk.home().join("in").to_str().expect("text"), "--json"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.contains("\"at_least\": true") && run.output.contains("\"used_at_least\": true"));
    assert!(run.errors.contains("202611050200.csv: line 3 is longer than"), "{}", run.errors);
}
