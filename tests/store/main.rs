//! The store: what is written stays, what is refused changes nothing.

mod accounts;
mod copies;
mod door;
mod identities;
mod restore;
mod snapshots;
mod sums;
mod words;

use headroom_exact::{Credits, Moment};
use headroom_store::table::accounts::{AccountId, Wanted};
use headroom_store::table::alerts::Alert;
use headroom_store::table::bills::{Bill, BillLine, Exact, KeptBill};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::snapshots::Snapshot;
use headroom_store::{Case, Closed, Store, StoreError};
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

/// After everything that is recorded here with a date.
const END: &str = "2027-01-01T00:00:00Z";
const NOW: &str = "2026-11-21T10:00:00Z";

struct Place {
    _folder: TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep").join("headroom.db");
        Self { _folder: folder, path }
    }

    fn open(&self) -> Store {
        Store::open(&self.path, moment(NOW)).to_write().expect("it opens")
    }
}

fn with_account(place: &Place) -> (Store, AccountId) {
    let mut store = place.open();
    let id = store
        .write(|writing| writing.account("kiro-individual", Wanted::Another, "Kiro", moment(NOW)))
        .expect("an account")
        .0;
    (store, id)
}

fn usage(key: &str, at: &str, hundredths: i128, model: Option<&str>) -> NewEvent {
    NewEvent {
        at: moment(at),
        kind: EventKind::Usage,
        key: key.to_owned(),
        credits: Some(Credits::from_hundredths(hundredths)),
        model: model.map(ToOwned::to_owned),
        session: None,
        source: "test",
        body: "{}".to_owned(),
    }
}

fn append(store: &mut Store, account: AccountId, event: &NewEvent) -> bool {
    store.write(|writing| writing.append(account, event, moment(NOW))).expect("it is appended")
}

#[cfg(unix)]
#[test]
fn everything_made_is_readable_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    append(&mut store, account, &usage("a", NOW, 100, None));
    let folder = place.path.parent().expect("a folder");
    let mode = |path: &std::path::Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    let mut files = 0;
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        files += 1;
    }
    assert_eq!(files, 4, "the database, its log and its index, and the file that says somebody is in");
}

#[test]
fn a_newer_file_is_refused_untouched() {
    let place = Place::new();
    drop(place.open());
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    connection.pragma_update(None, "user_version", 999).expect("a version");
    drop(connection);
    let before = std::fs::read(&place.path).expect("its bytes");
    let error = Store::open(&place.path, moment(NOW)).to_write().expect_err("it is refused");
    assert!(
        matches!(&error, StoreError::Closed(Closed { case: Case::Newer { found: 999, .. }, .. })),
        "{error}"
    );
    assert!(error.to_string().starts_with("store-newer"), "{error}");
    assert_eq!(std::fs::read(&place.path).expect("its bytes"), before, "not a byte differs");
}

#[test]
fn a_file_that_is_no_database_is_named_and_left_alone() {
    let place = Place::new();
    std::fs::create_dir_all(place.path.parent().expect("a folder")).expect("made");
    std::fs::write(&place.path, "this is a shopping list, not a database, and long enough to be read")
        .expect("written");
    let error = Store::open(&place.path, moment(NOW)).to_write().expect_err("it is refused").to_string();
    assert!(error.contains("headroom.db") && error.contains("not-a-database"), "{error}");
    assert!(std::fs::read_to_string(&place.path).expect("its text").starts_with("this is a shopping list"));
}

#[test]
fn an_event_is_appended_once_and_never_changed() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    assert!(append(&mut store, account, &usage("a", NOW, 100, None)));
    assert!(!append(&mut store, account, &usage("a", NOW, 900, None)), "the key is known");
    drop(store);
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    for statement in ["UPDATE events SET credits = 1", "DELETE FROM events"] {
        let error = connection.execute(statement, []).expect_err("it is refused").to_string();
        assert!(error.contains("only ever appended"), "{statement}: {error}");
    }
    let store = place.open();
    let kept = store.usage(account, moment("2026-01-01T00:00:00Z"), moment(NOW)).expect("usage");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].credits, Credits::from_hundredths(100));
}

#[test]
fn roll_ups_are_the_sums_of_the_events() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let mut expected = std::collections::BTreeMap::<String, (i128, u32)>::new();
    for index in 0..500_u32 {
        let day = 1 + index % 20;
        let at = format!("2026-11-{day:02}T{:02}:59:59.5Z", index % 24);
        let amount = i128::from(index * 7 % 311 + 1);
        let model = ["auto", "claude-sonnet-4.5"].get(usize::try_from(index % 3).expect("small")).copied();
        assert!(append(&mut store, account, &usage(&format!("k{index}"), &at, amount, model)));
        // A second delivery adds nothing.
        assert!(!append(&mut store, account, &usage(&format!("k{index}"), &at, amount, model)));
        let entry = expected.entry(format!("2026-11-{day:02}")).or_default();
        *entry = (entry.0 + amount, entry.1 + 1);
    }
    let days =
        store.days(account, "2026-11-01".parse().expect("a date"), "2026-11-30".parse().expect("a date"));
    let found: std::collections::BTreeMap<_, _> = days
        .expect("days")
        .into_iter()
        .map(|day| (day.date.to_string(), (day.credits.hundredths(), day.tasks)))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(store.usage_totals(account).expect("totals").tasks, 500);
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let outcome: Result<(), StoreError> = store.write(|writing| {
        writing.append(account, &usage("a", NOW, 100, None), moment(NOW))?;
        writing.append(AccountId(404), &usage("b", NOW, 100, None), moment(NOW))?;
        Ok(())
    });
    outcome.expect_err("there is no account 404");
    assert_eq!(store.usage_totals(account).expect("totals").tasks, 0, "the first event is gone too");
}

#[test]
fn removing_an_account_removes_everything_of_it_and_nothing_else() {
    let place = Place::new();
    let (mut store, first) = with_account(&place);
    let second = store
        .write(|writing| writing.account("kiro-individual", Wanted::Sample, "Sample", moment(NOW)))
        .expect("an account")
        .0;
    for account in [first, second] {
        append(&mut store, account, &usage("a", NOW, 100, None));
        let snapshot = Snapshot { fetched_at: moment(NOW), source: "test".to_owned(), body: "{}".to_owned() };
        store.write(|writing| writing.append_snapshot(account, &snapshot)).expect("a snapshot");
    }
    let remove = |store: &mut Store| store.write(|writing| writing.remove_account(second, moment(NOW)));
    assert!(remove(&mut store).expect("removed"));
    assert!(!remove(&mut store).expect("not there"));
    assert_eq!(store.accounts().expect("accounts").len(), 1, "a removed account is in no list");
    assert!(store.write(|writing| writing.restore_account(second)).expect("taken back"));
    assert!(!store.write(|writing| writing.restore_account(second)).expect("nothing to take back"));
    assert_eq!(store.usage_totals(second).expect("totals").tasks, 1, "with everything recorded of it");
    assert!(remove(&mut store).expect("removed again"));
    let purge = |store: &mut Store, by: &str| store.write(|writing| writing.purge_accounts(moment(by)));
    assert_eq!(purge(&mut store, "2026-01-01T00:00:00Z").expect("too early"), 0);
    assert_eq!(purge(&mut store, NOW).expect("purged"), 1);
    assert!(!store.write(|writing| writing.restore_account(second)).expect("gone for good"));
    assert_eq!(store.usage_totals(second).expect("totals").tasks, 0);
    assert_eq!(store.newest_snapshot(second, "test", moment(END)).expect("read"), None);
    assert_eq!(store.usage_totals(first).expect("totals").tasks, 1);
    assert!(store.newest_snapshot(first, "test", moment(END)).expect("read").is_some());
}

#[test]
fn two_processes_can_write_in_turn() {
    let place = Place::new();
    let (mut window, account) = with_account(&place);
    let mut command_line = place.open();
    for index in 0..20 {
        let store = if index % 2 == 0 { &mut window } else { &mut command_line };
        assert!(append(store, account, &usage(&format!("k{index}"), NOW, 100, None)));
    }
    assert_eq!(window.usage_totals(account).expect("totals").tasks, 20);
}

#[test]
fn the_newest_snapshot_is_kept_whole_and_the_old_ones_stay() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for (at, body) in
        [("2026-11-20T00:00:00Z", r#"{"left":1.0e3}"#), ("2026-11-21T00:00:00Z", r#"{"left":999.5}"#)]
    {
        let snapshot =
            Snapshot { fetched_at: moment(at), source: "limits".to_owned(), body: body.to_owned() };
        store.write(|writing| writing.append_snapshot(account, &snapshot)).expect("appended");
    }
    let newest = store.newest_snapshot(account, "limits", moment(END)).expect("read").expect("one");
    assert_eq!(newest.body, r#"{"left":999.5}"#);
    assert_eq!(store.newest_snapshot(account, "other", moment(END)).expect("read"), None);
}

#[test]
fn an_alert_is_sent_once_a_cycle() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let alert = |cycle: &str| Alert {
        account,
        kind: "plan-used".to_owned(),
        threshold: 80,
        cycle_start: moment(cycle),
    };
    let mut sent = |alert: &Alert| {
        store.write(|writing| writing.remember_alert(alert, moment(NOW))).expect("remembered")
    };
    assert!(sent(&alert("2026-11-01T00:00:00Z")));
    assert!(!sent(&alert("2026-11-01T00:00:00Z")));
    assert!(sent(&alert("2026-12-01T00:00:00Z")));
}

fn bill(month: &str, payer: Option<&str>, billionths: i64) -> Bill {
    let cost = Exact { billionths, fine: 999_999_999_999_999_999 };
    let line = BillLine {
        usage_account: "111".to_owned(),
        region: String::new(),
        user: "ada-1".to_owned(),
        kind: "credits".to_owned(),
        name: String::new(),
        quantity: Exact::default(),
        cost,
    };
    let month = format!("{month}-01").parse().expect("a date");
    Bill { month, payer: payer.map(str::to_owned), issue: None, lines: vec![line.clone(), line] }
}

#[test]
fn of_a_payers_month_the_last_bill_counts_and_none_is_ever_changed() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let bills = [
        bill("2026-09", None, 1),
        bill("2026-09", Some("1"), 2),
        bill("2026-09", Some("2"), 3),
        bill("2026-09", Some("2"), -4),
        bill("2026-10", Some("1"), 5),
        bill("2026-10", None, 6),
    ];
    for bill in &bills {
        store.write(|writing| writing.append_bill(account, bill, moment(NOW))).expect("appended");
    }
    let counting: Vec<_> = [1, 3, 5].into_iter().map(|index| KeptBill::Whole(bills[index].clone())).collect();
    assert_eq!(store.bills(account).expect("bills"), counting);
    assert_eq!(store.write(|writing| writing.bills(account)).expect("bills"), counting);
    store
        .write(|writing| writing.append_unreadable_bill(account, "2026-10", "{", moment(NOW)))
        .expect("kept");
    let found = store.bills(account).expect("bills");
    let october = ["2026-10-01".parse().expect("a date")];
    assert!(
        matches!(found.last(), Some(KeptBill::Unreadable { months, .. }) if *months == october),
        "{found:?}"
    );

    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    let rows = |table: &str| {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("a number")
    };
    assert_eq!((rows("bills"), rows("bill_lines")), (7, 12), "the older ones stay");
    for statement in [
        "UPDATE bills SET month = ''",
        "DELETE FROM bills",
        "UPDATE bill_lines SET cost = 1",
        "DELETE FROM bill_lines",
    ] {
        let error = connection.execute(statement, []).expect_err("it is refused").to_string();
        assert!(error.contains("only ever appended"), "{statement}: {error}");
    }
    store.write(|writing| writing.remove_account(account, moment(NOW))).expect("removed");
    store.write(|writing| writing.purge_accounts(moment(NOW))).expect("purged");
    assert_eq!((rows("bills"), rows("bill_lines")), (0, 0), "and go with their account");
}

#[test]
fn an_amount_beyond_every_bill_is_refused_and_nothing_is_written() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let bill = bill("2026-09", None, i64::MAX);
    let error = store.write(|writing| writing.append_bill(account, &bill, moment(NOW))).expect_err("refused");
    assert!(matches!(error, StoreError::BillNotExact(_)), "{error}");
    assert_eq!(store.bills(account).expect("bills"), []);
}

/// Where making the file anew fails, it isn't tried at every start.
#[test]
fn a_chore_that_failed_is_tried_again_after_a_day() {
    let place = Place::new();
    let (store, _) = with_account(&place);
    drop(store);
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    connection
        .execute_batch(
            "CREATE TABLE ballast (text TEXT); INSERT INTO chores (name) VALUES ('give-room-back')",
        )
        .expect("written");
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'ballast'";
    let page: u32 = connection.query_row(page, [], |row| row.get(0)).expect("a page");
    let page = usize::try_from(page).expect("a number");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    drop(connection);
    let mut bytes = std::fs::read(&place.path).expect("its bytes");
    bytes[(page - 1) * 4096..page * 4096].fill(0);
    std::fs::write(&place.path, bytes).expect("written");

    let mut store = place.open();
    let mut tried = |at: &str| store.do_chores(moment(at), Duration::ZERO);
    tried("2026-11-21T10:00:00Z").expect_err("a page is damaged");
    assert!(!tried("2026-11-21T10:00:01Z").expect("it isn't tried"));
    assert!(!tried("2026-11-22T09:59:59Z").expect("nor within the day"));
    tried("2026-11-22T10:00:00Z").expect_err("it is tried again");
    tried("2026-11-01T10:00:00Z").expect_err("also when the clock was set back");
}
