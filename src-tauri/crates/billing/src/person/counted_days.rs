//! What the vendor's counts say of days, for whoever's tasks aren't recorded here: what it counted at one moment, less what
//! it had counted at the one before.
//!
//! A difference is of the day of the later count, from then on to the day after it, which is another one (days are half-open
//! and UTC). Where the earlier count is of a day before, nothing tells on which of the days between it was used: it isn't
//! spread over them, and the day says since when it is counted. So the days of a cycle add up to its last count, whatever
//! lies between two counts.

use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, Period};
use std::collections::BTreeMap;

/// What the vendor had counted at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// As of when: a moment of the cycle.
    pub at: Moment,
    /// The cycle that it counts in, which begins with nothing.
    pub cycle: Period,
    /// Used in the cycle, overage included.
    pub used: Credits,
    /// Used of what is beside the plan (a trial, bonuses, packs), each by what tells it from the others. A new one counts
    /// from when it is first seen: being granted isn't being used.
    pub pools: Vec<(String, Credits)>,
}

/// What was used between two counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Step {
    since: Moment,
    until: Moment,
    used: Credits,
    fell: Credits,
    at_least: bool,
}

/// What the counts say of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CountedDay {
    /// Which.
    pub date: NaiveDate,
    /// What was counted on it; none where no count is of this day, and what was used is in a later one's.
    pub used: Option<Credits>,
    /// By how much the count fell on it: a refund, or a correction. It is taken from no day's use.
    pub fell: Credits,
    /// Since when it is counted, where that is an earlier day.
    pub since: Option<Moment>,
    /// What of it may have been used before the day.
    pub of_before: Credits,
    /// A later day whose count has something that may have been used on this one.
    pub counted_on: Option<NaiveDate>,
    /// Whether more was used than is counted: the plan's count and that of what is beside it rose together, and whether one
    /// is in the other isn't told.
    pub at_least: bool,
}

/// What a cycle's counts say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountedCycle {
    /// Which.
    pub cycle: Period,
    /// What was used of it when it was counted first.
    pub at_first: Credits,
    /// When it was counted last.
    pub last_at: Moment,
    steps: Vec<Step>,
}

impl Count {
    /// Used beside the plan; what nothing tells apart is one.
    fn beside(&self) -> BTreeMap<&str, Credits> {
        let mut beside = BTreeMap::new();
        for (name, used) in &self.pools {
            let sum: &mut Credits = beside.entry(name.as_str()).or_default();
            *sum = sum.plus(*used);
        }
        beside
    }

    /// From the one before in the same cycle, if there is one, else from the cycle's beginning.
    fn since(&self, before: Option<&Self>) -> Step {
        let Some(before) = before else {
            let (used, fell) = (self.used.max(Credits::ZERO), Credits::ZERO);
            // What is first seen beside the plan tells nothing of when it was used.
            return Step { since: self.cycle.start, until: self.at, used, fell, at_least: false };
        };
        let known = before.beside();
        let rose = |(name, used): (&str, Credits)| Some(used.less_at_most_all(*known.get(name)?));
        let beside: Credits = self.beside().into_iter().filter_map(rose).sum();
        let used = self.used.less_at_most_all(before.used);
        Step {
            since: before.at,
            until: self.at,
            used: used.max(beside),
            fell: before.used.less_at_most_all(self.used),
            at_least: used.is_positive() && beside.is_positive(),
        }
    }
}

impl CountedDay {
    const fn none_of(date: NaiveDate) -> Self {
        Self {
            date,
            used: None,
            fell: Credits::ZERO,
            since: None,
            of_before: Credits::ZERO,
            counted_on: None,
            at_least: false,
        }
    }

    /// The day that a cycle ends on has something of both.
    fn merge(&mut self, other: Self) {
        self.used = match (self.used, other.used) {
            (Some(one), Some(other)) => Some(one.plus(other)),
            (one, other) => one.or(other),
        };
        self.fell = self.fell.plus(other.fell);
        self.since = [self.since, other.since].into_iter().flatten().min();
        self.of_before = self.of_before.plus(other.of_before);
        self.counted_on = self.counted_on.max(other.counted_on);
        self.at_least |= other.at_least;
    }

    fn add(&mut self, step: Step) {
        self.used = Some(self.used.unwrap_or_default().plus(step.used));
        self.fell = self.fell.plus(step.fell);
        self.at_least |= step.at_least;
        if step.since.date() < self.date && step.used.is_positive() {
            self.since = Some(self.since.map_or(step.since, |since| since.min(step.since)));
            self.of_before = self.of_before.plus(step.used);
        }
    }
}

impl CountedCycle {
    /// Of counts in any order, the cycles in theirs.
    pub fn of(mut counts: Vec<Count>) -> Vec<Self> {
        counts.retain(|count| count.cycle.contains(count.at));
        counts.sort_by_key(|count| count.at);
        let mut cycles: Vec<Self> = Vec::new();
        let mut before: Option<&Count> = None;
        for count in &counts {
            // A reset lies between the two only where the cycle began after the one before was said.
            let before_it = before.filter(|before| before.at >= count.cycle.start);
            let step = count.since(before_it);
            match cycles.last_mut().filter(|_| before_it.is_some()) {
                Some(cycle) => {
                    cycle.steps.push(step);
                    cycle.last_at = count.at;
                }
                None => cycles.push(Self {
                    cycle: count.cycle,
                    at_first: step.used,
                    last_at: count.at,
                    steps: vec![step],
                }),
            }
            before = Some(count);
        }
        cycles
    }

    /// The days of which something is known, from the cycle's first on.
    pub fn days(&self) -> Vec<CountedDay> {
        let mut days: BTreeMap<NaiveDate, CountedDay> = BTreeMap::new();
        for step in &self.steps {
            // A count in the moment in which the cycle begins says nothing of a day.
            if step.until <= step.since && !step.used.is_positive() {
                continue;
            }
            // What was counted right at a day's beginning was used before it.
            let last = step.until.plus_seconds(-1).max(step.since).date();
            let mut date = step.since.date();
            while date < last {
                let day = days.entry(date).or_insert_with(|| CountedDay::none_of(date));
                if step.used.is_positive() {
                    day.counted_on = Some(last);
                } else {
                    // Nothing was used in all of it.
                    day.used = Some(day.used.unwrap_or_default());
                }
                let Some(next) = date.succ_opt() else { break };
                date = next;
            }
            days.entry(last).or_insert_with(|| CountedDay::none_of(last)).add(*step);
        }
        days.into_values().collect()
    }

    /// What was used in all by then: the days' sum, less what was taken back.
    pub fn used(&self) -> Credits {
        let sum = |of: fn(&Step) -> Credits| self.steps.iter().map(of).sum::<Credits>();
        sum(|step| step.used).minus(sum(|step| step.fell))
    }
}

/// What the counts say of some days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountedDays {
    /// Those of which something is known, in their order.
    pub days: Vec<CountedDay>,
    /// What was counted on them together; none where nothing was counted on any.
    pub used: Option<Credits>,
    /// By how much the count fell on them.
    pub fell: Credits,
    /// Whether more was used than is counted.
    pub at_least: bool,
}

impl CountedDays {
    /// From the first to the last, both included.
    pub fn between(cycles: &[CountedCycle], first: NaiveDate, last: NaiveDate) -> Self {
        let mut days: BTreeMap<NaiveDate, CountedDay> = BTreeMap::new();
        for day in cycles.iter().flat_map(CountedCycle::days) {
            days.entry(day.date).or_insert_with(|| CountedDay::none_of(day.date)).merge(day);
        }
        let days: Vec<_> = days.into_values().filter(|day| (first..=last).contains(&day.date)).collect();
        let counted = || days.iter().filter_map(|day| day.used);
        Self {
            used: counted().next().is_some().then(|| counted().sum()),
            fell: days.iter().map(|day| day.fell).sum(),
            at_least: days.iter().any(|day| day.at_least),
            days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Month;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn count(at: &str, hundredths: i128, pools: &[(&str, i128)]) -> Count {
        let at = moment(at);
        let pool = |(name, used): &(&str, i128)| ((*name).to_owned(), Credits::from_hundredths(*used));
        Count {
            at,
            cycle: Month::of(at).period(),
            used: Credits::from_hundredths(hundredths),
            pools: pools.iter().map(pool).collect(),
        }
    }

    /// Each day in a line: the day of the month, what was counted, and what is to be known of it.
    fn told(counts: &[(&str, i128)]) -> Vec<String> {
        let counts = counts.iter().map(|(at, used)| count(at, *used, &[])).collect();
        CountedCycle::of(counts).iter().flat_map(CountedCycle::days).map(|day| line(&day)).collect()
    }

    fn line(day: &CountedDay) -> String {
        let used = day.used.map_or_else(|| "?".to_owned(), |used| used.to_string());
        let parts = [
            Some(format!("{}: {used}", day.date.format("%m-%d"))),
            day.fell.is_positive().then(|| format!("fell by {}", day.fell)),
            day.since.map(|since| format!("{} since {since}", day.of_before)),
            day.counted_on.map(|on| format!("more on {}", on.format("%m-%d"))),
            day.at_least.then(|| "at least".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Counts, and what is told of their days.
    type Case<'c> = (&'c [(&'c str, i128)], &'c [&'c str]);

    fn all_told(cases: &[Case<'_>]) {
        for (counts, days) in cases {
            assert_eq!(told(counts), *days, "{counts:?}");
        }
    }

    #[test]
    fn a_difference_is_of_the_day_of_the_later_count() {
        all_told(&[
            // Nothing, or one count at the cycle's beginning, or later.
            (&[], &[]),
            (&[("2026-11-01T00:03:00Z", 40)], &["11-01: 0.40"]),
            (
                &[("2026-11-03T10:00:00Z", 40)],
                &[
                    "11-01: ?, more on 11-03",
                    "11-02: ?, more on 11-03",
                    "11-03: 0.40, 0.40 since 2026-11-01T00:00:00Z",
                ],
            ),
            // Nothing used until the first count is nothing on each of the days.
            (&[("2026-11-02T10:00:00Z", 0)], &["11-01: 0.00", "11-02: 0.00"]),
            // Within a day.
            (&[("2026-11-01T09:00:00Z", 0), ("2026-11-01T23:59:59Z", 125)], &["11-01: 1.25"]),
            // Over midnight: it says since when. A count right at midnight is of the day that ended.
            (
                &[
                    ("2026-11-01T23:58:00Z", 100),
                    ("2026-11-02T00:03:00Z", 140),
                    ("2026-11-02T09:00:00Z", 200),
                ],
                &["11-01: 1.00, more on 11-02", "11-02: 1.00, 0.40 since 2026-11-01T23:58:00Z"],
            ),
            (&[("2026-11-01T23:58:00Z", 100), ("2026-11-02T00:00:00Z", 140)], &["11-01: 1.40"]),
        ]);
    }

    #[test]
    fn a_gap_is_spread_over_no_day_and_a_fall_is_no_negative_use() {
        all_told(&[
            // The same count on both sides is nothing on each of the days.
            (
                &[
                    ("2026-11-01T08:00:00Z", 100),
                    ("2026-11-03T08:00:00Z", 400),
                    ("2026-11-05T08:00:00Z", 400),
                ],
                &[
                    "11-01: 1.00, more on 11-03",
                    "11-02: ?, more on 11-03",
                    "11-03: 3.00, 3.00 since 2026-11-01T08:00:00Z",
                    "11-04: 0.00",
                    "11-05: 0.00",
                ],
            ),
            (
                &[
                    ("2026-11-01T08:00:00Z", 500),
                    ("2026-11-01T09:00:00Z", 450),
                    ("2026-11-01T10:00:00Z", 470),
                ],
                &["11-01: 5.20, fell by 0.50"],
            ),
            (
                &[("2026-11-01T08:00:00Z", 500), ("2026-11-02T09:00:00Z", 0)],
                &["11-01: 5.00", "11-02: 0.00, fell by 5.00"],
            ),
        ]);
    }

    #[test]
    fn a_new_cycle_starts_anew_and_what_was_used_before_its_reset_is_not_known() {
        let days = told(&[
            ("2026-10-01T00:00:00Z", 0),
            ("2026-10-31T20:00:00Z", 9_000),
            ("2026-11-01T08:00:00Z", 500),
        ]);
        assert_eq!(days[..2], ["10-01: ?, more on 10-31", "10-02: ?, more on 10-31"]);
        assert_eq!(days[30..], ["10-31: 90.00, 90.00 since 2026-10-01T00:00:00Z", "11-01: 5.00"]);
    }

    #[test]
    fn what_is_beside_the_plan_counts_once_and_a_grant_is_no_use() {
        let morning = "2026-11-01T08:00:00Z";
        let noon = "2026-11-01T12:00:00Z";
        for (before, after, day) in [
            // A new pool, a larger one and one that is gone: nothing was used.
            (count(morning, 100, &[]), count(noon, 100, &[("trial", 700)]), "11-01: 1.00"),
            (count(morning, 100, &[("trial", 700)]), count(noon, 100, &[]), "11-01: 1.00"),
            (count(morning, 100, &[("trial", 700)]), count(noon, 100, &[("trial", 10)]), "11-01: 1.00"),
            // It rose alone: that was used.
            (count(morning, 100, &[("trial", 700)]), count(noon, 100, &[("trial", 750)]), "11-01: 1.50"),
            // Both rose: one may be in the other.
            (
                count(morning, 100, &[("trial", 700)]),
                count(noon, 180, &[("trial", 750)]),
                "11-01: 1.80, at least",
            ),
        ] {
            let cycles = CountedCycle::of(vec![before, after]);
            let days: Vec<_> = cycles.iter().flat_map(CountedCycle::days).map(|day| line(&day)).collect();
            assert_eq!(days, [day]);
        }
    }

    #[test]
    fn a_reset_that_moves_begins_no_cycle_before_the_last_count() {
        let first = count("2026-11-14T08:00:00Z", 48_000, &[]);
        let moved = |at: &str, start: &str| Count {
            cycle: Period { start: moment(start), end: moment("2026-12-15T00:00:00Z") },
            ..count(at, 49_000, &[])
        };
        let used = |later: Count| {
            let cycles = CountedCycle::of(vec![later, first.clone()]);
            cycles.iter().map(|cycle| cycle.used().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            used(moved("2026-11-16T08:00:00Z", "2026-11-10T00:00:00Z")),
            ["490.00"],
            "the same credits"
        );
        assert_eq!(used(moved("2026-11-16T08:00:00Z", "2026-11-15T00:00:00Z")), ["480.00", "490.00"]);
    }
}
