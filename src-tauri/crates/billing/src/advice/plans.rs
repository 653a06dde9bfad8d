//! Plans beside each other at a given use of a month: cost, break-even, the cheapest.

use crate::catalog::{Edition, Plan};
use headroom_exact::{Credits, Money};
use serde::Serialize;

/// A month on a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PlanMonth {
    /// The plan's id.
    pub plan: &'static str,
    /// Price and what lies beyond its credits, without tax; none on Free when that isn't enough.
    pub cost: Option<Money>,
}

/// What a month of that use costs on each plan, smallest first (K1, K5).
pub fn month_costs(edition: &'static Edition, used: Credits) -> Vec<PlanMonth> {
    let on = |plan: &'static Plan| PlanMonth { plan: &plan.id, cost: edition.month_cost(plan, used) };
    edition.plans().iter().map(on).collect()
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
/// as in a replay; Free only when its own credits are enough. What a month costs depends on who pays it.
pub fn cheapest(
    among: impl DoubleEndedIterator<Item = &'static Plan>,
    own: &'static Plan,
    used: Credits,
    month_cost: impl Fn(&Plan, Credits) -> Option<Money>,
) -> Option<Cheapest> {
    let (plan, cost) =
        among.rev().filter_map(|plan| Some((plan, month_cost(plan, used)?))).min_by_key(|(_, cost)| *cost)?;
    let own_cost = month_cost(own, used);
    let saves = own_cost.map(|own| own.minus(cost));
    let reason = match own_cost {
        _ if plan.rank == own.rank => {
            format!("{} stays the cheapest: a month of {used} credits costs ${cost}.", plan.name)
        }
        Some(own_cost) => format!(
            "A month of {used} credits costs ${cost} on {} and ${own_cost} on {}.",
            plan.name, own.name
        ),
        None => format!(
            "{} gives {} credits a month; {used} need {} at ${cost}.",
            own.name, own.allowance, plan.name
        ),
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
    fn between(
        edition: &Edition,
        lower: &'static Plan,
        higher: &'static Plan,
        used: Option<Credits>,
    ) -> Self {
        let extra = edition.break_even(lower, higher);
        let cost = |plan| edition.month_cost(plan, used?);
        Self {
            from: &lower.id,
            to: &higher.id,
            extra,
            used: lower.allowance.plus(extra),
            saves: cost(lower).zip(cost(higher)).map(|(lower, higher)| lower.minus(higher)),
        }
    }
}

/// The break-even of every pair of paid plans (K1, K5), judged at a use if one is given.
pub fn break_evens(edition: &'static Edition, used: Option<Credits>) -> Vec<BreakEven> {
    let paid: Vec<_> = edition.paid_plans().collect();
    let pairs = paid.iter().enumerate().flat_map(|(place, lower)| {
        paid.iter().skip(place.saturating_add(1)).map(move |higher| (*lower, *higher))
    });
    pairs.map(|(lower, higher)| BreakEven::between(edition, lower, higher, used)).collect()
}

/// The break-even of each paid plan with the next larger one.
pub fn break_evens_with_the_next(edition: &'static Edition) -> Vec<BreakEven> {
    let next = edition.paid_plans().skip(1);
    edition.paid_plans().zip(next).map(|(plan, next)| BreakEven::between(edition, plan, next, None)).collect()
}

/// What a month of some use costs on each paid plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CostPoint {
    /// The month's use.
    pub used: Credits,
    /// What it costs, without tax, smallest plan first.
    pub costs: Vec<Money>,
    /// Whether it is the use that was asked about.
    pub is_pace: bool,
}

/// The plans' costs at every use where one of their lines bends, jumps or meets its neighbour's, at nothing and at `pace`:
/// between two such points every line is straight, to the cent. Where packs are sold the first credit beyond a plan's own
/// costs the smallest pack, which lasts for some more.
pub fn cost_points(edition: &'static Edition, pace: Option<Credits>) -> Vec<CostPoint> {
    let bends = edition.paid_plans().map(|plan| plan.allowance);
    let smallest = edition.packs.and_then(|offer| offer.credits_for(offer.smallest));
    let jumps = smallest.into_iter().flat_map(|pack| {
        let ends = [Credits::SMALLEST, pack];
        edition.paid_plans().flat_map(move |plan| ends.map(|more| plan.allowance.plus(more)))
    });
    let meetings = break_evens_with_the_next(edition).into_iter().map(|pair| pair.used);
    let mut at: Vec<_> = bends.chain(jumps).chain(meetings).chain(pace).chain([Credits::ZERO]).collect();
    at.sort_unstable();
    at.dedup();
    let costs = |used| edition.paid_plans().filter_map(|plan| edition.month_cost(plan, used)).collect();
    let point = |used| CostPoint { used, costs: costs(used), is_pace: pace == Some(used) };
    at.into_iter().map(point).collect()
}
