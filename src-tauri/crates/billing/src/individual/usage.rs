//! One cycle's accepted usage and how the pools cover it: bonus, plan, then overage (K2, K5, K10).

use crate::units::Credits;

/// A stretch of tasks that ran with the overage switch in one position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    /// What the bonus did not cover.
    credits: Credits,
    overage_was_on: bool,
}

/// The cycle's tasks in time order, kept as stretches, and what covers them.
///
/// Re-rating (K10) depends only on the order of the tasks and on whether overage was on for each, so
/// tasks of one switch position add up: an upgrade costs the number of switch changes, not of tasks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct CycleUsage {
    stretches: Vec<Stretch>,
    pub(super) bonus: Credits,
    pub(super) plan: Credits,
    pub(super) overage: Credits,
    pub(super) uncovered: Credits,
    pub(super) paused_tasks: u32,
}

impl CycleUsage {
    /// All accepted credits of the cycle.
    pub(super) fn used(&self) -> Credits {
        self.bonus.plus(self.plan).plus(self.overage).plus(self.uncovered)
    }

    /// Takes an accepted task: `from_bonus` of it is covered by bonus credits, `rest` is not.
    pub(super) fn take(
        &mut self,
        from_bonus: Credits,
        rest: Credits,
        overage_is_on: bool,
        allowance: Credits,
    ) {
        self.bonus = self.bonus.plus(from_bonus);
        if rest.is_zero() {
            return;
        }
        let task = Stretch { credits: rest, overage_was_on: overage_is_on };
        match self.stretches.last_mut() {
            Some(last) if last.overage_was_on == overage_is_on => last.credits = last.credits.plus(rest),
            _ => self.stretches.push(task),
        }
        self.cover(task, allowance);
    }

    /// Rates the whole cycle again under another allowance (K10).
    pub(super) fn rerate(&mut self, allowance: Credits) {
        let stretches = std::mem::take(&mut self.stretches);
        self.plan = Credits::ZERO;
        self.overage = Credits::ZERO;
        self.uncovered = Credits::ZERO;
        for stretch in &stretches {
            self.cover(*stretch, allowance);
        }
        self.stretches = stretches;
    }

    fn cover(&mut self, stretch: Stretch, allowance: Credits) {
        let from_plan = stretch.credits.min(allowance.less_at_most_all(self.plan));
        let beyond = stretch.credits.minus(from_plan);
        self.plan = self.plan.plus(from_plan);
        if stretch.overage_was_on {
            self.overage = self.overage.plus(beyond);
        } else {
            self.uncovered = self.uncovered.plus(beyond);
        }
    }
}
