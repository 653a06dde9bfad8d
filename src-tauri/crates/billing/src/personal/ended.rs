//! What is left of a balance of which credits have ended since it was told.

use headroom_exact::Balance;

/// The most that is left, given what had been left of the credits that ended: spent or ended, they are gone. None where more
/// ended than there was, for then one of both is wrong.
pub fn most_left(told: Balance, ended: &[Balance]) -> Option<Balance> {
    let gone: Balance = ended.iter().copied().sum();
    (gone <= told).then(|| told.minus(gone))
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
}
