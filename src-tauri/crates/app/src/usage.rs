//! Usage in detail. A person's comes from the daily sums, so that it costs the same whatever the history; only the
//! list of tasks and the sessions read tasks, a page or a month of them.

use crate::Headroom;
use crate::account::{kind_of, summary_of};
use crate::answers::{
    AccountNumber, EstimatedView, HeatDay, Kind, Unit, UsageBar, UsageBy, UsageGroup, UsageMark, UsagePart,
    UsageQuery, UsageRow, UsageRows, UsageSort, UsageStep, UsageView,
};
use crate::days::{DAYS_SHOWN, days_between};
use crate::error::{AppError, ErrorCode};
use crate::reported::{self, ACTIVITY};
use crate::team;
use chrono::{Datelike, Days, NaiveDate};
use headroom_exact::division::permille;
use headroom_exact::{Balance, Credits, Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EventKind;
use headroom_store::table::tasks::{Task, TaskOrder, TaskQuery};
use std::cmp::Ordering;
use std::collections::BTreeMap;

const WEEKS_SHOWN: u64 = 26;
const MONTHS_SHOWN: i32 = 24;
/// The heat map has as many weeks as a year touches.
const HEAT_WEEKS: u64 = 53;
/// So many sessions are named.
const SESSIONS_NAMED: u32 = 50;
const ROWS_A_PAGE: u32 = 50;

/// A piece of usage on a day: the smallest that a source tells apart.
struct Piece {
    date: NaiveDate,
    /// Hundredths of a credit or millionths of a dollar; none where it isn't known.
    amount: Option<i128>,
    count: Option<u64>,
    unknown: u32,
    model: Option<String>,
    user: Option<String>,
    client: Option<String>,
}

impl Unit {
    fn written(self, amount: i128) -> String {
        match self {
            Self::Credits => Credits::from_hundredths(amount).to_string(),
            Self::Dollars => Balance::of_millionths(amount).to_string(),
        }
    }
}

/// The days that a chart of a step shows, both included.
fn range(step: UsageStep, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let from = match step {
        UsageStep::Day => back(DAYS_SHOWN - 1),
        UsageStep::Week => back(7 * (WEEKS_SHOWN - 1) + u64::from(today.weekday().num_days_from_monday())),
        UsageStep::Month => Month::of_date(today).plus(1 - MONTHS_SHOWN).first_date(),
    };
    (from, today)
}

/// The first day of the bar that a day is in.
fn bar_of(step: UsageStep, day: NaiveDate) -> NaiveDate {
    match step {
        UsageStep::Day => day,
        UsageStep::Week => {
            let since_monday = u64::from(day.weekday().num_days_from_monday());
            day.checked_sub_days(Days::new(since_monday)).unwrap_or(day)
        }
        UsageStep::Month => Month::of_date(day).first_date(),
    }
}

/// The last day of a bar.
fn last_of(step: UsageStep, first: NaiveDate) -> NaiveDate {
    match step {
        UsageStep::Day => first,
        UsageStep::Week => first.checked_add_days(Days::new(6)).unwrap_or(first),
        UsageStep::Month => Month::of_date(first).last_date(),
    }
}

/// What is known together of some pieces.
#[derive(Default)]
struct Sum {
    amount: Option<i128>,
    count: Option<u64>,
    uncounted: bool,
    unknown: u32,
}

impl Sum {
    fn add(&mut self, piece: &Piece) {
        if let Some(amount) = piece.amount {
            self.amount = Some(self.amount.unwrap_or(0).saturating_add(amount));
        }
        match piece.count {
            Some(count) => self.count = Some(self.count.unwrap_or(0).saturating_add(count)),
            None => self.uncounted = true,
        }
        self.unknown = self.unknown.saturating_add(piece.unknown);
    }

    fn of<'p>(pieces: impl Iterator<Item = &'p Piece>) -> Self {
        pieces.fold(Self::default(), |mut sum, piece| {
            sum.add(piece);
            sum
        })
    }

    fn counted(&self) -> Option<u64> {
        self.count.filter(|_| !self.uncounted)
    }
}

fn bars(pieces: &[Piece], step: UsageStep, (from, to): (NaiveDate, NaiveDate), unit: Unit) -> Vec<UsageBar> {
    let mut sums: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for piece in pieces {
        sums.entry(bar_of(step, piece.date)).or_default().add(piece);
    }
    let mut bars = Vec::new();
    let mut first = bar_of(step, from);
    while first <= to {
        let sum = sums.remove(&first).unwrap_or_default();
        let last = last_of(step, first);
        bars.push(UsageBar {
            from: first.to_string(),
            to: last.min(to).to_string(),
            amount: sum.amount.map(|amount| unit.written(amount)),
            count: sum.counted(),
            unknown: sum.unknown,
        });
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    bars
}

/// Parts with their shares, the most first.
fn parts(
    named: impl Iterator<Item = (Option<String>, i128, Option<u64>)>,
    all: i128,
    unit: Unit,
) -> Vec<UsagePart> {
    let mut named: Vec<_> = named.collect();
    named.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let part = |(name, amount, count)| UsagePart {
        name,
        amount: unit.written(amount),
        permille: permille(amount, all),
        count,
    };
    named.into_iter().map(part).collect()
}

fn group(pieces: &[Piece], by: UsageBy, unit: Unit) -> Option<UsageGroup> {
    let name = |piece: &Piece| match by {
        UsageBy::Model => piece.model.clone(),
        UsageBy::User => piece.user.clone(),
        UsageBy::Client => piece.client.clone(),
        UsageBy::Session => None,
    };
    let mut sums: BTreeMap<Option<String>, Sum> = BTreeMap::new();
    for piece in pieces {
        sums.entry(name(piece)).or_default().add(piece);
    }
    if sums.keys().all(Option::is_none) {
        return None;
    }
    let all = sums.values().filter_map(|sum| sum.amount).sum();
    let known = sums.into_iter().filter_map(|(name, sum)| Some((name, sum.amount?, sum.counted())));
    Some(UsageGroup { by, parts: parts(known, all, unit) })
}

/// A year of days; a day's level is its place among the days with usage, in quarters.
fn heat(pieces: &[Piece], today: NaiveDate, unit: Unit) -> Vec<HeatDay> {
    let mut amounts: BTreeMap<NaiveDate, i128> = BTreeMap::new();
    for piece in pieces {
        if let Some(amount) = piece.amount {
            let sum = amounts.entry(piece.date).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
    let mut used: Vec<_> = amounts.values().copied().filter(|amount| *amount > 0).collect();
    used.sort_unstable();
    let level = |amount: i128| {
        let below = used.partition_point(|other| *other < amount);
        u8::try_from(below.saturating_mul(4).checked_div(used.len()).unwrap_or(0) + 1).unwrap_or(4).min(4)
    };
    days_between(heat_from(today), today)
        .map(|date| {
            let amount = amounts.get(&date).copied();
            HeatDay {
                date: date.to_string(),
                amount: amount.map(|amount| unit.written(amount)),
                level: amount.filter(|amount| *amount > 0).map_or(0, level),
            }
        })
        .collect()
}

fn heat_from(today: NaiveDate) -> NaiveDate {
    let monday = bar_of(UsageStep::Week, today);
    monday.checked_sub_days(Days::new(7 * (HEAT_WEEKS - 1))).unwrap_or(monday)
}

fn person_pieces(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Piece>, AppError> {
    let days = store.days_by_model(id, from, to)?;
    Ok(days
        .into_iter()
        .map(|(day, model)| Piece {
            date: day.date,
            amount: (day.tasks > 0).then(|| day.credits.hundredths()),
            count: Some(day.tasks.into()),
            unknown: day.unmetered,
            model: Some(model).filter(|model| !model.is_empty()),
            user: None,
            client: None,
        })
        .collect())
}

fn team_pieces(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<(Vec<Piece>, Option<crate::answers::SpendSource>), AppError> {
    let Some((source, rows)) = team::spent_rows(store, id, from, to)? else { return Ok((Vec::new(), None)) };
    let pieces = rows.into_iter().map(|row| Piece {
        date: row.date,
        amount: row.cost.map(Balance::rounded_millionths),
        count: row.requests,
        unknown: u32::from(row.cost.is_none()),
        model: row.model,
        user: row.user,
        client: None,
    });
    Ok((pieces.collect(), Some(source)))
}

/// Of an organisation the month of the last report: more would mean reading every user of every day.
fn organisation_range(store: &Store, id: AccountId, now: Moment) -> Result<(NaiveDate, NaiveDate), AppError> {
    let last = store.last_reported_day(id, ACTIVITY)?.unwrap_or(now.date());
    Ok((Month::of_date(last).first_date(), last))
}

fn organisation_pieces(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Piece>, AppError> {
    let rows = reported::activity(store, id, from, to)?;
    Ok(rows
        .into_iter()
        .map(|row| Piece {
            date: row.date,
            amount: row.credits.map(Credits::hundredths),
            count: None,
            unknown: u32::from(row.credits.is_none()),
            model: None,
            user: Some(row.email.as_deref().unwrap_or(&row.user).to_owned()),
            client: Some(row.client.to_string()).filter(|client| !client.is_empty()),
        })
        .collect())
}

fn start_of(day: NaiveDate) -> Moment {
    Moment::on(day, 0)
}

/// The sessions of the days, with everything that isn't named in one part at the end.
fn sessions(
    store: &Store,
    id: AccountId,
    from: NaiveDate,
    now: Moment,
) -> Result<Option<UsageGroup>, AppError> {
    let totals = store.sessions(id, start_of(from), now, SESSIONS_NAMED)?;
    if totals.iter().all(|total| total.session.is_none()) {
        return Ok(None);
    }
    let days = store.days(id, from, now.date())?;
    let all: i128 = days.iter().map(|day| day.credits.hundredths()).sum();
    let tasks: u64 = days.iter().map(|day| u64::from(day.tasks)).sum();
    let named = totals.into_iter().filter_map(|total| {
        Some((Some(total.session?), total.credits.hundredths(), Some(total.tasks.into())))
    });
    let mut parts = parts(named, all, Unit::Credits);
    let hundredths =
        |part: &UsagePart| part.amount.parse::<headroom_exact::Decimal>().ok().map(Credits::rounded);
    let told: Credits = parts.iter().filter_map(hundredths).sum();
    let rest = all.saturating_sub(told.hundredths());
    if rest > 0 {
        let counted: u64 = parts.iter().filter_map(|part| part.count).sum();
        parts.push(UsagePart {
            name: None,
            amount: Unit::Credits.written(rest),
            permille: permille(rest, all),
            count: Some(tasks.saturating_sub(counted)),
        });
    }
    Ok(Some(UsageGroup { by: UsageBy::Session, parts }))
}

fn task_row(task: Task) -> UsageRow {
    UsageRow {
        at: task.at.to_string(),
        amount: task.credits.filter(|_| task.kind != EventKind::Unmetered).map(|credits| credits.to_string()),
        mark: match task.kind {
            EventKind::Estimated => UsageMark::Estimated,
            EventKind::Usage => UsageMark::Metered,
            _ => UsageMark::Unknown,
        },
        model: task.model,
        who: task.session,
        count: None,
    }
}

fn person_rows(
    store: &Store,
    id: AccountId,
    query: &UsageQuery,
    now: Moment,
) -> Result<(Vec<UsageRow>, u64), AppError> {
    let (from, to) = range(query.step, now.date());
    let tasks = TaskQuery {
        from: start_of(from),
        to: now,
        search: query.search.trim(),
        order: match query.sort {
            UsageSort::Time => TaskOrder::Time,
            UsageSort::Amount => TaskOrder::Credits,
            UsageSort::Model => TaskOrder::Model,
            UsageSort::Who => TaskOrder::Session,
        },
        descending: query.descending,
        limit: ROWS_A_PAGE,
        offset: u64::from(query.page) * u64::from(ROWS_A_PAGE),
    };
    let found = if tasks.search.is_empty() {
        // The daily sums know how many there are; counting them would mean reading each.
        let days = store.days(id, from, to)?;
        let estimated = store.estimated(id, tasks.from, tasks.to)?;
        days.iter().map(|day| u64::from(day.tasks) + u64::from(day.unmetered)).sum::<u64>()
            + u64::from(estimated.tasks)
    } else {
        store.count_tasks(id, &tasks)?
    };
    Ok((store.tasks(id, &tasks)?.into_iter().map(task_row).collect(), found))
}

fn piece_rows(pieces: Vec<Piece>, query: &UsageQuery, unit: Unit) -> (Vec<UsageRow>, u64) {
    let wanted = query.search.trim().to_lowercase();
    let named =
        |name: &Option<String>| name.as_ref().is_some_and(|name| name.to_lowercase().contains(&wanted));
    let is_wanted = |piece: &Piece| {
        wanted.is_empty() || named(&piece.model) || named(&piece.user) || named(&piece.client)
    };
    let mut found: Vec<_> = pieces.into_iter().filter(is_wanted).collect();
    let who = |piece: &Piece| piece.user.clone().or_else(|| piece.client.clone());
    // What isn't known comes last in either direction.
    let by_text = |one: Option<String>, other: Option<String>| {
        one.is_none().cmp(&other.is_none()).then_with(|| {
            let order = one.cmp(&other);
            if query.descending { order.reverse() } else { order }
        })
    };
    found.sort_by(|one, other| {
        let in_time = other.date.cmp(&one.date);
        match query.sort {
            UsageSort::Time if query.descending => in_time,
            UsageSort::Time => in_time.reverse(),
            UsageSort::Amount => one.amount.is_none().cmp(&other.amount.is_none()).then_with(|| {
                let order: Ordering = one.amount.cmp(&other.amount);
                if query.descending { order.reverse() } else { order }
            }),
            UsageSort::Model => by_text(
                one.model.clone().or_else(|| one.client.clone()),
                other.model.clone().or_else(|| other.client.clone()),
            ),
            UsageSort::Who => by_text(who(one), who(other)),
        }
        .then(in_time)
    });
    let count = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let first = usize::try_from(u64::from(query.page) * u64::from(ROWS_A_PAGE)).unwrap_or(usize::MAX);
    let shown = found.into_iter().skip(first).take(usize::try_from(ROWS_A_PAGE).unwrap_or(usize::MAX));
    let row = |piece: Piece| UsageRow {
        at: piece.date.to_string(),
        amount: piece.amount.map(|amount| unit.written(amount)),
        mark: if piece.amount.is_some() { UsageMark::Reported } else { UsageMark::Unknown },
        who: who(&piece),
        count: piece.count,
        model: piece.model.or(piece.client.filter(|_| piece.user.is_some())),
    };
    (shown.map(row).collect(), count)
}

impl Headroom {
    /// What an account used.
    pub fn usage(&self, account: AccountNumber, step: UsageStep) -> Result<UsageView, AppError> {
        let now = self.now();
        self.read(|store| Self::usage_of(store, account, step, now))
    }

    fn usage_of(
        store: &Store,
        account: AccountNumber,
        step: UsageStep,
        now: Moment,
    ) -> Result<UsageView, AppError> {
        let id = AccountId::from(account);
        let known = Self::account(store, id)?;
        let kind = kind_of(&known)?;
        let today = now.date();
        let mut days = range(step, today);
        let mut step = step;
        let mut source = None;
        let (unit, pieces, year) = match kind {
            Kind::KiroIndividual => {
                let year = person_pieces(store, id, (heat_from(today), today))?;
                (Unit::Credits, person_pieces(store, id, days)?, year)
            }
            Kind::KiloTeams => {
                let (pieces, from) = team_pieces(store, id, days)?;
                source = from;
                (Unit::Dollars, pieces, team_pieces(store, id, (heat_from(today), today))?.0)
            }
            Kind::KiroEnterprise => {
                step = UsageStep::Day;
                days = organisation_range(store, id, now)?;
                (Unit::Credits, organisation_pieces(store, id, days)?, Vec::new())
            }
        };
        let sum = Sum::of(pieces.iter());
        let by = [UsageBy::Model, UsageBy::User, UsageBy::Client];
        let mut groups: Vec<_> = by.into_iter().filter_map(|by| group(&pieces, by, unit)).collect();
        let mut elsewhere = None;
        let mut estimated = None;
        if kind == Kind::KiroIndividual {
            if step == UsageStep::Day {
                groups.extend(sessions(store, id, days.0, now)?);
            }
            let sums = store.estimated(id, start_of(days.0), now)?;
            estimated = (sums.tasks > 0)
                .then(|| EstimatedView { credits: sums.credits.to_string(), tasks: sums.tasks });
            elsewhere = match Self::load(store, id, now) {
                Ok(loaded) => Some(loaded.elsewhere),
                // Without facts there is nothing to compare with.
                Err(error) if error.code == ErrorCode::FactsMissing => None,
                Err(error) => return Err(error),
            };
        }
        Ok(UsageView {
            account: summary_of(store, &known, now)?,
            as_of: now.to_string(),
            unit,
            step,
            from: days.0.to_string(),
            to: days.1.to_string(),
            total: sum.amount.map(|amount| unit.written(amount)),
            count: sum.counted(),
            unknown: sum.unknown,
            bars: bars(&pieces, step, days, unit),
            groups,
            heat: if year.is_empty() { Vec::new() } else { heat(&year, today, unit) },
            source,
            elsewhere: elsewhere.filter(|credits| credits.is_positive()).map(|credits| credits.to_string()),
            estimated,
        })
    }

    /// A page of the rows behind it.
    pub fn usage_rows(&self, account: AccountNumber, query: &UsageQuery) -> Result<UsageRows, AppError> {
        let now = self.now();
        self.read(|store| Self::usage_rows_of(store, account, query, now))
    }

    fn usage_rows_of(
        store: &Store,
        account: AccountNumber,
        query: &UsageQuery,
        now: Moment,
    ) -> Result<UsageRows, AppError> {
        let id = AccountId::from(account);
        let days = range(query.step, now.date());
        let (rows, found) = match kind_of(&Self::account(store, id)?)? {
            Kind::KiroIndividual => person_rows(store, id, query, now)?,
            Kind::KiloTeams => piece_rows(team_pieces(store, id, days)?.0, query, Unit::Dollars),
            Kind::KiroEnterprise => {
                let days = organisation_range(store, id, now)?;
                piece_rows(organisation_pieces(store, id, days)?, query, Unit::Credits)
            }
        };
        let pages = found.div_ceil(u64::from(ROWS_A_PAGE)).max(1);
        Ok(UsageRows { rows, found, page: query.page, pages: u32::try_from(pages).unwrap_or(u32::MAX) })
    }
}
