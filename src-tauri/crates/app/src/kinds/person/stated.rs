//! Amounts as the owner of an account writes them.

use crate::error::AppError;
use headroom_exact::{Credits, Decimal, Money, Saying, say};

/// A tax in percent, as the share that it is.
pub(crate) fn tax_rate_of(text: &str) -> Result<Decimal, AppError> {
    let text = text.trim();
    let wrong = || AppError::input(say!("tax-wrong", text));
    let percent: Decimal = text.parse().map_err(|_| wrong())?;
    percent.percent().filter(|rate| !rate.is_negative() && *rate <= Decimal::ONE).ok_or_else(wrong)
}

/// Dollars above zero, in whole cents.
pub(crate) fn dollars_of(field: Saying, text: &str) -> Result<Money, AppError> {
    Ok(Money::rounded(hundredths(say!("dollars-wrong", field, text), text)?))
}

/// Credits above zero, with at most two decimals.
pub(crate) fn credits_of(field: Saying, text: &str) -> Result<Credits, AppError> {
    Ok(Credits::rounded(hundredths(say!("credits-wrong", field, text), text)?))
}

/// More of either than anybody has.
const MOST: &str = "10000000";

fn hundredths(wrong: Saying, text: &str) -> Result<Decimal, AppError> {
    let most: Option<Decimal> = MOST.parse().ok();
    let decimal: Option<Decimal> = text.trim().parse().ok();
    let fits = |decimal: &Decimal| {
        decimal.is_positive() && decimal.is_whole_hundredths() && most.is_some_and(|most| *decimal <= most)
    };
    decimal.filter(fits).ok_or_else(|| AppError::input(wrong))
}
