//! Sessions of many files as one: copies of a session once, and what forks began with in the session that it is of.

use super::session::{Execution, Session};
use super::splits::Split;
use crate::kiro::lineage::Lineage;
use crate::observation::Metering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Sessions, each once, and each execution in one of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Merged {
    /// The sessions, by id.
    pub sessions: Vec<Session>,
    /// Executions that stood in further sessions or copies.
    pub copies: u64,
}

/// How late a copy of an execution is within its session.
fn rank(execution: &Execution) -> impl Ord + use<'_> {
    let exact = match &execution.metering {
        Metering::Metered { credits, exact } => Some((*credits, exact.as_str())),
        Metering::Unknown => None,
    };
    (execution.said, execution.at, exact, execution.model.as_deref())
}

fn rank_of_splits(splits: &[Split]) -> impl Ord {
    (splits.len(), splits.last().map(|last| (last.at, last.auxiliary, last.delegated)))
}

impl Session {
    /// Takes in a copy of the same session. How many executions stood in both.
    fn join(&mut self, copy: Self) -> u64 {
        let mut places: HashMap<_, _> =
            self.executions.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
        let mut copies: u64 = 0;
        for execution in copy.executions {
            match places.entry(execution.id.clone()) {
                Entry::Occupied(known) => {
                    copies = copies.saturating_add(1);
                    if let Some(known) = self.executions.get_mut(*known.get())
                        && rank(&execution) > rank(known)
                    {
                        *known = execution;
                    }
                }
                Entry::Vacant(new) => {
                    new.insert(self.executions.len());
                    self.executions.push(execution);
                }
            }
        }
        if rank_of_splits(&copy.splits) > rank_of_splits(&self.splits) {
            self.splits = copy.splits;
        }
        self.born.parent = self.born.parent.take().max(copy.born.parent);
        self.born.created_at = match (self.born.created_at, copy.born.created_at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.project = self.project.take().max(copy.project);
        self.title = self.title.take().max(copy.title);
        copies
    }
}

impl Merged {
    /// Of sessions as they were read, in any order.
    pub fn of(read: Vec<Session>) -> Self {
        let mut merged = Self::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for session in read {
            if let Some(known) = places.get(&session.id).and_then(|place| merged.sessions.get_mut(*place)) {
                merged.copies = merged.copies.saturating_add(known.join(session));
            } else {
                places.insert(session.id.clone(), merged.sessions.len());
                merged.sessions.push(session);
            }
        }
        merged.sessions.sort_by(|one, other| one.id.cmp(&other.id));
        let lineage = merged.lineage();
        merged.executions_once(&lineage);
        merged.splits_once(&lineage);
        merged
    }

    /// Where they come from.
    pub fn lineage(&self) -> Lineage {
        let mut lineage = Lineage::default();
        for session in &self.sessions {
            lineage.add(&session.id, &session.born);
        }
        lineage
    }

    fn executions_once(&mut self, lineage: &Lineage) {
        let owners = owners(&self.sessions, lineage, |session| {
            Box::new(session.executions.iter().map(|one| one.id.as_str()))
        });
        for session in &mut self.sessions {
            let before = session.executions.len();
            let id = &session.id;
            session.executions.retain(|one| owners.get(&one.id).is_none_or(|owner| owner == id));
            let gone = before.saturating_sub(session.executions.len());
            self.copies = self.copies.saturating_add(u64::try_from(gone).unwrap_or(u64::MAX));
        }
    }

    fn splits_once(&mut self, lineage: &Lineage) {
        let owners = owners(&self.sessions, lineage, |session| {
            Box::new(session.splits.iter().map(|one| one.id.as_str()))
        });
        for session in &mut self.sessions {
            let id = &session.id;
            for split in &mut session.splits {
                split.copied |= owners.get(&split.id).is_some_and(|owner| owner != id);
            }
        }
    }
}

/// Of what stands in several sessions, whose it is.
fn owners(
    sessions: &[Session],
    lineage: &Lineage,
    ids: impl for<'s> Fn(&'s Session) -> Box<dyn Iterator<Item = &'s str> + 's>,
) -> HashMap<String, String> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut shared: HashMap<String, String> = HashMap::new();
    for session in sessions {
        for id in ids(session) {
            let owner = match first.entry(id) {
                Entry::Vacant(new) => {
                    new.insert(&session.id);
                    continue;
                }
                Entry::Occupied(mut known) => {
                    if lineage.leads(&session.id, known.get()) {
                        known.insert(&session.id);
                    }
                    *known.get()
                }
            };
            shared.insert(id.to_owned(), owner.to_owned());
        }
    }
    shared
}
