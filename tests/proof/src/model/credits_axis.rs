//! The credits of an organisation's month by day a second time: each day asked anew of the whole list of rows, with fractions.

use super::calendar::{DAY, Time, month_around};
use super::{Exact, rounded, whole, written};
use num_traits::Zero;
use serde_json::{Value, json};

/// What reports tell of a month. Days are midnights; credits billionths.
#[derive(Clone, Debug)]
pub struct Reports {
    /// On which day how much; none of a row that doesn't say.
    pub rows: Vec<(Time, Option<i128>)>,
    /// The last day that they tell of.
    pub last: Time,
    /// The first day of which not all is told; none where each is.
    pub unknown_from: Option<Time>,
}

/// Even, and the least and the most.
type Ahead = (Exact, Option<(Exact, Exact)>);

impl Reports {
    fn month(&self) -> (Time, Time) {
        month_around(self.last)
    }

    /// Used from the month's start by the end of a day, rounded once (F5); none where that isn't known.
    fn by_the_end_of(&self, day: Time) -> Option<Exact> {
        let of = || self.rows.iter().filter(|(of, _)| *of <= day);
        let is_told = day <= self.last
            && self.unknown_from.is_none_or(|from| day < from)
            && of().all(|(_, credits)| credits.is_some());
        let sum: Exact =
            of().filter_map(|(_, credits)| *credits).map(|of| Exact::new(of, 1_000_000_000)).sum();
        is_told.then(|| rounded(&sum, 2))
    }

    /// Used on a day.
    fn on(&self, day: Time) -> Option<Exact> {
        let before = if day == self.month().0 { Exact::zero() } else { self.by_the_end_of(day - DAY)? };
        Some(self.by_the_end_of(day)? - before)
    }

    /// What the month comes to by its end: on the average so far, and the least and the most of that, of working days and weekends
    /// that go on as each has, and of days to come like a quiet and a busy one.
    fn leads(&self) -> Option<Ahead> {
        let (start, end) = self.month();
        let number = |from: Time, to: Time| (to - from) / DAY;
        let (passed, length) = (number(start, self.last) + 1, number(start, end));
        if passed * 25 < length || passed == length {
            return None;
        }
        let days: Vec<Exact> =
            (0..passed).map(|number| self.on(start + number * DAY)).collect::<Option<_>>()?;
        let used: Exact = days.iter().sum();
        let of = |amount: Exact, part: Time, of: Time| rounded(&(amount * whole(part) / whole(of)), 2);
        let even = of(used, length, passed);
        let mut all = vec![even];
        // The first day of 1970 was a Thursday.
        let is_weekend = |number: Time| (start / DAY + number + 3) % 7 > 4;
        let rest = |weekend: bool| {
            let passed_of = (0..passed).filter(|number| is_weekend(*number) == weekend);
            let to_come = (passed..length).filter(|number| is_weekend(*number) == weekend).count();
            let seen: Vec<_> =
                passed_of.map(|number| days[usize::try_from(number).expect("a day")]).collect();
            match (seen.len(), to_come) {
                (_, 0) => Some(Exact::zero()),
                (0, _) => None,
                (count, to_come) => {
                    let [count, to_come] = [count, to_come].map(|of| Time::try_from(of).expect("few"));
                    Some(of(seen.iter().sum(), to_come, count))
                }
            }
        };
        all.extend(rest(false).zip(rest(true)).map(|(working, weekend)| used + working + weekend));
        if days.len() >= 4 {
            let mut sorted = days.clone();
            sorted.sort_unstable();
            let quarter = sorted.len() / 4;
            for like in [sorted[quarter], sorted[sorted.len() - 1 - quarter]] {
                all.push(used + like * whole(length - passed));
            }
        }
        let (low, high) = (*all.iter().min()?, *all.iter().max()?);
        Some((even, (low < high).then_some((low, high))))
    }
}

fn text(ahead: &Ahead) -> Value {
    let credits = |amount: &Exact| json!(written(amount, 2));
    let range = ahead.1.as_ref().map(|(low, high)| json!([credits(low), credits(high)]));
    json!({"even": credits(&ahead.0), "range": range})
}

/// The month beside the one before, day by day, and what it comes to where there are days to come.
pub fn axis(told: &Reports, before: Option<&Reports>, goes_on: bool) -> Value {
    let (start, end) = told.month();
    let ahead = told.leads().filter(|_| goes_on);
    let length = (end - start) / DAY;
    let passed = (told.last - start) / DAY + 1;
    let by = |number: Time| {
        let (even, range) = ahead?;
        let used = told.by_the_end_of(told.last)?;
        let part = |to: Exact| {
            used + rounded(&((to - used) * whole(number + 1 - passed) / whole(length - passed)), 2)
        };
        Some((part(even), range.map(|(low, high)| (part(low), part(high)))))
    };
    let days = (0..length).map(|number| {
        let used = told.by_the_end_of(start + number * DAY).map(|used| written(&used, 2));
        let to_come = by(number).filter(|_| number >= passed).map(|ahead| text(&ahead));
        let same_day = before.and_then(|before| {
            let (start, end) = before.month();
            let day = start + number * DAY;
            before.by_the_end_of(day).filter(|_| day < end)
        });
        json!([used, to_come, same_day.map(|used| written(&used, 2))])
    });
    json!({"days": days.collect::<Vec<_>>(), "end": ahead.as_ref().map(text)})
}
