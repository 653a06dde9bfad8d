-- Every table of a new file, format 13, which is made by this. Written by `make generate` from what the steps in
-- src/migrations.rs make of the first version's file.

CREATE TABLE accounts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,               -- kiro-individual
    name        TEXT    NOT NULL,
    sample      INTEGER NOT NULL CHECK (sample IN (0, 1)),
    created_at  INTEGER NOT NULL,               -- seconds since 1970, UTC
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
    removed_at INTEGER,
    identity TEXT,
    same_as INTEGER REFERENCES accounts (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_identity ON accounts (kind, identity)
WHERE identity IS NOT NULL AND removed_at IS NULL;

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
CREATE INDEX acts_in_time ON events (account_id, id)
WHERE kind <> 'usage' AND kind <> 'unmetered' AND kind <> 'estimated' AND kind <> 'auxiliary' AND kind <> 'superseded';
CREATE INDEX auxiliary_by_session ON events (account_id, session) WHERE kind = 'auxiliary';
CREATE INDEX estimated_in_time ON events (account_id, at) WHERE kind = 'estimated';
CREATE INDEX events_in_time ON events (account_id, at, at_nanoseconds, id);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN NOT (NEW.kind = 'superseded' AND OLD.kind IN ('usage', 'unmetered', 'estimated', 'auxiliary')
    AND NEW.id IS OLD.id AND NEW.account_id IS OLD.account_id AND NEW.at IS OLD.at
    AND NEW.at_nanoseconds IS OLD.at_nanoseconds AND NEW.key IS OLD.key AND NEW.credits IS OLD.credits
    AND NEW.model IS OLD.model AND NEW.session IS OLD.session AND NEW.source IS OLD.source
    AND NEW.body IS OLD.body AND NEW.recorded_at IS OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;

CREATE TABLE vendor_snapshots (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    fetched_at  INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    body        TEXT    NOT NULL,               -- raw JSON
    form INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX snapshots_as_they_came ON vendor_snapshots (id) WHERE form = 0;
CREATE INDEX snapshots_in_time ON vendor_snapshots (account_id, source, fetched_at);
CREATE TRIGGER snapshots_are_not_changed BEFORE UPDATE ON vendor_snapshots WHEN OLD.form <> 0
BEGIN SELECT RAISE(ABORT, 'snapshots are only ever appended'); END;
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

CREATE TABLE alerts_sent (
    account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL,
    threshold    INTEGER NOT NULL,
    cycle_start  INTEGER NOT NULL,
    sent_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, kind, threshold, cycle_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE live_state (
    account_id            INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    failed_at             INTEGER,
    failure               TEXT,               -- a sentence; never anything of a token
    failures              INTEGER NOT NULL,
    retry_at              INTEGER,
    overage_requested     INTEGER CHECK (overage_requested IN (0, 1)),
    overage_requested_at  INTEGER,
    host TEXT
) STRICT;

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

CREATE TABLE scenarios (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    body        TEXT    NOT NULL,               -- JSON
    saved_at    INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

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
CREATE TRIGGER bills_are_not_changed BEFORE UPDATE ON bills
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;
CREATE TRIGGER bills_are_not_removed BEFORE DELETE ON bills
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;

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
CREATE TRIGGER bill_lines_are_not_changed BEFORE UPDATE ON bill_lines
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;
CREATE TRIGGER bill_lines_are_not_removed BEFORE DELETE ON bill_lines
WHEN EXISTS (SELECT 1 FROM bills JOIN accounts ON accounts.id = bills.account_id WHERE bills.id = OLD.bill_id)
BEGIN SELECT RAISE(ABORT, 'bills are only ever appended'); END;

CREATE TABLE chores (
    name      TEXT PRIMARY KEY,
    tried_at  INTEGER                           -- when last, in seconds since 1970, UTC; null: at the next opportunity
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot_sightings (
    snapshot_id  INTEGER PRIMARY KEY REFERENCES vendor_snapshots (id) ON DELETE CASCADE,
    seen_at      INTEGER NOT NULL               -- seconds since 1970, UTC
) STRICT;

CREATE TABLE host_waits (
    host   TEXT    PRIMARY KEY,
    since  INTEGER NOT NULL,                    -- when it said so, seconds since 1970, UTC
    until  INTEGER NOT NULL,
    times  INTEGER NOT NULL                     -- how often in a row
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    session     TEXT    NOT NULL,               -- as events name it
    client      TEXT    NOT NULL,               -- kiro, kiro-cli
    parent      TEXT,                           -- of a fork: the session it is of
    created_at  INTEGER,                        -- seconds since 1970, UTC, and nanoseconds
    created_at_nanoseconds INTEGER,
    splits      INTEGER NOT NULL,               -- rows read that tell auxiliary credits; 0: what is known is the least
    delegated   INTEGER,                        -- hundredths of a credit of its tasks that subagents used
    project     TEXT,                           -- its folder and title: only after the owner agreed
    title       TEXT,
    PRIMARY KEY (account_id, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_splits (
    account_id      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    session         TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    split           TEXT    NOT NULL,           -- the row's id, the same in every copy of it
    at              INTEGER NOT NULL,           -- seconds since 1970, UTC, and nanoseconds
    at_nanoseconds  INTEGER NOT NULL,
    auxiliary       TEXT    NOT NULL,           -- credits, exactly
    delegated       TEXT    NOT NULL,
    PRIMARY KEY (account_id, session, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_splits_by_row ON session_splits (account_id, split, session);

CREATE TABLE read_files (
    account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    path              TEXT    NOT NULL,
    source            TEXT    NOT NULL,         -- as events name it
    size              INTEGER NOT NULL,
    modified          INTEGER NOT NULL,         -- seconds since 1970, UTC
    modified_fine     INTEGER NOT NULL,         -- nanoseconds
    changed           INTEGER NOT NULL,
    changed_fine      INTEGER NOT NULL,
    number            INTEGER NOT NULL,         -- in its file system
    tasks             INTEGER NOT NULL,         -- how many it holds
    PRIMARY KEY (account_id, path, source)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE hour_sums (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hour        INTEGER NOT NULL,               -- hours since 1970, UTC
    source      TEXT    NOT NULL,               -- as events name it
    model       TEXT    NOT NULL,               -- empty when unknown
    records     INTEGER NOT NULL,               -- events in it
    metered     INTEGER NOT NULL,               -- hundredths of a credit, as are the next two
    auxiliary   INTEGER NOT NULL,               -- of that, outside tasks
    estimated   INTEGER NOT NULL,               -- beside it
    tasks       INTEGER NOT NULL,
    unknown     INTEGER NOT NULL,               -- of those, whose cost isn't known
    PRIMARY KEY (account_id, hour, source, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_sums (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    day         INTEGER NOT NULL,               -- days since 1970, UTC
    session     TEXT    NOT NULL,               -- empty when unknown
    records     INTEGER NOT NULL,               -- as above, up to the last
    metered     INTEGER NOT NULL,
    auxiliary   INTEGER NOT NULL,
    estimated   INTEGER NOT NULL,
    tasks       INTEGER NOT NULL,
    unknown     INTEGER NOT NULL,
    unmetered   INTEGER NOT NULL,               -- tasks without metering, of those that aren't estimated
    newer       INTEGER NOT NULL,               -- events of the layout whose sessions may tell their auxiliary credits
    PRIMARY KEY (account_id, day, session)
) STRICT, WITHOUT ROWID;
