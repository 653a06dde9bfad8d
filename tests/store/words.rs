//! Every case there is, as it is said in each language: what happened and what helps, and nothing of the inside.

use headroom_app::{AppError, Language, words};
use headroom_exact::{Saying, say};
use headroom_store::restore::{Lost, NotRestored};
use headroom_store::{Behind, Case, Closed, Damage, Foreign, NotWritable, StoreError};
use std::path::PathBuf;

const PATH: &str = "/data/headroom.db";

fn path() -> PathBuf {
    PATH.into()
}

fn reasons() -> [NotWritable; 4] {
    [NotWritable::ReadOnlyDisk, NotWritable::NoRight, NotWritable::Full, NotWritable::Damaged]
}

fn cases() -> Vec<Case> {
    let mut cases = vec![Case::Busy, Case::Full, Case::NoRight, Case::Newer { found: 9, known: 8 }];
    let foreign = [Foreign::NotAFile, Foreign::NotADatabase, Foreign::OtherProgram, Foreign::PathTooLong]
        .map(Case::Foreign);
    let damage =
        [Damage::Beginning, Damage::CutOff, Damage::Tables, Damage::Pages, Damage::Newest, Damage::Disk];
    cases.extend(foreign);
    cases.extend([Behind::Gone, Behind::Emptied].map(Case::Behind));
    cases.extend(damage.map(Case::Damaged));
    cases
}

fn not_restored() -> Vec<NotRestored> {
    let mut all = vec![
        NotRestored::Whole(path()),
        NotRestored::InUse(path()),
        NotRestored::NoCopy(path()),
        NotRestored::NotACopy(path()),
        NotRestored::NotWritten { path: path(), why: None },
    ];
    all.extend(reasons().map(|why| NotRestored::NotWritten { path: path(), why: Some(why) }));
    all
}

/// One failure of each kind that SQLite has, with a sentence of its own as SQLite gives them.
fn of_sqlite() -> Vec<StoreError> {
    (1..=28)
        .map(|code| {
            let inside = Some("no such column: accounts.secret in SELECT rusqlite".to_owned());
            StoreError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), inside))
        })
        .chain([
            rusqlite::Error::QueryReturnedNoRows.into(),
            rusqlite::Error::InvalidColumnType(3, "body".to_owned(), rusqlite::types::Type::Blob).into(),
            rusqlite::Error::InvalidColumnName("column 9".to_owned()).into(),
            rusqlite::Error::InvalidQuery.into(),
        ])
        .collect()
}

fn everything() -> Vec<StoreError> {
    let mut all: Vec<StoreError> =
        cases().into_iter().map(|case| Closed { path: path(), case }.into()).collect();
    for why in reasons() {
        all.push(StoreError::NotWritable { path: path(), why });
        all.push(StoreError::CopyNotMade { path: path(), why: Some(why) });
    }
    all.push(StoreError::CopyNotMade { path: path(), why: None });
    all.push(StoreError::Unsound { path: path() });
    all.extend(not_restored().into_iter().map(StoreError::from));
    all.extend(of_sqlite());
    all.push(StoreError::TooLarge(1 << 80));
    all.push(StoreError::NotExact("0.0000000001".to_owned()));
    all.push(StoreError::BillNotExact("2026-11-01".parse().expect("a day")));
    all.push(StoreError::TooLong(1 << 20));
    all.push(StoreError::SameLogin("Mine".to_owned()));
    all
}

fn is_plain(text: &str) {
    let lower = text.to_lowercase();
    // "headroom.db" is the data file's own name, and the only path is the data's.
    let without_the_file = lower.replace(PATH, "");
    for word in [
        "rusqlite",
        "sql",
        "serde",
        "column",
        "line 1",
        "os error",
        "select",
        "://",
        "localhost",
        "127.0.0.1",
        "{",
        "}",
    ] {
        assert!(!lower.contains(word), "\"{word}\" in: {text}");
    }
    assert!(!without_the_file.contains('/'), "a path that isn't the data's: {text}");
    assert!(
        text.chars().next().is_some_and(|first| !first.is_lowercase()) || text.starts_with(PATH),
        "{text}"
    );
    assert!(text.ends_with(['.', '!']) || text.contains("headroom restore"), "a whole sentence: {text}");
}

#[test]
fn no_message_of_the_store_has_anything_of_the_inside() {
    let all = everything();
    assert!(all.len() > 70, "only {}", all.len());
    for error in all {
        let shown = AppError::from(error).to_string();
        is_plain(&shown);
    }
}

#[test]
fn nor_has_what_is_said_of_a_restore() {
    let lost = Lost { tasks: 1, acts: 2, answers: 1, reports: 2, bills: 1 };
    let mut said = lost.said();
    said.push(say!("lost-unknown"));
    said.push(say!("safe-mode", path = &path()));
    said.extend(reasons().map(|why| say!("nothing-recorded", reason = Saying::from(why))));
    for saying in said {
        is_plain(&words::say(&saying));
    }
}

/// "Move it away" is said for none but what is damaged beyond every copy.
#[test]
fn nobody_is_told_to_move_data_away_that_can_be_had() {
    for case in cases() {
        let shown = AppError::from(Closed { path: path(), case }).to_string();
        assert!(!shown.to_lowercase().contains("move it"), "{case:?}: {shown}");
    }
}

/// The window says the same, in each language.
#[test]
fn nor_has_any_sentence_of_any_language() {
    for language in Language::ALL.map(Language::tag) {
        let of = ["", "window/"].map(|folder| {
            let file = format!("src-tauri/crates/app/words/{folder}{language}.json");
            std::fs::read_to_string(acceptance::root().join(file)).expect("words")
        });
        let text = of.concat().to_lowercase();
        // The command of that name is for those who have the engines.
        let text = text.replace("headroom sql", "");
        for word in ["sqlite", "sql", "serde", "panick"] {
            assert!(!text.contains(word), "{language}: {word}");
        }
    }
}
