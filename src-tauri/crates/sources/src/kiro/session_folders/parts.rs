//! What sessions used, in parts: for what was asked, by subagents for that, and besides.

use super::merged::Merged;
use super::session::Session;
use super::splits::{delegated, rises};
use headroom_exact::Credits;

/// Credits of a part, as far as they are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// What is known of them.
    pub credits: Credits,
    /// Whether there are more that nobody knows: where nothing is known, they aren't nothing.
    pub at_least: bool,
}

impl Part {
    fn with(self, credits: Credits, at_least: bool) -> Self {
        Self { credits: self.credits.plus(credits), at_least: self.at_least || at_least }
    }
}

/// What sessions used, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// By what was asked for, without subagents.
    pub main: Part,
    /// By subagents.
    pub delegated: Part,
    /// By either, in sessions that don't tell them apart.
    pub either: Part,
    /// Outside what was asked for, for compaction and the like.
    pub auxiliary: Part,
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
        let is_unknown = session.lacks_executions();
        let auxiliary: Credits = rises(&session.splits).into_iter().map(|rise| rise.credits).sum();
        let auxiliary = self.auxiliary.with(auxiliary, !session.tells_auxiliary());
        let least = self.least.saturating_add(u32::from(session.is_least()));
        match delegated(&session.splits) {
            // It is a part of what its executions used, and never more than is known of that.
            Some(told) => {
                let delegated = told.min(tasks);
                Self {
                    main: self.main.with(tasks.minus(delegated), is_unknown),
                    delegated: self.delegated.with(delegated, is_unknown && delegated < told),
                    auxiliary,
                    least,
                    ..self
                }
            }
            None => Self { either: self.either.with(tasks, is_unknown), auxiliary, least, ..self },
        }
    }
}
