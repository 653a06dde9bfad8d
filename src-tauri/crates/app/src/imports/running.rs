//! Whether an import runs, and whether it shall stop.

use crate::error::{AppError, ErrorCode};
use crate::imports::report::outside;
use headroom_exact::say;
use headroom_sources::files::table_file::ReadError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many statements are written between two looks at whether to stop.
const WRITTEN_BETWEEN_LOOKS: usize = 4_096;
/// How long an import that somebody asked for waits for one that Headroom does by itself, which is told to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who an import is done for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum For {
    /// Somebody who asked for it and waits.
    Somebody,
    /// Nobody: Headroom does it by itself.
    Nobody,
}

/// Whether an import runs, and whether it shall stop. One runs at a time.
#[derive(Default)]
pub(crate) struct Importing {
    runs: Mutex<Option<For>>,
    ended: Condvar,
    stop: AtomicBool,
}

/// An import that runs; none does any more once it goes.
pub(crate) struct Running<'i>(&'i Importing);

impl Importing {
    fn lock(&self) -> MutexGuard<'_, Option<For>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins one that somebody asked for. One that Headroom does by itself gives way: what it would have brought comes with
    /// the next.
    pub(super) fn begin(&self) -> Result<Running<'_>, AppError> {
        let runs = self.lock();
        if *runs == Some(For::Nobody) {
            self.stop();
        }
        let gives_way = |runs: &mut Option<For>| *runs == Some(For::Nobody);
        let waited = self.ended.wait_timeout_while(runs, PATIENCE, gives_way);
        let (mut runs, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if runs.is_some() {
            return Err(AppError::new(ErrorCode::Refused, say!("import-running")));
        }
        *runs = Some(For::Somebody);
        self.stop.store(false, Ordering::Release);
        Ok(Running(self))
    }

    /// Begins one that nobody asked for; none while another runs.
    pub(super) fn begin_by_itself(&self) -> Option<Running<'_>> {
        let mut runs = self.lock();
        if runs.is_some() {
            return None;
        }
        *runs = Some(For::Nobody);
        self.stop.store(false, Ordering::Release);
        Some(Running(self))
    }

    /// Has an import that runs stop: nothing of it is kept.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Release);
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// An error if it shall stop.
    pub(super) fn look(&self) -> Result<(), AppError> {
        if self.stopped() { Err(outside(&ReadError::Stopped)) } else { Ok(()) }
    }

    /// The items, with a look now and then at whether to stop.
    pub(super) fn looking<'i, T>(
        &'i self,
        items: impl Iterator<Item = T> + 'i,
    ) -> impl Iterator<Item = Result<T, AppError>> + 'i {
        items.enumerate().map(|(index, item)| {
            if index.checked_rem(WRITTEN_BETWEEN_LOOKS) == Some(0) {
                self.look()?;
            }
            Ok(item)
        })
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.lock() = None;
        self.0.ended.notify_all();
    }
}
