//! What a worker says: messages in JSON, each after its length.

use super::job::Job;
use crate::files::reason::Reason;
use crate::files::table_file::{Much, ReadError};
use headroom_exact::{Saying, say};
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::path::Path;

/// The longest message, in bytes. Rows go in pieces of some ten thousand bytes; one row alone is longer only on purpose.
const LONGEST: usize = 4 << 20;

/// One message.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Said<T> {
    /// It has read so many rows and bytes.
    At { rows: u64, bytes: u64 },
    /// Something that it read.
    Part(T),
    /// It has read everything, so many rows.
    Done { rows: u64 },
    /// It can't.
    Failed(Failure),
}

/// Why not: [`ReadError`] without the file, which whoever listens knows.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Failure {
    Unreadable(Reason),
    AnotherKind(Reason),
    Damaged(Reason),
    BrokeOff { place: String },
    Memory,
}

/// The longest reason that is believed, in bytes: those that are said hold a text of the file at most, shortened.
const LONGEST_REASON: usize = 600;

/// What a worker gives as a reason, if it is no longer than ours are: the worker may have been taken over.
pub(crate) fn believed<R: From<Saying> + Display>(reason: R) -> R {
    if reason.to_string().len() <= LONGEST_REASON { reason } else { say!("reading-makes-no-sense").into() }
}

/// The same for a whole file: nothing in it is quoted then, so that the reason stands in one line.
fn in_a_line(reason: Reason) -> Reason {
    // Letters that steer a terminal are written as one that says that something stood there.
    let is_a_line = !reason.to_string().contains([char::REPLACEMENT_CHARACTER, '\n']);
    if is_a_line { believed(reason) } else { say!("reading-makes-no-sense").into() }
}

impl Failure {
    /// None where nobody listens any more.
    pub fn from(error: ReadError) -> Option<Self> {
        match error {
            ReadError::Unreadable { reason, .. } => Some(Self::Unreadable(reason)),
            ReadError::AnotherKind { reason, .. } => Some(Self::AnotherKind(reason)),
            ReadError::Damaged { reason, .. } => Some(Self::Damaged(reason)),
            ReadError::TooMuch { .. } | ReadError::TakesTooMuch { .. } => Some(Self::Memory),
            ReadError::Nothing { .. } => Some(Self::Unreadable(say!("nothing-there").into())),
            ReadError::BrokeOff { place, .. } => Some(Self::BrokeOff { place }),
            ReadError::Stopped => None,
        }
    }

    pub fn of(self, job: Job, file: &Path) -> ReadError {
        let path = file.to_owned();
        match self {
            Self::Unreadable(reason) => ReadError::Unreadable { path, reason: in_a_line(reason) },
            Self::AnotherKind(reason) => {
                ReadError::AnotherKind { path, what: job.what(), reason: in_a_line(reason) }
            }
            Self::Damaged(reason) => ReadError::Damaged { path, reason: in_a_line(reason) },
            Self::BrokeOff { place } => ReadError::BrokeOff { path, place },
            Self::Memory => job.takes_too_much(file, Much::Memory),
        }
    }
}

/// Writes a message; an error of kind `InvalidInput` if it is too long.
pub(super) fn write(output: &mut dyn Write, said: &impl Serialize) -> io::Result<()> {
    let mut message = vec![0; size_of::<u32>()];
    serde_json::to_writer(&mut message, said)?;
    let length = message.len().saturating_sub(size_of::<u32>());
    let as_written = u32::try_from(length).ok().filter(|_| length <= LONGEST);
    let as_written = as_written.ok_or(io::ErrorKind::InvalidInput)?.to_le_bytes();
    for (byte, of_length) in message.iter_mut().zip(as_written) {
        *byte = of_length;
    }
    output.write_all(&message)?;
    output.flush()
}

/// Reads a message; none at the end.
pub(super) fn read(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; size_of::<u32>()];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = usize::try_from(u32::from_le_bytes(length)).ok().filter(|length| *length <= LONGEST);
    let mut message = vec![0; length.ok_or(io::ErrorKind::InvalidData)?];
    input.read_exact(&mut message)?;
    Ok(Some(message))
}
