//! What Headroom can read on this machine, and what helps where it can't.

use crate::Headroom;
use crate::error::AppError;
use crate::views::{SourceState, SourceView, shown};
use headroom_sources::{kiro_sessions, kiro_token};

impl Headroom {
    /// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
    /// whether it is there and for how long it is good.
    pub fn doctor(&self) -> Result<Vec<SourceView>, AppError> {
        Ok([vec![self.sessions(), self.login()], self.figures()?].concat())
    }

    fn sessions(&self) -> SourceView {
        let source = "Sessions of Kiro's command line".to_owned();
        let Some(folder) = self.paths().kiro_sessions() else {
            return SourceView::missing(source, None, "No home folder was found.");
        };
        let place = Some(shown(folder));
        match kiro_sessions::files(folder) {
            Ok(files) => SourceView {
                source,
                place,
                state: SourceState::Readable,
                last_success: None,
                advice: format!("{} files; headroom import kiro-sessions reads them.", files.len()),
            },
            Err(kiro_sessions::SessionError::Unreadable(error))
                if error.kind() == std::io::ErrorKind::NotFound =>
            {
                SourceView::missing(
                    source,
                    place,
                    "Nothing is there; Kiro's command line writes it when it is used.",
                )
            }
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
        let agreed = Self::asks_kiro(&store)?;
        let mut views = Vec::new();
        for account in store.accounts()?.into_iter().filter(|account| !account.sample) {
            let refresh = Self::refresh_view(&store, account.id, now, false)?;
            let advice = match (refresh.failure, agreed) {
                (Some(failure), _) => failure,
                (None, true) => "It is asked every five minutes while the window is seen.".to_owned(),
                (None, false) => {
                    "It is asked by hand only: headroom refresh, or agree to it in Settings.".to_owned()
                }
            };
            let failed = refresh.failed_at.is_some();
            views.push(SourceView {
                source: format!("Kiro's own figures of {}", account.name),
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
