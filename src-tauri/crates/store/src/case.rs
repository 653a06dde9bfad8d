//! What can stand behind the door ([`crate::door`]): every case with its own words, and with what helps in it.

use rusqlite::ErrorCode;
use std::fmt;
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
}

impl fmt::Display for NotWritable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::ReadOnlyDisk => "the disk it is on can only be read",
            Self::NoRight => "you have no right to write it or its folder",
            Self::Full => "the disk it is on is full",
        })
    }
}

/// What lies where the data should, and isn't ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Foreign {
    /// A folder, a pipe or a device.
    NotAFile,
    /// A file, but no database.
    NotADatabase,
    /// Another program's database.
    OtherProgram,
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

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Beginning => "its beginning was overwritten",
            Self::CutOff => "its end is missing",
            Self::Tables => "a part of it is missing",
            Self::Pages => "a part of it was overwritten",
            Self::Newest => "the newest records in it were overwritten",
            Self::Disk => "the disk can't read a part of it",
        })
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
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct Closed {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub case: Case,
}

impl fmt::Display for Closed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.case {
            Case::Busy => write!(
                out,
                "{path} is in use by another Headroom that is writing to it. Wait until that is done, then try again."
            ),
            Case::Full => write!(out, "The disk for {path} is full. Free some space on it, then try again."),
            Case::NoRight => write!(
                out,
                "You have no right to read or create {path}. Give your user the right to read and write it and its folder, then try again."
            ),
            Case::Newer { found, known } => write!(
                out,
                "{path} was written by a newer Headroom (its format is {found}, this version knows {known}). It was left untouched: install the newer version."
            ),
            Case::Foreign(foreign) => {
                let what = match foreign {
                    Foreign::NotAFile => "is not a file",
                    Foreign::NotADatabase => "is not a database",
                    Foreign::OtherProgram => "is another program's database",
                };
                write!(
                    out,
                    "{path} {what}, so Headroom can't keep its data there. It was left untouched: set HEADROOM_DATA_DIR to another folder."
                )
            }
            Case::Behind(behind) => {
                let what = match behind {
                    Behind::Gone => "is gone",
                    Behind::Emptied => "is empty",
                };
                write!(
                    out,
                    "{path} {what}, but there are copies of what it held. Bring back the newest with: headroom restore. To start afresh instead, remove the folder \"copies\" beside it."
                )
            }
            Case::Damaged(damage) => write!(
                out,
                "{path} is damaged: {damage}. Repair it from the newest copy with: headroom restore. The damaged file is kept."
            ),
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
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Case::Busy,
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
