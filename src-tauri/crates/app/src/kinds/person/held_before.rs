//! Plans that were held before the present one, and when the change to each was made.

use crate::days::just_before;
use chrono::{Datelike as _, NaiveDate};
use headroom_billing::Plan;
use headroom_exact::{Moment, Month};

/// The hour at which a day's act is taken to have happened: the middle of the day in UTC, which makes
/// "day 15 of 30" leave 15 days, as the vendor's own examples count (K8, `interfaces.md` §6.1).
pub(crate) const NOON: u32 = 12;

/// A plan that was held before the present one, by the owner's word.
#[derive(Clone, Copy)]
pub(crate) struct HeldBefore {
    pub plan: &'static Plan,
    /// The day since which it was held; none for the first payment's.
    pub day: Option<NaiveDate>,
    /// The change to it, as it would have been recorded; none for the first payment.
    pub changed_at: Option<Moment>,
}

/// When the change to a plan that is held since a day was made. What is lower begins with a cycle (K7): held since its
/// first day it was asked for before, and Free is held from the beginning of the month in which it is.
pub(super) fn changed_at(plan: &Plan, since: NaiveDate, before: &Plan) -> Moment {
    if plan.rank < before.rank && (since.day() == 1 || !plan.is_paid()) {
        return just_before(Month::of_date(since).start());
    }
    Moment::on(since, NOON)
}
