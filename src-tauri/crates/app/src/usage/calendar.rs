//! The days that usage is shown of, and the bars that they are put together to.

use crate::answers::{UsageRange, UsageStep};
use crate::error::{AppError, ErrorCode};
use chrono::{Datelike, Days, NaiveDate};
use headroom_exact::{Month, calendar, say};

/// So many days have a bar each, then so many a bar a week.
const DAYS_AS_DAYS: usize = 62;
const DAYS_AS_WEEKS: usize = 400;
/// So many months can be chosen from.
const MONTHS_OFFERED: i32 = 36;

/// The days that are asked for, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Asked {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// The month whose days they are, from its first on.
    pub month: Option<Month>,
}

fn days_of(month: Month, by: NaiveDate) -> Asked {
    let first = month.first_date();
    Asked { first, last: month.last_date().min(by).max(first), month: Some(month) }
}

fn refused(text: &str) -> AppError {
    AppError::new(ErrorCode::Input, say!("no-date", text = text))
}

/// The days of a range; the running month is the one of `running`, up to that day.
pub(crate) fn asked(range: &UsageRange, running: NaiveDate, today: NaiveDate) -> Result<Asked, AppError> {
    let date = |text: &str| text.parse::<NaiveDate>().map_err(|_| refused(text));
    match range {
        UsageRange::Running => Ok(days_of(Month::of_date(running), running)),
        UsageRange::Days { days } => {
            let back = u64::from((*days).clamp(1, 3_660)).saturating_sub(1);
            let first = today.checked_sub_days(Days::new(back)).unwrap_or(today);
            Ok(Asked { first, last: today, month: None })
        }
        UsageRange::Month { month } => Ok(days_of(month.parse().map_err(|_| refused(month))?, today)),
        UsageRange::Own { from, to } => {
            let (first, last) = (date(from)?, date(to)?);
            if first > last {
                let saying = say!("days-backwards", from = first.to_string(), to = last.to_string());
                return Err(AppError::new(ErrorCode::Input, saying));
            }
            // What is far away has no days that anybody used anything on.
            let far = today.checked_sub_days(Days::new(3_660)).unwrap_or(first);
            Ok(Asked { first: first.max(far).min(last), last, month: None })
        }
    }
}

impl Asked {
    /// How long a bar of it is.
    pub fn step(self) -> UsageStep {
        let days = calendar::days_between(self.first, self.last).take(DAYS_AS_WEEKS + 1).count();
        if days <= DAYS_AS_DAYS {
            UsageStep::Day
        } else if days <= DAYS_AS_WEEKS {
            UsageStep::Week
        } else {
            UsageStep::Month
        }
    }

    /// The same days of the month before; none where they are no month's.
    pub fn month_before(self) -> Option<Self> {
        let before = self.month?.plus(-1);
        let same = before.first_date().with_day(self.last.day()).unwrap_or_else(|| before.last_date());
        Some(Self { first: before.first_date(), last: same, month: Some(before) })
    }
}

/// The months from the one with this day up to today's, the newest first.
pub(crate) fn months(first: Option<NaiveDate>, today: NaiveDate) -> Vec<String> {
    let running = Month::of_date(today);
    let first = first.map_or(running, Month::of_date);
    let back = (0..MONTHS_OFFERED).map(|back| running.plus(-back)).take_while(|month| *month >= first);
    back.map(|month| month.first_date().format("%Y-%m").to_string()).collect()
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
