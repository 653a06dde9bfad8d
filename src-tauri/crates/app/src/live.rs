//! The vendors' own figures: asked for, kept as they came, shown with their date; and Kiro's overage switch.
//!
//! Nothing here waits with the store held: the vendor is asked first, then what it said is written. The
//! last good answer stays whatever happens after it.

use crate::accounts::kind_of;
use crate::error::{AppError, ErrorCode};
use crate::views::{AccountNumber, Kind, RefreshView, Vendor};
use crate::{Headroom, power, team};
use headroom_billing::{Credits, Moment};
use headroom_sources::http::HttpError;
use headroom_sources::kiro_token::{self, KiroLogin};
use headroom_sources::observation::{GrantSnapshot, LimitsSnapshot};
use headroom_sources::{
    FetchError, Http, Patience, kiro_client_log, kiro_command, kiro_ide_state, kiro_limits, kiro_models,
    kiro_preference,
};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState, OverageRequest};
use headroom_store::table::reports::Reported;
use headroom_store::table::snapshots::Snapshot;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The names under which Kiro's figures are kept: as its service says them, as its command line does, as the
/// IDE last showed them, as the IDE logged them.
const SERVICE: &str = "kiro-limits";
const COMMAND: &str = "kiro-command";
const IDE_STATE: &str = "kiro-ide-state";
const IDE_LOG: &str = "kiro-ide-log";
/// The name under which the models' multipliers are kept, and how often they are asked for.
pub(crate) const MODELS: &str = "kiro-models";
const MODELS_EVERY: i64 = 86_400;
/// Asking by hand is ignored so soon after the last answer.
const COOL_DOWN: i64 = 10;
/// How often figures are renewed while the window is seen, and while it is hidden.
const EVERY: i64 = 300;
const EVERY_HIDDEN: i64 = 900;
/// The first wait after a failure; doubled by each further one.
const FIRST_WAIT: i64 = 30;
/// The switch counts as not confirmed when the vendor doesn't show it after this long.
pub(crate) const CONFIRM_WITHIN: i64 = 60;

/// The way out, made when it is first needed, and who is being asked now.
pub(crate) struct Live {
    emulator: Option<SocketAddr>,
    patience: Patience,
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
    fn begin(&self, account: AccountId) -> Option<Asking<'_>> {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        asking.insert(account.0).then(|| Asking { live: self, account })
    }
}

/// One account being asked; no more once it goes.
struct Asking<'l> {
    live: &'l Live,
    account: AccountId,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.live.asking.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account.0);
    }
}

/// What Kiro last said of an account, and when.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    pub at: Moment,
    pub limits: LimitsSnapshot,
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

/// The id by which the vendor knows the account.
fn identity(login: &KiroLogin, limits: &LimitsSnapshot) -> Option<String> {
    limits.user_id.clone().or_else(|| login.profile_arn.clone())
}

impl Headroom {
    /// How patient this Headroom is with the vendors; for tests.
    pub const fn set_patience(&mut self, patience: Patience) {
        self.live.set_patience(patience);
    }

    /// What Kiro last said, if it ever did, wherever it said it. A kept answer that can't be read any more is
    /// none.
    pub(crate) fn quoted(store: &Store, account: AccountId) -> Result<Option<Quoted>, AppError> {
        let mut newest: Option<Quoted> = None;
        for source in [SERVICE, COMMAND, IDE_STATE, IDE_LOG] {
            let Some(snapshot) = store.newest_snapshot(account, source)? else { continue };
            let limits = match source {
                COMMAND => kiro_command::parse(&snapshot.body).ok(),
                IDE_STATE => kiro_ide_state::parse(&snapshot.body).map(|(_, limits)| limits),
                _ => kiro_limits::parse(&snapshot.body).ok(),
            };
            let at = snapshot.fetched_at;
            // Of the same moment the service's own word counts.
            if let Some(limits) = limits
                && newest.as_ref().is_none_or(|known| known.at < at)
            {
                newest = Some(Quoted { at, limits });
            }
        }
        Ok(newest)
    }

    /// When a vendor last answered about an account.
    fn last_answer(store: &Store, account: &Account) -> Result<Option<Moment>, AppError> {
        let sources: &[&str] = match kind_of(account)? {
            Kind::KiroIndividual => &[SERVICE, COMMAND],
            Kind::KiloTeams => &[team::SOURCE],
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

    /// Asks with each login there is, until one is of this account; without a good one Kiro's own command
    /// line, which has a login of its own.
    fn ask_kiro(&self, account: &Account, state: &LiveState) -> Result<Answer, AppError> {
        let logins = self.paths().kiro().map(|places| kiro_token::logins(places, self.now()));
        let logins = logins.unwrap_or_default();
        let mut others = false;
        let none = logins.is_empty();
        let now = self.now();
        for login in logins.into_iter().filter(|login| login.is_good_at(now)) {
            match kiro_limits::fetch(self.live.http()?, &login) {
                Ok((body, limits)) => {
                    let identity = identity(&login, &limits);
                    if state.identity.is_none() || state.identity == identity {
                        let kept = vec![(SERVICE, body)];
                        return Ok(Answer::Good { kept, identity, spend: None, login: Some(login) });
                    }
                    others = true;
                }
                Err(error) => return Ok(Answer::Failed(error)),
            }
        }
        if others {
            return Ok(Answer::Nobody(format!(
                "Kiro is signed in to another account than {}. Sign in to that one, or add it here.",
                account.name
            )));
        }
        if let Some(answer) = self.ask_command(account, state)? {
            return Ok(answer);
        }
        Ok(if self.paths().kiro().is_none() {
            Answer::Nobody("No home folder was found to look for Kiro's login in.".to_owned())
        } else if none {
            Answer::Nobody("No login of Kiro was found on this machine. Sign in to Kiro.".to_owned())
        } else {
            Answer::Failed(FetchError::SignInAgain("Kiro"))
        })
    }

    /// Asks Kiro's command line, if it is there. It doesn't say whose figures they are, so it is asked only
    /// where there is one account that they can be of.
    fn ask_command(&self, account: &Account, state: &LiveState) -> Result<Option<Answer>, AppError> {
        let Some(program) = kiro_command::program(self.paths().programs()) else { return Ok(None) };
        if !self.is_the_only_one(account)? {
            return Ok(None);
        }
        Ok(Some(match kiro_command::fetch(&program, self.live.patience.whole) {
            Ok((body, _)) => {
                let identity = state.identity.clone();
                Answer::Good { kept: vec![(COMMAND, body)], identity, spend: None, login: None }
            }
            Err(error) => Answer::Nobody(error.to_string()),
        }))
    }

    /// Whether figures that name nobody can only be this account's.
    fn is_the_only_one(&self, account: &Account) -> Result<bool, AppError> {
        let accounts = self.store().accounts()?;
        let of_the_kind = accounts.iter().filter(|known| !known.sample && known.kind == account.kind);
        Ok(of_the_kind.count() == 1)
    }

    /// The models' multipliers, once a day. Without them nothing else fails.
    fn keep_models(&self, login: &KiroLogin, id: AccountId) -> Result<(), AppError> {
        let known = self.store().newest_snapshot(id, MODELS)?;
        let fresh = |at: Moment| self.now().seconds_since(at) < MODELS_EVERY;
        if known.is_some_and(|known| fresh(known.fetched_at)) {
            return Ok(());
        }
        match kiro_models::fetch(self.live.http()?, login) {
            Ok((body, _)) => {
                let snapshot = Snapshot { fetched_at: self.now(), source: MODELS.to_owned(), body };
                self.store().write(|writing| writing.append_snapshot(id, &snapshot).map_err(AppError::from))
            }
            Err(error) => {
                tracing::warn!(account = id.0, "models: {error}");
                Ok(())
            }
        }
    }

    /// Keeps what Kiro's IDE showed or logged last, if that is newer than what is known: it may have asked
    /// when we could not.
    fn keep_what_the_ide_showed(&self, account: &Account, state: &LiveState) -> Result<(), AppError> {
        let Some(places) = self.paths().kiro() else { return Ok(()) };
        let shown = kiro_ide_state::read(&kiro_ide_state::file(&places.ide));
        let shown = shown.map(|shown| (IDE_STATE, shown.at, shown.body, shown.limits));
        // By name, so the newest start comes last.
        let logs = kiro_client_log::files(&places.ide);
        let logged = logs.iter().rev().find_map(|file| kiro_client_log::newest(file));
        let logged = logged.map(|logged| (IDE_LOG, logged.at, logged.body, logged.limits));
        let only = self.is_the_only_one(account)?;
        let now = self.now();
        let mut store = self.store();
        let known = Self::quoted(&store, account.id)?.map(|quoted| quoted.at);
        let is_ours = |limits: &LimitsSnapshot| match (&limits.user_id, &state.identity) {
            (Some(user), Some(identity)) => user == identity,
            _ => only,
        };
        let newer = shown.into_iter().chain(logged).filter(|(_, at, _, limits)| {
            *at <= now && known.is_none_or(|known| *at > known) && is_ours(limits)
        });
        if let Some((source, at, body, _)) = newer.max_by_key(|(_, at, ..)| *at) {
            let snapshot = Snapshot { fetched_at: at, source: source.to_owned(), body };
            store.write(|writing| writing.append_snapshot(account.id, &snapshot).map_err(AppError::from))?;
        }
        Ok(())
    }

    /// Writes down what came of asking; the login it came with, if it is one of Kiro's.
    fn keep(&self, id: AccountId, state: &LiveState, answer: Answer) -> Result<Option<KiroLogin>, AppError> {
        let now = self.now();
        let failures = state.failure.as_ref().map_or(0, |failure| failure.count).saturating_add(1);
        let failed = |message: String| Failure { at: now, message, count: failures };
        let mut with = None;
        let mut store = self.store();
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
                    writing.set_answer(id, known, Some(&failed(message)), None)?;
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
                    writing.set_answer(id, known, Some(&failed(error.to_string())), retry_at)?;
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
            failed_at: state.failure.map(|failure| failure.at.to_string()),
            next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
        })
    }

    /// Asks Kiro, once, to turn the overage switch. Whether it did is what its figures say afterwards.
    pub fn request_overage(&self, number: AccountNumber, enabled: bool) -> Result<(), AppError> {
        let id = AccountId::from(number);
        let now = self.now();
        let state = {
            let store = self.store();
            let account = Self::account(&store, id)?;
            if account.sample {
                return Err(AppError::new(ErrorCode::Refused, "The sample account has no switch at Kiro."));
            }
            store.live_state(id)?
        };
        let Some(identity_known) = &state.identity else {
            return Err(AppError::new(
                ErrorCode::Refused,
                "Refresh first: Headroom turns the switch only of an account whose figures it has seen.",
            ));
        };
        let places = self.paths().kiro();
        let logins = places.map(|places| kiro_token::logins(places, now)).unwrap_or_default();
        let outside = |error: &dyn std::fmt::Display| AppError::new(ErrorCode::Outside, error);
        let http = self.live.http()?;
        for login in logins.iter().filter(|login| login.is_good_at(now)) {
            // Whose login it is has to be seen first: a switch is never turned on a guess.
            let (_, limits) = kiro_limits::fetch(http, login).map_err(|error| outside(&error))?;
            if identity(login, &limits).as_ref() != Some(identity_known) {
                continue;
            }
            let request = OverageRequest { enabled, at: now };
            // Written before it is asked: if this process ends meanwhile, it is known what was asked.
            self.store().write(|writing| writing.set_overage_request(id, request).map_err(AppError::from))?;
            tracing::info!(account = id.0, enabled, "overage requested");
            return kiro_preference::set_overage(http, login, enabled).map_err(|error| outside(&error));
        }
        Err(outside(&FetchError::SignInAgain("Kiro")))
    }
}

/// How long to leave the vendor alone after so many failures in a row: a part of a wait that doubles (full
/// jitter), at least five seconds. The part is drawn from the second of the failure, which is another on
/// every machine and the same whenever it is asked again.
fn waiting_time(failures: u32, failed_at: Moment) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1_i64.checked_shl(failures.min(8)).unwrap_or(256));
    failed_at.unix_seconds().rem_euclid(doubled.min(EVERY_HIDDEN)).max(5)
}

impl Quoted {
    /// Everything used in the cycle by Kiro's count, where it can be told from bonus credits.
    pub(crate) fn used_in_cycle(&self, cycle_start: Moment) -> Option<Credits> {
        let of_this_cycle = self.at >= cycle_start;
        // With a trial or a bonus in the cycle, what is used may or may not contain theirs (§1.2).
        let gone = |grant: &GrantSnapshot| grant.expires_at.is_some_and(|end| end <= cycle_start);
        (of_this_cycle && self.limits.grants.iter().all(gone)).then_some(self.limits.used).flatten()
    }
}
