//! What a team spent day by day, as exports and records tell it.

use crate::answers::{ImportAmount, ImportView, Unit};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::total::known_sum;
use headroom_exact::Balance;
use headroom_sources::observation::SpendRow;
use std::collections::BTreeSet;

/// The days of rows that are sorted by day of which none says what it cost.
pub(super) fn lost<'r>(days: impl Iterator<Item = &'r [SpendRow]>) -> BTreeSet<NaiveDate> {
    let is_lost = |day: &&[SpendRow]| day.iter().all(|row| row.cost.is_none());
    days.filter(is_lost).filter_map(|day| Some(day.first()?.date)).collect()
}

/// What the rows cost; a row or a request in one that doesn't say makes it the least they do.
pub(super) fn total<'r>(
    rows: impl IntoIterator<Item = &'r SpendRow, IntoIter: Clone>,
    unpriced: u64,
) -> Total<Balance> {
    let rows = rows.into_iter();
    let known = known_sum(rows.clone().map(|row| row.cost));
    let is_part = unpriced > 0 || rows.clone().next().is_none() || { rows }.any(|row| row.cost.is_none());
    Total::of(known, is_part)
}

/// Counts a day that was written. A new one of which nothing is counted isn't called that.
pub(super) fn count(view: &mut ImportView, is_new: bool, is_lost: bool) {
    if !is_new || !is_lost {
        view.count(is_new);
    }
}

/// What it comes to, as it is reported.
pub(super) fn amount(cost: Total<Balance>) -> Option<ImportAmount> {
    cost.known().map(|known| ImportAmount {
        unit: Unit::Dollars,
        value: known.to_string(),
        at_least: cost.is_at_least(),
        without: Vec::new(),
    })
}
