//! What was used of an account of Kilo's, by the source that knows most of it.

use super::spending::Spent;
use crate::answers::{SpendSource, Unit, UsageQuery, UsageRow, UsageStep};
use crate::error::AppError;
use crate::usage::Used;
use crate::usage::calendar::{heat_from, range};
use crate::usage::pieces::Piece;
use crate::usage::rows;
use chrono::NaiveDate;
use headroom_billing::pieces::Amount;
use headroom_exact::Moment;

/// What was spent in days, both included.
pub(super) type InDays<'s> = dyn Fn((NaiveDate, NaiveDate)) -> Result<Option<Spent>, AppError> + 's;

fn pieces(spent: Option<Spent>) -> (Vec<Piece>, Option<SpendSource>) {
    let Some(spent) = spent else { return (Vec::new(), None) };
    let pieces = spent.rows.into_iter().map(|row| Piece {
        date: row.date,
        amount: row.cost.map(Amount::from),
        count: row.requests,
        unknown: u32::from(row.cost.is_none()),
        model: row.model,
        user: row.user,
        client: None,
    });
    (pieces.collect(), Some(spent.source))
}

/// In the days that a chart of a step shows.
pub(super) fn used(spent: &InDays<'_>, step: UsageStep, now: Moment) -> Result<Used, AppError> {
    let today = now.date();
    let days = range(step, today);
    let (of_days, source) = pieces(spent(days)?);
    let year = pieces(spent((heat_from(today), today))?).0;
    Ok(Used { year, source, ..Used::of(Unit::Dollars, step, days, of_days) })
}

/// A page of the source's rows, and how many there are on all pages.
pub(super) fn rows(
    spent: &InDays<'_>,
    query: &UsageQuery,
    now: Moment,
) -> Result<(Vec<UsageRow>, u64), AppError> {
    let days = range(query.step, now.date());
    Ok(rows::of_pieces(pieces(spent(days)?).0, query, Unit::Dollars))
}
