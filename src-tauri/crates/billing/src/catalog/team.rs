//! Kilo's price lists: seats, credits, and the days of a failed payment (T1–T3, T5).

use super::PriceList;
use crate::invoice::Name;
use chrono::NaiveDate;
use headroom_exact::{Decimal, Moment, Money};

/// Kilo's price list for teams as it stood at a time.
#[derive(Debug)]
pub struct TeamEdition {
    /// Its name, its date and where it is from.
    pub list: PriceList,
    /// What credits can be bought for.
    pub credits: CreditOffer,
    /// Kilo Pass; none in the first edition.
    pub pass: Option<PassOffer>,
    /// Credits that are bought by themselves; none in the first edition.
    pub top_up: Option<TopUpOffer>,
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
    /// The plan as the vendor's service names it: `teams` or `enterprise`.
    pub plan: String,
    /// Dollars a seat for a cycle, without tax.
    pub price: Money,
    /// The months of a cycle.
    pub months: u32,
    /// Whether no page of the vendor's states the price (A21).
    pub unconfirmed: bool,
}

/// Kilo Pass of an organisation: monthly credits, a pass for each paid seat.
#[derive(Debug)]
pub struct PassOffer {
    /// The tiers, the cheapest first.
    pub tiers: Vec<PassTier>,
    /// Since when the vendor's fee is charged on it.
    pub fee_from: NaiveDate,
    /// Since when that is beyond doubt: before, sources disagree (A22).
    pub fee_certain_from: NaiveDate,
}

/// A tier of Kilo Pass.
#[derive(Debug)]
pub struct PassTier {
    /// Its name in scenarios, such as `pro`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its name in the vendor's answers, such as `tier_49`.
    pub told_as: String,
    /// What it costs and brings.
    pub terms: PassTerms,
}

/// What a pass costs and brings, by the price list or as the vendor quotes it. All for a pass and month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassTerms {
    /// The tier, such as `pro`.
    pub tier: Name,
    /// Dollars, without tax.
    pub price: Money,
    /// Dollars of credits that stay.
    pub base: Money,
    /// Dollars of credits that go when the month ends.
    pub bonus: Money,
    /// Dollars that are to be spent in the month before the bonus is there.
    pub unlock: Money,
    /// Whether the bonus is there from the month's beginning.
    pub upfront: bool,
}

/// The amounts of credits that can be bought by themselves.
#[derive(Debug)]
pub struct TopUpOffer {
    /// Bought once less than this is left, in dollars.
    pub threshold: Money,
    /// The same of a person's own credits; none where that isn't told.
    pub personal_threshold: Option<Money>,
    pub(super) amounts: Vec<Money>,
    /// The amount unless another is chosen.
    pub usual: Money,
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

impl PassOffer {
    /// The tier of that id.
    pub fn tier(&self, id: &str) -> Option<&PassTier> {
        self.tiers.iter().find(|tier| tier.id == id)
    }

    /// The tier that the vendor's answers name so.
    pub fn told_as(&self, name: &str) -> Option<&PassTier> {
        self.tiers.iter().find(|tier| tier.told_as == name)
    }

    /// The ids of the tiers, for messages.
    pub fn tier_ids(&self) -> String {
        let ids: Vec<_> = self.tiers.iter().map(|tier| tier.id.as_str()).collect();
        ids.join(", ")
    }

    /// Whether the vendor's fee is charged on it at that moment.
    pub fn has_fee_at(&self, moment: Moment) -> bool {
        moment >= Moment::on(self.fee_from, 0)
    }

    /// Whether sources disagree on that (A22).
    pub fn is_fee_disputed_at(&self, moment: Moment) -> bool {
        self.has_fee_at(moment) && moment < Moment::on(self.fee_certain_from, 0)
    }
}

impl TopUpOffer {
    /// Whether that amount can be chosen.
    pub fn includes(&self, amount: Money) -> bool {
        self.amounts.contains(&amount)
    }

    /// Every amount that can be chosen.
    pub fn amounts(&self) -> &[Money] {
        &self.amounts
    }
}

impl CreditOffer {
    /// Whether credits are sold for that amount (T3).
    pub fn includes(&self, amount: Money) -> bool {
        amount >= self.any_from || self.amounts.contains(&amount)
    }

    /// Amounts to choose from, the least first: those of the list, and of what is sold in any amount some.
    pub fn choices(&self) -> Vec<Money> {
        let larger = [1, 2, 3, 5, 10].map(|times| self.any_from.times(times));
        self.amounts.iter().copied().chain(larger).collect()
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
