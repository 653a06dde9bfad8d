//! What the window starts with: the accounts and how the first stands, choices, forms, what lies on this machine, where
//! prices are from.

use crate::answers::{
    About, AccountNumber, Found, FoundSessions, PriceListAbout, SourcePage, StartView, shown,
};
use crate::error::{AppError, ErrorCode};
use crate::paths::Paths;
use crate::secrets::KEYRING;
use crate::{Headroom, accounts, kinds, settings, standings};
use headroom_billing::Catalog;
use headroom_billing::catalog::{PriceList, Source};
use headroom_sources::{kilo_token, kiro_command, kiro_ide_sessions, kiro_sessions, kiro_token};
use std::path::Path;

/// All of it in one answer, so that the first figures need no second question.
pub(crate) fn view(headroom: &Headroom, first: Option<AccountNumber>) -> Result<StartView, AppError> {
    let now = headroom.now();
    let (accounts, overview, settings, notices, pasted) = headroom.read(|store| {
        let accounts = accounts::list(store, now)?;
        let (settings, notices) = settings::read(store)?;
        let shown = || accounts.iter().find(|account| !account.hidden).or(accounts.first());
        let first = first.or_else(|| shown().map(|account| account.id));
        let overview = match first.map(|id| standings::of(store, id, now)).transpose() {
            Err(error) if error.code == ErrorCode::FactsMissing => None,
            outcome => outcome?,
        };
        Ok((accounts, overview, settings, notices, Headroom::has_kilo_key(store)?))
    })?;
    let kinds::Forms { form, team_form } = kinds::forms(now);
    Ok(StartView {
        overview,
        accounts,
        settings,
        notices,
        // Looked for without the store: a folder of the network may keep it waiting.
        found: found(headroom.paths(), pasted),
        form,
        team_form,
        about: about(headroom.paths()),
    })
}

fn sessions(folder: &Path, files: Option<usize>) -> Option<FoundSessions> {
    let files = files.filter(|files| *files > 0)?;
    Some(FoundSessions { folder: shown(folder), files: u32::try_from(files).unwrap_or(u32::MAX) })
}

/// What was found on this machine, with a key that was `pasted` or without. Nothing of it is read for that.
fn found(paths: &Paths, pasted: bool) -> Found {
    let command_line = paths
        .kiro_sessions()
        .and_then(|folder| sessions(folder, kiro_sessions::files(folder).ok().map(|files| files.len())));
    let ide = paths
        .kiro_ide_sessions()
        .and_then(|folder| sessions(folder, kiro_ide_sessions::files(folder).ok().map(|files| files.len())));
    let kilo = paths.kilo();
    Found {
        kiro_sessions: command_line,
        kiro_ide_sessions: ide,
        kiro_login: paths.kiro().and_then(kiro_token::found_in).map(shown),
        kiro_command: kiro_command::program(paths.programs()).map(|path| shown(&path)),
        kilo_login: if pasted { Some(KEYRING.to_owned()) } else { kilo.and_then(kilo_token::found_in) },
        kilo_key: pasted,
        kilo_database: kilo
            .map(|places| &places.database)
            .filter(|path| path.exists())
            .map(|path| shown(path)),
    }
}

fn about(paths: &Paths) -> About {
    let page = |page: &Source| SourcePage {
        title: page.title.clone(),
        url: page.url.clone(),
        updated: page.updated.map(|date| date.to_string()),
    };
    let list = |list: &PriceList| PriceListAbout {
        title: list.title.clone(),
        checked_on: list.checked_on.to_string(),
        sources: list.sources.iter().map(page).collect(),
    };
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: shown(&paths.database()),
        price_lists: Catalog::built_in().price_lists().map(list).collect(),
    }
}
