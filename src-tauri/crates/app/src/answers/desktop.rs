//! What the window tells the desktop, and what the desktop offers. The words are the window's: it knows the language.

use super::AccountNumber;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this desktop offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Offers {
    /// Whether it has a tray.
    pub tray: bool,
    /// Whether Headroom starts with the session; none where that can't be known.
    pub autostart: Option<bool>,
}

/// The words of the tray.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, TS)]
pub struct TrayWords {
    /// What is left, in a few words: for desktops that have room for a title.
    pub title: String,
    /// The sentence that decides: the tooltip's heading.
    pub verdict: String,
    /// What it rests on: the tooltip's text.
    pub reasons: String,
    /// "Open".
    pub open: String,
    /// "Refresh".
    pub refresh: String,
    /// "Quit".
    pub quit: String,
    /// The accounts with what is left of them.
    pub accounts: Vec<TrayAccount>,
}

/// An account in the tray's menu.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
pub struct TrayAccount {
    /// Its number.
    pub id: AccountNumber,
    /// Its name and what is left.
    pub label: String,
}

/// What was chosen in the tray.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", content = "account", rename_all = "kebab-case")]
pub enum TrayChoice {
    /// To refresh.
    Refresh,
    /// To show an account.
    Account(AccountNumber),
}
