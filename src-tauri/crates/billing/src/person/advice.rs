//! Advice for one person.

use super::{Ledger, Outcome, Pace, PacksAhead, Waiting};
use crate::advice::{BreakEven, Cheapest, Cycle, Forecast, PlanMonth, break_evens, cheapest, month_costs};
use crate::timeline::AccountKind as _;
use crate::usage::AutoComparison;
use headroom_exact::{Credits, Moment};
use serde::Serialize;

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
}

impl PersonAdvice {
    /// Advice at `at`, after the events folded up to it; for a month of `month` credits, or of what the
    /// forecast says.
    pub fn on(ledger: &Ledger, month: Option<Credits>, at: Moment) -> Self {
        let account = &ledger.account;
        let edition = account.edition();
        let current = account.current(at);
        let cycle = Cycle { period: account.cycle(), days: account.days() };
        let forecast = cycle.forecast(at);
        let month = month.or(forecast.map(|forecast| forecast.even));
        let pace = Pace::at(&current, at);
        let run_out_at = pace.and_then(|pace| match pace.outcome {
            Outcome::LimitAt(moment) => Some(moment),
            Outcome::AtLimit => Some(at),
            Outcome::LeftAtReset { .. } | Outcome::NoLimit => None,
        });
        Self {
            as_of: at,
            plan: current.plan,
            used: current.credits.used,
            forecast,
            run_out_at,
            packs_ahead: pace.and_then(|pace| PacksAhead::at(&pace, account, at)),
            month,
            plans: month.map(|month| month_costs(edition, month)).unwrap_or_default(),
            cheapest: month.and_then(|month| {
                cheapest(edition.plans().iter(), account.plan(), month, |plan, used| {
                    edition.month_cost(plan, used)
                })
            }),
            break_evens: break_evens(edition, month),
            waiting: edition.paid_plans().filter_map(|plan| Waiting::on(ledger, plan, at)).collect(),
            auto: account.auto(),
        }
    }
}
