//! The campaigns with small counts, so that every run of the tests tries some of each.

use acceptance::{Desk, session};
use headroom_app::answers::ImportKind;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn campaign(name: &str, seed: &str, count: &str) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_campaign")).args([name, seed, count]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}");
    assert!(said.contains(&format!("seed {seed}: {count} tried, 0 failed")), "{said}");
}

#[test]
fn damaged_files_are_told_and_restored() {
    campaign("damage", "1", "60");
}

/// Of a thousand changed files no total changes without a word.
#[test]
fn no_changed_file_changes_a_total_without_a_word() {
    campaign("files", "1", "1000");
}

#[test]
fn what_is_not_ours_is_left_alone() {
    campaign("foreign", "1", "24");
}

/// A thousand changed answers of each source.
#[test]
fn no_changed_answer_changes_a_figure_without_a_reason() {
    campaign("forms", "1", "5000");
}

/// A hundred questions with each command.
#[test]
fn whatever_a_page_asks_is_answered_and_nothing_is_done_that_nobody_agreed_to() {
    campaign("ipc", "1", "6000");
}

#[test]
fn whoever_is_killed_leaves_data_that_is_whole() {
    campaign("kill", "1", "48");
}

#[test]
fn several_at_once_get_in_each_others_way_nowhere() {
    campaign("races", "1", "12");
}

#[test]
fn a_system_call_that_fails_loses_nothing_and_is_told() {
    campaign("syscall", "1", "60");
}

#[test]
fn wherever_data_lies_it_is_kept_or_it_is_told_why_not() {
    campaign("places", "1", "40");
}

#[test]
fn a_server_that_does_everything_wrong_costs_neither_time_nor_memory_nor_figures() {
    campaign("network", "1", "48");
}

#[test]
fn a_clock_that_was_wrong_leads_and_silences_nobody() {
    campaign("clock", "1", "24");
}

/// Data with one account and its tasks, as it lies there when nobody has it open.
fn data() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "US", "overage_enabled": false}"#,
    );
    let file = folder.path().join("one.json");
    fs::write(&file, session("one", &[("2026-11-20T09:00:00Z", "12.50")])).expect("written");
    desk.import(ImportKind::KiroSessions, Some(&file)).expect("imported");
    let from = desk.headroom.paths().database();
    drop(desk.headroom);
    fs::copy(from, folder.path().join("headroom.db")).expect("copied");
    folder
}

/// Runs a command through a shell that takes something from it first.
fn under(shell: &str, command: &str, folder: &Path) -> Output {
    Command::new("sh")
        .args(["-c", shell, "sh", env!("CARGO_BIN_EXE_campaign"), "worker", command])
        .arg(folder)
        .output()
        .expect("a shell")
}

/// `status` failed where nothing could be written.
#[test]
fn status_answers_where_the_disk_is_full_and_says_what_it_can_not_do() {
    let folder = data();
    // No file may grow any more, and whoever tries is told instead of ended.
    let full = r#"trap "" XFSZ; ulimit -f 0; exec "$@""#;
    let ran = under(full, "status", folder.path());
    let (output, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{errors}");
    assert!(output.contains("987.50 credits"), "{output}");
    assert!(errors.contains("Nothing can be saved: the disk is full"), "{errors}");
    let ran = under(full, "facts,--plan,power", folder.path());
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert!(!ran.status.success() && errors.contains("full"), "{errors}");
    assert!(!errors.to_lowercase().contains("sql"), "{errors}");
}
