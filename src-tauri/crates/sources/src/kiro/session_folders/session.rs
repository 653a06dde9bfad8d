//! A session, and what ran in it.

use super::splits::Split;
use crate::kiro::lineage::Born;
use crate::observation::{Id, Metering};
use headroom_exact::Moment;
use std::sync::Arc;

/// A session, as its files tell of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub born: Born,
    /// The first of its folders, where that was to be read and is told.
    pub project: Option<String>,
    /// Its title, where that was to be read and is told.
    pub title: Option<String>,
    /// What ran in it, each once, in the file's order.
    pub executions: Vec<Execution>,
    /// What it says of main, delegated and auxiliary credits, in the file's order: always of everything so far.
    pub splits: Vec<Split>,
    /// When its file was written, where lines of it could not be read and nothing that could tells when.
    pub written: Option<Moment>,
    /// Whether every line of its files could be read: else another execution may stand there.
    pub whole: bool,
}

/// One execution: what somebody asked for, with everything that was done for it. It takes 80 bytes where its id is a UUID.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution {
    /// Its id, the same in every copy of it.
    pub id: Id,
    /// When it was summed up; of one that never was, when it ended or began.
    pub at: Moment,
    /// The sum of its last summary; unknown where that has none, or none was written.
    pub metering: Metering,
    /// The model that answered, else the session's; none where neither is told.
    pub model: Option<Arc<str>>,
    /// How often it was summed up: of copies of one session the one that says so more often is the later.
    pub said: u32,
}

impl Session {
    /// Whether it tells its auxiliary credits.
    pub const fn tells_auxiliary(&self) -> bool {
        !self.splits.is_empty()
    }

    /// Whether what one of its executions used isn't known, or may be missing.
    pub fn lacks_executions(&self) -> bool {
        !self.whole || self.executions.iter().any(|one| one.metering == Metering::Unknown)
    }

    /// Whether what is known of it is the least it used: it doesn't tell its auxiliary credits, as before the command
    /// line's 3.5, or what one of its executions used isn't known (`interfaces-2026.md` §1.7).
    pub fn is_least(&self) -> bool {
        !self.tells_auxiliary() || self.lacks_executions()
    }
}
