//! Reports as files: bounded, for their owner, told once.

use super::*;
use std::collections::BTreeSet;

fn numbers(folder: &Path) -> Vec<ReportNumber> {
    list(folder).into_iter().map(|report| report.number).collect()
}

#[test]
fn the_newest_twenty_are_kept_for_their_owner_alone() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("data/reports");
    let written: Vec<_> = (0..30)
        .map(|turn| write(&folder, |number| format!("report {number}, turn {turn}")).expect("written"))
        .collect();
    let there: BTreeSet<_> = numbers(&folder).into_iter().collect();
    assert_eq!(there, written[10..].iter().copied().collect(), "the newest stay");
    assert_eq!(written.iter().collect::<BTreeSet<_>>().len(), 30, "each has a number of its own");
    #[cfg(unix)]
    for path in list(&folder).into_iter().map(|report| report.path).chain([folder]) {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn a_report_is_told_once_read_and_deleted() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("reports");
    let number = write(&folder, |number| format!("report {number}")).expect("written");
    let [report] = &list(&folder)[..] else { panic!("one report") };
    assert_eq!((report.number, report.told, &report.text), (number, false, &format!("report {number}")));
    told(&folder, &[number]);
    assert!(list(&folder)[0].told);
    told(&folder, &[number]);
    assert_eq!(numbers(&folder), [number], "telling it again changes nothing");
    delete(&folder, number).expect("deleted");
    delete(&folder, number).expect("deleted already");
    assert_eq!(numbers(&folder), []);
}

#[test]
fn whatever_else_lies_there_is_no_report_and_stays() {
    let home = tempfile::tempdir().expect("a folder");
    let foreign = ["notes.txt", "12.txt", "123456.pdf", "1234567.new", "١٢٣٤٥٦.txt"];
    for name in foreign {
        fs::write(home.path().join(name), "mine").expect("written");
    }
    fs::create_dir(home.path().join("123456.txt")).expect("made");
    assert_eq!(list(home.path()), []);
    for _ in 0..25 {
        write(home.path(), |_| "ours".to_owned()).expect("written");
    }
    assert!(foreign.iter().all(|name| home.path().join(name).exists()));
    assert_eq!(list(home.path()).len(), MOST_REPORTS);
}

#[test]
fn a_number_is_read_as_it_is_written() {
    let number = ReportNumber::any();
    assert_eq!(ReportNumber::read(&number.to_string()), Some(number));
    for text in ["", "12345", "+12345", "1234567", "../../", "12345a"] {
        assert_eq!(ReportNumber::read(text), None, "{text}");
    }
}
