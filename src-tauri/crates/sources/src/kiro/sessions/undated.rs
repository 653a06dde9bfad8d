//! Turns without a readable time: between which moments they ended, as far as their session tells.

use crate::observation::Key;
use headroom_exact::Moment;

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
