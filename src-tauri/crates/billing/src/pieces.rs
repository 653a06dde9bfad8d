//! What pieces of usage come to together, in whichever unit an account's usage is counted.

use crate::shares::thousandths;
use headroom_exact::division::{divide_half_away, percent};
use headroom_exact::{Balance, Credits, StatedCredits, StatedSum};

/// An amount of an account's usage: credits or dollars. All of one account are in one unit, so that they add up whichever
/// it is.
///
/// It is kept in billionths, as exactly as any source states it, so that a sum is rounded once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Amount(i128);

/// Billionths in a hundredth and in a millionth.
const A_HUNDREDTH: i128 = 10_000_000;
const A_MILLIONTH: i128 = 1_000;

impl From<Credits> for Amount {
    fn from(credits: Credits) -> Self {
        Self(credits.hundredths().saturating_mul(A_HUNDREDTH))
    }
}

impl From<StatedCredits> for Amount {
    fn from(credits: StatedCredits) -> Self {
        Self(credits.billionths().into())
    }
}

/// To the millionth of a dollar, in which a source's rows are kept.
impl From<Balance> for Amount {
    fn from(dollars: Balance) -> Self {
        Self(dollars.rounded_millionths().saturating_mul(A_MILLIONTH))
    }
}

impl Amount {
    /// Of an account whose usage is counted in credits.
    pub fn credits(self) -> Credits {
        StatedSum::from_billionths(self.0).rounded()
    }

    /// Of an account whose usage is counted in dollars.
    pub fn dollars(self) -> Balance {
        Balance::of_millionths(divide_half_away(self.0, A_MILLIONTH))
    }

    /// Whether there is some of it.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// How much it is more than another, or less, in percent of that one, rounded down; and whether it is more.
    pub fn beside(self, other: Self) -> (u32, bool) {
        let difference = self.0.saturating_sub(other.0);
        (percent(difference.saturating_abs(), other.0), difference >= 0)
    }

    /// Its share of `whole`, in thousandths, rounded down.
    pub fn of(self, whole: Self) -> u32 {
        thousandths(self.0, whole.0)
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, amount| Self(sum.0.saturating_add(amount.0)))
    }
}

/// What is known together of some pieces.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sum {
    /// What they come to, as far as that is known; none where it is of no piece.
    pub amount: Option<Amount>,
    /// Pieces whose amount isn't known.
    pub unknown: u32,
    count: Option<u64>,
    is_uncounted: bool,
}

impl Sum {
    /// Adds a piece: what it came to and how many tasks or requests it is, as far as that is known, and how many there
    /// are of unknown amount.
    pub fn add(&mut self, amount: Option<Amount>, count: Option<u64>, unknown: u32) {
        if let Some(amount) = amount {
            self.amount = Some([self.amount.unwrap_or_default(), amount].into_iter().sum());
        }
        match count {
            Some(count) => self.count = Some(self.count.unwrap_or(0).saturating_add(count)),
            None => self.is_uncounted = true,
        }
        self.unknown = self.unknown.saturating_add(unknown);
    }

    /// How many tasks or requests they are; none where that isn't known of each.
    pub fn counted(&self) -> Option<u64> {
        self.count.filter(|_| !self.is_uncounted)
    }

    /// The share of the tasks or requests that so many are, in thousandths, rounded down; none where they aren't counted.
    pub fn share_of(&self, count: u64) -> Option<u32> {
        let all = self.counted().filter(|all| *all > 0)?;
        Some(thousandths(count.into(), all.into()))
    }

    /// What of it is in none of these parts, whose counts are known where its own is; none where nothing is left.
    pub fn beyond(
        &self,
        parts: impl IntoIterator<Item = (Amount, Option<u64>)>,
    ) -> Option<(Amount, Option<u64>)> {
        let mut named = Self::default();
        for (amount, count) in parts {
            named.add(Some(amount), count, 0);
        }
        let all = self.amount.unwrap_or_default();
        let rest = Amount(all.0.saturating_sub(named.amount.unwrap_or_default().0));
        let count = self.counted().map(|all| all.saturating_sub(named.count.unwrap_or(0)));
        rest.is_positive().then_some((rest, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(hundredths: i128) -> Amount {
        Credits::from_hundredths(hundredths).into()
    }

    #[test]
    fn an_amount_is_the_same_on_its_way_out() {
        assert_eq!(credits(1_234).credits(), Credits::from_hundredths(1_234));
        let dollars = Balance::of_millionths(1_234_567);
        assert_eq!(Amount::from(dollars).dollars(), dollars);
        assert_eq!(
            Amount::from(Balance::of_parts(1_234_567, 900_000_000_000)).dollars().to_string(),
            "1.234568"
        );
    }

    #[test]
    fn what_is_unknown_of_a_piece_adds_nothing_and_is_counted() {
        let mut sum = Sum::default();
        assert_eq!((sum.amount, sum.counted(), sum.unknown), (None, None, 0), "of nothing nothing is known");
        sum.add(None, Some(2), 2);
        assert_eq!((sum.amount, sum.counted(), sum.unknown), (None, Some(2), 2), "unknown is not zero");
        sum.add(Some(credits(150)), Some(3), 0);
        sum.add(Some(credits(50)), Some(1), 1);
        assert_eq!((sum.amount, sum.counted(), sum.unknown), (Some(credits(200)), Some(6), 3));
        sum.add(Some(credits(1)), None, 0);
        assert_eq!((sum.amount, sum.counted()), (Some(credits(201)), None), "one that isn't counted");
    }

    #[test]
    fn the_rest_is_what_no_part_names() {
        let mut sum = Sum::default();
        sum.add(Some(credits(1_000)), Some(10), 0);
        let named = [(credits(600), Some(4)), (credits(150), Some(1))];
        assert_eq!(sum.beyond(named), Some((credits(250), Some(5))));
        assert_eq!(sum.beyond([(credits(1_000), Some(9))]), None, "nothing is left");
        assert_eq!(
            sum.beyond([(credits(1_001), Some(9))]),
            None,
            "a part may hold more than is recorded by day"
        );
        assert_eq!(sum.beyond([]), Some((credits(1_000), Some(10))));
    }

    #[test]
    fn more_or_less_is_told_in_percent_of_the_other() {
        for (one, other, told) in [
            (118, 100, (18, true)),
            (100, 100, (0, true)),
            (50, 200, (75, false)),
            (1_199, 1_000, (19, true)),
        ] {
            assert_eq!(credits(one).beside(credits(other)), told, "{one} beside {other}");
        }
    }

    #[test]
    fn a_share_of_what_is_not_counted_is_not_known() {
        let mut sum = Sum::default();
        sum.add(Some(credits(5)), Some(9), 0);
        assert_eq!(sum.share_of(3), Some(333));
        sum.add(None, None, 1);
        assert_eq!((sum.share_of(3), Sum::default().share_of(0)), (None, None));
    }

    #[test]
    fn a_share_is_rounded_down_and_none_of_nothing() {
        assert_eq!(credits(2).of(credits(3)), 666);
        assert_eq!(credits(2).of(credits(0)), 0);
    }
}
