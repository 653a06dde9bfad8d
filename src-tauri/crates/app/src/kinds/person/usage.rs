//! What one person used: the hours of the days that are asked for, as far as the store tells them apart, and a page of
//! tasks.

use crate::answers::{Unit, UsageBy, UsageMark, UsageQuery, UsageRow, UsageSort, WhyFrom, WhyView};
use crate::choices;
use crate::error::AppError;
use crate::quoted::counts;
use crate::usage::Used;
use crate::usage::pieces::{Group, Part, Piece};
use crate::usage::rows::{Found, ROWS_A_PAGE};
use chrono::{NaiveDate, Timelike};
use headroom_billing::pieces::Amount;
use headroom_exact::{Credits, Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::breakdown::{HourUsed, Kinds, SessionName};
use headroom_store::table::events::EventKind;
use headroom_store::table::tasks::{ChosenBy, Task, TaskOrder, TaskQuery};
use std::collections::BTreeMap;

/// What sessions are called, each looked up once; nothing while that isn't kept.
struct Names<'s> {
    store: &'s Store,
    id: AccountId,
    kept: bool,
    known: BTreeMap<String, Option<SessionName>>,
}

impl Names<'_> {
    fn of(&mut self, session: Option<&str>) -> Result<(Option<String>, Option<String>), AppError> {
        let Some(session) = session.filter(|_| self.kept) else { return Ok((None, None)) };
        if !self.known.contains_key(session) {
            self.known.insert(session.to_owned(), self.store.session_name(self.id, session)?);
        }
        let name = self.known.get(session).and_then(Option::as_ref);
        Ok(name.map(|name| (name.project.clone(), name.title.clone())).unwrap_or_default())
    }
}

fn piece(used: HourUsed, (project, title): (Option<String>, Option<String>)) -> Piece {
    let is_known = used.tasks > 0 || used.metered.is_positive();
    Piece {
        date: used.at.date(),
        hour: u8::try_from(used.at.utc().hour()).ok(),
        amount: is_known.then(|| used.metered.into()),
        count: Some(used.tasks.into()),
        unknown: used.unknown,
        model: used.model,
        project,
        session: used.session,
        title,
        user: None,
        client: Some(used.client),
    }
}

/// From the first day's beginning up to the last one's end.
fn moments((first, last): (NaiveDate, NaiveDate)) -> (Moment, Moment) {
    (Moment::on(first, 0), Moment::on(last, 0).plus_days(1))
}

/// What it was used for; none where nothing tells that.
fn kinds(kinds: Kinds, all: Credits) -> Option<Group> {
    if kinds.delegated.metered.is_zero() && kinds.auxiliary.metered.is_zero() {
        return None;
    }
    let part = |name: &str, credits: Credits| {
        let (name, amount) = (Some(name.to_owned()), Amount::from(credits));
        credits.is_positive().then_some(Part { name, title: None, amount, count: None })
    };
    let parts = [
        part("main", kinds.main.metered),
        part("delegated", kinds.delegated.metered),
        part("main-or-delegated", kinds.either.metered),
        part("auxiliary", kinds.auxiliary.metered),
    ];
    Some(Group::of(UsageBy::Kind, parts.into_iter().flatten().collect(), all.into()))
}

/// On days, both included.
pub(super) fn used(store: &Store, id: AccountId, days: (NaiveDate, NaiveDate)) -> Result<Used, AppError> {
    let (from, to) = moments(days);
    let kept = choices::keeps_session_names(store)?;
    let mut names = Names { store, id, kept, known: BTreeMap::new() };
    let mut pieces = Vec::new();
    for hour in store.used_in_hours(id, from, to)? {
        let called = names.of(hour.session.as_deref())?;
        pieces.push(piece(hour, called));
    }
    let after = days.1.succ_opt().unwrap_or(days.1);
    let of_kinds = store.used_for(id, days.0, after)?;
    let said = WhyView::new(WhyFrom::ThisComputer).says([say!("why-usage-recorded")]);
    Ok(Used {
        // Days of which nothing is recorded here aren't days without usage.
        is_part: pieces.is_empty(),
        kinds: kinds(of_kinds, of_kinds.metered()),
        estimated: store.estimated(id, from, to.plus_seconds(-1))?,
        ..Used::of(Unit::Credits, said, pieces)
    })
}

/// The first day that anything is recorded or counted of.
pub(super) fn first_day(store: &Store, id: AccountId, now: Moment) -> Result<Option<NaiveDate>, AppError> {
    let counted = counts::first(store, id, now)?.map(Moment::date);
    Ok([store.first_day(id)?, counted].into_iter().flatten().min())
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

/// What is chosen, as the store has it. Of a user's and of what it was used for no task tells.
fn only(query: &UsageQuery) -> BTreeMap<ChosenBy, Vec<&str>> {
    let mut only: BTreeMap<ChosenBy, Vec<&str>> = BTreeMap::new();
    for chosen in &query.only {
        let by = match chosen.by {
            UsageBy::Model => ChosenBy::Model,
            UsageBy::Project => ChosenBy::Project,
            UsageBy::Session => ChosenBy::Session,
            UsageBy::Client => ChosenBy::Client,
            UsageBy::User | UsageBy::Kind => continue,
        };
        only.entry(by).or_default().push(&chosen.name);
    }
    only
}

/// A page of tasks.
pub(super) fn rows(
    store: &Store,
    id: AccountId,
    days: (NaiveDate, NaiveDate),
    query: &UsageQuery,
) -> Result<Found, AppError> {
    let (from, to) = moments(days);
    let tasks = TaskQuery {
        from,
        to: to.plus_seconds(-1),
        search: query.search.trim(),
        only: only(query),
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
    let all = store.tasks_found(id, &tasks)?;
    Ok(Found {
        rows: store.tasks(id, &tasks)?.into_iter().map(task_row).collect(),
        many: all.tasks,
        total: (all.metered > 0).then(|| all.credits.to_string()),
        not_summed: all.tasks.saturating_sub(all.metered),
        is_part: false,
    })
}
