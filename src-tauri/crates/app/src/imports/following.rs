//! What was seen of sessions that come while Headroom runs, and when they are to be imported.

use crate::answers::{AccountNumber, ImportKind, NoticedView};
use crate::error::AppError;
use crate::machine::log::Line;
use headroom_exact::{Moment, Saying};
use std::sync::Mutex;

/// Sessions that are written to all the time are imported this long, seconds, after that was noticed; others once a look
/// finds them as the look before did.
const LONGEST: i64 = 20;
/// How long after an import failed, seconds, it is tried again while nothing else changes.
const AGAIN: i64 = 300;

/// What was seen of the places where sessions lie.
#[derive(Default)]
pub(crate) struct Following(pub(super) Mutex<Watched>);

/// What is imported by itself: as what, and into which account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Followed {
    pub kind: ImportKind,
    pub account: AccountNumber,
}

#[derive(Default)]
pub(super) struct Watched {
    followed: Option<Followed>,
    /// The state that was imported last; none before that.
    imported: Option<u64>,
    /// The state at the last look.
    seen: Option<u64>,
    /// When they were first seen in another state than the one that was imported.
    noticed: Option<Moment>,
    /// Why the last look came to nothing.
    failed: Option<Failed>,
}

/// A look that came to nothing.
struct Failed {
    why: Saying,
    at: Moment,
    /// The state they were in.
    state: Option<u64>,
}

impl Watched {
    /// What was seen before, if the same is followed still.
    pub fn of(&mut self, followed: Followed) -> &mut Self {
        if self.followed != Some(followed) {
            *self = Self { followed: Some(followed), ..Self::default() };
        }
        self
    }

    /// Whether they are to be imported now that they are in this state.
    pub fn is_due(&mut self, state: u64, now: Moment) -> bool {
        let is_quiet = self.seen.replace(state) == Some(state);
        if self.imported == Some(state) {
            self.noticed = None;
            return false;
        }
        // Of a clock that was set back since, nothing is known: nothing waits for it.
        let since = |moment: Moment| now.seconds_since(moment);
        if let Some(failed) = self.failed.as_ref().filter(|failed| failed.state == Some(state)) {
            return !(0..AGAIN).contains(&since(failed.at));
        }
        let noticed = *self.noticed.get_or_insert(now);
        is_quiet || !(0..LONGEST).contains(&since(noticed))
    }

    /// That they were imported in this state.
    pub fn imported(&mut self, state: u64) {
        self.imported = Some(state);
        self.noticed = None;
        self.failed = None;
    }

    /// What is to be told of a failure: each once, until something else happens.
    pub fn failed(&mut self, error: &AppError, now: Moment) -> Option<NoticedView> {
        let is_told = self.failed.as_ref().is_some_and(|failed| failed.why == error.saying);
        self.failed = Some(Failed { why: error.saying.clone(), at: now, state: self.seen });
        self.noticed = None;
        if is_told {
            return None;
        }
        Line::warn("sessions-not-followed").because(error).note();
        Some(NoticedView { account: None, failure: Some(error.clone()) })
    }
}
