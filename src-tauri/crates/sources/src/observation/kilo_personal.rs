//! What Kilo says of somebody's own account, each question's answer by itself: one that fails takes down no other. What it
//! doesn't say is none.

use super::{CreditBlock, CreditPurchase};
use crate::wire::kept;
use headroom_exact::{Balance, Moment};
use serde::{Deserialize, Serialize};

/// What is left of somebody's own credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnBalance {
    /// Dollars; below zero where a request took more than there was.
    #[serde(with = "kept")]
    pub left: Balance,
}

/// Their credits by purchase and gift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnBlocks {
    /// Dollars in all.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub total: Option<Balance>,
    /// What is left of each.
    pub left: Vec<CreditBlock>,
    /// Those that weren't given, used up or not.
    pub purchases: Vec<CreditPurchase>,
    /// Whether credits are bought by themselves when few are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_top_up: Option<bool>,
}

/// Credits that are bought by themselves.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnTopUp {
    /// Whether they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Dollars at once.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub amount: Option<Balance>,
}

/// Kilo Pass of one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPass {
    /// The subscription; none where they have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<PassSubscription>,
}

/// A subscription to Kilo Pass. Amounts are dollars.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassSubscription {
    /// The tier, such as `tier_49`.
    pub tier: String,
    /// Such as `active` or `past_due`.
    pub status: String,
    /// Such as `monthly` or `yearly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Who bills it, such as `stripe` or a shop of apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Whether it ends when what is paid does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<bool>,
    /// Months without a break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub streak: Option<u64>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub started_at: Option<Moment>,
    /// When it goes on, where it is paused.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub resumes_at: Option<Moment>,
    /// When it is billed next.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub next_billing_at: Option<Moment>,
    /// When the next month's credits come, where a year is paid at once.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub next_issue_at: Option<Moment>,
    /// Credits of the running month.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub base: Option<Balance>,
    /// Spent in it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub used: Option<Balance>,
    /// The bonus that came in it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub bonus: Option<Balance>,
    /// The bonus that comes in it once the base is spent, as it is told ahead.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub bonus_ahead: Option<Balance>,
    /// The bonus of the next month.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub next_bonus: Option<Balance>,
    /// Whether the bonus of the running month is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlocked: Option<bool>,
}
