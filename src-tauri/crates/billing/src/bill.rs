//! What a vendor's own bill comes to: its lines are added up exactly, and the sum is rounded once.

use headroom_exact::{Cost, Money};
use std::collections::BTreeMap;

/// The sum of some lines of a bill, to the cent; none where what one costs isn't known.
pub fn sum(costs: impl IntoIterator<Item = Option<Cost>>) -> Option<Money> {
    costs.into_iter().sum::<Option<Cost>>().map(Cost::rounded)
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
