//! The user's choices. A value that can't be read falls back to its default, and that is said.

use crate::Headroom;
use crate::error::AppError;
use crate::views::{Settings, Theme, Vendor};
use headroom_store::Store;

const THEME: &str = "theme";
const ASK_KIRO: &str = "ask-kiro";
const ASK_KILO: &str = "ask-kilo";
const PAUSE_ON_BATTERY: &str = "pause-on-battery";

const YES: &str = "yes";

impl Vendor {
    const fn setting(self) -> &'static str {
        match self {
            Self::Kiro => ASK_KIRO,
            Self::Kilo => ASK_KILO,
        }
    }
}

fn theme(value: &str) -> Option<Theme> {
    match value {
        "system" => Some(Theme::System),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

impl Headroom {
    /// The choices, and a notice for each that had to fall back.
    pub(crate) fn settings(store: &Store) -> Result<(Settings, Vec<String>), AppError> {
        let mut settings = Settings::default();
        let mut notices = Vec::new();
        if let Some(value) = store.setting(THEME)? {
            match theme(&value) {
                Some(theme) => settings.theme = theme,
                None => notices.push(format!(
                    "The setting for the theme was damaged (\"{value}\"); Headroom follows the system until you choose again."
                )),
            }
        }
        settings.ask_kiro = Self::asks(store, Vendor::Kiro)?;
        settings.ask_kilo = Self::asks(store, Vendor::Kilo)?;
        settings.pause_on_battery = Self::pauses_on_battery(store)?;
        Ok((settings, notices))
    }

    /// Whether a vendor may be asked. Nothing is sent anywhere until somebody agreed.
    pub(crate) fn asks(store: &Store, vendor: Vendor) -> Result<bool, AppError> {
        Ok(store.setting(vendor.setting())?.as_deref() == Some(YES))
    }

    /// Agrees to ask a vendor with the login on this machine, or no longer.
    pub fn set_ask(&self, vendor: Vendor, agreed: bool) -> Result<(), AppError> {
        self.choose(vendor.setting(), agreed)
    }

    /// Whether nobody is asked while the machine runs on its battery.
    pub(crate) fn pauses_on_battery(store: &Store) -> Result<bool, AppError> {
        Ok(store.setting(PAUSE_ON_BATTERY)?.as_deref() == Some(YES))
    }

    /// Chooses whether nobody is asked while the machine runs on its battery.
    pub fn set_pause_on_battery(&self, pause: bool) -> Result<(), AppError> {
        self.choose(PAUSE_ON_BATTERY, pause)
    }

    fn choose(&self, setting: &str, yes: bool) -> Result<(), AppError> {
        let value = if yes { YES } else { "no" };
        self.store().write(|writing| writing.set_setting(setting, value).map_err(AppError::from))
    }

    /// Chooses the colours.
    pub fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        let value = match theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        self.store().write(|writing| writing.set_setting(THEME, value).map_err(AppError::from))
    }
}
