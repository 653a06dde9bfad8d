//! The step of the file's format that brought sessions: [`crate::migrations`].

pub(crate) const SESSIONS: &str = "
-- A task can be told again and differently by its own session: what was recorded first stays, as superseded, and counts no
-- more; what took its place has its key with ' again' after it. Credits that a session used outside its tasks are a kind
-- of their own.
DROP INDEX acts_in_time;
CREATE INDEX acts_in_time ON events (account_id, id)
WHERE kind NOT IN ('usage', 'unmetered', 'estimated', 'auxiliary', 'superseded');
CREATE INDEX auxiliary_by_session ON events (account_id, session) WHERE kind = 'auxiliary';
DROP TRIGGER events_are_not_changed;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN NOT (NEW.kind = 'superseded' AND OLD.kind IN ('usage', 'unmetered', 'estimated', 'auxiliary')
    AND NEW.id IS OLD.id AND NEW.account_id IS OLD.account_id AND NEW.at IS OLD.at
    AND NEW.at_nanoseconds IS OLD.at_nanoseconds AND NEW.key IS OLD.key AND NEW.credits IS OLD.credits
    AND NEW.model IS OLD.model AND NEW.session IS OLD.session AND NEW.source IS OLD.source
    AND NEW.body IS OLD.body AND NEW.recorded_at IS OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;

-- Where the sessions come from that events name. Overwritten by what is read later.
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

-- What sessions say of credits outside their tasks, row by row, and always of everything so far: a fork has rows of the
-- session that it is of too, and whose a row is follows from where both come from.
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

-- Files that were read whole, and every line of them, with their state of then: read again once that changes.
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
";
