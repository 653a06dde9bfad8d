//! What older versions kept, opened by this one: answers as they came, with whatever stood in them.

use super::canary::{KIRO_TOKEN, PRIVATE, assert_none, hits, log, private_state};
use super::places::LATER_SHOWN;
use acceptance::{AS_THE_SEVENTH_FORMAT_WAS, Desk};
use headroom_app::Paths;
use headroom_app::answers::{AccountNumber, Kind};
use rusqlite::Connection;
use serde_json::json;
use std::fs;

/// Takes a file of the seventh format back to the form of the versions before answers were kept by what was read of them.
const AS_OLDER_VERSIONS_LEFT_IT: &str = "
    PRAGMA secure_delete = OFF;
    DROP TABLE bill_lines; DROP TABLE bills; DROP TABLE chores;
    DROP INDEX snapshots_as_they_came;
    DROP TRIGGER snapshots_are_not_changed; DROP TRIGGER snapshots_are_not_removed;
    ALTER TABLE vendor_snapshots DROP COLUMN form;
    CREATE TRIGGER snapshots_are_not_changed BEFORE UPDATE ON vendor_snapshots
    BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
    CREATE TRIGGER snapshots_are_not_removed BEFORE DELETE ON vendor_snapshots
    WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
    BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
    ALTER TABLE live_state ADD COLUMN failure_reason TEXT;
    PRAGMA user_version = 5;
";

/// An answer of Kiro's service as it came: with an address, and with a token repeated.
fn raw_limits(used: &str) -> String {
    let used: serde_json::Value = serde_json::from_str(used).expect("a number");
    json!({"usageBreakdownList": [{"resourceType": "CREDIT", "currentUsageWithPrecision": used,
        "usageLimit": 1000, "currentOverages": 0}], "nextDateReset": 1_796_083_200,
        "userInfo": {"userId": "d-1234567890.ada", "email": PRIVATE[4]}, "echo": KIRO_TOKEN})
    .to_string()
}

#[test]
fn what_older_versions_kept_is_rewritten_and_nothing_else_of_it_stays() {
    log();
    let desk = Desk::at("2026-11-21T10:05:00Z");
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    let gone = desk.headroom.add_account(Kind::KiroIndividual, Some("Gone")).expect("added").id;
    let data = desk.headroom.paths().data().to_owned();
    let database = desk.headroom.paths().database();
    let old = Connection::open(&database).expect("the database");
    old.execute_batch(AS_THE_SEVENTH_FORMAT_WAS).expect("the form before");
    old.execute_batch(AS_OLDER_VERSIONS_LEFT_IT).expect("an older form");
    let seconds = LATER_SHOWN / 1_000;
    let insert = |account: AccountNumber, at: i64, source: &str, body: &str| {
        let sql =
            "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body) VALUES (?1, ?2, ?3, ?4)";
        old.execute(sql, (account.0, at, source, body)).expect("a row");
    };
    for minute in 0..200 {
        insert(account, seconds - 86_400 + minute * 60, "kiro-limits", &raw_limits("612.40"));
        insert(gone, seconds, "kiro-ide-state", &private_state(LATER_SHOWN));
    }
    insert(account, seconds - 60, "kiro-ide-log", &raw_limits("640.25"));
    insert(account, seconds, "kiro-ide-state", &private_state(LATER_SHOWN));
    let broken = private_state(LATER_SHOWN).replace("usageBreakdowns", "usageBreakdXwns");
    insert(account, seconds + 60, "kiro-ide-state", &broken);
    insert(account, seconds, "kiro-limjts", PRIVATE[3]);
    old.execute("DELETE FROM accounts WHERE id = ?1", [gone.0]).expect("deleted as older versions did");
    old.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    insert(account, seconds - 120, "kiro-limits", &raw_limits("630"));

    // As a crash leaves it: the last of it is in the log only.
    let place = desk.home().join("crashed");
    fs::create_dir_all(&place).expect("made");
    for name in ["headroom.db", "headroom.db-wal"] {
        fs::copy(data.join(name), place.join(name)).expect("copied");
        let bytes = fs::read(place.join(name)).expect("readable");
        assert!(String::from_utf8_lossy(&bytes).contains(PRIVATE[4]), "{name} holds an address");
    }
    let before = fs::metadata(place.join("headroom.db")).expect("there").len();
    drop(old);
    let desk = desk.opened_with(|_| Paths::new(place.clone(), None));

    assert_none(&hits(&desk, account, "the rewriting"));
    let after = fs::metadata(place.join("headroom.db")).expect("there").len();
    assert!(after * 3 < before, "room is given back: {before} bytes, then {after}");
    assert_eq!(super::overview(&desk, account).left.as_deref(), Some("349.50"), "what was read of it stays");
    let kept = Connection::open(place.join("headroom.db")).expect("the database");
    let count = |sql: &str| kept.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!(count("SELECT COUNT(*) FROM vendor_snapshots"), 205, "when and by whom stays of each");
    assert_eq!(count("SELECT COUNT(*) FROM vendor_snapshots WHERE body = ''"), 2);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("Kiro's answer of 21 November 2026, 10:03 UTC can't be read"), "{status}");
    let doctor = desk.run(&["doctor"]).output;
    assert!(doctor.contains("Kiro's answer of 21 November 2026, 10:03 UTC can't be read"), "{doctor}");
    for change in ["UPDATE vendor_snapshots SET body = ''", "DELETE FROM vendor_snapshots"] {
        let refused = kept.execute(change, []).expect_err("refused").to_string();
        assert!(refused.contains("only ever appended"), "{change}: {refused}");
    }
}
