//! Add-on packs: credits that one person bought ahead (N4, N5).
//!
//! The pack that expires first is used first, one without an expiry last; of equals the one bought first. A pack covers
//! only tasks that come after it in the order of events, which is more than their moments say: a task and a pack may
//! have the same.

use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// One pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Grant {
    bought_at: Moment,
    /// How many were bought before it.
    number: usize,
    expires_at: Option<Moment>,
    granted: Credits,
    /// Used in cycles that have ended.
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
        self.number < for_task.bought && !self.has_ended_at(for_task.at)
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

/// All packs, in the order they are used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Packs(Vec<Grant>);

impl Packs {
    pub(crate) fn add(&mut self, granted: Credits, bought_at: Moment, expires_at: Option<Moment>) {
        let (settled, used) = (Credits::ZERO, Credits::ZERO);
        let pack = Grant { bought_at, number: self.0.len(), expires_at, granted, settled, used };
        // None, which is never, sorts behind every moment here.
        let order = |grant: &Grant| (grant.expires_at.is_none(), grant.expires_at);
        let place = self.0.partition_point(|grant| order(grant) <= order(&pack));
        self.0.insert(place, pack);
    }

    /// What is left of them at `moment`.
    pub(crate) fn left_at(&self, moment: Moment) -> Credits {
        self.0.iter().filter(|grant| !grant.has_ended_at(moment)).map(Grant::left).sum()
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
        self.0.iter().map(pack).collect()
    }
}
