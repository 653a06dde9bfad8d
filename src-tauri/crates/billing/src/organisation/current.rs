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
    /// What the tier gives a month; what an administrator lets them use where the vendor states that.
    pub allowance: Credits,
    /// What of it is left.
    pub remaining: Credits,
    /// Beyond it, charged.
    pub overage: Credits,
    /// Beyond it with overage off: shown, never billed (K6).
    pub uncovered: Credits,
    /// Beyond it as the vendor states, where that differs from what is computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_overage: Option<Credits>,
    /// Beyond it as computed, where the vendor states something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed_overage: Option<Credits>,
}

/// What the vendor states of overage and what is computed, of everybody of whom they differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OverageDifference {
    /// How many users.
    pub users: usize,
    /// Credits as stated.
    pub stated: Credits,
    /// Credits as computed.
    pub computed: Credits,
}

/// Used of what can be used, in tenths of a percent, rounded down.
pub fn permille_of(used: Credits, allowance: Credits) -> u32 {
    permille(used.hundredths(), allowance.hundredths())
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

    /// Where what the vendor states of overage differs from what is computed; none where it doesn't.
    pub fn overage_difference(&self) -> Option<OverageDifference> {
        let differing = self.subscriptions.iter().filter_map(|subscription| {
            let credits = &subscription.credits;
            credits.stated_overage.zip(credits.computed_overage)
        });
        let differing: Vec<_> = differing.collect();
        (!differing.is_empty()).then(|| OverageDifference {
            users: differing.len(),
            stated: differing.iter().map(|(stated, _)| *stated).sum(),
            computed: differing.iter().map(|(_, computed)| *computed).sum(),
        })
    }
}
