//! What can be read of Kilo on this machine.

use super::logins::KEY;
use crate::answers::{SourceState, SourceView, shown};
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::machine::secrets::KEYRING;
use crate::vendors::asking::Around;
use headroom_sources::kilo_token;

pub(super) fn login(around: &Around<'_>) -> Result<SourceView, AppError> {
    let source = "Kilo's login".to_owned();
    if KEY.is_kept(&around.store())? {
        let advice = "A key was pasted.".to_owned();
        return Ok(SourceView::readable(source, Some(KEYRING.to_owned()), advice));
    }
    let places = around.paths.kilo();
    let logins = places.map(kilo_token::logins).unwrap_or_default();
    let Some(login) = logins.first() else {
        let place = places.map(|places| shown(&places.auth));
        return Ok(SourceView::missing(source, place, "Sign in to Kilo's command line or editor."));
    };
    let place = Some(login.found_in.clone());
    if login.is_good_at(around.now()) {
        return Ok(SourceView::readable(source, place, "It is good.".to_owned()));
    }
    Ok(SourceView {
        state: SourceState::Unreadable,
        ..SourceView::missing(source, place, "It has expired: open Kilo to sign in again.")
    })
}

pub(super) fn database(paths: &Paths) -> SourceView {
    let source = "Kilo's record of requests".to_owned();
    let Some(places) = paths.kilo() else {
        return SourceView::missing(source, None, "No home folder was found.");
    };
    let place = Some(shown(&places.database));
    if places.database.exists() {
        return SourceView::readable(source, place, "headroom import kilo-database reads it.".to_owned());
    }
    SourceView::missing(source, place, "Nothing is there; Kilo writes it when it is used.")
}
