//! Restoring: a good copy takes the place of what is damaged, and what can be read that is newer comes back.

use super::copies::overwrite_a_page;
use super::{NOW, Place, append, bill, moment, usage, with_account};
use headroom_exact::{Credits, say};
use headroom_store::copies::{self, Before};
use headroom_store::restore::{self, NotRestored, Restored};
use headroom_store::table::accounts::{AccountId, Wanted};
use headroom_store::table::breakdown::{Apart, Used};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::scenarios::SavedScenario;
use headroom_store::table::snapshots::Snapshot;
use headroom_store::{Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};

const LATER: &str = "2026-11-21T12:00:00Z";

fn restored(place: &Place) -> Restored {
    restore::restore(&place.path, None, moment(LATER)).expect("restored")
}

fn refusal(place: &Place, named: Option<&Path>) -> NotRestored {
    match restore::restore(&place.path, named, moment(LATER)) {
        Err(StoreError::Restore(refusal)) => refusal,
        other => panic!("a refusal, not {other:?}"),
    }
}

/// Two hundred tasks, a copy, then some of everything; the damage comes after that.
fn with_history() -> (Place, AccountId) {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for index in 0..200 {
        append(&mut store, account, &usage(&format!("k{index}"), NOW, 10, Some("auto")));
    }
    store.keep_copy(Before::Day, moment(NOW)).expect("a copy");
    for index in 0..12 {
        append(&mut store, account, &usage(&format!("new{index}"), LATER, 10, Some("auto")));
    }
    let facts = NewEvent {
        kind: EventKind::Facts,
        credits: None,
        body: r#"{"plan":"pro"}"#.to_owned(),
        ..usage("facts", LATER, 0, None)
    };
    append(&mut store, account, &facts);
    let later = moment(LATER);
    store
        .write(|writing| {
            let (team, _) = writing.account("kilo-teams", Wanted::Known("org-1"), "Team", later)?;
            writing.append_bill(team, &bill("2026-09", Some("1"), 2), later)?;
            let body = r#"{"left":1}"#.to_owned();
            writing.append_snapshot(
                account,
                &Snapshot { fetched_at: later, source: "limits".to_owned(), body },
            )?;
            writing.rename_account(account, "Ada's Kiro")?;
            writing.set_setting("theme", "dark")?;
            writing.save_scenario(
                account,
                &SavedScenario { name: "q".to_owned(), body: "{}".to_owned() },
                later,
            )
        })
        .expect("written");
    (place, account)
}

fn is_whole_again(place: &Place, account: AccountId, tasks: u32) {
    let store = place.open();
    assert_eq!(store.usage_totals(account).expect("totals").tasks, tasks);
    let all =
        store.usage(account, moment("2026-01-01T00:00:00Z"), moment("2027-01-01T00:00:00Z")).expect("usage");
    let sum = all.iter().fold(Credits::ZERO, |sum, usage| sum.plus(usage.credits));
    assert_eq!(sum, Credits::from_hundredths(i128::from(tasks) * 10), "sums and tasks agree");
    for by in [Apart::Model, Apart::Session] {
        let (from, to) = (moment("2026-01-01T00:00:00Z").date(), moment("2027-01-01T00:00:00Z").date());
        let used = Used::all(&store.used_by(account, from, to, by).expect("sums")).expect("tasks");
        assert_eq!((used.metered, used.tasks), (sum, u64::from(tasks)), "by {by:?}");
    }
    store.keep_copy(Before::Asked, moment(LATER)).expect("it is sound");
}

#[test]
fn a_damaged_file_is_restored_with_everything_newer_that_can_be_read() {
    let (place, account) = with_history();
    overwrite_a_page(&place.path, "events_in_time", 0xff);
    let before = fs::read(&place.path).expect("bytes");
    let told = restored(&place);
    assert_eq!(told.copied_at, Some(moment(NOW)));
    let merged = &told.merged;
    assert_eq!((merged.tasks, merged.acts, merged.answers, merged.bills, merged.accounts), (12, 1, 1, 1, 1));
    assert!(merged.complete, "only an index was damaged");
    let parts = vec![
        say!("restored-tasks", count = 12_u64),
        say!("restored-acts", count = 1_u64),
        say!("restored-answers", count = 1_u64),
        say!("restored-bills", count = 1_u64),
        say!("restored-accounts", count = 1_u64),
    ];
    let sentences = vec![
        say!("restored-copy", at = moment(NOW)),
        say!("restored-newer", parts),
        say!("restored-damaged-kept", path = &told.damaged),
    ];
    assert_eq!(told.told(), sentences);
    is_whole_again(&place, account, 212);
    let store = place.open();
    let team = store.accounts().expect("accounts").into_iter().find(|account| account.kind == "kilo-teams");
    let team = team.expect("the team");
    assert_eq!(store.bills(team.id).expect("bills").len(), 1);
    assert!(matches!(
        store.bills(team.id).expect("bills")[0],
        headroom_store::table::bills::KeptBill::Whole(_)
    ));
    assert_eq!(store.live_state(team.id).expect("a state").identity.as_deref(), Some("org-1"));
    assert_eq!(store.account(account).expect("read").expect("there").name, "Ada's Kiro");
    assert_eq!(store.setting("theme").expect("read").as_deref(), Some("dark"));
    assert_eq!(store.scenarios(account).expect("read").len(), 1);
    assert_eq!(fs::read(told.damaged.join("headroom.db")).expect("kept"), before, "as it was");
    assert!(!place.path.with_file_name("headroom.db-restored").exists());
}

#[test]
fn what_is_cut_off_zeroed_emptied_or_gone_is_restored() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 6] = [
        ("cut off", |path| {
            let bytes = fs::read(path).expect("bytes");
            fs::write(path, &bytes[..bytes.len() / 2]).expect("written");
        }),
        ("its header zeroed", |path| {
            let mut bytes = fs::read(path).expect("bytes");
            bytes[..100].fill(0);
            fs::write(path, bytes).expect("written");
        }),
        ("zeroed", |path| {
            let length = fs::read(path).expect("bytes").len();
            fs::write(path, vec![0; length]).expect("written");
        }),
        ("emptied", |path| fs::write(path, "").expect("written")),
        ("gone", |path| fs::remove_file(path).expect("removed")),
        ("its tasks overwritten", |path| overwrite_a_page(path, "events", 0xff)),
    ];
    for (name, damage) in damages {
        let (place, account) = with_history();
        let connection = rusqlite::Connection::open(&place.path).expect("a database");
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
        drop(connection);
        damage(&place.path);
        let told = restored(&place);
        assert_eq!(told.copied_at, Some(moment(NOW)), "{name}");
        let tasks = 200 + u32::try_from(told.merged.tasks).expect("few");
        is_whole_again(&place, account, tasks);
        if name == "its header zeroed" {
            assert_eq!(told.merged.tasks, 12, "everything but the header can be read");
        } else {
            let lost = told.lost.is_none_or(|lost| !lost.said().is_empty());
            assert!(!told.merged.complete && lost, "{name}: {told:?}");
        }
    }
}

/// A bit that changes a task's key makes no second task of it.
#[test]
fn a_damaged_row_that_the_copy_has_is_as_it_is_there() {
    let (place, account) = with_history();
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    connection
        .execute_batch(
            "DROP TRIGGER events_are_not_changed; UPDATE events SET key = 'j0', credits = 9900 WHERE key = 'k0';
             PRAGMA wal_checkpoint(TRUNCATE)",
        )
        .expect("changed");
    drop(connection);
    overwrite_a_page(&place.path, "events_in_time", 0);
    restored(&place);
    is_whole_again(&place, account, 212);
}

#[test]
fn a_damaged_copy_is_passed_over() {
    let (place, account) = with_history();
    let store = place.open();
    let newer = store.keep_copy(Before::Asked, moment("2026-11-21T11:00:00Z")).expect("a copy");
    drop(store);
    overwrite_a_page(&newer.path, "events", 0xff);
    fs::write(&place.path, "").expect("emptied");
    let told = restored(&place);
    assert_eq!((told.copied_at, told.damaged_copies), (Some(moment(NOW)), 1));
    is_whole_again(&place, account, 200);
}

#[test]
fn without_a_good_copy_what_can_be_read_is_put_into_a_new_file() {
    let (place, account) = with_history();
    fs::remove_dir_all(copies::folder(&place.path)).expect("gone");
    overwrite_a_page(&place.path, "events_in_time", 0);
    let told = restored(&place);
    assert_eq!((told.copied_at, told.merged.tasks), (None, 212));
    is_whole_again(&place, account, 212);
}

#[test]
fn where_nothing_can_be_read_everything_stays_as_it_is() {
    let (place, _) = with_history();
    fs::remove_dir_all(copies::folder(&place.path)).expect("gone");
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    drop(connection);
    let zeros = vec![0; 8192];
    fs::write(&place.path, &zeros).expect("written");
    assert_eq!(refusal(&place, None), NotRestored::NoCopy(place.path.clone()));
    assert_eq!(fs::read(&place.path).expect("bytes"), zeros);
    assert_eq!(damaged_folders(&place), Vec::<PathBuf>::new());
}

#[test]
fn what_is_whole_in_use_or_not_ours_is_not_restored() {
    let (place, account) = with_history();
    assert_eq!(refusal(&place, None), NotRestored::Whole(place.path.clone()));
    let store = place.open();
    assert_eq!(refusal(&place, None), NotRestored::InUse(place.path.clone()));
    drop(store);
    is_whole_again(&place, account, 212);
    fs::write(&place.path, "").expect("emptied");
    let connection = rusqlite::Connection::open(&place.path).expect("a database");
    connection.execute_batch("PRAGMA application_id = 7; CREATE TABLE t (a)").expect("another program's");
    drop(connection);
    let before = fs::read(&place.path).expect("bytes");
    for named in [None, Some(copies::list(&place.path).expect("copies")[0].path.clone())] {
        let error = restore::restore(&place.path, named.as_deref(), moment(LATER)).expect_err("not ours");
        assert!(matches!(error, StoreError::Closed(_)), "{error}");
        assert_eq!(fs::read(&place.path).expect("bytes"), before);
    }
}

#[test]
fn a_copy_that_is_named_takes_the_place_of_whole_data_as_it_is() {
    let (place, account) = with_history();
    let copy = copies::list(&place.path).expect("copies").pop().expect("one").path;
    let told = restore::restore(&place.path, Some(&copy), moment(LATER)).expect("restored");
    assert_eq!(told.copied_at, Some(moment(NOW)));
    is_whole_again(&place, account, 200);
    assert_eq!(place.open().setting("theme").expect("read"), None, "nothing is merged");
    let list = place.path.with_file_name("list.txt");
    fs::write(&list, "milk").expect("written");
    assert_eq!(refusal(&place, Some(&list)), NotRestored::NotACopy(list));
    is_whole_again(&place, account, 200);
}

fn damaged_folders(place: &Place) -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(place.path.parent().expect("a folder"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("damaged-")))
        .collect();
    folders.sort();
    folders
}

#[test]
fn three_folders_of_damaged_files_are_kept() {
    let (place, _) = with_history();
    for round in 0..5 {
        fs::write(&place.path, "").expect("emptied");
        let at = moment(LATER).plus_seconds(round * 60);
        restore::restore(&place.path, None, at).expect("restored");
    }
    let folders = damaged_folders(&place);
    assert_eq!(folders.len(), 3, "{folders:?}");
    assert!(folders[2].ends_with("damaged-20261121T120400Z"), "{folders:?}");
}

/// Killed after it was made whole and before it took its place: the next opening finishes it, without the old log.
#[test]
fn a_restore_that_was_cut_short_is_finished_by_the_next_opening() {
    let (place, account) = with_history();
    let copy = copies::list(&place.path).expect("copies").pop().expect("one").path;
    let store = place.open();
    let log = fs::read(place.path.with_file_name("headroom.db-wal")).unwrap_or_default();
    drop(store);
    fs::copy(&copy, place.path.with_file_name("headroom.db-restored")).expect("ready");
    fs::write(place.path.with_file_name("headroom.db-wal"), log).expect("the old log");
    fs::write(&place.path, "the damaged file").expect("damaged");
    let reader = Store::open_to_read(&place.path).to_read().expect("whoever only reads finds it too");
    assert_eq!(reader.usage_totals(account).expect("totals").tasks, 200);
    drop(reader);
    is_whole_again(&place, account, 200);
}

#[test]
fn no_refusal_speaks_of_what_the_data_is_kept_with() {
    let path = PathBuf::from("/home/ada/headroom.db");
    for refusal in [
        NotRestored::Whole(path.clone()),
        NotRestored::InUse(path.clone()),
        NotRestored::NoCopy(path.clone()),
        NotRestored::NotACopy(path.clone()),
        NotRestored::NotWritten { path, why: None },
    ] {
        let text = refusal.to_string().to_lowercase();
        for word in ["sql", "serde", "column", "wal"] {
            assert!(!text.contains(word), "\"{word}\" in: {text}");
        }
    }
}

/// Nobody who is in is left with files that were replaced under them.
#[test]
fn whoever_reads_while_it_is_restored_is_told_or_reads_a_whole_moment() {
    let (place, account) = with_history();
    let reader = Store::open_to_read(&place.path).to_read().expect("open");
    assert_eq!(refusal(&place, None), NotRestored::InUse(place.path.clone()));
    assert_eq!(reader.usage_totals(account).expect("totals").tasks, 212);
}

/// Puts something there.
type Put = fn(&Path);

/// Something else under the name of what a restore left unfinished took the data's place.
#[test]
fn only_what_a_restore_made_takes_the_place_of_the_data() {
    let (place, account) = with_history();
    let ready = place.path.with_file_name("headroom.db-restored");
    let others: [(&str, Put); 3] = [
        ("a text", |path| fs::write(path, "milk, eggs").expect("written")),
        ("a link", |path| std::os::unix::fs::symlink("/dev/zero", path).expect("a link")),
        ("another program's database", |path| {
            let other = rusqlite::Connection::open(path).expect("a database");
            other.execute_batch("CREATE TABLE messages (body TEXT)").expect("made");
        }),
    ];
    for (name, put) in others {
        put(&ready);
        assert_eq!(place.open().usage_totals(account).expect("totals").tasks, 212, "{name}");
        assert!(fs::symlink_metadata(&ready).is_ok(), "{name}: nobody touches what isn't ours");
        fs::remove_file(&ready).expect("removed");
    }
}
