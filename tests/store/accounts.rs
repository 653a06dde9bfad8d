//! Accounts: one way to make one, inside the write, so that none is made twice.

use super::{NOW, Place, moment, with_account};
use headroom_store::table::accounts::{AccountId, Wanted};
use headroom_store::{Store, StoreError};
use rusqlite::Connection;
use std::sync::Barrier;
use std::thread;

#[test]
fn four_imports_at_once_into_a_new_file_make_one_account_with_every_task_once() {
    for round in 0..4 {
        let place = Place::new();
        let barrier = Barrier::new(4);
        let import = || {
            barrier.wait();
            let mut store = Store::open(&place.path, moment(NOW)).to_write()?;
            store.write(|writing| {
                let (id, _) = writing.account("kiro-individual", Wanted::First, "Kiro", moment(NOW))?;
                for index in 0..25 {
                    writing.append(id, &super::usage(&format!("k{index}"), NOW, 100, None), moment(NOW))?;
                }
                Ok::<_, StoreError>(id)
            })
        };
        let ids: Vec<AccountId> = thread::scope(|scope| {
            let running: Vec<_> = (0..4).map(|_| scope.spawn(import)).collect();
            running.into_iter().map(|thread| thread.join().expect("no panic").expect("imported")).collect()
        });
        let store = place.open();
        let accounts = store.accounts().expect("accounts");
        assert_eq!(accounts.len(), 1, "round {round}: {accounts:?}");
        assert!(ids.iter().all(|id| *id == accounts[0].id));
        assert_eq!(store.usage_totals(accounts[0].id).expect("totals").tasks, 25, "round {round}");
    }
}

#[test]
fn an_account_is_one_by_its_kind_and_the_id_its_vendor_knows_it_by() {
    let place = Place::new();
    let mut store = place.open();
    let known = |store: &mut Store, kind: &str, identity: &str| {
        store
            .write(|writing| writing.account(kind, Wanted::Known(identity), "Team", moment(NOW)))
            .expect("one")
    };
    let (first, new) = known(&mut store, "kilo-teams", "org-1");
    assert!(new);
    assert_eq!(known(&mut store, "kilo-teams", "org-1"), (first, false));
    let (other, _) = known(&mut store, "kilo-teams", "org-2");
    assert_ne!(first, other);
    assert_ne!(known(&mut store, "kiro-individual", "org-1").0, first, "another kind's is another");
    let identity = |store: &Store, id| store.live_state(id).expect("a state").identity;
    assert_eq!(identity(&store, first).as_deref(), Some("org-1"));

    // The file itself refuses two.
    let connection = Connection::open(&place.path).expect("a database");
    let double = "INSERT INTO accounts (kind, name, sample, created_at, identity)
                  VALUES ('kilo-teams', 'x', 0, 0, 'org-1')";
    connection.execute(double, []).expect_err("refused");

    // Removed and added again: one of the two is in sight, and the removal isn't taken back beside it.
    store.write(|writing| writing.remove_account(first, moment(NOW))).expect("removed");
    let (again, new) = known(&mut store, "kilo-teams", "org-1");
    assert!(new && again != first);
    let refused = store.write(|writing| writing.restore_account(first)).expect_err("refused");
    assert!(matches!(refused, StoreError::SameLogin(_)), "{refused}");
}

#[test]
fn two_accounts_that_turn_out_to_be_of_one_login_say_so_and_both_stay() {
    let place = Place::new();
    let (mut store, first) = with_account(&place);
    let second = store
        .write(|writing| writing.account("kiro-individual", Wanted::Another, "Work", moment(NOW)))
        .expect("another")
        .0;
    for id in [first, second] {
        store.write(|writing| writing.set_answer(id, Some("ada"), None, None)).expect("answered");
    }
    let same = |store: &Store| -> Vec<_> {
        store.accounts().expect("accounts").into_iter().map(|account| account.same_as).collect()
    };
    assert_eq!(same(&store), [None, Some(first)]);
    for id in [first, second] {
        assert_eq!(store.live_state(id).expect("a state").identity.as_deref(), Some("ada"));
    }
    // The one that stays takes the id.
    store.write(|writing| writing.remove_account(first, moment(NOW))).expect("removed");
    store.write(|writing| writing.purge_accounts(moment(NOW))).expect("purged");
    assert_eq!(same(&store), [None]);
    assert_eq!(store.live_state(second).expect("a state").identity.as_deref(), Some("ada"));
}

/// A file in which an older version made one twice opens; both stay, and the later says whose it is.
#[test]
fn doubles_of_an_older_version_stay_and_are_named() {
    let place = Place::new();
    let (mut store, first) = with_account(&place);
    let mut add = |name: &str| {
        let added = store.write(|writing| writing.account("kilo-teams", Wanted::Another, name, moment(NOW)));
        added.expect("added").0
    };
    let (one, two, three) = (add("Team"), add("Team"), add("Other"));
    for id in [one, two, three] {
        super::append(&mut store, id, &super::usage("a", NOW, 100, None));
    }
    drop(store);
    let connection = Connection::open(&place.path).expect("a database");
    connection.execute_batch(acceptance::AS_THE_SEVENTH_FORMAT_WAS).expect("an older form");
    for (id, identity) in [(first, "org-1"), (one, "org-1"), (two, "org-1"), (three, "org-3")] {
        let known = "INSERT INTO live_state (account_id, failures, identity) VALUES (?1, 0, ?2)";
        connection.execute(known, (id.0, identity)).expect("known");
    }
    drop(connection);
    let store = place.open();
    let same: Vec<_> = store
        .accounts()
        .expect("accounts")
        .into_iter()
        .map(|account| (account.id, account.same_as))
        .collect();
    assert_eq!(same, [(first, None), (one, None), (two, Some(one)), (three, None)]);
    for (id, identity) in [(one, "org-1"), (two, "org-1"), (three, "org-3")] {
        assert_eq!(store.live_state(id).expect("a state").identity.as_deref(), Some(identity));
        assert_eq!(store.usage_totals(id).expect("totals").tasks, 1, "nothing of it is lost");
    }
}
