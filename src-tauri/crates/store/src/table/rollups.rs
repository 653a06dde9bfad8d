//! Usage summed by UTC day and model. Charts and totals read these, so that their cost doesn't grow
//! with the number of tasks.

use super::accounts::AccountId;
use super::changes::{DAY, DayChange};
use crate::{Result, Store, StoreError, Writing};
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, say};
use rusqlite::{Row, params};

/// One UTC day, all models together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// Metered credits.
    pub credits: Credits,
    /// Tasks with metering.
    pub tasks: u32,
    /// Tasks of unknown cost.
    pub unmetered: u32,
}

/// Everything recorded of an account's usage, in sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct UsageTotals {
    /// Tasks with metering.
    pub tasks: u32,
    /// Tasks of unknown cost.
    pub unmetered: u32,
    /// The last day with either.
    pub last_day: Option<NaiveDate>,
}

fn date(text: &str) -> Result<NaiveDate> {
    let damaged = |_| StoreError::Damaged { table: "daily_rollups", id: 0, reason: say!("no-date", text) };
    text.parse().map_err(damaged)
}

fn day(row: &Row<'_>) -> Result<Day> {
    let day: String = row.get(0)?;
    let credits: i64 = row.get(1)?;
    Ok(Day {
        date: date(&day)?,
        credits: Credits::from_hundredths(credits.into()),
        tasks: row.get(2)?,
        unmetered: row.get(3)?,
    })
}

impl Store {
    /// The days from `from` to `to`, both included, that have any usage.
    pub fn days(&self, account: AccountId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Day>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT day, SUM(credits), SUM(tasks), SUM(unmetered) FROM daily_rollups
             WHERE account_id = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY day ORDER BY day",
        )?;
        let mut rows = statement.query(params![account.0, from.to_string(), to.to_string()])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push(day(row)?);
        }
        Ok(days)
    }

    /// The first day that has any usage.
    pub fn first_day(&self, account: AccountId) -> Result<Option<NaiveDate>> {
        let mut statement =
            self.connection.prepare_cached("SELECT MIN(day) FROM daily_rollups WHERE account_id = ?1")?;
        let day: Option<String> = statement.query_row([account.0], |row| row.get(0))?;
        day.as_deref().map(date).transpose()
    }

    /// The newest months before `before`'s that have any metered usage, oldest first, at most `most`: each with
    /// its first day and its credits.
    pub fn months(
        &self,
        account: AccountId,
        before: NaiveDate,
        most: u32,
    ) -> Result<Vec<(NaiveDate, Credits)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT substr(day, 1, 7) || '-01' AS month, SUM(credits) FROM daily_rollups
             WHERE account_id = ?1 AND day < ?2 GROUP BY month HAVING SUM(tasks) > 0 OR SUM(credits) > 0
             ORDER BY month DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(params![account.0, before.to_string(), most])?;
        let mut months = Vec::new();
        while let Some(row) = rows.next()? {
            let month: String = row.get(0)?;
            let credits: i64 = row.get(1)?;
            months.push((date(&month)?, Credits::from_hundredths(credits.into())));
        }
        months.reverse();
        Ok(months)
    }

    /// The sums over all days.
    pub fn usage_totals(&self, account: AccountId) -> Result<UsageTotals> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COALESCE(SUM(tasks), 0), COALESCE(SUM(unmetered), 0), MAX(day)
             FROM daily_rollups WHERE account_id = ?1",
        )?;
        let (tasks, unmetered, last): (u32, u32, Option<String>) =
            statement.query_row([account.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(UsageTotals { tasks, unmetered, last_day: last.as_deref().map(date).transpose()? })
    }
}

impl Writing<'_> {
    /// Adds to a day's sums, or takes from them; called for every event that counts from now on or no longer.
    pub(super) fn roll_up(
        &self,
        account: AccountId,
        at: Moment,
        model: &str,
        hundredths: i64,
        tasks: i64,
        unmetered: i64,
    ) -> Result<()> {
        let takes = tasks < 0 || unmetered < 0 || hundredths < 0;
        let change = DayChange { hundredths, tasks, unmetered, takes };
        self.sums.borrow_mut().add_to_day(account.0, at, model, &change)
    }

    /// Writes what changed of a day, given by its number since 1970.
    pub(super) fn change_day(
        &self,
        account: AccountId,
        day: i64,
        model: &str,
        change: &DayChange,
    ) -> Result<()> {
        let DayChange { hundredths, tasks, unmetered, takes } = *change;
        let off = || StoreError::Damaged {
            table: "daily_rollups",
            id: 0,
            reason: say!("no-date", text = day.to_string()),
        };
        let begins = Moment::from_unix(day.saturating_mul(DAY), 0).ok_or_else(off)?;
        let day = begins.date().to_string();
        self.prepared(
            "INSERT INTO daily_rollups (account_id, day, model, credits, tasks, unmetered)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (account_id, day, model) DO UPDATE SET
                 credits = credits + excluded.credits,
                 tasks = tasks + excluded.tasks,
                 unmetered = unmetered + excluded.unmetered",
        )?
        .execute(params![account.0, day, model, hundredths, tasks, unmetered])?;
        if takes {
            // A day of which nothing is left is a day without records.
            self.prepared(
                "DELETE FROM daily_rollups WHERE account_id = ?1 AND day = ?2 AND model = ?3
                 AND credits = 0 AND tasks = 0 AND unmetered = 0",
            )?
            .execute(params![account.0, day, model])?;
        }
        Ok(())
    }
}
