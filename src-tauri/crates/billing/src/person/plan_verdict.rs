//! Whether to stay on a plan, by what a month of the use so far costs on each: the advice (`crate::advice`) as a decision.

use super::{Account, Ledger, Pace};
use crate::advice::{PlanCosts, break_evens_with_the_next, cheapest};
use crate::catalog::Plan;
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment, Money};

/// What to do about the plan. Amounts are of a month, without tax.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanVerdict {
    /// The plan one is on.
    pub own: &'static Plan,
    /// The plan that takes its place when the cycle ends, where a change is settled.
    pub next: Option<&'static Plan>,
    /// Credits of the month that this is decided for.
    pub month: Credits,
    /// What of them the plan one is on doesn't cover, nor anything beside it.
    pub beyond: Credits,
    /// As what that is paid; none where nothing covers it.
    pub paid_as: Option<PaidAs>,
    /// What the month costs on the plan one is on; none where nothing covers it there.
    pub staying: Option<Money>,
    /// What the month costs on the plan one is on where nothing beside it covers a part, if something does.
    pub without_beside: Option<Money>,
    /// When the cycle ends.
    pub cycle_ends: Moment,
    /// What to do.
    pub decision: Decision,
}

/// As what credits beyond a plan are paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaidAs {
    /// Overage, which is on.
    Overage,
    /// Overage, which would have to be allowed.
    OverageOff,
    /// Packs (N4).
    Packs,
}

/// What to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Nothing: no other plan that covers the month costs less.
    Stay {
        /// The cheapest of the others; none where no other covers it.
        other: Option<Other>,
        /// Credits a month from which the next larger plan costs less; none where it never does.
        pays_off_at: Option<Credits>,
    },
    /// Another plan covers the month and costs less.
    Move {
        /// Which.
        plan: &'static Plan,
        /// What the month costs there.
        cost: Money,
        /// How much less that is.
        saves: Money,
        /// Whether it is a smaller one, which begins when the cycle ends.
        later: bool,
    },
    /// Nothing covers the month on the plan one is on; this is the cheapest that does.
    NotEnough {
        /// Which.
        plan: &'static Plan,
        /// What the month costs there.
        cost: Money,
    },
    /// The cheapest takes its place when the cycle ends: that is settled.
    Coming {
        /// Which.
        plan: &'static Plan,
    },
}

/// The plan that comes next after the best.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Other {
    /// Which.
    pub plan: &'static Plan,
    /// What the month costs more there; zero where it costs the same.
    pub costs_more: Money,
}

impl PlanVerdict {
    /// For a month of so many credits; with the pace that they come from, what a bonus, grants or packs cover of this month
    /// isn't bought twice. None where no plan that can be had covers such a month.
    pub fn of(ledger: &Ledger, month: Credits, pace: Option<&Pace>, at: Moment) -> Option<Self> {
        Self::by(ledger, &ledger.account.plan_costs(), month, pace, at)
    }

    /// The same by other costs than the account's own.
    pub fn by(
        ledger: &Ledger,
        costs: &PlanCosts,
        month: Credits,
        pace: Option<&Pace>,
        at: Moment,
    ) -> Option<Self> {
        let account = &ledger.account;
        let (own, edition) = (account.plan(), account.edition());
        let current = account.current(at);
        let beyond = beyond(account, costs, month, pace, at);
        let can_be_had = |plan: &&'static Plan| can_be_had(account, plan, at);
        let best = cheapest(edition.plans().iter().filter(can_be_had), own, month, costs)?;
        let plan = edition.plan_named(best.plan)?;
        let next = current.next_plan.and_then(|next| edition.plan_named(next));
        let staying = cost_of_staying(account, costs, month, beyond);
        let decision = if current.next_plan == Some(best.plan) {
            Decision::Coming { plan }
        } else {
            match staying {
                None => Decision::NotEnough { plan, cost: best.cost },
                Some(staying) if plan.rank != own.rank && best.cost < staying => Decision::Move {
                    plan,
                    cost: best.cost,
                    saves: staying.minus(best.cost),
                    later: plan.rank < own.rank,
                },
                Some(staying) => stay(account, costs, month, staying, at),
            }
        };
        let (paid_as, cycle_ends) =
            (paid_as(account, current.credits.overage.keeps_running()), account.cycle().end);
        let without_beside =
            costs.month_cost(own, month).filter(|by_use| staying.is_some_and(|staying| *by_use > staying));
        Some(Self { own, next, month, beyond, paid_as, staying, without_beside, cycle_ends, decision })
    }

    /// The cheapest that covers the month.
    pub const fn best(&self) -> &'static Plan {
        match self.decision {
            Decision::Stay { .. } => self.own,
            Decision::Move { plan, .. } | Decision::NotEnough { plan, .. } | Decision::Coming { plan } => {
                plan
            }
        }
    }

    /// The plan that the decision names beside one's own: to move to, or to compare with.
    pub const fn named(&self) -> Option<&'static Plan> {
        match self.decision {
            Decision::Stay { other: Some(Other { plan, .. }), .. }
            | Decision::Move { plan, .. }
            | Decision::NotEnough { plan, .. }
            | Decision::Coming { plan } => Some(plan),
            Decision::Stay { other: None, .. } => None,
        }
    }
}

/// What of a month's credits lies beyond the plan one is on and everything beside it.
fn beyond(account: &Account, costs: &PlanCosts, month: Credits, pace: Option<&Pace>, at: Moment) -> Credits {
    let Some(pace) = pace else {
        return costs
            .allowance(account.plan())
            .credits()
            .map_or(Credits::ZERO, |allowance| month.less_at_most_all(allowance));
    };
    let credits = account.current(at).credits;
    credits.overage.credits.plus(credits.uncovered).plus(pace.beyond)
}

fn paid_as(account: &Account, overage_is_on: bool) -> Option<PaidAs> {
    if account.has_overage() {
        return Some(if overage_is_on { PaidAs::Overage } else { PaidAs::OverageOff });
    }
    account.offered_packs().map(|_| PaidAs::Packs)
}

/// What the month costs on the plan one is on: never more than what is really beyond it costs. None where nothing covers it.
fn cost_of_staying(account: &Account, costs: &PlanCosts, month: Credits, beyond: Credits) -> Option<Money> {
    let (own, edition) = (account.plan(), account.edition());
    let by_use = costs.month_cost(own, month);
    let by_what_is_left = edition.cost_with_beyond(own, beyond, account.has_overage());
    match (by_use, by_what_is_left) {
        (Some(by_use), Some(by_what_is_left)) => Some(by_use.min(by_what_is_left)),
        // A bonus may cover what the plan doesn't.
        (by_use, by_what_is_left) => by_use.or(by_what_is_left.filter(|_| beyond.is_zero())),
    }
}

/// Whether a change to a plan isn't refused, as for an address where it isn't sold (K12); the plan one is on is had.
fn can_be_had(account: &Account, plan: &Plan, at: Moment) -> bool {
    plan.rank == account.plan().rank || account.trying(plan.rank, at).1.is_ok()
}

fn stay(account: &Account, costs: &PlanCosts, month: Credits, staying: Money, at: Moment) -> Decision {
    let own = account.plan();
    let can_be_had = |plan: &&'static Plan| can_be_had(account, plan, at);
    let others = costs.edition().plans().iter().filter(|plan| plan.rank != own.rank).filter(can_be_had);
    let other = cheapest(others, own, month, costs);
    let next = |id: &str| costs.edition().plan_named(id).filter(can_be_had);
    let pays_off = break_evens_with_the_next(costs).into_iter().find(|pair| pair.from == own.id);
    let pays_off = pays_off.filter(|pair| next(pair.to).is_some());
    Decision::Stay {
        other: other.and_then(|other| {
            let more = other.cost.minus(staying);
            let plan = costs.edition().plan_named(other.plan)?;
            Some(Other { plan, costs_more: if more.is_positive() { more } else { Money::ZERO } })
        }),
        pays_off_at: pays_off.map(|pair| pair.used),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// What is decided after 10 of June's 30 days on a plan, with so many credits used, and bonus credits or none.
    fn decision(plan: &str, trial: bool, used: &str) -> String {
        let change = match plan {
            "free" => String::new(),
            plan => format!(r#"{{"at": "2026-06-01T00:00:00Z", "type": "change_plan", "plan": "{plan}"}},"#),
        };
        let json = format!(
            r#"{{"account": "kiro-individual", "as_of": "2026-06-11T00:00:00Z", "events": [
            {{"at": "2026-06-01T00:00:00Z", "type": "sign_up", "trial": {trial}}}, {change}
            {{"at": "2026-06-01T00:00:00Z", "type": "usage", "credits": "{used}"}}]}}"#
        );
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a scenario of one person: {json}");
        };
        let at = sourced.timeline.as_of;
        let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        let pace = Pace::at(&ledger.account.current(at), at).expect("a pace");
        match PlanVerdict::of(&ledger, pace.projected_use, Some(&pace), at).expect("a plan").decision {
            Decision::Stay { other: Some(other), pays_off_at } => {
                let from = pays_off_at.map_or("never".to_owned(), |from| from.to_string());
                format!("stay, {} more on {}, up from {from}", other.costs_more, other.plan.id)
            }
            Decision::Stay { other: None, .. } => "stay".to_owned(),
            Decision::Move { plan, cost, saves, later } => {
                format!("{} {cost}, saves {saves}, later {later}", plan.id)
            }
            Decision::NotEnough { plan, cost } => format!("not enough, {} {cost}", plan.id),
            Decision::Coming { plan } => format!("{} comes", plan.id),
        }
    }

    #[test]
    fn it_is_never_moved_to_a_plan_that_costs_as_much_or_more() {
        let cases = [
            // 376 a month beyond Pro's cost $15.04; Pro+ pays off past 1,500.
            ("pro", false, "458.67", "stay, 4.96 more on pro-plus, up from 1500.00"),
            ("pro", false, "500", "stay, 0.00 more on pro-plus, up from 1500.00"),
            ("pro", false, "500.10", "pro-plus 40.00, saves 0.01, later false"),
            ("pro", false, "600", "pro-plus 40.00, saves 12.00, later false"),
            ("pro-plus", false, "300", "pro 20.00, saves 20.00, later true"),
            ("pro", false, "10", "free 0.00, saves 20.00, later true"),
            ("free", false, "10", "stay, 20.00 more on pro, up from never"),
            ("free", false, "17", "not enough, pro 20.00"),
            // 500 credits of a trial cover what Pro lacks this month.
            ("pro", true, "500", "stay, 20.00 more on pro-plus, up from 1500.00"),
            ("free", true, "100", "stay, 20.00 more on pro, up from never"),
        ];
        for (plan, trial, used, expected) in cases {
            assert_eq!(
                decision(plan, trial, used),
                expected,
                "{plan}, trial {trial}, {used} used in 10 days"
            );
        }
    }
}
