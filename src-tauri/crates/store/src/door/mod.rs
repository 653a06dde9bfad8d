//! The one door to the data: what lies there is looked at first, then it is opened, and whatever stands against that is
//! a case of its own ([`Opened`]). Nothing that isn't ours is ever written to.
//!
//! In order, for writing ([`Store::open`]):
//! 1. a restore that was interrupted when all was ready is finished ([`crate::ready`]);
//! 2. the file is looked at as bytes ([`look`]): whose is it, which format has it, is all of it there?
//!    *(The seal beside the file, reliability.md B, is read here, before SQLite sees the file: a file older than its
//!    seal, of another one, or gone while a seal is there, is [`Case::Behind`].)*
//! 3. whoever is in alone looks whether the log is as it was left ([`log`]);
//! 4. SQLite opens it. *(The page sums, reliability.md A, belong to this call, as the VFS that it names: from then on no
//!    page is used that isn't as it was written.)*
//! 5. all steps that its format misses are taken in one transaction that reads the format itself, after a copy was made;
//! 6. its tables are looked for.
//!
//! For reading ([`Store::open_to_read`]) the same, without anything that writes or waits: an older format is brought up
//! to date in memory, and where SQLite can't read without writing, the bytes are read instead.

mod image;
mod lock;
mod log;
mod look;
mod safe;

use crate::case::{Case, Closed, Damage, NotWritable, case_of, of_sqlite, unknown};
use crate::connection::{BUSY, Store};
use crate::copies::{self, Before};
use crate::files::not_writable;
use crate::migrations::{self, COUNT, MARKS, NotMigrated};
use crate::planted::Fault;
use crate::trust::trust_nothing;
use crate::{StoreError, ready};
use headroom_exact::Moment;
use lock::Reader;
use look::Found;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long somebody who reads waits for another to finish what no reading can go beside.
const READING: Duration = Duration::from_millis(500);

/// What came of opening the data.
#[derive(Debug)]
pub enum Opened {
    /// It is whole, and open.
    Whole(Store),
    /// It can be read, and nothing can be written.
    ReadOnly(Store, NotWritable),
    /// It is not open, and nothing of it was changed.
    Closed(Closed),
}

impl Opened {
    /// The store to read from.
    pub fn to_read(self) -> Result<Store, Closed> {
        match self {
            Self::Whole(store) | Self::ReadOnly(store, _) => Ok(store),
            Self::Closed(closed) => Err(closed),
        }
    }

    /// The store to write to: what can only be read is none.
    pub fn to_write(self) -> Result<Store, StoreError> {
        match self {
            Self::Whole(store) => Ok(store),
            Self::ReadOnly(store, why) => Err(StoreError::NotWritable { path: store.path, why }),
            Self::Closed(closed) => Err(closed.into()),
        }
    }
}

/// Goes in alone, for whoever replaces the data; none while somebody else is in.
pub(crate) fn enter_alone(path: &Path) -> io::Result<Option<File>> {
    lock::enter_alone(path)
}

/// Whether the log beside the data is damaged.
pub(crate) fn log_is_damaged(path: &Path) -> io::Result<bool> {
    log::is_damaged(path)
}

/// Opens what can be read of a damaged file, in memory; none where nothing can.
pub(crate) fn salvage(path: &Path, model: &Path) -> io::Result<Option<Connection>> {
    if !path.exists() {
        return Ok(None);
    }
    let mut header = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(File::open(model)?, 100), &mut header)?;
    let image = image::of(path)?.mended(&header);
    let Ok(connection) = image.connection() else { return Ok(None) };
    Ok(look::tables(&connection).is_ok_and(|tables| !tables.is_empty()).then_some(connection))
}

/// Finds out what stands against opening a file, without opening it.
pub(crate) fn look(path: &Path) -> Result<(), Case> {
    look::at(path).map(drop)
}

impl Store {
    /// Opens the data to read and write, making it and its folder when they are missing, and brings it up to date.
    ///
    /// What is made is readable for its owner only (0600 in a folder of 0700, where the system knows such a thing).
    /// Before an older format is brought up to date, a copy of it is made: `now` is its name.
    pub fn open(path: &Path, now: Moment) -> Opened {
        let closed = |case| Opened::Closed(Closed { path: path.to_owned(), case });
        match open(path, now) {
            Ok(opened) => opened,
            Err(StoreError::Closed(other)) => Opened::Closed(other),
            Err(StoreError::CopyNotMade { why: Some(NotWritable::Full), .. }) => closed(Case::Full),
            Err(StoreError::CopyNotMade { path, .. }) => Opened::Closed(Closed { path, case: Case::NoRight }),
            Err(StoreError::Database(error)) => closed(case_beside(path, &error)),
            Err(_) => closed(Case::Damaged(Damage::Pages)),
        }
    }

    /// Opens the data to read only: nothing is written, nobody is waited for, and no writer is held up.
    pub fn open_to_read(path: &Path) -> Opened {
        match open_to_read(path) {
            Ok((connection, guard, None)) => Opened::Whole(Self::over(connection, path, guard)),
            Ok((connection, guard, Some(why))) => {
                Opened::ReadOnly(read_only(connection, path, guard, why), why)
            }
            Err(case) => Opened::Closed(Closed { path: path.to_owned(), case }),
        }
    }
}

fn read_only(connection: Connection, path: &Path, guard: Option<File>, why: NotWritable) -> Store {
    Store::over(connection, path, guard).only_to_read(why)
}

fn open(path: &Path, now: Moment) -> Result<Opened, StoreError> {
    let closed = |case| StoreError::Closed(Closed { path: path.to_owned(), case });
    let io = |error: io::Error| closed(case_of(&error));
    if !ready::is_ready(path) {
        look::at(path).map_err(closed)?;
        make_folder(path).map_err(io)?;
    }
    let entered = lock::enter(path);
    if ready::is_ready(path) {
        if !entered.alone {
            return Err(closed(Case::Busy));
        }
        ready::finish(path).map_err(io)?;
    }
    // Whoever was in before may have made it, brought it up to date or restored it.
    let found = look::at(path).map_err(closed)?;
    if entered.alone && log_is_damaged(path).map_err(io)? {
        return Err(closed(Case::Damaged(Damage::Newest)));
    }
    if found == Found::Free {
        create(path).map_err(io)?;
    }
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    if connection.is_readonly("main")? {
        let why = not_writable(path).unwrap_or(NotWritable::NoRight);
        let (connection, guard, _) = open_to_read(path).map_err(closed)?;
        return Ok(Opened::ReadOnly(read_only(connection, path, guard, why), why));
    }
    prepare(&connection)?;
    keep_a_log(&mut connection)?;
    bring_up_to_date(&mut connection, path, now)?;
    if !has_its_tables(&connection)? {
        return Err(closed(Case::Damaged(Damage::Tables)));
    }
    Ok(Opened::Whole(Store::over(connection, path, entered.stay())))
}

/// Takes the steps that are missing, after a copy was made of what is there. A file that is damaged already is brought
/// up to date without: no copy of it would be good, and those that were made before stay.
fn bring_up_to_date(connection: &mut Connection, path: &Path, now: Moment) -> Result<(), StoreError> {
    let copy = || match copies::of_committed(path, Before::Migration, now) {
        Ok(_) | Err(StoreError::Unsound { .. }) => Ok(()),
        Err(error) => Err(error),
    };
    migrations::run(connection, copy).map_err(|error| match error {
        NotMigrated::Database(error) => error.into(),
        NotMigrated::Format(found) => Closed { path: path.to_owned(), case: unknown(found, COUNT) }.into(),
        NotMigrated::First(error) => error,
    })
}

/// A connection to read with, what it holds of the lock, and why nothing could be written where that is known.
type Reading = (Connection, Option<File>, Option<NotWritable>);

fn open_to_read(path: &Path) -> Result<Reading, Case> {
    if let Some(ready) = ready::ready(path) {
        // It counts already; whoever opens it to write puts it in its place.
        return from_bytes(&ready, None);
    }
    if look::at(path)? == Found::Free {
        return in_memory(Connection::open_in_memory().map_err(|error| of_sqlite(&error))?);
    }
    let Reader::In(entered) = lock::enter_to_read(path) else {
        // Somebody is alone in there: what lies on the disk is read, and nothing of theirs is touched.
        return from_bytes(path, None);
    };
    // SQLite would end the log there, and clear it away when this is closed.
    if entered.alone && log_is_damaged(path).map_err(|error| case_of(&error))? {
        return Err(Case::Damaged(Damage::Newest));
    }
    let guard = entered.stay();
    let outcome = read_with_sqlite(path);
    match outcome {
        Ok(connection) if migrations::format(&connection) == Ok(COUNT) => {
            let read_only = connection.is_readonly("main").unwrap_or(false);
            let why = if read_only { Some(not_writable(path).unwrap_or(NotWritable::NoRight)) } else { None };
            Ok((connection, guard, why))
        }
        // Another format: it is brought up to date in memory.
        Ok(_) => from_bytes(path, None),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Err(of_sqlite(&error)),
            _ => from_bytes(path, not_writable(path)),
        },
    }
}

fn read_with_sqlite(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(READING)?;
    trust_nothing(&connection)?;
    connection.pragma_update(None, "query_only", "ON")?;
    if !has_its_tables(&connection)? {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            None,
        ));
    }
    Ok(connection)
}

fn from_bytes(path: &Path, why: Option<NotWritable>) -> Result<Reading, Case> {
    let image = image::of(path).map_err(|error| {
        if error.kind() == io::ErrorKind::ResourceBusy { Case::Busy } else { case_of(&error) }
    })?;
    let (connection, guard, _) = in_memory(image.connection().map_err(|error| of_sqlite(&error))?)?;
    Ok((connection, guard, why))
}

fn in_memory(mut connection: Connection) -> Result<Reading, Case> {
    trust_nothing(&connection).map_err(|error| of_sqlite(&error))?;
    let outcome = migrations::run(&mut connection, || Ok::<_, rusqlite::Error>(()));
    outcome.map_err(|error| match error {
        NotMigrated::Database(error) | NotMigrated::First(error) => of_sqlite(&error),
        NotMigrated::Format(found) => unknown(found, COUNT),
    })?;
    connection.pragma_update(None, "query_only", "ON").map_err(|error| of_sqlite(&error))?;
    Ok((connection, None, None))
}

/// Whether the tables of every format are there.
fn has_its_tables(connection: &Connection) -> rusqlite::Result<bool> {
    let names = look::tables(connection)?;
    Ok(MARKS.iter().all(|mark| names.iter().any(|name| name == mark)))
}

/// The case of a failure of SQLite's, with what the system says about the folder.
fn case_beside(path: &Path, error: &rusqlite::Error) -> Case {
    match (of_sqlite(error), not_writable(path)) {
        (Case::Damaged(Damage::Disk) | Case::NoRight, Some(NotWritable::Full)) => Case::Full,
        (Case::Damaged(Damage::Disk), Some(_)) => Case::NoRight,
        (case, _) => case,
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    path.parent().map_or(Ok(()), |parent| folder.recursive(true).create(parent))
}

/// Makes an empty file for its owner only; SQLite gives its companions the same rights.
fn create(path: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    match file.write(true).create_new(true).open(path) {
        // It was empty already, or another process of ours was a moment faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome.map(drop),
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    trust_nothing(connection)?;
    let synchronous = if Fault::NotSynchronous.is_planted() { "OFF" } else { "FULL" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", "ON")
}

/// How often it is tried to have a log: SQLite doesn't wait for others here.
const LOG_TRIES: u32 = 100;

/// Has SQLite keep a log, so that readers and a writer don't wait for each other.
fn keep_a_log(connection: &mut Connection) -> rusqlite::Result<()> {
    for _ in 1..LOG_TRIES {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if crate::error::is_busy(&error) => {
                // Here SQLite does wait: until whoever is at it is done.
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?.commit()?;
            }
            outcome => return outcome,
        }
    }
    connection.pragma_update(None, "journal_mode", "WAL")
}
