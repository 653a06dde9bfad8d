//! What happened: the acts of the user and metered usage. Only ever appended.

use super::accounts::AccountId;
use super::changes::{Change, Part};
use crate::acts_step::is_an_act;
use crate::{Result, Store, StoreError, Writing};
use headroom_exact::{Credits, Heard, Moment, say};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

/// What an event is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventKind {
    /// The account's facts as its owner states them.
    Facts,
    /// The overage switch was turned.
    SetOverage,
    /// A plan change was recorded.
    ChangePlan,
    /// A pack was bought, as the owner states.
    BuyCredits,
    /// Credits were granted, as the owner states.
    Grant,
    /// An act before it is taken back.
    Undo,
    /// A task with its metering.
    Usage,
    /// A task whose metering is unknown. Unknown is not zero.
    Unmetered,
    /// A task whose cost is an estimate: in no figure that is charged.
    Estimated,
    /// Credits that a session used outside its tasks: metered, unless they are of [`ESTIMATES`].
    Auxiliary,
    /// A task or credits that were told again since, and differently: in no figure any more.
    Superseded,
}

/// The source of what is an estimate: in no figure that is charged.
pub const ESTIMATES: &str = "kiro-ide-sessions";

/// Whether an event is of metered credits.
macro_rules! is_metered {
    () => {
        "(kind = 'usage' OR kind = 'auxiliary' AND source <> 'kiro-ide-sessions')"
    };
}
pub(crate) use is_metered;

/// Whether an event is of estimated credits.
macro_rules! is_estimated {
    () => {
        "(kind = 'estimated' OR kind = 'auxiliary' AND source = 'kiro-ide-sessions')"
    };
}
pub(crate) use is_estimated;

/// Whether anything was imported into an account: the first of it that is met says so.
const ANY_IMPORTED: &str = "SELECT 1 FROM events
    WHERE account_id = ?1 AND kind IN ('usage', 'unmetered', 'estimated', 'auxiliary') LIMIT 1";
/// When the last of that was recorded. From the newest record backwards: by an index all of an account would be read and sorted.
const LAST_IMPORTED: &str = "SELECT recorded_at FROM events NOT INDEXED
    WHERE account_id = ?1 AND kind IN ('usage', 'unmetered', 'estimated', 'auxiliary') ORDER BY id DESC LIMIT 1";

/// All acts of an account, in the order in which they were recorded.
const ACTS: &str = concat!(
    "SELECT id, at, at_nanoseconds, kind, key, body FROM events WHERE account_id = ?1 AND ",
    is_an_act!(),
    " ORDER BY id"
);
const APPEND: &str = "INSERT INTO events
        (account_id, at, at_nanoseconds, kind, key, credits, model, session, source, body, recorded_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    ON CONFLICT (account_id, key) DO NOTHING";

impl EventKind {
    const ALL: [Self; 11] = [
        Self::Facts,
        Self::SetOverage,
        Self::ChangePlan,
        Self::BuyCredits,
        Self::Grant,
        Self::Undo,
        Self::Usage,
        Self::Unmetered,
        Self::Estimated,
        Self::Auxiliary,
        Self::Superseded,
    ];

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::SetOverage => "set-overage",
            Self::ChangePlan => "change-plan",
            Self::BuyCredits => "buy-credits",
            Self::Grant => "grant",
            Self::Undo => "undo",
            Self::Usage => "usage",
            Self::Unmetered => "unmetered",
            Self::Estimated => "estimated",
            Self::Auxiliary => "auxiliary",
            Self::Superseded => "superseded",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An event to be appended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent {
    /// When it happened.
    pub at: Moment,
    /// What it is.
    pub kind: EventKind,
    /// Its idempotency key: a key that the account already has is not appended again.
    pub key: String,
    /// What it consumed, for usage.
    pub credits: Option<Credits>,
    /// The model, where it is known.
    pub model: Option<String>,
    /// The session, where it is known.
    pub session: Option<String>,
    /// Where it comes from.
    pub source: &'static str,
    /// Everything as observed, JSON.
    pub body: String,
}

/// An act of the user as recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// Its number; the higher, the later it was recorded.
    pub id: i64,
    /// When it took place.
    pub at: Moment,
    /// What it is.
    pub kind: EventKind,
    /// What names it within the account, for good.
    pub key: String,
    /// Its content, JSON.
    pub body: String,
}

/// Metered usage as recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// When.
    pub at: Moment,
    /// How much.
    pub credits: Credits,
}

/// Something recorded that counts from now on, or no longer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'e> {
    pub at: Moment,
    pub kind: EventKind,
    pub model: Option<&'e str>,
    pub session: Option<&'e str>,
    pub source: &'e str,
    /// Credits in hundredths, where they are known.
    pub hundredths: Option<i64>,
    /// Once more (1), or once less (-1).
    pub times: i64,
}

/// Hundredths as the file keeps them.
pub(super) fn stored(credits: Credits) -> Result<i64> {
    i64::try_from(credits.hundredths()).map_err(|_| StoreError::TooLarge(credits.hundredths()))
}

/// A moment kept in two columns of the row `id`.
pub(super) fn moment(id: i64, seconds: i64, nanoseconds: u32) -> Result<Moment> {
    let off =
        || StoreError::Damaged { table: "events", id, reason: say!("no-moment", text = seconds.to_string()) };
    Moment::from_unix(seconds, nanoseconds).ok_or_else(off)
}

fn act(row: &Row<'_>) -> Result<Act> {
    let id = row.get(0)?;
    let kind: String = row.get(3)?;
    let unknown =
        || StoreError::Damaged { table: "events", id, reason: say!("no-kind-of-event", text = &kind) };
    Ok(Act {
        id,
        at: moment(id, row.get(1)?, row.get(2)?)?,
        kind: EventKind::named(&kind).ok_or_else(unknown)?,
        key: row.get(4)?,
        body: row.get(5)?,
    })
}

fn acts(connection: &Connection, account: AccountId) -> Result<Vec<Act>> {
    let mut statement = connection.prepare_cached(ACTS)?;
    let mut rows = statement.query([account.0])?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        acts.push(act(row)?);
    }
    Ok(acts)
}

impl Store {
    /// All acts in the order they were recorded.
    pub fn acts(&self, account: AccountId) -> Result<Vec<Act>> {
        acts(&self.connection, account)
    }

    /// Metered usage from `from` up to and including `to`, in time order.
    pub fn usage(&self, account: AccountId, from: Moment, to: Moment) -> Result<Vec<Usage>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT id, at, at_nanoseconds, credits FROM events
             WHERE account_id = ?1 AND ",
            is_metered!(),
            " AND credits IS NOT NULL AND at BETWEEN ?2 AND ?3
             ORDER BY at, at_nanoseconds, id",
        ))?;
        let mut rows = statement.query(params![account.0, from.unix_seconds(), to.unix_seconds()])?;
        let mut usage = Vec::new();
        while let Some(row) = rows.next()? {
            let at = moment(row.get(0)?, row.get(1)?, row.get(2)?)?;
            if from <= at && at <= to {
                let credits: i64 = row.get(3)?;
                usage.push(Usage { at, credits: Credits::from_hundredths(credits.into()) });
            }
        }
        Ok(usage)
    }
}

/// Estimated tasks, in sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct EstimatedTotals {
    /// What they cost by estimate.
    pub credits: Credits,
    /// How many.
    pub tasks: u32,
}

impl Store {
    /// Whether an account has any task or line of a report that is kept under that name of a source.
    pub fn has_records_from(&self, account: AccountId, source: &str) -> Result<bool> {
        let any = "SELECT EXISTS (SELECT 1 FROM events WHERE account_id = ?1 AND source = ?2)
            OR EXISTS (SELECT 1 FROM reported_usage WHERE account_id = ?1 AND source = ?2)";
        Ok(self.connection.query_row(any, params![account.0, source], |row| row.get(0))?)
    }

    /// When the last of what was imported into an account was recorded, by the clock of then.
    pub fn last_imported(&self, account: AccountId) -> Result<Option<Heard>> {
        let any = self.connection.prepare_cached(ANY_IMPORTED)?.exists([account.0])?;
        if !any {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(LAST_IMPORTED)?;
        let at: Option<i64> = statement.query_row([account.0], |row| row.get(0)).optional()?;
        Ok(at.and_then(|seconds| Moment::from_unix(seconds, 0)).map(Heard::at))
    }

    /// What estimated tasks come to from `from` up to and including `to`.
    pub fn estimated(&self, account: AccountId, from: Moment, to: Moment) -> Result<EstimatedTotals> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COALESCE(SUM(credits), 0), COUNT(*) FROM events
             WHERE account_id = ?1 AND kind = 'estimated' AND credits IS NOT NULL AND at BETWEEN ?2 AND ?3",
        )?;
        let sums = params![account.0, from.unix_seconds(), to.unix_seconds()];
        let (credits, tasks): (i64, u32) = statement.query_row(sums, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let besides: Credits = match tasks {
            0 => Credits::ZERO,
            _ => self.estimated_besides(account, from, to)?.into_values().sum(),
        };
        Ok(EstimatedTotals { credits: Credits::from_hundredths(credits.into()).plus(besides), tasks })
    }
}

impl Writing<'_> {
    /// All acts in the order they were recorded, as this write finds them: what it adds can rest on them.
    pub fn acts(&self, account: AccountId) -> Result<Vec<Act>> {
        acts(&self.transaction, account)
    }

    /// Appends an event and keeps all sums in step. Whether it was new.
    pub fn append(&self, account: AccountId, event: &NewEvent, recorded_at: Moment) -> Result<bool> {
        self.appending()?.append(account, event, recorded_at)
    }

    /// Appends one event after the other.
    pub fn appending(&self) -> Result<Appending<'_>> {
        Ok(Appending { writing: self, statement: self.prepared(APPEND)? })
    }

    /// Keeps all sums in step with what counts from now on, or no longer.
    pub(super) fn count(&self, account: AccountId, counted: &Counted<'_>) -> Result<()> {
        let Counted { at, kind, model, session, source, hundredths, times } = *counted;
        let model = model.unwrap_or_default();
        let credits = hundredths.unwrap_or(0).saturating_mul(times);
        let part =
            Part { at, source, model, session: session.unwrap_or_default(), change: Change::default() };
        let of = Change { records: times, ..Change::default() };
        let task = Change { tasks: times, ..of };
        let change = match kind {
            EventKind::Usage => {
                self.roll_up(account, at, model, credits, times, 0)?;
                Change { metered: credits, ..task }
            }
            EventKind::Auxiliary if source == ESTIMATES => Change { estimated: credits, ..of },
            EventKind::Auxiliary => {
                self.roll_up(account, at, model, credits, 0, 0)?;
                Change { metered: credits, auxiliary: credits, ..of }
            }
            EventKind::Unmetered => {
                self.roll_up(account, at, model, 0, 0, times)?;
                Change { unknown: times, unmetered: times, ..task }
            }
            EventKind::Estimated => {
                let unknown = if hundredths.is_none() { times } else { 0 };
                Change { estimated: credits, unknown, ..task }
            }
            EventKind::Facts
            | EventKind::SetOverage
            | EventKind::ChangePlan
            | EventKind::BuyCredits
            | EventKind::Grant
            | EventKind::Undo
            | EventKind::Superseded => return Ok(()),
        };
        self.sum_up(account, &Part { change, ..part })
    }
}

/// Appends events with one statement for all of them.
pub struct Appending<'w> {
    writing: &'w Writing<'w>,
    statement: CachedStatement<'w>,
}

impl Appending<'_> {
    /// As [`Writing::append`].
    pub fn append(&mut self, account: AccountId, event: &NewEvent, recorded_at: Moment) -> Result<bool> {
        let credits = event.credits.map(stored).transpose()?;
        let added = self.statement.execute(params![
            account.0,
            event.at.unix_seconds(),
            event.at.nanoseconds(),
            event.kind.name(),
            event.key,
            credits,
            event.model,
            event.session,
            event.source,
            event.body,
            recorded_at.unix_seconds(),
        ])? > 0;
        if added {
            self.writing.count(
                account,
                &Counted {
                    at: event.at,
                    kind: event.kind,
                    model: event.model.as_deref(),
                    session: event.session.as_deref(),
                    source: event.source,
                    hundredths: credits,
                    times: 1,
                },
            )?;
        }
        Ok(added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explained::{program, query_plan};

    /// Found in November 2026: a third of an import's time went into a table of five kinds for each task.
    #[test]
    fn a_task_is_written_without_a_table_of_its_own() {
        let opens = |sql: &str| program(sql).iter().any(|step| step == "OpenEphemeral");
        assert!(
            opens("SELECT 1 FROM events WHERE kind IN ('a', 'b', 'c')"),
            "what a table of its own is called"
        );
        assert!(!opens(APPEND), "{:?}", program(APPEND));
        let acts = query_plan(ACTS);
        assert_eq!(acts, ["SEARCH events USING INDEX acts_in_time (account_id=?)"]);
    }

    /// Found in November 2026: `headroom status` took 1.7 s with ten million tasks that an older version had read, since all of
    /// them were put in order for the newest.
    #[test]
    fn the_last_import_is_found_without_putting_all_of_them_in_order() {
        assert_eq!(query_plan(ANY_IMPORTED), ["SEARCH events USING INDEX events_in_time (account_id=?)"]);
        assert_eq!(query_plan(LAST_IMPORTED), ["SCAN events"]);
    }
}
