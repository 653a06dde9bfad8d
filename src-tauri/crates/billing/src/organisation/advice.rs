//! Advice for an organisation: who is paid for twice, who is near the limit, whose tier is too large.

use super::account::Staying;
use super::{BeyondTier, Ledger, RepeatedUser, Subscription};
use crate::advice::{Cycle, PlanCosts, cheapest, percent, seen_enough};
use crate::catalog::Edition;
use crate::invoice::Name;
use crate::timeline::AccountKind as _;
use crate::usage::Limit;
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, Money, Period};
use serde::Serialize;

/// So much used is near the limit while it is too early to judge by a pace.
const MOST_PERCENT: u32 = 75;

/// How far what is known of a month goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// Up to the moment: a month is judged by the pace so far.
    Whole,
    /// Days are missing: there is no pace, and only what was used is known.
    InPart,
}

/// How near.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// At the pace so far the tier's credits are used up before the month ends; or three quarters of them are used while
    /// too little of the month has passed to judge a pace by.
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
    /// The day on which the credits are used up at the pace so far; none unless that is the risk, or while it can't be told.
    pub runs_out_on: Option<NaiveDate>,
    /// Credits used.
    pub used: Credits,
    /// The tier's credits.
    pub allowance: Credits,
}

/// A user whose next month would cost less on another tier that serves as much as theirs does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheaperTier {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// The tier that goes on: after a move to a smaller one in the month, that (E5).
    pub plan: &'static str,
    /// The cheapest for a month like this one.
    pub cheapest: &'static str,
    /// What that month costs less there, without tax.
    pub saves: Money,
    /// Whether it is a smaller one.
    #[serde(skip)]
    pub is_smaller: bool,
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
    /// Whether enough of the month has passed to say whose tier is cheaper.
    #[serde(skip)]
    pub tiers_are_judged: bool,
    /// Whether somebody's can't be told, since nobody says whether overage is on for them and it comes to that.
    #[serde(skip)]
    pub leaves_somebody_out: bool,
}

/// When what remains is used up at the pace of the month so far, if that is before it ends; none while too little of the
/// month has passed to say.
fn runs_out_at(subscription: &Subscription, month: &Period, now: Moment) -> Option<Moment> {
    let (_, passed) = seen_enough(month, now)?;
    let credits = &subscription.credits;
    if !credits.used.is_positive() {
        return None;
    }
    // Credits for seconds: what remains lasts as long as that much took so far.
    let seconds = credits.remaining.share(i128::from(passed), credits.used.hundredths()).hundredths();
    let at = now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
    (at < month.end).then_some(at)
}

/// How near the limit a user is: the period is judged, not how full it is.
fn risk(subscription: &Subscription, month: &Period, now: Moment) -> Option<(Risk, Option<NaiveDate>)> {
    let credits = &subscription.credits;
    if credits.overage.is_positive() {
        Some((Risk::InOverage, None))
    } else if credits.remaining.is_zero() {
        Some((Risk::AtLimit, None))
    } else {
        let runs_out_at = runs_out_at(subscription, month, now);
        let is_early = seen_enough(month, now).is_none();
        let most_is_used = percent(credits.used, credits.allowance) >= MOST_PERCENT;
        let is_near = runs_out_at.is_some() || is_early && most_is_used;
        is_near.then(|| (Risk::NearLimit, runs_out_at.map(Moment::date)))
    }
}

/// What of a month of that use a user's tier serves, and by what others are compared that have to serve as much: beyond the
/// credits that they are given requests pause unless overage is on, at its cap if it has one, and at a limit of their own below
/// the tier's (E1, F5). None where nobody says whether overage is on and it comes to that.
fn served(
    used: Credits,
    held: &Staying<'_>,
    beyond: BeyondTier,
    edition: &'static Edition,
) -> Option<(Credits, PlanCosts)> {
    let given = held.limit.unwrap_or(held.plan.allowance);
    let overage = match beyond {
        BeyondTier::Charged(cap) => cap,
        BeyondTier::Unknown if used > given => return None,
        BeyondTier::Paused | BeyondTier::Unknown => Some(Credits::ZERO),
    };
    let is_limited = given < held.plan.allowance;
    let most = if is_limited { Some(given) } else { overage.map(|overage| given.plus(overage)) };
    let costs = PlanCosts::by_list(edition).with_limit(held.plan, Limit::Credits(given));
    Some((most.map_or(used, |most| used.min(most)), costs.with_overage(overage)))
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

    /// Advice at `at`, after the events folded up to it: overage is on for whom their profile's switch says so (E1).
    pub fn on(ledger: &Ledger, at: Moment) -> Self {
        Self::by(ledger, at, Evidence::Whole, |profile, _| ledger.account.beyond_tier(profile))
    }

    /// The same where it is told of each user under a profile what happens to credits beyond the tier, and how far what is
    /// folded goes.
    pub fn by(
        ledger: &Ledger,
        at: Moment,
        evidence: Evidence,
        beyond: impl Fn(&str, &str) -> BeyondTier,
    ) -> Self {
        let organisation = &ledger.account;
        let edition = organisation.edition();
        let current = organisation.current(at);
        let at_risk = current.subscriptions.iter().filter_map(|subscription| {
            let (risk, runs_out_on) = risk(subscription, &current.cycle, at)?;
            Some(AtRisk {
                profile: subscription.profile.clone(),
                user: subscription.user.clone(),
                risk,
                runs_out_on,
                used: subscription.credits.used,
                allowance: subscription.credits.allowance,
            })
        });
        let mut leaves_somebody_out = false;
        let cheaper_tiers: Vec<_> = organisation
            .staying()
            .filter_map(|held| {
                let Staying { profile, user, plan, days, .. } = held;
                let forecast = Cycle { period: organisation.cycle(), days }.forecast(at)?;
                let used = match evidence {
                    Evidence::Whole => forecast.even,
                    Evidence::InPart => days.iter().copied().sum(),
                };
                let beyond = beyond(profile.as_str(), user.as_str());
                let served = served(used, &held, beyond, edition);
                leaves_somebody_out |= served.is_none();
                let (served, costs) = served?;
                let cheapest = cheapest(edition.paid_plans(), plan, served, &costs)?;
                let to = edition.plan_named(cheapest.plan)?;
                let is_smaller = to.rank < plan.rank;
                // What isn't known can be more than a smaller tier has.
                (evidence == Evidence::Whole || !is_smaller).then_some(())?;
                Some(CheaperTier {
                    profile: profile.clone(),
                    user: user.clone(),
                    plan: &plan.id,
                    cheapest: cheapest.plan,
                    saves: cheapest.saves.filter(|saves| saves.is_positive())?,
                    is_smaller,
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
            tiers_are_judged: seen_enough(&current.cycle, at).is_some(),
            leaves_somebody_out,
        }
    }
}
