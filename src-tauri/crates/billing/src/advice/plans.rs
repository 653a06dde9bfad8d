//! Plans beside each other at a given use of a month: cost, break-even, the cheapest.

use crate::catalog::{Edition, Plan, PlanRank};
use crate::usage::Limit;
use headroom_exact::{Credits, Money};
use serde::Serialize;

/// What plans cost a month: by a price list, but for what is told of the account that asks.
#[derive(Clone, Copy, Debug)]
pub struct PlanCosts {
    edition: &'static Edition,
    /// What the plan that it is on has a cycle for it, where that isn't the list's (V4, N7).
    own: Option<(PlanRank, Limit)>,
    /// Whether it has overage although the list sells packs: an organisation's user (N2).
    keeps_overage: bool,
    /// Credits of overage at most in a month.
    cap: Option<Credits>,
}

impl PlanCosts {
    /// By the list alone.
    pub const fn by_list(edition: &'static Edition) -> Self {
        Self { edition, own: None, keeps_overage: false, cap: None }
    }

    /// The same where a plan has other credits than the list's.
    #[must_use]
    pub fn with_limit(self, plan: &Plan, limit: Limit) -> Self {
        let is_listed = limit == Limit::Credits(plan.allowance);
        Self { own: (!is_listed).then_some((plan.rank, limit)), ..self }
    }

    /// The same for an account that has overage whatever the list says, with a cap where there is one.
    #[must_use]
    pub const fn with_overage(self, cap: Option<Credits>) -> Self {
        Self { keeps_overage: true, cap, ..self }
    }

    /// The list.
    pub const fn edition(&self) -> &'static Edition {
        self.edition
    }

    /// What a plan has a month.
    pub fn allowance(&self, plan: &Plan) -> Limit {
        let own = self.own.filter(|(rank, _)| *rank == plan.rank);
        own.map_or(Limit::Credits(plan.allowance), |(_, limit)| limit)
    }

    /// What a month of that use costs on a plan, without tax (K1, K5, N4). None where the plan doesn't serve it: Free beyond
    /// its credits, and overage beyond a cap.
    pub fn month_cost(&self, plan: &Plan, used: Credits) -> Option<Money> {
        let beyond = used.minus(self.allowance(plan).covers(used, Credits::ZERO));
        let as_overage = self.keeps_overage || self.edition.has_overage(plan);
        let is_capped = as_overage && self.cap.is_some_and(|cap| beyond > cap);
        if is_capped { None } else { self.edition.cost_with_beyond(plan, beyond, as_overage) }
    }

    /// The credits beyond the lower plan's at which both cost the same. None where moving up never pays off: the lower plan
    /// has no limit, or so much more than the list gives it that the higher one needs overage by then too.
    fn break_even(&self, lower: &Plan, higher: &Plan) -> Option<Credits> {
        let extra = if self.keeps_overage {
            self.edition.break_even_with_overage(lower, higher)
        } else {
            self.edition.break_even(lower, higher)
        };
        let used = self.allowance(lower).credits()?.plus(extra);
        let is_served = self.allowance(higher).credits().is_none_or(|credits| used <= credits);
        let is_reached = self.cap.is_none_or(|cap| extra <= cap);
        (is_served && is_reached).then_some(extra)
    }
}

/// A month on a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PlanMonth {
    /// The plan's id.
    pub plan: &'static str,
    /// Price and what lies beyond its credits, without tax; none where the plan doesn't serve it: on Free, beyond a cap.
    pub cost: Option<Money>,
}

/// What a month of that use costs on each plan, smallest first (K1, K5).
pub fn month_costs(costs: &PlanCosts, used: Credits) -> Vec<PlanMonth> {
    let on = |plan: &'static Plan| PlanMonth { plan: &plan.id, cost: costs.month_cost(plan, used) };
    costs.edition.plans().iter().map(on).collect()
}

/// The cheapest plan for a month of that use, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Cheapest {
    /// The plan's id.
    pub plan: &'static str,
    /// What the month costs there, without tax.
    pub cost: Money,
    /// What it costs less than on the plan one is on; none where that isn't enough.
    pub saves: Option<Money>,
    /// One sentence.
    pub reason: String,
}

/// The cheapest of some plans for a month of that use, seen from the plan one is on. Of equals the larger,
/// as in a replay; Free only when its own credits are enough.
pub fn cheapest(
    among: impl DoubleEndedIterator<Item = &'static Plan>,
    own: &'static Plan,
    used: Credits,
    costs: &PlanCosts,
) -> Option<Cheapest> {
    let of = |plan| costs.month_cost(plan, used);
    let (plan, cost) =
        among.rev().filter_map(|plan| Some((plan, of(plan)?))).min_by_key(|(_, cost)| *cost)?;
    let own_cost = of(own);
    let saves = own_cost.map(|own| own.minus(cost));
    let reason = match own_cost {
        _ if plan.rank == own.rank => {
            format!("{} stays the cheapest: a month of {used} credits costs ${cost}.", plan.name)
        }
        Some(own_cost) => format!(
            "A month of {used} credits costs ${cost} on {} and ${own_cost} on {}.",
            plan.name, own.name
        ),
        None => {
            let given = costs.allowance(own).credits().unwrap_or(own.allowance);
            format!("{} gives {given} credits a month; {used} need {} at ${cost}.", own.name, plan.name)
        }
    };
    Some(Cheapest { plan: &plan.id, cost, saves, reason })
}

/// Where moving from one plan up to another pays off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BreakEven {
    /// The lower plan's id.
    pub from: &'static str,
    /// The higher plan's id.
    pub to: &'static str,
    /// Credits beyond the lower plan's own at which both cost the same.
    pub extra: Credits,
    /// The same as a whole month's use.
    pub used: Credits,
    /// What the higher plan costs less at the use asked about; negative when it costs more.
    pub saves: Option<Money>,
}

impl BreakEven {
    /// None where it never does.
    fn between(
        costs: &PlanCosts,
        lower: &'static Plan,
        higher: &'static Plan,
        used: Option<Credits>,
    ) -> Option<Self> {
        let extra = costs.break_even(lower, higher)?;
        let cost = |plan| costs.month_cost(plan, used?);
        Some(Self {
            from: &lower.id,
            to: &higher.id,
            extra,
            used: costs.allowance(lower).credits()?.plus(extra),
            saves: cost(lower).zip(cost(higher)).map(|(lower, higher)| lower.minus(higher)),
        })
    }
}

/// The break-even of every pair of paid plans that has one (K1, K5), judged at a use if one is given.
pub fn break_evens(costs: &PlanCosts, used: Option<Credits>) -> Vec<BreakEven> {
    let paid: Vec<_> = costs.edition.paid_plans().collect();
    let pairs = paid.iter().enumerate().flat_map(|(place, lower)| {
        paid.iter().skip(place.saturating_add(1)).map(move |higher| (*lower, *higher))
    });
    pairs.filter_map(|(lower, higher)| BreakEven::between(costs, lower, higher, used)).collect()
}

/// The break-even of each paid plan with the next larger one, where there is one.
pub fn break_evens_with_the_next(costs: &PlanCosts) -> Vec<BreakEven> {
    let paid = || costs.edition.paid_plans();
    let pairs = paid().zip(paid().skip(1));
    pairs.filter_map(|(plan, next)| BreakEven::between(costs, plan, next, None)).collect()
}

/// What a month of some use costs on each paid plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CostPoint {
    /// The month's use.
    pub used: Credits,
    /// What it costs, without tax, smallest plan first; beyond a cap what it would.
    pub costs: Vec<Money>,
    /// Whether it is the use that was asked about.
    pub is_pace: bool,
}

/// The plans' costs at every use where one of their lines bends, jumps or meets its neighbour's, at nothing and at `pace`:
/// between two such points every line is straight, to the cent. Where packs are sold the first credit beyond a plan's own
/// costs the smallest pack, which lasts for some more.
pub fn cost_points(costs: &PlanCosts, pace: Option<Credits>) -> Vec<CostPoint> {
    let costs = &PlanCosts { cap: None, ..*costs };
    let paid = || costs.edition.paid_plans();
    let allowances: Vec<_> = paid().filter_map(|plan| costs.allowance(plan).credits()).collect();
    let packs = costs.edition.packs.filter(|_| !costs.keeps_overage);
    let smallest = packs.and_then(|offer| offer.credits_for(offer.smallest));
    let ends = smallest.map(|pack| [Credits::SMALLEST, pack]);
    let jumps = ends.into_iter().flatten().flat_map(|more| allowances.iter().map(move |all| all.plus(more)));
    let meetings = break_evens_with_the_next(costs).into_iter().map(|pair| pair.used);
    let bends = allowances.iter().copied();
    let mut at: Vec<_> = bends.chain(jumps).chain(meetings).chain(pace).chain([Credits::ZERO]).collect();
    at.sort_unstable();
    at.dedup();
    let of_each = |used| paid().filter_map(|plan| costs.month_cost(plan, used)).collect();
    let point = |used| CostPoint { used, costs: of_each(used), is_pace: pace == Some(used) };
    at.into_iter().map(point).collect()
}
