//! What readers see, whatever they read it from.

use headroom_billing::{Credits, Moment};

/// What a task consumed, as far as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Metering {
    /// Metered.
    Metered {
        /// As billed: rounded to 0.01, at least 0.01 unless nothing was metered (K4).
        credits: Credits,
        /// The exact sum as the source gives it, a decimal.
        exact: String,
    },
    /// The source has no metering for it. Unknown is not zero.
    Unknown,
}

/// One task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageObservation {
    /// The same task has the same key wherever it is seen again.
    pub key: String,
    /// When it ended.
    pub at: Moment,
    /// What it consumed.
    pub metering: Metering,
    /// The model, where the source names one.
    pub model: Option<String>,
    /// The session it belongs to.
    pub session: String,
}
