//! The hosts that want to be left alone, whoever asks them: one row a host, gone when it answers again.

use crate::{Result, Store, Writing};
use headroom_exact::{Heard, Moment, Wait};
use rusqlite::{Row, params};

/// What a host wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostWait {
    /// The host's name.
    pub host: String,
    /// For how long.
    pub wait: Wait,
    /// How often in a row it wanted that.
    pub times: u32,
}

/// None where a damaged byte made something else of it: then it is no wait.
fn read(row: &Row<'_>) -> Option<HostWait> {
    let moment = |column: usize| Moment::from_unix(row.get(column).ok()?, 0);
    Some(HostWait {
        host: row.get(0).ok()?,
        wait: Wait::kept(Heard::at(moment(1)?), moment(2)?),
        times: row.get(3).ok()?,
    })
}

impl Store {
    /// What hosts wanted when they were last asked, in the order of their names.
    pub fn host_waits(&self) -> Result<Vec<HostWait>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT host, since, until, times FROM host_waits ORDER BY host")?;
        let mut rows = statement.query([])?;
        let mut waits = Vec::new();
        while let Some(row) = rows.next()? {
            waits.extend(read(row));
        }
        Ok(waits)
    }
}

impl Writing<'_> {
    /// A host wants to be left alone; what it wanted before doesn't count any more.
    pub fn set_host_wait(&self, wanted: &HostWait) -> Result<()> {
        self.transaction.execute(
            "INSERT OR REPLACE INTO host_waits (host, since, until, times) VALUES (?1, ?2, ?3, ?4)",
            params![
                wanted.host,
                wanted.wait.since().as_kept().unix_seconds(),
                wanted.wait.end_as_kept().unix_seconds(),
                wanted.times,
            ],
        )?;
        Ok(())
    }

    /// A host answers.
    pub fn clear_host_wait(&self, host: &str) -> Result<()> {
        self.transaction.execute("DELETE FROM host_waits WHERE host = ?1", [host])?;
        Ok(())
    }
}
