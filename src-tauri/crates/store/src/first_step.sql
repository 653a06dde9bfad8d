CREATE TABLE accounts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,               -- kiro-individual
    name        TEXT    NOT NULL,
    sample      INTEGER NOT NULL CHECK (sample IN (0, 1)),
    created_at  INTEGER NOT NULL                -- seconds since 1970, UTC
) STRICT;

-- What happened: acts of the user and metered usage. Only ever appended.
CREATE TABLE events (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at              INTEGER NOT NULL,           -- seconds since 1970, UTC
    at_nanoseconds  INTEGER NOT NULL CHECK (at_nanoseconds BETWEEN 0 AND 999999999),
    kind            TEXT    NOT NULL,           -- facts, set-overage, change-plan, usage, unmetered
    key             TEXT    NOT NULL,           -- idempotency key
    credits         INTEGER,                    -- hundredths of a credit; usage only
    model           TEXT,
    session         TEXT,
    source          TEXT    NOT NULL,           -- user, sample, kiro-cli-sessions
    body            TEXT    NOT NULL,           -- JSON: everything as observed
    recorded_at     INTEGER NOT NULL,
    UNIQUE (account_id, key)
) STRICT;
CREATE INDEX events_in_time ON events (account_id, at, at_nanoseconds, id);
CREATE INDEX acts_in_time ON events (account_id, id) WHERE kind NOT IN ('usage', 'unmetered');
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;

-- What a vendor said, as it said it. Only ever appended.
CREATE TABLE vendor_snapshots (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    fetched_at  INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    body        TEXT    NOT NULL                -- raw JSON
) STRICT;
CREATE INDEX snapshots_in_time ON vendor_snapshots (account_id, source, fetched_at);
CREATE TRIGGER snapshots_are_not_changed BEFORE UPDATE ON vendor_snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
CREATE TRIGGER snapshots_are_not_removed BEFORE DELETE ON vendor_snapshots
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;

-- Usage summed by UTC day and model, kept in step with events: charts read this, not the events.
CREATE TABLE daily_rollups (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    day         TEXT    NOT NULL,               -- YYYY-MM-DD
    model       TEXT    NOT NULL,               -- empty when unknown
    credits     INTEGER NOT NULL,               -- hundredths
    tasks       INTEGER NOT NULL,
    unmetered   INTEGER NOT NULL,               -- turns of unknown cost
    PRIMARY KEY (account_id, day, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key    TEXT PRIMARY KEY,
    value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One alert per account, kind, threshold and cycle.
CREATE TABLE alerts_sent (
    account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL,
    threshold    INTEGER NOT NULL,
    cycle_start  INTEGER NOT NULL,
    sent_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, kind, threshold, cycle_start)
) STRICT, WITHOUT ROWID;
