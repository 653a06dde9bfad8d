//! One user under one profile: the tiers held this month, the groups they come from, the credits.

use super::current::{Subscription, SubscriptionCredits};
use super::{ClosedSubscription, Seat, Stated};
use crate::catalog::{Edition, Plan, PlanRank};
use crate::invoice::{Line, Name};
use crate::packs::Packs;
use crate::refusal::RefusalReason;
use crate::usage::{CycleUsage, Limits, Task};
use headroom_exact::{Credits, Moment, Money, Period};

/// A user under a profile, once seen: it may be subscribed or not.
#[derive(Clone, Debug)]
pub(super) struct Subscriber {
    pub(super) profile: Name,
    pub(super) user: Name,
    /// Position of the profile, which holds the overage switch.
    pub(super) profile_index: usize,
    /// The plan from each group the user is in now.
    groups: Vec<(Box<str>, PlanRank)>,
    /// The tiers held this month, each higher than the one before; empty while not subscribed.
    tiers: Vec<PlanRank>,
    usage: CycleUsage,
    /// What the vendor states of this month.
    pub(super) stated: Stated,
}

impl Subscriber {
    pub(super) fn new(seat: &Seat<'_>, profile_index: usize) -> Self {
        Self {
            profile: seat.profile.as_ref().into(),
            user: seat.user.as_ref().into(),
            profile_index,
            groups: Vec::new(),
            tiers: Vec::new(),
            usage: CycleUsage::default(),
            stated: Stated::default(),
        }
    }

    /// Credits beyond the tier: what the vendor states of them leads (V6).
    fn overage(&self) -> Credits {
        self.stated.overage.filter(|stated| stated.is_positive()).unwrap_or(self.usage.overage)
    }

    /// Whether it is that user under that profile.
    pub(super) fn is(&self, profile: &str, user: &str) -> bool {
        self.user.as_str() == user && self.profile.as_str() == profile
    }

    /// The highest tier held this month, which is what the month costs (E2, E4, E5).
    pub(super) fn tier(&self) -> Option<PlanRank> {
        self.tiers.last().copied()
    }

    /// The highest tier of the groups the user is in now: what the next month begins with (E2).
    pub(super) fn assigned(&self) -> Option<PlanRank> {
        self.groups.iter().map(|(_, plan)| *plan).max()
    }

    /// What was used on each day of the month, up to the last day with a task.
    pub(super) fn days(&self) -> &[Credits] {
        &self.usage.days
    }

    pub(super) const fn is_subscribed(&self) -> bool {
        !self.tiers.is_empty()
    }

    pub(super) fn assign(&mut self, group: &str, plan: PlanRank, edition: &'static Edition) {
        match self.groups.iter_mut().find(|(name, _)| **name == *group) {
            Some((_, held)) => *held = plan,
            None => self.groups.push((group.into(), plan)),
        }
        if self.tier().is_none_or(|tier| tier < plan) {
            self.tiers.push(plan);
            self.usage.rerate(Limits::uncapped(edition.plan(plan).allowance), &mut Packs::default());
        }
    }

    pub(super) fn unassign(&mut self, group: &str) -> Result<(), RefusalReason> {
        let place = self.groups.iter().position(|(name, _)| **name == *group);
        self.groups.remove(place.ok_or(RefusalReason::NotAssigned)?);
        Ok(())
    }

    pub(super) fn meter(
        &mut self,
        credits: Credits,
        on_auto: Option<Credits>,
        overage_is_on: bool,
        (at, month): (Moment, Period),
        edition: &'static Edition,
    ) -> Result<(), RefusalReason> {
        let allowance = edition.plan(self.tier().ok_or(RefusalReason::NotSubscribed)?).allowance;
        if !overage_is_on && self.usage.plan >= allowance {
            self.usage.paused_tasks = self.usage.paused_tasks.saturating_add(1);
            return Err(RefusalReason::PausedAtLimit);
        }
        let day = month.day_of(at);
        let task = Task { at, day, from_bonus: Credits::ZERO, rest: credits, overage_is_on, on_auto };
        self.usage.take(&task, Limits::uncapped(allowance), &mut Packs::default());
        Ok(())
    }

    /// The month's lines in the order they arose (E4), overage last.
    pub(super) fn lines(&self, month: Period, edition: &'static Edition) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut held: Option<&'static Plan> = None;
        for tier in &self.tiers {
            let plan = edition.plan(*tier);
            lines.extend(held.map(|lower| Line::refund(lower, month)));
            lines.push(Line::subscription(plan, month));
            held = Some(plan);
        }
        if let Some(plan) = held
            && self.overage().is_positive()
        {
            lines.push(Line::overage(plan, self.overage(), edition.overage_unit_price, month));
        }
        lines.into_iter().map(|line| line.of(&self.profile, &self.user)).collect()
    }

    /// Ends the month: what it used, and the next one begins with what the groups give (E3, E5).
    pub(super) fn renew(&mut self) -> ClosedSubscription {
        let usage = std::mem::take(&mut self.usage);
        self.stated = Stated::default();
        self.tiers = self.assigned().into_iter().collect();
        ClosedSubscription {
            profile: self.profile.clone(),
            user: self.user.clone(),
            used: usage.used(),
            paused_tasks: usage.paused_tasks,
        }
    }

    /// Where the subscription stands; none while not subscribed.
    pub(super) fn standing(&self, edition: &'static Edition) -> Option<Subscription> {
        let plan = edition.plan(self.tier()?);
        let next_plan = match self.assigned() {
            None => Some("none"),
            Some(next) if next == plan.rank => None,
            Some(next) => Some(edition.plan(next).id.as_str()),
        };
        Some(Subscription {
            profile: self.profile.clone(),
            user: self.user.clone(),
            plan: &plan.id,
            next_plan,
            credits: self.credits(plan),
            month_to_date: self.month_to_date(plan, edition),
        })
    }

    fn credits(&self, plan: &Plan) -> SubscriptionCredits {
        let usage = &self.usage;
        let of_plan = plan.allowance.minus(usage.plan);
        let differs = self.stated.overage.filter(|stated| *stated != usage.overage);
        SubscriptionCredits {
            used: usage.used(),
            allowance: self.stated.limit.unwrap_or(plan.allowance),
            remaining: self.stated.limit.map_or(of_plan, |limit| limit.less_at_most_all(usage.used())),
            overage: self.overage(),
            uncovered: usage.uncovered,
            stated_overage: differs,
            computed_overage: differs.map(|_| usage.overage),
        }
    }

    fn month_to_date(&self, plan: &Plan, edition: &Edition) -> Money {
        plan.monthly_price.plus(self.overage().priced(edition.overage_unit_price))
    }
}
