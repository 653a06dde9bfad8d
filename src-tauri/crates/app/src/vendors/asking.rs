//! What asking a vendor needs of the Headroom around it, and the way out.

use crate::error::{AppError, ErrorCode};
use crate::locked;
use crate::machine::clock::Clock;
use crate::machine::paths::Paths;
use crate::machine::secrets::Secrets;
use headroom_exact::Moment;
use headroom_sources::http::HttpError;
use headroom_sources::{Http, Patience};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::HashSet;
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
}

impl WayOut {
    pub(crate) fn new(emulator: Option<SocketAddr>) -> Self {
        Self { emulator, patience: Patience::default(), http: OnceLock::new(), asked_about: Mutex::default() }
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

/// Something outside failed.
pub(crate) fn outside(error: impl std::fmt::Display) -> AppError {
    AppError::new(ErrorCode::Outside, error)
}
