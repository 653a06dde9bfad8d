//! The campaigns with small counts, so that every run of the tests tries some of each.

use std::process::Command;

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

#[test]
fn what_is_not_ours_is_left_alone() {
    campaign("foreign", "1", "24");
}

#[test]
fn whoever_is_killed_leaves_data_that_is_whole() {
    campaign("kill", "1", "48");
}

#[test]
fn several_at_once_get_in_each_others_way_nowhere() {
    campaign("races", "1", "12");
}
