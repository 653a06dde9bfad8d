//! When a vendor is asked: by itself as often as figures are to be renewed, by hand not too soon after the last time.
//!
//! Decided here, whoever asks: the window looks when it is told to and asks for what is due, but a page that asks more
//! often, by itself or as if somebody clicked, changes nothing.

use crate::answers::{AccountNumber, Due, RequestState};
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::machine::power;
use crate::quoted::{Quoted, confirmation};
use crate::settings::{asks, pauses_on_battery};
use crate::vendors;
use crate::vendors::asking::WayOut;
use crate::vendors::vendor::Vendor;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState};

/// How long after the last time, seconds, nobody is asked by hand; and how often a turn of the switch is looked for.
const COOL_DOWN: i64 = 10;
/// How often figures are renewed, seconds, while the window is seen, and while it is hidden.
const EVERY: i64 = 300;
const EVERY_HIDDEN: i64 = 900;
/// The first wait after a failure, seconds; doubled by each further one.
const FIRST_WAIT: i64 = 30;
/// The shortest time, seconds, after which it is looked again who is due.
const SOONEST: i64 = 5;

/// How often figures are renewed, seconds.
const fn usual(hidden: bool) -> i64 {
    if hidden { EVERY_HIDDEN } else { EVERY }
}

/// How long after an attempt, seconds, the vendor is left alone.
pub(crate) fn pause(failure: Option<&Failure>, hidden: bool) -> i64 {
    failure.map_or(usual(hidden), |failure| waiting_time(failure.count, failure.at).min(usual(hidden)))
}

/// How long to leave the vendor alone after so many failures in a row: a part of a wait that doubles (full
/// jitter), at least five seconds. The part is drawn from the second of the failure, which is another on
/// every machine and the same whenever it is asked again.
pub(crate) fn waiting_time(failures: u32, failed_at: Moment) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1_i64.checked_shl(failures.min(8)).unwrap_or(256));
    failed_at.unix_seconds().rem_euclid(doubled.min(EVERY_HIDDEN)).max(5)
}

/// How far the last turn of the switch is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Turn {
    /// None was asked for, or it is settled: it shows, or it was given up.
    Settled,
    /// Nobody has looked since it was asked for.
    NotLookedFor,
    /// It doesn't show yet, and is looked for again.
    Awaited,
}

/// How an account's questions stand: what decides when the next may be asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Asked {
    /// The last attempt. One that lies ahead, since the clock was set back, is none: it would silence the account.
    attempt: Option<Moment>,
    /// How long after it the vendor is left alone, seconds, while the window is seen and while it is hidden.
    pauses: [i64; 2],
    /// The vendor asked to be left alone until then.
    retry_at: Option<Moment>,
    progress: Turn,
    /// When the last turn of the switch was asked for.
    pub(crate) turn: Option<Moment>,
}

impl Asked {
    /// How an account's questions stand.
    pub(crate) fn about(
        store: &Store,
        way_out: &WayOut,
        account: &Account,
        state: &LiveState,
        now: Moment,
    ) -> Result<Self, AppError> {
        let known = |moment: Option<Moment>| moment.filter(|moment| *moment <= now);
        let own = way_out.attempts.last(account.id);
        let answered = known(last_answer(store, vendors::of(account)?, account.id)?);
        let kept = answered.max(known(state.failure.as_ref().map(|failure| failure.at)));
        let request = state.overage_request;
        let turn = request.map(|request| request.at);
        let looked_for = kept > turn || own.is_some_and(|own| own.turn == turn);
        let progress = match request {
            None => Turn::Settled,
            Some(_) if !looked_for => Turn::NotLookedFor,
            Some(request) => {
                let quoted = Quoted::newest(store, account.id, now)?;
                let confirmed = confirmation(request, quoted.as_ref(), now).state;
                if confirmed == RequestState::Requested { Turn::Awaited } else { Turn::Settled }
            }
        };
        Ok(Self {
            attempt: kept.max(known(own.map(|own| own.at))),
            pauses: [false, true].map(|hidden| pause(state.failure.as_ref(), hidden)),
            retry_at: state.retry_at,
            progress,
            turn,
        })
    }

    /// So many seconds after the last attempt, and not before the vendor wants to be asked again; none is at any time.
    fn after(&self, seconds: i64) -> Option<Moment> {
        self.attempt.map(|attempt| attempt.plus_seconds(seconds)).max(self.retry_at)
    }

    /// When the vendor may be asked by hand; none is at any time.
    fn by_hand(&self) -> Option<Moment> {
        if self.progress == Turn::NotLookedFor { self.retry_at } else { self.after(COOL_DOWN) }
    }

    /// When the vendor is asked by itself; none is at once.
    fn by_itself(&self, hidden: bool) -> Option<Moment> {
        match self.progress {
            Turn::NotLookedFor => self.retry_at,
            Turn::Awaited => self.after(COOL_DOWN),
            Turn::Settled => self.after(self.pauses[usize::from(hidden)]),
        }
    }

    /// Whether the vendor may be asked by hand now.
    pub(crate) fn may_by_hand(&self, now: Moment) -> bool {
        self.by_hand() <= Some(now)
    }

    /// Whether the vendor is to be asked by itself now, where that was agreed to.
    pub(crate) fn is_due(&self, hidden: bool, now: Moment) -> bool {
        self.by_itself(hidden) <= Some(now)
    }
}

/// Nobody is due; it is looked again after the usual time.
pub(crate) fn nobody(hidden: bool) -> Due {
    let wait = usual(hidden);
    Due { accounts: Vec::new(), next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX) }
}

/// Who of these is due now, and in how many seconds to look again.
fn look(accounts: &[(AccountNumber, Asked)], hidden: bool, now: Moment) -> Due {
    let due = accounts.iter().filter(|(_, asked)| asked.is_due(hidden, now));
    let next = accounts.iter().filter_map(|(_, asked)| asked.by_itself(hidden)).min();
    let wait = next.map_or(SOONEST, |next| next.seconds_since(now));
    let wait = if accounts.is_empty() { usual(hidden) } else { wait.clamp(SOONEST, usual(hidden)) };
    Due {
        accounts: due.map(|(number, _)| *number).collect(),
        next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
    }
}

/// Whether somebody agreed that the account's vendor is asked.
pub(crate) fn may_be_asked(store: &Store, vendor: Option<&dyn Vendor>) -> Result<bool, AppError> {
    vendor.map_or(Ok(false), |vendor| asks(store, vendor))
}

/// Whether the vendor may be asked by itself now: somebody agreed, and nobody saves the battery.
pub(crate) fn asks_by_itself(
    store: &Store,
    paths: &Paths,
    vendor: Option<&dyn Vendor>,
) -> Result<bool, AppError> {
    let agreed = may_be_asked(store, vendor)?;
    let resting = agreed && pauses_on_battery(store)? && paths.power().is_some_and(power::on_battery);
    Ok(agreed && !resting)
}

/// When a vendor last answered about an account.
pub(crate) fn last_answer(
    store: &Store,
    vendor: Option<&dyn Vendor>,
    id: AccountId,
) -> Result<Option<Moment>, AppError> {
    let mut last = None;
    let sources = vendor.map_or(&[][..], Vendor::sources);
    for source in sources.iter().filter(|source| source.is_answer) {
        last = last.max(store.newest_snapshot(id, source.name)?.map(|snapshot| snapshot.fetched_at));
    }
    Ok(last)
}

/// Whose vendor is to be asked by itself now, and when to look again; nobody is asked about an account that isn't
/// `ready`.
pub(crate) fn due(
    store: &Store,
    paths: &Paths,
    way_out: &WayOut,
    ready: impl Fn(&Account) -> Result<bool, AppError>,
    hidden: bool,
    now: Moment,
) -> Result<Due, AppError> {
    let mut asked = Vec::new();
    for account in store.accounts()? {
        let wanted = !account.sample && !account.hidden;
        if !wanted || !asks_by_itself(store, paths, vendors::of(&account)?)? || !ready(&account)? {
            continue;
        }
        let state = store.live_state(account.id)?;
        asked.push((AccountNumber(account.id.0), Asked::about(store, way_out, &account, &state, now)?));
    }
    Ok(look(&asked, hidden, now))
}
