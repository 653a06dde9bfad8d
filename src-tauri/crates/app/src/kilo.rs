//! Kilo: which teams a login is in, and what its service says of one.

use crate::Headroom;
use crate::account::summary_of;
use crate::asking::{Answer, Spend};
use crate::error::{AppError, ErrorCode};
use crate::kept;
use crate::quoted::{TEAM, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_OWN};
use crate::secrets::KEYRING;
use crate::views::{AccountSummary, Choice, Kind};
use chrono::Days;
use headroom_sources::kilo_token::{self, KiloLogin};
use headroom_sources::kilo_usage::Scope;
use headroom_sources::secret::Secret;
use headroom_sources::{FetchError, kilo_team, kilo_usage};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, Wanted};
use headroom_store::table::live::LiveState;

/// The name of the key in the keyring, and of the setting that says there is one.
const KEY: &str = "kilo-api-key";
/// The longest key; Kilo's have a few hundred letters.
const LONGEST_KEY: usize = 4_096;

/// So many days of what was spent are asked for: a month and the days that charts show.
const DAYS_ASKED: u64 = 31;

impl Headroom {
    /// Every login of Kilo's: a key that somebody pasted leads, then those of Kilo's own programs.
    fn kilo_logins(&self) -> Result<Vec<KiloLogin>, AppError> {
        let pasted = if Self::has_kilo_key(&self.store())? { self.secrets.read(KEY)? } else { None };
        let pasted = pasted.map(|token| KiloLogin { token, found_in: KEYRING.to_owned(), expires_at: None });
        let others = self.paths().kilo().map(kilo_token::logins).unwrap_or_default();
        Ok(pasted.into_iter().chain(others).collect())
    }

    /// Keeps a key of Kilo's that somebody pasted in the system's keyring, or forgets it. It goes to Kilo
    /// alone, and into no file of ours.
    pub fn set_kilo_key(&self, key: Option<&str>) -> Result<(), AppError> {
        let key = key.map(str::trim);
        if key.is_some_and(|key| {
            key.is_empty() || key.len() > LONGEST_KEY || key.chars().any(char::is_whitespace)
        }) {
            return Err(AppError::input("Key: it is one word, as Kilo's page shows it under your profile."));
        }
        match key {
            Some(key) => self.secrets.keep(KEY, &Secret::new(key.to_owned()))?,
            None => self.secrets.forget(KEY)?,
        }
        self.store().write(|writing| {
            let value = if key.is_some() { "keyring" } else { "" };
            writing.set_setting(KEY, value).map_err(AppError::from)
        })
    }

    /// Whether a key was pasted: the keyring itself is asked only when it is needed, for that can take long.
    pub(crate) fn has_kilo_key(store: &Store) -> Result<bool, AppError> {
        Ok(store.setting(KEY)?.is_some_and(|value| !value.is_empty()))
    }

    /// Asks Kilo which teams the login on this machine is in, adds an account for each that isn't there yet,
    /// and agrees to ask for their figures. All of the login's teams that are known then.
    pub fn connect_kilo(&self) -> Result<Vec<AccountSummary>, AppError> {
        let now = self.now();
        let outside = |message: &dyn std::fmt::Display| AppError::new(ErrorCode::Outside, message);
        let logins = self.kilo_logins()?;
        let login = logins.iter().find(|login| login.is_good_at(now)).ok_or_else(|| {
            if logins.is_empty() {
                outside(&"No login of Kilo was found on this machine. Sign in to Kilo.")
            } else {
                outside(&FetchError::SignInAgain("Kilo"))
            }
        })?;
        let teams =
            kilo_team::organisations(self.live.http()?, &login.token).map_err(|error| outside(&error))?;
        if teams.is_empty() {
            return Err(outside(
                &"This login of Kilo is in no team. Personal credits are not computed by Headroom.",
            ));
        }
        let mut store = self.store();
        let ids = store.write(|writing| {
            let mut ids = Vec::new();
            for team in &teams {
                let wanted = Wanted::Known(&team.id);
                ids.push(writing.account(Kind::KiloTeams.name(), wanted, &team.name, now)?.0);
            }
            Ok::<_, AppError>(ids)
        })?;
        drop(store);
        self.choose(&Choice::AskKilo(true))?;
        let store = self.store();
        ids.into_iter().map(|id| summary_of(&store, &Self::account(&store, id)?, now)).collect()
    }

    /// Asks for a team's figures with the first login that is good.
    pub(crate) fn ask_kilo(&self, account: &Account, state: &LiveState) -> Result<Answer, AppError> {
        let now = self.now();
        let Some(organisation) = &state.identity else {
            return Ok(Answer::Nobody(format!(
                "{} was not added from Kilo: it lives on what is imported. Add Kilo's teams in Settings.",
                account.name
            )));
        };
        let logins = match self.kilo_logins() {
            Err(error) if error.code == ErrorCode::Outside => return Ok(Answer::Nobody(error.message)),
            logins => logins?,
        };
        let Some(login) = logins.iter().find(|login| login.is_good_at(now)) else {
            return Ok(if logins.is_empty() {
                Answer::Nobody("No login of Kilo was found on this machine. Sign in to Kilo.".to_owned())
            } else {
                Answer::Failed(FetchError::SignInAgain("Kilo"))
            });
        };
        let http = self.live.http()?;
        let team = kilo_team::fetch(http, &login.token, organisation);
        let body = match team.and_then(|team| kept::written("Kilo", &team)) {
            Ok(body) => body,
            Err(error) => return Ok(Answer::Failed(error)),
        };
        let to = now.date();
        let from = to.checked_sub_days(Days::new(DAYS_ASKED)).unwrap_or(to);
        let usage = match kilo_usage::fetch(http, &login.token, organisation, from, to) {
            Ok(usage) => usage,
            // What a team has is known all the same where nobody may see what is spent.
            Err(FetchError::Refused { .. }) => {
                let (kept, identity) = (vec![(TEAM, body)], state.identity.clone());
                return Ok(Answer::Good { kept, identity, spend: None, login: None });
            }
            Err(error) => return Ok(Answer::Failed(error)),
        };
        let everyone = usage.scope == Scope::Everyone;
        let source = if everyone { KILO_EVERYONE } else { KILO_OWN };
        let told = serde_json::to_string(&Told { everyone, cut: usage.cut })?;
        let days = reported::of_each(&usage.rows, &now.to_string())?;
        Ok(Answer::Good {
            kept: vec![(TEAM, body), (TOLD, told)],
            identity: state.identity.clone(),
            spend: Some(Spend { source, days }),
            login: None,
        })
    }
}
