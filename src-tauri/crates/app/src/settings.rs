//! The user's choices. A value that can't be read falls back to its default, and that is said.

use crate::Headroom;
use crate::error::AppError;
use crate::views::{Settings, Theme};
use headroom_store::Store;

const THEME: &str = "theme";
const ASK_KIRO: &str = "ask-kiro";

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
        settings.ask_kiro = Self::asks_kiro(store)?;
        Ok((settings, notices))
    }

    /// Whether Kiro may be asked. Nothing is sent anywhere until somebody agreed.
    pub(crate) fn asks_kiro(store: &Store) -> Result<bool, AppError> {
        Ok(store.setting(ASK_KIRO)?.as_deref() == Some("yes"))
    }

    /// Agrees to ask Kiro with the login on this machine, or no longer.
    pub fn set_ask_kiro(&self, agreed: bool) -> Result<(), AppError> {
        let value = if agreed { "yes" } else { "no" };
        self.store().write(|writing| writing.set_setting(ASK_KIRO, value).map_err(AppError::from))
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
