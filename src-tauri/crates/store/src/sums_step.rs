//! The step of the file's format that brought sums of what was used: [`crate::migrations`].

use crate::table::events::{is_estimated, is_metered};

/// What both sums hold beside how many there are.
macro_rules! columns {
    () => {
        concat!(
            "COALESCE(SUM(CASE WHEN ",
            is_metered!(),
            " THEN credits END), 0),
       COALESCE(SUM(CASE WHEN kind = 'auxiliary' AND ",
            is_metered!(),
            " THEN credits END), 0),
       COALESCE(SUM(CASE WHEN ",
            is_estimated!(),
            " THEN credits END), 0),
       SUM(kind <> 'auxiliary'),
       SUM(kind = 'unmetered' OR kind = 'estimated' AND credits IS NULL)"
        )
    };
}

/// What they are of everything that is recorded.
macro_rules! summed {
    () => {
        concat!(
            "
INSERT INTO hour_sums
SELECT account_id, (at - (at % 3600 + 3600) % 3600) / 3600, source, COALESCE(model, ''), COUNT(*),
       ",
            columns!(),
            "
FROM events WHERE kind IN ('usage', 'unmetered', 'estimated', 'auxiliary') GROUP BY 1, 2, 3, 4;

INSERT INTO session_sums
SELECT account_id, (at - (at % 86400 + 86400) % 86400) / 86400, COALESCE(session, ''), COUNT(*),
       ",
            columns!(),
            ",
       SUM(kind = 'unmetered'),
       SUM(source = 'kiro-sessions')
FROM events WHERE kind IN ('usage', 'unmetered', 'estimated', 'auxiliary') GROUP BY 1, 2, 3;
"
        )
    };
}

/// Their tables, with what was recorded before in them.
pub(crate) const SUMS: &str = concat!(
    "
-- What was used, by the hour, and by the day and session: kept in step with events, so that what answers it costs the same
-- however many there are. A row goes with the last event in it.
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
",
    summed!()
);

/// Makes them anew.
pub(crate) const SUMMED: &str = concat!(
    "
DELETE FROM hour_sums;
DELETE FROM session_sums;
",
    summed!()
);
