//! What can be read of Kiro on this machine.

use crate::answers::{SourceState, SourceView, shown};
use crate::documents::words;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_sources::{kiro_command, kiro_ide_sessions, kiro_ide_state, kiro_sessions, kiro_token};

const NO_HOME: &str = "No home folder was found.";

pub(super) fn sources(paths: &Paths, now: Moment) -> Vec<SourceView> {
    vec![sessions(paths), ide_sessions(paths), ide_state(paths), login(paths, now), command(paths)]
}

fn sessions(paths: &Paths) -> SourceView {
    let source = "Sessions of Kiro's command line".to_owned();
    let Some(folder) = paths.kiro_sessions() else { return SourceView::missing(source, None, NO_HOME) };
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
            advice: format!("It {}.", words::say(&error.into())),
        },
    }
}

fn ide_sessions(paths: &Paths) -> SourceView {
    let source = "Sessions of Kiro's IDE".to_owned();
    let Some(folder) = paths.kiro_ide_sessions() else { return SourceView::missing(source, None, NO_HOME) };
    let place = Some(shown(folder));
    match kiro_ide_sessions::files(folder) {
        Ok(files) => SourceView::readable(
            source,
            place,
            format!("{} sessions; headroom import kiro-ide-sessions reads them, as estimates.", files.len()),
        ),
        Err(_) => {
            SourceView::missing(source, place, "Nothing is there; Kiro's IDE writes it when it is used.")
        }
    }
}

fn ide_state(paths: &Paths) -> SourceView {
    let source = "Figures that Kiro's IDE showed last".to_owned();
    let Some(places) = paths.kiro() else { return SourceView::missing(source, None, NO_HOME) };
    let file = kiro_ide_state::file(&places.ide);
    let place = Some(shown(&file));
    match kiro_ide_state::read(&file) {
        Some(shown) => SourceView {
            last_success: Some(shown.at.to_string()),
            ..SourceView::readable(source, place, "They are used when Kiro itself can't be asked.".to_owned())
        },
        None if file.exists() => SourceView {
            state: SourceState::Unreadable,
            ..SourceView::missing(source, place, "It holds no usage: open Kiro and sign in.")
        },
        None => SourceView::missing(source, place, "Nothing is there; Kiro's IDE writes it when it is used."),
    }
}

fn login(paths: &Paths, now: Moment) -> SourceView {
    let source = "Kiro's login".to_owned();
    let logins = paths.kiro().map(|places| kiro_token::logins(places, now)).unwrap_or_default();
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

fn command(paths: &Paths) -> SourceView {
    let source = "Kiro's command line".to_owned();
    match kiro_command::program(paths.programs()) {
        Some(program) => SourceView::readable(
            source,
            Some(shown(&program)),
            "It is asked where no login can be used.".to_owned(),
        ),
        None => SourceView::missing(source, None, "kiro-cli is in none of the folders of PATH."),
    }
}
