//! Kiro: with which login or program it is asked about an account of one person, what the IDE shows of it,
//! and its overage switch.

use crate::Headroom;
use crate::account::kind_of;
use crate::asking::Answer;
use crate::error::{AppError, ErrorCode};
use crate::kept;
use crate::quoted::{COMMAND, IDE_LOG, IDE_STATE, MODELS, SERVICE};
use crate::views::{AccountNumber, Kind};
use headroom_exact::Moment;
use headroom_sources::kiro_token::{self, KiroLogin};
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::{
    FetchError, kiro_client_log, kiro_command, kiro_ide_state, kiro_limits, kiro_models, kiro_preference,
};
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{LiveState, OverageRequest};
use headroom_store::table::snapshots::Snapshot;

const MODELS_EVERY: i64 = 86_400;
/// The switch counts as not confirmed when the vendor doesn't show it after this long.
pub(crate) const CONFIRM_WITHIN: i64 = 60;

/// The id by which the vendor knows the account.
fn identity(login: &KiroLogin, limits: &LimitsSnapshot) -> Option<String> {
    limits.user_id.clone().or_else(|| login.profile_arn.clone())
}

impl Headroom {
    /// Asks with each login there is, until one is of this account; without a good one Kiro's own command
    /// line, which has a login of its own.
    pub(crate) fn ask_kiro(&self, account: &Account, state: &LiveState) -> Result<Answer, AppError> {
        let logins = self.paths().kiro().map(|places| kiro_token::logins(places, self.now()));
        let logins = logins.unwrap_or_default();
        let mut others = false;
        let none = logins.is_empty();
        let now = self.now();
        for login in logins.into_iter().filter(|login| login.is_good_at(now)) {
            match kiro_limits::fetch(self.live.http()?, &login) {
                Ok(limits) => {
                    let identity = identity(&login, &limits);
                    if state.identity.is_none() || state.identity == identity {
                        return Ok(match kept::written("Kiro", &limits) {
                            Ok(body) => Answer::Good {
                                kept: vec![(SERVICE, body)],
                                identity,
                                spend: None,
                                login: Some(login),
                            },
                            Err(error) => Answer::Failed(error),
                        });
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
        let limits = match kiro_command::fetch(&program, self.live.patience.whole) {
            Ok(limits) => limits,
            Err(error) => return Ok(Some(Answer::Nobody(error.to_string()))),
        };
        Ok(Some(match kept::written("kiro-cli", &limits) {
            Ok(body) => {
                let identity = state.identity.clone();
                Answer::Good { kept: vec![(COMMAND, body)], identity, spend: None, login: None }
            }
            Err(error) => Answer::Failed(error),
        }))
    }

    /// Whether figures that name nobody can only be this account's.
    fn is_the_only_one(&self, account: &Account) -> Result<bool, AppError> {
        let accounts = self.store().accounts()?;
        let of_the_kind = accounts.iter().filter(|known| !known.sample && known.kind == account.kind);
        Ok(of_the_kind.count() == 1)
    }

    /// The models' multipliers, once a day. Without them nothing else fails.
    pub(crate) fn keep_models(&self, login: &KiroLogin, id: AccountId) -> Result<(), AppError> {
        let known = self.store().newest_snapshot(id, MODELS)?;
        let fresh = |at: Moment| self.now().seconds_since(at) < MODELS_EVERY;
        if known.is_some_and(|known| fresh(known.fetched_at)) {
            return Ok(());
        }
        let models = kiro_models::fetch(self.live.http()?, login);
        match models.and_then(|models| kept::written("Kiro", &models)) {
            Ok(body) => {
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
    pub(crate) fn keep_what_the_ide_showed(
        &self,
        account: &Account,
        state: &LiveState,
    ) -> Result<(), AppError> {
        let Some(places) = self.paths().kiro() else { return Ok(()) };
        let shown = kiro_ide_state::read(self.paths().worker(), &kiro_ide_state::file(&places.ide));
        let shown = shown.map(|shown| (IDE_STATE, shown.at, shown.limits));
        let logs = kiro_client_log::files(&places.ide);
        let logged =
            logs.iter().filter_map(|file| kiro_client_log::newest(file)).max_by_key(|logged| logged.at);
        let logged = logged.map(|logged| (IDE_LOG, logged.at, logged.limits));
        let only = self.is_the_only_one(account)?;
        let now = self.now();
        let mut store = self.store();
        let known = Self::quoted(&store, account.id, self.now())?.map(|quoted| quoted.at);
        let is_ours = |limits: &LimitsSnapshot| match (&limits.user_id, &state.identity) {
            (Some(user), Some(identity)) => user == identity,
            _ => only,
        };
        let newer = shown
            .into_iter()
            .chain(logged)
            .filter(|(_, at, limits)| *at <= now && known.is_none_or(|known| *at > known) && is_ours(limits));
        let newest = newer.max_by_key(|(_, at, _)| *at);
        // What is too much to be kept is no figure: the failure that led here is said.
        if let Some((source, at, limits)) = newest
            && let Ok(body) = kept::written("Kiro", &limits)
        {
            let snapshot = Snapshot { fetched_at: at, source: source.to_owned(), body };
            store.write(|writing| writing.append_snapshot(account.id, &snapshot).map_err(AppError::from))?;
        }
        Ok(())
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
            if kind_of(&account)? != Kind::KiroIndividual {
                let message = format!("{} has no overage switch that Headroom could turn.", account.name);
                return Err(AppError::new(ErrorCode::Refused, message));
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
            let limits = kiro_limits::fetch(http, login).map_err(|error| outside(&error))?;
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
