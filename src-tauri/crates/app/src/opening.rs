//! Opening Headroom, and what every use case takes from it: the store, the time, the places.

use crate::error::AppError;
use crate::kinds::person::what_if::Supposing;
use crate::machine::clock::Clock;
use crate::machine::paths::Paths;
use crate::machine::secrets::{NoKeyring, Secrets};
use crate::vendors::asking::{Around, WayOut};
use crate::{Headroom, accounts, charges, imports, kept, locked};
use headroom_exact::Moment;
use headroom_store::Store;
use std::sync::{Mutex, MutexGuard};

impl Headroom {
    /// Opens the store where `paths` says.
    ///
    /// # Errors
    ///
    /// Where the file can't be opened, is another program's or a newer version's.
    pub fn open(paths: Paths, clock: Box<dyn Clock>) -> Result<Self, AppError> {
        let mut store = Store::open(&paths.database())?;
        kept::settle(&mut store, clock.now());
        // Nor does this keep anybody out: it is done at the next opening.
        if let Err(error) = accounts::purge(&mut store, clock.now().plus_seconds(-accounts::UNDO_SECONDS)) {
            tracing::warn!("removed accounts could not be deleted: {error}");
        }
        let reading = Store::open(&paths.database())?;
        Ok(Self {
            store: Mutex::new(store),
            reading: Mutex::new(reading),
            importing: imports::Importing::default(),
            clock,
            way_out: WayOut::new(paths.emulator()),
            paths,
            secrets: Box::new(NoKeyring),
            charges: charges::Remembered::default(),
            supposing: Supposing::default(),
        })
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

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Reads one moment of the records through a connection of its own: whoever writes may have to wait for an import,
    /// and an answer doesn't wait with them.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Store) -> Result<T, AppError>) -> Result<T, AppError> {
        locked(&self.reading).read(work)
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        locked(&self.store)
    }

    /// What vendors, and what is found of them, need of it.
    pub(crate) fn around(&self) -> Around<'_> {
        Around {
            records: &self.store,
            clock: &*self.clock,
            paths: &self.paths,
            secrets: &*self.secrets,
            way_out: &self.way_out,
        }
    }
}

/// Makes everything this process creates readable for its owner only, where the system knows umasks.
pub fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}
