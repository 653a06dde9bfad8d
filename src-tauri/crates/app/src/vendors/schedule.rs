//! When a vendor is asked: by itself as often as figures are to be renewed, by hand not too soon after the last time.
//!
//! Decided here, whoever asks: the window looks when it is told to and asks for what is due, but a page that asks more
//! often, by itself or as if somebody clicked, changes nothing.

use crate::answers::{AccountNumber, Due, RequestState};
use crate::choices::{chose, pauses_on_battery};
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::machine::power;
use crate::quoted::{Quoted, confirmation};
use crate::vendors;
use crate::vendors::asking::WayOut;
use crate::vendors::vendor::Vendor;
use headroom_exact::{Heard, Moment, Saying, say};
use headroom_sources::wire::http;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState};

/// How long after the last time, seconds, nobody is asked by hand; and how often a turn of the switch is looked for.
const COOL_DOWN: i64 = 10;
/// How often figures are renewed, seconds, while the window is seen, and while it is hidden.
const EVERY: i64 = 300;
const EVERY_HIDDEN: i64 = 900;
/// The shortest time, seconds, after which it is looked again who is due.
const SOONEST: i64 = 5;

/// How often figures are renewed, seconds.
const fn usual(hidden: bool) -> i64 {
    if hidden { EVERY_HIDDEN } else { EVERY }
}

/// How long after an attempt, seconds, the vendor is left alone: as usual, or after failures for a pause that grows. The
/// part of it is drawn from the second of the failure, which is another on every machine and the same whenever it is asked
/// again.
pub(crate) fn pause(failure: Option<&Failure>, hidden: bool) -> i64 {
    failure.map_or(usual(hidden), |failure| {
        http::pause(failure.count, http::seed_of(failure.at.as_kept())).min(usual(hidden))
    })
}

/// Until when an account is left alone, even by hand: what was said of it alone, and what its host wants of everybody.
pub(crate) fn left_alone_until(
    store: &Store,
    state: &LiveState,
    now: Moment,
) -> Result<Option<Moment>, AppError> {
    let Some(host) = &state.host else { return Ok(state.wait.and_then(|wait| wait.left(now))) };
    let waits = store.host_waits()?;
    let hosts = waits.iter().filter(|wait| wait.host == *host).filter_map(|kept| kept.wait.left(now));
    Ok(hosts.chain(state.wait.and_then(|wait| wait.left(now))).max())
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
    /// The last attempt.
    attempt: Option<Moment>,
    /// How long after it the vendor is left alone, seconds, while the window is seen and while it is hidden.
    pauses: [i64; 2],
    /// The vendor wants to be left alone until then.
    left_alone_until: Option<Moment>,
    progress: Turn,
    /// When the last turn of the switch was asked for.
    pub(crate) turn: Option<Heard>,
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
        // Of what a clock told that was ahead nothing counts: it would silence the account until then.
        let own = way_out.attempts.last(account.id);
        let answered = last_answer(store, vendors::of(account)?, account.id, now)?;
        let kept = answered.max(state.failure.as_ref().and_then(|failure| failure.at.by(now)));
        let request = state.overage_request.filter(|request| request.at.by(now).is_some());
        let turn = request.map(|request| request.at);
        let looked_for = kept > turn.and_then(|turn| turn.by(now)) || own.is_some_and(|own| own.turn == turn);
        let progress = match request {
            None => Turn::Settled,
            Some(_) if !looked_for => Turn::NotLookedFor,
            Some(request) => {
                let quoted = Quoted::newest(store, account.id, now, now)?;
                let confirmed = confirmation(request, quoted.as_ref(), now).map(|seen| seen.state);
                if confirmed == Some(RequestState::Requested) { Turn::Awaited } else { Turn::Settled }
            }
        };
        Ok(Self {
            attempt: kept.max(own.and_then(|own| own.at.by(now))),
            pauses: [false, true].map(|hidden| pause(state.failure.as_ref(), hidden)),
            left_alone_until: left_alone_until(store, state, now)?,
            progress,
            turn,
        })
    }

    /// So many seconds after the last attempt, and not before the vendor wants to be asked again; none is at any time.
    fn after(&self, seconds: i64) -> Option<Moment> {
        self.attempt.map(|attempt| attempt.plus_seconds(seconds)).max(self.left_alone_until)
    }

    /// When the vendor may be asked by hand; none is at any time.
    fn by_hand(&self) -> Option<Moment> {
        if self.progress == Turn::NotLookedFor { self.left_alone_until } else { self.after(COOL_DOWN) }
    }

    /// When the vendor is asked by itself; none is at once.
    fn by_itself(&self, hidden: bool) -> Option<Moment> {
        match self.progress {
            Turn::NotLookedFor => self.left_alone_until,
            Turn::Awaited => self.after(COOL_DOWN),
            Turn::Settled => self.after(self.pauses[usize::from(hidden)]),
        }
    }

    /// Why the vendor isn't asked by hand now, and when it may be; none where it may be now.
    pub(crate) fn not_by_hand(&self, vendor: &'static str, now: Moment) -> Option<(Saying, Moment)> {
        let until = self.by_hand().filter(|until| *until > now)?;
        let why = if self.left_alone_until == Some(until) {
            say!("left-alone", vendor, until)
        } else {
            say!("asked-just-now", vendor, until)
        };
        Some((why, until))
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
    vendor.map_or(Ok(false), |vendor| chose(store, vendor.setting()))
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

/// When a vendor had last answered about an account by then.
pub(crate) fn last_answer(
    store: &Store,
    vendor: Option<&dyn Vendor>,
    id: AccountId,
    by: Moment,
) -> Result<Option<Moment>, AppError> {
    let mut last = None;
    let sources = vendor.map_or(&[][..], Vendor::sources);
    for source in sources.iter().filter(|source| source.is_answer) {
        last = last.max(store.newest_snapshot(id, source.name, by)?.map(|snapshot| snapshot.fetched_at));
    }
    Ok(last)
}

/// Whose vendor is to be asked by itself now, and when to look again. An account that nothing is known of yet becomes known
/// by that.
pub(crate) fn due(
    store: &Store,
    paths: &Paths,
    way_out: &WayOut,
    hidden: bool,
    now: Moment,
) -> Result<Due, AppError> {
    let mut asked = Vec::new();
    for account in store.accounts()? {
        let wanted = !account.sample && !account.hidden;
        if !wanted || !asks_by_itself(store, paths, vendors::of(&account)?)? {
            continue;
        }
        let state = store.live_state(account.id)?;
        asked.push((AccountNumber(account.id.0), Asked::about(store, way_out, &account, &state, now)?));
    }
    Ok(look(&asked, hidden, now))
}
