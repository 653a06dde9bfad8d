//! Sessions that come while Headroom runs. They are looked for in their usual places, once sessions were imported from
//! there, and imported into the same account when nothing was written for a while. Nothing that nobody ever imported is
//! read by itself.

use crate::answers::{AccountNumber, ImportKind, NoticedView};
use crate::error::{AppError, ErrorCode};
use crate::headroom::Headroom;
use crate::imports;
use crate::imports::following::{Followed, Watched};
use crate::imports::importing;
use crate::imports::places;
use crate::imports::report::outside;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_sources::kiro::session_stores;
use headroom_store::Store;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::PoisonError;

/// As what sessions are imported: as metered, else as estimates where only those were asked for.
const KINDS: [ImportKind; 2] = [ImportKind::KiroSessions, ImportKind::KiroIdeSessions];

/// What is imported by itself: what somebody imported from where sessions usually lie, into the account that they chose
/// last; none where nobody did, or the account isn't shown any more.
fn followed(store: &Store, paths: &Paths) -> Result<Option<Followed>, AppError> {
    let accounts = store.accounts()?;
    let known = places::known(store, paths)?;
    for kind in KINDS {
        let import = imports::named(kind);
        let usual = import.usual_places(paths);
        let is_usual =
            |path: &PathBuf| usual.iter().any(|usual| path.starts_with(usual) || usual.starts_with(path));
        let is_shown = |number: i64| {
            let kinds = import.belongs_to();
            accounts.iter().any(|account| {
                account.id.0 == number
                    && !account.hidden
                    && !account.sample
                    && kinds.iter().any(|kind| kind.name() == account.kind)
            })
        };
        let last = known.iter().rfind(|place| place.kind == kind && is_usual(&place.path));
        if let Some(place) = last.filter(|place| is_shown(place.account)) {
            return Ok(Some(Followed { kind, account: AccountNumber(place.account) }));
        }
    }
    Ok(None)
}

/// The state of everything that lies where sessions usually do; none where nothing does. No file is opened for it.
fn state(kind: ImportKind, paths: &Paths) -> Result<Option<u64>, AppError> {
    let mut hasher = DefaultHasher::new();
    let mut any = false;
    for place in imports::named(kind).usual_places(paths) {
        if !place.exists() {
            continue;
        }
        for file in session_stores::find(&place).map_err(|error| outside(&error))? {
            any = true;
            file.path.hash(&mut hasher);
            file.stamp.hash(&mut hasher);
        }
    }
    Ok(any.then(|| hasher.finish()))
}

/// Looks once for sessions that are new or were written to, and imports them where it is time. What came of it, if anything
/// did: whose figures are new, or why there are none, which is told once.
pub(crate) fn notice(headroom: &Headroom) -> Option<NoticedView> {
    if headroom.not_writable.is_some() {
        return None;
    }
    let now = headroom.now();
    let mut watched = headroom.following.0.lock().unwrap_or_else(PoisonError::into_inner);
    match brought(headroom, &mut watched, now) {
        Ok(account) => account.map(|account| NoticedView { account: Some(account), failure: None }),
        // Somebody's own import came first: the next look finds the same again.
        Err(error) if error.code == ErrorCode::Stopped => None,
        Err(error) => watched.failed(&error, now),
    }
}

/// Whose sessions were imported, where it was time.
fn brought(
    headroom: &Headroom,
    watched: &mut Watched,
    now: Moment,
) -> Result<Option<AccountNumber>, AppError> {
    let paths = &headroom.paths;
    let Some(followed) = headroom.read(|store| followed(store, paths))? else { return Ok(None) };
    let watched = watched.of(followed);
    let Some(state) = state(followed.kind, paths)? else { return Ok(None) };
    if !watched.is_due(state, now) {
        return Ok(None);
    }
    let Followed { kind, account } = followed;
    let imported = importing::by_itself(kind, account, paths, &headroom.importing, now)?;
    if imported.is_some() {
        // What was written while it was read is another state.
        watched.imported(state);
    }
    Ok(imported.map(|view| view.account))
}
