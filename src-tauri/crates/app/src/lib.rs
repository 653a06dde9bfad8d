//! Use cases, and the view-ready answers that the window and the command line show.
//!
//! Data goes one way: a source yields observations, the store appends them, this crate folds them
//! through the billing engine into one answer per view. Nothing here knows the window.

pub mod commands;
pub mod error;
pub mod links;
pub mod views;
pub mod words;

#[macro_use]
mod one_list;

mod account;
mod accounts;
mod activity;
mod acts;
mod alerts;
mod bills;
mod data;
mod days;
mod doctor;
mod export;
mod facts;
mod forms;
mod found;
mod imports;
mod invoices;
mod kept;
mod ledger;
mod machine;
mod organisation;
mod organisation_month;
mod overview;
mod phrases;
mod place;
mod plans;
mod quoted;
mod reported;
mod sample;
mod settings;
mod statement_page;
mod team;
mod team_facts;
mod unreadable;
mod usage;
mod vendors;
mod what_if;

pub use accounts::EachAccount;
pub use activity::ActivityAnswer;
pub use error::{AppError, ErrorCode};
pub use export::{Export, save};
pub use headroom_sources::bounded;
pub use machine::clock::{self, Clock, SystemClock};
pub use machine::instance;
pub use machine::paths::Paths;
pub use machine::secrets::{self, SystemKeyring};
pub use place::{CopyView, Place, RestoredView};

use headroom_exact::Moment;
use headroom_sources::Patience;
use headroom_store::{NotWritable, Store};
use imports::importing::Wanted;
use machine::secrets::Secrets;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use vendors::asking::{Around, WayOut};
use views::{
    AccountNumber, AccountSummary, Choice, ImportKind, ImportView, ProgressView, RefreshView, SourceView,
};

/// An open Headroom: the store, a clock and the places it looks at.
pub struct Headroom {
    store: Mutex<Store>,
    reading: Mutex<Store>,
    not_writable: Option<NotWritable>,
    importing: imports::Importing,
    clock: Box<dyn Clock>,
    paths: Paths,
    secrets: Box<dyn Secrets>,
    way_out: WayOut,
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
        let way_out = WayOut::new(paths.emulator());
        let importing = imports::Importing::default();
        let charges = invoices::Remembered::default();
        let supposing = what_if::Supposing::default();
        let (store, reading) = (Mutex::new(store), Mutex::new(reading));
        Self { store, reading, not_writable, importing, clock, paths, secrets, way_out, charges, supposing }
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
        locked(&self.reading).read(work)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        locked(&self.store)
    }

    fn around(&self) -> Around<'_> {
        Around {
            records: &self.store,
            clock: &*self.clock,
            paths: &self.paths,
            secrets: &*self.secrets,
            way_out: &self.way_out,
        }
    }
}

/// What vendors and files bring, and what is chosen of it.
impl Headroom {
    /// How patient this Headroom is with the vendors; for tests.
    pub const fn set_patience(&mut self, patience: Patience) {
        self.way_out.set_patience(patience);
    }

    /// Asks the vendor for an account's figures: by hand not too soon after the last answer, by itself only
    /// if somebody agreed to that once. A failure is kept beside the last good answer, and is no error.
    pub fn refresh(
        &self,
        account: AccountNumber,
        by_hand: bool,
        hidden: bool,
    ) -> Result<RefreshView, AppError> {
        vendors::refresh::refresh(&self.around(), account.into(), by_hand, hidden)
    }

    /// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
    pub fn request_overage(&self, account: AccountNumber, enabled: bool) -> Result<(), AppError> {
        vendors::switch::request(&self.around(), account.into(), enabled)
    }

    /// Asks Kilo which teams the login on this machine is in, adds an account for each that isn't there yet,
    /// and agrees to ask for their figures. All of the login's teams that are known then.
    pub fn connect_kilo(&self) -> Result<Vec<AccountSummary>, AppError> {
        let teams = vendors::kilo::connect::connect(&self.around())?;
        account::summaries(&self.store(), &teams, self.now())
    }

    /// Keeps a key of Kilo's that somebody pasted in the system's keyring, or forgets it. It goes to Kilo
    /// alone, and into no file of ours.
    pub fn set_kilo_key(&self, key: Option<&str>) -> Result<(), AppError> {
        vendors::kilo::connect::set_key(&self.around(), key)
    }

    /// Imports what lies at `path`, a file or a folder, else where it usually lies, into `account`, else into
    /// the first account that it belongs to. Rows that can't be read are named and left out; a file of
    /// another kind is refused; what is there already is not added again. `told` hears how far it is.
    pub fn import(
        &self,
        kind: ImportKind,
        path: Option<&Path>,
        account: Option<AccountNumber>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        let wanted = Wanted { kind, path, account };
        imports::importing::import(&wanted, &self.paths, &self.importing, self.now(), told)
    }

    /// Stops an import that runs: nothing of it is kept.
    pub fn stop_import(&self) {
        self.importing.stop();
    }

    /// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
    /// whether it is there and for how long it is good.
    pub fn doctor(&self) -> Result<Vec<SourceView>, AppError> {
        Ok(doctor::sources(&self.around()))
    }

    /// Makes a choice.
    pub fn choose(&self, choice: &Choice) -> Result<(), AppError> {
        settings::choose(&mut self.store(), choice)
    }

    /// Whether closing the window leaves Headroom in the tray.
    pub fn closes_to_tray(&self) -> bool {
        settings::closes_to_tray(&self.store()).unwrap_or(false)
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere can't leave the store half written: writes are transactions.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes everything this process creates readable for its owner only, where the system knows umasks.
pub fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}
