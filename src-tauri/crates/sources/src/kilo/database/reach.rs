//! How far the record of a task of the legacy extension's reaches: what one that is cut off lacks stands in a whole one of the same
//! task.

use super::message::day_of;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The first and the last moment that the record of a task names, in milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Reach {
    /// By which the task is known in every copy.
    pub began: i64,
    /// What was said last.
    pub last: i64,
}

/// How far tasks reach.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reaches {
    /// Those that are whole.
    pub whole: BTreeSet<Reach>,
    /// Those that are cut off behind what they name last.
    pub cut: BTreeSet<Reach>,
}

impl Reaches {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.cut.is_empty()
    }

    /// With others'; of the same task what reaches furthest.
    pub fn add(&mut self, others: &Self) {
        self.whole.extend(&others.whole);
        let mut last: HashMap<i64, i64> = HashMap::new();
        for reach in &self.whole {
            let known = last.entry(reach.began).or_insert(reach.last);
            *known = reach.last.max(*known);
        }
        self.whole = last.into_iter().map(|(began, last)| Reach { began, last }).collect();
        self.cut.extend(&others.cut);
    }

    /// The days on which something is missing: those of what is cut off and stands nowhere whole, at least as far.
    #[must_use]
    pub fn lacking(&self) -> BTreeSet<Option<NaiveDate>> {
        let is_whole = |cut: &Reach| {
            let same =
                Reach { began: cut.began, last: cut.last }..=Reach { began: cut.began, last: i64::MAX };
            self.whole.range(same).next().is_some()
        };
        self.cut.iter().filter(|cut| !is_whole(cut)).map(|cut| day_of(cut.last)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_missing_until_it_stands_somewhere_whole() {
        let day = 86_400_000;
        let of = |began, last| Reach { began, last };
        let mut all = Reaches { whole: BTreeSet::new(), cut: [of(1, 20_000 * day), of(2, 3)].into() };
        assert_eq!(all.lacking().len(), 2);
        // One that ends before says nothing of what came then.
        for (last, lacks) in [(20_000 * day - 1, 2), (20_000 * day, 1), (20_001 * day, 1), (7, 1)] {
            all.add(&Reaches { whole: [of(1, last)].into(), cut: BTreeSet::new() });
            assert_eq!(all.lacking().len(), lacks, "{last}");
            assert_eq!(all.whole.len(), 1);
        }
    }
}
