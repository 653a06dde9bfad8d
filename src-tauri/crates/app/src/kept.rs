//! What becomes of vendors' answers and of bills that older versions kept as they came.

use crate::bills;
use crate::chores;
use crate::machine::log::Line;
use crate::vendors;
use chrono::NaiveDate;
use headroom_exact::{Moment, Month};
use headroom_sources::aws::MonthBill;
use headroom_sources::wire::kept;
use headroom_store::settling::{AsItCame, Settled};
use headroom_store::table::bills::KeptBill;
use headroom_store::table::snapshots::Snapshot;
use headroom_store::{Store, StoreError, Writing, copies};
use std::path::Path;
use std::time::Duration;

/// The names under which older versions kept bills (the month follows) and which months were billed.
const OLD_BILL: &str = "aws-cost:";
const OLD_BILLED_MONTHS: &str = "aws-cost-months";

/// Rewrites, once, what older versions kept as it came: what was read of it stays, and nothing else. Then what the
/// file still owes is done. Whatever of this fails, Headroom opens: it is tried again the next time.
pub(crate) fn settle(store: &mut Store, now: Moment) {
    match store.settle_snapshots(now, settled, left) {
        Ok(0) => {}
        Ok(left) => {
            Line::warn("older-answers-left").count("count", left.try_into().unwrap_or(u64::MAX)).note();
        }
        Err(error) => Line::warn("older-answers-not-rewritten").why(&error).note(),
    }
    chores::do_chores(store, now, Duration::ZERO);
}

/// The same for the copies that older versions' data was copied to.
pub(crate) fn settle_copies(database: &Path, now: Moment) {
    let rewritten =
        copies::rewrite_older(database, |copy| copy.settle_snapshots(now, settled, left).map(drop));
    if let Err(error) = rewritten {
        Line::warn("older-copy-not-rewritten").why(&error).note();
    }
}

fn settled(writing: &Writing<'_>, came: &AsItCame) -> headroom_store::Result<Settled> {
    let Snapshot { source, body, .. } = &came.snapshot;
    if let Some(of_a_vendor) = vendors::source(source) {
        return Ok((of_a_vendor.rewritten)(body).map_or(Settled::Emptied, Settled::Rewritten));
    }
    Ok(match source.as_str() {
        OLD_BILLED_MONTHS => {
            missing_bills(writing, came)?;
            Settled::Moved
        }
        source => match source.strip_prefix(OLD_BILL) {
            Some(month) => {
                move_bill(writing, came, month)?;
                Settled::Moved
            }
            // Nobody knows what it is, so nobody knows what stands in it.
            None => Settled::Emptied,
        },
    })
}

/// A bill gets a row of its own; what can't be read of it is kept as such.
fn move_bill(writing: &Writing<'_>, came: &AsItCame, month: &str) -> headroom_store::Result<()> {
    let Snapshot { fetched_at, body, .. } = &came.snapshot;
    let named = |bill: &MonthBill| bill.month.format("%Y-%m").to_string();
    let bill = serde_json::from_str::<MonthBill>(body).ok();
    // Where the name is no month any more, its own word says for which it is told.
    let is_month = first_day(month).is_some();
    let told = bill.as_ref().filter(|_| !is_month).map_or_else(|| month.to_owned(), named);
    // Of one that could only be settled later than it should have been, a newer one has taken the place.
    if let Some(month) = first_day(&told)
        && writing.bill_was_recorded_after(came.account, month, *fetched_at)?
    {
        return Ok(());
    }
    let bill = bill.filter(|bill| named(bill) == month);
    if let Some(bill) = bill.and_then(|bill| bills::kept_bill(&bill).ok()) {
        match writing.append_bill(came.account, &bill, *fetched_at) {
            Err(StoreError::BillNotExact(_)) => {}
            outcome => return outcome,
        }
    }
    writing.append_unreadable_bill(came.account, &told, body, *fetched_at)
}

/// A bill that stays as it came is told as one that can't be read, until another takes its place.
fn left(writing: &Writing<'_>, came: &AsItCame) -> headroom_store::Result<()> {
    match came.snapshot.source.strip_prefix(OLD_BILL).map(first_day) {
        Some(Some(month)) => missing_bill(writing, came, month),
        Some(None) | None => Ok(()),
    }
}

fn first_day(month: &str) -> Option<NaiveDate> {
    month.parse().ok().map(Month::first_date)
}

/// A month that was billed and whose bill isn't there was lost: it is kept that there was one. (A list that can't be
/// read says nothing that the bills themselves don't say.)
fn missing_bills(writing: &Writing<'_>, came: &AsItCame) -> headroom_store::Result<()> {
    let months: Vec<NaiveDate> = kept::read(&came.snapshot.body).unwrap_or_default();
    months.into_iter().try_for_each(|month| missing_bill(writing, came, month))
}

fn missing_bill(writing: &Writing<'_>, came: &AsItCame, month: NaiveDate) -> headroom_store::Result<()> {
    let known = writing.bills(came.account)?;
    if known.iter().any(|bill: &KeptBill| *bill.months() == [month]) {
        return Ok(());
    }
    let month = month.format("%Y-%m").to_string();
    writing.append_unreadable_bill(came.account, &month, "", came.snapshot.fetched_at)
}
