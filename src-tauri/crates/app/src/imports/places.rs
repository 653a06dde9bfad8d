//! From where it was imported before: kept with each import, so that the same can be read again.

use crate::answers::ImportKind;
use crate::error::AppError;
use crate::imports;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::{Store, Writing};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Under which setting it is kept where imports read.
const SETTING: &str = "imported-from";
/// So many places are kept, the newest of them.
const MOST: usize = 50;

/// Where an import read, and into which account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    pub kind: ImportKind,
    pub path: PathBuf,
    pub account: i64,
    /// When it was last read there; older versions kept no such moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<String>,
}

impl Place {
    fn is_same(&self, other: &Self) -> bool {
        (self.kind, &self.path, self.account) == (other.kind, &other.path, other.account)
    }

    /// None of what is ahead: that clock was wrong.
    fn read_by(&self, now: Moment) -> Option<Moment> {
        self.read_at.as_ref()?.parse().ok().filter(|at| *at <= now)
    }
}

/// When something was last read into an account, however little was new in it; of what older versions read, when the last
/// of it was recorded. None where nothing ever was.
pub(crate) fn last_read(store: &Store, account: AccountId, now: Moment) -> Result<Option<Moment>, AppError> {
    let places = places(store.setting(SETTING)?);
    let of_account = places.iter().filter(|place| place.account == account.0);
    match of_account.filter_map(|place| place.read_by(now)).max() {
        Some(at) => Ok(Some(at)),
        None => Ok(store.last_imported(account)?.and_then(|heard| heard.by(now))),
    }
}

/// The places that are kept; a list that can't be read is none.
fn places(kept: Option<String>) -> Vec<Place> {
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

/// Remembers where an import read.
pub(super) fn remember(
    writing: &Writing<'_>,
    (kind, path): (ImportKind, &Path),
    account: AccountId,
    now: Moment,
) -> Result<(), AppError> {
    // What isn't Unicode can't be written down.
    let Some(path) = std::path::absolute(path).ok().filter(|path| path.to_str().is_some()) else {
        return Ok(());
    };
    let place = Place { kind, path, account: account.0, read_at: Some(now.to_string()) };
    let mut places = places(writing.setting(SETTING)?);
    places.retain(|known| !known.is_same(&place));
    places.push(place);
    let newest = places.split_off(places.len().saturating_sub(MOST));
    Ok(writing.set_setting(SETTING, &serde_json::to_string(&newest)?)?)
}

/// Where it was imported from before. Of a version that kept no list, the usual places of what there are records of.
pub(super) fn known(store: &Store, paths: &Paths) -> Result<Vec<Place>, AppError> {
    let known = places(store.setting(SETTING)?);
    if !known.is_empty() {
        return Ok(known);
    }
    let mut usual = Vec::new();
    for import in imports::ALL {
        let Some(source) = import.source() else { continue };
        let belongs = |account: &Account| import.belongs_to().iter().any(|kind| account.kind == kind.name());
        let accounts = store.accounts()?.into_iter().filter(|account| belongs(account) && !account.sample);
        // Of several nobody knows whose it was.
        if let [account] = accounts.collect::<Vec<_>>().as_slice()
            && store.has_records_from(account.id, source)?
        {
            let place = |path| Place { kind: import.kind(), path, account: account.id.0, read_at: None };
            usual.extend(import.usual_places(paths).into_iter().map(place));
        }
    }
    Ok(usual)
}
