//! What an organisation used, by its reports.

use crate::answers::{Unit, UsageQuery, UsageRow, UsageStep};
use crate::error::AppError;
use crate::identities::People;
use crate::reported::{self, ACTIVITY};
use crate::usage::Used;
use crate::usage::pieces::Piece;
use crate::usage::rows;
use chrono::NaiveDate;
use headroom_billing::pieces::Amount;
use headroom_exact::{Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

/// The month of the last report: more would mean reading every user of every day.
fn days(store: &Store, id: AccountId, now: Moment) -> Result<(NaiveDate, NaiveDate), AppError> {
    let last = store.last_reported_day(id, ACTIVITY)?.unwrap_or(now.date());
    Ok((Month::of_date(last).first_date(), last))
}

fn pieces(store: &Store, id: AccountId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Piece>, AppError> {
    let rows = reported::activity(store, id, from, to)?;
    let people = People::of(store, id)?;
    Ok(rows
        .into_iter()
        .map(|row| Piece {
            date: row.date,
            amount: row.credits.map(Amount::from),
            count: None,
            unknown: u32::from(row.credits.is_none()),
            model: None,
            user: Some(
                people
                    .name(&row.user)
                    .unwrap_or_else(|| row.email.as_deref().unwrap_or(&row.user).to_owned()),
            ),
            client: Some(row.client.to_string()).filter(|client| !client.is_empty()),
        })
        .collect())
}

/// In the month of the last report, day by day.
pub(super) fn used(store: &Store, id: AccountId, now: Moment) -> Result<Used, AppError> {
    let days = days(store, id, now)?;
    Ok(Used::of(Unit::Credits, UsageStep::Day, days, pieces(store, id, days)?))
}

/// A page of the reports' rows, and how many there are on all pages.
pub(super) fn rows(
    store: &Store,
    id: AccountId,
    query: &UsageQuery,
    now: Moment,
) -> Result<(Vec<UsageRow>, u64), AppError> {
    let days = days(store, id, now)?;
    Ok(rows::of_pieces(pieces(store, id, days)?, query, Unit::Credits))
}
