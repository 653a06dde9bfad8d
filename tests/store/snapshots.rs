//! Vendors' answers: kept as they were read, and bounded.

use super::{END, NOW, Place, moment, with_account};
use headroom_exact::Heard;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::{Snapshot, Span};
use headroom_store::{Store, StoreError};
use rusqlite::Connection;

fn answer(store: &mut Store, account: AccountId, at: &str, body: &str) {
    let snapshot = Snapshot { fetched_at: moment(at), source: "limits".to_owned(), body: body.to_owned() };
    store.write(|writing| writing.append_snapshot(account, &snapshot)).expect("kept");
}

fn rows(place: &Place) -> i64 {
    let connection = Connection::open(&place.path).expect("a database");
    connection.query_row("SELECT COUNT(*) FROM vendor_snapshots", [], |row| row.get(0)).expect("a number")
}

#[test]
fn an_answer_that_says_the_same_moves_when_it_was_last_given() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for minute in 0..50 {
        answer(&mut store, account, &format!("2026-11-21T10:{minute:02}:00Z"), r#"{"left":1}"#);
    }
    assert_eq!(rows(&place), 1);
    let newest =
        |store: &Store| store.newest_snapshot(account, "limits", moment(END)).expect("read").expect("one");
    assert_eq!(newest(&store).fetched_at, moment("2026-11-21T10:49:00Z"));
    answer(&mut store, account, "2026-11-21T10:50:00Z", r#"{"left":2}"#);
    answer(&mut store, account, "2026-11-21T10:51:00Z", r#"{"left":1}"#);
    assert_eq!(rows(&place), 3, "what it said before something else is another answer");
    assert_eq!(newest(&store).fetched_at, moment("2026-11-21T10:51:00Z"));
}

/// What was known at a moment is dated no later than that, and what was said from a moment on no earlier.
#[test]
fn an_answer_given_more_than_once_is_dated_by_what_is_asked() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    answer(&mut store, account, "2026-11-01T10:00:00Z", r#"{"left":1}"#);
    answer(&mut store, account, "2026-11-20T10:00:00Z", r#"{"left":1}"#);
    answer(&mut store, account, "2026-11-21T10:00:00Z", r#"{"left":2}"#);
    let text = |body: &str| Some(body.to_owned());
    let by = |at: &str| {
        let newest =
            store.newest_readable(account, "limits", Span::by(moment(at)), text, |_, _| true).expect("read");
        newest.readable.map(|(at, body)| (at.to_string(), body))
    };
    let one = |at: &str| Some((at.to_owned(), r#"{"left":1}"#.to_owned()));
    assert_eq!(by("2026-10-31T00:00:00Z"), None);
    assert_eq!(by("2026-11-10T00:00:00Z"), one("2026-11-01T10:00:00Z"));
    assert_eq!(by("2026-11-20T10:00:00Z"), one("2026-11-20T10:00:00Z"));
    let since = |at: &str| {
        let first = store.first_readable(account, "limits", (moment(at), moment(END)), text).expect("read");
        first.map(|(at, body)| (at.to_string(), body))
    };
    assert_eq!(since("2026-11-01T00:00:00Z"), one("2026-11-01T10:00:00Z"));
    assert_eq!(since("2026-11-15T00:00:00Z"), one("2026-11-20T10:00:00Z"));
    assert_eq!(since("2026-11-22T00:00:00Z"), None);
}

#[test]
fn of_answers_older_than_90_days_one_a_day_stays() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for day in 1..=3 {
        for hour in 0..24 {
            let at = format!("2026-06-{day:02}T{hour:02}:00:00Z");
            answer(&mut store, account, &at, &format!(r#"{{"left":{}}}"#, day * 100 + hour));
        }
    }
    assert_eq!(rows(&place), 72);
    answer(&mut store, account, "2026-08-31T12:00:00Z", r#"{"left":9}"#);
    assert_eq!(
        rows(&place),
        1 + 12 + 24 + 1,
        "one of the first day; of the second what is younger than that at noon"
    );
    answer(&mut store, account, NOW, r#"{"left":8}"#);
    assert_eq!(rows(&place), 3 + 2);
    let last = store
        .newest_readable(
            account,
            "limits",
            Span::by(moment("2026-06-02T23:59:59Z")),
            |body| Some(body.to_owned()),
            |_, _| true,
        )
        .expect("read");
    assert_eq!(
        last.readable.map(|(_, body)| body).as_deref(),
        Some(r#"{"left":223}"#),
        "the last of its day"
    );
    drop(store);
    let connection = Connection::open(&place.path).expect("a database");
    let refused = connection.execute("DELETE FROM vendor_snapshots", []).expect_err("refused").to_string();
    assert!(refused.contains("only ever appended"), "{refused}");
}

#[test]
fn an_answer_of_more_than_256_kib_is_refused() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let mut keep = |length: usize| {
        let body = "x".repeat(length);
        let snapshot = Snapshot { fetched_at: moment(NOW), source: "limits".to_owned(), body };
        store.write(|writing| writing.append_snapshot(account, &snapshot))
    };
    keep(256 * 1024).expect("just so");
    assert!(matches!(keep(256 * 1024 + 1), Err(StoreError::TooLong(262_145))));
    assert_eq!(rows(&place), 1);
}

/// A clock that was a year ahead wrote an answer. Once it is right that one is none, what comes after it leads, and what
/// says the same again and again is kept once.
#[test]
fn an_answer_from_the_future_is_none_and_keeps_no_other_out() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    answer(&mut store, account, "2026-11-20T10:00:00Z", r#"{"left":3}"#);
    answer(&mut store, account, "2027-11-20T10:00:00Z", r#"{"left":2}"#);
    let newest = |store: &Store, by: &str| {
        let newest = store.newest_snapshot(account, "limits", moment(by)).expect("read").expect("one");
        (newest.fetched_at.to_string(), newest.body)
    };
    assert_eq!(newest(&store, NOW).1, r#"{"left":3}"#);
    assert_eq!(store.last_recorded().expect("read"), Some(Heard::at(moment("2027-11-20T10:00:00Z"))));
    for minute in 0..20 {
        answer(&mut store, account, &format!("2026-11-21T10:{minute:02}:00Z"), r#"{"left":2}"#);
    }
    assert_eq!(rows(&place), 3);
    assert_eq!(newest(&store, END), ("2026-11-21T10:19:00Z".to_owned(), r#"{"left":2}"#.to_owned()));
    assert_eq!(store.last_recorded().expect("read"), Some(Heard::at(moment("2026-11-21T10:19:00Z"))));
}

/// The same where it only said again what was kept already: when it was last given would lie ahead for a year.
#[test]
fn when_an_answer_was_last_given_comes_back_from_the_future() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for at in ["2026-11-20T10:00:00Z", "2027-11-20T10:00:00Z", "2026-11-21T10:00:00Z"] {
        answer(&mut store, account, at, r#"{"left":2}"#);
    }
    let newest = store.newest_snapshot(account, "limits", moment(END)).expect("read").expect("one");
    assert_eq!((rows(&place), newest.fetched_at), (1, moment("2026-11-21T10:00:00Z")));
}
