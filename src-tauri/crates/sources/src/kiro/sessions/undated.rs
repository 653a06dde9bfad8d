//! Turns without a readable time: between which moments they ended, as far as their session tells.

use super::Session;
use crate::observation::Key;
use crate::wire::moments;
use headroom_exact::Moment;
use std::path::Path;

/// A turn without a readable time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undated {
    /// What tells it from every other.
    pub key: Key,
    /// When the turn before it ended, else when its session was made, where either is told.
    pub since: Option<Moment>,
    /// When the next one ended, if there is one.
    pub by: Option<Moment>,
}

impl Undated {
    pub(super) const fn new(key: Key, since: Option<Moment>) -> Self {
        Self { key, since, by: None }
    }
}

/// Turns that stand before one that ended then did so by then.
pub(super) fn end_by(undated: &mut [Undated], at: Moment) {
    for turn in undated.iter_mut().rev().take_while(|turn| turn.by.is_none()) {
        turn.by = Some(at);
    }
}

impl Session {
    /// The keys of all that is kept of it.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.turns.iter().map(|turn| &turn.key).chain(self.undated.iter().map(|turn| &turn.key))
    }

    /// Of a session that tells no moment it is known by its file that it ran by then.
    pub(super) fn written_as(self, file: &Path) -> Self {
        let is_told = self.updated_at.is_some() || self.born.created_at.is_some() || !self.turns.is_empty();
        let is_whole = !self.broke_off && self.undated.is_empty();
        if is_told || is_whole {
            return self;
        }
        Self { updated_at: moments::written(file), ..self }
    }
}
