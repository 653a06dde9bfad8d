//! What Headroom can read on this machine, and what helps where it can't.

use crate::Headroom;
use crate::account::kind_of;
use crate::error::AppError;
use crate::secrets::KEYRING;
use crate::unreadable;
use crate::views::{Kind, SourceState, SourceView, shown};
use headroom_sources::{
    kilo_token, kiro_command, kiro_ide_sessions, kiro_ide_state, kiro_sessions, kiro_token,
};
use headroom_store::table::accounts::Account;

/// What is said of answers that can't be used: how many of what, and what helps.
const AS_THEY_CAME: (&str, &str) = (
    "Vendors' answers that an older version kept whole and that can't be rewritten",
    "They aren't used, but private things may stand in them, here and in every backup. Headroom tries again whenever it is opened; until then put a backup from before the damage in its place, or import what is missing again.",
);
const UNDATED: (&str, &str) = (
    "Vendors' answers without a readable date",
    "They aren't used: refresh, or import what is missing again.",
);
const UNOWNED: (&str, &str) = (
    "Vendors' answers that belong to no account",
    "They aren't used: refresh, or import what is missing again.",
);

fn recorded_of(account: &Account) -> String {
    format!("What Headroom recorded of {}", account.name)
}

impl Headroom {
    /// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
    /// whether it is there and for how long it is good.
    pub fn doctor(&self) -> Result<Vec<SourceView>, AppError> {
        let here = vec![
            self.sessions(),
            self.ide_sessions(),
            self.ide_state(),
            self.login(),
            self.command(),
            self.kilo_login().unwrap_or_else(|error| self.database_failed(&error)),
            self.kilo_database(),
        ];
        // Whatever else fails, what is in order is told beside it.
        let parts = [Self::figures, Self::records, Self::answers]
            .map(|part| part(self).unwrap_or_else(|error| vec![self.database_failed(&error)]));
        let mut recorded: Vec<SourceView> = Vec::new();
        for view in parts.into_iter().flatten() {
            if !recorded.contains(&view) {
                recorded.push(view);
            }
        }
        Ok([here, recorded].concat())
    }

    fn database_failed(&self, error: &AppError) -> SourceView {
        self.unreadable("Headroom's database".to_owned(), format!("{error}."))
    }

    /// Something recorded that can't be read.
    fn unreadable(&self, source: String, advice: String) -> SourceView {
        SourceView {
            source,
            place: Some(shown(&self.paths().database())),
            state: SourceState::Unreadable,
            last_success: None,
            advice,
        }
    }

    /// What is recorded and can't be read any more, account by account, and of the settings.
    fn records(&self) -> Result<Vec<SourceView>, AppError> {
        let store = self.store();
        let mut views = Vec::new();
        for account in store.accounts()? {
            for record in unreadable::of(&store, &account)? {
                views.push(self.unreadable(recorded_of(&account), record.to_string()));
            }
        }
        let (_, notices) = Self::settings(&store)?;
        let settings =
            notices.into_iter().map(|notice| self.unreadable("Headroom's settings".to_owned(), notice));
        views.extend(settings);
        Ok(views)
    }

    /// What is damaged of vendors' answers, and what helps.
    fn answers(&self) -> Result<Vec<SourceView>, AppError> {
        let store = self.store();
        let accounts = store.accounts()?;
        let mut views = Vec::new();
        for (id, damaged) in store.damaged_snapshots()? {
            let account = accounts.iter().find(|account| Some(account.id) == id);
            let source = account.map_or_else(|| "What Headroom recorded".to_owned(), recorded_of);
            let mut tell = |count: u64, (what, helps): (&str, &str)| {
                if count > 0 {
                    views.push(self.unreadable(source.clone(), format!("{what}: {count}. {helps}")));
                }
            };
            tell(damaged.as_they_came, AS_THEY_CAME);
            tell(damaged.undated, UNDATED);
            tell(damaged.unowned, UNOWNED);
        }
        Ok(views)
    }

    fn ide_sessions(&self) -> SourceView {
        let source = "Sessions of Kiro's IDE".to_owned();
        let Some(folder) = self.paths().kiro_ide_sessions() else {
            return SourceView::missing(source, None, "No home folder was found.");
        };
        let place = Some(shown(folder));
        match kiro_ide_sessions::files(folder) {
            Ok(files) => SourceView::readable(
                source,
                place,
                format!(
                    "{} sessions; headroom import kiro-ide-sessions reads them, as estimates.",
                    files.len()
                ),
            ),
            Err(_) => {
                SourceView::missing(source, place, "Nothing is there; Kiro's IDE writes it when it is used.")
            }
        }
    }

    fn ide_state(&self) -> SourceView {
        let source = "Figures that Kiro's IDE showed last".to_owned();
        let Some(places) = self.paths().kiro() else {
            return SourceView::missing(source, None, "No home folder was found.");
        };
        let file = kiro_ide_state::file(&places.ide);
        let place = Some(shown(&file));
        match kiro_ide_state::read(self.paths().worker(), &file) {
            Some(shown) => SourceView {
                last_success: Some(shown.at.to_string()),
                ..SourceView::readable(
                    source,
                    place,
                    "They are used when Kiro itself can't be asked.".to_owned(),
                )
            },
            None if file.exists() => SourceView {
                state: SourceState::Unreadable,
                ..SourceView::missing(source, place, "It holds no usage: open Kiro and sign in.")
            },
            None => {
                SourceView::missing(source, place, "Nothing is there; Kiro's IDE writes it when it is used.")
            }
        }
    }

    fn command(&self) -> SourceView {
        let source = "Kiro's command line".to_owned();
        match kiro_command::program(self.paths().programs()) {
            Some(program) => SourceView::readable(
                source,
                Some(shown(&program)),
                "It is asked where no login can be used.".to_owned(),
            ),
            None => SourceView::missing(source, None, "kiro-cli is in none of the folders of PATH."),
        }
    }

    fn kilo_login(&self) -> Result<SourceView, AppError> {
        let source = "Kilo's login".to_owned();
        let now = self.now();
        if Self::has_kilo_key(&self.store())? {
            let advice = "A key was pasted.".to_owned();
            return Ok(SourceView::readable(source, Some(KEYRING.to_owned()), advice));
        }
        let logins = self.paths().kilo().map(kilo_token::logins).unwrap_or_default();
        let Some(login) = logins.first() else {
            let place = self.paths().kilo().map(|places| shown(&places.auth));
            return Ok(SourceView::missing(source, place, "Sign in to Kilo's command line or editor."));
        };
        let place = Some(login.found_in.clone());
        if login.is_good_at(now) {
            return Ok(SourceView::readable(source, place, "It is good.".to_owned()));
        }
        Ok(SourceView {
            state: SourceState::Unreadable,
            ..SourceView::missing(source, place, "It has expired: open Kilo to sign in again.")
        })
    }

    fn kilo_database(&self) -> SourceView {
        let source = "Kilo's record of requests".to_owned();
        let Some(places) = self.paths().kilo() else {
            return SourceView::missing(source, None, "No home folder was found.");
        };
        let place = Some(shown(&places.database));
        if places.database.exists() {
            return SourceView::readable(source, place, "headroom import kilo-database reads it.".to_owned());
        }
        SourceView::missing(source, place, "Nothing is there; Kilo writes it when it is used.")
    }

    fn sessions(&self) -> SourceView {
        let source = "Sessions of Kiro's command line".to_owned();
        let Some(folder) = self.paths().kiro_sessions() else {
            return SourceView::missing(source, None, "No home folder was found.");
        };
        let place = Some(shown(folder));
        match kiro_sessions::files(folder) {
            Ok(files) => SourceView::readable(
                source,
                place,
                format!("{} files; headroom import kiro-sessions reads them.", files.len()),
            ),
            Err(kiro_sessions::SessionError::Unreadable(error)) if error.is_missing() => SourceView::missing(
                source,
                place,
                "Nothing is there; Kiro's command line writes it when it is used.",
            ),
            Err(error) => SourceView {
                source,
                place,
                state: SourceState::Unreadable,
                last_success: None,
                advice: format!("It {error}."),
            },
        }
    }

    fn login(&self) -> SourceView {
        let source = "Kiro's login".to_owned();
        let now = self.now();
        let logins = self.paths().kiro().map(|places| kiro_token::logins(places, now)).unwrap_or_default();
        let Some(login) = logins.first() else {
            return SourceView::missing(source, None, "Sign in to Kiro's IDE or command line.");
        };
        let good = login.is_good_at(now);
        SourceView {
            source,
            place: Some(shown(&login.found_in)),
            state: if good { SourceState::Readable } else { SourceState::Unreadable },
            last_success: None,
            advice: match (good, login.expires_at) {
                (true, Some(end)) => format!("It is good until {end}."),
                (true, None) => "It is good.".to_owned(),
                (false, _) => "It has expired: open Kiro to sign in again.".to_owned(),
            },
        }
    }

    fn figures(&self) -> Result<Vec<SourceView>, AppError> {
        let now = self.now();
        let store = self.store();
        let mut views = Vec::new();
        for account in store.accounts()?.into_iter().filter(|account| !account.sample) {
            let vendor = match kind_of(&account)? {
                Kind::KiroIndividual => "Kiro",
                Kind::KiloTeams => "Kilo",
                Kind::KiroEnterprise => continue,
            };
            let refresh = Self::refresh_view(&store, account.id, now, false)?;
            let advice = match (refresh.failure, refresh.on) {
                (Some(failure), _) => failure,
                (None, true) => "It is asked every five minutes while the window is seen.".to_owned(),
                (None, false) => {
                    "It is asked by hand only: headroom refresh, or agree to it in Settings.".to_owned()
                }
            };
            let failed = refresh.failed_at.is_some();
            views.push(SourceView {
                source: format!("{vendor}'s own figures of {}", account.name),
                place: None,
                state: match (failed, &refresh.last_success) {
                    (true, _) => SourceState::Unreadable,
                    (false, Some(_)) => SourceState::Readable,
                    (false, None) => SourceState::Missing,
                },
                last_success: refresh.last_success,
                advice,
            });
        }
        Ok(views)
    }
}
