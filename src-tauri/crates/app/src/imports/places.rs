//! From where it was imported before: kept with each import, so that the same can be read again.

use crate::answers::ImportKind;
use crate::error::AppError;
use crate::imports;
use crate::machine::paths::Paths;
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
}

/// The places that are kept; a list that can't be read is none.
fn places(kept: Option<String>) -> Vec<Place> {
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

/// Remembers where an import read.
pub(super) fn remember(
    writing: &Writing<'_>,
    kind: ImportKind,
    path: &Path,
    account: AccountId,
) -> Result<(), AppError> {
    // What isn't Unicode can't be written down.
    let Some(path) = std::path::absolute(path).ok().filter(|path| path.to_str().is_some()) else {
        return Ok(());
    };
    let place = Place { kind, path, account: account.0 };
    let mut places = places(writing.setting(SETTING)?);
    places.retain(|known| *known != place);
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
        let Some((path, source)) = import.usual_place(paths).zip(import.source()) else { continue };
        let belongs = |account: &Account| import.belongs_to().iter().any(|kind| account.kind == kind.name());
        let accounts = store.accounts()?.into_iter().filter(|account| belongs(account) && !account.sample);
        // Of several nobody knows whose it was.
        if let [account] = accounts.collect::<Vec<_>>().as_slice()
            && store.has_records_from(account.id, source)?
        {
            usual.push(Place { kind: import.kind(), path, account: account.id.0 });
        }
    }
    Ok(usual)
}
