//! What a sum is made of: whose it is, the largest part first.

use headroom_exact::{Balance, division};
use std::collections::BTreeMap;

/// A part of a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share<K> {
    /// Whose it is.
    pub whose: K,
    /// As far as it is known.
    pub amount: Balance,
    /// In thousandths of the whole sum, rounded down.
    pub permille: u32,
}

/// The share of a part in its whole, both in one unit: rounded down, and none of nothing.
pub fn thousandths(part: i128, whole: i128) -> u32 {
    division::permille(part, whole)
}

/// Amounts put together by whose they are, the largest first and of equals by name. Somebody of whom no amount is known
/// has a share all the same, so that they aren't missing.
pub fn shares<K: Ord + Copy>(parts: impl IntoIterator<Item = (K, Option<Balance>)>) -> Vec<Share<K>> {
    let mut sums: BTreeMap<K, Balance> = BTreeMap::new();
    for (whose, amount) in parts {
        let sum = sums.entry(whose).or_default();
        *sum = sum.plus(amount.unwrap_or_default());
    }
    let all = sums.values().copied().sum::<Balance>().rounded_millionths();
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(whose, amount)| (std::cmp::Reverse(*amount), *whose));
    let share = |(whose, amount): (K, Balance)| Share {
        whose,
        amount,
        permille: thousandths(amount.rounded_millionths(), all),
    };
    sums.into_iter().map(share).collect()
}
