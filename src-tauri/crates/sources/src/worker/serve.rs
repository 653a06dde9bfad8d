//! The worker from within: it limits itself, reads one file, says what it read, and ends.

use crate::aws;
use crate::files::table_file::{Counter, ReadError};
use crate::files::{bounded, packed_table};
use crate::kilo::database;
use crate::kiro::ide_state;
use crate::worker::{ARGUMENT, Job, Teller, Work, Worker, close};
use headroom_exact::say;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

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
    close(seconds).ok()?;
    // What went wrong goes back to whoever started this process; nobody reads its standard error.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        *WENT_WRONG.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    let opened = if job.gets_the_file() { Some(bounded::handed_over().ok()?) } else { None };
    work(job, &file, opened, &mut io::stdout().lock());
    Some(())
}

/// Where in the program this process went wrong last.
static WENT_WRONG: Mutex<String> = Mutex::new(String::new());

/// Reads a file and says what it read.
fn work(job: Job, file: &Path, opened: Option<File>, output: &mut dyn Write) {
    let teller = Teller::new(job, file, output);
    let watching = |progress| teller.at(progress);
    let mut counter = Counter::new(&[file.to_owned()], &watching);
    let outcome = or_where_it_broke_off(file, || match (job, opened) {
        (Job::CostPacked, Some(opened)) => aws::work_on_packed(file, opened, &mut counter, &teller),
        (Job::CostParquet, Some(opened)) => aws::work_on_parquet(file, opened, &mut counter, &teller),
        (
            Job::ActivityPacked
            | Job::UsagePacked
            | Job::IdentitiesPacked
            | Job::CostUnpacked
            | Job::SessionPacked
            | Job::IdeSessionPacked
            | Job::RequestsPacked,
            Some(opened),
        ) => packed_table::work(file, opened, &counter, &teller),
        (Job::KiloDatabase, _) => database::work(file, &mut counter, &teller),
        (Job::IdeState, _) => ide_state::work(file, &teller),
        (
            Job::CostPacked
            | Job::CostParquet
            | Job::ActivityPacked
            | Job::UsagePacked
            | Job::IdentitiesPacked
            | Job::CostUnpacked
            | Job::SessionPacked
            | Job::IdeSessionPacked
            | Job::RequestsPacked,
            None,
        ) => Err(ReadError::unreadable(file, say!("system-failed"))),
    });
    let rows = counter.count();
    teller.end(outcome.map(|()| rows));
}

/// What reading a file comes to; a mistake of the program's own is told with its place.
fn or_where_it_broke_off<T>(
    file: &Path,
    reading: impl FnOnce() -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    panic::catch_unwind(AssertUnwindSafe(reading)).unwrap_or_else(|_| {
        let place = WENT_WRONG.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Err(ReadError::BrokeOff { path: file.to_owned(), place })
    })
}

impl Worker {
    /// Within this process, by a thread, without any limit: for trying readers on bytes by chance, which starts no process
    /// for each.
    pub const fn within_this_process() -> Self {
        Self::by(Work(work))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_of_the_readers_own_is_told_and_is_none_of_the_file() {
        let file = Path::new("/somewhere/cost.parquet");
        let outcome = or_where_it_broke_off::<()>(file, || panic!("planted"));
        let Err(ReadError::BrokeOff { path, .. }) = outcome else { panic!("{outcome:?}") };
        assert_eq!(path, file);
        or_where_it_broke_off(file, || Ok(())).expect("nothing went wrong");
    }
}
