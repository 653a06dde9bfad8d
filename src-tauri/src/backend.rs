//! The open Headroom behind the commands.
//!
//! It is opened while the page loads, on a thread of its own, so that the window never waits for the
//! disk; and again by the next command if that failed, so that "Try again" is a plain retry.

use headroom_app::answers::{AccountNumber, Kind, RestoredView};
use headroom_app::{AppError, Headroom, Paths, Place, SystemClock, SystemKeyring};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub struct Backend {
    paths: Paths,
    /// Taken by the first start: a sample that was removed stays removed.
    open_sample: AtomicBool,
    /// Whether the window was asked to open on the sample.
    shows_sample: bool,
    headroom: Mutex<Option<Arc<Headroom>>>,
}

impl Backend {
    pub const fn new(paths: Paths, open_sample: bool) -> Self {
        let (opens, shows) = (AtomicBool::new(open_sample), open_sample);
        Self { paths, open_sample: opens, shows_sample: shows, headroom: Mutex::new(None) }
    }

    /// Whether the first figures are the sample's.
    pub const fn shows_sample(&self) -> bool {
        self.shows_sample
    }

    /// The data before it is open.
    pub fn place(&self) -> Place {
        Place::new(self.paths.clone(), Box::new(SystemClock))
    }

    /// The folder of our own data.
    pub fn data_folder(&self) -> &Path {
        self.paths.data()
    }

    /// The account the window was asked to open on.
    ///
    /// Data that could only be read is opened anew: by now it may be possible to write it.
    pub fn first_account(&self) -> Result<Option<AccountNumber>, AppError> {
        let mut slot = self.headroom.lock().unwrap_or_else(PoisonError::into_inner);
        slot.take_if(|open| open.not_writable().is_some() && !open.is_in_safe_mode());
        drop(slot);
        let headroom = self.headroom()?;
        if !self.open_sample.swap(false, Ordering::Relaxed) {
            return Ok(None);
        }
        Ok(Some(headroom.open_sample(Kind::KiroIndividual)?.id))
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
        let restored = self.place().restore(None)?;
        // In safe mode one is open, on what could be read of the damaged data.
        *slot = None;
        Ok(restored)
    }

    /// The open Headroom, if one is open.
    pub fn if_open(&self) -> Option<Arc<Headroom>> {
        self.headroom.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn headroom(&self) -> Result<Arc<Headroom>, AppError> {
        let mut slot = self.headroom.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*slot {
            return Ok(Arc::clone(open));
        }
        let opened = Arc::new(self.place().with_secrets(Box::new(SystemKeyring)).open()?);
        *slot = Some(Arc::clone(&opened));
        Ok(opened)
    }
}
