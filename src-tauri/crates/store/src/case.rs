//! What can stand behind the door ([`crate::door`]): every case with its own words, and with what helps in it.

use headroom_exact::{Saying, say, says};
use rusqlite::ErrorCode;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why the data can be read but not written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotWritable {
    /// The disk, or its file system, takes no writes.
    ReadOnlyDisk,
    /// This user may not write there.
    NoRight,
    /// The disk, or this user's share of it, is full.
    Full,
    /// It is damaged and no copy of it is good: what can be read of it is open ([`crate::Store::open_damaged`]).
    Damaged,
}

impl From<NotWritable> for Saying {
    fn from(why: NotWritable) -> Self {
        match why {
            NotWritable::ReadOnlyDisk => say!("disk-read-only"),
            NotWritable::NoRight => say!("no-right-to-write"),
            NotWritable::Full => say!("disk-full"),
            NotWritable::Damaged => say!("damaged-without-copy"),
        }
    }
}

/// SQLite opens no file whose path has more than 512 bytes; those of copies and of what it keeps beside a file are longer
/// than the file's own.
pub(crate) const LONGEST_PATH: usize = 440;

/// What lies where the data should, and isn't ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Foreign {
    /// A folder, a pipe or a device.
    NotAFile,
    /// A file, but no database.
    NotADatabase,
    /// Another program's database.
    OtherProgram,
    /// A file whose path is longer than databases can have.
    PathTooLong,
}

impl From<Foreign> for Saying {
    fn from(foreign: Foreign) -> Self {
        match foreign {
            Foreign::NotAFile => say!("not-a-file"),
            Foreign::NotADatabase => say!("not-a-database"),
            Foreign::OtherProgram => say!("another-programs-database"),
            Foreign::PathTooLong => say!("path-too-long", most = LONGEST_PATH),
        }
    }
}

/// How it shows that records are missing that were kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Behind {
    /// The file is gone.
    Gone,
    /// The file is empty.
    Emptied,
}

/// What is damaged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
    /// The beginning of the file.
    Beginning,
    /// The file ends too early.
    CutOff,
    /// A table that every file has is missing.
    Tables,
    /// A page inside the file.
    Pages,
    /// The newest records, which lie beside the file until they are moved into it.
    Newest,
    /// The disk under it fails.
    Disk,
}

impl From<Damage> for Saying {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Beginning => say!("beginning-overwritten"),
            Damage::CutOff => say!("end-missing"),
            Damage::Tables => say!("part-missing"),
            Damage::Pages => say!("part-overwritten"),
            Damage::Newest => say!("newest-overwritten"),
            Damage::Disk => say!("part-unreadable"),
        }
    }
}

/// Why the data can't be opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// Another Headroom is at it and didn't finish in time, or is restoring it.
    Busy,
    /// The disk is full, and there is nothing yet that could be read.
    Full,
    /// This user may not read it, or may not make it.
    NoRight,
    /// A newer version wrote it.
    Newer {
        /// The format found in it.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// It isn't Headroom's.
    Foreign(Foreign),
    /// Records that were kept are missing.
    Behind(Behind),
    /// It is damaged.
    Damaged(Damage),
}

/// A file that was not opened: nothing of it was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closed {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub case: Case,
}

says!(Closed);

impl From<&Closed> for Saying {
    fn from(Closed { path, case }: &Closed) -> Self {
        match *case {
            Case::Busy => say!("store-in-use", path),
            Case::Full => say!("store-without-room", path),
            Case::NoRight => say!("store-not-allowed", path),
            Case::Newer { found, known } => {
                say!("store-newer", path, found = found.to_string(), known = known.to_string())
            }
            Case::Foreign(foreign) => say!("store-foreign", path, reason = Self::from(foreign)),
            Case::Behind(Behind::Gone) => say!("store-gone", path),
            Case::Behind(Behind::Emptied) => say!("store-emptied", path),
            Case::Damaged(damage) => say!("store-unreadable", path, reason = Self::from(damage)),
        }
    }
}

/// The case of a failure of the system's.
pub(crate) fn case_of(error: &io::Error) -> Case {
    let kind = error.kind();
    if let Some(why) = why_not(error) {
        return if why == NotWritable::Full { Case::Full } else { Case::NoRight };
    }
    if matches!(kind, ErrorKind::NotADirectory | ErrorKind::IsADirectory) {
        Case::Foreign(Foreign::NotAFile)
    } else if kind == ErrorKind::NotFound {
        Case::Behind(Behind::Gone)
    } else {
        Case::Damaged(Damage::Disk)
    }
}

/// The case of a failure of SQLite's while a file is opened.
pub(crate) fn of_sqlite(error: &rusqlite::Error) -> Case {
    match error.sqlite_error_code() {
        // Another program that brings it up to date changes its tables meanwhile.
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::SchemaChanged) => Case::Busy,
        Some(ErrorCode::DiskFull) => Case::Full,
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Case::NoRight,
        Some(ErrorCode::NotADatabase) => Case::Damaged(Damage::Beginning),
        Some(ErrorCode::SystemIoFailure) => Case::Damaged(Damage::Disk),
        _ => Case::Damaged(Damage::Pages),
    }
}

/// What kind of "can't be written" a failure is.
pub(crate) fn why_not(error: &io::Error) -> Option<NotWritable> {
    let kinds = [
        (ErrorKind::ReadOnlyFilesystem, NotWritable::ReadOnlyDisk),
        (ErrorKind::PermissionDenied, NotWritable::NoRight),
        (ErrorKind::StorageFull, NotWritable::Full),
        (ErrorKind::QuotaExceeded, NotWritable::Full),
        (ErrorKind::FileTooLarge, NotWritable::Full),
    ];
    kinds.into_iter().find(|(kind, _)| *kind == error.kind()).map(|(_, why)| why)
}

/// The case of a format that this version doesn't know.
pub(crate) const fn unknown(found: i64, known: i64) -> Case {
    if found > known { Case::Newer { found, known } } else { Case::Damaged(Damage::Beginning) }
}
