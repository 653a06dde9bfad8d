//! What a team used, by the source that knows most of it.

use super::spending;
use crate::answers::{SpendSource, Unit, UsageQuery, UsageRow, UsageStep};
use crate::error::AppError;
use crate::usage::Used;
use crate::usage::calendar::{heat_from, range};
use crate::usage::pieces::Piece;
use crate::usage::rows;
use chrono::NaiveDate;
use headroom_billing::pieces::Amount;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

fn pieces(
    store: &Store,
    id: AccountId,
    days: (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<(Vec<Piece>, Option<SpendSource>), AppError> {
    let Some(spent) = spending::spent(store, id, days, now)? else { return Ok((Vec::new(), None)) };
    let pieces = spent.rows.into_iter().map(|row| Piece {
        date: row.date,
        amount: row.cost.map(Amount::from),
        count: row.requests,
        unknown: u32::from(row.cost.is_none()),
        model: row.model,
        user: row.user,
        client: None,
    });
    Ok((pieces.collect(), Some(spent.source)))
}

/// In the days that a chart of a step shows.
pub(super) fn used(store: &Store, id: AccountId, step: UsageStep, now: Moment) -> Result<Used, AppError> {
    let today = now.date();
    let days = range(step, today);
    let (of_days, source) = pieces(store, id, days, now)?;
    let year = pieces(store, id, (heat_from(today), today), now)?.0;
    Ok(Used { year, source, ..Used::of(Unit::Dollars, step, days, of_days) })
}

/// A page of the source's rows, and how many there are on all pages.
pub(super) fn rows(
    store: &Store,
    id: AccountId,
    query: &UsageQuery,
    now: Moment,
) -> Result<(Vec<UsageRow>, u64), AppError> {
    let days = range(query.step, now.date());
    Ok(rows::of_pieces(pieces(store, id, days, now)?.0, query, Unit::Dollars))
}
