//! A month of Kilo's spending by day: engine and model.

use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::team::{Spending, SpentAhead, SpentAxis, ToldBefore, ToldSpending};
use headroom_exact::{Balance, Moment};
use proof::model::calendar::{DAY, SECOND, Time, midnight};
use proof::model::spent_axis::{Told, axis};
use proof::{cases, prove, same};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy};
use proptest::prop_oneof;
use serde_json::{Value, json};
use std::cell::Cell;

const EACH: u32 = 2_000;
const SEED: u64 = 38;

/// On which day how much was spent; none of a row that doesn't say.
type Rows = Vec<(Time, Option<i128>)>;

fn moment(time: Time) -> Moment {
    Moment::from_unix(i64::try_from(time / SECOND).expect("seconds"), 0).expect("a moment")
}

fn date(time: Time) -> NaiveDate {
    moment(time).date()
}

/// What is told of the month before: rows, and stretches of days of which all is told, of half of them from its first on.
fn before() -> impl Strategy<Value = (Rows, Vec<(Time, Time)>)> {
    let row = (0..110_i128, option::weighted(0.99, 0..90_000_000_i128));
    let stretch = prop_oneof![(0..110_i128, 0..40_i128), Just((0, 110))];
    (vec(row, 0..60), vec(stretch, 0..4)).prop_map(|(rows, whole)| {
        let on = |day: i128| midnight(2026, 4, 1) + day * DAY;
        let rows = rows.into_iter().map(|(day, cost)| (on(day), cost)).collect();
        (rows, whole.into_iter().map(|(from, days)| (on(from), on(from + days))).collect())
    })
}

/// Of a moment within sixty days, told up to a day or two before it, with rows of the five weeks before.
fn told() -> impl Strategy<Value = Told> {
    let seconds = |days: Time| 0..days * DAY / SECOND;
    let row = (0..35_i128, option::weighted(0.995, 0..90_000_000_i128));
    let since = option::weighted(0.9, 0..30_i128);
    let all = (seconds(60), seconds(2), vec(row, 0..60), since, before());
    all.prop_map(|(now, late, rows, since, (before, whole))| {
        let first = midnight(2026, 5, 1);
        let now = first + 40 * DAY + now * SECOND;
        let today = now - now.rem_euclid(DAY);
        let rows: Vec<_> = rows.into_iter().map(|(back, cost)| (today - back * DAY, cost)).collect();
        let first_day = rows.iter().map(|(day, _)| *day).min().unwrap_or(today);
        // As it is told: the average is of all rows since a day, none of which is left out.
        let average_since = since.map(|back| (today - back * DAY).max(first_day));
        let rows =
            rows.into_iter().filter(|(day, _)| average_since.is_none_or(|since| *day >= since)).collect();
        Told { rows, first_day, average_since, until: now - late * SECOND, before, whole, now }
    })
}

fn ahead(ahead: SpentAhead) -> Value {
    json!({"even": ahead.even, "range": ahead.range.map(|(low, high)| [low, high])})
}

fn by_the_engine(told: &Told) -> Value {
    let rows: Vec<_> =
        told.rows.iter().map(|(day, cost)| (date(*day), cost.map(Balance::of_millionths))).collect();
    let until = moment(told.until);
    let spent = Total::of_parts(rows.iter().map(|(_, cost)| *cost));
    let spending = told.average_since.map(|since| Spending { spent, first_day: date(since), until });
    let of_before: Vec<_> =
        told.before.iter().map(|(day, cost)| (date(*day), cost.map(Balance::of_millionths))).collect();
    let whole = told.whole.iter().filter(|(from, to)| from < to);
    let whole: Vec<_> = whole.map(|(from, to)| (date(*from), date(*to - DAY))).collect();
    let before = ToldBefore { rows: &of_before, whole: &whole };
    let of = ToldSpending { rows: &rows, first_day: date(told.first_day), until, before };
    let axis = SpentAxis::of(of, spending.as_ref(), None, moment(told.now));
    let days: Vec<_> =
        axis.days.iter().map(|day| json!([day.spent, day.ahead.map(ahead), day.before])).collect();
    json!({"days": days, "end": axis.ahead.map(ahead)})
}

#[test]
fn the_model_has_the_same_days_the_same_pace_and_the_same_range() {
    let (foretold, compared) = (Cell::new(0_u32), Cell::new(0_u32));
    prove(&told(), cases(EACH), SEED, |told| {
        let by_model = axis(&told);
        foretold.set(foretold.get() + u32::from(!by_model["end"]["range"].is_null()));
        compared.set(compared.get() + u32::from(!by_model["days"][9][2].is_null()));
        same(&by_model, &by_the_engine(&told), &json!(format!("{told:?}")))
    });
    assert!(foretold.get() > cases(EACH) / 10, "some months have a range: {}", foretold.get());
    assert!(compared.get() > cases(EACH) / 10, "some have a month before: {}", compared.get());
}
