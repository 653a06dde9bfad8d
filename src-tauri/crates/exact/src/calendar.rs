//! Moments, months and half-open periods, all in UTC.
//!
//! Month `n` is always derived from its number, never by stepping from the last one.

mod heard;
mod moment;

pub use heard::{Heard, Wait};
pub use moment::{Moment, NotAMoment};

use crate::saying::Value;
use chrono::{Datelike, Days, Duration, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

const SECONDS_A_DAY: i64 = 86_400;

/// The days from `first` to `last`, both included; none where that lies before.
pub fn days_between(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(first), NaiveDate::succ_opt).take_while(move |day| *day <= last)
}

/// From `start` up to but not including `end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Period {
    /// The first instant inside.
    pub start: Moment,
    /// The first instant after.
    pub end: Moment,
}

impl Period {
    /// Whether `moment` lies inside.
    pub fn contains(&self, moment: Moment) -> bool {
        self.start <= moment && moment < self.end
    }

    /// Which of its days, counted from 0, `moment` is on; 0 before it.
    pub fn day_of(&self, moment: Moment) -> usize {
        // Both days counted from the same date: cheaper than a difference of instants.
        let day = |moment: Moment| i64::from(moment.date().num_days_from_ce());
        usize::try_from(day(moment).saturating_sub(day(self.start))).unwrap_or(0)
    }

    /// Its length in whole days.
    pub fn days(&self) -> i64 {
        self.end.seconds_since(self.start).saturating_div(SECONDS_A_DAY)
    }
}

/// A calendar month in UTC: the cycle of Kiro (K3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month {
    /// Months since January of year 0.
    number: i32,
}

impl Month {
    /// The month that contains `moment`.
    pub fn of(moment: Moment) -> Self {
        Self::of_date(moment.date())
    }

    /// The month that contains `date`.
    pub fn of_date(date: NaiveDate) -> Self {
        let month = i32::try_from(date.month0()).unwrap_or(0);
        Self { number: date.year().saturating_mul(12).saturating_add(month) }
    }

    /// The month `count` months later (earlier when negative).
    #[must_use]
    pub const fn plus(self, count: i32) -> Self {
        Self { number: self.number.saturating_add(count) }
    }

    /// Its first date; the calendar's last date beyond the calendar.
    pub fn first_date(self) -> NaiveDate {
        let month = u32::try_from(self.number.rem_euclid(12)).unwrap_or(0);
        NaiveDate::from_ymd_opt(self.number.div_euclid(12), month.saturating_add(1), 1)
            .unwrap_or(NaiveDate::MAX)
    }

    /// Its first instant.
    pub fn start(self) -> Moment {
        Moment::on(self.first_date(), 0)
    }

    /// From its first instant to the next month's.
    pub fn period(self) -> Period {
        Period { start: self.start(), end: self.plus(1).start() }
    }

    /// Its last date.
    pub fn last_date(self) -> NaiveDate {
        let next = self.plus(1).first_date();
        next.checked_sub_days(Days::new(1)).unwrap_or(next)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.number.div_euclid(12), self.number.rem_euclid(12).saturating_add(1))
    }
}

/// What isn't written as a month is; whoever asked for one says which.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAMonth;

/// As it is written: YYYY-MM.
impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let first: Option<NaiveDate> = format!("{text}-01").parse().ok();
        first.filter(|_| text.len() == "YYYY-MM".len()).map(Self::of_date).ok_or(NotAMonth)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The cycles of an account that is billed on the anniversary of a date (T1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anniversary {
    first: NaiveDate,
    months: u32,
}

impl Anniversary {
    /// Cycles of `months` months from `first` on.
    pub const fn new(first: NaiveDate, months: u32) -> Self {
        Self { first, months }
    }

    /// Where cycle `number` starts: 00:00 of the date's own day, or of a shorter month's last day. Each is
    /// derived from the first date, so a short month in between leaves no trace.
    fn start(self, number: u32) -> Moment {
        let months = i32::try_from(self.months.saturating_mul(number)).unwrap_or(i32::MAX);
        let month = Month::of_date(self.first).plus(months);
        let last = month.last_date();
        Moment::on(last.with_day(self.first.day()).unwrap_or(last), 0)
    }

    /// Cycle `number`, counted from 0.
    pub fn cycle(self, number: u32) -> Period {
        Period { start: self.start(number), end: self.start(number.saturating_add(1)) }
    }
}

/// How the days that remain in a period are counted (K8, T2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayCount {
    /// Only days that remain whole: the started day doesn't count.
    #[default]
    WholeDays,
    /// The started day counts as a day.
    StartedDays,
}

impl DayCount {
    /// The other reading.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::WholeDays => Self::StartedDays,
            Self::StartedDays => Self::WholeDays,
        }
    }

    /// The days that remain in `period` from `moment` on, at least one (K8).
    pub fn remaining(self, moment: Moment, period: &Period) -> i64 {
        let span = period.end.utc().signed_duration_since(moment.utc());
        let whole = span.num_days();
        let started = whole.saturating_add(i64::from(span > Duration::days(whole)));
        match self {
            Self::WholeDays => whole,
            Self::StartedDays => started,
        }
        .max(1)
    }
}

impl From<Month> for Value {
    fn from(month: Month) -> Self {
        Self::Month(month.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn remaining_days_meet_every_example_of_the_sources() {
        let april = Month::of(at("2026-04-01T00:00:00Z")).period();
        // (moment, whole days, started days): K8 names day 15 → 15 and day 21 → 10 of 30.
        for (moment, whole, started) in [
            ("2026-04-15T09:00:00Z", 15, 16),
            ("2026-04-21T00:00:00Z", 10, 10),
            ("2026-04-01T00:00:00Z", 30, 30),
            ("2026-04-01T00:00:00.000000001Z", 29, 30),
            ("2026-04-30T00:00:00Z", 1, 1),
            ("2026-04-30T23:59:59Z", 1, 1),
        ] {
            assert_eq!(DayCount::WholeDays.remaining(at(moment), &april), whole, "{moment}");
            assert_eq!(DayCount::StartedDays.remaining(at(moment), &april), started, "{moment}");
        }
    }

    #[test]
    fn anniversaries_return_to_their_own_day_and_tile() {
        let starts = |first: &str, months| -> Vec<String> {
            let anniversary = Anniversary::new(at(first).date(), months);
            (0..5)
                .map(|number| {
                    let cycle = anniversary.cycle(number);
                    assert_eq!(cycle.end, anniversary.cycle(number + 1).start, "cycles tile");
                    cycle.start.date().to_string()
                })
                .collect()
        };
        assert_eq!(
            starts("2027-12-31T15:00:00Z", 1),
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
        );
        assert_eq!(
            starts("2028-02-29T00:00:00Z", 12),
            ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
        );
    }

    #[test]
    fn a_period_holds_its_start_and_not_its_end() {
        let june = Month::of(at("2026-06-15T00:00:00Z")).period();
        assert!(june.contains(june.start) && !june.contains(june.end));
        assert!(june.contains(at("2026-06-30T23:59:59.999999999Z")));
        assert_eq!((june.day_of(june.start), june.day_of(at("2026-06-30T23:59:59Z"))), (0, 29));
        assert_eq!(june.day_of(at("2026-05-01T00:00:00Z")), 0, "before it");
    }

    #[test]
    fn months_tile() {
        let first = Month::of(at("2026-11-30T00:00:00Z"));
        for count in 0..48 {
            let month = first.plus(count);
            assert_eq!(
                month.period().end,
                month.plus(1).period().start,
                "{month} ends where the next starts"
            );
            assert_eq!(Month::of(month.period().start), month);
            assert_eq!(Month::of_date(month.last_date()), month);
        }
        assert_eq!(first.plus(2).to_string(), "2027-01");
    }
}
