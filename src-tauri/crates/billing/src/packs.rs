//! Add-on packs: credits that one person bought ahead (N4, N5).
//!
//! The pack that expires first is used first, one without an expiry last; of equals the one bought first. A pack covers
//! only tasks that come after it in the order of events, which is more than their moments say: a task and a pack may
//! have the same.

use headroom_exact::division::permille;
use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// Credits beside the plan's, as they are stated or said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pool {
    /// How many.
    pub granted: Credits,
    /// Used of them already.
    pub used: Credits,
    /// From when on they are gone; none if they stay.
    pub expires_at: Option<Moment>,
}

/// One pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Grant {
    bought_at: Moment,
    /// How many were bought before it.
    number: usize,
    expires_at: Option<Moment>,
    granted: Credits,
    /// How many packs there were when it gave way to what the vendor said of them; none while it counts.
    gave_way: Option<usize>,
    /// Used in cycles that have ended, and before it was said.
    settled: Credits,
    /// Used in the running cycle.
    used: Credits,
}

impl Grant {
    fn has_ended_at(&self, moment: Moment) -> bool {
        self.expires_at.is_some_and(|end| end <= moment)
    }

    /// Whether it can cover a task.
    fn is_there(&self, for_task: Reach) -> bool {
        self.number < for_task.bought
            && self.gave_way.is_none_or(|count| for_task.bought <= count)
            && !self.has_ended_at(for_task.at)
    }

    fn left(&self) -> Credits {
        self.granted.minus(self.settled).minus(self.used)
    }
}

/// Which packs a task finds: those bought before it that haven't ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reach {
    at: Moment,
    /// How many were bought before it.
    bought: usize,
}

/// A pack in the contract's manner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Pack {
    /// When it was bought.
    pub bought_at: Moment,
    /// From this instant it is gone; none if it stays.
    pub expires_at: Option<Moment>,
    /// Credits bought.
    pub granted: Credits,
    /// Used since.
    pub used: Credits,
    /// Left; zero once expired.
    pub remaining: Credits,
}

impl Pack {
    /// Used of it, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        permille(self.used.hundredths(), self.granted.hundredths())
    }
}

/// All packs, in the order they are used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Packs(Vec<Grant>);

impl Packs {
    pub(crate) fn add(&mut self, pool: Pool, bought_at: Moment) {
        let Pool { granted, used: settled, expires_at } = pool;
        let (number, gave_way, used) = (self.0.len(), None, Credits::ZERO);
        let pack = Grant { bought_at, number, expires_at, granted, gave_way, settled, used };
        // None, which is never, sorts behind every moment here.
        let order = |grant: &Grant| (grant.expires_at.is_none(), grant.expires_at);
        let place = self.0.partition_point(|grant| order(grant) <= order(&pack));
        self.0.insert(place, pack);
    }

    /// Those that are there since before `moment` cover no task after it: the vendor says then what there is. What they
    /// covered they did cover, also when the month is rated again.
    pub(crate) fn give_way(&mut self, moment: Moment) {
        let count = self.0.len();
        for grant in self.0.iter_mut().filter(|grant| grant.bought_at < moment) {
            grant.gave_way = grant.gave_way.or(Some(count));
        }
    }

    /// Those that haven't given way.
    fn counting(&self) -> impl Iterator<Item = &Grant> {
        self.0.iter().filter(|grant| grant.gave_way.is_none())
    }

    /// What is left of them at `moment`.
    pub(crate) fn left_at(&self, moment: Moment) -> Credits {
        self.counting().filter(|grant| !grant.has_ended_at(moment)).map(Grant::left).sum()
    }

    /// Whether there ever was one.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of them a task finds that comes now, at `moment`.
    pub(crate) const fn reach(&self, moment: Moment) -> Reach {
        Reach { at: moment, bought: self.0.len() }
    }

    /// Whether both find the same packs.
    pub(crate) fn are_the_same(&self, one: Reach, other: Reach) -> bool {
        self.0.iter().all(|grant| grant.is_there(one) == grant.is_there(other))
    }

    /// Takes up to `credits` for a task; what was taken.
    pub(crate) fn take(&mut self, credits: Credits, for_task: Reach) -> Credits {
        let mut wanted = credits;
        for grant in self.0.iter_mut().filter(|grant| grant.is_there(for_task)) {
            let taken = wanted.min(grant.left());
            grant.used = grant.used.plus(taken);
            wanted = wanted.minus(taken);
        }
        credits.minus(wanted)
    }

    /// Undoes what was taken in the running cycle.
    pub(crate) fn give_back(&mut self) {
        for grant in &mut self.0 {
            grant.used = Credits::ZERO;
        }
    }

    /// Makes what was taken in the running cycle final, because it ends.
    pub(crate) fn settle(&mut self) {
        for grant in &mut self.0 {
            grant.settled = grant.settled.plus(grant.used);
            grant.used = Credits::ZERO;
        }
    }

    /// All packs as they stand at `moment`.
    pub(crate) fn as_they_stand(&self, moment: Moment) -> Vec<Pack> {
        let pack = |grant: &Grant| Pack {
            bought_at: grant.bought_at,
            expires_at: grant.expires_at,
            granted: grant.granted,
            used: grant.settled.plus(grant.used),
            remaining: if grant.has_ended_at(moment) { Credits::ZERO } else { grant.left() },
        };
        self.counting().map(pack).collect()
    }
}
