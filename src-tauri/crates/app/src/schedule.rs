//! When a vendor is asked: by itself as often as figures are to be renewed, by hand not too soon after the last time.
//!
//! Decided here, whoever asks: the window looks when it is told to and asks for what is due, but a page that asks more
//! often, by itself or as if somebody clicked, changes nothing.

use crate::Headroom;
use crate::account::summary_of;
use crate::error::AppError;
use crate::kiro::CONFIRM_WITHIN;
use crate::views::{AccountNumber, Due};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Account;
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

impl Headroom {
    /// Whose vendor is to be asked by itself now, and when to look again. Nobody is asked about the sample, a hidden
    /// account, one that nothing is known of yet, an organisation, without consent, nor on battery where that was chosen.
    pub fn due(&self, hidden: bool) -> Result<Due, AppError> {
        let now = self.now();
        self.read(|store| {
            let mut asked = Vec::new();
            for account in store.accounts()? {
                let wanted = !account.sample && !account.hidden && self.asks_by_itself(store, &account)?;
                if !wanted || !summary_of(store, &account, now)?.ready {
                    continue;
                }
                let state = store.live_state(account.id)?;
                asked.push((AccountNumber(account.id.0), self.asked_so_far(store, &account, &state, now)?));
            }
            Ok(look(&asked, hidden, now))
        })
    }

    /// How an account's questions stand.
    pub(crate) fn asked_so_far(
        &self,
        store: &Store,
        account: &Account,
        state: &LiveState,
        now: Moment,
    ) -> Result<Asked, AppError> {
        let known = |moment: Option<Moment>| moment.filter(|moment| *moment <= now);
        let own = self.live.attempts.last(account.id);
        let answered = known(Self::last_answer(store, account)?);
        let kept = answered.max(known(state.failure.as_ref().map(|failure| failure.at)));
        let request = state.overage_request;
        let turn = request.map(|request| request.at);
        let looked_for = kept > turn || own.is_some_and(|own| own.turn == turn);
        let progress = match request {
            Some(_) if !looked_for => Turn::NotLookedFor,
            Some(request) if now.seconds_since(request.at) < CONFIRM_WITHIN => {
                let said = Self::quoted(store, account.id, now)?.filter(|said| said.at >= request.at);
                let shows = said.and_then(|said| said.limits.overage_enabled) == Some(request.enabled);
                if shows { Turn::Settled } else { Turn::Awaited }
            }
            _ => Turn::Settled,
        };
        Ok(Asked {
            attempt: kept.max(known(own.map(|own| own.at))),
            pauses: [false, true].map(|hidden| pause(state.failure.as_ref(), hidden)),
            retry_at: state.retry_at,
            progress,
            turn,
        })
    }
}
