//! The worker from within: it limits itself, reads one file, says what it read, and ends.

use super::cage;
use super::job::{Job, Much};
use super::said::{self, Failure, Said};
use crate::table_file::{Counter, Progress, ReadError};
use crate::{aws_cost, bounded, kilo_database, kiro_ide_state};
use serde::Serialize;
use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The first argument of a worker. It is no command: nobody but this program itself gives it.
pub(super) const ARGUMENT: &str = "read-for-headroom";

/// Works, if these arguments (the program's name first) are a worker's: its exit status. None if they are not: then this
/// is the program that somebody started. To be called before anything else.
pub fn serve(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    Some(if ordered(arguments).is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Does what it was started for; none if it wasn't told what, or can't be limited.
fn ordered(mut arguments: impl Iterator<Item = OsString>) -> Option<()> {
    let name = arguments.next()?;
    let job = Job::ALL.into_iter().find(|job| name == job.name())?;
    let seconds = arguments.next()?.to_str()?.parse().ok()?;
    let file = PathBuf::from(arguments.next()?);
    cage::close(seconds).ok()?;
    let opened = if job.gets_the_file() { Some(bounded::handed_over().ok()?) } else { None };
    work(job, &file, opened, &mut io::stdout().lock());
    Some(())
}

/// Reads a file and says what it read.
pub(super) fn work(job: Job, file: &Path, opened: Option<File>, output: &mut dyn Write) {
    let teller = Teller { job, file, output: RefCell::new(output) };
    let watching =
        |Progress { rows, bytes, .. }: Progress| teller.say(&Said::<()>::At { rows, bytes }).is_ok();
    let mut counter = Counter::new(&[file.to_owned()], &watching);
    let outcome = match (job, opened) {
        (Job::CostPacked, Some(opened)) => aws_cost::work_on_packed(file, opened, &mut counter, &teller),
        (Job::CostParquet, Some(opened)) => aws_cost::work_on_parquet(file, opened, &mut counter, &teller),
        (Job::KiloDatabase, _) => kilo_database::work(file, &mut counter, &teller),
        (Job::IdeState, _) => kiro_ide_state::work(file, &teller),
        (Job::CostPacked | Job::CostParquet, None) => Err(ReadError::unreadable(file, &"it isn't open")),
    };
    let last = match outcome {
        Ok(()) => Some(Said::<()>::Done { rows: counter.count() }),
        Err(error) => Failure::from(error).map(Said::Failed),
    };
    // Where nobody listens there is nobody to tell.
    _ = last.map(|last| teller.say(&last));
}

/// The way back to whoever started the worker.
pub(crate) struct Teller<'t> {
    job: Job,
    file: &'t Path,
    output: RefCell<&'t mut dyn Write>,
}

impl Teller<'_> {
    /// Says what was read.
    pub fn part(&self, part: impl Serialize) -> Result<(), ReadError> {
        self.say(&Said::Part(part))
    }

    fn say(&self, said: &Said<impl Serialize>) -> Result<(), ReadError> {
        let mut output = self.output.try_borrow_mut().map_err(|_| ReadError::Stopped)?;
        said::write(&mut **output, said).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => self.job.takes_too_much(self.file, Much::Memory),
            _ => ReadError::Stopped,
        })
    }
}
