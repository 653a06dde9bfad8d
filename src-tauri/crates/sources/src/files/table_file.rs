//! What readers of large files share: finding them, naming what is wrong in them, saying how far they are.

use crate::files::bounded::{FileError, size};
use crate::files::reason::Reason;
use crate::files::{left_out::none_of, words};
use headroom_exact::{Saying, say, says};
use std::fs;
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
    pub reason: Saying,
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
    pub(crate) fn add(&mut self, file: &Path, line: u64, reason: Saying) {
        self.count = self.count.saturating_add(1);
        if self.listed.len() < MOST_LISTED {
            self.listed.push(BadRow { file: file.to_owned(), line, reason });
        }
    }

    /// So many more of a file, some of them with their lines and reasons.
    pub(crate) fn add_all(&mut self, file: &Path, count: u64, listed: impl Iterator<Item = (u64, Saying)>) {
        let mut others = count;
        for (line, reason) in listed {
            others = others.saturating_sub(1);
            self.add(file, line, reason);
        }
        self.count = self.count.saturating_add(others);
    }

    /// All of those, after these.
    pub(crate) fn append(&mut self, others: Self) {
        self.count = self.count.saturating_add(others.count);
        self.listed.extend(others.listed.into_iter().take(MOST_LISTED.saturating_sub(self.listed.len())));
    }
}

/// What a file should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// AWS's costs, as it exports them.
    AwsCostExport,
    /// A user activity report of Kiro's.
    KiroActivityReport,
    /// A session of Kiro's command line.
    KiroSession,
    /// A session of Kiro's IDE.
    KiroIdeSession,
    /// What Kiro's IDE keeps of what it showed.
    KiroIdeState,
    /// Usage that Kilo's page lets one download.
    KiloUsageExport,
    /// Kilo's database of requests.
    KiloRequests,
    /// Who the users of an organisation are.
    Identities,
}

impl From<FileKind> for Saying {
    fn from(kind: FileKind) -> Self {
        match kind {
            FileKind::AwsCostExport => say!("aws-cost-export"),
            FileKind::KiroActivityReport => say!("kiro-activity-report"),
            FileKind::KiroSession => say!("kiro-session"),
            FileKind::KiroIdeSession => say!("kiro-ide-session"),
            FileKind::KiroIdeState => say!("kiro-ide-state"),
            FileKind::KiloUsageExport => say!("kilo-usage-export"),
            FileKind::KiloRequests => say!("kilo-requests"),
            FileKind::Identities => say!("identities-file"),
        }
    }
}

/// What a file takes more of than it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Much {
    /// Of the machine, while it is read.
    Memory,
    /// Of a processor, or until it is read.
    Time,
}

/// Why nothing was read.
#[derive(Debug)]
pub enum ReadError {
    /// A file or folder can't be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: Reason,
    },
    /// A file of another kind.
    AnotherKind {
        /// Which.
        path: PathBuf,
        /// What it should be.
        what: FileKind,
        /// What it lacks.
        reason: Reason,
    },
    /// A file of the right kind that breaks off or was changed.
    Damaged {
        /// Which.
        path: PathBuf,
        /// Where it breaks.
        reason: Reason,
    },
    /// A folder without any, or files of which none could be read.
    Nothing {
        /// Which, the first of several.
        path: PathBuf,
        /// What was looked for.
        what: FileKind,
        /// What was left out, and why.
        left_out: Vec<(PathBuf, Reason)>,
    },
    /// More different things than are kept in memory at once.
    TooMuch {
        /// The file that is one too many.
        path: PathBuf,
    },
    /// Reading it takes all the memory or time that it was given.
    TakesTooMuch {
        /// Which.
        path: PathBuf,
        /// What it takes.
        much: Much,
        /// What helps.
        instead: Saying,
    },
    /// Headroom itself made a mistake in reading it.
    BrokeOff {
        /// Which.
        path: PathBuf,
        /// Where in the program.
        place: String,
    },
    /// It was told to stop; nothing was kept.
    Stopped,
}

says!(ReadError);

impl From<&ReadError> for Saying {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::Unreadable { path, reason } => {
                say!("file-unreadable", path, reason = Self::from(reason))
            }
            ReadError::AnotherKind { path, what, reason } => {
                say!("file-of-another-kind", path, what = Self::from(*what), reason = Self::from(reason))
            }
            ReadError::Damaged { path, reason } => say!("file-damaged", path, reason = Self::from(reason)),
            ReadError::Nothing { path, what, left_out } => none_of(path, Self::from(*what), left_out),
            ReadError::TooMuch { path } => say!("too-much-at-once", path, most = size(MOST_KEPT)),
            ReadError::TakesTooMuch { path, much: Much::Memory, instead } => {
                say!("takes-too-much-memory", path, instead = instead.clone())
            }
            ReadError::TakesTooMuch { path, much: Much::Time, instead } => {
                say!("takes-too-much-time", path, instead = instead.clone())
            }
            ReadError::BrokeOff { path, .. } => say!("reading-broke-off", path),
            ReadError::Stopped => say!("import-stopped"),
        }
    }
}

impl ReadError {
    /// The same of a file that has another name for whoever reads it.
    #[must_use]
    pub(crate) fn called(self, name: &Path) -> Self {
        let path = name.to_owned();
        match self {
            Self::Unreadable { reason, .. } => Self::Unreadable { path, reason },
            Self::AnotherKind { what, reason, .. } => Self::AnotherKind { path, what, reason },
            Self::Damaged { reason, .. } => Self::Damaged { path, reason },
            Self::Nothing { what, left_out, .. } => Self::Nothing { path, what, left_out },
            Self::TooMuch { .. } => Self::TooMuch { path },
            Self::TakesTooMuch { much, instead, .. } => Self::TakesTooMuch { path, much, instead },
            Self::BrokeOff { place, .. } => Self::BrokeOff { path, place },
            Self::Stopped => Self::Stopped,
        }
    }

    /// A file or folder that can't be read.
    pub(crate) fn unreadable(path: &Path, reason: impl Into<Reason>) -> Self {
        Self::Unreadable { path: path.to_owned(), reason: reason.into() }
    }

    /// A table whose first line can't be read: too long a one is of something else.
    pub(crate) fn no_header(path: &Path, what: FileKind, error: &FileError) -> Self {
        match error {
            FileError::LongLine { .. }
            | FileError::ManyFields { .. }
            | FileError::OpenQuote { .. }
            | FileError::NotPacked
            | FileError::OtherPacking(_)
            | FileError::Workbook => Self::AnotherKind { path: path.to_owned(), what, reason: error.into() },
            FileError::NotAFile(_)
            | FileError::TooLarge(_)
            | FileError::ManyFiles(_)
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
            | FileError::OpenQuote { .. }
            | FileError::TooMuchPacked(_)
            | FileError::NotPacked
            | FileError::OtherPacking(_)
            | FileError::Workbook
            | FileError::DamagedPacking
            | FileError::NotText => Self::Damaged { path: path.to_owned(), reason: error.into() },
            FileError::NotAFile(_)
            | FileError::TooLarge(_)
            | FileError::ManyFiles(_)
            | FileError::Unreadable(_) => Self::unreadable(path, error),
        }
    }
}

/// The most bytes that are kept while files are read, rows with their texts. With what a worker may take and the program
/// itself it stays below 256 MiB.
const MOST_KEPT: u64 = 160 << 20;

/// Room for what is kept while the files of one import are read, by whichever readers.
#[derive(Clone, Copy, Debug)]
pub struct Room(u64);

impl Room {
    /// Of so many bytes.
    pub(crate) const fn of(bytes: u64) -> Self {
        Self(bytes)
    }
}

impl Default for Room {
    fn default() -> Self {
        Self::of(MOST_KEPT)
    }
}

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
    room: u64,
}

impl<'w> Counter<'w> {
    /// For reading these files.
    pub fn new(files: &[PathBuf], watching: Watching<'w>) -> Self {
        let length = |file: &PathBuf| fs::metadata(file).map_or(0, |metadata| metadata.len());
        let of_bytes = files.iter().map(length).sum();
        Self { progress: Progress { of_bytes, ..Progress::default() }, watching, room: Room::default().0 }
    }

    /// For reading so many files, each of them as good a measure as bytes since it is small ([`Counter::small_file`]).
    pub const fn of_small_files(files: u64, watching: Watching<'w>) -> Self {
        Self { progress: Progress { rows: 0, bytes: 0, of_bytes: files }, watching, room: MOST_KEPT }
    }

    /// In the room that is left.
    pub const fn within(self, room: Room) -> Self {
        Self { room: room.0, ..self }
    }

    /// The room that is left.
    pub const fn left(&self) -> Room {
        Room(self.room)
    }

    /// One of the small files is done.
    pub fn small_file(&mut self) -> Result<(), ReadError> {
        self.progress.bytes = self.progress.bytes.saturating_add(1).min(self.progress.of_bytes);
        self.look()
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

    /// No rows more: whoever watches is asked whether to go on.
    pub fn look(&self) -> Result<(), ReadError> {
        if (self.watching)(self.progress) { Ok(()) } else { Err(ReadError::Stopped) }
    }

    /// So many bytes more of a file are kept in memory.
    pub fn keeps(&mut self, file: &Path, bytes: usize) -> Result<(), ReadError> {
        let room = u64::try_from(bytes).ok().and_then(|bytes| self.room.checked_sub(bytes));
        self.room = room.ok_or_else(|| ReadError::TooMuch { path: file.to_owned() })?;
        Ok(())
    }

    /// So many bytes aren't any more.
    pub fn releases(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.room = self.room.saturating_add(bytes);
    }

    /// A file is done.
    pub fn file(&mut self, file: &Path) -> Result<(), ReadError> {
        let length = fs::metadata(file).map_or(0, |metadata| metadata.len());
        self.progress.bytes = self.progress.bytes.saturating_add(length).min(self.progress.of_bytes);
        self.look()
    }

    /// Rows read so far.
    pub const fn count(&self) -> u64 {
        self.progress.rows
    }
}

/// The places of columns by their names, whatever their order and case.
pub(crate) fn column(header: &csv::ByteRecord, name: &str) -> Option<usize> {
    header.iter().position(|column| column.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
}

/// That a column which is read stands there twice, as where somebody put two tables side by side: nothing tells which is meant.
pub(crate) fn twice<'n>(
    header: &csv::ByteRecord,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<Saying> {
    words::twice_as(header, names, |name, column| column.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
}
