//! An organisation's month of credits by day: engine and model.

use chrono::NaiveDate;
use headroom_billing::advice::Ahead;
use headroom_billing::organisation::{CreditsAxis, ReportedMonth};
use headroom_exact::{Moment, Month, StatedCredits};
use proof::model::calendar::{DAY, SECOND, Time, month_around, next_month};
use proof::model::calendar::{length, midnight};
use proof::model::credits_axis::{Reports, axis};
use proof::{cases, prove, same};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::Strategy;
use serde_json::{Value, json};
use std::cell::Cell;

const EACH: u32 = 2_000;
const SEED: u64 = 41;

fn date(time: Time) -> NaiveDate {
    Moment::from_unix(i64::try_from(time / SECOND).expect("seconds"), 0).expect("a moment").date()
}

/// A month up to one of its days, in which some rows don't say their credits and some days are not told whole.
fn reports(year: i64, month: i64) -> impl Strategy<Value = Reports> {
    let days = length(year, month);
    let row = (0..31_i128, option::weighted(0.997, 0..90_000_000_000_i128));
    let from = option::weighted(0.15, 0..31_i128);
    (0..i128::from(days), vec(row, 0..80), from).prop_map(move |(last, rows, from)| {
        let on = |day: i128| midnight(year, month, 1) + day * DAY;
        let rows = rows.into_iter().map(|(day, credits)| (on(day.min(last)), credits)).collect();
        Reports { rows, last: on(last), unknown_from: from.map(on) }
    })
}

/// A month of two years, the one before if it has reports, and whether there are days to come.
fn months() -> impl Strategy<Value = (Reports, Option<Reports>, bool)> {
    (0..24_i64, proptest::bool::weighted(0.8)).prop_flat_map(|(number, goes_on)| {
        let (year, month) = (2027 + number / 12, number % 12 + 1);
        let (year_before, before) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
        assert_eq!(next_month(year_before, before), (year, month));
        (reports(year, month), option::of(reports(year_before, before)))
            .prop_map(move |(told, before)| (told, before, goes_on))
    })
}

fn ahead(ahead: Ahead) -> Value {
    json!({"even": ahead.even, "range": ahead.range.map(|(low, high)| [low, high])})
}

fn by_the_engine(told: &Reports, before: Option<&Reports>, goes_on: bool) -> Value {
    let of = |told: &Reports| {
        let credits = |of: i128| StatedCredits::from_billionths(i64::try_from(of).expect("few"));
        let rows = told.rows.iter().map(|(day, of)| (date(*day), of.map(credits)));
        let month = Month::of_date(date(month_around(told.last).0));
        ReportedMonth::of(month, rows, date(told.last), told.unknown_from.map(date))
    };
    let axis = CreditsAxis::of(&of(told), before.map(of).as_ref(), goes_on);
    let days: Vec<_> =
        axis.days.iter().map(|day| json!([day.used, day.ahead.map(ahead), day.before])).collect();
    json!({"days": days, "end": axis.ahead.map(ahead)})
}

#[test]
fn the_model_has_the_same_days_the_same_pace_and_the_same_month_before() {
    let (foretold, unknown) = (Cell::new(0_u32), Cell::new(0_u32));
    prove(&months(), cases(EACH), SEED, |(told, before, goes_on)| {
        let by_model = axis(&told, before.as_ref(), goes_on);
        foretold.set(foretold.get() + u32::from(!by_model["end"]["range"].is_null()));
        unknown.set(unknown.get() + u32::from(by_model["days"][0][0].is_null()));
        same(
            &by_model,
            &by_the_engine(&told, before.as_ref(), goes_on),
            &json!(format!("{told:?} {before:?}")),
        )
    });
    assert!(foretold.get() > cases(EACH) / 4, "some months have a range: {}", foretold.get());
    assert!(unknown.get() > 0, "of some nothing is known");
}
