//! What has to be done beside being on the plan that a verdict is for: read off the choices, so that the verdict and the table
//! of them say the same.

use super::{Choice, Need, Start, Supposed, Unfit, best_of, choices, that_differ};
use crate::advice::PlanCosts;
use crate::person::{Ledger, Pace, PlanVerdict};
use crate::timeline::AccountKind as _;
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment};

/// What that is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beside {
    /// Nothing: the plan covers the use.
    Nothing,
    /// Overage is allowed, which is off (K5).
    Overage,
    /// Packs are bought (N4).
    Packs,
    /// Nothing that is offered with the plan helps: requests pause until the credits renew (K6).
    Waiting,
}

/// When requests pause if nothing is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pauses {
    /// They do already.
    Now,
    /// From this day on.
    From(NaiveDate),
}

/// The choices that differ, what is to be done beside the verdict's plan, and when requests pause if nothing is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advised {
    /// Every choice beside the others.
    pub choices: Vec<Choice>,
    /// What has to be done beside being on the plan.
    pub beside: Beside,
    /// When requests pause in the running cycle as things stand; none where they don't, or where that isn't known.
    pub pauses: Option<Pauses>,
}

impl Advised {
    /// For what is supposed, by what is decided of it.
    pub fn of(start: &Start<'_>, supposed: &Supposed, need: &Need, verdict: Option<&PlanVerdict>) -> Self {
        let current = start.ledger.account.current(start.at);
        let is_on = current.credits.overage.enabled;
        let choices = that_differ(choices(start, supposed, need), is_on);
        let standing = choices.iter().find(|choice| choice.unchanged);
        let from = standing.and_then(pauses_from).filter(|from| *from < current.cycle.end.date());
        let is_now = current.credits.left().is_some_and(Credits::is_zero);
        let pauses = from.map(|from| if is_now { Pauses::Now } else { Pauses::From(from) });
        let beside = verdict.map_or(Beside::Nothing, |verdict| beside(&choices, verdict, is_on));
        Self { choices, beside, pauses }
    }

    /// For the pace so far, up to the cycle's end.
    pub fn at_pace(
        ledger: &Ledger,
        costs: PlanCosts,
        pace: &Pace,
        verdict: &PlanVerdict,
        at: Moment,
    ) -> Self {
        let start = Start { ledger, at, use_is_known: true, position: 0 };
        let until = ledger.account.cycle().end.plus_seconds(-1).date();
        let supposed = Supposed { until, rate: pace.rate(), changes: Vec::new(), packs: false };
        let need = Need { costs, month: pace.projected_use, beyond: Some(verdict.beyond), is_asked: false };
        Self::of(&start, &supposed, &need, Some(verdict))
    }
}

fn pauses_from(choice: &Choice) -> Option<NaiveDate> {
    match choice.unfit {
        Some(Unfit::Pauses { on }) => Some(on),
        Some(Unfit::TooSmall { .. }) | None => None,
    }
}

fn beside(choices: &[Choice], verdict: &PlanVerdict, overage_is_on: bool) -> Beside {
    let plan = verdict.best();
    match best_of(choices, plan) {
        Some(choice) if choice.packs => Beside::Packs,
        Some(choice) if choice.overage && !overage_is_on => Beside::Overage,
        Some(_) => Beside::Nothing,
        None => {
            let mut of_plan = choices.iter().filter(|choice| choice.plan == plan.id);
            if of_plan.any(|choice| pauses_from(choice).is_some()) {
                Beside::Waiting
            } else {
                Beside::Nothing
            }
        }
    }
}
