//! Where an organisation stands, in the contract's form (`scenario.md`, "kiro-enterprise").

use crate::invoice::Name;
use headroom_exact::division::permille;
use headroom_exact::{Credits, Money, Period};
use serde::Serialize;

/// A subscription's credits in the running month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SubscriptionCredits {
    /// Everything accepted.
    pub used: Credits,
    /// What the tier gives a month.
    pub allowance: Credits,
    /// What of it is left.
    pub remaining: Credits,
    /// Beyond it, charged.
    pub overage: Credits,
    /// Beyond it with overage off: shown, never billed (K6).
    pub uncovered: Credits,
}

impl SubscriptionCredits {
    /// Used of the tier's credits, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        permille(self.used.hundredths(), self.allowance.hundredths())
    }
}

/// One user under one profile.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Subscription {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// The highest tier held this month.
    pub plan: &'static str,
    /// The tier from the next month on if it differs, "none" if the subscription ends.
    pub next_plan: Option<&'static str>,
    /// Its credits.
    pub credits: SubscriptionCredits,
    /// Fee and overage so far, without tax.
    pub month_to_date: Money,
}

/// A user who is paid for under several profiles (E2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RepeatedUser {
    /// The user.
    pub user: Name,
    /// The profiles.
    pub profiles: Vec<Name>,
}

/// The organisation at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Current {
    /// The running month.
    pub cycle: Period,
    /// By profile, then user.
    pub subscriptions: Vec<Subscription>,
    /// By user.
    pub charged_more_than_once: Vec<RepeatedUser>,
    /// Everything so far, without tax.
    pub month_to_date: Money,
}

impl Current {
    /// Credits beyond the tiers that are charged, of everybody.
    pub fn overage(&self) -> Credits {
        self.subscriptions.iter().map(|subscription| subscription.credits.overage).sum()
    }
}
