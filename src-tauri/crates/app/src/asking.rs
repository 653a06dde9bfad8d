//! The way out to the vendors, who is being asked now, and what can come of asking.

use crate::error::{AppError, ErrorCode};
use headroom_exact::Moment;
use headroom_sources::http::HttpError;
use headroom_sources::kiro_token::KiroLogin;
use headroom_sources::{FetchError, Http, Patience};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::Reported;
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The way out, made when it is first needed, and who is being asked now.
pub(crate) struct Live {
    emulator: Option<SocketAddr>,
    pub(crate) patience: Patience,
    http: OnceLock<Result<Http, HttpError>>,
    asking: Mutex<HashSet<i64>>,
    pub(crate) attempts: Attempts,
}

impl Live {
    pub(crate) fn new(emulator: Option<SocketAddr>) -> Self {
        Self {
            emulator,
            patience: Patience::default(),
            http: OnceLock::new(),
            asking: Mutex::default(),
            attempts: Attempts::default(),
        }
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account.0, Attempt { at, turn });
    }

    /// The last one, if there was any.
    pub(crate) fn last(&self, account: AccountId) -> Option<Attempt> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account.0).copied()
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
    /// There was nobody to ask, in a sentence that says what helps.
    Nobody(String),
    /// Asking failed.
    Failed(FetchError),
}

/// What a team spent, on its way into the store.
pub(crate) struct Spend {
    pub source: &'static str,
    pub days: Vec<Reported>,
}
