//! Numbers of services and files, read as decimal text: never through binary floating point.

use headroom_exact::{Balance, Credits, Money};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A JSON number as it stands, or anything else that stood there.
#[derive(Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(crate) struct Number<'a>(#[serde(borrow)] &'a RawValue);

/// A number's text as an exact decimal.
pub(crate) fn exact(number: &str) -> Option<Decimal> {
    if number.contains(['e', 'E']) { Decimal::from_scientific(number).ok() } else { number.parse().ok() }
}

/// A few digits and nothing else, as most counts and moments are written.
fn digits(text: &str) -> Option<u64> {
    let is_plain = text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// A number's text as a whole number, rounded down: milliseconds.
pub(crate) fn floor(number: &str) -> Option<i64> {
    match digits(number) {
        Some(digits) => i64::try_from(digits).ok(),
        None => exact(number)?.floor().to_i64(),
    }
}

/// A number's text as a count; none below zero or with a fraction.
pub(crate) fn count(number: &str) -> Option<u64> {
    if let Some(digits) = digits(number) {
        return Some(digits);
    }
    let number = exact(number).filter(Decimal::is_integer)?;
    u64::try_from(number).ok()
}

/// In hundredths, rounded half away from zero.
pub(crate) fn hundredths(number: Decimal) -> Option<i128> {
    let rounded = number
        .checked_mul(Decimal::ONE_HUNDRED)?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i128::try_from(rounded).ok()
}

/// Whole units, rounded half away from zero.
fn whole(number: Decimal) -> Option<i128> {
    i128::try_from(number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).ok()
}

/// Dollars, rounded to a millionth.
pub(crate) fn dollars(number: Decimal) -> Option<Balance> {
    whole(number.checked_mul(Decimal::from(1_000_000))?).map(Balance::of_millionths)
}

impl<'a> Number<'a> {
    /// What stands there, for as long as the answer does.
    pub(crate) fn raw(self) -> &'a str {
        self.0.get()
    }

    /// As dollars, rounded to a millionth; a balance can be below zero.
    pub(crate) fn dollars(self) -> Option<Balance> {
        dollars(self.exact()?)
    }

    /// As millionths of a dollar, which Kilo counts in; a sum of them can have a fraction.
    pub(crate) fn microdollars(self) -> Option<Balance> {
        whole(self.exact()?).map(Balance::of_millionths)
    }

    /// As a count; none below zero or with a fraction.
    pub(crate) fn count(self) -> Option<u64> {
        count(self.0.get())
    }

    /// What stands there.
    pub(crate) fn text(&self) -> &str {
        self.raw()
    }

    /// The number, exactly; none for what is no number.
    pub(crate) fn exact(self) -> Option<Decimal> {
        exact(self.0.get())
    }

    /// The same where a number may also stand in quotes, as the service writes large ones.
    pub(crate) fn unquoted(self) -> Self {
        let text = self.0.get().trim_matches('"');
        serde_json::from_str(text).unwrap_or(self)
    }

    /// As credits, rounded to 0.01; none below zero.
    pub(crate) fn credits(self) -> Option<Credits> {
        let number = self.exact().filter(|number| !number.is_sign_negative() || number.is_zero())?;
        hundredths(number).map(Credits::from_hundredths)
    }

    /// As dollars, rounded to the cent; none below zero.
    pub(crate) fn money(self) -> Option<Money> {
        self.credits().map(|amount| Money::from_hundredths(amount.hundredths()))
    }

    /// What stands there in quotes or without, as somebody reads it.
    pub(crate) fn read<T>(self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.0.get();
        match serde_json::from_str::<Cow<'_, str>>(text) {
            Ok(text) => read(&text),
            Err(_) => read(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(json: &str) -> Number<'_> {
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn numbers_come_in_every_form_and_stay_exact() {
        let credits = |json: &str| number(json).credits().map(|credits| credits.to_string());
        for (json, expected) in [
            ("13603.49", Some("13603.49")),
            ("0.305", Some("0.31")),
            ("1.0E3", Some("1000.00")),
            ("50", Some("50.00")),
            ("-0.0", Some("0.00")),
            ("-1", None),
            ("null", None),
            ("\"12\"", None),
            ("{}", None),
        ] {
            assert_eq!(credits(json).as_deref(), expected, "{json}");
        }
        assert_eq!(
            number("144.139711109352").money().map(|money| money.to_string()).as_deref(),
            Some("144.14")
        );
    }

    #[test]
    fn moments_are_seconds_or_texts() {
        let moment = |json: &str| number(json).moment().map(|moment| moment.to_string());
        for json in [
            "1.7882208E9",
            "1788220800",
            "1788220800.0",
            "\"2026-09-01T00:00:00Z\"",
            "\"2026-09-01T02:00:00.000+02:00\"",
            "\"2026-09-01 00:00:00+00\"",
            "\"2026-09-01\"",
            "\"1788220800\"",
            "1788220800000",
        ] {
            assert_eq!(moment(json).as_deref(), Some("2026-09-01T00:00:00Z"), "{json}");
        }
        for json in ["null", "\"soon\"", "1e300", "true", "\"true\"", "[1788220800]", "-99999999999"] {
            assert_eq!(moment(json), None, "{json}");
        }
    }
}
