//! What sessions used, in parts: for what was asked, by subagents for that, and besides.

use super::merged::Merged;
use super::session::Session;
use super::splits::{delegated, rises};
use headroom_exact::Credits;

/// What sessions used, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// By what was asked for, without subagents.
    pub main: Credits,
    /// By subagents.
    pub delegated: Credits,
    /// By either, in sessions that don't tell them apart.
    pub either: Credits,
    /// Outside what was asked for, for compaction and the like.
    pub auxiliary: Credits,
    /// Sessions of which it is the least they used.
    pub least: u32,
}

impl Merged {
    /// What they used.
    pub fn parts(&self) -> Parts {
        self.sessions.iter().fold(Parts::default(), Parts::with)
    }
}

impl Parts {
    fn with(self, session: &Session) -> Self {
        let metered = session.executions.iter().filter_map(|execution| execution.metering.credits());
        let tasks: Credits = metered.sum();
        let auxiliary: Credits = rises(&session.splits).into_iter().map(|rise| rise.credits).sum();
        let (main, delegated, either) = match delegated(&session.splits) {
            // It is a part of what its executions used, and never more.
            Some(delegated) => {
                let delegated = delegated.min(tasks);
                (tasks.minus(delegated), delegated, Credits::ZERO)
            }
            None => (Credits::ZERO, Credits::ZERO, tasks),
        };
        Self {
            main: self.main.plus(main),
            delegated: self.delegated.plus(delegated),
            either: self.either.plus(either),
            auxiliary: self.auxiliary.plus(auxiliary),
            least: self.least.saturating_add(u32::from(session.is_least())),
        }
    }
}
