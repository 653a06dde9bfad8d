//! After a restore vendors are asked, once, where that was agreed to.

use super::{NOW, account_at_kiro, asked, desk};
use headroom_app::answers::{Choice, Vendor};
use rusqlite::Connection;
use std::fs;
use tools::emulator::Emulator;

#[test]
fn after_a_restore_the_vendor_is_asked_where_that_was_agreed_to() {
    for agreed in [true, false] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, _) = desk(&emulator);
        desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed }).expect("chosen");
        // The import makes a copy of what is there.
        desk.usage(&[("2026-11-05T09:00:00Z", "598.11")]);
        let database = desk.headroom.paths().database();
        let desk = desk.damaged_by(|| {
            let connection = Connection::open(&database).expect("the database");
            connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
            drop(connection);
            let mut bytes = fs::read(&database).expect("bytes");
            bytes[..100].fill(0);
            fs::write(&database, bytes).expect("written");
        });
        let run = desk.run(&["restore"]);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{}", run.output);
        assert_eq!(asked(&emulator), usize::from(agreed), "once, or not at all");
        assert_eq!(run.output.contains("the vendor answered"), agreed, "{}", run.output);
        let left = if agreed { "387.60" } else { "401.89" };
        let run = desk.run(&["status"]);
        assert!(run.output.contains(left), "Kiro's figures or the recorded tasks': {}", run.output);
    }
}
