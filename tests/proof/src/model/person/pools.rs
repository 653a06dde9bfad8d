//! What covers a person's tasks: bonus, plan, packs, overage (K2, K5, K6, K10, N4–N6).

use super::Rules;
use crate::model::calendar::{self, DAY, Time, month_around};
use crate::model::{Exact, Happening, PLANS, consumed, decimal, rank, whole};
use num_traits::{Signed, Zero};

/// How the tasks of one month are covered.
pub(super) struct Covered {
    pub(super) used: Exact,
    pub(super) plan: Exact,
    pub(super) packs: Exact,
    pub(super) overage: Exact,
    pub(super) uncovered: Exact,
}

/// A pack (N4), or a grant (N7).
#[derive(Clone)]
pub(super) struct Pack {
    /// Its place among everything accepted: it covers what comes after.
    place: usize,
    /// The place from which on it covers nothing: there the vendor said what there is (N7).
    gives_way: Option<usize>,
    pub(super) bought_at: Time,
    pub(super) ends: Option<Time>,
    pub(super) granted: Exact,
    /// Used of it when it was stated.
    before: Exact,
}

impl Pack {
    fn has_ended(&self, at: Time) -> bool {
        self.ends.is_some_and(|end| end <= at)
    }
}

impl Rules {
    /// Whether overage was on after these events (K5): the last turn counts, unless a month has begun on Free since, or
    /// under a list with packs (N6).
    pub(super) fn overage_is_on(&self, past: &[Happening], at: Time) -> bool {
        let Some(turn) = past.iter().rfind(|event| ["set_overage", "overage_said"].contains(&event.kind()))
        else {
            return false;
        };
        if turn.event["enabled"] != true {
            return false;
        }
        let mut boundary = month_around(turn.at).1;
        while boundary <= at {
            let known: Vec<_> = past.iter().filter(|event| event.at < boundary).cloned().collect();
            if Self::plans(&known, boundary).0 == 0 || self.lists.at(boundary).packs {
                return false;
            }
            boundary = month_around(boundary).1;
        }
        true
    }

    pub(super) fn bonus_expires(&self) -> Time {
        self.signed_up + 30 * DAY
    }

    /// What was granted beside the plan, what ends first first (N7).
    fn grants(past: &[Happening]) -> Vec<Pack> {
        Self::pools(past, |event| (event.kind() == "grant").then(|| decimal(event.text("credits"))))
    }

    /// Every grant with what it gave until then, in the order of use.
    pub(super) fn grants_with_given(&self, past: &[Happening]) -> Vec<(Pack, Exact)> {
        let mut grants: Vec<_> =
            Self::grants(past).into_iter().map(|grant| (grant.clone(), grant.before)).collect();
        for (at, place, cost, bonus) in self.bonus_shares(past) {
            Self::take_granted(&mut grants, (at, place), cost - bonus);
        }
        grants
    }

    /// What grants give to a task, of what the bonus left of it.
    fn take_granted(grants: &mut [(Pack, Exact)], (at, place): (Time, usize), rest: Exact) -> Exact {
        let mut wanted = rest.clone();
        for (grant, given) in
            grants.iter_mut().filter(|(grant, _)| grant.place < place && !grant.has_ended(at))
        {
            let taken = wanted.clone().min(&grant.granted - &*given);
            *given += &taken;
            wanted -= taken;
        }
        rest - wanted
    }

    /// What each accepted task took from bonus and grants together.
    fn shares_before_the_plan(&self, past: &[Happening]) -> Vec<(Time, usize, Exact, Exact)> {
        let mut grants: Vec<_> =
            Self::grants(past).into_iter().map(|grant| (grant.clone(), grant.before)).collect();
        let shares = self.bonus_shares(past).into_iter();
        let with_grants = shares.map(|(at, place, cost, bonus)| {
            let granted = Self::take_granted(&mut grants, (at, place), &cost - &bonus);
            (at, place, cost, bonus + granted)
        });
        with_grants.collect()
    }

    /// The credits that a plan has in the month around a moment: what its owner stated last in it or before, else the
    /// list's (N7, K1).
    pub(super) fn allowance(past: &[Happening], plan: usize, at: Time) -> Exact {
        let end = month_around(at).1;
        let stated = past.iter().rfind(|event| event.kind() == "own_limit" && event.at < end);
        let own = stated.filter(|event| rank(event.text("plan")) == plan);
        own.map_or_else(|| whole(PLANS[plan].2), |event| decimal(event.text("credits")))
    }

    /// What each accepted task took from the bonus: first of all, while it lasts (K2).
    fn bonus_shares(&self, past: &[Happening]) -> Vec<(Time, usize, Exact, Exact)> {
        let mut left = if self.trial { whole(500) } else { Exact::zero() };
        let tasks = past.iter().enumerate().filter(|(_, event)| event.kind() == "usage");
        tasks
            .map(|(place, task)| {
                let cost = consumed(&task.event, self.lists.at(task.at));
                let taken = if task.at < self.bonus_expires() {
                    cost.clone().min(left.clone())
                } else {
                    Exact::zero()
                };
                left -= &taken;
                (task.at, place, cost, taken)
            })
            .collect()
    }

    pub(super) fn bonus_used(&self, past: &[Happening]) -> Exact {
        self.bonus_shares(past).into_iter().fold(Exact::zero(), |sum, (_, _, _, taken)| sum + taken)
    }

    /// The packs in the order of use: what ends first, last what doesn't end, of equals what was bought first (N4).
    fn packs(past: &[Happening]) -> Vec<Pack> {
        let mut packs = Self::pools(past, |event| match event.kind() {
            "buy_credits" => Some(decimal(event.text("amount")) / decimal("0.04")),
            "pack_said" => Some(decimal(event.text("credits"))),
            _ => None,
        });
        let said: Vec<_> = past.iter().enumerate().filter(|(_, event)| event.kind() == "pack_said").collect();
        for pack in &mut packs {
            let later = said.iter().find(|(place, said)| *place > pack.place && said.at > pack.bought_at);
            pack.gives_way = later.map(|(place, _)| *place);
        }
        packs
    }

    /// Pools in the order of use, of the events that are one, with their credits.
    fn pools(past: &[Happening], credits: impl Fn(&Happening) -> Option<Exact>) -> Vec<Pack> {
        let of = |(place, event): (usize, &Happening)| {
            Some(Pack {
                place,
                gives_way: None,
                bought_at: event.at,
                ends: event.event["expires_at"].as_str().map(calendar::read),
                granted: credits(event)?,
                before: event.event["used"].as_str().map_or_else(Exact::zero, decimal),
            })
        };
        let mut pools: Vec<_> = past.iter().enumerate().filter_map(of).collect();
        pools.sort_by_key(|pool| (pool.ends.is_none(), pool.ends));
        pools
    }

    /// What each pack, in the order of use, gave to the months before the one that starts there: each as its end left it,
    /// rated under the plan it ended with (N5).
    fn given_before(&self, past: &[Happening], start: Time) -> Vec<Exact> {
        let packs = Self::packs(past);
        let mut given: Vec<_> = packs.iter().map(|pack| pack.before.clone()).collect();
        let first = packs.iter().map(|pack| pack.bought_at).min().unwrap_or(start);
        let mut month = month_around(first).0;
        while month < start {
            let end = month_around(month).1;
            self.cover(past, month, Self::plans(past, end - 1).0, &mut given);
            month = end;
        }
        given
    }

    /// The tasks of the month that starts there, rated under a plan in time order (K10), with the packs as they stood at
    /// its start (N5).
    pub(super) fn covered(&self, past: &[Happening], start: Time, plan: usize) -> Covered {
        self.cover(past, start, plan, &mut self.given_before(past, start))
    }

    /// The same, adding to what each pack gave.
    fn cover(&self, past: &[Happening], start: Time, plan: usize, given: &mut [Exact]) -> Covered {
        let end = month_around(start).1;
        let packs = Self::packs(past);
        let mut covered = Covered {
            used: Exact::zero(),
            plan: Exact::zero(),
            packs: Exact::zero(),
            overage: Exact::zero(),
            uncovered: Exact::zero(),
        };
        for (at, place, cost, bonus) in self.shares_before_the_plan(past) {
            if at < start || at >= end {
                continue;
            }
            let rest = &cost - &bonus;
            let allowance = Self::allowance(past, plan, start);
            let allowance_left = (allowance - &covered.plan).max(Exact::zero());
            let from_plan = rest.clone().min(allowance_left);
            let mut beyond = &rest - &from_plan;
            covered.used += cost;
            covered.plan += from_plan;
            for (pack, given) in packs.iter().zip(given.iter_mut()) {
                if pack.place < place && pack.gives_way.is_none_or(|from| place < from) && !pack.has_ended(at)
                {
                    let taken = beyond.clone().min(&pack.granted - &*given);
                    *given += &taken;
                    beyond -= &taken;
                    covered.packs += taken;
                }
            }
            // Each task remembers whether overage was on when it ran: what was accepted before it says.
            if self.overage_is_on(&past[..place], at) {
                covered.overage += beyond;
            } else {
                covered.uncovered += beyond;
            }
        }
        covered
    }

    /// Every pack at a moment with what it gave until then, in the order of use.
    pub(super) fn packs_with_given(&self, past: &[Happening], at: Time) -> Vec<(Pack, Exact)> {
        let start = month_around(at).0;
        let mut given = self.given_before(past, start);
        self.cover(past, start, Self::plans(past, at).0, &mut given);
        let packs = Self::packs(past).into_iter().zip(given);
        packs.filter(|(pack, _)| pack.gives_way.is_none()).collect()
    }

    /// What a pack still has at a moment: nothing from its end on.
    pub(super) fn left_of(pack: &Pack, given: &Exact, at: Time) -> Exact {
        if pack.has_ended(at) { Exact::zero() } else { &pack.granted - given }
    }

    pub(super) fn bonus_left(&self, past: &[Happening], at: Time) -> Exact {
        if !self.trial || at >= self.bonus_expires() {
            return Exact::zero();
        }
        whole(500) - self.bonus_used(past)
    }

    pub(super) fn is_paused(&self, past: &[Happening], at: Time) -> bool {
        let plan = Self::plans(past, at).0;
        let left = Self::allowance(past, plan, at) - self.covered(past, month_around(at).0, plan).plan;
        let mut grants = self.grants_with_given(past).into_iter();
        let packs = self.packs_with_given(past, at);
        !left.is_positive()
            && self.bonus_left(past, at).is_zero()
            && grants.all(|(grant, given)| Self::left_of(&grant, &given, at).is_zero())
            && packs.iter().all(|(pack, given)| Self::left_of(pack, given, at).is_zero())
            && !self.overage_is_on(past, at)
    }
}
