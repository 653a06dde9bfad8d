//! The balance of credits bought ahead: exact to 10^-18 of a dollar, rounded only where it is shown.

use crate::decimal::Decimal;
use crate::division;
use crate::parts::Parts;
use crate::units::Money;
use serde::{Serialize, Serializer};
use std::fmt;

/// Units of 10^-18 dollars in a millionth of a dollar.
const FINE: i128 = 1_000_000_000_000;
/// Millionths of a dollar in a cent.
const MILLIONTHS_A_CENT: i128 = 10_000;

/// Dollars, exact: a rate has at most twelve decimals for a million tokens, so a request costs a whole
/// number of 10^-18 dollars. Held as millionths and what is above them: the product of the longest rate and the
/// largest count of tokens doesn't fit one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Balance(Parts<FINE>);

impl Balance {
    /// Nothing.
    pub const ZERO: Self = Self(Parts::ZERO);

    /// From millionths of a dollar and units of 10^-18 dollars, in any number of both.
    pub fn of_parts(millionths: i128, fine: i128) -> Self {
        Self(Parts::of(millionths, fine))
    }

    /// An amount of money.
    pub fn of_money(amount: Money) -> Self {
        Self::of_millionths(amount.hundredths().saturating_mul(MILLIONTHS_A_CENT))
    }

    /// An amount in millionths of a dollar.
    pub const fn of_millionths(millionths: i128) -> Self {
        Self(Parts::of_whole(millionths))
    }

    /// In cents, rounded up.
    pub fn rounded_up(self) -> Money {
        let millionths = self.0.whole.saturating_add(i128::from(self.0.fine > 0));
        Money::from_hundredths(division::rounded_up(millionths, MILLIONTHS_A_CENT))
    }

    /// In cents, rounded half away from zero: for sentences.
    pub fn rounded(self) -> Money {
        Money::from_hundredths(division::divide_half_away(self.rounded_millionths(), MILLIONTHS_A_CENT))
    }

    /// Dollars and cents, where it is that and nothing finer once it is rounded to a millionth.
    pub fn whole_cents(self) -> Option<Money> {
        let (cents, rest) = division::split(self.rounded_millionths(), MILLIONTHS_A_CENT);
        (rest == 0).then(|| Money::from_hundredths(cents))
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.plus(other.0))
    }

    /// This less `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.minus(other.0))
    }

    /// Whether it is above zero: only then a request is served (T3).
    pub const fn is_positive(self) -> bool {
        self.0.whole > 0 || (self.0.whole == 0 && self.0.fine > 0)
    }

    /// Whether it is that much at least, as it is written: to the millionth.
    pub fn reaches(self, wanted: Decimal) -> bool {
        Decimal::of_millionths(self.rounded_millionths()) >= wanted
    }

    /// In millionths of a dollar, rounded half away from zero.
    pub fn rounded_millionths(self) -> i128 {
        let Parts { whole, fine } = self.0;
        let twice = fine.saturating_mul(2);
        let up = if whole < 0 { twice > FINE } else { twice >= FINE };
        whole.saturating_add(i128::from(up))
    }
}

impl std::iter::Sum for Balance {
    fn sum<I: Iterator<Item = Self>>(balances: I) -> Self {
        balances.fold(Self::ZERO, Self::plus)
    }
}

/// Six decimals: the contract's form.
impl fmt::Display for Balance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = self.rounded_millionths();
        let (whole, part) = division::around_the_point(millionths, 1_000_000);
        write!(out, "{}{whole}.{part:06}", if millionths < 0 { "-" } else { "" })
    }
}

impl Serialize for Balance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
