//! An open Headroom, and what every use case takes from it: the store, the time, the places.

use crate::error::AppError;
use crate::kinds::person::what_if::Supposing;
use crate::machine::clock::Clock;
use crate::machine::locked::locked;
use crate::machine::paths::Paths;
use crate::machine::secrets::Secrets;
use crate::vendors::asking::{Around, WayOut};
use crate::{charges, imports};
use headroom_exact::{Moment, Saying, say};
use headroom_store::{NotWritable, Store};
use std::sync::{Mutex, MutexGuard};

/// An open Headroom: the store, a clock and the places it looks at.
pub struct Headroom {
    pub(crate) store: Mutex<Store>,
    /// Beside one that writes; where nothing is written there is the one alone, since opening may mean to read all of it.
    pub(crate) reading: Option<Mutex<Store>>,
    pub(crate) not_writable: Option<NotWritable>,
    pub(crate) importing: imports::Importing,
    pub(crate) following: imports::Following,
    /// What somebody looked at before it is imported.
    pub(crate) looked: Mutex<Option<imports::LookedAt>>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) paths: Paths,
    pub(crate) secrets: Box<dyn Secrets>,
    pub(crate) way_out: WayOut,
    pub(crate) charges: charges::Remembered,
    pub(crate) supposing: Supposing,
    /// What had to be shut of our folder when it was opened.
    pub(crate) shut: Option<Saying>,
}

impl Headroom {
    /// Over data that is open: to write through one connection, to read through the other.
    pub(crate) fn over(
        (store, reading): (Store, Option<Store>),
        not_writable: Option<NotWritable>,
        (paths, clock, secrets): (Paths, Box<dyn Clock>, Box<dyn Secrets>),
        shut: Option<Saying>,
    ) -> Self {
        Self {
            store: Mutex::new(store),
            reading: reading.map(Mutex::new),
            not_writable,
            importing: imports::Importing::default(),
            following: imports::Following::default(),
            looked: Mutex::default(),
            clock,
            way_out: WayOut::new(paths.emulator()),
            paths,
            secrets,
            charges: charges::Remembered::default(),
            supposing: Supposing::default(),
            shut,
        }
    }

    /// Why nothing can be written; none where something can, or nobody tried.
    pub(crate) fn why_not_writable(&self) -> Option<Saying> {
        self.not_writable.map(|why| match why {
            NotWritable::Damaged => say!("safe-mode", path = &self.paths.database()),
            NotWritable::ReadOnlyDisk | NotWritable::NoRight | NotWritable::Full => {
                say!("nothing-recorded", reason = Saying::from(why))
            }
        })
    }

    /// Whether the data is damaged, no copy of it is good, and only what can be read of it is shown.
    pub(crate) fn is_damaged(&self) -> bool {
        self.not_writable == Some(NotWritable::Damaged)
    }

    /// Where nothing can be written, an error that says why: before something is done that is of no use without.
    pub(crate) fn refuse_unless_writable(&self) -> Result<(), AppError> {
        Ok(self.store().refuse_unless_writable()?)
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Reads one moment of the records through a connection of its own: whoever writes may have to wait for an import,
    /// and an answer doesn't wait with them.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Store) -> Result<T, AppError>) -> Result<T, AppError> {
        locked(self.reading.as_ref().unwrap_or(&self.store)).read(work)
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
