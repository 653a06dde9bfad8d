//! Sessions of many files as one: copies of a session once, and what forks began with in the session that it is of.

use super::session::{Execution, Session};
use super::splits::joined;
use crate::kiro::lineage::Lineage;
use crate::observation::Id;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::collections::{HashMap, hash_map};
use std::hash::BuildHasher;
use std::mem;

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
    let exact = execution.metering.credits().zip(execution.metering.exact());
    (execution.said, execution.at, exact, execution.model.as_deref())
}

impl Session {
    /// Takes in a copy of the same session. How many executions stood in both.
    fn join(&mut self, copy: Self) -> u64 {
        let mut places: HashMap<_, _> =
            self.executions.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
        let mut copies: u64 = 0;
        for execution in copy.executions {
            match places.entry(execution.id.clone()) {
                hash_map::Entry::Occupied(known) => {
                    copies = copies.saturating_add(1);
                    if let Some(known) = self.executions.get_mut(*known.get())
                        && rank(&execution) > rank(known)
                    {
                        *known = execution;
                    }
                }
                hash_map::Entry::Vacant(new) => {
                    new.insert(self.executions.len());
                    self.executions.push(execution);
                }
            }
        }
        self.splits = joined(mem::take(&mut self.splits), copy.splits);
        // What one of them lost the other needn't have had yet.
        self.whole &= copy.whole;
        self.written = match (self.written, copy.written) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (Some(_) | None, _) => None,
        };
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
        let copies = copies(&self.sessions, lineage, |session, place| {
            session.executions.get(place).map(|execution| &execution.id)
        });
        self.copies = self.copies.saturating_add(u64::try_from(copies.len()).unwrap_or(u64::MAX));
        let mut copies = copies.into_iter().peekable();
        for (number, session) in self.sessions.iter_mut().enumerate() {
            let mut places = 0..;
            session.executions.retain(|_| {
                let place = places.next().unwrap_or_default();
                copies.next_if_eq(&(number, place)).is_none()
            });
        }
    }

    fn splits_once(&mut self, lineage: &Lineage) {
        let copies = copies(&self.sessions, lineage, |session, place| {
            session.splits.get(place).map(|split| &split.id)
        });
        for (number, place) in copies {
            let split = self.sessions.get_mut(number).and_then(|session| session.splits.get_mut(place));
            if let Some(split) = split {
                split.copied = true;
            }
        }
    }
}

/// What it takes to look for copies of something, in bytes: where it stands, in a table that can be half full.
pub(super) const BYTES_A_PLACE: usize = 2 * (size_of::<At>() + 2);

/// Where something stands: the session's place, and its place in there.
type At = (u32, u32);

/// Of what stands in several sessions, where it stands in one that it isn't of, in order.
fn copies(
    sessions: &[Session],
    lineage: &Lineage,
    id: impl for<'s> Fn(&'s Session, usize) -> Option<&'s Id>,
) -> Vec<(usize, usize)> {
    let session = |number: u32| usize::try_from(number).ok().and_then(|number| sessions.get(number));
    let id_at = |(number, place): At| id(session(number)?, usize::try_from(place).ok()?);
    let hashing = DefaultHashBuilder::default();
    let hash_at = |at: &At| hashing.hash_one(id_at(*at));
    let leads = |one: At, other: At| {
        let both = session(one.0).zip(session(other.0));
        both.is_some_and(|(one, other)| lineage.leads(&one.id, &other.id))
    };
    let mut owners: HashTable<At> = HashTable::new();
    let mut shared = false;
    for (number, _) in (0..).zip(sessions) {
        for at in (0..).map(|place| (number, place)).take_while(|at| id_at(*at).is_some()) {
            let same = |other: &At| id_at(*other) == id_at(at);
            match owners.entry(hash_at(&at), same, hash_at) {
                Entry::Vacant(new) => {
                    new.insert(at);
                }
                Entry::Occupied(mut known) => {
                    shared = true;
                    if leads(at, *known.get()) {
                        *known.get_mut() = at;
                    }
                }
            }
        }
    }
    let mut copies = Vec::new();
    for (number, _) in (0..).zip(sessions).filter(|_| shared) {
        for at in (0..).map(|place| (number, place)).take_while(|at| id_at(*at).is_some()) {
            let owner = owners.find(hash_at(&at), |other| id_at(*other) == id_at(at));
            if owner.is_some_and(|owner| owner.0 != number) {
                copies.extend(usize::try_from(at.0).ok().zip(usize::try_from(at.1).ok()));
            }
        }
    }
    copies
}
