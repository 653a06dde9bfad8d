//! What asking a vendor needs of the Headroom around it, and the way out.

use crate::error::{AppError, ErrorCode};
use crate::locked;
use crate::machine::clock::Clock;
use crate::machine::paths::Paths;
use crate::machine::secrets::Secrets;
use headroom_exact::{Moment, Saying};
use headroom_sources::http::HttpError;
use headroom_sources::{Http, Patience};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, OnceLock};

/// What vendors, and what is found of them, need of the Headroom around them.
#[derive(Clone, Copy)]
pub(crate) struct Around<'h> {
    /// The records. Nobody waits for somebody else with them held.
    pub records: &'h Mutex<Store>,
    pub clock: &'h dyn Clock,
    pub paths: &'h Paths,
    pub secrets: &'h dyn Secrets,
    pub way_out: &'h WayOut,
}

impl<'h> Around<'h> {
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    pub fn store(&self) -> MutexGuard<'h, Store> {
        locked(self.records)
    }
}

/// The way out to the vendors, made when it is first needed, and about whom one is being asked now.
pub(crate) struct WayOut {
    emulator: Option<SocketAddr>,
    patience: Patience,
    http: OnceLock<Result<Http, HttpError>>,
    asked_about: Mutex<HashSet<i64>>,
    pub(crate) attempts: Attempts,
}

impl WayOut {
    pub(crate) fn new(emulator: Option<SocketAddr>) -> Self {
        Self {
            emulator,
            patience: Patience::default(),
            http: OnceLock::new(),
            asked_about: Mutex::default(),
            attempts: Attempts::default(),
        }
    }

    pub(crate) const fn set_patience(&mut self, patience: Patience) {
        self.patience = patience;
    }

    /// How patient it is with whoever is asked.
    pub(crate) const fn patience(&self) -> Patience {
        self.patience
    }

    pub(crate) fn http(&self) -> Result<&Http, AppError> {
        let made = self.http.get_or_init(|| Http::new(self.emulator, self.patience));
        made.as_ref().map_err(outside)
    }

    /// Marks an account as being asked about; none if it is already.
    pub(crate) fn begin(&self, account: AccountId) -> Option<Asking<'_>> {
        locked(&self.asked_about).insert(account.0).then(|| Asking { way_out: self, account })
    }
}

/// One account being asked about; no more once it goes.
pub(crate) struct Asking<'w> {
    way_out: &'w WayOut,
    account: AccountId,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        locked(&self.way_out.asked_about).remove(&self.account.0);
    }
}

/// An attempt of this process, whatever came of it.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    /// When it was made.
    pub at: Moment,
    /// The turn of the switch that it looked for, if one was asked for by then.
    pub turn: Option<Moment>,
}

/// The last attempt of this process, an account. What came of it is kept in the store; that it was made is known here even
/// if nothing came of it.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<i64, Attempt>>);

impl Attempts {
    /// An account's vendor is asked now.
    pub(crate) fn note(&self, account: AccountId, at: Moment, turn: Option<Moment>) {
        locked(&self.0).insert(account.0, Attempt { at, turn });
    }

    /// The last one, if there was any.
    pub(crate) fn last(&self, account: AccountId) -> Option<Attempt> {
        locked(&self.0).get(&account.0).copied()
    }
}

/// Something outside failed.
pub(crate) fn outside(error: impl Into<Saying>) -> AppError {
    AppError::new(ErrorCode::Outside, error)
}
