//! The way out to the vendors, who is being asked now, and what can come of asking.

use crate::error::{AppError, ErrorCode};
use headroom_exact::Saying;
use headroom_sources::http::HttpError;
use headroom_sources::kiro_token::KiroLogin;
use headroom_sources::{FetchError, Http, Patience};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::Reported;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The way out, made when it is first needed, and who is being asked now.
pub(crate) struct Live {
    emulator: Option<SocketAddr>,
    pub(crate) patience: Patience,
    http: OnceLock<Result<Http, HttpError>>,
    asking: Mutex<HashSet<i64>>,
}

impl Live {
    pub(crate) fn new(emulator: Option<SocketAddr>) -> Self {
        Self { emulator, patience: Patience::default(), http: OnceLock::new(), asking: Mutex::default() }
    }

    pub(crate) const fn set_patience(&mut self, patience: Patience) {
        self.patience = patience;
    }

    pub(crate) fn http(&self) -> Result<&Http, AppError> {
        let made = self.http.get_or_init(|| Http::new(self.emulator, self.patience));
        made.as_ref().map_err(|error| AppError::new(ErrorCode::Outside, error))
    }

    /// Marks an account as being asked; none if it is already.
    pub(crate) fn begin(&self, account: AccountId) -> Option<Asking<'_>> {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        asking.insert(account.0).then(|| Asking { live: self, account })
    }
}

/// One account being asked; no more once it goes.
pub(crate) struct Asking<'l> {
    live: &'l Live,
    account: AccountId,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.live.asking.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account.0);
    }
}

/// What came of asking.
pub(crate) enum Answer {
    /// Figures: what is kept of them, and whose they are.
    Good {
        kept: Vec<(&'static str, String)>,
        identity: Option<String>,
        spend: Option<Spend>,
        /// With which login of Kiro's, for what is asked after the figures are safe.
        login: Option<KiroLogin>,
    },
    /// There was nobody to ask: what helps.
    Nobody(Saying),
    /// Asking failed.
    Failed(FetchError),
}

/// What a team spent, on its way into the store.
pub(crate) struct Spend {
    pub source: &'static str,
    pub days: Vec<Reported>,
}
