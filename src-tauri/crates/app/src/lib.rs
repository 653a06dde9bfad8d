//! Use cases, and the view-ready answers that the window and the command line show.
//!
//! Data goes one way: a source yields observations, the store appends them, this crate folds them
//! through the billing engine into one answer per view. Nothing here knows the window.

pub mod clock;
pub mod commands;
pub mod error;
pub mod instance;
pub mod links;
pub mod paths;
pub mod secrets;
pub mod views;
pub mod words;

mod account;
mod accounts;
mod activity;
mod acts;
mod alerts;
mod asking;
mod bills;
mod data;
mod days;
mod doctor;
mod export;
mod facts;
mod forms;
mod import;
mod invoices;
mod kept;
mod kilo;
mod kiro;
mod ledger;
mod live;
mod organisation;
mod organisation_month;
mod overview;
mod phrases;
mod place;
mod plans;
mod power;
mod quoted;
mod reported;
mod sample;
mod settings;
mod statement_page;
mod team;
mod team_facts;
mod unreadable;
mod usage;
mod what_if;

pub use accounts::EachAccount;
pub use activity::ActivityAnswer;
pub use clock::{Clock, SystemClock};
pub use error::{AppError, ErrorCode};
pub use export::{Export, save};
pub use headroom_sources::bounded;
pub use paths::Paths;
pub use place::{CopyView, Place, RestoredView};
pub use secrets::SystemKeyring;

use asking::Live;
use headroom_exact::Moment;
use headroom_store::{NotWritable, Store};
use secrets::Secrets;
use std::sync::{Mutex, MutexGuard};
use team_facts::TeamFacts;

/// An open Headroom: the store, a clock and the places it looks at.
pub struct Headroom {
    store: Mutex<Store>,
    reading: Mutex<Store>,
    not_writable: Option<NotWritable>,
    importing: import::Importing,
    clock: Box<dyn Clock>,
    paths: Paths,
    secrets: Box<dyn Secrets>,
    live: Live,
    charges: invoices::Remembered,
    supposing: what_if::Supposing,
}

impl Headroom {
    /// Opens the data where `paths` says.
    pub fn open(paths: Paths, clock: Box<dyn Clock>) -> Result<Self, AppError> {
        Place::new(paths, clock).open()
    }

    pub(crate) fn over(
        store: Store,
        reading: Store,
        paths: Paths,
        clock: Box<dyn Clock>,
        secrets: Box<dyn Secrets>,
        not_writable: Option<NotWritable>,
    ) -> Self {
        let live = Live::new(paths.emulator());
        let importing = import::Importing::default();
        let charges = invoices::Remembered::default();
        let supposing = what_if::Supposing::default();
        let (store, reading) = (Mutex::new(store), Mutex::new(reading));
        Self { store, reading, not_writable, importing, clock, paths, secrets, live, charges, supposing }
    }

    /// Why nothing can be written, in words; none where something can, or nobody tried.
    pub fn not_writable(&self) -> Option<String> {
        self.not_writable.map(|why| format!("Nothing new can be recorded: {why}. What is recorded is shown."))
    }

    /// The same with a keyring.
    #[must_use]
    pub fn with_secrets(self, secrets: Box<dyn Secrets>) -> Self {
        Self { secrets, ..self }
    }

    /// Where this Headroom keeps and looks for things.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Reads one moment of the records through a connection of its own: whoever writes may have to wait for an import,
    /// and an answer doesn't wait with them.
    fn read<T>(&self, work: impl FnOnce(&Store) -> Result<T, AppError>) -> Result<T, AppError> {
        self.reading.lock().unwrap_or_else(std::sync::PoisonError::into_inner).read(work)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        // A panic elsewhere can't leave the store half written: writes are transactions.
        self.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Makes everything this process creates readable for its owner only, where the system knows umasks.
pub fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}
