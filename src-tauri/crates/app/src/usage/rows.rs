//! The rows behind what was used, a page at a time.

use super::pieces::Piece;
use crate::answers::{Unit, UsageMark, UsageQuery, UsageRow, UsageRows, UsageSort};
use std::cmp::Ordering;

pub(crate) const ROWS_A_PAGE: u32 = 50;

/// A page of all that were found.
pub(crate) fn page(rows: Vec<UsageRow>, found: u64, query: &UsageQuery) -> UsageRows {
    let pages = found.div_ceil(u64::from(ROWS_A_PAGE)).max(1);
    UsageRows { rows, found, page: query.page, pages: u32::try_from(pages).unwrap_or(u32::MAX) }
}

/// The rows of a page, a piece each, and how many there are on all pages.
pub(crate) fn of_pieces(pieces: Vec<Piece>, query: &UsageQuery, unit: Unit) -> (Vec<UsageRow>, u64) {
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
