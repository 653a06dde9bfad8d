//! The user's choices. A value that can't be read falls back to its default, and that is said.

use crate::alert::AlertRules;
use crate::answers::{AlertChoices, Choice, Density, Settings, Theme, Vendor as VendorName};
use crate::choices::{PAUSE_ON_BATTERY, SESSION_NAMES, YES, chose, keeps_session_names, pauses_on_battery};
use crate::documents::language::{Language, Reader};
use crate::documents::numbers::Numbers;
use crate::error::AppError;
use crate::language::{self, tag};
use crate::vendors;
use headroom_exact::{Saying, say};
use headroom_store::Store;
use serde::Serialize;
use serde::de::DeserializeOwned;

const THEME: &str = "theme";
const DENSITY: &str = "density";
const NUMBERS: &str = "numbers";
const ZOOM: &str = "zoom";
const HIDE_NUMBERS: &str = "hide-numbers";
const ALERTS: &str = "alerts";
const CLOSE_TO_TRAY: &str = "close-to-tray";

/// As large as everything is drawn where nothing was chosen, and the bounds of what can be, percent.
const ACTUAL_SIZE: u16 = 100;
const SIZES: std::ops::RangeInclusive<u16> = 80..=200;

/// A named value as it is kept.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// That a choice can't be read.
fn damaged(setting: Saying, kept: &str) -> Saying {
    say!("setting-damaged", setting, text = kept)
}

/// A language or a locale; a damaged one is the desktop's, and that is said.
fn tagged(
    store: &Store,
    setting: &str,
    what: Saying,
    notices: &mut Vec<Saying>,
) -> Result<Option<String>, AppError> {
    let kept = store.setting(setting)?;
    if let Some(kept) = kept.as_deref().filter(|kept| tag(kept).is_err()) {
        notices.push(damaged(what, kept));
        return Ok(None);
    }
    Ok(kept)
}

/// A choice among names; a damaged one is its default, and that is said.
fn named<T: DeserializeOwned + Default>(
    store: &Store,
    setting: &str,
    what: Saying,
    notices: &mut Vec<Saying>,
) -> Result<T, AppError> {
    let Some(kept) = store.setting(setting)? else { return Ok(T::default()) };
    Ok(serde_json::from_value(kept.clone().into()).unwrap_or_else(|_| {
        notices.push(damaged(what, &kept));
        T::default()
    }))
}

/// How large everything is drawn, percent; a damaged choice is the actual size, and that is said.
fn size(store: &Store, notices: &mut Vec<Saying>) -> Result<u16, AppError> {
    let Some(kept) = store.setting(ZOOM)? else { return Ok(ACTUAL_SIZE) };
    Ok(kept.parse().ok().filter(|size| SIZES.contains(size)).unwrap_or_else(|| {
        notices.push(damaged(say!("zoom"), &kept));
        ACTUAL_SIZE
    }))
}

/// The choices, and a notice for each that had to fall back.
pub(crate) fn read(store: &Store) -> Result<(Settings, Vec<Saying>), AppError> {
    let mut notices = Vec::new();
    let settings = Settings {
        theme: named::<Theme>(store, THEME, say!("theme"), &mut notices)?,
        density: named::<Density>(store, DENSITY, say!("density"), &mut notices)?,
        language: tagged(store, language::SETTING, say!("language"), &mut notices)?,
        numbers: tagged(store, NUMBERS, say!("numbers"), &mut notices)?,
        zoom: size(store, &mut notices)?,
        hide_numbers: chose(store, HIDE_NUMBERS)?,
        alerts: alert_choices(store, &mut notices)?,
        close_to_tray: closes_to_tray(store)?,
        asks: all_asked(store)?,
        pause_on_battery: pauses_on_battery(store)?,
        keep_session_names: keeps_session_names(store)?,
    };
    Ok((settings, notices))
}

/// By which alerts are decided: what was chosen, or the usual where that can't be read.
pub(crate) fn alert_rules(store: &Store) -> Result<AlertRules, AppError> {
    AlertRules::of(&alert_choices(store, &mut Vec::new())?)
}

/// What was chosen of alerts; the usual, with a notice, where that can't be read.
fn alert_choices(store: &Store, notices: &mut Vec<Saying>) -> Result<AlertChoices, AppError> {
    let Some(kept) = store.setting(ALERTS)? else { return Ok(AlertChoices::default()) };
    let choices = serde_json::from_str(&kept).ok().filter(|choices| AlertRules::of(choices).is_ok());
    Ok(choices.unwrap_or_else(|| {
        notices.push(damaged(say!("alerts"), &kept));
        AlertChoices::default()
    }))
}

/// Whom it was agreed to ask.
fn all_asked(store: &Store) -> Result<Vec<VendorName>, AppError> {
    let mut asked = Vec::new();
    for vendor in vendors::ALL {
        if chose(store, vendor.setting())? {
            asked.push(vendor.name());
        }
    }
    Ok(asked)
}

/// Who reads what leaves the window: the language that was chosen, else the machine's, and the numbers that were, else the
/// language's own; so too where it can't be read.
pub(crate) fn reader(store: &Store) -> Result<Reader, AppError> {
    let chosen = tagged(store, language::SETTING, say!("language"), &mut Vec::new())?;
    let reader = Language::chosen(chosen.as_deref()).reader();
    let numbers = tagged(store, NUMBERS, say!("numbers"), &mut Vec::new())?;
    Ok(Reader { numbers: numbers.as_deref().and_then(Numbers::tagged).unwrap_or(reader.numbers), ..reader })
}

/// Whether amounts are hidden, for showing the screen to others.
pub(crate) fn hides_numbers(store: &Store) -> Result<bool, AppError> {
    chose(store, HIDE_NUMBERS)
}

/// Whether closing the window leaves Headroom in the tray.
pub(crate) fn closes_to_tray(store: &Store) -> Result<bool, AppError> {
    chose(store, CLOSE_TO_TRAY)
}

/// Makes a choice.
pub(crate) fn choose(store: &mut Store, choice: &Choice) -> Result<(), AppError> {
    let yes = |yes: bool| Some(if yes { YES } else { "no" }.to_owned());
    let (setting, value) = match choice {
        Choice::Theme(theme) => (THEME, Some(word(theme))),
        Choice::Density(density) => (DENSITY, Some(word(density))),
        Choice::Language(language) => (language::SETTING, checked(language.as_deref())?),
        Choice::Numbers(numbers) => (NUMBERS, checked(numbers.as_deref())?),
        Choice::Zoom(size) if SIZES.contains(size) => (ZOOM, Some(size.to_string())),
        Choice::Zoom(size) => {
            let (least, most) = (*SIZES.start(), *SIZES.end());
            return Err(AppError::input(say!("zoom-wrong", number = *size, least, most)));
        }
        Choice::HideNumbers(hide) => (HIDE_NUMBERS, yes(*hide)),
        Choice::Alerts(alerts) => {
            AlertRules::of(alerts)?;
            (ALERTS, Some(serde_json::to_string(alerts)?))
        }
        Choice::CloseToTray(close) => (CLOSE_TO_TRAY, yes(*close)),
        Choice::Ask { vendor, agreed } => (vendors::named(*vendor).setting(), yes(*agreed)),
        Choice::PauseOnBattery(pause) => (PAUSE_ON_BATTERY, yes(*pause)),
        Choice::KeepSessionNames(keep) => (SESSION_NAMES, yes(*keep)),
    };
    store.write(|writing| {
        match value {
            Some(value) => writing.set_setting(setting, &value)?,
            None => writing.clear_setting(setting)?,
        }
        if let Choice::KeepSessionNames(keep) = choice {
            // The next import reads every session again, for its names.
            if *keep { writing.forget_read_files()? } else { writing.forget_names()? }
        }
        Ok(())
    })
}

fn checked(kept: Option<&str>) -> Result<Option<String>, AppError> {
    kept.map(|kept| tag(kept).map(str::to_owned)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_tag() {
        assert!(tag("de").is_ok() && tag("de-CH").is_ok() && tag("en-US-u-nu-latn").is_ok());
        for wrong in ["", "de_CH", "../x", "waytoolongforatag", "de-"] {
            assert!(tag(wrong).is_err(), "{wrong}");
        }
    }
}
