//! What one person used. Charts come from the daily sums, so that they cost the same whatever the history; only the list
//! of tasks and the sessions read tasks, a page or a month of them.

use super::ledger;
use crate::answers::{Unit, UsageBy, UsageMark, UsageQuery, UsageRow, UsageSort, UsageStep};
use crate::error::{AppError, ErrorCode};
use crate::usage::Used;
use crate::usage::calendar::{heat_from, range};
use crate::usage::pieces::{Group, Part, Piece};
use crate::usage::rows::ROWS_A_PAGE;
use chrono::NaiveDate;
use headroom_billing::pieces::Sum;
use headroom_exact::{Credits, Moment};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EventKind;
use headroom_store::table::tasks::{Task, TaskOrder, TaskQuery};

/// So many sessions are named.
const SESSIONS_NAMED: u32 = 50;

fn pieces(store: &Store, id: AccountId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Piece>, AppError> {
    let days = store.days_by_model(id, from, to)?;
    Ok(days
        .into_iter()
        .map(|(day, model)| Piece {
            date: day.date,
            amount: (day.tasks > 0 || day.credits.is_positive()).then(|| day.credits.into()),
            count: Some(day.tasks.into()),
            unknown: day.unmetered,
            model: Some(model).filter(|model| !model.is_empty()),
            user: None,
            client: None,
        })
        .collect())
}

fn start_of(day: NaiveDate) -> Moment {
    Moment::on(day, 0)
}

/// The sessions of the days, with everything that isn't named in one part at the end.
fn sessions(store: &Store, id: AccountId, from: NaiveDate, now: Moment) -> Result<Option<Group>, AppError> {
    let totals = store.sessions(id, start_of(from), now, SESSIONS_NAMED)?;
    if totals.iter().all(|total| total.session.is_none()) {
        return Ok(None);
    }
    let mut all = Sum::default();
    for day in store.days(id, from, now.date())? {
        all.add(Some(day.credits.into()), Some(day.tasks.into()), 0);
    }
    let named = totals.into_iter().filter_map(|total| {
        let (amount, count) = (total.credits.into(), Some(total.tasks.into()));
        Some(Part { name: Some(total.session?), amount, count })
    });
    let mut group = Group::of(UsageBy::Session, named.collect(), all.amount.unwrap_or_default());
    let rest = all.beyond(group.parts.iter().map(|part| (part.amount, part.count)));
    group.parts.extend(rest.map(|(amount, count)| Part { name: None, amount, count }));
    Ok(Some(group))
}

/// Credits used elsewhere in this cycle by Kiro's count.
fn elsewhere(store: &Store, id: AccountId, now: Moment) -> Result<Option<Credits>, AppError> {
    match ledger::load(store, id, now) {
        Ok(loaded) => Ok(Some(loaded.elsewhere)),
        // Without facts there is nothing to compare with.
        Err(error) if error.code == ErrorCode::FactsMissing => Ok(None),
        Err(error) => Err(error),
    }
}

/// In the days that a chart of a step shows.
pub(super) fn used(store: &Store, id: AccountId, step: UsageStep, now: Moment) -> Result<Used, AppError> {
    let today = now.date();
    let days = range(step, today);
    Ok(Used {
        year: pieces(store, id, (heat_from(today), today))?,
        sessions: if step == UsageStep::Day { sessions(store, id, days.0, now)? } else { None },
        elsewhere: elsewhere(store, id, now)?,
        estimated: store.estimated(id, start_of(days.0), now)?,
        ..Used::of(Unit::Credits, step, days, pieces(store, id, days)?)
    })
}

fn task_row(task: Task) -> UsageRow {
    UsageRow {
        at: task.at.to_string(),
        amount: task.credits.filter(|_| task.kind != EventKind::Unmetered).map(|credits| credits.to_string()),
        mark: match task.kind {
            EventKind::Estimated => UsageMark::Estimated,
            EventKind::Usage | EventKind::Auxiliary => UsageMark::Metered,
            EventKind::Unmetered
            | EventKind::Superseded
            | EventKind::Facts
            | EventKind::SetOverage
            | EventKind::ChangePlan
            | EventKind::BuyCredits
            | EventKind::Grant
            | EventKind::Undo => UsageMark::Unknown,
        },
        model: task.model,
        who: task.session,
        count: None,
    }
}

/// A page of tasks, and how many there are on all pages.
pub(super) fn rows(
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
