//! What tasks used between two days, by what tells them apart.

use super::accounts::AccountId;
use super::changes::{DAY, HOUR, number};
use super::events::{ESTIMATES, is_estimated};
use crate::{Result, Store};
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::{BTreeSet, HashMap};

/// By what tasks are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Apart {
    /// The folder of the session; kept only after the owner agreed.
    Project,
    /// The model.
    Model,
    /// The session.
    Session,
    /// The program: `kiro-cli`, `kiro` where it is one of those that share a layout, else the source's name.
    Client,
    /// The hour of the week in UTC, from Monday: `0` to `167`.
    Hour,
    /// The day in UTC: YYYY-MM-DD.
    Day,
}

/// What a part used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Used {
    /// What tells it from the others; none where that isn't known.
    pub name: Option<String>,
    /// The title of a session; kept only after the owner agreed.
    pub title: Option<String>,
    /// Metered, what sessions used outside their tasks included.
    pub metered: Credits,
    /// Of that, outside tasks.
    pub auxiliary: Credits,
    /// By estimate, beside it.
    pub estimated: Credits,
    /// Tasks, whether metered or not.
    pub tasks: u64,
    /// Tasks of unknown cost, in no amount.
    pub unknown: u64,
}

impl Used {
    /// What is metered and what is estimated, together.
    pub const fn both(&self) -> Credits {
        self.metered.plus(self.estimated)
    }

    /// All of these together, without a name; none of none.
    pub fn all(parts: &[Self]) -> Option<Self> {
        let (first, others) = parts.split_first()?;
        Some(others.iter().fold(first.plus(&Self::default()), |all, part| all.plus(part)))
    }

    /// Both, without a name.
    fn plus(&self, other: &Self) -> Self {
        Self {
            name: None,
            title: None,
            metered: self.metered.plus(other.metered),
            auxiliary: self.auxiliary.plus(other.auxiliary),
            estimated: self.estimated.plus(other.estimated),
            tasks: self.tasks.saturating_add(other.tasks),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}

/// What was used of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kind {
    /// Metered.
    pub metered: Credits,
    /// By estimate, beside it.
    pub estimated: Credits,
    /// Tasks of unknown cost that it is a part of, in no amount.
    pub unknown: u64,
}

/// What was used for what was asked, by subagents for that, and besides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kinds {
    /// For what was asked, without subagents.
    pub main: Kind,
    /// By subagents.
    pub delegated: Kind,
    /// By either, where that isn't told.
    pub either: Kind,
    /// Besides.
    pub auxiliary: Kind,
}

impl Kind {
    const fn add(&mut self, metered: Credits, estimated: Credits, unknown: u64) {
        self.metered = self.metered.plus(metered);
        self.estimated = self.estimated.plus(estimated);
        self.unknown = self.unknown.saturating_add(unknown);
    }
}

impl Kinds {
    /// All that is metered.
    pub const fn metered(self) -> Credits {
        let Self { main, delegated, either, auxiliary } = self;
        main.metered.plus(delegated.metered).plus(either.metered).plus(auxiliary.metered)
    }

    /// With a session's tasks, of which so many credits were used by subagents, where that is told.
    fn add(&mut self, tasks: Kind, delegated: Option<Credits>) {
        let Kind { metered, estimated, unknown } = tasks;
        let Some(delegated) = delegated else {
            return self.either.add(metered, estimated, unknown);
        };
        // It is a part of what the tasks used, and never more than is known of that.
        let of_metered = delegated.min(metered);
        let of_estimated = delegated.minus(of_metered).min(estimated);
        let is_all = delegated == of_metered.plus(of_estimated);
        self.main.add(metered.minus(of_metered), estimated.minus(of_estimated), unknown);
        self.delegated.add(of_metered, of_estimated, if is_all { 0 } else { unknown });
    }
}

/// What of a part is summed, in the order in which it is read.
const SUMS: &str = "SUM(metered) AS metered, SUM(auxiliary), SUM(estimated), SUM(tasks), SUM(unknown)";

/// The program that a task ran in.
pub(super) const CLIENT: &str =
    "CASE source WHEN 'kiro-cli-sessions' THEN 'kiro-cli' WHEN 'kiro-sessions' THEN 'kiro'
    WHEN 'kiro-ide-sessions' THEN 'kiro' ELSE source END";

fn used(row: &Row<'_>) -> rusqlite::Result<Used> {
    let credits =
        |column| Ok::<_, rusqlite::Error>(Credits::from_hundredths(row.get::<_, i64>(column)?.into()));
    let count =
        |column| Ok::<_, rusqlite::Error>(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default());
    Ok(Used {
        name: row.get(0)?,
        title: row.get(1)?,
        metered: credits(2)?,
        auxiliary: credits(3)?,
        estimated: credits(4)?,
        tasks: count(5)?,
        unknown: count(6)?,
    })
}

impl Store {
    /// What was used from a day up to another, without that, by what tells it apart: the most first.
    pub fn used_by(
        &self,
        account: AccountId,
        from: NaiveDate,
        to: NaiveDate,
        by: Apart,
    ) -> Result<Vec<Used>> {
        let hours = "FROM hour_sums WHERE account_id = ?1 AND hour >= ?2 AND hour < ?3";
        let sessions = "FROM session_sums LEFT JOIN sessions USING (account_id, session)
            WHERE account_id = ?1 AND day >= ?2 AND day < ?3";
        let sql = match by {
            Apart::Model => format!(
                "SELECT NULLIF(model, ''), NULL, {SUMS} {hours} GROUP BY model ORDER BY metered DESC, 1"
            ),
            Apart::Client => format!(
                "SELECT {CLIENT} AS client, NULL, {SUMS} {hours} GROUP BY client ORDER BY metered DESC, client"
            ),
            // The first of January 1970 was a Thursday.
            Apart::Hour => format!(
                "SELECT CAST((hour + 72) % 168 AS TEXT), NULL, {SUMS} {hours}
                 GROUP BY (hour + 72) % 168 ORDER BY (hour + 72) % 168"
            ),
            Apart::Day => format!(
                "SELECT date(hour * 3600, 'unixepoch') AS day, NULL, {SUMS} {hours} GROUP BY day ORDER BY day"
            ),
            Apart::Session => format!(
                "SELECT NULLIF(session, ''), title, {SUMS} {sessions}
                 GROUP BY session ORDER BY metered DESC, 1"
            ),
            Apart::Project => format!(
                "SELECT project, NULL, {SUMS} {sessions} GROUP BY project ORDER BY metered DESC, project"
            ),
        };
        let each = match by {
            Apart::Model | Apart::Client | Apart::Hour | Apart::Day => HOUR,
            Apart::Session | Apart::Project => DAY,
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![account.0, begin(from, each), begin(to, each)], used)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The same by what it was used for, each session by itself.
    pub fn used_for(&self, account: AccountId, from: NaiveDate, to: NaiveDate) -> Result<Kinds> {
        let mut statement = self.connection.prepare_cached(
            "SELECT SUM(metered - auxiliary), SUM(auxiliary), SUM(estimated), SUM(unknown), delegated, session
             FROM session_sums LEFT JOIN sessions USING (account_id, session)
             WHERE account_id = ?1 AND day >= ?2 AND day < ?3 GROUP BY session",
        )?;
        let mut rows = statement.query(params![account.0, begin(from, DAY), begin(to, DAY)])?;
        let mut kinds = Kinds::default();
        let mut besides = None;
        while let Some(row) = rows.next()? {
            let amount = |credits: i64| Credits::from_hundredths(credits.into());
            let estimated = amount(row.get(2)?);
            let of_session: String = row.get(5)?;
            if estimated.is_positive() && besides.is_none() {
                let end = Moment::on(to, 0).plus_seconds(-1);
                besides = Some(self.estimated_besides(account, Moment::on(from, 0), end)?);
            }
            let auxiliary = besides.as_ref().and_then(|besides| besides.get(&of_session)).copied();
            let auxiliary = auxiliary.unwrap_or_default();
            kinds.auxiliary.add(amount(row.get(1)?), auxiliary, 0);
            let unknown = u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default();
            let tasks = Kind { metered: amount(row.get(0)?), estimated: estimated.minus(auxiliary), unknown };
            let delegated = row.get::<_, Option<i64>>(4)?.map(amount);
            let delegated = match delegated.filter(|delegated| delegated.is_positive()) {
                Some(all) => Some(self.delegated_between(account, &of_session, all, (from, to))?),
                None => delegated,
            };
            kinds.add(tasks, delegated);
        }
        Ok(kinds)
    }

    /// Of all credits that a session's subagents used those between two days, by the rows that tell of them.
    fn delegated_between(
        &self,
        account: AccountId,
        session: &str,
        all: Credits,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Credits> {
        let mut statement = self.connection.prepare_cached(
            "SELECT at, delegated FROM session_splits WHERE account_id = ?1 AND session = ?2 ORDER BY position",
        )?;
        let mut rows = statement.query(params![account.0, session])?;
        let (from, to) = (Moment::on(from, 0).unix_seconds(), Moment::on(to, 0).unix_seconds());
        let (mut before, mut by_then, mut last) = (None, None, None);
        while let Some(row) = rows.next()? {
            let (at, told): (i64, String) = (row.get(0)?, row.get(1)?);
            let Some(told) = rounded(&told) else { continue };
            last = Some(told);
            before = if at < from { last } else { before };
            by_then = if at < to { last } else { by_then };
        }
        let Some(last) = last else { return Ok(all) };
        // A fork's rows begin with what came with it.
        let base = last.minus(all);
        let own =
            |told: Option<Credits>| told.map_or(Credits::ZERO, |told| told.less_at_most_all(base).min(all));
        Ok(own(by_then).less_at_most_all(own(before)))
    }

    /// What sessions used outside their tasks by estimate, from one moment up to and including another.
    pub(super) fn estimated_besides(
        &self,
        account: AccountId,
        from: Moment,
        to: Moment,
    ) -> Result<HashMap<String, Credits>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COALESCE(session, ''), SUM(credits) FROM events
             WHERE account_id = ?1 AND kind = 'auxiliary' AND source = ?2 AND at BETWEEN ?3 AND ?4 GROUP BY 1",
        )?;
        let of = params![account.0, ESTIMATES, from.unix_seconds(), to.unix_seconds()];
        let rows = statement
            .query_map(of, |row| Ok((row.get(0)?, Credits::from_hundredths(row.get::<_, i64>(1)?.into()))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The sessions of it of which what is known is the least they used: they don't tell what they used outside their tasks,
    /// or one of these is of unknown cost.
    pub fn least_sessions(
        &self,
        account: AccountId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeSet<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT session FROM session_sums LEFT JOIN sessions USING (account_id, session)
             WHERE account_id = ?1 AND day >= ?2 AND day < ?3 GROUP BY session
             HAVING SUM(unmetered) > 0 OR SUM(newer) > 0 AND COALESCE(MAX(splits), 0) = 0",
        )?;
        let rows =
            statement.query_map(params![account.0, begin(from, DAY), begin(to, DAY)], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many there are of them.
    pub fn least_of(&self, account: AccountId, from: NaiveDate, to: NaiveDate) -> Result<u64> {
        Ok(u64::try_from(self.least_sessions(account, from, to)?.len()).unwrap_or(u64::MAX))
    }
}

/// An exact amount in hundredths. Decimals beyond the twelfth don't change how it is rounded.
fn rounded(amount: &str) -> Option<Credits> {
    let cut = amount.split_once('.').and_then(|(whole, part)| Some(format!("{whole}.{}", part.get(..12)?)));
    cut.as_deref().unwrap_or(amount).parse().ok().map(Credits::rounded)
}

/// The number of the hour or day in which a day begins.
fn begin(day: NaiveDate, seconds: i64) -> i64 {
    number(Moment::on(day, 0), seconds)
}

/// What was used in an hour of one model, session and program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HourUsed {
    /// When the hour began.
    pub at: Moment,
    /// The model.
    pub model: Option<String>,
    /// The session.
    pub session: Option<String>,
    /// The program ([`Apart::Client`]).
    pub client: String,
    /// Metered, what sessions used outside their tasks included.
    pub metered: Credits,
    /// Tasks that are metered.
    pub tasks: u32,
    /// Tasks of unknown cost, in no amount.
    pub unknown: u32,
}

/// What a session is called; kept only after the owner agreed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionName {
    /// Its folder.
    pub project: Option<String>,
    /// Its title.
    pub title: Option<String>,
}

impl Store {
    /// What was used from one moment up to another, without that, as far as it is told apart: estimates are in none of it.
    pub fn used_in_hours(&self, account: AccountId, from: Moment, to: Moment) -> Result<Vec<HourUsed>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT at - at % 3600 AS hour, model, session, {CLIENT} AS client,
                 COALESCE(SUM(CASE WHEN kind <> 'unmetered' THEN credits END), 0),
                 SUM(kind = 'usage'), SUM(kind = 'unmetered')
             FROM events WHERE account_id = ?1 AND at >= ?2 AND at < ?3 AND kind IN ('usage', 'unmetered', 'auxiliary')
                 AND NOT {}
             GROUP BY hour, model, session, client ORDER BY hour",
            is_estimated!()
        ))?;
        let mut rows = statement.query(params![account.0, from.unix_seconds(), to.unix_seconds()])?;
        let mut hours = Vec::new();
        while let Some(row) = rows.next()? {
            // A moment that can't be read is in no hour; the task it is of is told as damaged.
            let Some(at) = Moment::from_unix(row.get(0)?, 0) else { continue };
            hours.push(HourUsed {
                at,
                model: row.get(1)?,
                session: row.get(2)?,
                client: row.get(3)?,
                metered: Credits::from_hundredths(row.get::<_, i64>(4)?.into()),
                tasks: row.get(5)?,
                unknown: row.get(6)?,
            });
        }
        Ok(hours)
    }

    /// What a session is called.
    pub fn session_name(&self, account: AccountId, session: &str) -> Result<Option<SessionName>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT project, title FROM sessions WHERE account_id = ?1 AND session = ?2")?;
        let name = statement.query_row(params![account.0, session], |row| {
            Ok(SessionName { project: row.get(0)?, title: row.get(1)? })
        });
        Ok(name.optional()?)
    }
}
