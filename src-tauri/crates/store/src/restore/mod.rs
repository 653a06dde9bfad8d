//! Restoring: the newest good copy takes the place of data that is damaged, what can still be read of the damaged data
//! and is newer is merged into it ([`merge`]), and the damaged files are kept.
//!
//! It is made whole beside the data first. From the moment it is there under its name (`-restored`) it counts: if
//! Headroom is killed in between, the next opening finishes it ([`crate::ready`]); before that nothing was changed.

mod lost;
mod merge;

pub use crate::error::NotRestored;
pub use lost::Lost;
pub use merge::Merged;

use crate::case::{Case, Closed, of_sqlite, why_not};
use crate::copies::{self, Copy};
use crate::files::{beside, sync_folder, sync_folder_of};
use crate::migrations::up_to_date;
use crate::planted::Fault;
use crate::ready::{READY, finish, is_ready};
use crate::{Result, Store, StoreError, door};
use chrono::{DateTime, NaiveDateTime};
use headroom_exact::{Moment, Saying, say};
use rusqlite::Connection;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the data is made of: the file, its log and the log's index.
const FILES: [&str; 3] = ["", "-wal", "-shm"];
const UNPROVED: &str = "-unproved";
/// So many folders of damaged files are kept.
const KEPT: usize = 3;
const BEGINNING: &str = "damaged-";
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// What a restore did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// When the copy was made that took the place of the damaged data; none where there was no good one, and what could
    /// be read was put into a new file.
    pub copied_at: Option<Moment>,
    /// The copy that was named: everything is as it is in there, and nothing was merged.
    pub named: Option<PathBuf>,
    /// How many newer copies were passed over because they are damaged.
    pub damaged_copies: usize,
    /// Where the damaged files are now.
    pub damaged: PathBuf,
    /// What came back of what was recorded after that copy.
    pub merged: Merged,
    /// What was recorded after it and didn't; none where the damaged file doesn't tell.
    pub lost: Option<Lost>,
}

impl Restored {
    /// What it did, a sentence each.
    pub fn told(&self) -> Vec<Saying> {
        if let Some(copy) = &self.named {
            return vec![say!("restored-named", copy), say!("restored-before-kept", path = &self.damaged)];
        }
        let merged = &self.merged;
        let mut told = vec![
            self.copied_at.map_or_else(|| say!("restored-anew"), |at| say!("restored-copy", at)),
            merged.told(),
        ];
        if merged.refused > 0 {
            told.push(say!("restored-refused", count = merged.refused));
        }
        told.push(say!("restored-damaged-kept", path = &self.damaged));
        told
    }
}

/// For logs.
impl fmt::Display for Restored {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<_> = self.told().iter().map(Saying::to_string).collect();
        out.write_str(&told.join(" "))
    }
}

/// A new folder for damaged files.
fn new_folder(database: &Path, now: Moment) -> io::Result<PathBuf> {
    let time = DateTime::from_timestamp(now.unix_seconds(), 0).unwrap_or_default().format(TIME);
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for number in 1..1000 {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let folder = database.with_file_name(format!("{BEGINNING}{time}{ending}"));
        match builder.create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            outcome => return outcome.map(|()| folder),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Keeps the files under another name as well; they go from their place when the restored one takes it.
fn keep_damaged(database: &Path, now: Moment) -> io::Result<PathBuf> {
    let folder = new_folder(database, now)?;
    for ending in FILES {
        let (from, name) = (beside(database, ending), database.file_name().unwrap_or_default());
        let to = beside(&folder.join(name), ending);
        if from.exists() && fs::hard_link(&from, &to).is_err() {
            // A file system without links.
            fs::copy(&from, &to)?;
        }
    }
    sync_folder(&folder)?;
    sync_folder_of(database)?;
    Ok(folder)
}

/// Folders of damaged files, the newest first.
fn damaged_folders(database: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = database.parent().unwrap_or(Path::new("."));
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix(BEGINNING));
        let is_ours = name
            .and_then(|name| name.get(..16))
            .is_some_and(|time| NaiveDateTime::parse_from_str(time, TIME).is_ok());
        if is_ours && path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort_unstable_by(|one, other| other.cmp(one));
    Ok(folders)
}

fn remove_damaged(database: &Path, kept: usize) -> io::Result<()> {
    damaged_folders(database)?.into_iter().skip(kept).try_for_each(fs::remove_dir_all)
}

/// Removes everything damaged that was kept, for whoever deletes all records.
pub(crate) fn delete_damaged(database: &Path) -> Result<()> {
    remove_damaged(database, 0).map_err(|error| not_written(database, &error))
}

/// A base for what is restored: a file of its own, up to date.
struct Base {
    connection: Connection,
    copied_at: Option<Moment>,
    damaged_copies: usize,
}

fn not_written(path: &Path, error: &io::Error) -> StoreError {
    NotRestored::NotWritten { path: path.to_owned(), why: why_not(error) }.into()
}

/// Restores the data. From the newest good copy if it is damaged; what can be read of it that is newer is merged. From
/// `named`, if that is given, whatever the state of the data is, exactly as it is in there.
pub fn restore(database: &Path, named: Option<&Path>, now: Moment) -> Result<Restored> {
    let io = |error: io::Error| not_written(database, &error);
    // Beside what isn't ours not even the file is made that says who is in.
    if !is_ready(database) {
        refuse_what_is_not_ours(database)?;
    }
    let held = door::enter_alone(database).map_err(io)?;
    let _held = held.ok_or_else(|| NotRestored::InUse(database.to_owned()))?;
    if is_ready(database) {
        finish(database).map_err(io)?;
    }
    if refuse_what_is_not_ours(database)? && named.is_none() {
        refuse_what_is_whole(database)?;
    }
    let damaged = keep_damaged(database, now).map_err(io)?;
    let outcome = prepare(database, named, now, &damaged);
    if outcome.is_err() {
        _ = fs::remove_file(beside(database, UNPROVED));
        _ = fs::remove_dir_all(&damaged);
    }
    let Prepared { base, merged, lost } = outcome?;
    fs::rename(beside(database, UNPROVED), beside(database, READY)).map_err(io)?;
    sync_folder_of(database).map_err(io)?;
    finish(database).map_err(io)?;
    // More than are kept do no harm.
    _ = remove_damaged(database, KEPT);
    let named = named.map(Path::to_owned);
    Ok(Restored { copied_at: base.0, named, damaged_copies: base.1, damaged, merged, lost })
}

/// What lies ready beside the data: of which copy, how many newer ones are damaged, and what came back and what didn't.
struct Prepared {
    base: (Option<Moment>, usize),
    merged: Merged,
    lost: Option<Lost>,
}

/// Makes what is restored, whole and proved, beside the data.
fn prepare(database: &Path, named: Option<&Path>, now: Moment, damaged: &Path) -> Result<Prepared> {
    let place = beside(database, UNPROVED);
    let mut base = match named {
        Some(copy) => from_named(copy, &place)?,
        None => newest_good(database, &place)?,
    };
    // Of a copy that is named nothing comes back that was recorded after it.
    let (mut merged, mut lost) = (Merged::default(), Some(Lost::default()));
    if named.is_none() {
        let name = database.file_name().unwrap_or_default();
        let damaged =
            door::salvage(&damaged.join(name), &place).map_err(|error| not_written(database, &error))?;
        merged = merge::merge(&mut base.connection, damaged.as_ref(), now)?;
        if base.copied_at.is_none() && merged == Merged::default() {
            return Err(NotRestored::NoCopy(database.to_owned()).into());
        }
        lost = damaged.and_then(|damaged| Lost::between(&damaged, &base.connection).ok());
    }
    if !copies::is_sound(&base.connection)? {
        return Err(StoreError::Unsound { path: place });
    }
    drop(base.connection);
    fs::File::open(&place).and_then(|file| file.sync_all()).map_err(|error| not_written(database, &error))?;
    Ok(Prepared { base: (base.copied_at, base.damaged_copies), merged, lost })
}

/// Whether nothing stands against opening it at first sight. What isn't ours, or can't be replaced, is refused.
fn refuse_what_is_not_ours(database: &Path) -> Result<bool> {
    match door::look(database) {
        Ok(()) => Ok(true),
        Err(Case::Damaged(_) | Case::Behind(_)) => Ok(false),
        Err(case) => Err(Closed { path: database.to_owned(), case }.into()),
    }
}

/// What is whole stays: what only a closer look finds damaged isn't.
fn refuse_what_is_whole(database: &Path) -> Result<()> {
    let whole = || StoreError::from(NotRestored::Whole(database.to_owned()));
    if !database.exists() {
        return Err(whole());
    }
    if door::log_is_damaged(database).map_err(|error| not_written(database, &error))? {
        return Ok(());
    }
    match Store::open_to_read(database).to_read() {
        Err(Closed { case: Case::Damaged(_), .. }) => Ok(()),
        Err(closed) => Err(closed.into()),
        Ok(store) => match copies::is_sound(&store.connection) {
            Ok(true) => Err(whole()),
            Ok(false) => Ok(()),
            Err(error) if matches!(of_sqlite(&error), Case::Damaged(_)) => Ok(()),
            Err(error) => Err(error.into()),
        },
    }
}

/// Whether there is a copy that a restore would begin with.
pub(crate) fn has_good_copy(database: &Path) -> bool {
    let is_good = |copy: &Copy| {
        door::look(&copy.path).is_ok()
            && Store::open_to_read(&copy.path)
                .to_read()
                .is_ok_and(|store| copies::is_sound(&store.connection).unwrap_or(false))
    };
    copies::list(database).is_ok_and(|copies| copies.iter().any(is_good))
}

/// A file of its own from a copy, proved and brought up to date; none where the copy isn't good.
fn from_copy(copy: &Path, place: &Path) -> Result<Option<Connection>> {
    _ = fs::remove_file(place);
    if Fault::UncheckedRestore.is_planted() {
        fs::copy(copy, place).map_err(|error| not_written(place, &error))?;
        return up_to_date(place).map(Some);
    }
    // A copy is one of our files, or it is none.
    if door::look(copy).is_err() {
        return Ok(None);
    }
    let Ok(store) = Store::open_to_read(copy).to_read() else { return Ok(None) };
    match store.copy_to(place) {
        Ok(()) => {}
        Err(StoreError::Unsound { .. } | StoreError::Database(_)) => return Ok(None),
        Err(error) => return Err(error),
    }
    up_to_date(place).map(Some)
}

fn from_named(copy: &Path, place: &Path) -> Result<Base> {
    let connection = from_copy(copy, place)?.ok_or_else(|| NotRestored::NotACopy(copy.to_owned()))?;
    let copied_at = copies::made_at(copy);
    Ok(Base { connection, copied_at, damaged_copies: 0 })
}

fn newest_good(database: &Path, place: &Path) -> Result<Base> {
    let all: Vec<Copy> = copies::list(database).map_err(|error| not_written(database, &error))?;
    for (damaged_copies, copy) in all.iter().enumerate() {
        if let Some(connection) = from_copy(&copy.path, place)? {
            return Ok(Base { connection, copied_at: Some(copy.made_at), damaged_copies });
        }
    }
    _ = fs::remove_file(place);
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(place).map_err(|error| not_written(database, &error))?;
    Ok(Base { connection: up_to_date(place)?, copied_at: None, damaged_copies: all.len() })
}
