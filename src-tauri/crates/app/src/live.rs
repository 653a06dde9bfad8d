//! The vendors' own figures: asked for when it is time, kept as far as they were read, shown with their date.
//!
//! Nothing here waits with the store held: the vendor is asked first, then what it said is written. The
//! last good answer stays whatever happens after it.

use crate::account::kind_of;
use crate::asking::Answer;
use crate::error::AppError;
use crate::quoted::{COMMAND, SERVICE, TEAM};
use crate::views::{AccountNumber, FailureReason, Kind, RefreshView, Vendor};
use crate::{Headroom, kept, power};
use headroom_exact::Moment;
use headroom_sources::kiro_token::KiroLogin;
use headroom_sources::{FetchError, Patience};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState};
use headroom_store::table::snapshots::Snapshot;

/// Asking by hand is ignored so soon after the last answer.
const COOL_DOWN: i64 = 10;
/// How often figures are renewed while the window is seen, and while it is hidden.
const EVERY: i64 = 300;
const EVERY_HIDDEN: i64 = 900;
/// The first wait after a failure; doubled by each further one.
const FIRST_WAIT: i64 = 30;

impl Headroom {
    /// How patient this Headroom is with the vendors; for tests.
    pub const fn set_patience(&mut self, patience: Patience) {
        self.live.set_patience(patience);
    }

    /// When a vendor last answered about an account.
    fn last_answer(store: &Store, account: &Account) -> Result<Option<Moment>, AppError> {
        let sources: &[&str] = match kind_of(account)? {
            Kind::KiroIndividual => &[SERVICE, COMMAND],
            Kind::KiloTeams => &[TEAM],
            Kind::KiroEnterprise => &[],
        };
        let mut last = None;
        for source in sources {
            last = last.max(store.newest_snapshot(account.id, source)?.map(|snapshot| snapshot.fetched_at));
        }
        Ok(last)
    }

    /// Who is asked about an account; nobody about an organisation, whose figures are imported.
    fn vendor(account: &Account) -> Result<Option<Vendor>, AppError> {
        Ok(match kind_of(account)? {
            Kind::KiroIndividual => Some(Vendor::Kiro),
            Kind::KiloTeams => Some(Vendor::Kilo),
            Kind::KiroEnterprise => None,
        })
    }

    /// Whether a vendor may be asked by itself now.
    fn asks_by_itself(&self, store: &Store, account: &Account) -> Result<bool, AppError> {
        let Some(vendor) = Self::vendor(account)? else { return Ok(false) };
        let resting = Self::pauses_on_battery(store)? && self.paths().power().is_some_and(power::on_battery);
        Ok(Self::asks(store, vendor)? && !resting)
    }

    /// Asks the vendor for an account's figures: by hand not too soon after the last answer, by itself only
    /// if somebody agreed to that once. A failure is kept beside the last good answer, and is no error.
    pub fn refresh(
        &self,
        number: AccountNumber,
        by_hand: bool,
        hidden: bool,
    ) -> Result<RefreshView, AppError> {
        let id = AccountId::from(number);
        let now = self.now();
        let (account, state, last, agreed) = {
            let store = self.store();
            let account = Self::account(&store, id)?;
            let last = Self::last_answer(&store, &account)?;
            let agreed = self.asks_by_itself(&store, &account)?;
            (account, store.live_state(id)?, last, agreed)
        };
        let vendor = Self::vendor(&account)?;
        let wanted = vendor.is_some() && !account.hidden && (by_hand || agreed);
        let waits = state.retry_at.is_some_and(|retry_at| now < retry_at);
        // A turn of the switch that hasn't been looked for yet is looked for at once.
        let asked_since = state.overage_request.is_some_and(|request| Some(request.at) >= last);
        let cool = !asked_since && last.is_some_and(|last| now.seconds_since(last) < COOL_DOWN);
        if wanted
            && !(account.sample || waits || by_hand && cool)
            && let Some(_asking) = self.live.begin(id)
        {
            let answer = match vendor {
                Some(Vendor::Kilo) => self.ask_kilo(&account, &state)?,
                _ => self.ask_kiro(&account, &state)?,
            };
            let failed = !matches!(answer, Answer::Good { .. });
            if let Some(login) = self.keep(id, &state, answer)? {
                self.keep_models(&login, id)?;
            }
            if failed && vendor == Some(Vendor::Kiro) {
                self.keep_what_the_ide_showed(&account, &state)?;
            }
        }
        let store = self.store();
        Self::refresh_view(&store, id, self.now(), hidden)
    }

    /// Writes down what came of asking; the login it came with, if it is one of Kiro's.
    fn keep(&self, id: AccountId, state: &LiveState, answer: Answer) -> Result<Option<KiroLogin>, AppError> {
        let now = self.now();
        let failures = state.failure.as_ref().map_or(0, |failure| failure.count).saturating_add(1);
        let failed = |message: String, reason| Failure { at: now, message, reason, count: failures };
        let mut with = None;
        let mut store = self.store();
        // A window may be open for weeks: what is asked again and again makes the day's copy too.
        kept::copy_of_the_day(&store, now);
        store.write(|writing| {
            let known = state.identity.as_deref();
            match answer {
                Answer::Good { kept, identity, spend, login } => {
                    with = login;
                    for (source, body) in kept {
                        let snapshot = Snapshot { fetched_at: now, source: source.to_owned(), body };
                        writing.append_snapshot(id, &snapshot)?;
                    }
                    if let Some(spend) = spend {
                        for day in &spend.days {
                            writing.append_reported(id, spend.source, day, now)?;
                        }
                    }
                    writing.set_answer(id, identity.as_deref(), None, None)?;
                }
                Answer::Nobody(message) => {
                    writing.set_answer(id, known, Some(&failed(message, None)), None)?;
                }
                Answer::Failed(error) => {
                    tracing::warn!(account = id.0, "refresh: {error}");
                    // By hand one may try again at once, unless the vendor itself asked to be left alone.
                    let retry_at = match &error {
                        FetchError::Throttled { until: Some(until), .. } => Some(until.moment(now)),
                        FetchError::Throttled { until: None, .. } => {
                            Some(now.plus_seconds(waiting_time(failures, now)))
                        }
                        FetchError::Suspended(_) => Some(now.plus_days(1)),
                        _ => None,
                    };
                    writing.set_answer(
                        id,
                        known,
                        Some(&failed(error.to_string(), reason(&error).map(word))),
                        retry_at,
                    )?;
                }
            }
            Ok::<_, AppError>(())
        })?;
        Ok(with)
    }

    pub(crate) fn refresh_view(
        store: &Store,
        id: AccountId,
        now: Moment,
        hidden: bool,
    ) -> Result<RefreshView, AppError> {
        let state = store.live_state(id)?;
        let account = Self::account(store, id)?;
        let last = Self::last_answer(store, &account)?;
        let agreed = match Self::vendor(&account)? {
            Some(vendor) => Self::asks(store, vendor)?,
            None => false,
        };
        let usual = if hidden { EVERY_HIDDEN } else { EVERY };
        let wait = match (&state.retry_at, &state.failure) {
            (Some(retry_at), _) => retry_at.seconds_since(now).max(1),
            (None, Some(failure)) => waiting_time(failure.count, failure.at).min(usual),
            (None, None) => usual,
        };
        Ok(RefreshView {
            on: agreed && !account.sample,
            last_success: last.map(|at| at.to_string()),
            failure: state.failure.as_ref().map(|failure| failure.message.clone()),
            failure_reason: state.failure.as_ref().and_then(|failure| of_word(failure.reason.as_deref()?)),
            failed_at: state.failure.map(|failure| failure.at.to_string()),
            next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
        })
    }
}

/// What a language can have words for.
const fn reason(error: &FetchError) -> Option<FailureReason> {
    Some(match error {
        FetchError::SignInAgain(_) => FailureReason::SignIn,
        FetchError::Offline(_) => FailureReason::Offline,
        FetchError::TimedOut(_) | FetchError::CutOff(_) => FailureReason::TimedOut,
        FetchError::Throttled { .. } => FailureReason::Throttled,
        FetchError::NotSupported(_) => FailureReason::NotSupported,
        FetchError::Suspended(_) => FailureReason::Suspended,
        FetchError::Server { .. } => FailureReason::Server,
        FetchError::Unreadable { .. } => FailureReason::Unreadable,
        FetchError::Refused { .. } | FetchError::Redirected(_) | FetchError::TooLarge(_) => return None,
    })
}

/// The word it is kept under: the one it is sent under.
fn word(reason: FailureReason) -> String {
    serde_json::to_value(reason).ok().and_then(|word| Some(word.as_str()?.to_owned())).unwrap_or_default()
}

fn of_word(word: &str) -> Option<FailureReason> {
    serde_json::from_value(word.into()).ok()
}

/// How long to leave the vendor alone after so many failures in a row: a part of a wait that doubles (full
/// jitter), at least five seconds. The part is drawn from the second of the failure, which is another on
/// every machine and the same whenever it is asked again.
fn waiting_time(failures: u32, failed_at: Moment) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1_i64.checked_shl(failures.min(8)).unwrap_or(256));
    failed_at.unix_seconds().rem_euclid(doubled.min(EVERY_HIDDEN)).max(5)
}
