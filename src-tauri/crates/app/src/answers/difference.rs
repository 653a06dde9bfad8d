//! What a vendor's figure differs by from Headroom's calculation, and why.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a vendor's figure differs by from Headroom's calculation, and as far as the vendor's own lines tell, why: the parts
/// and what is unexplained add up to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DifferenceView {
    /// Whether the vendor's figure is the lower one.
    pub lower: bool,
    /// Whether the two sums are one, and only their lines differ.
    pub same: bool,
    /// Dollars by which.
    pub amount: String,
    /// Whether the calculation is whole: else this is the difference from what of it is known.
    pub complete: bool,
    /// What it is made of.
    pub parts: Vec<DifferencePart>,
    /// What is left of it that nothing explains; none where nothing is. It can come to nothing and have rows.
    pub unexplained: Option<DifferenceRest>,
}

/// A part of a difference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DifferencePart {
    /// Why it is there.
    pub reason: DifferenceReason,
    /// What it is made of.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: DifferenceRest,
}

/// An amount of a difference, and the rows that it is made of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DifferenceRest {
    /// Dollars, below zero where the vendor's figure is lower by it.
    pub amount: String,
    /// How many users' it is; 0 where none are named.
    pub users: u32,
    /// The largest of its rows.
    pub rows: Vec<DifferenceRow>,
    /// How many more there are.
    pub more: u32,
    /// Dollars of those together; none where there are none.
    pub rest: Option<String>,
}

/// A line of a bill, or what is left of a user's once both sides are compared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DifferenceRow {
    /// The account that pays, where it is told.
    pub payer: Option<String>,
    /// The account that used it.
    pub account: Option<String>,
    /// Whose it is.
    pub user: Option<String>,
    /// Their name, or address, where one is known.
    pub name: Option<String>,
    /// What it is for.
    pub item: DifferenceItem,
    /// The tier of `tier`, the bill's own name of `other`; else none.
    pub item_name: Option<String>,
    /// Dollars.
    pub amount: String,
}

/// What a row is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceItem {
    /// Seats of a tier.
    Tier,
    /// Seats of several tiers, or of those that the bill doesn't have.
    Seats,
    /// Credits beyond the tier.
    Credits,
    /// Something that is taken off.
    Deduction,
    /// What no rule knows.
    Other,
}

/// Why a part of a difference is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceReason {
    /// AWS's discount for what a company spends (EDP).
    EnterpriseDiscount,
    /// The discount of whom AWS is bought from (SPP).
    ResellerDiscount,
    /// AWS's discount for what is bought together.
    BundledDiscount,
    /// What a price of one's own takes off.
    PrivateRate,
    /// Any other discount.
    Discount,
    /// AWS credits.
    Credit,
    /// What was paid back.
    Refund,
    /// A correction.
    Adjustment,
    /// Seats or credits at a lower price than the list's.
    LowerRate,
    /// Seats that are charged for a part of the month.
    PartOfMonth,
    /// Users whom the reports don't name.
    NotInReports,
    /// Users in the reports whom the bill doesn't charge.
    NotOnBill,
    /// A tier that the price list doesn't have.
    UnknownTier,
    /// Users whom the reports have on Free.
    OnFree,
    /// Users who are charged for more than once.
    ChargedTwice,
    /// Both tiers of a month in which a user changed.
    BothTiers,
    /// Another tier than the reports name.
    OtherTier,
    /// Overage of users for whom the reports don't have it on.
    OverageOff,
    /// Overage at the cap that the reports name.
    OverageCap,
    /// Overage of days or rows that the reports don't have.
    ReportsIncomplete,
    /// Overage that isn't billed yet: the month still runs.
    NotYetBilled,
    /// AWS rounds the sum, Headroom each line.
    Rounding,
}

/// What a bill comes to for one of those who pay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PayerView {
    /// The AWS account that pays; none where the bill doesn't say.
    pub payer: Option<String>,
    /// Dollars before tax; none where nothing of it is in dollars.
    pub amount: Option<String>,
}
