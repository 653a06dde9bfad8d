//! Kilo's price lists: seats, credits, and the days of a failed payment (T1–T3, T5).

use super::PriceList;
use headroom_exact::{Decimal, Money};

/// Kilo's price list for teams as it stood at a time.
#[derive(Debug)]
pub struct TeamEdition {
    /// Its name, its date and where it is from.
    pub list: PriceList,
    /// What credits can be bought for.
    pub credits: CreditOffer,
    /// Days of 24 h from the first failed payment to the suspension (T5).
    pub grace_days: u32,
    /// Days of 24 h from the suspension to the end of the data (T5).
    pub retention_days: u32,
    pub(super) seats: Vec<SeatPrice>,
}

/// What a seat costs (T1).
#[derive(Debug)]
pub struct SeatPrice {
    /// Its name in scenarios, such as `monthly`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Dollars a seat for a cycle, without tax.
    pub price: Money,
    /// The months of a cycle.
    pub months: u32,
}

/// The amounts that credits can be bought for (T3).
#[derive(Debug)]
pub struct CreditOffer {
    pub(super) amounts: Vec<Money>,
    pub(super) any_from: Money,
    /// The vendor's fee on a purchase, as a share of it; none in the first edition.
    pub fee: Decimal,
}

impl TeamEdition {
    /// What a seat costs when nothing else is asked for.
    pub fn default_seat(&self) -> &SeatPrice {
        #[expect(clippy::expect_used, reason = "Catalog::parse refuses an edition without a seat price")]
        self.seats.first().expect("an edition has a seat price")
    }

    /// The seat price of that id.
    pub fn seat(&self, id: &str) -> Option<&SeatPrice> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    /// Every seat price.
    pub fn seats(&self) -> &[SeatPrice] {
        &self.seats
    }

    /// The ids of the seat prices, for messages.
    pub fn seat_ids(&self) -> String {
        let ids: Vec<_> = self.seats.iter().map(|seat| seat.id.as_str()).collect();
        ids.join(", ")
    }
}

impl CreditOffer {
    /// Whether credits are sold for that amount (T3).
    pub fn includes(&self, amount: Money) -> bool {
        amount >= self.any_from || self.amounts.contains(&amount)
    }

    /// The smallest amount on offer that is not below `amount`.
    pub fn at_least(&self, amount: Money) -> Money {
        let enough = self.amounts.iter().copied().filter(|offered| *offered >= amount).min();
        enough.unwrap_or_else(|| self.any_from.max(amount))
    }

    /// The fee on a purchase, rounded once.
    pub fn fee_on(&self, amount: Money) -> Money {
        amount.at_rate(self.fee)
    }
}
