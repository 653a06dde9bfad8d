//! What a line of a vendor's bill costs: exact to 10^-27 of a dollar, rounded only where it is shown.

use crate::division;
use crate::parts::Parts;
use crate::units::Money;

/// Units of 10^-27 dollars in a billionth of a dollar.
const FINE: i128 = 1_000_000_000_000_000_000;
/// Billionths of a dollar in a cent.
const BILLIONTHS_A_CENT: i128 = 10_000_000;

/// Dollars, exact: cost exports write a line with up to 27 decimals, and a bill adds up lines before it is rounded. Held
/// as billionths and what is above them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Cost(Parts<FINE>);

impl Cost {
    /// Nothing.
    pub const ZERO: Self = Self(Parts::ZERO);

    /// From billionths of a dollar and units of 10^-27 dollars, in any number of both.
    pub fn of_parts(billionths: i128, fine: i128) -> Self {
        Self(Parts::of(billionths, fine))
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.plus(other.0))
    }

    /// In cents, rounded once, half away from zero.
    pub fn rounded(self) -> Money {
        let Parts { whole, fine } = self.0;
        let (cents, rest) = division::split(whole, BILLIONTHS_A_CENT);
        let rest = rest.saturating_mul(2);
        // The rest lies above the cents also of an amount below zero, of which the half goes down.
        let up = if whole < 0 {
            rest > BILLIONTHS_A_CENT || (rest == BILLIONTHS_A_CENT && fine > 0)
        } else {
            rest >= BILLIONTHS_A_CENT
        };
        Money::from_hundredths(cents.saturating_add(i128::from(up)))
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::ZERO, Self::plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_rounded_once_half_away_from_zero() {
        let half = Cost::of_parts(5_000_000, 0);
        let least = Cost::of_parts(0, 1);
        let negative = |cost: Cost| Cost(Parts::ZERO.minus(cost.0));
        for (cost, text) in [
            (half, "0.01"),
            (Cost::of_parts(4_999_999, FINE - 1), "0.00"),
            (half.plus(least), "0.01"),
            (negative(half), "-0.01"),
            (negative(half).plus(least), "0.00"),
            (negative(half.plus(least)), "-0.01"),
            (half.plus(half), "0.01"),
            (half.plus(negative(half)), "0.00"),
            (Cost::of_parts(i64::MAX.into(), FINE - 1), "9223372036.85"),
        ] {
            assert_eq!(cost.rounded().to_string(), text, "{cost:?}");
        }
    }

    #[test]
    fn what_is_below_a_billionth_adds_up() {
        let third = Cost::of_parts(3, 333_333_333_333_333_333);
        assert_eq!([third; 3].into_iter().sum::<Cost>(), Cost::of_parts(9, 999_999_999_999_999_999));
        assert_eq!([third; 3].into_iter().sum::<Cost>().plus(Cost::of_parts(0, 1)), Cost::of_parts(10, 0));
        assert_eq!(Cost::of_parts(0, -1), Cost::of_parts(-1, FINE - 1));
    }
}
