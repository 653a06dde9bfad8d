//! What is ours on the machine is its owner's alone, and what is removed is gone.

use super::{NOW, PRO};
use acceptance::{Desk, files_in};
use headroom_app::words;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

fn mode(path: &Path) -> u32 {
    path.metadata().expect("there").mode() & 0o7777
}

/// Everything in the data folder, open to everybody.
fn open_to_everybody(desk: &Desk) {
    let data = desk.headroom.paths().data().to_owned();
    for (path, _) in files_in(&data) {
        set_mode(&path, 0o666);
    }
    for folder in [data.join("copies"), data].iter().filter(|folder| folder.exists()) {
        set_mode(folder, 0o777);
    }
}

/// What the window says of it when it is opened.
fn said(desk: &Desk) -> Vec<String> {
    desk.headroom.start(None).expect("it starts").notices.iter().map(words::say).collect()
}

#[test]
fn what_was_left_open_is_shut_once_and_said() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00")]);
    open_to_everybody(&desk);
    let desk = desk.later(NOW);
    let data = desk.headroom.paths().data().to_owned();
    assert_eq!(mode(&data), 0o700);
    let files = files_in(&data);
    assert!(files.len() >= 4, "a copy too: {}", files.len());
    for (path, _) in files {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let sentence =
        format!("Others on this machine could look into {}. Headroom has shut it to them.", data.display());
    assert_eq!(said(&desk), [sentence]);
    assert_eq!(said(&desk.later(NOW)), [""; 0], "nothing is left to say");
}

#[test]
fn a_folder_in_which_other_things_lie_stays_as_it_is_and_that_is_said() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    let data = desk.headroom.paths().data().to_owned();
    let diary = data.join("diary.txt");
    fs::write(&diary, "mine").expect("written");
    set_mode(&diary, 0o644);
    open_to_everybody(&desk);
    set_mode(&diary, 0o644);
    let desk = desk.later(NOW);
    assert_eq!((mode(&data), mode(&diary)), (0o777, 0o644), "other people's arrangements");
    assert_eq!(mode(&data.join("headroom.db")), 0o600);
    let sentence = format!(
        "Others on this machine can write to {}, and Headroom can't shut it to them.",
        data.display()
    );
    let told = said(&desk);
    assert!(told.len() == 1 && told[0].starts_with(&sentence), "{told:?}");
}

#[test]
fn what_a_link_leads_to_is_not_changed() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    let elsewhere = desk.home().join("elsewhere.txt");
    fs::write(&elsewhere, "mine").expect("written");
    set_mode(&elsewhere, 0o644);
    let data = desk.headroom.paths().data().to_owned();
    symlink(&elsewhere, data.join("headroom.link")).expect("a link");
    let desk = desk.later(NOW);
    assert_eq!(mode(&elsewhere), 0o644);
    drop(desk);
}

#[test]
fn of_an_account_that_is_removed_nothing_is_left_in_the_file() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.headroom.rename_account(account, "Unforgettable").expect("renamed");
    let session = acceptance::session("canary-of-a-session", &[("2026-11-05T09:00:00Z", "640.00")]);
    let file = desk.home().join("session.json");
    fs::write(&file, session).expect("written");
    desk.import(headroom_app::answers::ImportKind::KiroSessions, Some(&file)).expect("imported");
    let data = desk.headroom.paths().data().to_owned();
    let holding = || {
        let lies = |bytes: &[u8]| {
            ["Unforgettable", "canary-of-a-session"]
                .iter()
                .any(|canary| bytes.windows(canary.len()).any(|window| window == canary.as_bytes()))
        };
        let all = files_in(&data).into_iter().filter(|(path, _)| !path.starts_with(data.join("copies")));
        all.filter(|(_, bytes)| lies(bytes)).map(|(path, _)| path).collect::<Vec<_>>()
    };
    assert!(!holding().is_empty(), "it is there before");
    let run = desk.run(&["accounts", "remove", "Unforgettable", "--yes"]);
    assert!(
        run.output.starts_with("Unforgettable is removed. The copies of the data from before still have it"),
        "{run:?}"
    );
    assert_eq!(holding(), Vec::<PathBuf>::new());

    // The window leaves an hour to take it back; what is opened after that deletes it.
    let account = desk.facts(PRO);
    desk.headroom.rename_account(account, "Unforgettable").expect("renamed");
    desk.headroom.remove_account(account).expect("removed");
    assert!(!holding().is_empty(), "it can still be taken back");
    let desk = desk.later("2026-11-21T12:00:00Z");
    assert_eq!(holding(), Vec::<PathBuf>::new());
    drop(desk);
}

/// A file that is saved takes its place beside what a link, another name or a pipe leads to; a folder stays a folder.
#[test]
fn whatever_stands_where_something_is_saved_leads_to_nothing_else() {
    type Makes = fn(&Path, &Path);
    let ways: [(&str, Makes); 4] = [
        ("a link", |victim, place| symlink(victim, place).expect("a link")),
        ("another name of it", |victim, place| fs::hard_link(victim, place).expect("linked")),
        ("a pipe", |_, place| {
            assert!(Command::new("mkfifo").arg(place).status().expect("it runs").success());
        }),
        ("a folder", |_, place| fs::create_dir(place).expect("a folder")),
    ];
    for (what, makes) in ways {
        let desk = Desk::at(NOW);
        desk.facts(PRO);
        let victim = desk.home().join("diary.txt");
        fs::write(&victim, "mine").expect("written");
        let backed_up = desk.home().join("copy.db");
        let exported = desk.home().join("all.jsonl");
        for place in [&backed_up, &exported] {
            makes(&victim, place);
        }
        let outcomes = [desk.headroom.back_up(&backed_up), desk.headroom.export_all(&exported).map(drop)];
        assert_eq!(fs::read(&victim).expect("there"), b"mine", "{what}");
        for (outcome, place) in outcomes.iter().zip([&backed_up, &exported]) {
            let kind = fs::symlink_metadata(place).expect("something is there");
            match outcome {
                Ok(()) => assert!(kind.is_file() && mode(place) == 0o600, "{what} at {}", place.display()),
                Err(error) => {
                    assert!(!error.to_string().contains('\n') && !kind.is_file(), "{what}: {error}");
                }
            }
        }
    }
}
