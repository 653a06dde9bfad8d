//! A month of an organisation on an axis of days: the credits that everybody used together by the end of each, where that
//! leads, and what was used by the same day of the month before.
//!
//! What isn't known of a day is none, never nothing: from a row on that doesn't say its credits, no sum is known.

use crate::advice::{Ahead, Cycle};
use chrono::NaiveDate;
use headroom_exact::calendar::days_between;
use headroom_exact::{Credits, Moment, Month, StatedCredits, StatedSum};
use std::collections::BTreeMap;

/// What reports tell of a month by day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportedMonth {
    month: Month,
    on: BTreeMap<NaiveDate, StatedSum>,
    /// The last day that they tell of.
    last: NaiveDate,
    /// The first day of which not all is told; none where each is whole up to the last.
    unknown_from: Option<NaiveDate>,
}

/// A day of the month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CreditsDay {
    /// Which.
    pub date: NaiveDate,
    /// Used in the month by its end; none where that isn't known, and of days to come.
    pub used: Option<Credits>,
    /// Where it leads by then; none of days that are reported, and where nothing can be foretold.
    pub ahead: Option<Ahead>,
    /// Used in the month before by the end of the same day of it; none where that isn't known, and where it has no such day.
    pub before: Option<Credits>,
}

/// A month by day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreditsAxis {
    /// Its days, in order.
    pub days: Vec<CreditsDay>,
    /// Up to when reports tell.
    pub as_of: Moment,
    /// What it comes to by the month's end; none where nothing can be foretold.
    pub ahead: Option<Ahead>,
}

fn end_of(date: NaiveDate) -> Moment {
    Moment::on(date, 0).plus_days(1)
}

impl ReportedMonth {
    /// Of the month's rows, in any order, up to the last day; from `unknown_from` on there may be others, so that nothing is
    /// known of what was used by then. On another day without a row nothing was.
    pub fn of(
        month: Month,
        rows: impl IntoIterator<Item = (NaiveDate, Option<StatedCredits>)>,
        last: NaiveDate,
        unknown_from: Option<NaiveDate>,
    ) -> Self {
        let (mut on, mut first_unknown) = (BTreeMap::<_, StatedSum>::new(), unknown_from);
        for (date, credits) in rows {
            match credits {
                Some(credits) => on.entry(date).or_default().add(credits),
                None => first_unknown = Some(first_unknown.map_or(date, |known| known.min(date))),
            }
        }
        Self { month, on, last, unknown_from: first_unknown.filter(|from| *from <= last) }
    }

    /// What was used by the end of each of its days, rounded once (F5).
    fn by_day(&self) -> impl Iterator<Item = (NaiveDate, Option<Credits>)> + '_ {
        let mut sum = StatedSum::default();
        days_between(self.month.first_date(), self.month.last_date()).map(move |date| {
            sum = sum.plus(self.on.get(&date).copied().unwrap_or_default());
            let is_known = date <= self.last && self.unknown_from.is_none_or(|from| date < from);
            (date, is_known.then(|| sum.rounded()))
        })
    }

    /// What was used on each day up to the last; none unless all of them are known.
    fn each_day(&self) -> Option<Vec<Credits>> {
        let mut before = Credits::ZERO;
        let reported = self.by_day().take_while(|(date, _)| *date <= self.last);
        let on_it = |(_, used): (NaiveDate, Option<Credits>)| {
            let used = used?;
            let on_it = used.less_at_most_all(before);
            before = used;
            Some(on_it)
        };
        reported.map(on_it).collect()
    }

    /// What it comes to by its end, if it goes on as so far.
    fn leads(&self) -> Option<Ahead> {
        let days = self.each_day()?;
        let forecast = Cycle { period: self.month.period(), days: &days }.forecast(end_of(self.last))?;
        let range = Some((forecast.low, forecast.high)).filter(|(low, high)| low < high);
        Some(Ahead { even: forecast.even, range })
    }
}

impl CreditsAxis {
    /// Of a month beside the one before; `goes_on` is whether there are days to come.
    pub fn of(told: &ReportedMonth, before: Option<&ReportedMonth>, goes_on: bool) -> Self {
        let end = told.month.period().end;
        let as_of = end_of(told.last).min(end);
        let ahead = told.leads().filter(|_| goes_on && as_of < end);
        let used: Vec<_> = told.by_day().collect();
        let now = used.iter().find(|(date, _)| *date == told.last).and_then(|(_, used)| *used);
        let left = end.seconds_since(as_of);
        let by_then = |until: Moment| {
            let (ahead, now) = ahead.zip(now).filter(|_| until > as_of)?;
            Some(ahead.after(now, until.seconds_since(as_of), left))
        };
        let mut same_day = before.map(ReportedMonth::by_day).into_iter().flatten();
        let days = used.into_iter().map(|(date, used)| {
            let before = same_day.next().and_then(|(_, used)| used);
            CreditsDay { date, used, ahead: by_then(end_of(date)), before }
        });
        Self { days: days.collect(), as_of, ahead }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn june() -> Month {
        "2026-06".parse().expect("a month")
    }

    /// Rows in thousandths of a credit.
    fn told(rows: &[(&str, Option<i64>)], last: &str, unknown_from: Option<&str>) -> ReportedMonth {
        let credits = |of: i64| StatedCredits::from_billionths(of.saturating_mul(1_000_000));
        let rows = rows.iter().map(|(day, used)| (date(day), used.map(credits)));
        ReportedMonth::of(Month::of_date(date(last)), rows, date(last), unknown_from.map(date))
    }

    fn texts(days: impl IntoIterator<Item = Option<Credits>>) -> Vec<String> {
        days.into_iter().map(|of| of.map_or("–".to_owned(), |credits| credits.to_string())).collect()
    }

    const WEEK: [(&str, Option<i64>); 5] = [
        ("2026-06-04", Some(4)),
        ("2026-06-01", Some(4)),
        ("2026-06-02", Some(4)),
        ("2026-06-05", Some(29_988)),
        ("2026-06-10", Some(0)),
    ];

    #[test]
    fn days_add_up_exactly_and_are_rounded_once() {
        let axis = CreditsAxis::of(&told(&WEEK, "2026-06-10", None), None, true);
        let used = texts(axis.days.iter().take(11).map(|day| day.used));
        let sums =
            ["0.00", "0.01", "0.01", "0.01", "30.00", "30.00", "30.00", "30.00", "30.00", "30.00", "–"];
        assert_eq!((used, axis.days.len()), (sums.map(str::to_owned).to_vec(), 30));
        // 30 in ten days of thirty are 90 by the end; of ten days the third from either end is quiet and busy.
        let ahead = axis.ahead.expect("it leads");
        assert_eq!(ahead.even.to_string(), "90.00");
        assert_eq!(axis.days.last().and_then(|day| day.ahead), Some(ahead), "the last day is where it leads");
        assert_eq!(texts([axis.days[10].ahead.map(|of| of.even)]), ["33.00"]);
        assert!(axis.days.iter().take(10).all(|day| day.ahead.is_none()), "what is reported is not foretold");
    }

    #[test]
    fn from_what_nobody_says_on_no_sum_is_known_and_nothing_is_foretold() {
        for (rows, from) in [
            (&[("2026-06-01", Some(5_000)), ("2026-06-03", None), ("2026-06-04", Some(1))][..], None),
            (&[("2026-06-01", Some(5_000)), ("2026-06-04", Some(1))][..], Some("2026-06-03")),
        ] {
            let axis = CreditsAxis::of(&told(rows, "2026-06-04", from), None, true);
            assert_eq!(texts(axis.days.iter().take(4).map(|day| day.used)), ["5.00", "5.00", "–", "–"]);
            assert_eq!(axis.ahead, None);
        }
        let later = told(&WEEK, "2026-06-10", Some("2026-06-11"));
        assert!(
            CreditsAxis::of(&later, None, true).ahead.is_some(),
            "what comes after the last day is no gap"
        );
    }

    #[test]
    fn a_month_that_has_ended_leads_nowhere_and_stands_beside_the_same_days() {
        let may = told(&[("2026-05-01", Some(7_000)), ("2026-05-31", Some(1_000))], "2026-05-31", None);
        let axis = CreditsAxis::of(&told(&WEEK, "2026-06-10", None), Some(&may), false);
        assert_eq!(axis.ahead, None);
        assert_eq!(
            (axis.as_of, june().period().end),
            (end_of(date("2026-06-10")), end_of(date("2026-06-30")))
        );
        let before = texts([axis.days[0].before, axis.days[29].before]);
        assert_eq!(before, ["7.00", "7.00"], "June has no 31st");
        let whole = CreditsAxis::of(&told(&WEEK, "2026-06-30", None), None, true);
        assert_eq!((whole.ahead, whole.as_of), (None, june().period().end));
    }
}
