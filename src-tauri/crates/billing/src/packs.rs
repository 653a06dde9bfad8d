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

/// What a pool beside the plan's is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PoolKind {
    /// The credits of a trial (K2).
    Trial,
    /// Other credits that were granted.
    Bonus,
    /// An add-on pack (N4).
    Pack,
}

/// A pool beside the plan's, as the vendor says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ToldPool {
    /// What it is.
    pub kind: PoolKind,
    /// Its credits.
    pub pool: Pool,
    /// Whether it can still be used until it ends: the vendor doesn't call it used up or expired (V5).
    pub counts: bool,
}

/// One pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Grant {
    bought_at: Moment,
    /// How many were bought before it.
    number: usize,
    expires_at: Option<Moment>,
    granted: Credits,
    /// Whether the vendor says that nothing of it can be used, whatever is left.
    is_spent: bool,
    /// Whether it is as the vendor said it.
    is_told: bool,
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
        self.number < for_task.bought && !self.has_ended_at(for_task.at)
    }

    fn left(&self) -> Credits {
        if self.is_spent {
            return Credits::ZERO;
        }
        self.granted.less_at_most_all(self.settled.plus(self.used))
    }

    /// Whether the vendor says just this of it.
    fn is_as(&self, told: &ToldPool) -> bool {
        let Pool { granted, used, expires_at } = told.pool;
        self.is_of(&told.pool)
            && (self.granted, self.settled.plus(self.used), self.expires_at) == (granted, used, expires_at)
            && self.is_spent != told.counts
    }

    /// Whether it is the same pool: by its credits and its end.
    fn is_of(&self, pool: &Pool) -> bool {
        (self.granted, self.expires_at) == (pool.granted, pool.expires_at)
    }
}

/// Which packs a task finds: those bought before it that haven't ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reach {
    at: Moment,
    /// How many were bought before it.
    bought: usize,
}

impl Reach {
    /// The same of something that no pack pays for.
    pub(crate) const fn of_none(self) -> Self {
        Self { bought: 0, ..self }
    }
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
    /// Whether it is as the vendor said it, not as its owner did.
    #[serde(skip)]
    pub is_told: bool,
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
        let number = self.0.len();
        let (is_spent, is_told, used) = (false, false, Credits::ZERO);
        self.put(Grant { bought_at, number, expires_at, granted, is_spent, is_told, settled, used });
    }

    fn put(&mut self, pack: Grant) {
        // None, which is never, sorts behind every moment here.
        let order = |grant: &Grant| (grant.expires_at.is_none(), grant.expires_at);
        let place = self.0.partition_point(|grant| order(grant) <= order(&pack));
        self.0.insert(place, pack);
    }

    fn tell(&mut self, told: &ToldPool, bought_at: Moment) {
        let Pool { granted, used: settled, expires_at } = told.pool;
        let (number, is_spent) = (self.0.len(), !told.counts);
        let (is_told, used) = (true, Credits::ZERO);
        self.put(Grant { bought_at, number, expires_at, granted, is_spent, is_told, settled, used });
    }

    /// Packs as the vendor says them, and no others. Those that were known keep the day they were bought.
    pub(crate) fn as_told(&self, told: &[ToldPool], at: Moment) -> Self {
        let mut known = self.0.clone();
        let mut packs = Self::default();
        for told in told {
            let same = known.iter().position(|grant| grant.is_of(&told.pool));
            packs.tell(told, same.map_or(at, |place| known.remove(place).bought_at));
        }
        packs
    }

    /// Whether both are the same pools, used alike, whenever they were bought.
    pub(crate) fn stand_like(&self, other: &Self) -> bool {
        let of = |grant: &Grant| {
            let used = grant.settled.plus(grant.used);
            (grant.granted, grant.expires_at, used, grant.is_spent)
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(one, other)| of(one) == of(other))
    }

    /// Those that their owner stated, without what the vendor said earlier.
    pub(crate) fn stated(&self) -> Self {
        let mut stated = Self(self.0.iter().filter(|grant| !grant.is_told).copied().collect());
        stated.number_anew();
        stated
    }

    fn number_anew(&mut self) {
        for (number, grant) in self.0.iter_mut().enumerate() {
            grant.number = number;
        }
    }

    /// Those that the vendor names, as it says them; of the others those that were stated stay (N7). Whether that changes
    /// what was used of them.
    pub(crate) fn take_over(&mut self, told: impl Iterator<Item = ToldPool>, at: Moment) -> bool {
        let mut open = self.0.clone();
        let mut all = Self::default();
        let mut changed = false;
        for told in told {
            let known = open.iter().position(|grant| grant.is_of(&told.pool));
            match known.map(|place| open.remove(place)) {
                Some(known) if known.is_as(&told) => all.put(Grant { is_told: true, ..known }),
                known => {
                    changed = true;
                    all.tell(&told, known.map_or(at, |known| known.bought_at));
                }
            }
        }
        changed |= open.iter().any(|grant| grant.is_told);
        for stated in open.into_iter().filter(|grant| !grant.is_told) {
            all.put(stated);
        }
        all.number_anew();
        *self = all;
        changed
    }

    /// Whether one of them lasts beyond a moment.
    pub(crate) fn reach_beyond(&self, moment: Moment) -> bool {
        self.0.iter().any(|grant| !grant.has_ended_at(moment))
    }

    /// Says of so much of what was used that the running cycle used it: of those that are used first.
    pub(crate) fn were_used_now(&mut self, credits: Credits) {
        let mut wanted = credits;
        for grant in &mut self.0 {
            let taken = wanted.min(grant.settled);
            (grant.settled, grant.used) = (grant.settled.minus(taken), grant.used.plus(taken));
            wanted = wanted.minus(taken);
        }
    }

    /// What is left of them at `moment`.
    pub(crate) fn left_at(&self, moment: Moment) -> Credits {
        self.0.iter().filter(|grant| !grant.has_ended_at(moment)).map(Grant::left).sum()
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
            is_told: grant.is_told,
        };
        self.0.iter().map(pack).collect()
    }
}
