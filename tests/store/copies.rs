//! Copies: made whole or not at all, proved, and kept by number and by bytes.

use super::{NOW, Place, append, moment, usage, with_account};
use headroom_store::copies::{self, Before, Copy};
use headroom_store::{Store, StoreError};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// Overwrites a page of a table that nobody reads at opening.
pub(crate) fn overwrite_a_page(path: &Path, table: &str, with: u8) {
    let connection = Connection::open(path).expect("a database");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: usize =
        connection.query_row(page, [table], |row| row.get::<_, u32>(0)).expect("a page") as usize;
    drop(connection);
    let mut bytes = fs::read(path).expect("bytes");
    bytes[(page - 1) * 4096..page * 4096].fill(with);
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_copy_holds_what_the_data_held_and_opens_in_its_place() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for index in 0..300 {
        append(&mut store, account, &usage(&format!("k{index}"), NOW, 7, Some("auto")));
    }
    let copy = store.keep_copy(Before::Import, moment(NOW)).expect("a copy");
    append(&mut store, account, &usage("later", NOW, 7, None));
    assert!(copy.path.ends_with("copies/headroom-20261121T100000Z-import.db"), "{}", copy.path.display());
    let other = Place::new();
    fs::create_dir_all(other.path.parent().expect("a folder")).expect("made");
    fs::copy(&copy.path, &other.path).expect("put in place");
    assert_eq!(other.open().usage_totals(account).expect("totals").tasks, 300);
    let names: Vec<_> = fs::read_dir(copies::folder(&place.path))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "the copy and the lock, nothing else: {names:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&copy.path), mode(&copies::folder(&place.path))), (0o600, 0o700));
    }
}

/// Copies of damaged files were said to be saved.
#[test]
fn a_copy_of_damaged_data_is_not_kept() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for index in 0..300 {
        append(&mut store, account, &usage(&format!("k{index}"), NOW, 7, None));
    }
    drop(store);
    overwrite_a_page(&place.path, "events_in_time", 0);
    let store = place.open();
    let error = store.keep_copy(Before::Day, moment(NOW)).expect_err("it is damaged");
    assert!(matches!(error, StoreError::Unsound { .. }), "{error}");
    let by_hand = place.path.with_file_name("mine.db");
    let error = store.copy_to(&by_hand).expect_err("it is damaged");
    assert!(matches!(error, StoreError::Unsound { .. }), "{error}");
    assert!(!by_hand.exists());
    assert_eq!(copies::list(&place.path).expect("copies"), []);
    let left: Vec<_> = fs::read_dir(copies::folder(&place.path)).expect("a folder").collect();
    assert_eq!(left.len(), 1, "only the lock: {left:?}");
}

#[test]
fn what_somebody_left_unproved_is_swept_and_what_is_not_ours_stays() {
    let place = Place::new();
    let (store, _) = with_account(&place);
    let folder = copies::folder(&place.path);
    fs::create_dir_all(&folder).expect("made");
    for name in ["4711.unproved", "4711.unproved-journal", "holiday.jpg"] {
        fs::write(folder.join(name), "x").expect("written");
    }
    store.keep_copy(Before::Asked, moment(NOW)).expect("a copy");
    assert!(!folder.join("4711.unproved").exists() && !folder.join("4711.unproved-journal").exists());
    assert!(folder.join("holiday.jpg").exists());
    assert_eq!(copies::list(&place.path).expect("copies").len(), 1, "and is no copy");
}

#[test]
fn a_copy_a_day_is_made_where_anything_is_recorded() {
    let place = Place::new();
    let store = place.open();
    let of_the_day =
        |store: &Store, at: &str| store.keep_copy_of_the_day(moment(at)).expect("no trouble").is_some();
    assert!(!of_the_day(&store, "2026-11-20T10:00:00Z"), "nothing is recorded");
    drop(store);
    let (store, _) = with_account(&place);
    assert!(of_the_day(&store, "2026-11-20T10:00:00Z"));
    assert!(!of_the_day(&store, "2026-11-20T23:59:59Z"));
    assert!(of_the_day(&store, "2026-11-21T00:00:00Z"));
}

/// Copies made at these moments, the newest first, as they lie in a folder.
fn made(place: &Place, moments: &[&str]) -> Vec<Copy> {
    let folder = copies::folder(&place.path);
    fs::create_dir_all(&folder).expect("made");
    for at in moments {
        let name = at.replace(['-', ':'], "");
        fs::write(folder.join(format!("headroom-{name}-day.db")), "0123456789").expect("written");
    }
    copies::list(&place.path).expect("copies")
}

fn kept(copies: &[Copy], most_bytes: u64) -> Vec<String> {
    let kept = copies.iter().zip(copies::keep(copies, most_bytes)).filter(|(_, kept)| *kept);
    kept.map(|(copy, _)| copy.made_at.to_string()).collect()
}

#[test]
fn three_of_a_day_seven_days_and_four_weeks_are_kept() {
    let place = Place::new();
    let mut moments = vec![
        "2026-11-25T09:00:00Z".to_owned(),
        "2026-11-25T10:00:00Z".to_owned(),
        "2026-11-25T11:00:00Z".to_owned(),
        "2026-11-25T12:00:00Z".to_owned(),
        "2026-11-24T08:00:00Z".to_owned(),
    ];
    moments.extend((1..=24).map(|day| format!("2026-11-{day:02}T12:00:00Z")));
    moments.extend((1..=31).map(|day| format!("2026-10-{day:02}T12:00:00Z")));
    let moments: Vec<&str> = moments.iter().map(String::as_str).collect();
    let copies = made(&place, &moments);
    let expected = [
        "2026-11-25T12:00:00Z",
        "2026-11-25T11:00:00Z",
        "2026-11-25T10:00:00Z",
        "2026-11-24T12:00:00Z",
        "2026-11-23T12:00:00Z",
        "2026-11-22T12:00:00Z",
        "2026-11-21T12:00:00Z",
        "2026-11-20T12:00:00Z",
        "2026-11-19T12:00:00Z",
        // The weeks that begin on the 9th and the 2nd; those of the 23rd and the 16th are there.
        "2026-11-15T12:00:00Z",
        "2026-11-08T12:00:00Z",
    ];
    assert_eq!(kept(&copies, u64::MAX), expected);
    assert_eq!(kept(&copies, 45), expected[..4], "as many as fit");
    assert_eq!(kept(&copies, 1), expected[..1], "and the newest whatever it has");
}

#[test]
fn a_clock_that_ran_ahead_removes_no_copy() {
    let place = Place::new();
    let copies = made(&place, &["2031-01-01T00:00:00Z", "2026-11-25T09:00:00Z", "2026-11-24T09:00:00Z"]);
    assert_eq!(kept(&copies, u64::MAX).len(), 3);
}

#[test]
fn deleting_everything_deletes_its_copies_too() {
    let place = Place::new();
    let (mut store, _) = with_account(&place);
    store.keep_copy(Before::Asked, moment(NOW)).expect("a copy");
    store.delete_all().expect("deleted");
    assert_eq!(copies::list(&place.path).expect("copies"), []);
    drop(store);
    assert_eq!(place.open().accounts().expect("accounts"), [], "and nothing says that something is missing");
}
