//! What a library has to unpack (Parquet, gzip, another program's database) is read by a process of its own.
//!
//! A few bytes of such a file can ask for any amount of memory or time, and a process whose memory is refused ends. So
//! this program starts itself again as a worker with little memory and little time, an empty environment and the file;
//! what it reads comes back over a pipe, message by message. Whatever becomes of the worker, this process goes on: the
//! import is refused in one line, and nothing of it is kept.

mod cage;
mod job;
mod process;
mod program;
mod said;
pub mod serve;
mod teller;

pub(crate) use cage::close;
pub(crate) use job::ARGUMENT;
pub(crate) use job::Job;
pub(crate) use program::Work;
pub use program::Worker;
pub(crate) use said::believed;
pub(crate) use teller::Teller;

use crate::files::table_file::{Counter, Much, ReadError};
use headroom_exact::say;
use process::{Heard, Process};
use said::Said;
use serde::de::DeserializeOwned;
use std::path::Path;

/// More messages than any file needs: each holds thousands of rows.
const MOST_MESSAGES: u64 = 1 << 20;

impl Worker {
    /// Has a file read. `counter` hears how far it is and may stop it, which ends the worker at once; `part` takes what
    /// was read, piece by piece, and counts what it keeps.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        job: Job,
        file: &Path,
        counter: &mut Counter<'_>,
        part: &mut dyn FnMut(T, &mut Counter<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.read_in(job, file, file, counter, part)
    }

    /// The same of what has this name in an archive, or of the file itself.
    pub(crate) fn read_in<T: DeserializeOwned>(
        &self,
        job: Job,
        archive: &Path,
        file: &Path,
        counter: &mut Counter<'_>,
        part: &mut dyn FnMut(T, &mut Counter<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut process = Process::start(self, job, archive, file)?;
        let mut rows = 0;
        for _ in 0..MOST_MESSAGES {
            let message = loop {
                match process.hear() {
                    Heard::Message(message) => break message,
                    Heard::Nothing => counter.look()?,
                    Heard::End(why) => return Err(job.takes_too_much(file, why)),
                }
            };
            let garbled = |_| ReadError::Damaged {
                path: file.to_owned(),
                reason: say!("reading-makes-no-sense").into(),
            };
            match serde_json::from_slice::<Said<T>>(&message).map_err(garbled)? {
                Said::At { rows: now, bytes } => {
                    counter.rows(now.saturating_sub(rows), bytes)?;
                    rows = now;
                }
                Said::Part(read) => part(read, counter)?,
                Said::Done { rows: now } => return counter.rows(now.saturating_sub(rows), 0),
                Said::Failed(failure) => return Err(failure.of(job, file)),
            }
        }
        Err(job.takes_too_much(file, Much::Memory))
    }
}

#[cfg(test)]
mod tests;
