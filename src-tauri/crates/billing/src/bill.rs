//! What a vendor's own bill comes to: its lines are added up exactly, and the sum is rounded once.

use headroom_exact::{Cost, Money};
use std::collections::BTreeMap;

/// The sum of some lines of a bill, to the cent; none where what one costs isn't known.
pub fn sum(costs: impl IntoIterator<Item = Option<Cost>>) -> Option<Money> {
    costs.into_iter().sum::<Option<Cost>>().map(Cost::rounded)
}

/// What a vendor's figure differs by from what the rules make of it: the vendor's less ours, and where it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference {
    /// All of it.
    pub amount: Money,
    /// What lines that take something off make of it; none where there are none.
    pub discounts: Option<Money>,
    /// What lines that no rule knows make of it; none where there are none.
    pub other: Option<Money>,
    /// The rest, which the bill's own lines don't explain; none where they explain all of it, or there is no bill.
    pub unexplained: Option<Money>,
}

impl Difference {
    /// Of a figure without lines of its own; none where the two agree.
    pub fn of(quoted: Money, computed: Money) -> Option<Self> {
        let amount = quoted.minus(computed);
        (!amount.is_zero()).then_some(Self { amount, discounts: None, other: None, unexplained: None })
    }

    /// Of a bill, by its sums to the cent: of all lines, of those that aren't discounts, and of those among them that the
    /// rules know. Each part is the difference of two of those, so that the parts add up. None where the two agree.
    pub fn of_bill(all: Money, without_discounts: Money, known: Money, computed: Money) -> Option<Self> {
        let (discounts, other) = (all.minus(without_discounts), without_discounts.minus(known));
        let some = |amount: Money| (!amount.is_zero()).then_some(amount);
        let amount = all.minus(computed);
        (!amount.is_zero()).then_some(Self {
            amount,
            discounts: some(discounts),
            other: some(other),
            unexplained: some(known.minus(computed)),
        })
    }
}

/// The same for each of those whom lines are for.
pub fn sums_by<K: Ord>(costs: impl IntoIterator<Item = (K, Option<Cost>)>) -> BTreeMap<K, Option<Money>> {
    let mut sums: BTreeMap<K, Option<Cost>> = BTreeMap::new();
    for (whose, cost) in costs {
        let sum = sums.entry(whose).or_insert(Some(Cost::ZERO));
        *sum = sum.zip(cost).map(|(sum, cost)| sum.plus(cost));
    }
    sums.into_iter().map(|(whose, sum)| (whose, sum.map(Cost::rounded))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn money(cents: i128) -> Money {
        Money::from_hundredths(cents)
    }

    #[test]
    fn the_parts_of_a_difference_add_up_to_it() {
        // AWS billed $2,876.10 after a discount of $92.40; the rules come to $2,968.50.
        let of = Difference::of_bill(money(287_610), money(296_850), money(296_850), money(296_850));
        let of = of.expect("they differ");
        assert_eq!((of.amount, of.discounts), (money(-9_240), Some(money(-9_240))));
        assert_eq!((of.other, of.unexplained), (None, None));
        for (all, without_discounts, known, computed) in
            [(100, 130, 120, 119), (-5, 0, 0, 7), (2_000, 2_000, 1_990, 2_000), (0, 31, 0, 1)]
        {
            let of = Difference::of_bill(money(all), money(without_discounts), money(known), money(computed));
            let of = of.filter(|of| !of.amount.is_zero());
            let parts = of.map(|of| [of.discounts, of.other, of.unexplained].into_iter().flatten().sum());
            assert_eq!(parts, of.map(|of| of.amount), "{all}");
            assert_eq!(of.is_none(), all == computed, "{all}");
        }
        assert_eq!(Difference::of(money(530), money(530)), None);
        let of = Difference::of(money(530), money(400)).expect("they differ");
        assert_eq!(
            (of.amount, of.unexplained),
            (money(130), None),
            "a figure without lines explains nothing"
        );
    }
}
