//! Add-on packs as they are sold (N4).

use headroom_exact::{Credits, Money};

/// Credits that one person can buy ahead (N4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PackOffer {
    /// Dollars a credit.
    pub unit_price: Money,
    /// The least that can be spent at once.
    pub smallest: Money,
    /// The most.
    pub largest: Money,
}

impl PackOffer {
    /// The credits that an amount buys; none where it isn't offered.
    pub fn credits_for(&self, amount: Money) -> Option<Credits> {
        (self.smallest..=self.largest).contains(&amount).then(|| amount.buys(self.unit_price))
    }

    /// The least that buys so many credits, in one pack or several: in whole cents, the smallest pack at least.
    pub fn price_of(&self, credits: Credits) -> Money {
        let exact = credits.priced(self.unit_price);
        // What is rounded down doesn't buy them all.
        let cent = Money::from_hundredths(i128::from(exact.buys(self.unit_price) < credits));
        exact.plus(cent).max(self.smallest)
    }

    /// What just so many credits cost in one pack; none where no amount that is offered buys just them.
    pub fn price_of_just(&self, credits: Credits) -> Option<Money> {
        Some(credits.priced(self.unit_price)).filter(|amount| self.credits_for(*amount) == Some(credits))
    }

    /// The packs that together cost such an amount: one, or as many as the largest one makes it.
    pub fn packs_of(&self, amount: Money) -> impl Iterator<Item = Money> + use<> {
        let Self { smallest, largest, .. } = *self;
        let mut rest = amount;
        std::iter::from_fn(move || {
            let pack = if rest > largest {
                // Not so much that what is left is too little for a pack.
                largest.min(rest.minus(smallest)).max(smallest)
            } else {
                rest
            };
            rest = rest.minus(pack);
            pack.is_positive().then_some(pack)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dollars a credit, the smallest and the largest pack, in cents.
    fn offer(unit_price: i128, smallest: i128, largest: i128) -> PackOffer {
        let money = Money::from_hundredths;
        PackOffer { unit_price: money(unit_price), smallest: money(smallest), largest: money(largest) }
    }

    #[test]
    fn credits_cost_the_least_amount_that_buys_them_all() {
        for (unit_price, credits, price) in [
            (4, 12_500, "5.00"),
            (4, 12_501, "5.01"),
            (4, 12_525, "5.01"),
            (4, 12_526, "5.02"),
            (4, 1, "5.00"),
            (4, 262_600, "105.04"),
            // $5 buys 166.666…, which are 166.67.
            (3, 16_667, "5.00"),
            (3, 16_668, "5.01"),
        ] {
            let offer = offer(unit_price, 500, 10_000);
            assert_eq!(
                offer.price_of(Credits::from_hundredths(credits)).to_string(),
                price,
                "{credits} at {unit_price}"
            );
        }
    }

    #[test]
    fn an_amount_is_made_up_of_packs_that_are_sold() {
        let packs = |amount: i128, smallest: i128, largest: i128| -> Vec<i128> {
            let packs = offer(4, smallest, largest).packs_of(Money::from_hundredths(amount));
            packs.map(Money::hundredths).collect()
        };
        assert_eq!(packs(500, 500, 10_000), [500]);
        assert_eq!(packs(10_000, 500, 10_000), [10_000]);
        assert_eq!(packs(10_001, 500, 10_000), [9_501, 500], "nobody sells one of a cent");
        assert_eq!(packs(20_500, 500, 10_000), [10_000, 10_000, 500]);
        assert_eq!(packs(0, 500, 10_000), []);
        for amount in 500..3_100 {
            let packs = packs(amount, 500, 1_000);
            assert_eq!(packs.iter().sum::<i128>(), amount);
            assert!(packs.iter().all(|pack| (500..=1_000).contains(pack)), "{amount}: {packs:?}");
        }
    }
}
