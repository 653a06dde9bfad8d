//! The user's choices. A value that can't be read falls back to its default, and that is said.

use crate::Headroom;
use crate::error::AppError;
use crate::views::{Settings, Theme};
use headroom_store::Store;

const THEME: &str = "theme";

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
        Ok((settings, notices))
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
