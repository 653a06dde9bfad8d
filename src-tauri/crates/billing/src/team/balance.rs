//! The balance of credits bought ahead: exact to 10^-18 of a dollar, rounded only where it is shown.

use super::ModelRate;
use crate::units::Money;
use serde::{Serialize, Serializer};
use std::fmt;

/// Units of 10^-18 dollars in a millionth of a dollar.
const FINE: i128 = 1_000_000_000_000;
/// Millionths of a dollar in a cent.
const MILLIONTHS_A_CENT: i128 = 10_000;

/// Dollars, exact: a rate has at most twelve decimals for a million tokens, so a request costs a whole
/// number of 10^-18 dollars.
///
/// Held in two parts, because the product of the longest rate and the largest count of tokens doesn't
/// fit one: whole millionths, rounded down, and what is above them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Balance {
    millionths: i128,
    /// 10^-18 dollars, at least 0 and below a millionth.
    fine: i128,
}

impl Balance {
    /// Nothing.
    pub const ZERO: Self = Self { millionths: 0, fine: 0 };

    fn new(millionths: i128, fine: i128) -> Self {
        let carried = fine.checked_div_euclid(FINE).unwrap_or(0);
        Self {
            millionths: millionths.saturating_add(carried),
            fine: fine.checked_rem_euclid(FINE).unwrap_or(0),
        }
    }

    /// What a request costs: tokens in and out, each at the model's rate (T3).
    pub fn of_request(rate: &ModelRate, input_tokens: u64, output_tokens: u64) -> Self {
        let (input_whole, input_fine) = rate.input_per_million.parts();
        let (output_whole, output_fine) = rate.output_per_million.parts();
        let sum = |input: i128, output: i128| {
            let input = i128::from(input_tokens).saturating_mul(input);
            input.saturating_add(i128::from(output_tokens).saturating_mul(output))
        };
        Self::new(sum(input_whole, output_whole), sum(input_fine, output_fine))
    }

    /// An amount of money.
    pub fn of_money(amount: Money) -> Self {
        Self { millionths: amount.hundredths().saturating_mul(MILLIONTHS_A_CENT), fine: 0 }
    }

    /// An amount in millionths of a dollar.
    pub const fn of_millionths(millionths: i128) -> Self {
        Self { millionths, fine: 0 }
    }

    /// In cents, rounded up.
    pub fn rounded_up(self) -> Money {
        let millionths = self.millionths.saturating_add(i128::from(self.fine > 0));
        let cents = millionths.checked_div_euclid(MILLIONTHS_A_CENT).unwrap_or(0);
        let rest = millionths.checked_rem_euclid(MILLIONTHS_A_CENT).unwrap_or(0);
        Money::from_hundredths(cents.saturating_add(i128::from(rest > 0)))
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.millionths.saturating_add(other.millionths), self.fine.saturating_add(other.fine))
    }

    /// This less `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::new(self.millionths.saturating_sub(other.millionths), self.fine.saturating_sub(other.fine))
    }

    /// Whether it is above zero: only then a request is served (T3).
    pub const fn is_positive(self) -> bool {
        self.millionths > 0 || (self.millionths == 0 && self.fine > 0)
    }

    /// In millionths of a dollar, rounded half away from zero.
    pub fn rounded_millionths(self) -> i128 {
        let twice = self.fine.saturating_mul(2);
        let up = if self.millionths < 0 { twice > FINE } else { twice >= FINE };
        self.millionths.saturating_add(i128::from(up))
    }
}

/// Six decimals: the contract's form.
impl fmt::Display for Balance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = self.rounded_millionths();
        let magnitude = millionths.unsigned_abs();
        let whole = magnitude.checked_div(1_000_000).unwrap_or(0);
        let part = magnitude.checked_rem(1_000_000).unwrap_or(0);
        write!(out, "{}{whole}.{part:06}", if millionths < 0 { "-" } else { "" })
    }
}

impl Serialize for Balance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(input: &str, output: &str) -> ModelRate {
        let parse = |text: &str| text.parse().expect("a decimal");
        ModelRate { input_per_million: parse(input), output_per_million: parse(output) }
    }

    #[test]
    fn the_longest_rates_and_counts_stay_exact() {
        let longest = rate("999999999999.999999999999", "0.000000000001");
        let cost = Balance::of_request(&longest, u64::MAX, u64::MAX);
        // 18446744073709551615 × (10^12 - 10^-12 + 10^-12) / 10^6.
        assert_eq!(cost.to_string(), "18446744073709551615000000.000000");
        assert_eq!(cost.minus(cost), Balance::ZERO);
    }

    #[test]
    fn it_is_rounded_half_away_from_zero_only_when_shown() {
        let half = Balance::of_request(&rate("0.5", "0"), 1, 0);
        assert_eq!(half.to_string(), "0.000001", "half a millionth");
        assert_eq!(Balance::ZERO.minus(half).to_string(), "-0.000001");
        let less = Balance::of_request(&rate("0.499999999999", "0"), 1, 0);
        assert_eq!(less.to_string(), "0.000000");
        assert_eq!(Balance::ZERO.minus(less).to_string(), "0.000000", "nothing has no sign");
        assert_eq!(half.plus(half).to_string(), "0.000001", "two halves, not two rounded halves");
        assert!(less.is_positive() && !Balance::ZERO.is_positive());
        assert!(!Balance::ZERO.minus(less).is_positive());
    }

    #[test]
    fn what_is_to_be_bought_is_rounded_up_to_the_cent() {
        let up = |balance: Balance| balance.rounded_up().to_string();
        assert_eq!(up(Balance::of_millionths(1_230_000)), "1.23", "whole cents stay");
        assert_eq!(up(Balance::of_millionths(1_230_001)), "1.24");
        let least = Balance::of_request(&rate("0.000000000001", "0"), 1, 0);
        assert_eq!(up(least), "0.01", "a trillionth of a millionth is still something");
        assert_eq!(up(Balance::of_millionths(1_229_999).plus(least)), "1.23");
        assert_eq!(up(Balance::of_millionths(1_230_000).plus(least)), "1.24");
    }

    #[test]
    fn the_worked_request_of_t3() {
        // 1,234,567 × 3.00 + 765,433 × 15.00 = 15.185196 (case t3-credits).
        let cost = Balance::of_request(&rate("3.00", "15.00"), 1_234_567, 765_433);
        assert_eq!(cost.to_string(), "15.185196");
        assert_eq!(Balance::of_money(Money::from_hundredths(5_000)).minus(cost).to_string(), "34.814804");
    }
}
