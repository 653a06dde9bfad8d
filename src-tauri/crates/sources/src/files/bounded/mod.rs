//! The one way in which a file is opened and read: regular files alone, and never more of one than its kind needs.
//!
//! Whoever can put a file where Headroom looks, or have somebody import one, can make it endless, giant or a pipe.
//! Here that is told in one line, before it costs memory or time.

mod database;
mod first;
mod lines;
mod list;
mod packed;
mod room;
mod rows;
mod table;
mod text;
mod zip;

pub(crate) use database::{Database, DatabaseError, json_in, limit_memory_of_databases};
pub(crate) use first::{Packing, read_some};
pub use lines::Lines;
pub(crate) use lines::last_lines;
pub(crate) use list::{at_most, fold};
pub(crate) use packed::Unpacked;
pub use room::keep;
pub(crate) use room::{write_at, write_new};
pub(crate) use rows::Passing;
pub(crate) use table::{Row, Table};
pub(crate) use text::{Separator, plain_text};
pub(crate) use zip::{Packed, files as files_in_zip};

use headroom_exact::{Saying, say, says};
use std::borrow::Cow;
use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Bytes in a MiB and a GiB.
const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;
/// The longest line of a text, and the longest row of a table, in bytes.
pub const LONGEST_LINE: u64 = 16 * MIB;
/// The longest field of a table, in bytes.
pub(crate) const LONGEST_FIELD: usize = 1024 * 1024;
/// The largest file that is read whole, in bytes: a session, a scenario.
pub const LARGEST_WHOLE: u64 = 64 * MIB;
/// The largest file that holds a login, in bytes; the largest login that somebody types, too.
pub const LARGEST_NOTE: u64 = MIB;

/// Why a file was not read. What is said leaves the path to whoever shows it.
#[derive(Debug)]
pub enum FileError {
    /// Something else of that name: reading it might never end.
    NotAFile(Instead),
    /// It is larger than any of its kind, in bytes.
    TooLarge(u64),
    /// A line, counted from 1, is longer than so many bytes.
    LongLine {
        /// Which.
        line: u64,
        /// The most.
        most: u64,
    },
    /// A row that begins on this line, counted from 1, has more fields than so many.
    ManyFields {
        /// Which.
        line: u64,
        /// The most.
        most: usize,
    },
    /// A folder holds more than so many files.
    ManyFiles(usize),
    /// It unpacks to more than so many bytes, which nothing but an attack does.
    TooMuchPacked(u64),
    /// It has another packing than its name says, or none.
    NotPacked,
    /// It is packed in this way, which isn't read here.
    OtherPacking(OtherPacking),
    /// It is a workbook of Excel's.
    Workbook,
    /// Its packing is cut off or was changed.
    DamagedPacking,
    /// A quote in its first row, on this line, is never closed.
    OpenQuote {
        /// Which.
        line: u64,
    },
    /// It is not text.
    NotText,
    /// The system can't read it.
    Unreadable(io::Error),
}

/// In which way something is packed that isn't read here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OtherPacking {
    /// What this is the name of.
    Named(&'static str),
    /// A ZIP that asks for a password.
    ZipWithPassword,
    /// A ZIP in a way that few programs know.
    UnusualZip,
    /// A ZIP in which two files have one name: one would be read in place of the other.
    ZipWithTwoOfOneName,
    /// A ZIP that is packed with gzip once more.
    ZipWithinGzip,
    /// A ZIP that lies in another.
    ZipWithinZip,
}

/// What stands there instead of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instead {
    /// A folder.
    Folder,
    /// A pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device, or something newer.
    Device,
}

says!(FileError);

impl From<&FileError> for Saying {
    fn from(error: &FileError) -> Self {
        match error {
            FileError::NotAFile(Instead::Folder) => say!("is-a-folder"),
            FileError::NotAFile(Instead::Pipe) => say!("is-a-pipe"),
            FileError::NotAFile(Instead::Socket) => say!("is-a-socket"),
            FileError::NotAFile(Instead::Device) => say!("is-a-device"),
            FileError::TooLarge(most) => say!("file-too-large", most = size(*most)),
            FileError::LongLine { line, most } => say!("line-too-long", line = *line, most = size(*most)),
            FileError::ManyFields { line, most } => say!("too-many-fields", line = *line, most = *most),
            FileError::ManyFiles(most) => say!("too-many-files", most = *most),
            FileError::TooMuchPacked(most) => say!("unpacks-to-too-much", most = size(*most)),
            FileError::NotPacked => say!("not-packed"),
            FileError::Workbook => say!("is-a-workbook"),
            FileError::OtherPacking(packing) => packing.into(),
            FileError::DamagedPacking => say!("packing-damaged"),
            FileError::OpenQuote { line } => say!("quote-not-closed", line = *line),
            FileError::NotText => say!("not-text"),
            FileError::Unreadable(error) => error.into(),
        }
    }
}

impl From<&OtherPacking> for Saying {
    fn from(packing: &OtherPacking) -> Self {
        match packing {
            OtherPacking::Named(form) => say!("packed-otherwise", form = *form),
            OtherPacking::ZipWithPassword => say!("zip-with-password"),
            OtherPacking::UnusualZip => say!("zip-unusual"),
            OtherPacking::ZipWithTwoOfOneName => say!("zip-two-of-one-name"),
            OtherPacking::ZipWithinGzip => say!("zip-within-gzip"),
            OtherPacking::ZipWithinZip => say!("zip-within-zip"),
        }
    }
}

/// As people say it, in every language: in the largest unit of which there is one.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        GIB.. => format!("{} GiB", bytes / GIB),
        MIB.. => format!("{} MiB", bytes / MIB),
        _ => format!("{bytes} B"),
    }
}

impl FileError {
    /// Whether there is nothing of that name.
    pub fn is_missing(&self) -> bool {
        let is_missing = |kind| matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
        matches!(self, Self::Unreadable(error) if is_missing(error.kind()))
    }
}

impl From<io::Error> for FileError {
    /// One of ours may have come through a reader in between.
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => ours,
            Err(error) => Self::Unreadable(error),
        }
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        if let FileError::Unreadable(error) = error { error } else { Self::other(error) }
    }
}

fn instead(kind: FileType) -> Option<Instead> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some(Instead::Folder);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some(Instead::Pipe);
        }
        if kind.is_socket() {
            return Some(Instead::Socket);
        }
    }
    Some(Instead::Device)
}

/// Opens a file for reading. Looks at what was opened, not at what had the name a moment ago; a pipe without a
/// writer doesn't hold it up.
pub fn open(path: &Path) -> Result<File, FileError> {
    opened(path).map(|(file, _)| file)
}

/// The same, and how long it is.
fn opened(path: &Path) -> Result<(File, u64), FileError> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let file = match options.open(path) {
        Ok(file) => file,
        // A socket can't be opened at all; on some systems a folder can't either.
        Err(error) => {
            let kind = fs::metadata(path).ok().and_then(|metadata| instead(metadata.file_type()));
            return Err(kind.map_or(FileError::Unreadable(error), FileError::NotAFile));
        }
    };
    let metadata = file.metadata()?;
    match instead(metadata.file_type()) {
        None => Ok((file, metadata.len())),
        Some(kind) => Err(FileError::NotAFile(kind)),
    }
}

/// The file that whoever started this process opened for it, as its standard input.
pub(crate) fn handed_over() -> Result<File, FileError> {
    let input = io::stdin();
    #[cfg(windows)]
    let owned = std::os::windows::io::AsHandle::as_handle(&input).try_clone_to_owned()?;
    #[cfg(not(windows))]
    let owned = std::os::fd::AsFd::as_fd(&input).try_clone_to_owned()?;
    let file = File::from(owned);
    match instead(file.metadata()?.file_type()) {
        None => Ok(file),
        Some(kind) => Err(FileError::NotAFile(kind)),
    }
}

/// Reads a whole file of at most so many bytes.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let (file, length) = opened(path)?;
    if length > most {
        return Err(FileError::TooLarge(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    read_from(file, most, &mut bytes)?;
    Ok(bytes)
}

/// Reads to the end of what is at most so many bytes long; it may grow meanwhile, or not say how long it is.
pub fn read_from(input: impl Read, most: u64, bytes: &mut Vec<u8>) -> Result<(), FileError> {
    input.take(most.saturating_add(1)).read_to_end(bytes)?;
    let within = u64::try_from(bytes.len()).is_ok_and(|length| length <= most);
    if within { Ok(()) } else { Err(FileError::TooLarge(most)) }
}

/// The same as UTF-8 without a mark, in whichever way a program saved it (F7).
pub(crate) fn read_plain(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let bytes = read(path, most)?;
    let saved_otherwise = match plain_text(&bytes) {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(text) if text.len() < bytes.len() => Some(text.to_owned()),
        Cow::Borrowed(_) => None,
    };
    Ok(saved_otherwise.unwrap_or(bytes))
}

/// The same as text.
pub(crate) fn read_text(path: &Path, most: u64) -> Result<String, FileError> {
    String::from_utf8(read_plain(path, most)?).map_err(|_| FileError::NotText)
}

#[cfg(test)]
mod tests;
