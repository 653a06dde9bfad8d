//! What was used of an account of Kilo's, by the source that knows most of it.

use super::month_before::MonthBefore;
use super::spending::Spent;
use crate::answers::{SpendSource, Unit, UsageQuery, WhyFrom, WhyView};
use crate::error::AppError;
use crate::reported::covered::Stretch;
use crate::reported::{KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use crate::usage::Used;
use crate::usage::pieces::Piece;
use crate::usage::rows::{self, Found};
use chrono::NaiveDate;
use headroom_billing::pieces::Amount;
use headroom_exact::{Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

fn pieces(spent: Option<Spent>) -> (Vec<Piece>, Option<SpendSource>) {
    let Some(spent) = spent else { return (Vec::new(), None) };
    let pieces = spent.rows.into_iter().map(|row| Piece {
        date: row.date,
        amount: row.cost.map(Amount::from),
        count: row.requests,
        unknown: u32::from(row.cost.is_none()),
        model: row.model,
        user: row.user,
        ..Piece::default()
    });
    (pieces.collect(), Some(spent.source))
}

/// The first day that any source tells of.
pub(super) fn first_day(store: &Store, id: AccountId) -> Result<Option<NaiveDate>, AppError> {
    let sources = [KILO_EVERYONE, KILO_OWN, KILO_EXPORT, KILO_MACHINE];
    let mut first: Option<NaiveDate> = None;
    for source in sources {
        first = [first, store.first_reported_day(id, source)?].into_iter().flatten().min();
    }
    Ok(first)
}

/// Whether more was spent on days than a source tells. Where nobody tells of them it isn't known, and not nothing.
fn is_part(spent: Option<&Spent>, days: Stretch) -> bool {
    spent.is_none_or(|spent| {
        let is_before = spent.until <= Moment::on(days.0, 0);
        spent.is_of_a_part() || spent.is_cut() || spent.is_later || is_before || spent.untold(days).is_some()
    })
}

/// What was spent.
pub(super) fn used(spent: Option<Spent>, days: Stretch) -> Used {
    let is_part = is_part(spent.as_ref(), days);
    let said = spent.as_ref().map_or_else(|| WhyView::new(WhyFrom::Kilo), |spent| spent.said(days));
    let partly_told = spent.as_ref().map(Spent::partly_told).unwrap_or_default();
    let (pieces, source) = pieces(spent);
    Used { source, is_part, partly_told, ..Used::of(Unit::Dollars, said, pieces) }
}

/// What was spent on days of the month before; none where the source doesn't tell all of each of them.
pub(super) fn before(
    store: &Store,
    id: AccountId,
    spent: Option<Spent>,
    (days, now): ((NaiveDate, NaiveDate), Moment),
) -> Result<Option<Used>, AppError> {
    let Some(spent) = spent else { return Ok(None) };
    let told = MonthBefore::of(store, id, spent.source, (Month::of_date(days.0), now))?;
    Ok(told.told().tells_all(days).then(|| used(Some(spent), days)))
}

/// A page of the source's rows.
pub(super) fn rows(spent: Option<Spent>, days: Stretch, query: &UsageQuery) -> Found {
    let is_part = is_part(spent.as_ref(), days);
    Found { is_part, ..rows::of_pieces(pieces(spent).0, query, Unit::Dollars) }
}
