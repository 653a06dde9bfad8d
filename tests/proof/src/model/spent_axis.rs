//! A month of Kilo's spending by day a second time: each day asked anew of the whole list of rows, with fractions.

use super::calendar::{DAY, SECOND, Time, month_around};
use super::{Exact, rounded, whole, written};
use serde_json::{Value, json};

/// What is told. Days are midnights; amounts millionths of a dollar.
#[derive(Clone, Debug)]
pub struct Told {
    /// On which day how much; none of a row that doesn't say.
    pub rows: Vec<(Time, Option<i128>)>,
    /// The first day that is told of.
    pub first_day: Time,
    /// From which day on the average is; none where nothing goes on.
    pub average_since: Option<Time>,
    /// Up to when it is told.
    pub until: Time,
    /// What is told of the month before, as `rows`.
    pub before: Vec<(Time, Option<i128>)>,
    /// From which midnight up to which all of it is told.
    pub whole: Vec<(Time, Time)>,
    /// Now.
    pub now: Time,
}

impl Told {
    /// What was spent from one midnight up to another; none where a row between doesn't say.
    fn between(&self, from: Time, to: Time) -> Option<Exact> {
        let of = self.rows.iter().filter(|(day, _)| from <= *day && *day < to);
        of.map(|(_, cost)| cost.map(|millionths| Exact::new(millionths, 1_000_000))).sum()
    }

    /// Spent in the month before by the end of the same day as the one with this number, from 0.
    fn before_by(&self, number: Time) -> Option<Exact> {
        let month = month_around(month_around(self.now).0 - DAY);
        let end = month.0 + (number + 1) * DAY;
        let is_told = |day: Time| self.whole.iter().any(|(from, to)| *from <= day && day < *to);
        let all_told = (0..=number).all(|number| is_told(month.0 + number * DAY));
        let of = Self { rows: self.before.clone(), ..self.clone() };
        of.between(month.0, end).filter(|_| all_told && end <= month.1)
    }

    fn today(&self) -> Time {
        self.now - self.now.rem_euclid(DAY)
    }

    /// Spent from the month's start by the end of a day.
    fn by_the_end_of(&self, day: Time) -> Option<Exact> {
        let is_told =
            if day == self.today() { day < self.until } else { day + DAY <= self.until.min(self.now) };
        let sum = self.between(month_around(self.now).0, day + DAY)?;
        (is_told && day >= self.first_day).then_some(sum)
    }

    /// Where it leads by a moment: the average, and like a quiet and a busy day.
    fn by(&self, at: Time) -> Option<(Exact, Exact, Exact)> {
        let since = self.average_since?;
        let (spent, from) = (self.by_the_end_of(self.today())?, self.until.min(self.now));
        let (all, seen) = (self.between(since, Time::MAX)?, from - since);
        if seen < 2 * DAY {
            return None;
        }
        // The engine's averages go by whole millionths, rounded once.
        let more = |amount: Exact, seconds: Time| {
            rounded(&(amount * whole((at - from) / SECOND) / whole(seconds / SECOND)), 6)
        };
        let even = spent + more(all, seen);
        let starts = (0..(self.today() - since) / DAY).map(|number| since + number * DAY);
        let mut days: Vec<_> = starts.map(|day| self.between(day, day + DAY)).collect::<Option<_>>()?;
        days.sort_unstable();
        if days.len() < 4 {
            return Some((even, even, even));
        }
        let like = |day: Exact| spent + more(day, DAY);
        let quarter = days.len() / 4;
        let (quiet, busy) = (days[quarter], days[days.len() - 1 - quarter]);
        Some((even, like(quiet).min(even), like(busy).max(even)))
    }
}

fn dollars(amount: &Exact) -> Value {
    json!(written(amount, 6))
}

fn ahead((even, low, high): (Exact, Exact, Exact)) -> Value {
    let range = (low < high).then(|| json!([dollars(&low), dollars(&high)]));
    json!({"even": dollars(&even), "range": range})
}

/// The month around now, day by day, and what it comes to.
pub fn axis(told: &Told) -> Value {
    let (start, end) = month_around(told.now);
    let days = (0..(end - start) / DAY).map(|number| (number, start + number * DAY)).map(|(number, day)| {
        let spent = told.by_the_end_of(day).map(|spent| dollars(&spent));
        let to_come = told.by(day + DAY).filter(|_| day > told.today()).map(ahead);
        json!([spent, to_come, told.before_by(number).map(|spent| dollars(&spent))])
    });
    json!({"days": days.collect::<Vec<_>>(), "end": told.by(end).map(ahead)})
}
