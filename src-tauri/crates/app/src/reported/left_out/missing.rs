//! On which days each record of a machine lacks what could not be read: as it was when the record was read last.

use super::LeftOut;
use crate::error::AppError;
use crate::reported::{body, of_a_day};
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::kilo::database::Reaches;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::Reported;
use headroom_store::{Store, Writing};
use serde::Serialize;

/// Under which names it is kept: days, and how far the tasks of the legacy extension's reach.
const SOURCE: &str = "kilo-database-unread";
const TASKS: &str = "kilo-tasks";

/// The day under which all of a record's are kept.
fn kept_on() -> NaiveDate {
    NaiveDate::default()
}

/// Keeps the days of a record; under none those of which nobody knows the day.
pub(crate) fn append(
    writing: &Writing<'_>,
    account: AccountId,
    (place, days): (&str, impl Iterator<Item = Option<NaiveDate>>),
    now: Moment,
) -> Result<(), AppError> {
    let days: Vec<_> = days.collect();
    let known = last(writing, account, (SOURCE, place))?;
    if days.is_empty() && known.is_none() {
        return Ok(());
    }
    keep(writing, account, ((SOURCE, place), known), (&days, now))
}

/// Keeps how far a record's tasks reach: those that were whole once are, whatever became of their files.
pub(crate) fn append_tasks(
    writing: &Writing<'_>,
    account: AccountId,
    (place, now_there): (&str, &Reaches),
    now: Moment,
) -> Result<(), AppError> {
    let known = last(writing, account, (TASKS, place))?;
    if now_there.is_empty() && known.is_none() {
        return Ok(());
    }
    let mut reaches = known.as_ref().map(body::<Reaches>).transpose()?.unwrap_or_default();
    reaches.cut.clear();
    reaches.add(now_there);
    keep(writing, account, ((TASKS, place), known), (&reaches, now))
}

/// What a record's subject was last said of.
fn last(
    writing: &Writing<'_>,
    account: AccountId,
    (source, place): (&str, &str),
) -> Result<Option<Reported>, AppError> {
    Ok(writing.statements_about(account, source, &of_a_day(kept_on(), place))?.pop())
}

fn keep(
    writing: &Writing<'_>,
    account: AccountId,
    ((source, place), known): ((&str, &str), Option<Reported>),
    (said, now): (&impl Serialize, Moment),
) -> Result<(), AppError> {
    let issued = now.to_string().max(known.map(|known| known.issued).unwrap_or_default());
    let reported =
        Reported { subject: of_a_day(kept_on(), place), issued, body: serde_json::to_string(said)? };
    writing.append_last_reported(account, source, &reported, now)?;
    Ok(())
}

/// Adds those of every record.
pub(in crate::reported) fn add_to(
    left_out: &mut LeftOut,
    store: &Store,
    account: AccountId,
) -> Result<(), AppError> {
    for reported in store.reported(account, SOURCE, kept_on(), kept_on())? {
        for date in body::<Vec<Option<NaiveDate>>>(&reported)? {
            left_out.misses(date);
        }
    }
    // What one record holds cut off another may hold whole.
    let mut reaches = Reaches::default();
    for reported in store.reported(account, TASKS, kept_on(), kept_on())? {
        reaches.add(&body(&reported)?);
    }
    reaches.lacking().into_iter().for_each(|date| left_out.misses(date));
    Ok(())
}
