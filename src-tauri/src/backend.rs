//! The open Headroom behind the commands.
//!
//! It is opened while the page loads, on a thread of its own, so that the window never waits for the
//! disk; and again by the next command if that failed, so that "Try again" is a plain retry.

use headroom_app::answers::{AccountNumber, RestoredView};
use headroom_app::{AppError, Headroom, Paths, Place, SystemClock, SystemKeyring};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub struct Backend {
    paths: Paths,
    /// Taken by the first start: a sample that was removed stays removed.
    open_sample: AtomicBool,
    headroom: Mutex<Option<Arc<Headroom>>>,
}

impl Backend {
    pub const fn new(paths: Paths, open_sample: bool) -> Self {
        Self { paths, open_sample: AtomicBool::new(open_sample), headroom: Mutex::new(None) }
    }

    /// The folder of our own data.
    pub fn data_folder(&self) -> &Path {
        self.paths.data()
    }

    /// The account the window was asked to open on.
    pub fn first_account(&self) -> Result<Option<AccountNumber>, AppError> {
        let headroom = self.headroom()?;
        if !self.open_sample.swap(false, Ordering::Relaxed) {
            return Ok(None);
        }
        Ok(Some(headroom.open_sample()?.id))
    }

    /// Opens the store and reads the price list ahead of the first question. A failure is met again,
    /// and told, by whoever asks.
    pub fn prepare(&self) {
        if let Ok(headroom) = self.headroom() {
            _ = headroom.start(None);
        }
    }

    /// Restores data that can't be opened; what comes next opens it again.
    pub fn restore(&self) -> Result<RestoredView, AppError> {
        let mut slot = self.headroom.lock().unwrap_or_else(PoisonError::into_inner);
        let restored = Place::new(self.paths.clone(), Box::new(SystemClock)).restore(None)?;
        // In safe mode one is open, on what could be read of the damaged data.
        *slot = None;
        Ok(restored)
    }

    pub fn headroom(&self) -> Result<Arc<Headroom>, AppError> {
        let mut slot = self.headroom.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*slot {
            return Ok(Arc::clone(open));
        }
        let opened = Headroom::open(self.paths.clone(), Box::new(SystemClock))?;
        let opened = Arc::new(opened.with_secrets(Box::new(SystemKeyring)));
        *slot = Some(Arc::clone(&opened));
        Ok(opened)
    }
}
