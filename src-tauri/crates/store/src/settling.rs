//! Answers that older versions kept as they came: each is rewritten once to what was read of it. One that can't be
//! stays as it is, is left out of every read, and is tried again the next time. Nothing of this keeps a file from
//! being opened.

use crate::error::is_damage;
use crate::table::accounts::AccountId;
use crate::table::chores::{GIVE_ROOM_BACK, MEND_INDEXES};
use crate::table::snapshots::{READ, Snapshot, moment};
use crate::{Result, Store, StoreError, Writing};
use chrono::NaiveDate;
use headroom_exact::Moment;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// An answer as an older version kept it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsItCame {
    /// Whose.
    pub account: AccountId,
    /// What was kept. Its body is empty where that can't be read; a moment that can't be read is that of the answer
    /// before it.
    pub snapshot: Snapshot,
}

/// What becomes of an answer that was kept as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settled {
    /// What was read of it takes its place.
    Rewritten(String),
    /// It can't be read: when it was fetched and by which reader is all that stays.
    Emptied,
    /// It stands somewhere else now.
    Moved,
}

/// What is damaged of an account's answers: how many of them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct DamagedSnapshots {
    /// Still as they came, with whatever stands in them.
    pub as_they_came: u64,
    /// When they were fetched can't be read.
    pub undated: u64,
    /// They name no account there is.
    pub unowned: u64,
}

/// One to be settled: its row, its moment or one that stands for it, and whether that is its own.
struct Due {
    id: i64,
    at: Moment,
    dated: bool,
}

impl Store {
    /// Settles every answer that an older version kept as it came, in the order in which they came: one of the two
    /// exceptions to "only ever appended". How many stay as they came: `left` is told of each.
    ///
    /// Each happens for itself. Where an index doesn't agree with its table, the indexes are made anew, at most once a
    /// day, and the rest is tried again.
    pub fn settle_snapshots(
        &mut self,
        now: Moment,
        settle: impl Fn(&Writing<'_>, &AsItCame) -> Result<Settled>,
        left: impl Fn(&Writing<'_>, &AsItCame) -> Result<()>,
    ) -> Result<usize> {
        let any = "SELECT EXISTS (SELECT 1 FROM vendor_snapshots WHERE form = 0)";
        if !self.connection.query_row(any, [], |row| row.get(0))? {
            return Ok(0);
        }
        let mut unsettled = self.write(|writing| writing.settle_all(now, &settle))?;
        if unsettled.iter().any(|(_, damage)| *damage)
            && self.may_try(MEND_INDEXES, now)?
            && self.connection.execute_batch("REINDEX vendor_snapshots").is_ok()
        {
            unsettled = self.write(|writing| writing.settle_all(now, &settle))?;
        }
        if unsettled.is_empty() {
            self.finish(MEND_INDEXES)?;
            return Ok(0);
        }
        self.write(|writing| {
            for (due, _) in &unsettled {
                // What isn't told beside the account's figures `doctor` tells all the same.
                _ = writing.apart(|| match writing.as_it_came(due)? {
                    Some(came) => left(writing, &came),
                    None => Ok(()),
                })?;
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(unsettled.len())
    }

    /// What is damaged of the answers, by account; first of those that name no account there is.
    pub fn damaged_snapshots(&self) -> Result<BTreeMap<Option<AccountId>, DamagedSnapshots>> {
        let mut damaged: BTreeMap<_, DamagedSnapshots> = BTreeMap::new();
        let mut count = |sql: &str, bounds: &[i64], add: fn(&mut DamagedSnapshots)| {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(bounds))?;
            while let Some(row) = rows.next()? {
                add(damaged.entry(row.get::<_, Option<i64>>(0)?.map(AccountId)).or_default());
            }
            Ok::<_, StoreError>(())
        };
        count(
            "SELECT accounts.id FROM vendor_snapshots LEFT JOIN accounts ON accounts.id = account_id WHERE form = 0",
            &[],
            |damaged| damaged.as_they_came = damaged.as_they_came.saturating_add(1),
        )?;
        let calendar = [*Moment::CALENDAR.start(), *Moment::CALENDAR.end()];
        count(
            "SELECT accounts.id FROM vendor_snapshots JOIN accounts ON accounts.id = account_id
             WHERE fetched_at NOT BETWEEN ?1 AND ?2",
            &calendar,
            |damaged| damaged.undated = damaged.undated.saturating_add(1),
        )?;
        count(
            "SELECT NULL FROM vendor_snapshots
             WHERE account_id NOT IN (SELECT id FROM accounts)",
            &[],
            |damaged| damaged.unowned = damaged.unowned.saturating_add(1),
        )?;
        Ok(damaged)
    }
}

impl Writing<'_> {
    /// Whether a bill of the month that can be read was recorded after that.
    pub fn bill_was_recorded_after(
        &self,
        account: AccountId,
        month: NaiveDate,
        moment: Moment,
    ) -> Result<bool> {
        let later = "SELECT EXISTS (SELECT 1 FROM bills WHERE account_id = ?1 AND month = ?2
                     AND recorded_at > ?3 AND unreadable IS NULL)";
        let month = month.format("%Y-%m").to_string();
        let bound = params![account.0, month, moment.unix_seconds()];
        Ok(self.transaction.query_row(later, bound, |row| row.get(0))?)
    }

    /// Settles all that can be. Those that can't, and whether the file is damaged there.
    fn settle_all(
        &self,
        now: Moment,
        settle: &impl Fn(&Self, &AsItCame) -> Result<Settled>,
    ) -> Result<Vec<(Due, bool)>> {
        let mut unsettled = Vec::new();
        let mut settled_any = false;
        for due in self.due(now)? {
            match self.apart(|| self.settle_one(&due, settle))? {
                Ok(()) => settled_any = true,
                Err(error) => {
                    let damage = matches!(&error, StoreError::Database(error) if is_damage(error));
                    unsettled.push((due, damage));
                }
            }
        }
        if settled_any {
            self.owe(GIVE_ROOM_BACK)?;
        }
        Ok(unsettled)
    }

    /// Does something that happens for itself: if it fails, nothing of it stays, and the rest of the transaction goes
    /// on. The outer error is that the transaction can't go on.
    fn apart<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<Result<T>> {
        self.write_sums()?;
        self.transaction.execute_batch("SAVEPOINT apart")?;
        let outcome = work().and_then(|done| self.write_sums().map(|()| done));
        self.forget_sums();
        if self.transaction.is_autocommit() {
            // SQLite took all of it back (a full disk does that): what came after would not be in it.
            return outcome.map(Ok);
        }
        let end = if outcome.is_ok() { "RELEASE apart" } else { "ROLLBACK TO apart; RELEASE apart" };
        self.transaction.execute_batch(end)?;
        Ok(outcome)
    }

    fn settle_one(&self, due: &Due, settle: &impl Fn(&Self, &AsItCame) -> Result<Settled>) -> Result<()> {
        let Some(mut came) = self.as_it_came(due)? else { return Ok(()) };
        came.snapshot.body = self.whole_body(due.id)?;
        let known = "SELECT EXISTS (SELECT 1 FROM accounts WHERE id = ?1)";
        let known: bool = self.transaction.query_row(known, [came.account.0], |row| row.get(0))?;
        let body = match if known { settle(self, &came)? } else { Settled::Emptied } {
            // Figures that nobody knows the time of are no figures.
            Settled::Rewritten(body) if due.dated => Some(body),
            Settled::Rewritten(_) | Settled::Emptied => Some(String::new()),
            Settled::Moved => None,
        };
        match body {
            Some(body) => self.transaction.execute(
                "UPDATE vendor_snapshots SET body = ?2, form = ?3 WHERE id = ?1",
                params![due.id, body, READ],
            )?,
            None => self.transaction.execute("DELETE FROM vendor_snapshots WHERE id = ?1", [due.id])?,
        };
        Ok(())
    }

    /// Those that are as they came, in the order in which they came. One whose moment can't be read came when the one
    /// recorded before it did, as far as anybody can tell.
    fn due(&self, now: Moment) -> Result<Vec<Due>> {
        let ids = "SELECT id FROM vendor_snapshots WHERE form = 0 ORDER BY id";
        let ids: Vec<i64> = self
            .transaction
            .prepare(ids)?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut at = self.transaction.prepare("SELECT fetched_at FROM vendor_snapshots WHERE id = ?1")?;
        let moments: Vec<(i64, Option<Moment>)> = ids
            .into_iter()
            .map(|id| (id, at.query_row([id], |row| Ok(moment(row, 0))).ok().flatten()))
            .collect();
        let mut before = moments.iter().find_map(|(_, at)| *at).unwrap_or(now);
        let mut due: Vec<_> = moments
            .into_iter()
            .map(|(id, at)| {
                before = at.unwrap_or(before);
                Due { id, at: before, dated: at.is_some() }
            })
            .collect();
        due.sort_by_key(|due| (due.at, due.id));
        Ok(due)
    }

    /// One without its body; none if it is there no more.
    fn as_it_came(&self, due: &Due) -> Result<Option<AsItCame>> {
        let sql = "SELECT account_id, source FROM vendor_snapshots WHERE id = ?1";
        let came = self.transaction.prepare_cached(sql)?.query_row([due.id], |row| {
            let source = row.get_ref(1)?.as_str().unwrap_or_default().to_owned();
            // What is no number (a damaged byte can do that) is no account's.
            let account = AccountId(row.get(0).unwrap_or_default());
            Ok(AsItCame { account, snapshot: Snapshot { fetched_at: due.at, source, body: String::new() } })
        });
        Ok(came.optional()?)
    }

    /// What is no text (a damaged byte can do that) is settled as nothing that can be read.
    fn whole_body(&self, id: i64) -> Result<String> {
        let sql = "SELECT body FROM vendor_snapshots WHERE id = ?1";
        let body = self
            .transaction
            .prepare_cached(sql)?
            .query_row([id], |row| Ok(row.get_ref(0)?.as_str().unwrap_or_default().to_owned()));
        Ok(body?)
    }
}
