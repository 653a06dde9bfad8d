//! What commits are called.

use acceptance::root;
use std::process::Command;

/// The longest title: what git and its viewers show of one in a line.
const LETTERS: usize = 72;

/// Since when this is looked at, in seconds since 1970: what was committed before is called what it is called.
const SINCE: i64 = 1_795_683_600; // 2026-11-26 09:00 UTC

/// The titles that are too long, of lines as git writes them: when, and the title.
fn too_long(log: &str) -> Vec<&str> {
    let lines = log.lines().filter_map(|line| line.split_once(' '));
    lines
        .filter(|(at, _)| at.parse().is_ok_and(|at: i64| at > SINCE))
        .map(|(_, title)| title)
        .filter(|title| title.chars().count() > LETTERS)
        .collect()
}

/// Of as much of the history as there is: a shallow clone has the newest of it, an archive none.
#[test]
fn no_commit_has_a_title_longer_than_72_letters() {
    let git = |arguments: &[&str]| Command::new("git").args(arguments).current_dir(root()).output();
    let log = git(&["-c", "safe.directory=*", "log", "--format=%at %s"]);
    let log = log.ok().filter(|log| log.status.success()).map(|log| log.stdout).unwrap_or_default();
    assert_eq!(too_long(&String::from_utf8_lossy(&log)), [""; 0]);
}

#[test]
fn a_title_that_is_too_long_is_noticed() {
    let (fits, long) = ("Ä".repeat(LETTERS), "x".repeat(LETTERS + 1));
    let (before, after) = (SINCE, SINCE + 1);
    let history = format!("{after} {fits}\n{after} {long}\n{before} {long}\n\nno line of git's\n");
    assert_eq!(too_long(&history), [long.as_str()]);
}
