//! The running cycle on an axis of days: what was used by the end of each, where an even pace leads, and what was used by
//! the same day of the cycle before.
//!
//! What isn't known of a day is none, never nothing: a line has a gap there. Where the vendor counts, its last count of a
//! day stands for it, and a day between two counts that differ is such a gap.

use super::{Count, Current, Outcome, Pace};
use crate::advice::{Ahead, Cycle};
use chrono::NaiveDate;
use headroom_exact::calendar::days_between;
use headroom_exact::{Credits, Moment, Period};
use std::collections::BTreeMap;

const DAY: i64 = 86_400;

/// What was used in a cycle by the end of each of its days, as far as that is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsedBy(BTreeMap<NaiveDate, Credits>);

impl UsedBy {
    /// Of what was used on each day, from the first that is known to the last; on a day between that isn't named nothing
    /// was.
    pub fn of_days(
        days: impl IntoIterator<Item = (NaiveDate, Credits)>,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Self {
        let mut on: BTreeMap<NaiveDate, Credits> = BTreeMap::new();
        for (date, credits) in days {
            let sum = on.entry(date).or_default();
            *sum = sum.plus(credits);
        }
        let mut used: Credits = on.range(..first).map(|(_, credits)| *credits).sum();
        let by_day = days_between(first, last).map(|date| {
            used = used.plus(on.get(&date).copied().unwrap_or_default());
            (date, used)
        });
        Self(by_day.collect())
    }

    /// Of what the vendor had counted in the cycle, which begins with nothing.
    pub fn of_counts(counts: &[Count], cycle: &Period) -> Self {
        let mut counts: Vec<_> = counts.iter().filter(|count| cycle.contains(count.at)).collect();
        counts.sort_by_key(|count| count.at);
        let mut by_day = BTreeMap::new();
        let mut before = (cycle.start, Credits::ZERO);
        for count in counts {
            // What was counted right at a day's beginning was used before it.
            let date = count.at.plus_seconds(-1).max(cycle.start).date();
            if count.used == before.1 {
                by_day.extend(days_between(before.0.date(), date).map(|date| (date, count.used)));
            }
            by_day.insert(date, count.used);
            before = (count.at, count.used);
        }
        Self(by_day)
    }

    /// By the end of a day; none where that isn't known.
    pub fn by(&self, date: NaiveDate) -> Option<Credits> {
        self.0.get(&date).copied()
    }

    /// What was used on each day from the cycle's first up to one; none unless all of them are known.
    fn each_day(&self, cycle: &Period, last: NaiveDate) -> Option<Vec<Credits>> {
        let mut before = Credits::ZERO;
        days_between(cycle.start.date(), last)
            .map(|date| {
                let used = self.by(date)?;
                let on_it = used.less_at_most_all(before);
                before = used;
                Some(on_it)
            })
            .collect()
    }
}

/// A day of the cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AxisDay {
    /// Which.
    pub date: NaiveDate,
    /// As of when its amounts are: its end, or the cycle's; of the day that is running, now.
    pub until: Moment,
    /// Used in the cycle by then; none where that isn't known, and of days to come.
    pub used: Option<Credits>,
    /// Of that, by the tasks recorded here; none where they are all of it, or it isn't known.
    pub recorded: Option<Credits>,
    /// Where it leads by then; none of days that are over, and where nothing can be foretold.
    pub ahead: Option<Ahead>,
    /// What an even use of the credits comes to by then; none without a limit.
    pub even: Option<Credits>,
    /// Used in the cycle before by the end of the same day of it, counted from its first; none where that isn't known.
    pub before: Option<Credits>,
}

/// The running cycle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Axis {
    /// Its days, in order.
    pub days: Vec<AxisDay>,
    /// The credits that there are in all pools in this cycle, used ones included; none without a limit, and while nothing
    /// is known of what was used.
    pub limit: Option<Credits>,
    /// Whether these are the plan's alone.
    pub limit_is_plan: bool,
    /// What an even use of them comes to in a day.
    pub even_a_day: Option<Credits>,
    /// Where it leads by the cycle's end; none where nothing can be foretold.
    pub ahead: Option<Ahead>,
    /// When the credits end at an even pace, and what is used by then; none if they don't before the cycle ends, or have
    /// ended.
    pub runs_out: Option<(Moment, Credits)>,
}

/// What an axis is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The cycle whose credits are counted: the vendor's where that leads, else the calendar month.
    pub cycle: Period,
    /// As of when; within the cycle.
    pub now: Moment,
    /// What was used in it by day; none where nothing is known of it.
    pub used: Option<&'k UsedBy>,
    /// Of that, by the tasks recorded here, where they aren't all of it.
    pub recorded: Option<&'k UsedBy>,
    /// What was used in the cycle before, and its first day.
    pub before: (&'k UsedBy, NaiveDate),
    /// The pace; none where there is none, and where nothing goes on: requests pause.
    pub pace: Option<&'k Pace>,
}

impl Axis {
    /// Of an account as it stands.
    pub fn of(current: &Current, known: Known<'_>) -> Self {
        let Known { cycle, now, used, before, .. } = known;
        let now_used = current.credits.used;
        let limit = used.and_then(|_| limit(current));
        let ahead = known.pace.map(|pace| leads(pace, now_used, &known));
        let (length, left) = (cycle.end.seconds_since(cycle.start), cycle.end.seconds_since(now));
        let last = cycle.end.plus_seconds(-1).date();
        let mut same_day = days_between(before.1, NaiveDate::MAX);
        let day = |date: NaiveDate| {
            let end = Moment::on(date, 0).plus_seconds(DAY).min(cycle.end);
            let until = if date == now.date() { now } else { end };
            let passed = until.seconds_since(cycle.start);
            let is_over = until <= now;
            let used = used.filter(|_| is_over);
            let used = used.and_then(|used| if date == now.date() { Some(now_used) } else { used.by(date) });
            let recorded = known.recorded.and_then(|recorded| recorded.by(date)).filter(|_| is_over);
            let to_come = ahead.filter(|_| !is_over);
            AxisDay {
                date,
                until,
                used,
                recorded: recorded.map(|recorded| used.map_or(recorded, |used| recorded.min(used))),
                ahead: to_come.map(|ahead| ahead.after(now_used, until.seconds_since(now), left)),
                even: limit.map(|limit| limit.share(i128::from(passed), i128::from(length.max(1)))),
                before: same_day.next().and_then(|date| before.0.by(date)),
            }
        };
        Self {
            days: days_between(cycle.start.date(), last).map(day).collect(),
            limit,
            limit_is_plan: limit.is_some() && limit == current.credits.plan.allowance,
            even_a_day: limit
                .map(|limit| limit.share(i128::from(DAY.min(length)), i128::from(length.max(1)))),
            ahead,
            runs_out: known.pace.and_then(|pace| match pace.outcome {
                Outcome::LimitAt(at) => Some((at, now_used.plus(pace.left_to_use()?))),
                Outcome::LeftAtReset { .. } | Outcome::AtLimit | Outcome::NoLimit => None,
            }),
        }
    }
}

/// What all pools have in the cycle: what is left of them, and what was used but for what they didn't cover.
fn limit(current: &Current) -> Option<Credits> {
    let credits = &current.credits;
    let beyond_plan = credits.used.less_at_most_all(credits.plan.used);
    let overage = credits.overage.credits.min(beyond_plan);
    let covered = credits.used.minus(overage).less_at_most_all(credits.uncovered);
    Some(covered.plus(credits.left()?))
}

/// Where it leads by the cycle's end: the even pace, and a range where each day so far is known.
fn leads(pace: &Pace, used: Credits, known: &Known<'_>) -> Ahead {
    let Known { cycle, now, .. } = known;
    let even = pace.projected_use;
    let midnight = *cycle == Period { start: Moment::on(cycle.start.date(), 0), end: cycle.end };
    let yesterday = now.date().pred_opt().filter(|day| *day >= cycle.start.date());
    let days = yesterday.map_or_else(|| Some(Vec::new()), |last| known.used?.each_day(cycle, last));
    let range = days.filter(|_| midnight).and_then(|mut days| {
        let today = used.less_at_most_all(days.iter().copied().sum());
        days.push(today);
        let forecast = Cycle { period: *cycle, days: &days }.forecast(*now)?;
        Some((forecast.low.min(even), forecast.high.max(even)))
    });
    Ahead { even, range: range.filter(|(low, high)| low < high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountKind as _;
    use crate::scenario::Scenario;
    use crate::timeline::Ledger;
    use headroom_exact::Month;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn credits(hundredths: i128) -> Credits {
        Credits::from_hundredths(hundredths)
    }

    fn june() -> Period {
        Month::of(moment("2026-06-01T00:00:00Z")).period()
    }

    /// By day of June, as far as it is known.
    fn told(used: &UsedBy) -> Vec<String> {
        let by = |day: NaiveDate| used.by(day).map(|used| format!("{}: {used}", day.format("%d")));
        days_between(date("2026-06-01"), date("2026-06-30")).filter_map(by).collect()
    }

    #[test]
    fn days_add_up_from_the_first_that_is_known() {
        let days = [("2026-06-02", 100), ("2026-06-04", 25), ("2026-06-04", 5)];
        let used = |first: &str| {
            let days = days.map(|(day, used)| (date(day), credits(used)));
            told(&UsedBy::of_days(days, (date(first), date("2026-06-05"))))
        };
        assert_eq!(used("2026-06-02"), ["02: 1.00", "03: 1.00", "04: 1.30", "05: 1.30"]);
        assert_eq!(used("2026-06-04"), ["04: 1.30", "05: 1.30"], "what was before is in it");
        assert_eq!(used("2026-06-06"), [""; 0], "nothing is known yet");
    }

    #[test]
    fn the_last_count_of_a_day_stands_for_it_and_a_day_between_two_that_differ_is_a_gap() {
        let count = |(at, used): (&str, i128)| Count {
            at: moment(at),
            cycle: june(),
            used: credits(used),
            pools: Vec::new(),
        };
        let used = |counts: &[(&str, i128)]| {
            let counts: Vec<_> = counts.iter().copied().map(count).collect();
            told(&UsedBy::of_counts(&counts, &june()))
        };
        assert_eq!(
            used(&[
                ("2026-06-06T09:00:00Z", 900),
                ("2026-06-03T08:00:00Z", 100),
                ("2026-06-03T21:00:00Z", 250),
                ("2026-06-05T08:00:00Z", 250),
                // A refund.
                ("2026-06-09T00:00:00Z", 880),
                ("2026-07-01T00:00:00Z", 5),
            ]),
            ["03: 2.50", "04: 2.50", "05: 2.50", "06: 9.00", "08: 8.80"]
        );
        assert_eq!(used(&[("2026-06-02T10:00:00Z", 0)]), ["01: 0.00", "02: 0.00"], "it begins with nothing");
        assert_eq!(used(&[]), [""; 0]);
    }

    /// On a plan of 1,000 credits in June 2026, after `days` of use, as the account stands.
    fn current(days: &[(&str, &str)], now: &str) -> (Current, Option<Pace>) {
        let used = days.iter().map(|(day, credits)| {
            format!(r#", {{"at": "{day}T08:00:00Z", "type": "usage", "credits": "{credits}"}}"#)
        });
        let json = format!(
            r#"{{"account": "kiro-individual", "as_of": "{now}", "events": [
            {{"at": "2026-05-01T00:00:00Z", "type": "sign_up", "trial": false}},
            {{"at": "2026-05-01T00:00:00Z", "type": "change_plan", "plan": "pro"}}{}]}}"#,
            used.collect::<String>()
        );
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a scenario of one person: {json}");
        };
        let ledger = Ledger::fold(&sourced.timeline, moment(now)).expect("a ledger");
        let current = ledger.account.current(moment(now));
        let pace = Pace::at(&current, moment(now));
        (current, pace)
    }

    /// The axis of days of June, all of them recorded.
    fn axis(days: &[(&str, &str)], first: &str, now: &str) -> Axis {
        let (current, pace) = current(days, now);
        let on = |(day, used): &(&str, &str)| (date(day), Credits::rounded(used.parse().expect("a number")));
        let used = UsedBy::of_days(days.iter().map(on), (date(first), moment(now).date()));
        let may =
            UsedBy::of_days([(date("2026-05-02"), credits(4_000))], (date("2026-05-01"), date("2026-05-31")));
        let known = Known {
            cycle: june(),
            now: moment(now),
            used: Some(&used),
            recorded: None,
            before: (&may, date("2026-05-01")),
            pace: pace.as_ref(),
        };
        Axis::of(&current, known)
    }

    #[test]
    fn an_even_pace_goes_on_from_now_and_ends_where_the_pace_says() {
        // 600 by the tenth of 30 days: 1,800 by the end, the other 400 in 6 2/3 days.
        let axis =
            axis(&[("2026-06-03", "200"), ("2026-06-09", "400")], "2026-06-01", "2026-06-11T00:00:00Z");
        let day = |day: usize| axis.days[day - 1];
        let text = |credits: Option<Credits>| credits.map(|credits| credits.to_string());
        assert_eq!(axis.days.len(), 30);
        assert_eq!(text(day(2).used).as_deref(), Some("0.00"));
        assert_eq!(text(day(8).used).as_deref(), Some("200.00"));
        assert_eq!((text(day(10).used).as_deref(), day(10).ahead), (Some("600.00"), None));
        // Now is the eleventh's first moment.
        assert_eq!(
            (day(11).until, text(day(11).used).as_deref()),
            (moment("2026-06-11T00:00:00Z"), Some("600.00"))
        );
        let ahead = |of: usize| day(of).ahead.map(|ahead| ahead.even.to_string());
        assert_eq!(
            (ahead(11), ahead(12).as_deref(), ahead(30).as_deref()),
            (None, Some("720.00"), Some("1800.00"))
        );
        assert_eq!(day(30).until, june().end);
        assert_eq!(axis.ahead.map(|ahead| Some(ahead.even)), Some(day(30).ahead.map(|ahead| ahead.even)));
        assert_eq!(axis.ahead, day(30).ahead, "the last day is where it leads");
        let (at, used) = axis.runs_out.expect("it runs out");
        assert_eq!((at.to_string().as_str(), used.to_string().as_str()), ("2026-06-17T16:00:00Z", "1000.00"));
        assert_eq!((text(axis.limit).as_deref(), axis.limit_is_plan), (Some("1000.00"), true));
        assert_eq!(text(day(15).even).as_deref(), Some("500.00"));
        assert_eq!(
            [text(day(1).before), text(day(30).before)],
            [Some("0.00".to_owned()), Some("40.00".to_owned())]
        );
    }

    #[test]
    fn the_range_is_that_of_the_forecast_and_is_none_while_a_day_is_not_known() {
        let days = [("2026-06-01", "10"), ("2026-06-02", "20"), ("2026-06-03", "30"), ("2026-06-04", "40")];
        let range = |first| axis(&days, first, "2026-06-05T00:00:00Z").ahead.expect("it leads").range;
        // Of four days the second smallest and the second largest, for 26 days more: 100 + 520, and 100 + 780.
        assert_eq!(range("2026-06-01"), Some((credits(62_000), credits(88_000))));
        assert_eq!(range("2026-06-02"), None);
    }

    #[test]
    fn where_nothing_is_known_nothing_is_drawn() {
        let (current, _) = current(&[], "2026-06-11T00:00:00Z");
        let nothing = UsedBy::default();
        let known = Known {
            cycle: june(),
            now: moment("2026-06-11T00:00:00Z"),
            used: None,
            recorded: None,
            before: (&nothing, date("2026-05-01")),
            pace: None,
        };
        let axis = Axis::of(&current, known);
        assert!(axis.days.iter().all(|day| (day.used, day.ahead, day.before) == (None, None, None)));
        assert_eq!((axis.ahead, axis.runs_out), (None, None));
    }
}
