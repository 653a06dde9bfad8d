//! The rows behind what was used, a page at a time.

use super::pieces::{Piece, sum_of};
use crate::answers::{Unit, UsageMark, UsageQuery, UsageRow, UsageRows, UsageSort};
use std::cmp::Ordering;

pub(crate) const ROWS_A_PAGE: u32 = 50;

/// Rows of a page, and what there is on all of them.
pub(crate) struct Found {
    pub rows: Vec<UsageRow>,
    /// How many there are.
    pub many: u64,
    /// What they come to; none where nothing is known.
    pub total: Option<String>,
    /// Those of unknown cost, or by estimate alone.
    pub not_summed: u64,
    /// Whether the source knows a part alone of what the account uses.
    pub is_part: bool,
}

/// A page of all that were found.
pub(crate) fn page(of: Found, query: &UsageQuery) -> UsageRows {
    let Found { rows, many: found, total, not_summed, is_part } = of;
    let pages = found.div_ceil(u64::from(ROWS_A_PAGE)).max(1);
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    let at_least = is_part || not_summed > 0;
    UsageRows { rows, found, total, not_summed, at_least, page: query.page, pages }
}

/// The rows of a page, a piece each.
pub(crate) fn of_pieces(pieces: Vec<Piece>, query: &UsageQuery, unit: Unit) -> Found {
    let wanted = query.search.trim().to_lowercase();
    let named =
        |name: &Option<String>| name.as_ref().is_some_and(|name| name.to_lowercase().contains(&wanted));
    let is_found = |piece: &Piece| {
        wanted.is_empty() || named(&piece.model) || named(&piece.user) || named(&piece.client)
    };
    let is_wanted = |piece: &Piece| piece.is_among(&query.only) && is_found(piece);
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
    let total = sum_of(&found).amount.map(|amount| unit.written(amount));
    let unknown: usize = found.iter().filter(|piece| piece.amount.is_none()).count();
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
    Found {
        rows: shown.map(row).collect(),
        many: count,
        total,
        not_summed: u64::try_from(unknown).unwrap_or(u64::MAX),
        is_part: false,
    }
}
