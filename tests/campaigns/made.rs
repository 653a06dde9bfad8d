//! Data to try faults on.

use acceptance::{AS_THE_SEVENTH_FORMAT_WAS, session};
use headroom_exact::{Credits, Moment};
use headroom_store::copies::Before;
use headroom_store::table::accounts::{AccountId, Wanted};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::{Store, StoreError};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

pub const TASKS: usize = 25;
/// What was recorded after the copy.
pub const NEWER: usize = 5;

pub fn now() -> Moment {
    "2026-11-21T10:00:00Z".parse().expect("a moment")
}

pub fn database(folder: &Path) -> PathBuf {
    folder.join("headroom.db")
}

pub fn task(key: &str) -> NewEvent {
    NewEvent {
        at: now(),
        kind: EventKind::Usage,
        key: key.to_owned(),
        credits: Some(Credits::from_hundredths(100)),
        model: Some("auto".to_owned()),
        session: None,
        source: "campaign",
        body: r#"{"text":"some of it, so that pages are filled with more than numbers"}"#.to_owned(),
    }
}

/// Records tasks of the first account.
pub fn record(store: &mut Store, keys: impl Iterator<Item = String>) -> Result<AccountId, StoreError> {
    store.write(|writing| {
        let (account, _) = writing.account("kiro-individual", Wanted::First, "Kiro", now())?;
        for key in keys {
            writing.append(account, &task(&key), now())?;
        }
        Ok(account)
    })
}

/// Data with tasks, a copy of it, and some tasks after that.
pub fn with_a_copy(folder: &Path) {
    let mut store = Store::open(&database(folder), now()).to_write().expect("it opens");
    record(&mut store, (0..TASKS).map(|index| format!("k{index}"))).expect("recorded");
    store.keep_copy(Before::Day, now()).expect("a copy");
    record(&mut store, (0..NEWER).map(|index| format!("n{index}"))).expect("recorded");
}

/// The same with its header zeroed: the rest can be read.
pub fn damaged(folder: &Path) {
    with_a_copy(folder);
    let path = database(folder);
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[..100].fill(0);
    fs::write(path, bytes).expect("written");
}

/// Data as the version before left it.
pub fn older(folder: &Path) {
    let mut store = Store::open(&database(folder), now()).to_write().expect("it opens");
    record(&mut store, (0..TASKS).map(|index| format!("k{index}"))).expect("recorded");
    drop(store);
    let connection = Connection::open(database(folder)).expect("a database");
    connection.execute_batch(AS_THE_SEVENTH_FORMAT_WAS).expect("an older form");
}

/// A session of Kiro's with that many tasks.
pub fn sessions(folder: &Path) {
    let turns: Vec<_> = (0..TASKS).map(|index| format!("2026-11-05T09:{index:02}:00Z")).collect();
    let turns: Vec<_> = turns.iter().map(|at| (at.as_str(), "1.00")).collect();
    let place = folder.join("sessions");
    fs::create_dir_all(&place).expect("a folder");
    fs::write(place.join("one.json"), session("one", &turns)).expect("written");
}

/// The first account's tasks; none without an account.
pub fn tasks(store: &Store) -> Result<usize, String> {
    let accounts = store.accounts().map_err(|error| error.to_string())?;
    match accounts.as_slice() {
        [] => Ok(0),
        [account] => {
            let totals = store.usage_totals(account.id).map_err(|error| error.to_string())?;
            Ok(usize::try_from(totals.tasks).expect("few"))
        }
        more => Err(format!("{} accounts", more.len())),
    }
}

/// Every record as text.
pub fn records(store: &Store) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    store.write_all(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}

/// Everything in a folder and below it, with its bytes.
pub fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let metadata = path.symlink_metadata().expect("there");
        if metadata.is_dir() {
            found.push((path.clone(), Vec::new()));
            found.extend(everything(&path));
        } else {
            let bytes = if metadata.is_file() { fs::read(&path).expect("bytes") } else { Vec::new() };
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}
