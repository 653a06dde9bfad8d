//! The use of a cycle by its end, from the days so far: at an even pace, and with working days and
//! weekends apart.

use super::seen_enough;
use chrono::{Datelike, Days, Weekday};
use headroom_exact::{Credits, Moment, Period};
use serde::Serialize;

const DAY: i64 = 86_400;
/// Fewer whole days say nothing of quiet and busy ones.
const DAYS_FOR_QUARTILES: usize = 4;

/// A running cycle and what was used on each of its days so far.
#[derive(Clone, Copy, Debug)]
pub struct Cycle<'d> {
    /// From when to when; it starts at 00:00 UTC.
    pub period: Period,
    /// Credits by day from the first on. Days after the last with a task are left out.
    pub days: &'d [Credits],
}

/// The use by the cycle's end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Forecast {
    /// If it goes on as on average so far.
    pub even: Credits,
    /// If working days and weekends go on as each has so far; none until both have been seen.
    pub work_days: Option<Credits>,
    /// The least of these, and of days to come like the quietest quarter of days so far.
    pub low: Credits,
    /// The most of these, and of days to come like the busiest quarter.
    pub high: Credits,
}

/// Seconds and credits of one sort of days.
#[derive(Clone, Copy, Default)]
struct Sort {
    used: Credits,
    passed: i64,
    to_come: i64,
}

impl Sort {
    /// What is still to come at the rate so far; none without a rate, unless nothing is to come.
    fn rest(&self) -> Option<Credits> {
        match (self.passed, self.to_come) {
            (_, 0) => Some(Credits::ZERO),
            (0, _) => None,
            (passed, to_come) => Some(self.used.share(i128::from(to_come), i128::from(passed))),
        }
    }
}

impl Cycle<'_> {
    fn used(&self) -> Credits {
        self.days.iter().copied().sum()
    }

    /// What was used on day `index`.
    fn day(&self, index: usize) -> Credits {
        self.days.get(index).copied().unwrap_or_default()
    }

    /// The forecast at `now`, none while less than 4 % of the cycle has passed.
    pub fn forecast(&self, now: Moment) -> Option<Forecast> {
        let (length, passed) = seen_enough(&self.period, now)?;
        let used = self.used();
        let even = used.share(i128::from(length), i128::from(passed));
        let work_days = self.rest_by_work_days(now).map(|rest| used.plus(rest));
        let (quiet, busy) = self.quartiles(now).unwrap_or((even, even));
        let all = [Some(even), work_days, Some(quiet), Some(busy)];
        Some(Forecast {
            even,
            work_days,
            low: all.into_iter().flatten().min().unwrap_or(even),
            high: all.into_iter().flatten().max().unwrap_or(even),
        })
    }

    fn rest_by_work_days(&self, now: Moment) -> Option<Credits> {
        let (mut working, mut weekend) = (Sort::default(), Sort::default());
        let count = usize::try_from(self.period.days()).unwrap_or(0);
        for (index, back) in (0..count).zip(0u64..) {
            let date = self.period.start.date().checked_add_days(Days::new(back))?;
            let sort = match date.weekday() {
                Weekday::Sat | Weekday::Sun => &mut weekend,
                Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => &mut working,
            };
            let passed = now.seconds_since(Moment::on(date, 0)).clamp(0, DAY);
            sort.used = sort.used.plus(self.day(index));
            sort.passed = sort.passed.saturating_add(passed);
            sort.to_come = sort.to_come.saturating_add(DAY.saturating_sub(passed));
        }
        Some(working.rest()?.plus(weekend.rest()?))
    }

    /// The use by the end if the days to come are like a quiet and like a busy one of the whole days so far.
    fn quartiles(&self, now: Moment) -> Option<(Credits, Credits)> {
        let days = (0..self.period.day_of(now)).map(|index| self.day(index)).collect();
        let (quiet, busy) = quiet_and_busy(days)?;
        let to_come = self.period.end.seconds_since(now);
        let by_the_end = |day: Credits| self.used().plus(day.share(i128::from(to_come), i128::from(DAY)));
        Some((by_the_end(quiet), by_the_end(busy)))
    }
}

/// Of whole days a quiet one and a busy one: those a quarter from either end; none of too few.
pub(crate) fn quiet_and_busy<T: Ord + Copy>(mut days: Vec<T>) -> Option<(T, T)> {
    if days.len() < DAYS_FOR_QUARTILES {
        return None;
    }
    days.sort_unstable();
    let quarter = days.len().checked_div(4)?;
    Some((*days.get(quarter)?, *days.iter().rev().nth(quarter)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Month;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    /// June 2026 begins on a Monday and has 30 days, of which 8 are weekends.
    fn june(days: &[i128], now: &str) -> Option<Forecast> {
        let period = Month::of(at("2026-06-01T00:00:00Z")).period();
        let days: Vec<_> =
            days.iter().map(|credits| Credits::from_hundredths(credits.saturating_mul(100))).collect();
        Cycle { period, days: &days }.forecast(at(now))
    }

    fn texts(forecast: Option<Forecast>) -> Option<[String; 4]> {
        let forecast = forecast?;
        let work_days = forecast.work_days.map_or("none".to_owned(), |credits| credits.to_string());
        Some([forecast.even.to_string(), work_days, forecast.low.to_string(), forecast.high.to_string()])
    }

    #[test]
    fn working_days_and_weekends_are_told_apart() {
        // A week of 10 a working day: 50 in 7 days; 15 more working days make 200 or rather 214.29.
        let week = [10, 10, 10, 10, 10, 0, 0];
        let expected = ["214.29", "220.00", "50.00", "280.00"].map(str::to_owned);
        // The quietest quarter of seven days is the second smallest (0), the busiest 10.
        assert_eq!(texts(june(&week, "2026-06-08T00:00:00Z")), Some(expected));
    }

    #[test]
    fn without_a_weekend_so_far_only_the_even_pace_speaks() {
        let expected = ["300.00", "none", "300.00", "300.00"].map(str::to_owned);
        assert_eq!(texts(june(&[10, 10], "2026-06-03T00:00:00Z")), Some(expected));
    }

    #[test]
    fn nothing_is_foretold_in_the_first_4_percent() {
        assert_eq!(june(&[10], "2026-06-02T04:47:59Z"), None);
        assert!(june(&[10], "2026-06-02T04:48:00Z").is_some());
    }

    #[test]
    fn quiet_and_busy_days_speak_from_four_whole_days_on() {
        // Mondays to Thursday: 0, 10, 10, 40. On the fourth day three are whole; then four are.
        let third = june(&[0, 10, 10], "2026-06-04T00:00:00Z").expect("a forecast");
        assert_eq!((third.low, third.high), (third.even, third.even));
        let fourth = june(&[0, 10, 10, 40], "2026-06-05T00:00:00Z").expect("a forecast");
        // Of four the second smallest and the second largest: 10 each, for 26 days more.
        assert_eq!((fourth.low.to_string(), fourth.high.to_string()), ("320.00".into(), "450.00".into()));
        assert_eq!(fourth.even.to_string(), "450.00");
    }

    #[test]
    fn at_the_last_instant_everything_agrees() {
        let all = [3; 30];
        let forecast = june(&all, "2026-06-30T23:59:59Z").expect("a forecast");
        assert_eq!(forecast.even.to_string(), "90.00");
        assert_eq!((forecast.low, forecast.high), (forecast.even, forecast.even));
    }
}
