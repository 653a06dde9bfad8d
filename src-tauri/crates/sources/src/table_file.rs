//! What readers of large files share: finding them, naming what is wrong in them, saying how far they are.

use crate::bounded::FileError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many rows that could not be read are kept with their reason; the others are counted.
const MOST_LISTED: usize = 1_000;
/// After so many rows somebody is told how far it is.
const ROWS_A_REPORT: u64 = 1 << 15;

/// A row that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// The file.
    pub file: PathBuf,
    /// Its line, counted from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Rows that could not be read: all counted, the first thousand listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BadRows {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub listed: Vec<BadRow>,
}

impl BadRows {
    /// One more.
    pub(crate) fn add(&mut self, file: &Path, line: u64, reason: String) {
        self.count = self.count.saturating_add(1);
        if self.listed.len() < MOST_LISTED {
            self.listed.push(BadRow { file: file.to_owned(), line, reason: shortened(reason) });
        }
    }
}

/// The most letters of a reason that are kept: it may quote a field, which may be long.
const LONGEST_REASON: usize = 200;

/// A reason without the middle of what it quotes.
fn shortened(reason: String) -> String {
    if reason.len() <= LONGEST_REASON {
        return reason;
    }
    let half = LONGEST_REASON.checked_div(2).unwrap_or_default();
    let (begin, end) =
        (reason.floor_char_boundary(half), reason.ceil_char_boundary(reason.len().saturating_sub(half)));
    format!("{}…{}", reason.get(..begin).unwrap_or_default(), reason.get(end..).unwrap_or_default())
}

/// Why nothing was read. Each message names the file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file or folder can't be read.
    #[error("{}: can't be read: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file of another kind.
    #[error("{}: is no {what}: {reason}", path.display())]
    AnotherKind {
        /// Which.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// What it lacks.
        reason: String,
    },
    /// A file of the right kind that breaks off or was changed.
    #[error("{}: is damaged: {reason}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// Where it breaks.
        reason: String,
    },
    /// A folder without any.
    #[error("{}: holds no {what}", path.display())]
    Nothing {
        /// Which.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// More different things than are kept in memory at once.
    #[error("{}: holds more than fits into {} MiB of memory; import it in parts, such as a month at a time", path.display(), MOST_KEPT >> 20)]
    TooMuch {
        /// The file that is one too many.
        path: PathBuf,
    },
    /// It was told to stop; nothing was kept.
    #[error("stopped; nothing was imported")]
    Stopped,
}

impl ReadError {
    /// A file or folder that can't be read.
    pub(crate) fn unreadable(path: &Path, reason: &dyn std::fmt::Display) -> Self {
        Self::Unreadable { path: path.to_owned(), reason: reason.to_string() }
    }

    /// A table whose first line can't be read: too long a one is of something else.
    pub(crate) fn no_header(path: &Path, what: &'static str, error: &FileError) -> Self {
        match error {
            FileError::LongLine { .. } | FileError::ManyFields { .. } | FileError::NotPacked => {
                Self::AnotherKind { path: path.to_owned(), what, reason: error.to_string() }
            }
            FileError::NotAFile(_)
            | FileError::TooLarge(_)
            | FileError::TooMuchPacked(_)
            | FileError::DamagedPacking
            | FileError::NotText
            | FileError::Unreadable(_) => Self::broken(path, error),
        }
    }

    /// A file that can't be read on: it is damaged where its own bytes say so.
    pub(crate) fn broken(path: &Path, error: &FileError) -> Self {
        match error {
            FileError::LongLine { .. }
            | FileError::ManyFields { .. }
            | FileError::TooMuchPacked(_)
            | FileError::NotPacked
            | FileError::DamagedPacking
            | FileError::NotText => Self::Damaged { path: path.to_owned(), reason: error.to_string() },
            FileError::NotAFile(_) | FileError::TooLarge(_) | FileError::Unreadable(_) => {
                Self::unreadable(path, error)
            }
        }
    }
}

/// The most bytes that are kept while files are read, rows with their texts.
const MOST_KEPT: usize = 192 << 20;

/// How far a reader is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Rows read so far, of all files.
    pub rows: u64,
    /// Bytes of the files done so far.
    pub bytes: u64,
    /// Bytes of all files.
    pub of_bytes: u64,
}

/// Whoever watches a reader: told now and then how far it is, and answers whether it shall go on.
pub type Watching<'w> = &'w dyn Fn(Progress) -> bool;

/// Nobody watches.
pub const fn unwatched(_: Progress) -> bool {
    true
}

/// Counts rows and what is kept of them, and tells whoever watches.
pub(crate) struct Counter<'w> {
    progress: Progress,
    watching: Watching<'w>,
    /// Bytes that may still be kept.
    room: usize,
}

impl<'w> Counter<'w> {
    /// For reading these files.
    pub fn new(files: &[PathBuf], watching: Watching<'w>) -> Self {
        let length = |file: &PathBuf| fs::metadata(file).map_or(0, |metadata| metadata.len());
        let of_bytes = files.iter().map(length).sum();
        Self { progress: Progress { rows: 0, bytes: 0, of_bytes }, watching, room: MOST_KEPT }
    }

    /// Rows more, in a file of which so many bytes are read.
    pub fn rows(&mut self, more: u64, bytes_of_file: u64) -> Result<(), ReadError> {
        let before = self.progress.rows.checked_div(ROWS_A_REPORT);
        self.progress.rows = self.progress.rows.saturating_add(more);
        if self.progress.rows.checked_div(ROWS_A_REPORT) == before {
            return Ok(());
        }
        let bytes = self.progress.bytes.saturating_add(bytes_of_file).min(self.progress.of_bytes);
        let on = (self.watching)(Progress { bytes, ..self.progress });
        if on { Ok(()) } else { Err(ReadError::Stopped) }
    }

    /// So many bytes more of a file are kept in memory.
    pub fn keeps(&mut self, file: &Path, bytes: usize) -> Result<(), ReadError> {
        let room = self.room.checked_sub(bytes);
        self.room = room.ok_or_else(|| ReadError::TooMuch { path: file.to_owned() })?;
        Ok(())
    }

    /// A file is done.
    pub fn file(&mut self, file: &Path) -> Result<(), ReadError> {
        let length = fs::metadata(file).map_or(0, |metadata| metadata.len());
        self.progress.bytes = self.progress.bytes.saturating_add(length).min(self.progress.of_bytes);
        if (self.watching)(self.progress) { Ok(()) } else { Err(ReadError::Stopped) }
    }

    /// Rows read so far.
    pub const fn count(&self) -> u64 {
        self.progress.rows
    }
}

/// The file itself, or those of a folder and the folders in it whose names end so (in any case), by name.
pub(crate) fn files(path: &Path, endings: &[&str], what: &'static str) -> Result<Vec<PathBuf>, ReadError> {
    let is_folder = fs::metadata(path).map_err(|error| ReadError::unreadable(path, &error))?.is_dir();
    if !is_folder {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    collect(path, endings, &mut files).map_err(|error| ReadError::unreadable(path, &error))?;
    if files.is_empty() {
        return Err(ReadError::Nothing { path: path.to_owned(), what });
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A link to a folder above would never end.
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), endings, files)?;
            continue;
        }
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        if endings.iter().any(|ending| name.ends_with(ending)) {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The places of columns by their names, whatever their order and case; a byte order mark is no name.
pub(crate) fn column(header: &csv::ByteRecord, name: &str) -> Option<usize> {
    header.iter().position(|column| {
        let column = column.strip_prefix(b"\xef\xbb\xbf").unwrap_or(column);
        column.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
    })
}
