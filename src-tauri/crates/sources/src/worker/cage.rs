//! What a worker may take.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// Bytes of memory beyond what the program itself takes: a page of each needed column in both forms, a few thousand rows
/// and some megabytes of sums are a third of it.
pub(super) const MEMORY: u64 = 96 << 20;
/// Seconds of a processor's time that any file may take.
const SECONDS: u64 = 8;
/// So many bytes of a file may take a second more: a tenth of what the slowest reader does.
const BYTES_A_SECOND: u64 = 1 << 20;
/// A machine that has other things to do too, or a disk that is far away, may take so many times as long. Where the system
/// doesn't count a processor's time the clock alone ends it.
const TIMES: u64 = if cfg!(unix) { 20 } else { 2 };
/// And so many seconds.
const SECONDS_MORE: u64 = if cfg!(unix) { 60 } else { 10 };

/// Time for a file.
#[derive(Clone, Copy)]
pub(super) struct Time {
    /// Seconds of a processor.
    pub of_processor: u64,
    /// All in all.
    pub in_all: Duration,
}

impl Time {
    /// For reading files, or databases with what lies beside them.
    pub fn for_files(files: &[PathBuf]) -> Self {
        let length = |file: &Path| fs::metadata(file).map_or(0, |metadata| metadata.len());
        let with_log = |file: &PathBuf| {
            let mut log = file.as_os_str().to_owned();
            log.push("-wal");
            length(file).saturating_add(length(Path::new(&log)))
        };
        let bytes = files.iter().map(with_log).fold(0, u64::saturating_add);
        let more = bytes.checked_div(BYTES_A_SECOND).unwrap_or_default();
        let of_processor = SECONDS.saturating_add(more);
        let in_all = of_processor.saturating_mul(TIMES).saturating_add(SECONDS_MORE);
        Self { of_processor, in_all: Duration::from_secs(in_all) }
    }
}

/// Limits this process, for good: it is to be called before anything is read.
pub(crate) fn close(seconds_of_processor: u64) -> io::Result<()> {
    // Databases are read in C, which asks nobody but itself on systems without the limits below.
    crate::files::bounded::limit_memory_of_databases(MEMORY).map_err(io::Error::other)?;
    #[cfg(unix)]
    {
        use rustix::process::Resource;
        lower(Resource::Core, 0)?;
        lower(Resource::Data, MEMORY)?;
        lower(Resource::Cpu, seconds_of_processor)?;
    }
    #[cfg(not(unix))]
    let _ = seconds_of_processor;
    Ok(())
}

/// Lowers a limit, which may be lower already.
#[cfg(unix)]
fn lower(resource: rustix::process::Resource, most: u64) -> io::Result<()> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let now = getrlimit(resource);
    let least = |limit: Option<u64>| Some(limit.map_or(most, |limit| limit.min(most)));
    // The higher one is left for those where the process can still say something at the lower.
    Ok(setrlimit(resource, Rlimit { current: least(now.current), maximum: now.maximum })?)
}
