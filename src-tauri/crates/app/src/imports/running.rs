//! Whether an import runs, and whether it shall stop.

use crate::error::{AppError, ErrorCode};
use crate::imports::report::outside;
use headroom_exact::say;
use headroom_sources::files::table_file::ReadError;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many statements are written between two looks at whether to stop.
const WRITTEN_BETWEEN_LOOKS: usize = 4_096;

/// Whether an import runs, and whether it shall stop. One runs at a time.
#[derive(Default)]
pub(crate) struct Importing {
    runs: AtomicBool,
    stop: AtomicBool,
}

/// An import that runs; none does any more once it goes.
pub(crate) struct Running<'i>(&'i Importing);

impl Importing {
    pub(super) fn begin(&self) -> Result<Running<'_>, AppError> {
        if self.runs.swap(true, Ordering::AcqRel) {
            return Err(AppError::new(ErrorCode::Refused, say!("import-running")));
        }
        self.stop.store(false, Ordering::Release);
        Ok(Running(self))
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
        self.0.runs.store(false, Ordering::Release);
    }
}
