//! The file's format: a new file's as it is written out in `schema.sql`, and how older ones become that, step by step. A step
//! that was published is never changed, only followed.

use crate::StoreError;
use crate::case::{Closed, unknown};
use crate::trust::trust_nothing;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;

/// How many steps there are: the `user_version` of a file that is up to date.
pub(crate) const COUNT: i64 = 13;

/// What says that a file is Headroom's, as `application_id` in its header: "HDRM".
pub(crate) const APPLICATION: u32 = 0x4844_524D;

/// What a new file consists of: the same as all steps come to (`tests/contract/schema.rs`), at once.
const NEWEST: &str = include_str!("../schema.sql");

const STEPS: [&str; 13] = [
    include_str!("first_step.sql"),
    LIVE,
    KINDS,
    VIEWS,
    REASONS,
    BILLS,
    SAYINGS,
    TRUST,
    HOSTS,
    crate::sessions_step::SESSIONS,
    IDENTITIES,
    crate::sums_step::SUMS,
    crate::acts_step::ACTS,
];

/// The tables that every file of ours has had since the first step: what has them is ours, whatever its header says.
pub(crate) const MARKS: [&str; 6] =
    ["accounts", "alerts_sent", "daily_rollups", "events", "settings", "vendor_snapshots"];

/// Why a file was not brought up to date.
pub(crate) enum NotMigrated<E> {
    /// SQLite failed.
    Database(rusqlite::Error),
    /// Its format is none that this version knows.
    Format(i64),
    /// What was to be done first failed.
    First(E),
}

impl<E> From<rusqlite::Error> for NotMigrated<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// The format that a file says it has.
pub(crate) fn format(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a file up to date: one without anything in it by what a new one consists of, another by all steps that are missing,
/// in one transaction that takes the writer's place before it looks which those are. `first` runs in it before the first
/// step, for a file that has records; if it fails, no step is taken.
pub(crate) fn run<E>(
    connection: &mut Connection,
    first: impl FnOnce() -> Result<(), E>,
) -> Result<(), NotMigrated<E>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = format(&transaction)?;
    let missing = usize::try_from(found).ok().and_then(|found| STEPS.get(found..));
    let missing = missing.ok_or(NotMigrated::Format(found))?;
    if missing.is_empty() {
        return Ok(());
    }
    if found == 0 {
        transaction.execute_batch(NEWEST)?;
    } else {
        first().map_err(NotMigrated::First)?;
        for step in missing {
            transaction.execute_batch(step)?;
        }
    }
    sign(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Opens a file of ours that nobody else has open, and brings it up to date.
pub(crate) fn up_to_date(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    trust_nothing(&connection)?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    run(&mut connection, || Ok::<_, rusqlite::Error>(())).map_err(|error| match error {
        NotMigrated::Database(error) | NotMigrated::First(error) => StoreError::from(error),
        NotMigrated::Format(found) => Closed { path: path.to_owned(), case: unknown(found, COUNT) }.into(),
    })?;
    Ok(connection)
}

fn sign(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", COUNT)
}

const LIVE: &str = "
-- How an account's questions to its vendor have gone: overwritten by each attempt.
CREATE TABLE live_state (
    account_id            INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    identity              TEXT,               -- the vendor's own id of the account
    failed_at             INTEGER,
    failure               TEXT,               -- a sentence; never anything of a token
    failures              INTEGER NOT NULL,
    retry_at              INTEGER,
    overage_requested     INTEGER CHECK (overage_requested IN (0, 1)),
    overage_requested_at  INTEGER
) STRICT;
";

const KINDS: &str = "
ALTER TABLE accounts ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));

-- Estimated tasks are usage too, and no acts.
DROP INDEX acts_in_time;
CREATE INDEX acts_in_time ON events (account_id, id) WHERE kind NOT IN ('usage', 'unmetered', 'estimated');

-- What a report says of a day: of a user, a client, a model, as far as it tells them apart. Only ever appended;
-- of the same subject the one issued last counts.
CREATE TABLE reported_usage (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    source       TEXT    NOT NULL,           -- kiro-activity, kilo-usage, kilo-usage-csv, kilo-database
    day          TEXT    NOT NULL,           -- YYYY-MM-DD
    user         TEXT    NOT NULL,           -- empty where not told apart; so are the next three
    profile      TEXT    NOT NULL,
    client       TEXT    NOT NULL,
    model        TEXT    NOT NULL,
    issued       TEXT    NOT NULL,           -- the report's own stamp; empty is older than every other
    body         TEXT    NOT NULL,           -- JSON: what it says
    recorded_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX reported_by_subject
    ON reported_usage (account_id, source, day, user, profile, client, model, issued, id);
CREATE TRIGGER reported_usage_is_not_changed BEFORE UPDATE ON reported_usage
BEGIN SELECT RAISE(ABORT, 'reports are only ever appended'); END;
CREATE TRIGGER reported_usage_is_not_removed BEFORE DELETE ON reported_usage
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'reports are only ever appended'); END;
";

const VIEWS: &str = "
-- Removing an account can be taken back for a while: until then everything stays.
ALTER TABLE accounts ADD COLUMN removed_at INTEGER;

CREATE INDEX estimated_in_time ON events (account_id, at) WHERE kind = 'estimated';

-- What somebody asked What-if, under a name.
CREATE TABLE scenarios (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    body        TEXT    NOT NULL,               -- JSON
    saved_at    INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;
";

const REASONS: &str = "
-- Why the vendor gave no answer, as a word of the app's; none where there is a sentence only.
ALTER TABLE live_state ADD COLUMN failure_reason TEXT;
";

const BILLS: &str = "
-- What AWS billed for a month. Only ever appended: of a payer's month the one appended last counts, and one without
-- a payer is replaced by whatever comes after it.
CREATE TABLE bills (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    month         TEXT    NOT NULL,             -- YYYY-MM; of what can't be read whatever stood for it
    payer         TEXT,                         -- the AWS account that pays; null where it wasn't read
    issue         TEXT,                         -- which issue of the month; null until a reader tells one from another
    unreadable    TEXT,                         -- what an older version kept and nobody can read any more, as it is
    recorded_at   INTEGER NOT NULL,
    subject       TEXT    NOT NULL,             -- account, id, month and payer once more: table/bills/seal.rs
    seal          TEXT    NOT NULL              -- SHA-256 of the bill and its lines, in the form told there
) STRICT;

CREATE TABLE bill_lines (
    bill_id        INTEGER NOT NULL REFERENCES bills (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    usage_account  TEXT    NOT NULL,            -- the AWS account that used it
    region         TEXT    NOT NULL,            -- empty where it isn't told; so are the user and the name
    user           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,            -- subscription, credits, discount, tax, other
    name           TEXT    NOT NULL,            -- the tier, or the operation
    quantity       INTEGER NOT NULL,            -- 10^-9 months or credits, and what is above that in 10^-27
    quantity_fine  INTEGER NOT NULL,
    cost           INTEGER NOT NULL,            -- 10^-9 dollars, and what is above that in 10^-27
    cost_fine      INTEGER NOT NULL,
    PRIMARY KEY (bill_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bills_are_not_changed BEFORE UPDATE ON bills
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;
CREATE TRIGGER bills_are_not_removed BEFORE DELETE ON bills
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;
CREATE TRIGGER bill_lines_are_not_changed BEFORE UPDATE ON bill_lines
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;
CREATE TRIGGER bill_lines_are_not_removed BEFORE DELETE ON bill_lines
WHEN EXISTS (SELECT 1 FROM bills JOIN accounts ON accounts.id = bills.account_id WHERE bills.id = OLD.bill_id)
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;

-- Answers were kept as they came, with whatever stood in them. Form 0 is that: each is rewritten once to what was
-- read of it (form 1), or loses its body if nothing can be read. Nothing else ever changes one.
ALTER TABLE vendor_snapshots ADD COLUMN form INTEGER NOT NULL DEFAULT 0;
CREATE INDEX snapshots_as_they_came ON vendor_snapshots (id) WHERE form = 0;
DROP TRIGGER snapshots_are_not_changed;
CREATE TRIGGER snapshots_are_not_changed BEFORE UPDATE ON vendor_snapshots WHEN OLD.form <> 0
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
DROP TRIGGER snapshots_are_not_removed;
CREATE TRIGGER snapshots_are_not_removed BEFORE DELETE ON vendor_snapshots
WHEN OLD.form <> 0 AND EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;

-- A server's own words may repeat a token.
UPDATE live_state SET failure = 'The last question got no answer that could be used.'
WHERE failure IS NOT NULL AND (failure_reason IS NULL OR failure_reason = 'unreadable');

-- Work on the file as a whole that is still to be done; a row goes when it is. What was deleted so far may still lie in
-- the file's free room.
CREATE TABLE chores (
    name      TEXT PRIMARY KEY,
    tried_at  INTEGER                           -- when last, in seconds since 1970, UTC; null: at the next opportunity
) STRICT, WITHOUT ROWID;
INSERT INTO chores (name) SELECT 'give-room-back' WHERE EXISTS (SELECT 1 FROM sqlite_sequence);
";

const SAYINGS: &str = r#"
-- Why asking failed was an English sentence and a word for it. It is what is to be said now, as the app writes it; of an
-- older failure it is only said that it was one: the next answer takes its place.
UPDATE live_state SET failure = '{"code":"asked-in-vain","values":{}}' WHERE failure IS NOT NULL;
ALTER TABLE live_state DROP COLUMN failure_reason;
"#;

const TRUST: &str = "
-- The vendor's own id of an account stands where it can be unique: no two accounts of a kind have the same. Of doubles
-- that an older version made the first has it; the others say of which they are the same, and all stay.
ALTER TABLE accounts ADD COLUMN identity TEXT;
ALTER TABLE accounts ADD COLUMN same_as INTEGER REFERENCES accounts (id) ON DELETE SET NULL;
UPDATE accounts SET same_as = (
    SELECT MIN(first.id) FROM accounts AS first JOIN live_state ON live_state.account_id = first.id
    WHERE first.kind = accounts.kind AND first.id < accounts.id AND first.removed_at IS NULL
      AND live_state.identity = (SELECT identity FROM live_state WHERE account_id = accounts.id))
WHERE removed_at IS NULL;
UPDATE accounts SET identity = (SELECT live_state.identity FROM live_state WHERE account_id = accounts.id)
WHERE same_as IS NULL;
CREATE UNIQUE INDEX accounts_by_identity ON accounts (kind, identity)
WHERE identity IS NOT NULL AND removed_at IS NULL;
ALTER TABLE live_state DROP COLUMN identity;

-- When an answer was last given that says the same as the one before it: overwritten by each such answer.
CREATE TABLE snapshot_sightings (
    snapshot_id  INTEGER PRIMARY KEY REFERENCES vendor_snapshots (id) ON DELETE CASCADE,
    seen_at      INTEGER NOT NULL               -- seconds since 1970, UTC
) STRICT;

-- Of a source's answers that are more than 90 days older than its newest, the last of a day stays.
DROP TRIGGER snapshots_are_not_removed;
CREATE TRIGGER snapshots_are_not_removed BEFORE DELETE ON vendor_snapshots
WHEN OLD.form <> 0 AND EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id) AND NOT EXISTS (
    SELECT 1 FROM vendor_snapshots AS later
    WHERE later.account_id = OLD.account_id AND later.source = OLD.source
      AND later.fetched_at >= OLD.fetched_at AND later.fetched_at < (OLD.fetched_at / 86400 + 1) * 86400
      AND (later.fetched_at > OLD.fetched_at OR later.id > OLD.id)
      AND OLD.fetched_at < (
          SELECT MAX(newest.fetched_at) FROM vendor_snapshots AS newest
          WHERE newest.account_id = OLD.account_id AND newest.source = OLD.source) - 7776000)
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
";

const HOSTS: &str = "
-- Which host was last asked about an account: what it wants holds for every account that is asked there.
ALTER TABLE live_state ADD COLUMN host TEXT;

-- A host that wants to be left alone; a row goes when the host answers again.
CREATE TABLE host_waits (
    host   TEXT    PRIMARY KEY,
    since  INTEGER NOT NULL,                    -- when it said so, seconds since 1970, UTC
    until  INTEGER NOT NULL,
    times  INTEGER NOT NULL                     -- how often in a row
) STRICT, WITHOUT ROWID;

-- These say more now than what was kept of them.
UPDATE live_state SET failure = '{\"code\":\"asked-in-vain\",\"values\":{}}'
WHERE failure LIKE '%\"code\":\"throttled\"%' OR failure LIKE '%\"code\":\"answer-too-large\"%';
";

const IDENTITIES: &str = "
-- Who the users of an organisation are, as a file said that its owner imported: personal, and in no export unless asked.
-- The last file that names somebody counts.
CREATE TABLE identities (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user        TEXT    NOT NULL,               -- the id that reports and bills have, without its directory
    name        TEXT,
    email       TEXT,
    PRIMARY KEY (account_id, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_groups (
    account_id  INTEGER NOT NULL,
    user        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    PRIMARY KEY (account_id, user, name),
    FOREIGN KEY (account_id, user) REFERENCES identities (account_id, user) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
";
