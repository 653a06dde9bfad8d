//! Advice for an organisation: who is paid for twice, who is near the limit, whose tier is too large.

use super::{Ledger, RepeatedUser, Subscription};
use crate::advice::{Cycle, cheapest, percent};
use crate::invoice::Name;
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment, Money};
use serde::Serialize;

/// From this share of the allowance on a user is near the limit.
const NEAR_PERCENT: u32 = 75;

/// How near.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// At least 75 % of the tier's credits are used.
    NearLimit,
    /// All are used, and the profile's overage is off.
    AtLimit,
    /// More than the tier's credits are used and charged.
    InOverage,
}

/// A user to look after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AtRisk {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// How near.
    pub risk: Risk,
    /// Credits used.
    pub used: Credits,
    /// The tier's credits.
    pub allowance: Credits,
}

/// A user whose next month would cost less on another tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheaperTier {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// The tier held.
    pub plan: &'static str,
    /// The cheapest for a month like this one.
    pub cheapest: &'static str,
    /// What that month costs less there, without tax.
    pub saves: Money,
    /// One sentence.
    pub reason: String,
}

/// Everything to know before deciding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OrganisationAdvice {
    /// The moment.
    pub as_of: Moment,
    /// Everything charged for the month so far, without tax.
    pub month_to_date: Money,
    /// Who is charged for under several profiles (E2).
    pub charged_more_than_once: Vec<RepeatedUser>,
    /// By profile, then user.
    pub at_risk: Vec<AtRisk>,
    /// By profile, then user; empty while too little of the month has passed. Who leaves is left out.
    pub cheaper_tiers: Vec<CheaperTier>,
    /// What all cheaper tiers together would save in a month like this one.
    pub saves: Money,
}

fn risk(subscription: &Subscription) -> Option<Risk> {
    let credits = &subscription.credits;
    if credits.overage.is_positive() {
        Some(Risk::InOverage)
    } else if credits.remaining.is_zero() {
        Some(Risk::AtLimit)
    } else {
        (percent(credits.used, credits.allowance) >= NEAR_PERCENT).then_some(Risk::NearLimit)
    }
}

fn saved(cheaper_tiers: &[CheaperTier]) -> Money {
    cheaper_tiers.iter().map(|tier| tier.saves).sum()
}

impl OrganisationAdvice {
    /// Keeps only some of the cheaper tiers, such as those of users whose use is known whole.
    pub fn keep_cheaper_tiers(&mut self, keep: impl FnMut(&CheaperTier) -> bool) {
        self.cheaper_tiers.retain(keep);
        self.saves = saved(&self.cheaper_tiers);
    }

    /// Advice at `at`, after the events folded up to it.
    pub fn on(ledger: &Ledger, at: Moment) -> Self {
        let organisation = &ledger.account;
        let edition = organisation.edition();
        let current = organisation.current(at);
        let at_risk = current.subscriptions.iter().filter_map(|subscription| {
            Some(AtRisk {
                profile: subscription.profile.clone(),
                user: subscription.user.clone(),
                risk: risk(subscription)?,
                used: subscription.credits.used,
                allowance: subscription.credits.allowance,
            })
        });
        let cheaper_tiers: Vec<_> = organisation
            .staying()
            .filter_map(|(profile, user, plan, days)| {
                let used = Cycle { period: organisation.cycle(), days }.forecast(at)?.even;
                let cheapest = cheapest(edition.paid_plans(), plan, used, |plan, used| {
                    edition.month_with_overage(plan, used)
                })?;
                Some(CheaperTier {
                    profile: profile.clone(),
                    user: user.clone(),
                    plan: &plan.id,
                    cheapest: cheapest.plan,
                    saves: cheapest.saves.filter(|saves| saves.is_positive())?,
                    reason: cheapest.reason,
                })
            })
            .collect();
        Self {
            as_of: at,
            month_to_date: current.month_to_date,
            at_risk: at_risk.collect(),
            saves: saved(&cheaper_tiers),
            cheaper_tiers,
            charged_more_than_once: current.charged_more_than_once,
        }
    }
}
