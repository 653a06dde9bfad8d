//! A copy and its proof: every page is read into it, its structure is checked, and each table has the same rows with the
//! same content as the source had at that moment. Then it is on the disk.

use crate::planted::Fault;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Why there is no copy.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The source could not be read.
    Source(rusqlite::Error),
    /// The source is damaged: so is every copy of it.
    Unsound,
    /// The copy could not be written.
    Written(rusqlite::Error),
    /// The copy's place fails.
    Place(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Place(error)
    }
}

impl From<io::ErrorKind> for Failed {
    fn from(error: io::ErrorKind) -> Self {
        Self::Place(error.into())
    }
}

/// The rows of a table: how many, and the sum of what is in them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TableSum {
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of their values, in the order of their keys.
    pub sum: [u8; 32],
}

/// What a database holds, table by table.
pub(crate) type Contents = BTreeMap<String, TableSum>;

/// What a database holds at this moment.
pub(crate) fn contents(connection: &Connection) -> rusqlite::Result<Contents> {
    let mut tables = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = 'sqlite_sequence'
             OR name NOT LIKE 'sqlite@_%' ESCAPE '@') ORDER BY name",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    names
        .map(|name| {
            let name = name?;
            let sum = sum(connection, &name)?;
            Ok((name, sum))
        })
        .collect()
}

fn sum(connection: &Connection, table: &str) -> rusqlite::Result<TableSum> {
    let quoted = table.replace('"', "\"\"");
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{quoted}\""))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let (mut sum, mut count) = (Sha256::new(), 0_u64);
    while let Some(row) = rows.next()? {
        count = count.saturating_add(1);
        for column in 0..columns {
            let (kind, bytes): (u8, &[u8]) = match row.get_ref(column)? {
                ValueRef::Null => (b'n', &[]),
                ValueRef::Integer(number) => {
                    sum.update(b"i");
                    sum.update(number.to_le_bytes());
                    continue;
                }
                ValueRef::Real(number) => {
                    sum.update(b"r");
                    sum.update(number.to_bits().to_le_bytes());
                    continue;
                }
                ValueRef::Text(text) => (b't', text),
                ValueRef::Blob(bytes) => (b'b', bytes),
            };
            sum.update([kind]);
            sum.update(bytes.len().to_le_bytes());
            sum.update(bytes);
        }
    }
    Ok(TableSum { rows: count, sum: sum.finalize().into() })
}

/// Whether a database's structure is whole: every page of it is read.
pub(crate) fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(found == "ok")
}

/// Copies a database, as it is at this moment, to a place where nothing is, and proves the copy.
pub(crate) fn copy(source: &Connection, place: &Path) -> Result<Contents, Failed> {
    create(place)?;
    let written = Connection::open_with_flags(
        place,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    );
    let mut target = written.map_err(Failed::Written)?;
    let expected = copy_pages(source, &mut target)?;
    proved(&target, expected).inspect(|_| drop(target)).and_then(|contents| {
        File::open(place)?.sync_all()?;
        Ok(contents)
    })
}

/// All pages of one moment, and what the source holds at that moment.
fn copy_pages(source: &Connection, target: &mut Connection) -> Result<Contents, Failed> {
    // One moment for both, whatever is written meanwhile; where a write is in progress already it is that.
    let moment = source.is_autocommit().then(|| source.unchecked_transaction()).transpose();
    let moment = moment.map_err(Failed::Source)?;
    let expected = contents(source).map_err(of_source)?;
    // What isn't on the disk yet needs no second copy of it: the whole file is made anew if this is cut short.
    target.pragma_update(None, "synchronous", "OFF").map_err(Failed::Written)?;
    let backup = Backup::new(source, target).map_err(Failed::Written)?;
    let done = backup.step(-1).map_err(Failed::Written)?;
    drop(backup);
    drop(moment);
    if done == StepResult::Done { Ok(expected) } else { Err(Failed::Written(rusqlite::Error::InvalidQuery)) }
}

fn of_source(error: rusqlite::Error) -> Failed {
    if crate::error::is_damage(&error) { Failed::Unsound } else { Failed::Source(error) }
}

fn proved(target: &Connection, expected: Contents) -> Result<Contents, Failed> {
    // One file, without a log; and without what was deleted from it.
    let alone = target
        .pragma_update(None, "journal_mode", "DELETE")
        .and_then(|()| target.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0)))
        .and_then(|free| if free > 0 { target.execute_batch("VACUUM") } else { Ok(()) });
    alone.map_err(of_target)?;
    if Fault::UnprovedCopy.is_planted() {
        return Ok(expected);
    }
    let same = is_sound(target).map_err(of_target)? && contents(target).map_err(of_target)? == expected;
    if same { Ok(expected) } else { Err(Failed::Unsound) }
}

fn of_target(error: rusqlite::Error) -> Failed {
    if crate::error::is_damage(&error) { Failed::Unsound } else { Failed::Written(error) }
}

fn create(place: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(place).map(drop)
}
