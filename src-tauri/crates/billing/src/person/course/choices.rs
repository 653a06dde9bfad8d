//! Every choice that could be made now, beside each other, and which of them comes to least.

use super::{Course, Start, Supposed};
use crate::catalog::{Edition, Plan};
use crate::person::Action;
use crate::timeline::AccountKind as _;
use chrono::NaiveDate;
use headroom_exact::{Credits, Month};
use serde::Serialize;

/// A plan chosen now, with overage or packs or without.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that a choice has or hasn't")]
pub struct Choice {
    /// The plan's id.
    pub plan: &'static str,
    /// Whether overage is chosen.
    pub overage: bool,
    /// Whether packs are bought, where they are sold in place of overage.
    pub packs: bool,
    /// Whether it is how things stand, so that nothing has to be changed for it.
    pub unchanged: bool,
    /// Where it leads.
    pub course: Course,
    /// Whether no other choice that fits comes to less.
    pub least: bool,
    /// Why it is no fair comparison, although a change to it may be allowed; none where it fits, or where that isn't known.
    pub unfit: Option<Unfit>,
}

/// Why a choice doesn't do for the use that is supposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Unfit {
    /// Requests pause before the last day has ended.
    Pauses {
        /// From this day on.
        on: NaiveDate,
    },
    /// A whole month needs more than the plan has, and nothing covers the rest: a smaller plan begins only when the cycle
    /// ends.
    TooSmall {
        /// Credits a month on the plan.
        allowance: Credits,
        /// Credits that a month of this use needs.
        needs: Credits,
    },
}

/// Each plan, the paid ones with overage or packs and without, chosen at the start; the supposed changes are left out.
pub fn choices(start: &Start<'_>, supposed: &Supposed) -> Vec<Choice> {
    let edition = start.ledger.account.edition();
    let mut choices = Vec::new();
    for plan in edition.plans() {
        choices.push(choice(start, supposed, plan, false));
        if plan.is_paid() {
            choices.push(choice(start, supposed, plan, true));
        }
    }
    // What might pause or be charged more isn't known otherwise, so no choice is known to fit or to be the least.
    if start.use_is_known {
        let current = start.ledger.account.current(start.at);
        let unlimited = Some(current.plan).filter(|_| current.credits.plan.allowance.is_none());
        mark_least(&mut choices, edition, unlimited, month_of(supposed));
    }
    choices
}

/// A plan on which requests go on when its credits end, or don't.
fn choice(start: &Start<'_>, supposed: &Supposed, plan: &'static Plan, goes_on: bool) -> Choice {
    let account = &start.ledger.account;
    let (edition, current) = (account.edition(), account.current(start.at));
    let has_overage = edition.has_overage(plan);
    let (overage, packs) = (goes_on && has_overage, goes_on && edition.has_packs());
    let mut changes = Vec::new();
    if plan.rank != account.plan().rank || current.next_plan.is_some() {
        changes.push((start.at, Action::ChangePlan(plan.rank)));
    }
    // The switch can be on while the plan is paid for: on the way to Free it is left as it is.
    if has_overage && overage != current.credits.overage.enabled {
        changes.push((start.at, Action::SetOverage { enabled: overage }));
    }
    let unchanged = changes.is_empty() && !packs;
    let course = start.course(&Supposed { changes, packs, ..supposed.clone() }, false);
    Choice { plan: &plan.id, overage, packs, unchanged, course, least: false, unfit: None }
}

/// What the supposed days come to over the whole month in which they end.
fn month_of(supposed: &Supposed) -> Credits {
    let days = Month::of_date(supposed.until).period().days();
    supposed.a_day.times(u64::try_from(days).unwrap_or(0))
}

/// Why a choice is no fair comparison where a month needs so many credits. The plan that has no limit, if the one it is on
/// has none, serves any.
fn unfit(choice: &Choice, edition: &Edition, unlimited: Option<&str>, needs: Credits) -> Option<Unfit> {
    if let Some(end) = choice.course.run_out.filter(|end| end.pauses) {
        return Some(Unfit::Pauses { on: end.day });
    }
    let allowance = edition.plan_named(choice.plan)?.allowance;
    let goes_on = choice.overage || choice.packs || unlimited == Some(choice.plan);
    (!goes_on && allowance < needs).then_some(Unfit::TooSmall { allowance, needs })
}

/// Marks where least is charged, and says of each choice that doesn't fit why: one on which requests pause, and one that
/// would not serve a whole month of this use. What is refused is no choice.
fn mark_least(choices: &mut [Choice], edition: &Edition, unlimited: Option<&str>, month: Credits) {
    for choice in &mut *choices {
        choice.unfit = unfit(choice, edition, unlimited, month);
    }
    let fits = |choice: &&mut Choice| choice.course.refused.is_none() && choice.unfit.is_none();
    let mut fair: Vec<_> = choices.iter_mut().filter(fits).collect();
    let least = fair.iter().map(|choice| choice.course.together).min();
    if fair.len() > 1 {
        for choice in &mut fair {
            choice.least = Some(choice.course.together) == least;
        }
    }
}
