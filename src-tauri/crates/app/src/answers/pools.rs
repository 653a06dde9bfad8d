//! What the owner of one person's account states beside its details: packs, grants, what is taken back; and what a past
//! month's charge changes by.

use chrono::NaiveDate;
use headroom_billing::Assumption;
use headroom_billing::assumption::{About, OfOverage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A pack that its owner bought (N4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PackStated {
    /// Dollars that were paid; or `credits`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub amount: Option<String>,
    /// The credits that were bought; or `amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credits: Option<String>,
    /// The day it was bought.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// The day from which it is gone; none if it stays.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub ends_on: Option<NaiveDate>,
}

/// Credits that were granted beside the plan (N7).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GrantStated {
    /// What Kiro's page calls them.
    pub name: String,
    /// How many.
    pub credits: String,
    /// The day they were granted.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// The day from which they are gone; none if they stay.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub ends_on: Option<NaiveDate>,
}

/// What is stated: one or the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum PoolStated {
    /// A pack.
    Pack(PackStated),
    /// A grant.
    Grant(GrantStated),
}

/// The packs and grants that its owner stated of an account, the newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StatedPools {
    /// What packs can be bought now; none where the price list has none, or on Free.
    pub offer: Option<PackOfferView>,
    /// Why no pack can be stated now; none where one can.
    #[ts(as = "Option<super::Saying>")]
    pub no_packs: Option<headroom_exact::Saying>,
    /// Packs.
    pub packs: Vec<StatedPool>,
    /// Grants.
    pub grants: Vec<StatedPool>,
    /// Today's date in UTC: nothing is bought or granted later.
    pub today: String,
}

/// A pack or a grant as it was stated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct StatedPool {
    /// The number of the record, by which it is taken back.
    pub record: RecordNumber,
    /// What a grant is called; none of a pack.
    pub name: Option<String>,
    /// Dollars paid for a pack; none of a grant.
    pub amount: Option<String>,
    /// Credits.
    pub credits: String,
    /// The day it was bought or granted: YYYY-MM-DD.
    pub on: String,
    /// The day from which it is gone; none if it stays.
    pub ends_on: Option<String>,
    /// Left of it; none while it isn't known, or where it doesn't count.
    pub left: Option<String>,
    /// How it stands.
    pub state: PoolState,
    /// Why it doesn't count; none where it does.
    #[ts(as = "Option<super::Saying>")]
    pub refused: Option<headroom_exact::Saying>,
}

/// How a stated pool stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PoolState {
    /// It counts as it was stated.
    Counts,
    /// Kiro says itself what there is: that counts.
    GaveWay,
    /// Its end has come.
    Ended,
    /// The rules refuse it.
    Refused,
}

/// The number of a record, by which it is taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct RecordNumber(pub i64);

/// What was recorded, so that it can be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Recorded {
    /// Its number.
    pub record: RecordNumber,
}

/// Past months that are charged otherwise since accounts go by the price list in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Repriced {
    /// The oldest first.
    pub months: Vec<RepricedMonth>,
    /// Whether the command line told it already.
    pub told: bool,
}

/// A past month whose charge changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RepricedMonth {
    /// YYYY-MM.
    pub month: String,
    /// Dollars as they were computed before; none where that wasn't known.
    pub before: Option<String>,
    /// Whether that was a part only.
    pub before_at_least: bool,
    /// Dollars as they are computed now.
    pub now: Option<String>,
    /// Whether that is a part only.
    pub now_at_least: bool,
    /// The price list that the month before was billed by, by its title: its use is what the month charges.
    #[ts(as = "super::Saying")]
    pub list: headroom_exact::Saying,
}

/// What no source settles, where a figure rests on it (docs/assumptions.md).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "id")]
pub enum AssumptionView {
    /// Whether and how the first payment is lower.
    A1 {
        /// Dollars at most.
        most: String,
        /// Whether its owner stated that it is granted.
        stated: bool,
    },
    /// Whether what a larger plan covers goes back to the packs that covered it.
    A2 {
        /// Left in packs if it does.
        back: String,
        /// Left in packs if it doesn't.
        kept: String,
    },
    /// What overage costs of which Kiro names credits and no charge.
    A34,
    /// Whether what Kiro charges as overage stays charged, where it says that the switch is off.
    A35,
}

impl AssumptionView {
    /// One that is about one person's overage; none of another.
    pub fn of_overage(assumption: Assumption) -> Option<Self> {
        match assumption.about() {
            About::Overage(OfOverage::ByPrice) => Some(Self::A34),
            About::Overage(OfOverage::ChargedWhileOff) => Some(Self::A35),
            About::FirstPayment | About::Packs | About::Kilo => None,
        }
    }
}

/// Credits that can be bought ahead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PackOfferView {
    /// Dollars of the smallest purchase.
    pub smallest: String,
    /// Dollars of the largest.
    pub largest: String,
    /// The credits that the smallest buys.
    pub credits: String,
    /// Dollars a credit.
    pub unit_price: String,
}
