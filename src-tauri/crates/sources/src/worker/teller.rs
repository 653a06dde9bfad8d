//! The way back from a worker to whoever started it.

use super::job::Job;
use super::said::{self, Failure, Said};
use crate::files::table_file::{FileKind, Much, Progress, ReadError};
use serde::Serialize;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;

/// The way back to whoever started the worker.
pub(crate) struct Teller<'t> {
    job: Job,
    file: &'t Path,
    output: RefCell<&'t mut dyn Write>,
}

impl<'t> Teller<'t> {
    /// Of a worker that does this with this file.
    pub fn new(job: Job, file: &'t Path, output: &'t mut dyn Write) -> Self {
        Self { job, file, output: RefCell::new(output) }
    }

    /// What the file should be.
    pub const fn what(&self) -> FileKind {
        self.job.what()
    }

    /// Says how far it is; whether anybody listens.
    pub fn at(&self, Progress { rows, bytes, .. }: Progress) -> bool {
        self.say(&Said::<()>::At { rows, bytes }).is_ok()
    }

    /// Says that all of so many rows is read, or why it isn't.
    pub fn end(&self, outcome: Result<u64, ReadError>) {
        let last = match outcome {
            Ok(rows) => Some(Said::<()>::Done { rows }),
            Err(error) => Failure::from(error).map(Said::Failed),
        };
        // Where nobody listens there is nobody to tell.
        _ = last.map(|last| self.say(&last));
    }

    /// Says what was read.
    pub fn part(&self, part: impl Serialize) -> Result<(), ReadError> {
        self.say(&Said::Part(part))
    }

    fn say(&self, said: &Said<impl Serialize>) -> Result<(), ReadError> {
        let mut output = self.output.try_borrow_mut().map_err(|_| ReadError::Stopped)?;
        said::write(&mut **output, said).map_err(|error| {
            let is_too_long = error.kind() == io::ErrorKind::InvalidInput;
            if is_too_long { self.job.takes_too_much(self.file, Much::Memory) } else { ReadError::Stopped }
        })
    }
}
