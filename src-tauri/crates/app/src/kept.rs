//! What becomes of vendors' answers and of bills that older versions kept as they came.

use crate::bills;
use crate::machine::log::Line;
use crate::vendors;
use chrono::NaiveDate;
use headroom_exact::{Moment, Month, Saying, say};
use headroom_sources::aws::MonthBill;
use headroom_sources::wire::kept;
use headroom_store::settling::{AsItCame, Settled};
use headroom_store::table::bills::KeptBill;
use headroom_store::table::snapshots::Snapshot;
use headroom_store::{Store, StoreError, Writing, copies};
use serde::{Deserialize, Serialize};
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
    do_chores(store, now, Duration::ZERO);
}

/// The same for the copies that older versions' data was copied to.
pub(crate) fn settle_copies(database: &Path, now: Moment) {
    let rewritten =
        copies::rewrite_older(database, |copy| copy.settle_snapshots(now, settled, left).map(drop));
    if let Err(error) = rewritten {
        Line::warn("older-copy-not-rewritten").why(&error).note();
    }
}

/// Under which setting it is kept that the day's copy could not be made.
const NOT_COPIED: &str = "day-not-copied";
/// How long after it failed, seconds, it isn't tried again: every page is read for it.
const COPY_PAUSE: i64 = 3600;

/// That the day's copy could not be made, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct NotCopied {
    at: i64,
    reason: Saying,
}

impl NotCopied {
    /// The last time, unless one was made since.
    pub(crate) fn of(store: &Store) -> Result<Option<Self>, StoreError> {
        // What can't be read is nothing that could be told.
        Ok(store.setting(NOT_COPIED)?.and_then(|kept| serde_json::from_str(&kept).ok()))
    }

    /// When it was tried.
    pub(crate) fn at(&self) -> Option<Moment> {
        Moment::from_unix(self.at, 0)
    }

    fn is_tried_again(&self, now: Moment) -> bool {
        // One from the future is a clock's that was set back since.
        !(0..COPY_PAUSE).contains(&now.unix_seconds().saturating_sub(self.at))
    }
}

impl From<&NotCopied> for Saying {
    fn from(failed: &NotCopied) -> Self {
        let reason = failed.reason.clone();
        match failed.at() {
            Some(at) => say!("day-not-copied", at, reason),
            None => reason,
        }
    }
}

/// That today's copy could not be made, if that is so: once a day.
pub(crate) fn not_copied_today(store: &Store, now: Moment) -> Result<Option<Saying>, StoreError> {
    let failed = NotCopied::of(store)?;
    let today = failed.filter(|failed| failed.at().is_some_and(|at| at.date() == now.date()));
    Ok(today.as_ref().map(Saying::from))
}

/// Makes the day's copy, if it isn't there. What keeps it from being made keeps nothing else out, and is told by the
/// window and by `doctor` until one is made.
pub(crate) fn copy_of_the_day(store: &mut Store, now: Moment) {
    let failed_before = NotCopied::of(store).unwrap_or_default();
    if failed_before.as_ref().is_some_and(|failed| !failed.is_tried_again(now)) {
        return;
    }
    let told = match store.keep_copy_of_the_day(now) {
        Ok(made) => {
            if let Some(copy) = made {
                Line::info("copy-made").count("bytes", copy.bytes).note();
            }
            failed_before.map_or(Ok(()), |_| store.write(|writing| writing.clear_setting(NOT_COPIED)))
        }
        Err(error) => {
            Line::warn("days-copy-not-made").why(&error).note();
            let failed = NotCopied { at: now.unix_seconds(), reason: Saying::from(&error) };
            let kept = serde_json::to_string(&failed).unwrap_or_default();
            store.write(|writing| writing.set_setting(NOT_COPIED, &kept))
        }
    };
    if let Err(error) = told {
        Line::warn("days-copy-not-noted").why(&error).note();
    }
}

/// Whoever deletes for good waits so long for those who read meanwhile: a view of ours takes less.
pub(crate) const FOR_READERS: Duration = Duration::from_secs(2);

/// Does what the file still owes, waiting no longer for others who are at it.
pub(crate) fn do_chores(store: &mut Store, now: Moment, patience: Duration) {
    match store.do_chores(now, patience) {
        Ok(true) => {}
        Ok(false) => Line::info("old-room-kept-for-now").note(),
        Err(error) => Line::warn("old-room-not-given-back").why(&error).note(),
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
