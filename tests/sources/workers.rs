//! Files that a process of its own reads: what it is given, and what becomes of an import when it doesn't do its work.
//! Programs that behave badly stand for one that was taken over, or that the system ended.

use acceptance::{Desk, fixture};
use headroom_app::ErrorCode;
use headroom_app::answers::ImportKind;
use std::cell::Cell;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const NOW: &str = "2026-11-20T12:00:00Z";

/// A desk whose workers are this script, and a file that it writes to.
fn desk(script: &str) -> (Desk, PathBuf) {
    let desk = Desk::at(NOW);
    let (program, told) = (desk.home().join("worker"), desk.home().join("told"));
    let script = format!("#!/bin/sh\ntold='{}'\n{script}\n", told.display());
    fs::write(&program, script).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("executable");
    (desk.opened_with(|paths| paths.with_worker(program)), told)
}

/// An export that a worker reads.
fn export() -> PathBuf {
    fixture("aws-cost/cur2.snappy.parquet")
}

#[test]
fn a_worker_is_given_its_file_and_nothing_else() {
    let (desk, told) =
        desk(r#"{ echo "$@"; pwd; readlink /proc/$$/fd/0; env; echo; readlink /proc/$$/fd/*; } >"$told""#);
    let opened = fs::File::open(export()).expect("this process has other files open");
    let refused = desk.import(ImportKind::AwsCost, Some(&export())).expect_err("it says nothing");
    assert!(refused.to_string().contains("cur2.snappy.parquet"), "{refused}");
    drop(opened);
    let told = fs::read_to_string(told).expect("it was started");
    let mut lines = told.lines();
    let file = fs::canonicalize(export()).expect("there").display().to_string();
    let arguments = lines.next().expect("its arguments");
    assert!(arguments.starts_with("read-for-headroom cost-parquet 8 "), "{arguments}");
    assert_eq!(lines.next(), Some("/"), "it stands in no folder of anybody's");
    assert_eq!(lines.next(), Some(file.as_str()), "its input is the file");
    let environment: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    // A shell says by itself where it stands and what it runs.
    let of_the_shell =
        |line: &&str| ["PWD=", "OLDPWD=", "SHLVL=", "_="].iter().any(|name| line.starts_with(name));
    assert!(environment.iter().all(of_the_shell), "{environment:?}");
    let open: Vec<_> = lines.collect();
    assert_eq!(open.iter().filter(|name| **name == file).count(), 1, "the file once: {open:?}");
    assert!(!open.iter().any(|name| name.contains("headroom.db")), "nothing of our own: {open:?}");
}

#[test]
fn stopping_an_import_ends_its_worker_at_once() {
    let (desk, told) = desk(r#"echo $$ >"$told"; exec tail -f /dev/null"#);
    let stopped = Cell::new(false);
    let outcome = desk.headroom.import(ImportKind::AwsCost, Some(&export()), None, &|_| {
        // It is asked again and again whether to go on: once the worker runs, it isn't.
        if fs::read_to_string(&told).is_ok_and(|number| number.ends_with('\n')) {
            stopped.set(true);
            desk.headroom.stop_import();
        }
    });
    assert_eq!(outcome.expect_err("stopped").code, ErrorCode::Stopped);
    assert!(stopped.get());
    let number = fs::read_to_string(&told).expect("it was started");
    assert!(!Path::new("/proc").join(number.trim()).exists(), "it is gone, and nothing is left of it");
}

#[test]
fn a_worker_that_fails_is_told_in_one_line_and_nothing_changes() {
    for (script, reason) in [
        ("exit 0", "takes too much memory to read"),
        ("kill -ABRT $$", "takes too much memory to read"),
        ("kill -XCPU $$", "takes too much time to read"),
        (r"printf '\377\377\377\377'; exec cat /dev/zero", "takes too much memory to read"),
        ("exec cat /dev/zero", "what is read of it makes no sense"),
        (r#"printf '\023\000\000\000{"failed":"memory"}'"#, "takes too much memory to read"),
    ] {
        let (desk, _) = desk(script);
        let refused = desk.import(ImportKind::AwsCost, Some(&export())).expect_err(script);
        assert_eq!(refused.code, ErrorCode::Outside, "{script}");
        assert!(refused.to_string().contains(reason), "{script}: {refused}");
        assert!(
            refused.to_string().contains("cur2.snappy.parquet") && !refused.to_string().contains('\n'),
            "{refused}"
        );
        assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty(), "{script}");
    }
}

#[test]
fn what_was_imported_before_stays_when_a_worker_fails() {
    let desk = Desk::at(NOW);
    let account = desk.import(ImportKind::AwsCost, Some(&export())).expect("an import").account;
    let before = desk.organisation(account).bill.expect("a bill").total;
    let program = desk.home().join("nowhere");
    let desk = desk.opened_with(|paths| paths.with_worker(program));
    let refused = desk.import(ImportKind::AwsCost, Some(&export())).expect_err("no worker");
    assert!(refused.to_string().contains("the program that reads it could not be started"), "{refused}");
    assert_eq!(desk.organisation(account).bill.expect("a bill").total, before);
}
