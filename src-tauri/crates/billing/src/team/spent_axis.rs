//! A month of spending on an axis of days: what was spent by the end of each, where that leads, and what was spent by the
//! same day of the month before.
//!
//! What isn't known of a day is none, never nothing: from a row on whose cost nobody says, no sum is known.

use super::Spending;
use crate::advice::{Burn, quiet_and_busy};
use chrono::NaiveDate;
use headroom_exact::calendar::days_between;
use headroom_exact::{Balance, Moment, Month};
use std::collections::BTreeMap;

const DAY: i64 = 86_400;

/// What a source tells of it.
#[derive(Clone, Copy, Debug)]
pub struct ToldSpending<'t> {
    /// What was spent on which day, in any order; none of a row that doesn't say.
    pub rows: &'t [(NaiveDate, Option<Balance>)],
    /// The first day that it tells of.
    pub first_day: NaiveDate,
    /// Up to when it tells: what came later isn't known.
    pub until: Moment,
    /// What it tells of the month before.
    pub before: ToldBefore<'t>,
}

/// What a source tells of the month before the running one.
#[derive(Clone, Copy, Debug, Default)]
pub struct ToldBefore<'t> {
    /// What was spent on which day, in any order; none of a row that doesn't say.
    pub rows: &'t [(NaiveDate, Option<Balance>)],
    /// The days of which it tells all, from the first to the last of each stretch, in any order: on one of them without a
    /// row nothing was spent, of any other it isn't known.
    pub whole: &'t [(NaiveDate, NaiveDate)],
}

impl ToldBefore<'_> {
    /// Whether all is told of a day.
    fn tells(&self, date: NaiveDate) -> bool {
        self.whole.iter().any(|(first, last)| (*first..=*last).contains(&date))
    }

    /// Whether all is told of each of these days, both included.
    pub fn tells_all(&self, (first, last): (NaiveDate, NaiveDate)) -> bool {
        days_between(first, last).all(|date| self.tells(date))
    }

    /// What was spent in a month by the end of each of its days, up to the first of which not all is told.
    fn by_day(&self, month: Month) -> impl Iterator<Item = Option<Balance>> {
        let on_days = OnDays::of(self.rows);
        let mut sum = Some(Balance::ZERO);
        days_between(month.first_date(), month.last_date()).map(move |date| {
            sum = sum.filter(|_| self.tells(date)).zip(on_days.on(date)).map(|(sum, cost)| sum.plus(cost));
            sum
        })
    }
}

/// Spent in the month by a moment to come, if it goes on like this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpentAhead {
    /// At the average.
    pub even: Balance,
    /// If the days to come are like quiet ones so far, and like busy ones; none of too few days, and where all are alike.
    pub range: Option<(Balance, Balance)>,
}

/// A day of the month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpentDay {
    /// Which.
    pub date: NaiveDate,
    /// As of when its amounts are: its end; of the day that is running, the last that is told of it, else now.
    pub until: Moment,
    /// Spent in the month by then; none where that isn't known, and of days to come.
    pub spent: Option<Balance>,
    /// Where it leads by then; none of days that are over, and where nothing can be foretold.
    pub ahead: Option<SpentAhead>,
    /// Spent in the month before by the end of the same day of it; none where that isn't known, and where it has no such day.
    pub before: Option<Balance>,
}

/// The running month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpentAxis {
    /// Its days, in order.
    pub days: Vec<SpentDay>,
    /// Up to when amounts are told, and from when it is foretold: within the running day.
    pub as_of: Moment,
    /// What it comes to by the month's end; none where nothing can be foretold.
    pub ahead: Option<SpentAhead>,
    /// When nothing is left, and what is spent by then; none if that isn't before the month's end.
    pub runs_out: Option<(Moment, Balance)>,
}

fn end_of(date: NaiveDate) -> Moment {
    Moment::on(date, 0).plus_days(1)
}

/// What was spent on each day; none of one with a row that doesn't say.
struct OnDays(BTreeMap<NaiveDate, Option<Balance>>);

impl OnDays {
    fn of(rows: &[(NaiveDate, Option<Balance>)]) -> Self {
        let mut on = BTreeMap::new();
        for (date, cost) in rows {
            let sum = on.entry(*date).or_insert(Some(Balance::ZERO));
            *sum = sum.zip(*cost).map(|(sum, cost)| sum.plus(cost));
        }
        Self(on)
    }

    /// On a day without a row nothing was spent.
    fn on(&self, date: NaiveDate) -> Option<Balance> {
        self.0.get(&date).copied().unwrap_or(Some(Balance::ZERO))
    }

    /// What was spent in a month by the end of each of its days, as far as the source tells.
    fn by_day(
        &self,
        month: Month,
        told: &ToldSpending<'_>,
        now: Moment,
    ) -> Vec<(NaiveDate, Option<Balance>)> {
        let mut sum = Some(Balance::ZERO);
        let by_day = days_between(month.first_date(), month.last_date()).map(|date| {
            sum = sum.zip(self.on(date)).map(|(sum, cost)| sum.plus(cost));
            // Of the day that runs what is told of it stands; any other is known once it is told to its end.
            let reaches = if date == now.date() {
                Moment::on(date, 0) < told.until
            } else {
                end_of(date) <= told.until.min(now)
            };
            (date, sum.filter(|_| date >= told.first_day && reaches))
        });
        by_day.collect()
    }

    /// A quiet and a busy one of the whole days that the average is of.
    fn quiet_and_busy(&self, average_of: &Spending, now: Moment) -> Option<(Balance, Balance)> {
        let yesterday = now.date().pred_opt()?;
        let days: Option<Vec<_>> =
            days_between(average_of.first_day, yesterday).map(|date| self.on(date)).collect();
        quiet_and_busy(days?)
    }
}

impl SpentAxis {
    /// Of a month that runs. `goes_on` is all that is spent, where it goes on as so far; `runs_out_at` when nothing is left
    /// then.
    pub fn of(
        told: ToldSpending<'_>,
        goes_on: Option<&Spending>,
        runs_out_at: Option<Moment>,
        now: Moment,
    ) -> Self {
        let month = Month::of(now);
        let end = month.period().end;
        let on_days = OnDays::of(told.rows);
        let spent = on_days.by_day(month, &told, now);
        let spent_now = spent.iter().find(|(date, _)| *date == now.date()).and_then(|(_, spent)| *spent);
        let as_of = if spent_now.is_some() { told.until.min(now) } else { now };
        let pace = goes_on.and_then(|spending| {
            let (average, _) = spending.burn(now)?;
            Some((average, on_days.quiet_and_busy(spending, now)))
        });
        let leads = |at: Moment| {
            let (spent, (average, days)) = spent_now.zip(pace)?;
            let seconds = at.seconds_since(as_of);
            let by_then = |burn: Burn| spent.plus(burn.in_seconds(seconds));
            let even = by_then(average);
            let like = |day: Balance| by_then(Burn { spent: day, seconds: DAY });
            let range = days.map(|(quiet, busy)| (like(quiet).min(even), like(busy).max(even)));
            Some(SpentAhead { even, range: range.filter(|(low, high)| low < high) })
        };
        let mut same_day = told.before.by_day(month.plus(-1));
        let days = spent.iter().map(|&(date, spent)| {
            let until = if date == now.date() { as_of } else { end_of(date) };
            let ahead = leads(until).filter(|_| until > as_of);
            SpentDay { date, until, spent, ahead, before: same_day.next().flatten() }
        });
        let days = days.collect();
        let runs_out = runs_out_at.filter(|at| *at > as_of && *at < end);
        let runs_out = runs_out.and_then(|at| Some((at, leads(at)?.even)));
        Self { days, as_of, ahead: leads(end), runs_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::total::Total;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn dollars(whole: i128) -> Balance {
        Balance::of_millionths(whole.saturating_mul(1_000_000))
    }

    const NOW: &str = "2026-06-05T12:00:00Z";

    fn axis(rows: &[(&str, Option<i128>)], first: &str, until: &str, goes_on: bool) -> SpentAxis {
        let rows: Vec<_> = rows.iter().map(|(day, cost)| (date(day), cost.map(dollars))).collect();
        let before = ToldBefore::default();
        let told = ToldSpending { rows: &rows, first_day: date(first), until: moment(until), before };
        let since = date("2026-06-01");
        let of_june = rows.iter().filter(|(day, _)| *day >= since);
        let spent = Total::of_parts(of_june.map(|(_, cost)| *cost));
        let spending = Spending { spent, first_day: since.max(told.first_day), until: moment(until) };
        let ends = moment("2026-06-20T12:00:00Z");
        SpentAxis::of(told, goes_on.then_some(&spending), Some(ends), moment(NOW))
    }

    fn cents(amount: Option<Balance>) -> Option<String> {
        amount.map(|amount| amount.rounded().to_string())
    }

    fn spent(axis: &SpentAxis) -> Vec<Option<String>> {
        axis.days.iter().take(6).map(|day| cents(day.spent)).collect()
    }

    fn known(texts: [Option<&str>; 6]) -> Vec<Option<String>> {
        texts.map(|text| text.map(str::to_owned)).to_vec()
    }

    #[test]
    fn days_add_up_and_go_on_at_the_average_or_like_quiet_and_busy_ones() {
        let rows = [
            ("2026-06-05", Some(1)),
            ("2026-06-01", Some(1)),
            ("2026-06-03", Some(3)),
            ("2026-06-03", Some(1)),
            ("2026-06-04", Some(3)),
        ];
        let axis = axis(&rows, "2026-06-01", NOW, true);
        let sums = [Some("1.00"), Some("1.00"), Some("5.00"), Some("8.00"), Some("9.00"), None];
        assert_eq!((spent(&axis), axis.days.len()), (known(sums), 30));
        // 9 in four and a half days are 2 a day. Of 1, 0, 4 and 3 a quiet day has 1, a busy one 3; 25.5 days are to come.
        let end = axis.ahead.expect("it leads");
        assert_eq!(
            (cents(Some(end.even)), end.range),
            (Some("60.00".into()), {
                let half = |halves: i128| Balance::of_millionths(halves.saturating_mul(500_000));
                Some((half(69), half(171)))
            })
        );
        assert_eq!(axis.days.last().and_then(|day| day.ahead), axis.ahead);
        let sixth = axis.days.get(5).and_then(|day| day.ahead).expect("a day and a half on");
        assert_eq!(cents(Some(sixth.even)).as_deref(), Some("12.00"));
        assert_eq!(axis.runs_out, Some((moment("2026-06-20T12:00:00Z"), dollars(39))));
        assert!(axis.days.iter().take(5).all(|day| day.ahead.is_none()), "what is over is not foretold");
    }

    #[test]
    fn what_nobody_says_is_unknown_and_not_nothing() {
        let rows = [("2026-06-02", None), ("2026-06-03", Some(4))];
        let axis = axis(&rows, "2026-06-01", NOW, true);
        assert_eq!(spent(&axis), known([Some("0.00"), None, None, None, None, None]));
        assert_eq!((axis.ahead, axis.runs_out), (None, None));
    }

    #[test]
    fn what_is_told_begins_late_and_ends_early() {
        let old = axis(&[("2026-06-02", Some(4))], "2026-06-02", "2026-06-03T08:00:00Z", true);
        assert_eq!(spent(&old), known([None, Some("4.00"), None, None, None, None]));
        assert_eq!((old.ahead, old.as_of), (None, moment(NOW)), "from an old sum nothing is foretold");
        let of_today = axis(&[("2026-06-02", Some(4))], "2026-06-02", "2026-06-05T08:00:00Z", true);
        assert_eq!(of_today.as_of, moment("2026-06-05T08:00:00Z"), "what came since isn't known");
        assert!(of_today.ahead.is_some());
    }

    #[test]
    fn where_nothing_goes_on_nothing_is_foretold() {
        let axis = axis(&[("2026-06-02", Some(4))], "2026-06-01", NOW, false);
        assert_eq!(axis.days.get(4).and_then(|day| day.spent), Some(dollars(4)));
        assert_eq!((axis.ahead, axis.runs_out), (None, None));
    }

    /// What was spent in May by the end of each of its days, of rows and of the days of which all is told.
    fn of_may(rows: &[(&str, Option<i128>)], whole: &[(&str, &str)]) -> Vec<Option<String>> {
        let rows: Vec<_> = rows.iter().map(|(day, cost)| (date(day), cost.map(dollars))).collect();
        let whole: Vec<_> = whole.iter().map(|(first, last)| (date(first), date(last))).collect();
        let before = ToldBefore { rows: &rows, whole: &whole };
        let told = ToldSpending { rows: &[], first_day: date("2026-06-01"), until: moment(NOW), before };
        let axis = SpentAxis::of(told, None, None, moment(NOW));
        axis.days.iter().map(|day| cents(day.before)).collect()
    }

    #[test]
    fn the_same_days_of_the_month_before_add_up_from_its_first() {
        let rows = [
            ("2026-05-02", Some(3)),
            ("2026-04-30", Some(9)),
            ("2026-05-31", Some(7)),
            ("2026-05-04", Some(1)),
        ];
        let all = of_may(&rows, &[("2026-04-20", "2026-05-10"), ("2026-05-11", "2026-06-02")]);
        let sums = [Some("0.00"), Some("3.00"), Some("3.00"), Some("4.00")];
        assert_eq!(all[..4], sums.map(|sum| sum.map(str::to_owned)));
        assert_eq!((all.len(), all[29].as_deref()), (30, Some("4.00")), "June has no 31st");
    }

    #[test]
    fn from_a_day_of_the_month_before_of_which_not_all_is_told_no_sum_is_known() {
        let rows = [("2026-05-02", Some(3)), ("2026-05-05", Some(1))];
        let gap = of_may(&rows, &[("2026-05-04", "2026-06-02"), ("2026-04-20", "2026-05-02")]);
        let sums = [Some("0.00"), Some("3.00"), None, None, None];
        assert_eq!(gap[..5], sums.map(|sum| sum.map(str::to_owned)));
        let late = of_may(&rows, &[("2026-05-02", "2026-06-02")]);
        assert!(late.iter().all(Option::is_none), "of its first day nothing is told");
        let unsaid = of_may(&[("2026-05-02", None)], &[("2026-05-01", "2026-05-31")]);
        assert_eq!((unsaid[0].as_deref(), &unsaid[1]), (Some("0.00"), &None), "nobody says what a row cost");
    }

    #[test]
    fn a_month_that_is_shorter_has_no_same_day_for_the_last() {
        let july = moment("2026-07-10T12:00:00Z");
        let whole = [(date("2026-06-01"), date("2026-06-30"))];
        let before = ToldBefore { rows: &[(date("2026-06-30"), Some(dollars(2)))], whole: &whole };
        let told = ToldSpending { rows: &[], first_day: date("2026-07-01"), until: july, before };
        let axis = SpentAxis::of(told, None, None, july);
        let last: Vec<_> = axis.days.iter().skip(28).map(|day| cents(day.before)).collect();
        assert_eq!(last, [Some("0.00".to_owned()), Some("2.00".to_owned()), None]);
    }
}
