//! The months that an organisation can be looked at in.

use crate::bills::Bills;
use crate::error::AppError;
use crate::reported::ACTIVITY;
use chrono::NaiveDate;
use headroom_exact::{Moment, Month, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::BTreeSet;

/// Of which there is anything: reports, or a bill, even one that can't be read.
pub(super) fn known(store: &Store, id: AccountId, bills: &Bills) -> Result<BTreeSet<Month>, AppError> {
    let reported = store.reported_months(id, ACTIVITY)?;
    let billed = bills.months.keys().chain(bills.unreadable.iter().flatten()).chain(bills.undecided.keys());
    Ok(reported.iter().chain(billed).map(|day| Month::of_date(*day)).collect())
}

/// The one that is written so: YYYY-MM.
pub(super) fn named(text: &str) -> Result<Month, AppError> {
    text.parse().map_err(|_| AppError::input(say!("no-date", text = text)))
}

/// The last day that reports tell of; none where that is one to come, as an older version kept them.
pub(super) fn last_reported_day(
    store: &Store,
    id: AccountId,
    now: Moment,
) -> Result<Option<NaiveDate>, AppError> {
    Ok(store.last_reported_day(id, ACTIVITY)?.filter(|day| *day <= now.date()))
}
