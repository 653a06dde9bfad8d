//! The user's choices.

use super::Vendor;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which colours the window has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the desktop has them.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How much room things have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// Room between things.
    #[default]
    Comfortable,
    /// More on a screen.
    Compact,
}

/// What is worth a notification. Each is told once a cycle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that is ticked")]
pub struct AlertChoices {
    /// 50, 80, 95 and 100 % of the plan are used.
    pub used: bool,
    /// At this pace the credits end before they renew, or a team's balance within days.
    pub run_out: bool,
    /// Bonus credits are about to expire unused.
    pub bonus: bool,
    /// Overage has begun.
    pub overage: bool,
    /// Tell when overage reaches so many dollars; none for never.
    pub guard: Option<String>,
}

impl Default for AlertChoices {
    fn default() -> Self {
        Self { used: true, run_out: true, bonus: true, overage: true, guard: None }
    }
}

/// The user's choices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, as the window shows them")]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// How much room things have.
    pub density: Density,
    /// The window's language, such as `de`; none follows the system.
    pub language: Option<String>,
    /// The locale that numbers are written in, such as `de-CH`; none is the language's own.
    pub numbers: Option<String>,
    /// How large everything is drawn, percent: from 80 to 200.
    pub zoom: u16,
    /// Whether amounts are hidden, for showing the screen to others.
    pub hide_numbers: bool,
    /// What is worth a notification.
    pub alerts: AlertChoices,
    /// Whether closing the window leaves Headroom in the tray.
    pub close_to_tray: bool,
    /// Whom it was agreed to ask for accounts' figures, with the login on this machine.
    pub asks: Vec<Vendor>,
    /// Whether nobody is asked while the machine runs on its battery.
    pub pause_on_battery: bool,
    /// Whether folders and titles of sessions are kept on this machine, to tell where credits went. A title can be what
    /// somebody asked, so nothing of them is read before this was agreed to.
    pub keep_session_names: bool,
}

/// A choice, made.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(tag = "what", content = "to", rename_all = "kebab-case")]
pub enum Choice {
    /// See [`Settings::theme`].
    Theme(Theme),
    /// See [`Settings::density`].
    Density(Density),
    /// See [`Settings::language`].
    Language(Option<String>),
    /// See [`Settings::numbers`].
    Numbers(Option<String>),
    /// See [`Settings::zoom`].
    Zoom(u16),
    /// See [`Settings::hide_numbers`].
    HideNumbers(bool),
    /// See [`Settings::alerts`].
    Alerts(AlertChoices),
    /// See [`Settings::close_to_tray`].
    CloseToTray(bool),
    /// See [`Settings::asks`].
    Ask {
        /// Who.
        vendor: Vendor,
        /// Whether it may be asked.
        agreed: bool,
    },
    /// See [`Settings::pause_on_battery`].
    PauseOnBattery(bool),
    /// See [`Settings::keep_session_names`]; no longer keeping them forgets those that were kept.
    KeepSessionNames(bool),
}

/// An alert that is due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AlertView {
    /// Which, for telling it once.
    pub key: AlertKey,
    /// The account's name.
    pub account: String,
    /// What it says.
    pub says: AlertSays,
}

/// What makes an alert the same as another: it is told once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct AlertKey {
    /// The account.
    pub account: super::AccountNumber,
    /// What for.
    pub kind: String,
    /// At what: percent, or cents.
    #[ts(type = "number")]
    pub threshold: i64,
    /// The start of its cycle.
    pub cycle_start: String,
}

/// What an alert says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AlertSays {
    /// So much of the plan is used.
    Used {
        /// Percent.
        percent: u32,
        /// Credits left.
        left: String,
        /// When they renew.
        renews_at: String,
    },
    /// The credits, or a team's balance, end then at this pace.
    RunOut {
        /// When.
        at: String,
    },
    /// Little is left of a balance, as its vendor said.
    Little {
        /// Dollars left.
        left: String,
        /// Less than that, in dollars, is little.
        below: String,
    },
    /// Bonus credits expire unused.
    Bonus {
        /// Credits left of them.
        left: String,
        /// When.
        at: String,
    },
    /// Overage has begun.
    Overage {
        /// Dollars so far.
        charge: String,
    },
    /// Overage has reached the guard.
    Guard {
        /// Dollars so far.
        charge: String,
        /// The guard.
        guard: String,
    },
}
