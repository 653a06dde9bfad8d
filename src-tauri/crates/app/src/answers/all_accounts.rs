//! What all accounts are charged next, beside each other and together.

use super::{AccountNumber, Saying};
use headroom_exact::saying as said;
use serde::Serialize;
use ts_rs::TS;

/// What is charged next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChargedNext {
    /// By account: those that are shown.
    pub accounts: Vec<AccountCharge>,
    /// Dollars of all of them but the samples, where there is another; none where nothing of it is known.
    pub total: Option<String>,
    /// Whether that is the least it can be: of some it isn't known, or only in part.
    pub at_least: bool,
    /// Whether the samples are all there is: then they are what the total is of.
    pub made_up: bool,
}

/// What one of them is charged next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AccountCharge {
    /// The account.
    pub account: AccountNumber,
    /// Dollars; zero where nothing is charged, none where it isn't known.
    pub amount: Option<String>,
    /// Whether that is the least it can be.
    pub at_least: bool,
    /// When; none where nothing is charged, or that isn't known.
    pub at: Option<String>,
    /// What is paid by then beside the amount; none where nothing is known of any.
    pub left_out: Option<LeftOutCharge>,
}

/// What somebody pays by the next charge that isn't in its amount, and how that is said beside the amount.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LeftOutCharge {
    /// What.
    #[serde(flatten)]
    pub what: ChargeLeftOut,
    /// As it goes on after the amount.
    #[ts(as = "Saying")]
    pub says: said::Saying,
}

/// What somebody pays by the next charge that isn't in its amount.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ChargeLeftOut {
    /// What is used beyond the plan from now on.
    UsedByThen {
        /// Dollars that the charge comes to with it, at the pace so far.
        about: String,
    },
    /// Credits that are bought by themselves.
    TopUps,
    /// What is to be paid because a payment failed.
    Owed {
        /// Dollars; none where that isn't known.
        amount: Option<String>,
    },
}
