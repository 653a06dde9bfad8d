//! The days that usage is shown of, and the bars that they are put together to.

use crate::answers::UsageStep;
use crate::days::DAYS_SHOWN;
use chrono::{Datelike, Days, NaiveDate};
use headroom_exact::Month;

const WEEKS_SHOWN: u64 = 26;
const MONTHS_SHOWN: i32 = 24;
/// The heat map has as many weeks as a year touches.
const HEAT_WEEKS: u64 = 53;

/// The days that a chart of a step shows, both included.
pub(crate) fn range(step: UsageStep, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let from = match step {
        UsageStep::Day => back(DAYS_SHOWN - 1),
        UsageStep::Week => back(7 * (WEEKS_SHOWN - 1) + u64::from(today.weekday().num_days_from_monday())),
        UsageStep::Month => Month::of_date(today).plus(1 - MONTHS_SHOWN).first_date(),
    };
    (from, today)
}

/// The first day of the bar that a day is in.
pub(crate) fn bar_of(step: UsageStep, day: NaiveDate) -> NaiveDate {
    match step {
        UsageStep::Day => day,
        UsageStep::Week => {
            let since_monday = u64::from(day.weekday().num_days_from_monday());
            day.checked_sub_days(Days::new(since_monday)).unwrap_or(day)
        }
        UsageStep::Month => Month::of_date(day).first_date(),
    }
}

/// The last day of a bar.
pub(crate) fn last_of(step: UsageStep, first: NaiveDate) -> NaiveDate {
    match step {
        UsageStep::Day => first,
        UsageStep::Week => first.checked_add_days(Days::new(6)).unwrap_or(first),
        UsageStep::Month => Month::of_date(first).last_date(),
    }
}

/// The first day of the year that the heat map shows.
pub(crate) fn heat_from(today: NaiveDate) -> NaiveDate {
    let monday = bar_of(UsageStep::Week, today);
    monday.checked_sub_days(Days::new(7 * (HEAT_WEEKS - 1))).unwrap_or(monday)
}
