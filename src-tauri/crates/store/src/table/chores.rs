//! What is still to be done on the file as a whole.

use crate::{Result, Store, Writing};
use headroom_exact::Moment;
use rusqlite::params;

/// The chore of making the file anew without what was deleted from it.
pub(crate) const GIVE_ROOM_BACK: &str = "give-room-back";
/// The chore of making the indexes anew where they don't agree with their tables.
pub(crate) const MEND_INDEXES: &str = "mend-indexes";
/// What failed for another reason than that somebody else is at the file isn't tried again sooner than this.
const DAY_SECONDS: i64 = 86_400;

impl Store {
    /// Whether a chore may be tried now; then it is noted, before it begins, that it was.
    pub(crate) fn may_try(&mut self, chore: &str, now: Moment) -> Result<bool> {
        let (seconds, earliest) = (now.unix_seconds(), now.plus_seconds(-DAY_SECONDS).unix_seconds());
        // A moment in the future is a clock's that was set back since.
        let noted = self.connection.execute(
            "INSERT INTO chores (name, tried_at) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at
             WHERE tried_at IS NULL OR tried_at <= ?3 OR tried_at > ?2",
            params![chore, seconds, earliest],
        )?;
        Ok(noted > 0)
    }

    /// Nothing is left to do of a chore.
    pub(crate) fn finish(&mut self, chore: &str) -> Result<()> {
        self.connection.execute("DELETE FROM chores WHERE name = ?1", [chore])?;
        Ok(())
    }
}

impl Writing<'_> {
    /// Notes that a chore is to be done at the next opportunity.
    pub(crate) fn owe(&self, chore: &str) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO chores (name) VALUES (?1) ON CONFLICT DO UPDATE SET tried_at = NULL",
            [chore],
        )?;
        Ok(())
    }
}
