//! What asking a vendor needs of the Headroom around it, and the way out.

use crate::error::{AppError, ErrorCode};
use crate::machine::clock::Clock;
use crate::machine::locked::locked;
use crate::machine::paths::Paths;
use crate::machine::secrets::Secrets;
use headroom_exact::{Heard, Moment, Saying};
use headroom_sources::wire::http::{Host, HttpError, Network, Wanted};
use headroom_sources::{Http, Patience};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::waits::HostWait;
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

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

    /// Sets out: everything that is asked on this errand has one deadline, from now on, and no host is asked that wants to
    /// be left alone.
    pub fn errand(&self) -> Result<Http, AppError> {
        let kept = self.store().host_waits()?;
        let kept = kept.into_iter().filter_map(|kept| {
            Some((Host::named(&kept.host)?, Wanted { wait: kept.wait, times: kept.times }))
        });
        self.way_out.network()?.errand(self.now(), kept).map_err(outside)
    }

    /// Keeps what the hosts of an errand want, for whoever asks them next, and which of them was asked about an account.
    /// Where nothing of it is new, nothing is written.
    pub fn note_hosts(&self, http: &Http, about: Option<AccountId>) -> Result<(), AppError> {
        let met = http.met();
        let mut store = self.store();
        let kept = store.host_waits()?;
        let news: Vec<_> = met.iter().filter_map(|(host, wanted)| news(&kept, *host, *wanted)).collect();
        let last = about.zip(met.last().map(|(host, _)| host.name()));
        let known = |(account, host): &(AccountId, &str)| {
            store.live_state(*account).is_ok_and(|state| state.host.as_deref() == Some(host))
        };
        let last = last.filter(|last| !known(last));
        if news.is_empty() && last.is_none() {
            return Ok(());
        }
        store.write(|writing| {
            for (host, wanted) in &news {
                match wanted {
                    Some(wanted) => writing.set_host_wait(wanted)?,
                    None => writing.clear_host_wait(host)?,
                }
            }
            last.map_or(Ok(()), |(account, host)| writing.set_host(account, host)).map_err(AppError::from)
        })
    }
}

/// What a host wants, if that isn't kept already; none is that it answers.
fn news(kept: &[HostWait], host: Host, wanted: Option<Wanted>) -> Option<(&'static str, Option<HostWait>)> {
    let host = host.name();
    let wanted =
        wanted.map(|wanted| HostWait { host: host.to_owned(), wait: wanted.wait, times: wanted.times });
    let known = kept.iter().find(|kept| kept.host == host);
    (known != wanted.as_ref()).then_some((host, wanted))
}

/// The way out to the vendors, made when it is first needed, and about whom one is being asked now.
pub(crate) struct WayOut {
    emulator: Option<SocketAddr>,
    patience: Patience,
    network: OnceLock<Result<Arc<Network>, HttpError>>,
    asked_about: Mutex<HashSet<i64>>,
    pub(crate) attempts: Attempts,
}

impl WayOut {
    pub(crate) fn new(emulator: Option<SocketAddr>) -> Self {
        Self {
            emulator,
            patience: Patience::default(),
            network: OnceLock::new(),
            asked_about: Mutex::default(),
            attempts: Attempts::default(),
        }
    }

    pub(crate) const fn set_patience(&mut self, patience: Patience) {
        self.patience = patience;
    }

    fn network(&self) -> Result<&Arc<Network>, AppError> {
        let made = self.network.get_or_init(|| Network::new(self.emulator, self.patience).map(Arc::new));
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
    pub at: Heard,
    /// The turn of the switch that it looked for, if one was asked for by then.
    pub turn: Option<Heard>,
}

/// The last attempt of this process, an account. What came of it is kept in the store; that it was made is known here even
/// if nothing came of it.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<i64, Attempt>>);

impl Attempts {
    /// An account's vendor is asked now.
    pub(crate) fn note(&self, account: AccountId, at: Moment, turn: Option<Heard>) {
        locked(&self.0).insert(account.0, Attempt { at: Heard::at(at), turn });
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
