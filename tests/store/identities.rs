//! Who users are: kept with the account, gone with it, and in no text of everything.

use super::{NOW, Place, with_account};
use headroom_store::table::identities::Identity;
use rusqlite::Connection;

fn ada() -> Identity {
    Identity {
        user: "215bb5b0".to_owned(),
        name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.org".to_owned()),
        groups: vec!["Core".to_owned(), "Docs".to_owned()],
    }
}

#[test]
fn who_somebody_is_is_replaced_by_the_last_word() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    store.write(|writing| writing.save_identity(account, &ada())).expect("kept");
    assert_eq!(store.identities(account).expect("people"), [ada()]);
    let other = Identity { name: None, groups: vec!["Docs".to_owned()], ..ada() };
    store.write(|writing| writing.save_identity(account, &other)).expect("kept");
    assert_eq!(store.identities(account).expect("people"), [other]);
}

#[test]
fn names_are_in_no_text_of_everything_and_go_with_everything() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    store.write(|writing| writing.save_identity(account, &ada())).expect("kept");
    let mut text = Vec::new();
    store.write_all(&mut text).expect("written");
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("accounts") && !text.contains("Ada") && !text.contains("Core"), "{text}");
    store.delete_all().expect("deleted");
    let connection = Connection::open(&place.path).expect("a database");
    for table in ["identities", "identity_groups"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(
            connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("a number"),
            0,
            "{table}"
        );
    }
}

/// Format 11: names came with it, and a file of the tenth gets the tables with nothing lost.
#[test]
fn a_file_of_the_tenth_format_can_keep_names() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    super::append(&mut store, account, &super::usage("a", NOW, 100, None));
    drop(store);
    let connection = Connection::open(&place.path).expect("a database");
    let tenth =
        "DROP TABLE session_sums; DROP TABLE hour_sums; DROP TABLE identity_groups; DROP TABLE identities;
        PRAGMA user_version = 10;";
    connection.execute_batch(tenth).expect("an older form");
    drop(connection);
    let mut store = place.open();
    assert_eq!(store.usage_totals(account).expect("totals").tasks, 1);
    assert_eq!(store.identities(account).expect("people"), []);
    store.write(|writing| writing.save_identity(account, &ada())).expect("kept");
    assert_eq!(store.identities(account).expect("people"), [ada()]);
}
