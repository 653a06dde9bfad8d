//! The day's copy, and what the file still owes.

use crate::machine::log::Line;
use headroom_exact::{Moment, Saying, say};
use headroom_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::time::Duration;

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
