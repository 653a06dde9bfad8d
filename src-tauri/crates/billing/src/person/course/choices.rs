//! Every choice that could be made now, beside each other, and which of them comes to least.

use super::{Course, Start, Supposed};
use crate::catalog::Edition;
use crate::person::Action;
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Month};
use serde::Serialize;

/// A plan chosen now, with overage or without.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    /// The plan's id.
    pub plan: &'static str,
    /// Whether overage is chosen.
    pub overage: bool,
    /// Whether it is how things stand, so that nothing has to be changed for it.
    pub unchanged: bool,
    /// Where it leads.
    pub course: Course,
    /// Whether no other choice that is as good comes to less.
    pub least: bool,
}

/// Each plan with and without overage, chosen at the start; the supposed changes are left out.
pub fn choices(start: &Start<'_>, supposed: &Supposed) -> Vec<Choice> {
    let edition = start.ledger.account.edition();
    let current = start.ledger.account.current(start.at);
    let own = start.ledger.account.plan();
    let mut choices = Vec::new();
    for plan in edition.plans() {
        for overage in [false, true] {
            if overage && !edition.has_overage(plan) {
                continue;
            }
            let mut changes = Vec::new();
            let stays = plan.rank == own.rank && current.next_plan.is_none();
            if !stays {
                changes.push((start.at, Action::ChangePlan(plan.rank)));
            }
            // The switch can be on while the plan is paid for: on the way to Free it is left as it is.
            if edition.has_overage(plan) && overage != current.credits.overage.enabled {
                changes.push((start.at, Action::SetOverage { enabled: overage }));
            }
            let unchanged = changes.is_empty();
            let course = start.course(&Supposed { changes, ..supposed.clone() }, false);
            choices.push(Choice { plan: &plan.id, overage, unchanged, course, least: false });
        }
    }
    // What might pause or be charged more isn't known then, so no choice is known to be the least.
    if start.use_is_known {
        mark_least(&mut choices, edition, month_of(supposed));
    }
    choices
}

/// What the supposed days come to over the whole month in which they end.
fn month_of(supposed: &Supposed) -> Credits {
    let days = Month::of_date(supposed.until).period().days();
    supposed.a_day.times(u64::try_from(days).unwrap_or(0))
}

/// Marks where least is charged. A choice on which requests pause is no fair comparison, nor is one that would not serve
/// a whole month of this use: a smaller plan begins only when the cycle ends.
fn mark_least(choices: &mut [Choice], edition: &Edition, month: Credits) {
    let serves = |choice: &Choice| {
        let plan = edition.plan_named(choice.plan);
        choice.overage || plan.is_some_and(|plan| plan.allowance >= month)
    };
    let is_fair = |choice: &&mut Choice| {
        let course = &choice.course;
        course.refused.is_none() && !course.run_out.is_some_and(|end| end.pauses) && serves(choice)
    };
    let mut fair: Vec<_> = choices.iter_mut().filter(is_fair).collect();
    let least = fair.iter().map(|choice| choice.course.together).min();
    if fair.len() > 1 {
        for choice in &mut fair {
            choice.least = Some(choice.course.together) == least;
        }
    }
}
