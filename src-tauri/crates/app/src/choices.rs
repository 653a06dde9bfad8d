//! The user's choices by which kinds and vendors go.

use crate::error::AppError;
use headroom_store::Store;

pub(crate) const SESSION_NAMES: &str = "keep-session-names";
pub(crate) const PAUSE_ON_BATTERY: &str = "pause-on-battery";

pub(crate) const YES: &str = "yes";

/// Whether it was chosen. Nobody is asked and nothing is sent anywhere until somebody agreed.
pub(crate) fn chose(store: &Store, setting: &str) -> Result<bool, AppError> {
    Ok(store.setting(setting)?.as_deref() == Some(YES))
}

/// Agrees to what a setting is about.
pub(crate) fn agree(store: &mut Store, setting: &str) -> Result<(), AppError> {
    store.write(|writing| Ok(writing.set_setting(setting, YES)?))
}

/// Whether folders and titles of sessions may be kept. A title can be what somebody asked.
pub(crate) fn keeps_session_names(store: &Store) -> Result<bool, AppError> {
    chose(store, SESSION_NAMES)
}

/// Whether nobody is asked while the machine runs on its battery.
pub(crate) fn pauses_on_battery(store: &Store) -> Result<bool, AppError> {
    chose(store, PAUSE_ON_BATTERY)
}
