//! Several files that were named, of which none can be imported: each is named with its own reason, whatever it was imported as.

use super::issues::{export, gzip, line, write_bytes};
use super::{HEADER, NOW, row, write};
use acceptance::Desk;
use headroom_app::answers::ImportKind;

const KINDS: [&str; 7] = [
    "aws-cost",
    "kiro-activity",
    "kiro-sessions",
    "kiro-ide-sessions",
    "kilo-usage",
    "kilo-database",
    "identities",
];

/// The lines of what was said that name a file as left out.
fn skipped(errors: &str) -> Vec<&str> {
    errors.lines().filter(|line| line.contains("skipped ")).collect()
}

/// Found in November 2026: of two files that were no bills the first alone was named, and why neither was one wasn't said.
#[test]
fn each_of_several_files_that_are_nothing_is_named_with_its_reason() {
    let desk = Desk::at(NOW);
    let text = write(&desk, "a.txt", "hello there\n");
    let json = write(&desk, "b.json", "{\"a\":1}");
    let empty = write(&desk, "empty.csv", "");
    let named = [&text, &json, &empty].map(|path| path.to_str().expect("text"));
    for kind in KINDS {
        for files in [&named[..], &named[1..], &[named[2], named[0]]] {
            let run = desk.run(&[&["import", kind], files].concat());
            assert_eq!((run.status, run.output.as_str()), (2, ""), "{kind}: {run:?}");
            let lines = skipped(&run.errors);
            assert_eq!(lines.len(), files.len(), "{kind}: {run:?}");
            for file in files {
                let line = lines.iter().find(|line| line.contains(file)).expect(kind);
                assert!(line.len() > file.len() + 24, "{kind}: {line} says why");
            }
        }
    }
    // The window hears the same, in one sentence.
    for kind in [ImportKind::AwsCost, ImportKind::KiloUsage] {
        let given = [text.as_path().into(), json.as_path().into()];
        let refused = desk.headroom.import_given(kind, &given, headroom_app::How::default(), &|_| {});
        let refused = refused.expect_err("nothing").to_string();
        assert!(named[..2].iter().all(|file| refused.contains(file)), "{refused}");
    }
}

/// Two damaged bills were one: the other wasn't named, and in the window neither.
#[test]
fn each_of_several_damaged_files_is_named() {
    let desk = Desk::at(NOW);
    let bill = export(&[line("ada", "8", "700000000001", "2026-10-01", "ada", "Pro", "20.0")]);
    let report = format!("{HEADER}\n{}", row("2026-11-03", "ada", "40.5", super::P1, "PRO"));
    for (kind, text, name) in
        [("aws-cost", bill, "bill"), ("kiro-activity", report.repeat(9), "r_user_report_20261104020")]
    {
        let packed = gzip(&text);
        let [one, two] = [1, 2].map(|number| {
            write_bytes(&desk, &format!("{name}{number}.csv.gz"), &packed[..packed.len() - 8 - number])
        });
        let files = [&one, &two].map(|path| path.to_str().expect("text"));
        for run in [
            desk.run(&[&["import", kind], &files[..]].concat()),
            desk.run(&[&["import"], &files[..]].concat()),
        ] {
            assert_eq!(run.status, 2, "{run:?}");
            assert!(
                files.iter().all(|file| skipped(&run.errors).iter().any(|line| line.contains(file))),
                "{run:?}"
            );
        }
        let view = desk.headroom.look(&[one.clone(), two.clone()], None, &|_| {}).expect("a look");
        let failures = view.parts.iter().filter_map(|part| part.failure.as_ref());
        let said: Vec<_> = failures
            .map(ToString::to_string)
            .chain(view.others.iter().map(|file| file.path.clone()))
            .collect();
        assert!(files.iter().all(|file| said.concat().contains(file)), "{said:?}");
    }
}

/// "has no rows for Kiro" named the first of several files, and none beside one that has some.
#[test]
fn each_bill_without_a_row_for_kiro_is_named() {
    let desk = Desk::at(NOW);
    let bill =
        |payer: &str| export(&[line("ada", payer, "700000000001", "2026-10-01", "ada", "Pro", "20.0")]);
    let without = |payer: &str| bill(payer).replace(",Kiro,", ",AmazonEC2,");
    let one = write(&desk, "one.csv", &without("8"));
    let two = write(&desk, "two.csv", &without("9"));
    let good = write(&desk, "good.csv", &bill("7"));
    let [one, two, good] = [&one, &two, &good].map(|path| path.to_str().expect("text"));
    for files in [&[one, two][..], &[one, good, two], &[good, two, one]] {
        let run = desk.run(&[&["import", "aws-cost"], files].concat());
        assert_eq!(run.status, 0, "{run:?}");
        let lines = skipped(&run.errors);
        assert_eq!(lines.len(), 2, "{run:?}");
        assert!([one, two].iter().all(|file| lines.iter().any(|line| line.contains(file))), "{run:?}");
    }
}

/// A file that holds nothing was "1 session, 0.00 credits", and a folder without a session that can be read was a success.
#[test]
fn nothing_is_no_success() {
    let desk = Desk::at(NOW);
    let empty = write(&desk, "in/empty.csv", "");
    write(&desk, "in/b.json", "{\"a\":1}");
    let folder = desk.home().join("in");
    for kind in KINDS {
        for path in [&empty, &folder] {
            let run = desk.run(&["import", kind, path.to_str().expect("text")]);
            assert_eq!((run.status, run.output.as_str()), (2, ""), "{kind} {}: {run:?}", path.display());
        }
    }
    // A bill of which no row could be read, named alone.
    let unread = line("ada", "8", "700000000001", "2026-10-01", "ada", "Pro", "twenty");
    let bill = write(&desk, "unread.csv", &export(&[unread]));
    for kind in [&["import", "aws-cost"][..], &["import"]] {
        let run = desk.run(&[kind, &[bill.to_str().expect("text")]].concat());
        assert!(run.status == 2 && run.errors.contains("none of its rows"), "{run:?}");
    }
}
