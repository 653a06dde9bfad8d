//! One cycle's accepted usage and how the pools cover it: bonus, plan, add-on packs, then overage
//! (K2, K5, K10; E1 for each user of an organisation).

use crate::packs::{Packs, Reach};
use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// A plan's credits a cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// So many.
    Credits(Credits),
    /// As many as one likes.
    NoLimit,
}

impl Limit {
    /// What is left of it; none without a limit.
    pub fn left(self, used: Credits) -> Option<Credits> {
        match self {
            Self::Credits(limit) => Some(limit.less_at_most_all(used)),
            Self::NoLimit => None,
        }
    }

    /// What of `wanted` it covers where so much of it is used.
    pub(crate) fn covers(self, wanted: Credits, used: Credits) -> Credits {
        self.left(used).map_or(wanted, |left| wanted.min(left))
    }

    /// The credits; none without a limit.
    pub const fn credits(self) -> Option<Credits> {
        match self {
            Self::Credits(limit) => Some(limit),
            Self::NoLimit => None,
        }
    }
}

/// How much of a cycle's credits each way of covering them takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Limits {
    /// The plan's credits.
    pub(crate) plan: Limit,
    /// Credits of overage: what is beyond a cap is charged to nobody.
    pub(crate) overage: Limit,
}

impl Limits {
    /// Of a plan whose overage has no cap.
    pub(crate) const fn uncapped(allowance: Credits) -> Self {
        Self { plan: Limit::Credits(allowance), overage: Limit::NoLimit }
    }
}

/// What becomes of credits that neither the plan nor packs cover.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Beyond {
    /// They are charged (K5).
    Charged,
    /// They are shown, and never billed (K6).
    Uncovered,
    /// Packs covered them that aren't there any more, as the vendor says.
    Packs,
}

impl Beyond {
    pub(crate) const fn with_overage(is_on: bool) -> Self {
        if is_on { Self::Charged } else { Self::Uncovered }
    }
}

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

/// A stretch of tasks that ran with the overage switch in one position and the same packs; or a part of what the vendor
/// said was used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    /// The packs its tasks found.
    reach: Reach,
    /// What the bonus did not cover.
    credits: Credits,
    beyond: Beyond,
}

/// What the vendor said covers the cycle's credits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Covered {
    pub(crate) plan: Credits,
    pub(crate) packs: Credits,
    pub(crate) overage: Credits,
    pub(crate) uncovered: Credits,
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
    /// Whether it isn't known what the cycle used of the bonus, because the vendor says another sum of it.
    pub(crate) bonus_is_unknown: bool,
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
    pub(crate) fn take(&mut self, task: &Task, limits: Limits, packs: &mut Packs) {
        self.bonus = self.bonus.plus(task.from_bonus);
        let cost = task.from_bonus.plus(task.rest);
        self.note(task.day, cost);
        if let Some(on_auto) = task.on_auto {
            self.auto.cost = self.auto.cost.plus(cost);
            self.auto.on_auto = self.auto.on_auto.plus(on_auto);
        }
        if task.rest.is_zero() {
            return;
        }
        let reach = packs.reach(task.at);
        let beyond = Beyond::with_overage(task.overage_is_on);
        let stretch = Stretch { reach, credits: task.rest, beyond };
        match self.stretches.last_mut() {
            Some(last) if last.beyond == beyond && packs.are_the_same(last.reach, reach) => {
                last.credits = last.credits.plus(task.rest);
            }
            _ => self.stretches.push(stretch),
        }
        self.cover(stretch, limits, packs);
    }

    fn note(&mut self, day: usize, cost: Credits) {
        if self.days.len() <= day {
            self.days.resize(day.saturating_add(1), Credits::ZERO);
        }
        if let Some(day) = self.days.get_mut(day) {
            *day = day.plus(cost);
        }
    }

    /// Rates the whole cycle again under other limits (K10). What packs paid for and the plan now covers goes back to
    /// them.
    pub(crate) fn rerate(&mut self, limits: Limits, packs: &mut Packs) {
        let stretches = std::mem::take(&mut self.stretches);
        let from_packs = self.packs;
        packs.give_back();
        self.plan = Credits::ZERO;
        self.packs = Credits::ZERO;
        self.overage = Credits::ZERO;
        self.uncovered = Credits::ZERO;
        for stretch in &stretches {
            self.cover(*stretch, limits, packs);
        }
        self.gone_back = self.gone_back.plus(from_packs.less_at_most_all(self.packs));
        self.stretches = stretches;
    }

    fn cover(&mut self, stretch: Stretch, limits: Limits, packs: &mut Packs) {
        let from_plan = limits.plan.covers(stretch.credits, self.plan);
        let rest = stretch.credits.minus(from_plan);
        let from_packs = packs.take(rest, stretch.reach);
        let beyond = rest.minus(from_packs);
        self.plan = self.plan.plus(from_plan);
        self.packs = self.packs.plus(from_packs);
        let of_kind = match stretch.beyond {
            Beyond::Charged => {
                let charged = limits.overage.covers(beyond, self.overage);
                self.overage = self.overage.plus(charged);
                self.uncovered = self.uncovered.plus(beyond.minus(charged));
                return;
            }
            Beyond::Uncovered => &mut self.uncovered,
            Beyond::Packs => &mut self.packs,
        };
        *of_kind = of_kind.plus(beyond);
    }

    /// What covers it, the bonus apart.
    pub(crate) const fn covered(&self) -> Covered {
        Covered { plan: self.plan, packs: self.packs, overage: self.overage, uncovered: self.uncovered }
    }

    /// Begins anew with what the vendor said was used by then (V10). When the month is rated again, what the larger plan
    /// covers comes first off what packs paid for, then off what nothing covered, last off what is charged: so that no
    /// less is charged than may be.
    pub(crate) fn begin_with(&mut self, said: Covered, overage_is_on: bool, packs: Reach) {
        let none = packs.of_none();
        let parts = [
            (said.plan, none, Beyond::with_overage(overage_is_on)),
            (said.packs, packs, Beyond::Packs),
            (said.uncovered, none, Beyond::Uncovered),
            (said.overage, none, Beyond::Charged),
        ];
        let parts = parts.into_iter().filter(|(credits, _, _)| credits.is_positive());
        self.stretches = parts.map(|(credits, reach, beyond)| Stretch { reach, credits, beyond }).collect();
        let Covered { plan, packs, overage, uncovered } = said;
        (self.plan, self.packs, self.overage, self.uncovered) = (plan, packs, overage, uncovered);
        self.gone_back = Credits::ZERO;
    }

    /// Brings the days to what the cycle used: what is more was used by `day`, what is less isn't of the last days.
    pub(crate) fn level_days(&mut self, day: usize) {
        let (used, known) = (self.used(), self.days.iter().copied().sum::<Credits>());
        let more = used.less_at_most_all(known);
        if more.is_positive() {
            self.note(day, more);
        }
        let mut less = known.less_at_most_all(used);
        for day in self.days.iter_mut().rev() {
            let taken = less.min(*day);
            (*day, less) = (day.minus(taken), less.minus(taken));
        }
    }
}
