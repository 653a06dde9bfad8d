//! What Kiro's service, its programs and their files say.

use crate::{as_file, can_be_kept, can_be_said};
use headroom_exact::Moment;
use headroom_sources::files::table_file::unwatched;
use headroom_sources::kilo::token::KiloPlaces;
use headroom_sources::kiro::lineage::Names;
use headroom_sources::kiro::token::KiroPlaces;
use headroom_sources::kiro::{
    client_log, command, ide_state, limits, models, session_folders, sessions, token,
};
use std::fs::File;
use std::time::{Duration, SystemTime};

/// The service's figures: `getUsageLimits`.
pub fn kiro_limits(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match limits::parse(text) {
        Ok(read) => can_be_kept(&read),
        Err(why) => can_be_said(&why),
    }
}

/// The service's models.
pub fn kiro_models(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Err(why) = models::parse(text) {
        can_be_said(&why);
    }
}

/// What `kiro-cli acp` answers.
pub fn kiro_command(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match command::parse(text) {
        Ok(read) => can_be_kept(&read),
        Err(why) => can_be_said(&why),
    }
}

/// The report that `kiro-cli` writes for people.
pub fn kiro_report(bytes: &[u8]) {
    match command::parse_text(&String::from_utf8_lossy(bytes)) {
        Ok(read) => can_be_kept(&read),
        Err(why) => can_be_said(&why),
    }
}

/// What the IDE keeps of what it showed.
pub fn kiro_ide_state(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Some((_, read)) = ide_state::parse(text) {
        can_be_kept(&read);
    }
}

/// The IDE's log of the service's answers.
pub fn kiro_log(bytes: &[u8]) {
    /// When the log was written last, in minutes since 1970: its lines are one hour ahead of it.
    const WRITTEN: u64 = 29_920_923;
    as_file("q-client.log", bytes, |path| {
        let written = SystemTime::UNIX_EPOCH + Duration::from_mins(WRITTEN);
        let file = File::options().write(true).open(path).expect("it opens");
        file.set_modified(written).expect("set");
        if let Some(logged) = client_log::newest(path) {
            can_be_kept(&logged.limits);
        }
    });
}

/// A session of the command line's.
pub fn kiro_session(bytes: &[u8]) {
    as_file("session.json", bytes, |path| {
        if let Err(why) = sessions::read(path, Names::Read) {
            can_be_said(&why);
        }
    });
}

/// A session of the IDE's.
pub fn kiro_ide_session(bytes: &[u8]) {
    as_file("messages.jsonl", bytes, |path| match session_folders::read_one(path, Names::Read, &unwatched) {
        Ok(read) => read.bad.listed.into_iter().for_each(|bad| can_be_said(bad.reason)),
        Err(why) => can_be_said(&why),
    });
}

/// Files that hold a login, of both vendors.
pub fn logins(bytes: &[u8]) {
    as_file("kiro-auth-token.json", bytes, |path| {
        let beside = |name: &str| path.with_file_name(name);
        let places = KiroPlaces {
            ide_token: path.to_owned(),
            ide: beside("no-ide"),
            cli_database: beside("no-database"),
        };
        let now: Moment = "2026-11-21T10:00:00Z".parse().expect("a moment");
        for login in token::logins(&places, now) {
            assert!(!login.token.expose().is_empty());
            // The one thing in it that says whom to ask: one of four hosts, or nobody.
            _ = login.region();
        }
        let places =
            KiloPlaces { auth: path.to_owned(), database: beside("no-database"), environment: false };
        for login in headroom_sources::kilo::token::logins(&places) {
            assert!(!login.token.expose().is_empty());
        }
    });
}
