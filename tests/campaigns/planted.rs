//! The campaigns are tested too: each of these faults is planted in the store, and a campaign finds it.

use std::process::Command;

/// Whether a campaign finds nothing, with this fault planted.
fn passes(campaign: &str, count: &str, planted: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_campaign"))
        .args([campaign, "1", count])
        .env("HEADROOM_PLANTED", planted)
        .output()
        .expect("it runs");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn finds(campaign: &str, count: &str, planted: &str, said: &str) {
    let (passed, output) = passes(campaign, count, planted);
    assert!(!passed, "{campaign} doesn't find {planted}: {output}");
    assert!(output.contains(said), "{campaign} finds something else than {planted}: {output}");
}

#[test]
fn what_is_acknowledged_before_it_is_done_is_found() {
    finds("kill", "72", "worker:acknowledged-before-commit", "that were acknowledged");
}

#[test]
fn what_is_acknowledged_before_the_disk_has_it_is_found() {
    finds("kill", "72", "not-synchronous", "came before the disk had it");
}

#[test]
fn whoever_looks_first_and_writes_later_is_found() {
    finds("races", "24", "deferred-write", "at once: ");
}

#[test]
fn a_restore_that_takes_a_copy_as_it_is_is_found() {
    finds("damage", "80", "unchecked-restore", "failed: ");
}

#[test]
fn a_copy_that_nobody_proved_is_found() {
    finds("damage", "80", "unproved-copy", "a copy was kept that isn't whole");
}

#[test]
fn without_any_of_them_nothing_is_found() {
    for (campaign, count) in [("kill", "24"), ("races", "8"), ("damage", "40")] {
        let (passed, output) = passes(campaign, count, "none");
        assert!(passed, "{output}");
    }
}
