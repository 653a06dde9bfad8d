//! What can be read of Kilo on this machine.

use super::logins::{KEY, in_keyring};
use crate::answers::SourceView;
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::vendors::asking::Around;
use headroom_exact::say;
use headroom_exact::saying::Value;
use headroom_sources::kilo::{family, token};

pub(super) fn login(around: &Around<'_>) -> Result<SourceView, AppError> {
    let source = say!("kilo-login");
    if KEY.is_kept(&around.store())? {
        return Ok(SourceView::readable(source, Some(in_keyring()), say!("key-pasted")));
    }
    let places = around.paths.kilo();
    let logins = places.map(token::logins).unwrap_or_default();
    let Some(login) = logins.first() else {
        let place = places.map(|places| Value::from(&places.auth));
        return Ok(SourceView::missing(source, place, say!("sign-in-to-kilo")));
    };
    let place = login.found_in.as_ref().map(Value::from);
    if login.is_good_at(around.now()) {
        return Ok(SourceView::readable(source, place, say!("login-good")));
    }
    Ok(SourceView::unreadable(source, place, say!("login-expired", vendor = "Kilo")))
}

pub(super) fn database(paths: &Paths) -> SourceView {
    let source = say!("kilo-record-of-requests");
    let Some(places) = paths.kilo() else {
        return SourceView::missing(source, None, say!("no-home-found"));
    };
    // Where no program's is there, the first one's place is named.
    let database = family::files(&places.database).into_iter().next();
    let database = database.unwrap_or_else(|| places.database.clone());
    let place = Some(Value::from(&database));
    if database.exists() {
        return SourceView::readable(source, place, say!("kilo-requests-importable"));
    }
    SourceView::missing(source, place, say!("kilo-writes-it"))
}
