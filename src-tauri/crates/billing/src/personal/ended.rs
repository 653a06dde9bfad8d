//! What is left of a balance of which credits have ended since it was told, and whether it is what its parts come to.

use headroom_exact::Balance;

/// The most that is left, given what had been left of the credits that ended: spent or ended, they are gone. None where more
/// ended than there was, for then one of both is wrong.
pub fn most_left(told: Balance, ended: &[Balance]) -> Option<Balance> {
    let gone: Balance = ended.iter().copied().sum();
    (gone <= told).then(|| told.minus(gone))
}

/// Less is no contradiction: the balance is told in dollars, its parts in millionths.
const A_CENT: Balance = Balance::of_millionths(10_000);

/// What the parts of a balance come to, where that is another amount than the balance.
pub fn contradiction(told: Balance, parts: &[Balance]) -> Option<Balance> {
    let all: Balance = parts.iter().copied().sum();
    let differs = all.minus(told) >= A_CENT || told.minus(all) >= A_CENT;
    differs.then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_is_taken_off_and_never_more_than_there_was() {
        let of = |millionths| Balance::of_millionths(millionths);
        assert_eq!(most_left(of(19_000_000), &[of(4_000_000)]), Some(of(15_000_000)));
        assert_eq!(most_left(of(7_500_000), &[of(5_000_000), of(2_500_000)]), Some(Balance::ZERO));
        assert_eq!(most_left(of(7_500_000), &[of(5_000_000), of(2_500_001)]), None);
        assert_eq!(most_left(of(-1), &[of(1)]), None);
    }

    #[test]
    fn parts_contradict_a_balance_from_a_cent_on_in_both_directions() {
        let of = |millionths| Balance::of_millionths(millionths);
        let parts = [of(4_000_000), of(15_000_000)];
        for told in [19_000_000, 19_009_999, 18_990_001] {
            assert_eq!(contradiction(of(told), &parts), None, "{told}");
        }
        for told in [5_000_000, 90_000_000, 18_990_000, 19_010_000, -1] {
            assert_eq!(contradiction(of(told), &parts), Some(of(19_000_000)), "{told}");
        }
    }
}
