//! One cycle's accepted usage and how the pools cover it: bonus, plan, add-on packs, then overage
//! (K2, K5, K10; E1 for each user of an organisation).

use crate::packs::{Packs, Reach};
use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// An accepted task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task {
    pub(crate) at: Moment,
    /// The day of the cycle, from 0.
    pub(crate) day: usize,
    pub(crate) from_bonus: Credits,
    /// What the bonus does not cover.
    pub(crate) rest: Credits,
    pub(crate) overage_is_on: bool,
    /// What it would have cost on Auto, where that is known (K4).
    pub(crate) on_auto: Option<Credits>,
}

/// A stretch of tasks that ran with the overage switch in one position and the same packs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    /// The packs its tasks found.
    reach: Reach,
    /// What the bonus did not cover.
    credits: Credits,
    overage_was_on: bool,
}

/// What tasks cost, and what the same would have cost on Auto (K4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct AutoComparison {
    /// What the tasks cost whose cost on Auto is known.
    pub cost: Credits,
    /// What they would have cost on Auto.
    pub on_auto: Credits,
}

/// The cycle's tasks in time order, kept as stretches, and what covers them.
///
/// Re-rating (K10) depends only on the order of the tasks, on whether overage was on for each and on the
/// packs that were there, so tasks alike in these add up: an upgrade costs the number of changes, not of
/// tasks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct CycleUsage {
    stretches: Vec<Stretch>,
    pub(crate) bonus: Credits,
    pub(crate) plan: Credits,
    pub(crate) packs: Credits,
    pub(crate) overage: Credits,
    pub(crate) uncovered: Credits,
    /// What went back to packs in the cycle, because larger plans covered it (N5).
    pub(crate) gone_back: Credits,
    pub(crate) paused_tasks: u32,
    /// What was used on each day of the cycle, up to the last day with a task.
    pub(crate) days: Vec<Credits>,
    pub(crate) auto: AutoComparison,
}

impl CycleUsage {
    /// All accepted credits of the cycle.
    pub(crate) fn used(&self) -> Credits {
        self.bonus.plus(self.plan).plus(self.packs).plus(self.overage).plus(self.uncovered)
    }

    /// Takes an accepted task.
    pub(crate) fn take(&mut self, task: &Task, allowance: Credits, packs: &mut Packs) {
        self.bonus = self.bonus.plus(task.from_bonus);
        let cost = task.from_bonus.plus(task.rest);
        self.note(task, cost);
        if task.rest.is_zero() {
            return;
        }
        let reach = packs.reach(task.at);
        let stretch = Stretch { reach, credits: task.rest, overage_was_on: task.overage_is_on };
        match self.stretches.last_mut() {
            Some(last)
                if last.overage_was_on == task.overage_is_on && packs.are_the_same(last.reach, reach) =>
            {
                last.credits = last.credits.plus(task.rest);
            }
            _ => self.stretches.push(stretch),
        }
        self.cover(stretch, allowance, packs);
    }

    fn note(&mut self, task: &Task, cost: Credits) {
        if self.days.len() <= task.day {
            self.days.resize(task.day.saturating_add(1), Credits::ZERO);
        }
        if let Some(day) = self.days.get_mut(task.day) {
            *day = day.plus(cost);
        }
        if let Some(on_auto) = task.on_auto {
            self.auto.cost = self.auto.cost.plus(cost);
            self.auto.on_auto = self.auto.on_auto.plus(on_auto);
        }
    }

    /// Rates the whole cycle again under another allowance (K10). What packs paid for and the plan now
    /// covers goes back to them.
    pub(crate) fn rerate(&mut self, allowance: Credits, packs: &mut Packs) {
        let stretches = std::mem::take(&mut self.stretches);
        let from_packs = self.packs;
        packs.give_back();
        self.plan = Credits::ZERO;
        self.packs = Credits::ZERO;
        self.overage = Credits::ZERO;
        self.uncovered = Credits::ZERO;
        for stretch in &stretches {
            self.cover(*stretch, allowance, packs);
        }
        self.gone_back = self.gone_back.plus(from_packs.less_at_most_all(self.packs));
        self.stretches = stretches;
    }

    fn cover(&mut self, stretch: Stretch, allowance: Credits, packs: &mut Packs) {
        let from_plan = stretch.credits.min(allowance.less_at_most_all(self.plan));
        let rest = stretch.credits.minus(from_plan);
        let from_packs = packs.take(rest, stretch.reach);
        let beyond = rest.minus(from_packs);
        self.plan = self.plan.plus(from_plan);
        self.packs = self.packs.plus(from_packs);
        if stretch.overage_was_on {
            self.overage = self.overage.plus(beyond);
        } else {
            self.uncovered = self.uncovered.plus(beyond);
        }
    }
}
