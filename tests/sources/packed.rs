//! What is packed is read by what it holds, whatever its name and however often it was packed (rule F7).

use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use super::zipped::zip;
use super::{NOW, imported};
use acceptance::{Desk, fixture};
use flate2::Compression;
use flate2::write::GzEncoder;
use headroom_app::answers::ImportKind;
use parquet::data_type::ByteArray;
use rusqlite::Connection;
use std::fs;
use std::io::Write as _;
use tools::parquet_cost::{COLUMNS, write_cost};

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(bytes).expect("packed");
    packing.finish().expect("packed")
}

fn bill() -> String {
    export(&[line("a1", "8", "700000000001", "2026-10-01", "eva", "Pro", "20.0")])
}

/// Found in November 2026: "it has no column `line_item_product_code`" of a bill in Parquet that was packed once more, and "it
/// is neither text nor anything else" of one that a browser had packed a second time.
#[test]
fn a_bill_that_was_packed_twice_or_holds_parquet_is_read() {
    let desk = Desk::at(NOW);
    let parquet = desk.home().join("x.parquet");
    let fields = [
        "Kiro",
        "2026-10-01",
        "1",
        "eva",
        "USE1-KiroEnterprise-Pro",
        "monthly-subscription",
        "FlatRateSubscription",
        "1",
        "20",
        "USD",
        "",
        "8",
    ];
    write_cost(&parquet, &[1], |_| fields.map(ByteArray::from));
    let parquet = fs::read(parquet).expect("written");
    let twice = pack(&gzip(&bill()));
    for (name, bytes) in [("x.parquet.gz", pack(&parquet)), ("x.csv.gz", twice), ("x.csv", pack(&parquet))] {
        for within in ["", "in/"] {
            let desk = Desk::at(NOW);
            let file = write_bytes(&desk, &format!("{within}{name}"), &bytes);
            let place = if within.is_empty() { file } else { desk.home().join("in") };
            let report = import(&desk, &place);
            assert_eq!(billed(&desk, report.account), months(&[("2026-10", "20.00")]), "{name}: {report:?}");
            let run = desk.run(&["import", place.to_str().expect("a path")]);
            assert_eq!(run.status, 0, "{name}: {}", run.errors);
        }
    }
}

/// Found in November 2026: gzip that was filled up with zeros, as stores of blocks do, was "damaged", though gzip itself unpacks it. What
/// else stands behind it is still refused.
#[test]
fn gzip_of_several_members_and_filled_up_with_zeros_is_read() {
    let text = bill();
    let (first, rest) = text.split_at(text.len() / 2);
    let members = [gzip(first), gzip(rest)].concat();
    let zeros = |count: usize| [members.clone(), vec![0; count]].concat();
    let between = [gzip(first), vec![0; 512], gzip(rest)].concat();
    for (name, bytes) in [
        ("none", zeros(0)),
        ("few", zeros(3)),
        ("many", zeros(1 << 20)),
        ("between", between),
        ("twice", pack(&zeros(9))),
    ] {
        let desk = Desk::at(NOW);
        let report = import(&desk, &write_bytes(&desk, "cur.csv.gz", &bytes));
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "20.00")]), "{name}: {report:?}");
    }
    let desk = Desk::at(NOW);
    let file = write_bytes(&desk, "cur.csv.gz", &[members, b"and more".to_vec()].concat());
    let run = desk.run(&["import", "aws-cost", file.to_str().expect("a path")]);
    assert!(
        run.status == 2 && run.errors.contains("its packing is damaged: download or copy it again"),
        "{run:?}"
    );
}

/// Found in November 2026: "it has no column `line_item_product_code`" of Parquet that a database wrote, whose columns are in capitals
/// (or all in small letters, FOCUS's too), though the same names in a table of text are read.
#[test]
fn columns_of_parquet_are_known_in_capitals_too() {
    let desk = Desk::at(NOW);
    let file = desk.home().join("x.parquet");
    let fields = ["Kiro", "2026-10-01", "1", "eva", "USE1-KiroEnterprise-Pro", "monthly-subscription"];
    let more = ["FlatRateSubscription", "1", "20", "USD", "", "8"];
    let mut row = fields.into_iter().chain(more).map(ByteArray::from);
    write_cost(&file, &[1], |_| std::array::from_fn(|_| row.next().expect("a field")));
    let mut bytes = fs::read(&file).expect("written");
    for name in COLUMNS {
        let is_there = |at: &usize| bytes[*at..].starts_with(name.as_bytes());
        let places: Vec<_> = (0..bytes.len()).filter(is_there).collect();
        assert!(!places.is_empty(), "{name}");
        for at in places {
            bytes[at..at + name.len()].make_ascii_uppercase();
        }
    }
    fs::write(&file, bytes).expect("written");
    let report = import(&desk, &file);
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "20.00")]), "{report:?}");
}

/// Found in November 2026: Parquet whose columns Athena had packed with GZIP, as it does where nobody says otherwise, was "damaged", and
/// so was what isn't read.
#[test]
fn parquet_whose_columns_are_packed_otherwise_is_read_or_named() {
    let desk = Desk::at(NOW);
    let report = import(&desk, &fixture("parquet/columns-in-gzip.parquet"));
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "46.25")]), "{report:?}");
    let desk = Desk::at(NOW);
    let packed_otherwise = fixture("parquet/columns-in-zstd.parquet");
    let run = desk.run(&["import", "aws-cost", packed_otherwise.to_str().expect("a path")]);
    assert!(run.status == 2 && run.errors.contains("packed with zstd"), "{run:?}");
    assert!(!run.errors.contains("damaged"), "{run:?}");
}

/// Found in November 2026: a decimal of a longer type than it needs was no number, and one that an engine had summed in binary numbers,
/// with more decimals than are kept, refused the whole bill.
#[test]
fn amounts_of_every_width_are_read() {
    for name in ["wide-decimals", "binary-sums"] {
        let desk = Desk::at(NOW);
        let report = import(&desk, &fixture(&format!("parquet/{name}.parquet")));
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "46.25")]), "{name}: {report:?}");
        assert_eq!(report.bad, 0, "{name}");
    }
}

/// Found in November 2026: the header of an archive was taken for a column, and its end for a row that breaks off.
#[test]
fn an_archive_of_tars_is_named_packed_or_not() {
    let mut archive = vec![0_u8; 512];
    archive[..5].copy_from_slice(b"x.csv");
    archive[257..262].copy_from_slice(b"ustar");
    archive.extend(bill().as_bytes());
    archive.resize(archive.len().next_multiple_of(512) + 1024, 0);
    for (name, bytes) in [("x.tar", archive.clone()), ("x.tar.gz", pack(&archive))] {
        let desk = Desk::at(NOW);
        let file = write_bytes(&desk, name, &bytes);
        for run in [vec!["import"], vec!["import", "aws-cost"]] {
            let run = desk.run(&[&run[..], &[file.to_str().expect("a path")]].concat());
            assert_eq!(run.status, 2, "{name}: {}", run.output);
            assert!(run.errors.contains("packed with tar"), "{name}: {}", run.errors);
        }
    }
}

/// Found in November 2026: it was told what they are, and then that they are none.
#[test]
fn a_session_and_a_database_that_were_packed_are_read() {
    let desk = Desk::at(NOW);
    let session = fs::read(fixture("sessions/3f0c-plain.json")).expect("a session");
    let file = write_bytes(&desk, "session.json.gz", &pack(&session));
    let plain = Desk::at(NOW).import(ImportKind::KiroSessions, Some(&fixture("sessions/3f0c-plain.json")));
    let report = desk.import(ImportKind::KiroSessions, Some(&file)).expect("an import");
    assert_eq!((report.added, report.skipped), (plain.expect("an import").added, Vec::new()));
    let database = desk.home().join("kilo.db");
    let connection = Connection::open(&database).expect("a database");
    let message = r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.5,"time":{"created":1795219200000}}"#;
    connection
        .execute_batch(&format!(
            "CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
             INSERT INTO message VALUES ('a', 's', 1795219200000, 0, '{message}')"
        ))
        .expect("a row");
    drop(connection);
    let file = write_bytes(&desk, "kilo.db.gz", &pack(&fs::read(&database).expect("written")));
    let account = imported(&desk, ImportKind::KiloDatabase, &file);
    assert_eq!(desk.team(account).machine.expect("this machine").this_month.as_deref(), Some("0.500000"));
}

/// Found in November 2026: two parts that each lay in a ZIP of its own were two issues, of which one counted ($5.00 for $25.00); and
/// of two issues in ZIPs nothing told the later, though the folders within them did.
#[test]
fn the_only_file_of_a_zip_is_the_part_and_of_the_issue_that_its_path_within_says() {
    let fee = |user: &str| line(user, "8", "700000000001", "2026-10-01", user, "Pro", "20.0");
    let late = line("late", "8", "700000000001", "2026-10-20", "eva", "Credits", "5.0");
    let (one, two) = (export(&[fee("eva")]), export(&[late]));
    let both = export(&[fee("eva"), fee("finn")]);
    let [elder, newer] = ["2026-10-20T040000Z-a", "2026-11-03T040000Z-b"]
        .map(|issue| format!("kiro/data/BILLING_PERIOD=2026-10/{issue}/kiro-00001.csv"));
    let parts = [("one.zip", "kiro-00001.csv", &one), ("two.zip", "kiro-00002.csv", &two)];
    let issues = [("mon.zip", elder.as_str(), &both), ("tue.zip", newer.as_str(), &one)];
    let again = [("kiro.zip", "kiro-00001.csv", &one), ("kiro (1).zip", "kiro-00001.csv", &one)];
    for (files, right) in [(parts, "25.00"), (issues, "20.00"), (again, "20.00")] {
        for order in [[0, 1], [1, 0]] {
            let (desk, at_once) = (Desk::at(NOW), Desk::at(NOW));
            let mut account = None;
            for (name, within, text) in order.map(|place| files[place]) {
                let bytes = zip(&[(within, text.as_bytes())]);
                write_bytes(&at_once, &format!("in/{name}"), &bytes);
                account = Some(import(&desk, &write_bytes(&desk, &format!("in/{name}"), &bytes)).account);
            }
            let right = months(&[("2026-10", right)]);
            assert_eq!(billed(&desk, account.expect("two")), right, "{files:?} {order:?}");
            let report = import(&at_once, &at_once.home().join("in"));
            assert_eq!(billed(&at_once, report.account), right, "{files:?}: {report:?}");
        }
    }
}

/// Found in November 2026: of two files that have one name in a ZIP the first was lost without a word ($20.00 for $40.00), and so it
/// was of two whose names a program of Windows wrote in letters of its own.
#[test]
fn a_zip_with_two_files_of_one_name_is_named_and_nothing_of_it_is_read() {
    let fee = |user: &str| export(&[line(user, "8", "700000000001", "2026-10-01", user, "Pro", "20.0")]);
    let (one, two) = (fee("eva"), fee("finn"));
    for names in [["cur-1.csv", "cur-1.csv"], ["cur-1.csv", "./cur-1.csv"], ["in/cur-1.csv", "in\\cur-1.csv"]]
    {
        let desk = Desk::at(NOW);
        let [first, second] = names;
        let bytes = zip(&[(first, one.as_bytes()), (second, two.as_bytes())]);
        let file = write_bytes(&desk, "cur.zip", &bytes);
        for run in [vec!["import"], vec!["import", "aws-cost"]] {
            let run = desk.run(&[&run[..], &[file.to_str().expect("a path")]].concat());
            assert_eq!(run.status, 2, "{names:?}: {}", run.output);
            assert!(
                run.errors.contains("it is a ZIP with two files of one name: unpack it first"),
                "{}",
                run.errors
            );
        }
    }
    // What systems leave there may stand twice, and folders may be written in Windows' way.
    let desk = Desk::at(NOW);
    let [elder, newer] =
        ["20261020T040000Z-a", "20261103T040000Z-b"].map(|issue| format!("kiro\\{issue}\\kiro-1.csv"));
    let both = export(
        &["eva", "finn"].map(|user| line(user, "8", "700000000001", "2026-10-01", user, "Pro", "20.0")),
    );
    let bytes = zip(&[
        (&elder, both.as_bytes()),
        (&newer, one.as_bytes()),
        ("__MACOSX/._x", b"x"),
        ("__MACOSX/._x", b"y"),
    ]);
    let report = import(&desk, &write_bytes(&desk, "cur.zip", &bytes));
    assert_eq!(billed(&desk, report.account), months(&[("2026-10", "20.00")]), "{report:?}");
}
