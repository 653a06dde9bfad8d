//! Files as older versions left them.

/// Takes a file back to the seventh format, in which accounts had no identity of their own.
pub const AS_THE_SEVENTH_FORMAT_WAS: &str = "
    PRAGMA foreign_keys = OFF;
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
