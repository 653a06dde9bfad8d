//! What reports say of days. Only ever appended; of the same subject the statement issued last counts.

use super::accounts::AccountId;
use crate::{Result, Store, StoreError, Writing};
use chrono::NaiveDate;
use headroom_exact::{Moment, say};
use rusqlite::{Row, Rows, params};

/// What a statement is about. What a report doesn't tell apart is empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    /// The day, UTC.
    pub day: NaiveDate,
    /// The user.
    pub user: String,
    /// The profile.
    pub profile: String,
    /// The client.
    pub client: String,
    /// The model.
    pub model: String,
}

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reported {
    /// What it is about.
    pub subject: Subject,
    /// The report's own stamp: the greater, the later. Empty is older than every other.
    pub issued: String,
    /// What it says, JSON.
    pub body: String,
}

/// 2020-01-01, the first day that anything can be reported of: neither Kiro nor Kilo was there before. What is kept of an earlier one has no
/// readable moment.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_num_days_from_ce_opt(737_425) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

const COLUMNS: &str = "SELECT id, day, user, profile, client, model, issued, body FROM reported_usage
    WHERE account_id = ?1 AND source = ?2";
/// The last of a subject is the one that counts.
const ORDER: &str = "ORDER BY day, user, profile, client, model, issued, id";

fn read(row: &Row<'_>) -> Result<Reported> {
    let day: String = row.get(1)?;
    let off = |_| StoreError::Damaged {
        table: "reported_usage",
        id: row.get(0).unwrap_or_default(),
        reason: say!("no-date", text = &day),
    };
    let subject = Subject {
        day: day.parse().map_err(off)?,
        user: row.get(2)?,
        profile: row.get(3)?,
        client: row.get(4)?,
        model: row.get(5)?,
    };
    Ok(Reported { subject, issued: row.get(6)?, body: row.get(7)? })
}

fn read_all(mut rows: Rows<'_>) -> Result<Vec<Reported>> {
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        statements.push(read(row)?);
    }
    Ok(statements)
}

impl Store {
    /// Every statement about the days from `from` to `to`, both included, the older before the newer of a
    /// subject.
    pub fn statements(
        &self,
        account: AccountId,
        source: &str,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Reported>> {
        let sql = format!("{COLUMNS} AND day BETWEEN ?3 AND ?4 {ORDER}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query(params![account.0, source, from.to_string(), to.to_string()])?;
        read_all(rows)
    }

    /// The newest statement about every subject of these days.
    pub fn reported(
        &self,
        account: AccountId,
        source: &str,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Reported>> {
        let mut newest: Vec<Reported> = Vec::new();
        for reported in self.statements(account, source, from, to)? {
            match newest.last_mut() {
                Some(last) if last.subject == reported.subject => *last = reported,
                _ => newest.push(reported),
            }
        }
        Ok(newest)
    }

    /// With which stamps a source says anything about these days, both included; of each the first of them and the last.
    pub fn reported_stamps(
        &self,
        account: AccountId,
        source: &str,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Vec<(String, NaiveDate, NaiveDate)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT issued, MIN(day), MAX(day) FROM reported_usage
             WHERE account_id = ?1 AND source = ?2 AND day BETWEEN ?3 AND ?4 GROUP BY issued ORDER BY issued",
        )?;
        let days = params![account.0, source, from.to_string(), to.to_string()];
        let rows = statement.query_map(days, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let stamps = rows.collect::<rusqlite::Result<Vec<(String, String, String)>>>()?;
        let days = stamps.into_iter().map(|(issued, first, last)| {
            Ok((issued, self.day(account, source, &first)?, self.day(account, source, &last)?))
        });
        days.collect()
    }

    /// The months that a source says anything about, oldest first: the first day of each.
    pub fn reported_months(&self, account: AccountId, source: &str) -> Result<Vec<NaiveDate>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT substr(day, 1, 7) || '-01' AS month FROM reported_usage
             WHERE account_id = ?1 AND source = ?2 ORDER BY month",
        )?;
        let rows = statement.query_map(params![account.0, source], |row| row.get::<_, String>(0))?;
        let months = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        months.iter().map(|month| self.day(account, source, month)).collect()
    }

    /// The last day that a source says anything about.
    pub fn last_reported_day(&self, account: AccountId, source: &str) -> Result<Option<NaiveDate>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT MAX(day) FROM reported_usage WHERE account_id = ?1 AND source = ?2")?;
        let day: Option<String> = statement.query_row(params![account.0, source], |row| row.get(0))?;
        day.map(|day| self.day(account, source, &day)).transpose()
    }

    /// The first day that a source tells of, from [`FIRST_DAY`] on.
    pub fn first_reported_day(&self, account: AccountId, source: &str) -> Result<Option<NaiveDate>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT MIN(day) FROM reported_usage WHERE account_id = ?1 AND source = ?2 AND day >= ?3",
        )?;
        let from = FIRST_DAY.to_string();
        let day: Option<String> = statement.query_row(params![account.0, source, from], |row| row.get(0))?;
        day.map(|day| self.day(account, source, &day)).transpose()
    }

    /// A day, or which row has one that is none.
    fn day(&self, account: AccountId, source: &str, day: &str) -> Result<NaiveDate> {
        if let Ok(day) = day.parse() {
            return Ok(day);
        }
        let month = day.get(..7).unwrap_or(day);
        let id = self.connection.query_row(
            "SELECT MAX(id) FROM reported_usage WHERE account_id = ?1 AND source = ?2 AND substr(day, 1, 7) = ?3",
            params![account.0, source, month],
            |row| row.get::<_, Option<i64>>(0),
        )?;
        let reason = say!("no-date", text = day);
        Err(StoreError::Damaged { table: "reported_usage", id: id.unwrap_or_default(), reason })
    }
}

impl Writing<'_> {
    /// What a source is kept to have told of days before [`FIRST_DAY`].
    pub fn told_before_any(&self, account: AccountId, source: &str) -> Result<Vec<Subject>> {
        let mut statement = self.transaction.prepare_cached(&format!("{COLUMNS} AND day < ?3 {ORDER}"))?;
        let rows = statement.query(params![account.0, source, FIRST_DAY.to_string()])?;
        let mut subjects: Vec<_> = read_all(rows)?.into_iter().map(|told| told.subject).collect();
        subjects.dedup();
        Ok(subjects)
    }

    /// The newest statement about every subject of a day, in the order in which each was first told of.
    pub fn reported_of(&self, account: AccountId, source: &str, day: NaiveDate) -> Result<Vec<Reported>> {
        let sql = format!("{COLUMNS} AND day = ?3 {ORDER}");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let mut rows = statement.query(params![account.0, source, day.to_string()])?;
        let mut newest: Vec<(i64, Reported)> = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let reported = read(row)?;
            match newest.last_mut() {
                Some((first, last)) if last.subject == reported.subject => {
                    (*first, *last) = (id.min(*first), reported);
                }
                _ => newest.push((id, reported)),
            }
        }
        newest.sort_by_key(|(first, _)| *first);
        Ok(newest.into_iter().map(|(_, reported)| reported).collect())
    }

    /// Every statement about a subject, the older first.
    pub fn statements_about(
        &self,
        account: AccountId,
        source: &str,
        subject: &Subject,
    ) -> Result<Vec<Reported>> {
        let about = "AND day = ?3 AND user = ?4 AND profile = ?5 AND client = ?6 AND model = ?7";
        let mut statement = self.transaction.prepare_cached(&format!("{COLUMNS} {about} {ORDER}"))?;
        let day = subject.day.to_string();
        let rows = statement.query(params![
            account.0,
            source,
            day,
            subject.user,
            subject.profile,
            subject.client,
            subject.model
        ])?;
        read_all(rows)
    }

    /// Appends a statement, unless it is there already or what counts of its subject says the same. Whether
    /// it is new.
    pub fn append_reported(
        &self,
        account: AccountId,
        source: &str,
        reported: &Reported,
        now: Moment,
    ) -> Result<bool> {
        let known = self.statements_about(account, source, &reported.subject)?;
        let is_last = known.last().is_some_and(|last| last.body == reported.body);
        if is_last || known.contains(reported) {
            return Ok(false);
        }
        self.insert_reported(account, source, reported, now)?;
        Ok(true)
    }

    /// Appends a statement that counts from now on, unless what counts of its subject says the same: one that was there before
    /// is said again, within the same second too. Its stamp may not be older than the last one's.
    pub fn append_last_reported(
        &self,
        account: AccountId,
        source: &str,
        reported: &Reported,
        now: Moment,
    ) -> Result<()> {
        let known = self.statements_about(account, source, &reported.subject)?;
        if known.last().is_none_or(|last| last.body != reported.body) {
            self.insert_reported(account, source, reported, now)?;
        }
        Ok(())
    }

    fn insert_reported(
        &self,
        account: AccountId,
        source: &str,
        reported: &Reported,
        now: Moment,
    ) -> Result<()> {
        let subject = &reported.subject;
        let day = subject.day.to_string();
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO reported_usage
                 (account_id, source, day, user, profile, client, model, issued, body, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        insert.execute(params![
            account.0,
            source,
            day,
            subject.user,
            subject.profile,
            subject.client,
            subject.model,
            reported.issued,
            reported.body,
            now.unix_seconds(),
        ])?;
        Ok(())
    }
}
