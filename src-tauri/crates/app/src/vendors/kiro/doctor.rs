//! What can be read of Kiro on this machine.

use crate::answers::SourceView;
use crate::machine::paths::Paths;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::kiro::command::Program;
use headroom_sources::kiro::session_stores::{self, Layout};
use headroom_sources::kiro::{command, ide_state, token};

pub(super) fn sources(paths: &Paths, now: Moment) -> Vec<SourceView> {
    vec![sessions(paths), ide_sessions(paths), ide_state(paths), login(paths, now), command(paths)]
}

fn without_home(source: Saying) -> SourceView {
    SourceView::missing(source, None, say!("no-home-found"))
}

fn sessions(paths: &Paths) -> SourceView {
    let source = say!("kiro-command-sessions");
    let Some(folder) = paths.kiro_sessions() else { return without_home(source) };
    let place = Some(Value::from(folder));
    match session_stores::find(folder) {
        Ok(files) => {
            let older = files.iter().filter(|file| file.layout == Layout::File).count();
            if older == 0 {
                return SourceView::unreadable(source, place, say!("it-is-so", what = say!("no-sessions")));
            }
            SourceView::readable(source, place, say!("kiro-sessions-importable", count = older))
        }
        Err(_) if !folder.exists() => SourceView::missing(source, place, say!("kiro-command-writes-it")),
        Err(error) => SourceView::unreadable(source, place, say!("it-is-so", what = Saying::from(&error))),
    }
}

fn ide_sessions(paths: &Paths) -> SourceView {
    let source = say!("kiro-ide-sessions");
    let Some(folder) = paths.kiro_ide_sessions() else { return without_home(source) };
    let place = Some(Value::from(folder));
    match session_stores::count(folder, Layout::Folder) {
        Some(count) if count > 0 => {
            SourceView::readable(source, place, say!("kiro-ide-sessions-importable", count))
        }
        _ => SourceView::missing(source, place, say!("kiro-ide-writes-it")),
    }
}

fn ide_state(paths: &Paths) -> SourceView {
    let source = say!("kiro-ide-figures");
    let Some(places) = paths.kiro() else { return without_home(source) };
    let file = ide_state::file(&places.ide);
    let place = Some(Value::from(&file));
    match ide_state::read(paths.worker(), &file) {
        Some(shown) => SourceView {
            last_success: Some(shown.at.to_string()),
            ..SourceView::readable(source, place, say!("kiro-ide-figures-used"))
        },
        None if file.exists() => SourceView::unreadable(source, place, say!("kiro-ide-holds-no-usage")),
        None => SourceView::missing(source, place, say!("kiro-ide-writes-it")),
    }
}

fn login(paths: &Paths, now: Moment) -> SourceView {
    let source = say!("kiro-login");
    let logins = paths.kiro().map(|places| token::logins(places, now)).unwrap_or_default();
    let Some(login) = logins.first() else {
        return SourceView::missing(source, None, say!("sign-in-to-kiro"));
    };
    let place = Some(Value::from(&login.found_in));
    match (login.is_good_at(now), login.expires_at) {
        (true, Some(end)) => SourceView::readable(source, place, say!("login-good-until", end)),
        (true, None) => SourceView::readable(source, place, say!("login-good")),
        (false, Some(ended)) if ended <= now => {
            SourceView::unreadable(source, place, say!("login-ended", vendor = "Kiro", ended))
        }
        (false, _) => SourceView::unreadable(source, place, say!("login-expired", vendor = "Kiro")),
    }
}

fn command(paths: &Paths) -> SourceView {
    let source = say!("kiro-command-line");
    match command::program(paths.programs()) {
        Program::There(program) => {
            SourceView::readable(source, Some(Value::from(&program)), say!("kiro-command-asked"))
        }
        Program::Anybodys(program) => {
            let advice = say!("program-anybodys", program = &program);
            SourceView::unreadable(source, Some(Value::from(&program)), advice)
        }
        Program::Missing => SourceView::missing(source, None, say!("kiro-command-not-found")),
    }
}
