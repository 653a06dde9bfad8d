//! What each tier would have cost for each user over the months that have ended.

use super::{ClosedSubscription, Ledger};
use crate::invoice::Name;
use crate::replay::{ClosedMonth, PlanCost, cheapest, plan_costs};
use headroom_exact::{Moment, Money};
use serde::Serialize;
use std::collections::BTreeMap;

/// One user under one profile on every tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SubscriptionReplay {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// Smallest tier first, over the months the user was subscribed.
    pub plans: Vec<PlanCost>,
    /// The cheapest; of equals the larger.
    pub cheapest: Option<&'static str>,
}

/// A tier if everyone had been on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlanTotal {
    /// The tier.
    pub plan: &'static str,
    /// Everyone's months on it, without tax; none where a month's list doesn't have it.
    pub total: Option<Money>,
}

/// The months that have ended, on every tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Replay {
    /// The moment that decides which months have ended.
    pub as_of: Moment,
    /// By profile, then user.
    pub subscriptions: Vec<SubscriptionReplay>,
    /// Everyone on the same tier.
    pub plans: Vec<PlanTotal>,
    /// Everyone on the tier that is cheapest for them.
    pub each_on_cheapest: Money,
}

impl Replay {
    /// Replays the months that have ended in events already folded up to `as_of`.
    pub fn on(ledger: &Ledger, as_of: Moment) -> Self {
        let lists = ledger.account.terms().lists;
        let edition = lists.at(as_of);
        let mut months_of: BTreeMap<_, Vec<ClosedMonth>> = BTreeMap::new();
        for closed in &ledger.closed_cycles {
            for ClosedSubscription { profile, user, used, paused_tasks } in &closed.subscriptions {
                let month = ClosedMonth { month: closed.month, used: *used, paused_tasks: *paused_tasks };
                months_of.entry((profile, user)).or_default().push(month);
            }
        }
        let subscriptions: Vec<_> = months_of
            .into_iter()
            .map(|((profile, user), months)| {
                let plans = plan_costs(lists, &months, as_of, |edition| edition.overage_unit_price);
                let cheapest = cheapest(&plans);
                SubscriptionReplay { profile: profile.clone(), user: user.clone(), plans, cheapest }
            })
            .collect();
        let costs = || subscriptions.iter().flat_map(|subscription| &subscription.plans);
        let total = |plan: &'static str| PlanTotal {
            plan,
            total: costs().filter(|cost| cost.plan == plan).map(|cost| cost.total).sum(),
        };
        let least = |subscription: &SubscriptionReplay| {
            subscription.plans.iter().filter_map(|cost| cost.total).min().unwrap_or_default()
        };
        Self {
            as_of,
            plans: edition.paid_plans().map(|plan| total(&plan.id)).collect(),
            each_on_cheapest: subscriptions.iter().map(least).sum(),
            subscriptions,
        }
    }
}
