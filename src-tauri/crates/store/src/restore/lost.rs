//! What was recorded after a copy and didn't come back: counted in what can still be read of the damaged data. Tasks are
//! counted by the days' sums and everything else by its index, so that a row may be lost and still be counted.

use crate::Result;
use crate::acts_step::is_an_act;
use headroom_exact::{Saying, say};
use rusqlite::Connection;

/// How much of what is lost.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Lost {
    /// Tasks.
    pub tasks: u64,
    /// What the user did: facts stated, plans and switches changed.
    pub acts: u64,
    /// Vendors' answers.
    pub answers: u64,
    /// Lines of reports.
    pub reports: u64,
    /// Bills.
    pub bills: u64,
}

const TASKS: &str = "SELECT COALESCE(SUM(tasks + unmetered), 0) FROM daily_rollups";
const ESTIMATED: &str = "SELECT COUNT(*) FROM events INDEXED BY estimated_in_time WHERE kind = 'estimated'";
const ACTS: &str = concat!("SELECT COUNT(*) FROM events INDEXED BY acts_in_time WHERE ", is_an_act!());
const ANSWERS: &str = "SELECT COUNT(*) FROM vendor_snapshots INDEXED BY snapshots_in_time";
const REPORTS: &str = "SELECT COUNT(*) FROM reported_usage INDEXED BY reported_by_subject";
const BILLS: &str = "SELECT COUNT(*) FROM bills";

impl Lost {
    /// What the damaged data had and the restored one hasn't; an error where that can't be counted.
    pub(super) fn between(damaged: &Connection, restored: &Connection) -> Result<Self> {
        let difference = |sql: &str| -> Result<u64> {
            let count = |connection: &Connection| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            Ok(u64::try_from(count(damaged)?.saturating_sub(count(restored)?)).unwrap_or(0))
        };
        Ok(Self {
            tasks: difference(TASKS)?.saturating_add(difference(ESTIMATED)?),
            acts: difference(ACTS)?,
            answers: difference(ANSWERS)?,
            reports: difference(REPORTS)?,
            bills: difference(BILLS)?,
        })
    }

    /// What is still lost after so many tasks and lines of reports came back from elsewhere.
    #[must_use]
    pub const fn less(self, tasks: u64, reports: u64) -> Self {
        Self {
            tasks: self.tasks.saturating_sub(tasks),
            reports: self.reports.saturating_sub(reports),
            ..self
        }
    }

    /// What is to be said of each that anything is lost of.
    pub fn said(self) -> Vec<Saying> {
        let counted = [
            (self.tasks, say!("lost-tasks", count = self.tasks)),
            (self.acts, say!("lost-acts", count = self.acts)),
            (self.answers, say!("lost-answers", count = self.answers)),
            (self.reports, say!("lost-reports", count = self.reports)),
            (self.bills, say!("lost-bills", count = self.bills)),
        ];
        counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, saying)| saying).collect()
    }
}
