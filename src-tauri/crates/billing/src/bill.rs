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
