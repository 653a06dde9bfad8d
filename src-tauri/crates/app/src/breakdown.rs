//! Where one person's credits went: what is recorded, by what tells it apart; and what an organisation used by its reports, or was
//! spent of an account that is counted in dollars.

mod told;

use crate::account;
use crate::answers::{AccountNumber, Breakdown, BreakdownBy, BreakdownPart, Unit};
use crate::choices;
use crate::error::{AppError, ErrorCode};
use crate::kinds;
use crate::settings;
use crate::usage::VendorsCount;
use chrono::{Datelike as _, Days, NaiveDate};
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::breakdown::{Apart, Kind, Used};

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const HOURS_A_DAY: usize = 24;

/// The days that are asked for: none is the month so far.
fn days(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    now: Moment,
) -> Result<(NaiveDate, NaiveDate), AppError> {
    let today = now.date();
    let to = to.unwrap_or(today);
    let first = to.with_day(1).unwrap_or(to);
    let from = from.unwrap_or(first);
    if from > to {
        let saying = say!("days-backwards", from = from.to_string(), to = to.to_string());
        return Err(AppError::new(ErrorCode::Input, saying));
    }
    Ok((from, to))
}

/// The hour of the week as it is called.
fn hour(name: &str) -> Option<String> {
    let hour: usize = name.parse().ok()?;
    let day = DAYS.get(hour.checked_div(HOURS_A_DAY)?)?;
    Some(format!("{day} {:02}", hour.checked_rem(HOURS_A_DAY)?))
}

fn part(used: Used, at_least: bool) -> BreakdownPart {
    let sum = used.both().to_string();
    BreakdownPart {
        name: used.name,
        title: used.title,
        metered: used.metered.to_string(),
        estimated: Some(used.estimated),
        sum,
        tasks: Some(used.tasks),
        unknown: used.unknown,
        at_least: at_least || used.unknown > 0,
    }
}

/// Where credits went between two days, both included.
pub(crate) fn of(
    store: &Store,
    account: AccountNumber,
    by: Option<BreakdownBy>,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    now: Moment,
) -> Result<Breakdown, AppError> {
    let found = account::find(store, account.into())?;
    let by = by.map_or_else(|| kinds::usual_parts(&found), Ok)?;
    let (first, last) = days(from, to, now)?;
    if let Some(used) = kinds::told(store, &found, (first, last), now)? {
        let account = kinds::summary(store, &found, now)?;
        return Ok(told::breakdown(account, used, by, (first, last)));
    }
    let names = choices::keeps_session_names(store)?;
    if !names && matches!(by, BreakdownBy::Project | BreakdownBy::Session) {
        return Err(AppError::new(ErrorCode::Refused, say!("session-names-not-kept")));
    }
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    let apart = match by {
        BreakdownBy::Project => Apart::Project,
        BreakdownBy::Session => Apart::Session,
        BreakdownBy::Client => Apart::Client,
        BreakdownBy::Hour => Apart::Hour,
        BreakdownBy::Day => Apart::Day,
        BreakdownBy::Model | BreakdownBy::Kind | BreakdownBy::User => Apart::Model,
    };
    let used = store.used_by(found.id, first, after, apart)?;
    let total = Used::all(&used);
    let open_ended = store.least_sessions(found.id, first, after)?;
    let lower_bounds = u64::try_from(open_ended.len()).unwrap_or(u64::MAX);
    let parts = match by {
        BreakdownBy::Kind => kinds_of(store, found.id, (first, after), lower_bounds > 0)?,
        // One person's account has one user.
        BreakdownBy::User => total.iter().cloned().map(|used| part(used, lower_bounds > 0)).collect(),
        BreakdownBy::Hour => {
            let called = |used: Used| Used { name: used.name.as_deref().and_then(hour), ..used };
            used.into_iter().map(|used| part(called(used), lower_bounds > 0)).collect()
        }
        BreakdownBy::Session => {
            let is_least = |used: &Used| used.name.as_ref().is_some_and(|name| open_ended.contains(name));
            let of = |used: Used| {
                let is_least = is_least(&used);
                part(used, is_least)
            };
            hidden(store, used.into_iter().map(of))?
        }
        BreakdownBy::Project => hidden(store, used.into_iter().map(|used| part(used, lower_bounds > 0)))?,
        BreakdownBy::Day => days_of(store, found.id, used, lower_bounds > 0)?,
        BreakdownBy::Client | BreakdownBy::Model => {
            used.into_iter().map(|used| part(used, lower_bounds > 0)).collect()
        }
    };
    let VendorsCount { days: counted, elsewhere, recorded_more } =
        kinds::vendors_count(store, &found, (first, last), now)?;
    Ok(Breakdown {
        account: kinds::summary(store, &found, now)?,
        from: first.to_string(),
        to: last.to_string(),
        is_recorded: true,
        unit: Unit::Credits,
        by,
        parts,
        at_least: lower_bounds > 0 || total.as_ref().is_some_and(|total| total.unknown > 0),
        total: total.map(|total| part(total, lower_bounds > 0)),
        says: Vec::new(),
        least: lower_bounds,
        counted,
        elsewhere,
        recorded_more,
    })
}

/// Without names and titles, where numbers are hidden.
fn hidden(store: &Store, parts: impl Iterator<Item = BreakdownPart>) -> Result<Vec<BreakdownPart>, AppError> {
    if !settings::hides_numbers(store)? {
        return Ok(parts.collect());
    }
    Ok(parts.map(|part| BreakdownPart { name: None, title: None, ..part }).collect())
}

/// By day: each by the sessions of its own, where those of some tell the least.
fn days_of(
    store: &Store,
    id: AccountId,
    days: Vec<Used>,
    is_least: bool,
) -> Result<Vec<BreakdownPart>, AppError> {
    let mut parts = Vec::new();
    for used in days {
        let day = used.name.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()).filter(|_| is_least);
        let is_least = match day.and_then(|day| Some((day, day.succ_opt()?))) {
            Some((day, after)) => store.least_of(id, day, after)? > 0,
            None => is_least,
        };
        parts.push(part(used, is_least));
    }
    Ok(parts)
}

/// By what it was used for: what is known of nothing else is a part too.
fn kinds_of(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    is_least: bool,
) -> Result<Vec<BreakdownPart>, AppError> {
    let kinds = store.used_for(id, from, to)?;
    let of = |name: &str, Kind { metered, estimated, unknown }: Kind| Used {
        name: Some(name.to_owned()),
        metered,
        estimated,
        unknown,
        ..Used::default()
    };
    let parts = [
        of("main", kinds.main),
        of("delegated", kinds.delegated),
        of("main-or-delegated", kinds.either),
        of("auxiliary", kinds.auxiliary),
    ];
    let there = parts.into_iter().filter(|used| !used.both().is_zero() || used.unknown > 0);
    Ok(there.map(|used| BreakdownPart { tasks: None, ..part(used, is_least) }).collect())
}
