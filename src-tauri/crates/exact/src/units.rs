//! Money and credits: exact, signed, and never mixed with each other.

use crate::decimal::{self, Decimal};
use crate::division;
use crate::saying::Value;
use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! hundredths {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
        pub struct $name(i128);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            #[doc = concat!("From a whole number of ", $unit, ".")]
            pub const fn from_hundredths(hundredths: i128) -> Self {
                Self(hundredths)
            }

            #[doc = concat!("As a whole number of ", $unit, ".")]
            pub const fn hundredths(self) -> i128 {
                self.0
            }

            /// The sum of both.
            #[must_use]
            pub const fn plus(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }

            /// This less `other`; negative when `other` is larger.
            #[must_use]
            pub const fn minus(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            /// This less `other`, but never below zero.
            #[must_use]
            pub fn less_at_most_all(self, other: Self) -> Self {
                self.minus(other).max(Self::ZERO)
            }

            /// `self × numerator / denominator`, rounded once, half away from zero.
            /// A `denominator` that is not positive gives zero.
            #[must_use]
            pub fn share(self, numerator: i128, denominator: i128) -> Self {
                if denominator <= 0 {
                    return Self::ZERO;
                }
                Self(division::share(self.0, numerator, denominator))
            }

            /// How much it is, above or below zero.
            #[must_use]
            pub const fn magnitude(self) -> Self {
                Self(self.0.saturating_abs())
            }

            /// So many times as much.
            #[must_use]
            pub fn times(self, count: u64) -> Self {
                Self(self.0.saturating_mul(i128::from(count)))
            }

            /// Whether there is none of it.
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// Whether there is some of it.
            pub const fn is_positive(self) -> bool {
                self.0 > 0
            }

            /// Whether it is that much at least.
            pub fn reaches(self, wanted: Decimal) -> bool {
                Decimal::of_hundredths(self.0) >= wanted
            }

            /// Rounds a decimal to two places, half away from zero.
            pub fn rounded(decimal: Decimal) -> Self {
                Self(decimal.rounded_hundredths())
            }
        }

        /// Two decimals and no separators: the contract's form (`scenario.md`).
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                division::write_hundredths(self.0, out)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Self::plus)
            }
        }
    };
}

hundredths!(
    /// An amount of US dollars in whole cents. Lines are rounded once, to the cent.
    Money,
    "cents"
);
hundredths!(
    /// A number of credits in whole hundredths: usage is metered to 0.01 (K4).
    Credits,
    "hundredths of a credit"
);

impl Money {
    /// The same amount with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    /// The share `rate` of it, such as a tax, rounded once, half away from zero. The rate is not negative.
    #[must_use]
    pub fn at_rate(self, rate: Decimal) -> Self {
        // Taken in two parts, so that no rate of the contract's form is too long for the product: the
        // whole part gives whole cents, and the rounding of the rest is the rounding of the sum.
        let (whole, fraction) = rate.parts();
        Self(self.0.saturating_mul(whole).saturating_add(division::share(self.0, fraction, decimal::ONE)))
    }

    /// The credits that it buys at `unit_price` a credit, rounded once, half away from zero.
    #[must_use]
    pub fn buys(self, unit_price: Self) -> Credits {
        Credits(self.0).share(100, unit_price.0)
    }
}

impl Credits {
    /// The smallest amount a task can consume (K4).
    pub const SMALLEST: Self = Self(1);

    /// What a task consumes: rounded to 0.01, at least 0.01 (K4).
    #[must_use]
    pub fn metered(amount: Decimal) -> Self {
        Self::rounded(amount).max(Self::SMALLEST)
    }

    /// The next multiple of `step` that is not below it. A `step` that is not positive leaves it as it is.
    #[must_use]
    pub fn rounded_up_to(self, step: Self) -> Self {
        if step.is_positive() {
            Self(division::rounded_up(self.0, step.0).saturating_mul(step.0))
        } else {
            self
        }
    }

    /// The price of these credits at `unit_price` a credit, rounded once to the cent (K5).
    pub fn priced(self, unit_price: Money) -> Money {
        Money::from_hundredths(division::share(self.0, unit_price.hundredths(), 100))
    }
}

impl From<Credits> for Value {
    fn from(credits: Credits) -> Self {
        Self::Credits(credits.to_string())
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Dollars(money.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_two_decimals() {
        for (hundredths, text) in [(667, "6.67"), (-2000, "-20.00"), (0, "0.00"), (-5, "-0.05")] {
            assert_eq!(Money::from_hundredths(hundredths).to_string(), text);
        }
    }

    #[test]
    fn a_share_is_exact_for_the_longest_rates() {
        let share = |rate: &str, cents| {
            Money::from_hundredths(cents).at_rate(rate.parse().unwrap_or(Decimal::ZERO)).to_string()
        };
        assert_eq!(share("0.075", 9_729), "7.30", "7.29675");
        assert_eq!(share("0.10", 25), "0.03", "0.025: half away from zero");
        assert_eq!(share("0.10", -25), "-0.03");
        assert_eq!(share("999999999999.999999999999", 100), "1000000000000.00");
        assert_eq!(
            share("999999999999.5", 10_i128.pow(20)),
            "999999999999500000000000000000.00",
            "a long rate of a large amount"
        );
    }

    #[test]
    fn overage_is_priced_once_on_the_whole_quantity() {
        // 300.25 × 0.04 = 12.01, not three hundred roundings (K5).
        let price = Credits::from_hundredths(30_025).priced(Money::from_hundredths(4));
        assert_eq!(price.to_string(), "12.01");
    }
}
