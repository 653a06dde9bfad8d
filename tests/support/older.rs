//! Files as older versions left them.

use super::Desk;
use headroom_app::answers::{AccountNumber, Kind};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::events::{EventKind, NewEvent};

/// Takes a file back to the seventh format, in which accounts had no identity of their own.
pub const AS_THE_SEVENTH_FORMAT_WAS: &str = "
    PRAGMA foreign_keys = OFF;
    DROP TABLE session_sums;
    DROP TABLE hour_sums;
    DROP TABLE read_files;
    DROP TABLE session_splits;
    DROP TABLE sessions;
    DROP INDEX auxiliary_by_session;
    DROP TABLE identity_groups;
    DROP TABLE identities;
    DROP TABLE host_waits;
    ALTER TABLE live_state DROP COLUMN host;
    DROP TABLE snapshot_sightings;
    DROP TRIGGER snapshots_are_not_removed;
    CREATE TRIGGER snapshots_are_not_removed BEFORE DELETE ON vendor_snapshots
    WHEN OLD.form <> 0 AND EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
    BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
    DROP INDEX accounts_by_identity;
    ALTER TABLE live_state ADD COLUMN identity TEXT;
    UPDATE live_state SET identity = (SELECT identity FROM accounts WHERE id = account_id);
    ALTER TABLE accounts DROP COLUMN same_as;
    ALTER TABLE accounts DROP COLUMN identity;
    PRAGMA foreign_keys = ON;
    PRAGMA application_id = 0;
    PRAGMA user_version = 7;
";

impl Desk {
    /// An account of one person as a version kept it that billed every month by the first price list.
    pub fn facts_of_an_older_version(&self) -> AccountNumber {
        let older = self.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
        let at: Moment = "2026-06-20T09:00:00Z".parse().expect("a moment");
        let body = r#"{"plan":"pro","first_paid_on":"2026-06-02","signed_up_on":null,"country":"US",
            "overage_enabled":true,"price_list":null,"states_plan":true}"#;
        let facts = NewEvent {
            at,
            kind: EventKind::Facts,
            key: "facts:older".to_owned(),
            credits: None,
            model: None,
            session: None,
            source: "user",
            body: body.to_owned(),
        };
        let mut store = Store::open(&self.headroom.paths().database(), at).to_write().expect("a store");
        store.write(|writing| writing.append(older.into(), &facts, at).map(drop)).expect("recorded");
        older
    }
}
