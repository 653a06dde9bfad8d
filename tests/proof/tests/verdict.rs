//! A verdict is made of the figures beside it: the pace, the advice, the previews. Over random accounts (K1–K12, N1–N7).

use crate::ledger;
use headroom_billing::advice::month_costs;
use headroom_billing::person::{
    Decision, Outcome, OverageAhead, Pace, PacksAhead, PlanVerdict, Preview, Verdict, Way, ways_on,
};
use headroom_billing::{AccountKind as _, Ledger, Scenario};
use headroom_exact::{Credits, Money};
use proof::{cases, generate, prove};
use proptest::prelude::*;
use serde_json::Value;

const SEED: u64 = 20;

fn accounts() -> impl Strategy<Value = Value> {
    prop_oneof![generate::person(), generate::person_of_lists(), generate::person_with_packs()]
}

/// Whether the generated account can be read: some of the lists' are meant to be refused.
fn is_readable(scenario: &Value) -> bool {
    matches!(Scenario::parse(scenario.to_string().as_bytes()), Ok(Scenario::Individual(_)))
}

#[test]
fn a_verdict_says_what_the_pace_says_and_every_way_on_costs_what_its_preview_says() {
    prove(&accounts(), cases(400), SEED, |scenario| {
        if !is_readable(&scenario) {
            return Ok(());
        }
        let (ledger, at) = ledger!(scenario, Individual);
        let account = &ledger.account;
        let current = account.current(at);
        let price = account.edition().overage_unit_price;
        let pace = Pace::at(&current, at);
        let ahead = pace.as_ref().and_then(|pace| OverageAhead::at(pace, &current, price));
        let verdict = Verdict::of(&current, &current.cycle, pace.as_ref(), price, at);
        match verdict {
            Verdict::Paused => {
                prop_assert!(current.paused || current.credits.left().is_some_and(Credits::is_zero));
            }
            Verdict::Lasts { to_spare } => {
                let outcome = pace.as_ref().map(|pace| pace.outcome);
                let leads =
                    matches!(outcome, Some(Outcome::LeftAtReset { credits, .. }) if credits == to_spare);
                prop_assert!(leads, "{outcome:?}");
            }
            Verdict::RunsOut { at: end, days_early, charged } => {
                prop_assert!(end >= at && end <= current.cycle.end);
                let early = current.cycle.end.seconds_since(end);
                prop_assert!(
                    i64::from(days_early) * 86_400 <= early && early < (i64::from(days_early) + 1) * 86_400
                );
                prop_assert_eq!(charged, ahead.filter(|_| current.credits.overage.keeps_running()));
            }
            Verdict::Charged { ahead: said } => prop_assert_eq!(said, ahead),
            Verdict::TooEarly | Verdict::NoPace => prop_assert!(pace.is_none()),
            Verdict::NoLimit => prop_assert!(current.credits.plan.allowance.is_none()),
        }
        let ways = ways_on(&ledger, pace.as_ref(), at);
        if ways.iter().all(|on| on.costs.is_some()) {
            prop_assert!(ways.is_sorted_by_key(|on| on.costs), "the cheapest first: {ways:?}");
        }
        for on in ways {
            match on.way {
                Way::Overage => {
                    let more = ahead
                        .zip(current.credits.overage.charge)
                        .map(|(ahead, so_far)| ahead.charge.minus(so_far));
                    prop_assert_eq!(on.costs, more);
                }
                Way::Packs { .. } => {
                    let ahead = pace.as_ref().and_then(|pace| PacksAhead::at(pace, account, at));
                    prop_assert_eq!(on.costs, ahead.map(|ahead| ahead.to_the_end));
                }
                Way::Plan { plan, today } => {
                    let preview = Preview::on(&ledger, plan, at);
                    prop_assert_eq!(preview.charge_now.map(|charge| charge.total), Some(today));
                    let still = pace.map(|pace| pace.projected_use.less_at_most_all(current.credits.used));
                    let left = preview.after.credits.left();
                    prop_assert!(
                        left.zip(still).is_none_or(|(left, still)| left >= still),
                        "it covers the rest"
                    );
                }
            }
        }
        Ok(())
    });
}

#[test]
fn no_plan_is_advised_that_costs_as_much_as_staying() {
    prove(&accounts(), cases(400), SEED, |scenario| {
        if !is_readable(&scenario) {
            return Ok(());
        }
        let (ledger, at) = ledger!(scenario, Individual);
        let account = &ledger.account;
        let Some(pace) = Pace::at(&account.current(at), at) else { return Ok(()) };
        let month = pace.projected_use;
        let costs = month_costs(&account.plan_costs(), month);
        let cost_on = |id: &str| costs.iter().find(|on| on.plan == id).and_then(|on| on.cost);
        // A plan that isn't sold to the account is none that it could have (K12).
        let is_had = |id: &str| {
            let plan = account.edition().plan_named(id).expect("a plan");
            plan.rank == account.plan().rank || Preview::on(&ledger, plan, at).refused.is_none()
        };
        let least = costs.iter().filter(|on| is_had(on.plan)).filter_map(|on| on.cost).min();
        let Some(verdict) = PlanVerdict::of(&ledger, month, Some(&pace), at) else {
            prop_assert_eq!(least, None);
            return Ok(());
        };
        let own = cost_on(&verdict.own.id);
        match verdict.decision {
            Decision::Move { plan, cost, saves, .. } => {
                prop_assert!(saves > Money::ZERO && plan.id != verdict.own.id);
                prop_assert_eq!(Some(cost), least);
                prop_assert_eq!(Some(cost), cost_on(&plan.id));
                prop_assert!(
                    own.is_none_or(|own| cost.plus(saves) <= own),
                    "no more than what the table has"
                );
            }
            Decision::Stay { other, .. } => {
                let covered = verdict.without_beside.is_some() || verdict.beyond.is_zero();
                prop_assert!(own == least || covered, "{:?} is the least, not {:?}", least, own);
                prop_assert!(
                    other.is_none_or(
                        |other| other.costs_more >= Money::ZERO && other.plan.id != verdict.own.id
                    )
                );
            }
            Decision::NotEnough { plan, cost } => {
                prop_assert_eq!((own, Some(cost), cost_on(&plan.id)), (None, least, least));
            }
            Decision::Coming { plan } => {
                prop_assert_eq!(account.current(at).next_plan, Some(plan.id.as_str()));
            }
        }
        Ok(())
    });
}
