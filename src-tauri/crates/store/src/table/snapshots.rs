//! What was read of a vendor's answers. Only ever appended: yesterday's answer stays readable. Older versions kept
//! answers as they came; those are settled once ([`crate::settling`]), and until then no read sees what is in them.

use super::accounts::AccountId;
use crate::error::{LONGEST, is_damage};
use crate::{Result, Store, StoreError, Writing};
use headroom_exact::{Heard, Moment};
use rusqlite::{OptionalExtension, Row, params};

/// One answer of a vendor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// When it was fetched; of one that was given more than once, when last.
    pub fetched_at: Moment,
    /// By which reader.
    pub source: String,
    /// What was read of it, JSON. Empty where an older version kept something that nobody can read.
    pub body: String,
}

/// The newest answers of a source: the newest that can be read, and that there is a newer one which can't.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Newest<T> {
    /// When it was fetched, and what it says; none if none can be read.
    pub readable: Option<(Moment, T)>,
    /// When the newest was fetched, if that can't be read.
    pub unreadable: Option<Moment>,
}

/// Answers with the moments at which they were last given.
const WITH_SIGHTINGS: &str = "vendor_snapshots LEFT JOIN snapshot_sightings ON snapshot_id = id";
/// Answers of so many seconds are all kept.
const KEPT_WHOLE: i64 = 90 * 86_400;

/// The form of what was read of an answer. Form 0 is an answer as it came ([`crate::settling`]).
pub(crate) const READ: i64 = 1;

/// When an answer was first given and when last.
#[derive(Clone, Copy)]
struct Given {
    first: Moment,
    last: Option<Heard>,
}

impl Given {
    /// None where the moment can't be read: nobody knows what it comes before, and `doctor` tells it
    /// ([`Store::damaged_snapshots`]).
    fn of(row: &Row<'_>) -> Option<Self> {
        Some(Self { first: moment(row, 1)?, last: moment(row, 2).map(Heard::at) })
    }

    /// When it was last given by then. It was given at both moments; which of those between it was given at isn't kept.
    fn by(self, by: Moment) -> Moment {
        self.last.and_then(|last| last.by(by)).map_or(self.first, |last| last.max(self.first))
    }
}

impl Store {
    /// The newest answer that a source had given by then, dated when it was last given. One that is still as it came is
    /// left out, and one whose moment can't be read.
    pub fn newest_snapshot(&self, account: AccountId, source: &str, by: Moment) -> Result<Option<Snapshot>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, fetched_at, seen_at FROM {WITH_SIGHTINGS}
             WHERE account_id = ?1 AND source = ?2 AND fetched_at <= ?3 ORDER BY fetched_at DESC, id DESC"
        ))?;
        let mut rows = statement.query(params![account.0, source, by.unix_seconds()])?;
        while let Some(row) = rows.next()? {
            let Some(given) = Given::of(row) else { continue };
            if let Some(body) = self.body(row.get(0)?, account, source)? {
                return Ok(Some(Snapshot { fetched_at: given.by(by), source: source.to_owned(), body }));
            }
        }
        Ok(None)
    }

    /// When the newest of the records was written, by the clock of then: the last row of each table that is only appended
    /// to, when each source's last answer was last given, and how asking went. None while nothing is recorded.
    pub fn last_recorded(&self) -> Result<Option<Heard>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT MAX(at) FROM (
                 SELECT (SELECT recorded_at FROM events ORDER BY id DESC LIMIT 1) AS at
                 UNION ALL SELECT (SELECT fetched_at FROM vendor_snapshots ORDER BY id DESC LIMIT 1)
                 UNION ALL SELECT (SELECT MAX(seen_at) FROM snapshot_sightings WHERE snapshot_id IN (
                     SELECT MAX(id) FROM vendor_snapshots GROUP BY account_id, source))
                 UNION ALL SELECT (SELECT recorded_at FROM reported_usage ORDER BY id DESC LIMIT 1)
                 UNION ALL SELECT (SELECT recorded_at FROM bills ORDER BY id DESC LIMIT 1)
                 UNION ALL SELECT (SELECT MAX(failed_at) FROM live_state))",
        )?;
        let at: Option<i64> = statement.query_row([], |row| row.get(0))?;
        Ok(at.and_then(|seconds| Moment::from_unix(seconds, 0)).map(Heard::at))
    }

    /// What is kept of an answer; none where it is still as it came. A damaged byte can make something else of a text,
    /// or of where the text lies: then it is empty, and nobody can read it.
    fn body(&self, id: i64, account: AccountId, source: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body FROM vendor_snapshots WHERE id = ?1 AND account_id = ?2 AND source = ?3 AND form <> 0",
        )?;
        let body = statement.query_row(params![id, account.0, source], |row| {
            Ok(row.get_ref(0)?.as_str().unwrap_or_default().to_owned())
        });
        match body.optional() {
            Err(error) if is_damage(&error) => Ok(Some(String::new())),
            body => Ok(body?),
        }
    }
}

/// Which answers of a source are looked for: those that it had given by a moment, and from another one on.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Given from then on; as far back as there are any with none.
    pub since: Option<Moment>,
    /// Given by then. What lies ahead of the present was written by a clock that was wrong, so this is never later.
    pub by: Moment,
}

/// From which end answers are looked through.
#[derive(Clone, Copy)]
enum Way {
    FromTheNewest,
    FromTheFirst,
}

impl Span {
    /// Everything up to then.
    pub const fn by(by: Moment) -> Self {
        Self { since: None, by }
    }
}

impl Store {
    /// The newest of these answers that can be read and is the one that is looked for, and whether a newer one can't be
    /// read.
    pub fn newest_readable<T>(
        &self,
        account: AccountId,
        source: &str,
        span: Span,
        read: impl Fn(&str) -> Option<T>,
        is_it: impl Fn(Moment, &T) -> bool,
    ) -> Result<Newest<T>> {
        self.readable(account, source, (Way::FromTheNewest, span), read, is_it)
    }

    /// The first of these answers that can be read.
    pub fn first_readable<T>(
        &self,
        account: AccountId,
        source: &str,
        (since, by): (Moment, Moment),
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<(Moment, T)>> {
        let span = Span { since: Some(since), by };
        Ok(self.readable(account, source, (Way::FromTheFirst, span), read, |at, _| at >= since)?.readable)
    }

    /// Every one of these answers that can be read, in the order in which they were first given; each with when it was given
    /// first and, by the span's end, last.
    pub fn readable_answers<T>(
        &self,
        account: AccountId,
        source: &str,
        span: Span,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<(Moment, Moment, T)>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, fetched_at, seen_at FROM {WITH_SIGHTINGS}
             WHERE account_id = ?1 AND source = ?2 AND fetched_at <= ?3
               AND MAX(fetched_at, COALESCE(seen_at, fetched_at)) >= ?4 ORDER BY fetched_at, id"
        ))?;
        let since = span.since.map_or(i64::MIN, Moment::unix_seconds);
        let mut rows = statement.query(params![account.0, source, span.by.unix_seconds(), since])?;
        let mut answers = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(given) = Given::of(row) else { continue };
            let said = self.body(row.get(0)?, account, source)?.and_then(|body| read(&body));
            answers.extend(said.map(|said| (given.first, given.by(span.by), said)));
        }
        Ok(answers)
    }

    /// Of these answers the last of each UTC day that can be read, the newest first; each with when it was given first and, by
    /// the span's end, last. What isn't looked for, `read` makes nothing of.
    pub fn last_of_days<T>(
        &self,
        account: AccountId,
        source: &str,
        span: Span,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<(Moment, Moment, T)>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, fetched_at, seen_at FROM {WITH_SIGHTINGS}
             WHERE account_id = ?1 AND source = ?2 AND fetched_at <= ?3
               AND MAX(fetched_at, COALESCE(seen_at, fetched_at)) >= ?4 ORDER BY fetched_at DESC, id DESC"
        ))?;
        let since = span.since.map_or(i64::MIN, Moment::unix_seconds);
        let mut rows = statement.query(params![account.0, source, span.by.unix_seconds(), since])?;
        let mut answers: Vec<(Moment, Moment, T)> = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(given) = Given::of(row) else { continue };
            if answers.last().is_some_and(|(first, ..)| first.date() == given.first.date()) {
                continue;
            }
            let said = self.body(row.get(0)?, account, source)?.and_then(|body| read(&body));
            answers.extend(said.map(|said| (given.first, given.by(span.by), said)));
        }
        Ok(answers)
    }

    /// The first on the way that can be read and is the one that is looked for, and when the first was fetched that can't
    /// be and comes before it.
    fn readable<T>(
        &self,
        account: AccountId,
        source: &str,
        (way, span): (Way, Span),
        read: impl Fn(&str) -> Option<T>,
        is_it: impl Fn(Moment, &T) -> bool,
    ) -> Result<Newest<T>> {
        let order = match way {
            Way::FromTheNewest => "fetched_at DESC, id DESC",
            Way::FromTheFirst => "fetched_at, id",
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, fetched_at, seen_at FROM {WITH_SIGHTINGS}
             WHERE account_id = ?1 AND source = ?2 AND fetched_at <= ?3
               AND MAX(fetched_at, COALESCE(seen_at, fetched_at)) >= ?4 ORDER BY {order}"
        ))?;
        let since = span.since.map_or(i64::MIN, Moment::unix_seconds);
        let mut rows = statement.query(params![account.0, source, span.by.unix_seconds(), since])?;
        let mut newest = Newest { readable: None, unreadable: None };
        while let Some(row) = rows.next()? {
            let Some(given) = Given::of(row) else { continue };
            let at = match way {
                // It counts when it was first given in the span.
                Way::FromTheFirst if span.since.is_none_or(|since| given.first >= since) => given.first,
                Way::FromTheFirst | Way::FromTheNewest => given.by(span.by),
            };
            match self.body(row.get(0)?, account, source)?.and_then(|body| read(&body)) {
                Some(said) if is_it(at, &said) => {
                    newest.readable = Some((at, said));
                    break;
                }
                Some(_) => {}
                None => newest.unreadable = newest.unreadable.or(Some(at)),
            }
        }
        Ok(newest)
    }
}

/// A moment in a row; none where a damaged byte made something else of it.
pub(crate) fn moment(row: &Row<'_>, column: usize) -> Option<Moment> {
    Moment::from_unix(row.get(column).ok()?, 0)
}

impl Writing<'_> {
    /// Appends an answer. One that says the same as the one before it isn't kept a second time: it is noted when it was
    /// last given. Of answers older than 90 days the last of a day stays.
    pub fn append_snapshot(&self, account: AccountId, snapshot: &Snapshot) -> Result<()> {
        if snapshot.body.len() > LONGEST {
            return Err(StoreError::TooLong(snapshot.body.len()));
        }
        let fetched_at = snapshot.fetched_at.unix_seconds();
        if let Some(id) = self.same_as_the_last(account, snapshot)? {
            self.transaction.execute(
                "INSERT INTO snapshot_sightings (snapshot_id, seen_at) VALUES (?1, ?2)
                 ON CONFLICT (snapshot_id) DO UPDATE SET seen_at = excluded.seen_at",
                params![id, fetched_at],
            )?;
            return Ok(());
        }
        self.transaction.execute(
            "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body, form) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![account.0, fetched_at, snapshot.source, snapshot.body, READ],
        )?;
        self.thin_snapshots(account, snapshot)
    }

    /// The number of the newest answer of the source that isn't later than this one, if it says the same. One that is later
    /// was written by a clock that was ahead.
    fn same_as_the_last(&self, account: AccountId, snapshot: &Snapshot) -> Result<Option<i64>> {
        let mut last = self.transaction.prepare_cached(
            "SELECT id, body = ?3 AND form = ?4 FROM vendor_snapshots
             WHERE account_id = ?1 AND source = ?2 AND fetched_at <= ?5 ORDER BY fetched_at DESC, id DESC LIMIT 1",
        )?;
        let at = snapshot.fetched_at.unix_seconds();
        let bound = params![account.0, snapshot.source, snapshot.body, READ, at];
        let last = last.query_row(bound, |row| Ok((row.get(0)?, row.get(1)?)));
        match last.optional() {
            Ok(last) => Ok(last.filter(|(_, same)| *same).map(|(id, _): (i64, bool)| id)),
            // A damaged one says nothing that anything could be the same as.
            Err(error) if is_damage(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn thin_snapshots(&self, account: AccountId, snapshot: &Snapshot) -> Result<()> {
        let mut thin = self.transaction.prepare_cached(
            "DELETE FROM vendor_snapshots
             WHERE account_id = ?1 AND source = ?2 AND fetched_at < ?3 AND form <> 0 AND EXISTS (
                 SELECT 1 FROM vendor_snapshots AS later
                 WHERE later.account_id = ?1 AND later.source = ?2
                   AND later.fetched_at >= vendor_snapshots.fetched_at
                   AND later.fetched_at < (vendor_snapshots.fetched_at / 86400 + 1) * 86400
                   AND (later.fetched_at > vendor_snapshots.fetched_at OR later.id > vendor_snapshots.id))",
        )?;
        let before = snapshot.fetched_at.plus_seconds(-KEPT_WHOLE).unix_seconds();
        match thin.execute(params![account.0, snapshot.source, before]) {
            Ok(_) => Ok(()),
            // A damaged old answer keeps no new one out.
            Err(error) if is_damage(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
