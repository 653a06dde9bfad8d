//! Advice for one person.

use super::course::Advised;
use super::{Account, Ledger, Outcome, Pace, PacksAhead, PlanVerdict, Waiting};
use crate::advice::{
    BreakEven, Cheapest, Cycle, Forecast, PlanCosts, PlanMonth, break_evens, cheapest, month_costs,
};
use crate::timeline::AccountKind as _;
use crate::usage::{AutoComparison, Limit};
use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// What the plan has a cycle for one account, where that isn't the list's: as the vendor says (V4), or its owner (N7). What
/// months cost on that plan goes by it, on the others by the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct OwnLimit {
    /// Credits; none without a limit.
    pub credits: Option<Credits>,
    /// The list's.
    pub by_list: Credits,
}

/// Everything to know before deciding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PersonAdvice {
    /// The moment.
    pub as_of: Moment,
    /// The plan one is on.
    pub plan: &'static str,
    /// Used in the cycle so far.
    pub used: Credits,
    /// The use by the cycle's end; none while too little of it has passed.
    pub forecast: Option<Forecast>,
    /// When the credits end at an even pace; none if they last, or it is too early to say.
    pub run_out_at: Option<Moment>,
    /// What packs cost from then on; none where nothing runs out, or packs aren't sold.
    pub packs_ahead: Option<PacksAhead>,
    /// The month's use that the comparison is for: the one asked about, else the forecast's.
    pub month: Option<Credits>,
    /// The credits of the plan one is on, where they aren't the list's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_limit: Option<OwnLimit>,
    /// Credits of overage that a month can have at most, where the vendor says so: a plan that doesn't serve a month with
    /// them has no cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overage_cap: Option<Credits>,
    /// What that month costs on each plan.
    pub plans: Vec<PlanMonth>,
    /// The cheapest of them.
    pub cheapest: Option<Cheapest>,
    /// Where moving up pays off.
    pub break_evens: Vec<BreakEven>,
    /// Whether to wait with each upgrade.
    pub waiting: Vec<Waiting>,
    /// What the cycle's tasks cost, and what they would have cost on Auto, where both are known (K4).
    pub auto: Option<AutoComparison>,
    /// All of it as a decision at the pace so far, with the choices beside each other, for people: no part of the contract's
    /// form. None where another month is asked about.
    #[serde(skip)]
    pub verdict: Option<(PlanVerdict, Advised)>,
}

impl Account {
    /// What plans cost it a month: the one it is on by what is told of it, the others by the list (V4, N7).
    pub fn plan_costs(&self) -> PlanCosts {
        let costs = PlanCosts::by_list(self.edition()).with_limit(self.plan(), self.allowance());
        if self.has_overage() { costs.with_overage(self.overage_cap()) } else { costs }
    }

    /// The credits of the plan it is on, where they aren't the list's.
    pub fn own_limit(&self) -> Option<OwnLimit> {
        let by_list = self.plan().allowance;
        let own = Some(self.allowance()).filter(|own| *own != Limit::Credits(by_list));
        own.map(|own| OwnLimit { credits: own.credits(), by_list })
    }
}

impl PersonAdvice {
    /// Advice at `at`, after the events folded up to it; for a month of `month` credits, or of what the
    /// forecast says.
    pub fn on(ledger: &Ledger, month: Option<Credits>, at: Moment) -> Self {
        let account = &ledger.account;
        let edition = account.edition();
        let current = account.current(at);
        let cycle = Cycle { period: account.cycle(), days: account.days() };
        // What was used of a bonus before may be missing from the days.
        let forecast = cycle.forecast(at).filter(|_| current.credits.bonus_use_is_known);
        let pace = Pace::at(&current, at);
        // A month that is asked about is nobody's pace.
        let of_month = pace.as_ref().filter(|_| month.is_none());
        let verdict = of_month.and_then(|pace| {
            let verdict = PlanVerdict::of(ledger, pace.projected_use, Some(pace), at)?;
            let advised = Advised::at_pace(ledger, account.plan_costs(), pace, &verdict, at);
            Some((verdict, advised))
        });
        let month = month.or(forecast.map(|forecast| forecast.even));
        let run_out_at = pace.and_then(|pace| match pace.outcome {
            Outcome::LimitAt(moment) => Some(moment),
            Outcome::AtLimit => Some(at),
            Outcome::LeftAtReset { .. } | Outcome::NoLimit => None,
        });
        let costs = account.plan_costs();
        // Who has overage is sold no packs in its place.
        let packs = pace.filter(|_| !account.has_overage());
        Self {
            as_of: at,
            plan: current.plan,
            used: current.credits.used,
            forecast,
            run_out_at,
            packs_ahead: packs.and_then(|pace| PacksAhead::at(&pace, account, at)),
            month,
            own_limit: account.own_limit(),
            overage_cap: account.overage_cap().filter(|_| account.has_overage()),
            plans: month.map(|month| month_costs(&costs, month)).unwrap_or_default(),
            cheapest: month.and_then(|month| cheapest(edition.plans().iter(), account.plan(), month, &costs)),
            break_evens: break_evens(&costs, month),
            waiting: edition.paid_plans().filter_map(|plan| Waiting::on(ledger, plan, at)).collect(),
            auto: account.auto(),
            verdict,
        }
    }
}
