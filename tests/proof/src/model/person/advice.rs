//! What months cost on every plan as one account is told of it (V4, N7): its own plan by what it has there, the others by
//! the list; overage for whoever has it, packs for the others (N2, N4).

use super::Rules;
use crate::model::amounts::packs_for;
use crate::model::lists::{Lists, PLANS};
use crate::model::{Exact, Judged, as_of, cents, decimal, rounded, whole};
use num_traits::Zero;
use serde_json::{Value, json};

/// What is known of an account that costs depend on.
struct Told {
    own: usize,
    /// Of its own plan; none without a limit.
    limit: Option<Exact>,
    packs: bool,
    cap: Option<Exact>,
}

impl Told {
    fn of(scenario: &Value) -> Self {
        let judged = Judged::of(scenario);
        let (at, past) = (as_of(scenario), judged.accepted(judged.events.len()));
        let rules = Rules::new(scenario, &past);
        let own = Rules::plans(&past, at).0;
        let has_overage = rules.has_overage(&past, at);
        Self {
            own,
            limit: Rules::allowance(&past, own, at),
            packs: rules.lists.at(at).packs && !has_overage,
            cap: Rules::cap(&past, at).filter(|_| has_overage),
        }
    }

    /// Credits a month; none without a limit.
    fn has(&self, plan: usize) -> Option<Exact> {
        if plan == self.own { self.limit } else { Some(whole(PLANS[plan].2)) }
    }

    /// None where the plan doesn't serve so many.
    fn cost(&self, plan: usize, used: &Exact) -> Option<Exact> {
        let beyond = self.has(plan).map_or_else(Exact::zero, |has| (used - has).max(Exact::zero()));
        let price = whole(PLANS[plan].1);
        if beyond.is_zero() {
            return Some(price);
        }
        if plan == 0 || self.cap.is_some_and(|cap| beyond > cap) {
            return None;
        }
        Some(price + if self.packs { packs_for(&beyond) } else { rounded(&(beyond * decimal("0.04")), 2) })
    }

    /// The use at which the larger plan, which serves it without anything beyond, costs what the smaller one does.
    fn break_even(&self, lower: usize, higher: usize) -> Option<(Exact, Exact)> {
        let difference = whole(PLANS[higher].1 - PLANS[lower].1);
        // Even the first credit costs the smallest pack.
        let at_once = self.packs && difference < whole(5);
        let extra = if at_once { decimal("0.01") } else { difference / decimal("0.04") };
        let used = self.has(lower)? + extra;
        (self.cost(higher, &used)? == whole(PLANS[higher].1)).then_some(())?;
        self.cost(lower, &used)?;
        Some((extra, used))
    }
}

/// The plans at a month's use, the cheapest of them, and where moving up pays off.
pub fn costs_of(scenario: &Value, month: &str) -> Value {
    let told = Told::of(scenario);
    let month = decimal(month);
    let sold: Vec<usize> =
        Lists::of(scenario).expect("a list that there is").at(as_of(scenario)).plans().collect();
    let text = |cost: Option<Exact>| cost.map(|cost| cents(&cost));
    let plans: Vec<_> = sold
        .iter()
        .map(|plan| json!({"plan": PLANS[*plan].0, "cost": text(told.cost(*plan, &month))}))
        .collect();
    // Of equals the larger.
    let costs = sold.iter().filter_map(|plan| Some((told.cost(*plan, &month)?, *plan)));
    let cheapest = costs.reduce(|least, next| if next.0 <= least.0 { next } else { least });
    let cheapest = cheapest.map(|(cost, plan)| json!([PLANS[plan].0, cents(&cost)]));
    let paid: Vec<usize> = sold.into_iter().filter(|plan| *plan > 0).collect();
    let pairs = paid
        .iter()
        .enumerate()
        .flat_map(|(place, lower)| paid[place + 1..].iter().map(move |higher| (*lower, *higher)));
    let even = |(lower, higher): (usize, usize)| {
        let (extra, used) = told.break_even(lower, higher)?;
        let saves =
            told.cost(lower, &month).zip(told.cost(higher, &month)).map(|(low, high)| cents(&(low - high)));
        Some(
            json!({"from": PLANS[lower].0, "to": PLANS[higher].0, "extra": cents(&extra), "used": cents(&used),
            "saves": saves}),
        )
    };
    json!({"plans": plans, "cheapest": cheapest, "break_evens": pairs.filter_map(even).collect::<Vec<_>>()})
}
