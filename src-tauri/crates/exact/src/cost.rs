//! What a line of a vendor's bill costs: exact to 10^-27 of a dollar, rounded only where it is shown.

use crate::division;
use crate::parts::Parts;
use crate::units::Money;

/// Units of 10^-27 dollars in a billionth of a dollar.
const FINE: i128 = 1_000_000_000_000_000_000;
/// A hundredth of a billionth in them.
const HUNDREDTH: i128 = 10_000_000_000_000_000;
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

    /// This less `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.minus(other.0))
    }

    /// What so many billionths of something cost at a price for one.
    pub fn of_billionths(billionths: i128, unit_price: Money) -> Self {
        // Billionths of cents: a hundredth of each is a billionth of a dollar.
        let cents = billionths.saturating_mul(unit_price.hundredths());
        let (whole, rest) = division::split(cents, 100);
        Self::of_parts(whole, rest.saturating_mul(HUNDREDTH))
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

impl From<Money> for Cost {
    fn from(money: Money) -> Self {
        Self::of_parts(money.hundredths().saturating_mul(BILLIONTHS_A_CENT), 0)
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
    fn a_part_of_something_costs_that_part_of_its_price() {
        let twenty = Money::from_hundredths(2_000);
        assert_eq!(Cost::of_billionths(500_000_000, twenty), Cost::from(Money::from_hundredths(1_000)));
        assert_eq!(Cost::of_billionths(1, Money::from_hundredths(3)), Cost::of_parts(0, 3 * (FINE / 100)));
        let negative = Cost::of_billionths(-1, Money::from_hundredths(3));
        assert_eq!(negative, Cost::ZERO.minus(Cost::of_billionths(1, Money::from_hundredths(3))));
        assert_eq!(Cost::from(twenty).minus(Cost::from(twenty)), Cost::ZERO);
    }

    #[test]
    fn what_is_below_a_billionth_adds_up() {
        let third = Cost::of_parts(3, 333_333_333_333_333_333);
        assert_eq!([third; 3].into_iter().sum::<Cost>(), Cost::of_parts(9, 999_999_999_999_999_999));
        assert_eq!([third; 3].into_iter().sum::<Cost>().plus(Cost::of_parts(0, 1)), Cost::of_parts(10, 0));
        assert_eq!(Cost::of_parts(0, -1), Cost::of_parts(-1, FINE - 1));
    }
}
