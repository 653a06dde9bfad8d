//! Files from anywhere: each is recognised by what it holds, whatever its name and wherever it lies; and what is of another
//! kind than was asked for is named with the command that imports it.

use super::issues::gzip;
use super::zipped::zip;
use super::{HEADER, NOW, P1, row};
use acceptance::{Desk, fixture};
use headroom_app::How;
use headroom_app::answers::{BillNews, ImportKind};
use headroom_sources::files::given::Given;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every kind that files are recognised as, with a file of it. The names say nothing, or something else. (Sessions of the
/// newer layout are read as metered by `kiro-sessions`, too.)
const KINDS: [(ImportKind, &str); 6] = [
    (ImportKind::AwsCost, "download.txt"),
    (ImportKind::KiroActivity, "bill.csv"),
    (ImportKind::KiloUsage, "a report"),
    (ImportKind::KiloDatabase, "data.csv"),
    (ImportKind::KiroSessions, "session.json.bak"),
    (ImportKind::Identities, "export.dat"),
];

fn content(kind: ImportKind, scratch: &Path) -> Vec<u8> {
    match kind {
        ImportKind::AwsCost => fs::read(fixture("aws-cost/cur2.csv")).expect("a bill"),
        ImportKind::KiroActivity => {
            format!("{HEADER}\n{}", row("2026-10-20", "ada-1", "12.5", P1, "PRO")).into_bytes()
        }
        ImportKind::KiloUsage => {
            b"Date,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-19,1.25,5,1,1\n".to_vec()
        }
        ImportKind::KiloDatabase => {
            let path = scratch.join("made.db");
            _ = fs::remove_file(&path);
            let connection = Connection::open(&path).expect("a database");
            connection
                .execute_batch(
                    r#"CREATE TABLE `message` (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
                    INSERT INTO message VALUES ('a', 's', 1795219200000, 0, '{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.5}');"#,
                )
                .expect("a table");
            drop(connection);
            let bytes = fs::read(&path).expect("its bytes");
            fs::remove_file(&path).expect("removed");
            bytes
        }
        ImportKind::Identities => b"UserId,Display name,Email,Group\nada-1,Ada Lovelace,ada@x.org,Core\n".to_vec(),
        ImportKind::KiroSessions => fs::read(fixture("sessions/3f0c-plain.json")).expect("a session"),
        ImportKind::KiroIdeSessions => concat!(
            r#"{"id":"1","timestamp":"2026-11-01T02:17:00Z","payload":{"type":"user_message","text":"hi"}}"#,
            "\n",
            r#"{"id":"2","timestamp":"2026-11-01T02:18:00Z","payload":{"type":"usage_summary","executionId":"e1","promptTurnSummaries":[{"unit":"credit","usage":3.5}]}}"#,
            "\n"
        )
        .into(),
    }
}

/// What Kiro's IDE before 1.0 wrote of a task: its form is known by this alone.
const OLDER_TASK: &[u8] =
    br#"{"executionId": "e1", "usageSummary": [{"unit": "credit", "usage": 2.5}], "input": {}}"#;

/// What is nothing that is imported, and a part of what is said of it.
fn others() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        ("invoice.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), "it is a PDF"),
        ("bill.csv", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec(), "it is a picture"),
        ("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "it is a picture"),
        ("bill.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml".to_vec(), "it is a workbook"),
        ("page.csv", b"<!DOCTYPE html>\n<html>".to_vec(), "it is a web page"),
        ("empty.csv", Vec::new(), "it is empty"),
        ("blank.csv", b" \n\n".to_vec(), "it is empty"),
        ("other.json", br#"{"a": 1}"#.to_vec(), "it is JSON"),
        ("cut.json", br#"{"a": [1"#.to_vec(), "it is JSON"),
        (
            "kiro-Manifest.json",
            br#"{"exportName":"kiro","dataFiles":["s3://b/kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv.gz"]}"#.to_vec(),
            "it is the manifest of an AWS export, which names a bill's files",
        ),
        ("a1b2c3", OLDER_TASK.to_vec(), "it is a task of Kiro's IDE before 1.0: such files aren't read"),
        // Found in November 2026: what people download by hand was a table without columns.
        (
            "costs.csv",
            b"\"Service\",\"Kiro($)\",\"Total costs($)\"\n\"Service total\",\"66.0\",\"66.0\"\n".to_vec(),
            "it is a table of AWS's Cost Explorer, which has sums by day or service and no single lines: export CUR 2.0",
        ),
        (
            "ecsv_10_2026.csv",
            b"\"InvoiceID\",\"PayerAccountId\",\"LinkedAccountId\",\"RecordType\",\"TotalCost\"\n\"Estimated\",\"1\",\"2\",\"LinkedLineItem\",\"20.0\"\n".to_vec(),
            "it is a bill as AWS's console lists it, which says neither whose a licence is nor which lines are copies: export CUR 2.0",
        ),
        ("table.csv", b"name,amount\nada,1\n".to_vec(), "it is a table without the columns"),
        ("note.txt", b"hello there\n".to_vec(), "it is a text, and no table"),
        ("program", [b"\x7fELF".as_slice(), &[0; 64]].concat(), "it is neither text nor"),
        ("bill.csv.xz", b"\xfd7zXZ\0\0".to_vec(), "it is packed with xz"),
    ]
}

fn put(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let file = desk.home().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, bytes).expect("written");
    file
}

fn run(desk: &Desk, words: &[&str], paths: &[&Path]) -> acceptance::Run {
    let paths = paths.iter().map(|path| path.display().to_string());
    let all: Vec<_> = words.iter().map(|word| (*word).to_owned()).chain(paths).collect();
    desk.run(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Found in November 2026: of a folder of them nothing was said but how many files are nothing that is imported.
#[test]
fn tasks_of_the_ide_before_1_are_named_once_with_what_is_not_counted() {
    let desk = Desk::at(NOW);
    for number in 0..12 {
        put(&desk, &format!("kiro.kiroagent/bucket/{number:032x}"), OLDER_TASK);
    }
    put(&desk, "kiro.kiroagent/note.txt", b"hello there\n");
    let run = run(&desk, &["import"], &[&desk.home().join("kiro.kiroagent")]);
    let lines: Vec<_> = run.errors.lines().collect();
    assert_eq!((run.status, lines.len()), (2, 3), "{}", run.errors);
    let said = "it is one of 12 tasks of Kiro's IDE before 1.0: such files aren't read, and the credits in them aren't counted";
    assert!(lines[0].contains("kiro.kiroagent/bucket/") && lines[0].ends_with(said), "{}", run.errors);
    assert!(lines[1].contains("skipped 1 file more"), "{}", run.errors);
}

/// Before, a wrong kind was told by what it lacked ("it has no column Date"), which helped nobody.
#[test]
fn each_kind_given_as_each_other_is_named_with_the_command_that_imports_it() {
    let desk = Desk::at(NOW);
    for (kind, name) in KINDS {
        let file = put(&desk, &format!("{}/my {name}", kind.name()), &content(kind, &desk.home()));
        for (other, _) in KINDS {
            let run = run(&desk, &["import", other.name(), "--dry-run"], &[&file]);
            if other == kind {
                assert_eq!(run.status, 0, "{}", run.errors);
                continue;
            }
            assert_eq!(run.status, 2, "{other:?}: {}", run.output);
            let command =
                format!("Import it as that: headroom import {} '{}'\n", kind.name(), file.display());
            assert!(run.errors.ends_with(&command), "{other:?}: {}", run.errors);
            assert_eq!(run.errors.lines().count(), 1);
        }
        let run = run(&desk, &["import", "--dry-run"], &[&file]);
        assert!(run.output.starts_with(&format!("{}: 1 file of", kind.name())), "{run:?}");
    }
}

#[test]
fn what_is_nothing_that_is_imported_is_one_clear_line_for_every_kind() {
    let desk = Desk::at(NOW);
    for (name, bytes, said) in others() {
        let file = put(&desk, name, &bytes);
        for (kind, _) in KINDS {
            let run = run(&desk, &["import", kind.name()], &[&file]);
            assert_eq!((run.status, run.errors.lines().count()), (2, 1), "{kind:?}: {}", run.errors);
            // Of JSON the reader of sessions says what it lacks.
            let of_session = ["session_id", "is cut off"].iter().any(|said| run.errors.contains(said));
            let is_said = run.errors.contains(said) || (said == "it is JSON" && of_session);
            assert!(is_said && run.errors.contains(name), "{kind:?}: {}", run.errors);
        }
        // Found in November 2026: of JSON that was to be a bill it was said that it is no session of Kiro's.
        let of_a_bill = run(&desk, &["import", "aws-cost"], &[&file]);
        assert!(!of_a_bill.errors.contains("not a Kiro"), "{}", of_a_bill.errors);
        let breaks_off = of_a_bill.errors.contains("it is JSON that breaks off");
        assert_eq!(breaks_off, name == "cut.json", "{}", of_a_bill.errors);
        let run = run(&desk, &["import"], &[&file]);
        assert_eq!((run.status, run.errors.lines().count()), (2, 2), "{}", run.errors);
        assert!(run.errors.contains(said) && run.errors.contains("nothing of it can be imported"));
    }
    // Of a folder with nothing in it nothing is skipped: it is named all the same.
    let empty = desk.home().join("nothing-in-it");
    fs::create_dir_all(&empty).expect("made");
    let nothing = run(&desk, &["import"], &[&empty]);
    assert!(
        nothing.errors.contains(&format!("nothing of {} can be imported", empty.display())),
        "{nothing:?}"
    );
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
}

/// A folder of everything, the same as a ZIP, the same as a ZIP over standard input: six kinds, each once.
#[test]
fn a_folder_a_zip_and_standard_input_hold_the_same() {
    let expected: BTreeSet<_> = KINDS.iter().map(|(kind, _)| kind.name()).collect();
    let scratch = Desk::at(NOW);
    let mut files: Vec<(String, Vec<u8>)> = KINDS
        .iter()
        .map(|(kind, name)| (format!("all/{}/{name}", kind.name()), content(*kind, &scratch.home())))
        .collect();
    files.extend(others().into_iter().map(|(name, bytes, _)| (format!("all/others/{name}"), bytes)));
    files.push(("__MACOSX/all/._bill.csv".to_owned(), vec![0; 8]));
    let zipped: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let zipped = zip(&zipped);
    for way in ["folder", "zip", "input"] {
        let desk = Desk::at(NOW);
        for (name, bytes) in &files {
            put(&desk, &format!("in/{name}"), bytes);
        }
        let packed = put(&desk, "packed/everything", &zipped);
        let run = match way {
            "folder" => run(&desk, &["import"], &[&desk.home().join("in")]),
            "zip" => run(&desk, &["import"], &[&packed]),
            _ => desk.run_with(&["import", "-"], &zipped),
        };
        assert_eq!(run.status, 0, "{way}: {}", run.errors);
        let kinds: BTreeSet<_> =
            run.output.lines().filter_map(|line| line.split_once(": 1 file of")).collect();
        let kinds: BTreeSet<_> = kinds.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, expected, "{way}: {}", run.output);
        assert!(run.output.contains("$263.77") && run.output.contains("$0.50"), "{way}: {}", run.output);
        // What may have been meant is named; the others are counted.
        assert_eq!(run.errors.lines().count(), 11, "{way}: {}", run.errors);
        assert!(run.errors.ends_with("skipped 6 files more, which are nothing that is imported\n"), "{way}");
        let left = fs::read_dir(desk.headroom.paths().data()).expect("a folder").flatten();
        let left: Vec<_> =
            left.filter(|entry| entry.file_name().to_string_lossy().contains("incoming")).collect();
        assert!(left.is_empty(), "nothing of it stays behind");
    }
}

#[test]
fn every_kind_is_read_from_standard_input_and_out_of_a_zip() {
    for (kind, name) in KINDS {
        let desk = Desk::at(NOW);
        let bytes = content(kind, &desk.home());
        let amount = |output: &str| output.split_once("read, ").map(|(_, rest)| rest.to_owned());
        let plain = run(&desk, &["import", kind.name(), "--dry-run"], &[&put(&desk, name, &bytes)]);
        let piped = desk.run_with(&["import", kind.name(), "-", "--dry-run"], &bytes);
        let packed = put(&desk, "packed", &zip(&[(name, &bytes)]));
        let packed = run(&desk, &["import", kind.name(), "--dry-run"], &[&packed]);
        for other in [piped, packed] {
            assert_eq!(other.status, 0, "{kind:?}: {}", other.errors);
            let first = |output: &str| amount(output).and_then(|text| text.lines().next().map(str::to_owned));
            assert_eq!(first(&other.output), first(&plain.output), "{kind:?}");
        }
    }
}

/// Sessions of the newer layout are found by what they hold: in a ZIP, over standard input, under any name.
#[test]
fn sessions_of_the_newer_layout_are_read_from_anywhere() {
    let desk = Desk::at(NOW);
    let bytes = content(ImportKind::KiroIdeSessions, &desk.home());
    let about: &[u8] = br#"{"schemaVersion":1,"id":"sess-1","modelId":"auto"}"#;
    let packed = zip(&[("s/sess-1/messages.jsonl", &bytes), ("s/sess-1/session.json", about)]);
    let packed = put(&desk, "packed", &packed);
    let named = put(&desk, "sess-1/messages.txt", &bytes);
    for kind in ["kiro-sessions", "kiro-ide-sessions"] {
        for path in [&packed, &named] {
            let run = run(&desk, &["import", kind, "--dry-run"], &[path]);
            assert!(run.output.contains("1 new task with"), "{kind}: {run:?}");
            assert!(run.output.contains("3.50 credits, 0 known already"), "{kind}: {run:?}");
        }
    }
    let run = desk.run_with(&["import", "-", "--dry-run"], &bytes);
    assert!(run.output.starts_with("kiro-sessions: 1 file of standard input: 1 task read"), "{run:?}");
    let refused = self::run(&desk, &["import", "kilo-usage"], &[&named]);
    assert!(refused.errors.contains("is a Kiro IDE session, not a Kilo usage export"), "{refused:?}");
    assert!(refused.errors.contains("headroom import kiro-sessions "), "{refused:?}");
}

/// A ZIP within a ZIP is not opened: it is how a small file becomes an endless one.
#[test]
fn a_zip_within_a_zip_is_refused_by_name() {
    let desk = Desk::at(NOW);
    let report = content(ImportKind::KiroActivity, &desk.home());
    let inner = zip(&[("r.csv", &report)]);
    let outer = put(&desk, "outer.zip", &zip(&[("inner.zip", &inner), ("r.csv", &report)]));
    let run = run(&desk, &["import"], &[&outer]);
    assert!(run.errors.contains("outer.zip/inner.zip: it is a ZIP within a ZIP"), "{}", run.errors);
    assert!(run.output.contains("kiro-activity: 1 file"), "{}", run.output);
    let alone = put(&desk, "alone.zip", &zip(&[("inner.zip", &inner)]));
    for kind in KINDS.iter().map(|(kind, _)| kind.name()) {
        let run = self::run(&desk, &["import", kind], &[&alone]);
        assert_eq!((run.status, run.errors.lines().count()), (2, 1), "{kind}: {}", run.errors);
    }
}

#[test]
fn names_lead_nowhere_and_the_same_file_counts_once() {
    let desk = Desk::at(NOW);
    let (report, bill) =
        (content(ImportKind::KiroActivity, &desk.home()), fs::read(fixture("aws-cost/cur2.csv")));
    let bill = bill.expect("a bill");
    let escaping = put(&desk, "x.zip", &zip(&[("../../r.csv", &report), ("/etc/other.csv", b"a,b\n1,2\n")]));
    let run = run(&desk, &["import"], &[&escaping]);
    assert!(run.output.contains("kiro-activity: 1 file"), "{run:?}");
    assert!(run.errors.contains("x.zip/etc/other.csv"), "{}", run.errors);

    let file = put(&desk, "deep/er/ü b ill.csv.gz", &gzip(&String::from_utf8(bill).expect("text")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(&file, desk.home().join("deep/link.csv")).expect("a link");
        symlink("..", desk.home().join("deep/er/up")).expect("a link to a folder above");
    }
    let deep = desk.home().join("deep");
    let run = self::run(&desk, &["import", "aws-cost"], &[&file, &deep, &file]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.starts_with("1 file of") && run.output.contains("$263.77 in all"), "{}", run.output);
    assert!(!run.output.contains("count once"), "{}", run.output);
    let again = self::run(&desk, &["import"], &[&deep]);
    assert!(again.output.contains("0 new months, 1 known already"), "{}", again.output);
}

/// A name that is no text is a name all the same.
#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_read() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let desk = Desk::at(NOW);
    let name = OsString::from_vec(b"in/r\xff 'x'.csv".to_vec());
    let file = desk.home().join(&name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, content(ImportKind::KiroActivity, &desk.home())).expect("written");
    let how = How { dry_run: true, ..How::default() };
    let given: [Given; 1] = [file.as_path().into()];
    let view = desk.headroom.import_as_it_is(&given, how, &|_| {}).expect("recognised");
    assert_eq!(view.parts[0].kind, ImportKind::KiroActivity);
    let refused = desk.headroom.import_given(ImportKind::AwsCost, &given, how, &|_| {}).expect_err("refused");
    assert!(refused.to_string().ends_with(r"r\xff \'x\'.csv'"), "a shell understands it: {refused}");
}

/// What the window does: a look that writes nothing, then the kinds one by one, with the issue that was chosen.
#[test]
fn what_was_looked_at_is_imported_and_the_choice_of_an_issue_counts() {
    let desk = Desk::at(NOW);
    let bill = fs::read_to_string(fixture("aws-cost/cur2.csv")).expect("a bill");
    put(&desk, "in/cur-00001.csv", bill.as_bytes());
    put(&desk, "in/cur-00001 (1).csv", bill.replace(",125.5,5.02,", ",225.5,9.02,").as_bytes());
    put(&desk, "in/report.csv", &content(ImportKind::KiroActivity, &desk.home()));
    let folder = desk.home().join("in");
    let look = || desk.headroom.look(std::slice::from_ref(&folder), None, &|_| {}).expect("a look");
    let looked = look();
    assert!(looked.dry_run && desk.headroom.start(None).expect("it starts").accounts.is_empty());
    let report = looked.parts.iter().find(|part| part.kind == ImportKind::AwsCost);
    let report = report.and_then(|part| part.report.as_ref()).expect("a bill");
    let [BillNews::Undecided { issues, .. }] = report.bills.as_slice() else { panic!("{:?}", report.bills) };
    let place = issues
        .iter()
        .position(|issue| issue.amount.as_deref() == Some("267.77"))
        .expect("the second download");
    let place = u32::try_from(place).expect("few");
    let bring =
        |number, places: &[u32]| desk.headroom.bring((number, ImportKind::AwsCost), places, None, &|_| {});
    let gone = bring(looked.number.wrapping_add(1), &[]).expect_err("another look");
    assert!(gone.to_string().starts_with("Something else was looked at since"), "{gone}");
    let report = bring(looked.number, &[place]).expect("imported");
    assert_eq!(desk.organisation(report.account).bill.expect("a bill").total.as_deref(), Some("267.77"));
    // The other one, which is known by now, can be chosen as well.
    let looked = look();
    let other = issues
        .iter()
        .find(|issue| issue.amount.as_deref() == Some("263.77"))
        .and_then(|issue| issue.from.clone());
    let other: Vec<_> = other.as_deref().map(|path| Path::new(path).into()).into_iter().collect();
    let how = How { issues: &other, ..How::default() };
    let given: [Given; 1] = [folder.as_path().into()];
    desk.headroom.import_given(ImportKind::AwsCost, &given, how, &|_| {}).expect("imported");
    assert_eq!(desk.organisation(report.account).bill.expect("a bill").total.as_deref(), Some("263.77"));
    assert!(looked.number > 1);
}

/// Where it is imported again after a restore: each place for what it held, and nothing of standard input.
#[test]
fn places_are_remembered_for_what_they_held() {
    let desk = Desk::at(NOW);
    let bill = put(&desk, "a.csv", &content(ImportKind::AwsCost, &desk.home()));
    let report = put(&desk, "b.csv", &content(ImportKind::KiroActivity, &desk.home()));
    assert_eq!(run(&desk, &["import"], &[&bill, &report]).status, 0);
    assert_eq!(desk.run_with(&["import", "-"], &content(ImportKind::KiloUsage, &desk.home())).status, 0);
    let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
    let kept: String = connection
        .query_row("SELECT value FROM settings WHERE key = 'imported-from'", [], |row| row.get(0))
        .expect("the places");
    let places: Vec<serde_json::Value> = serde_json::from_str(&kept).expect("JSON");
    let places: Vec<_> =
        places.iter().map(|place| (place["kind"].as_str(), place["path"].as_str())).collect();
    let places: BTreeSet<_> = places.into_iter().collect();
    let expected = [(Some("aws-cost"), bill.to_str()), (Some("kiro-activity"), report.to_str())];
    assert_eq!(places, expected.into());
}
