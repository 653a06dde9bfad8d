//! What the vendor's own count says: of days, and of what was used beyond the recorded tasks.

use serde::Serialize;
use ts_rs::TS;

/// What Kiro's count says of some days: differences between its answers, for whoever's tasks aren't recorded here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CountedView {
    /// Credits counted on these days together; none where no answer is of any of them.
    pub used: Option<String>,
    /// By how many credits the count fell: a refund, or a correction. Taken from no day.
    pub fell: Option<String>,
    /// Whether more was used than is counted.
    pub at_least: bool,
    /// The days of which something is known, in their order.
    pub days: Vec<CountedDayView>,
}

/// What it says of a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CountedDayView {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// Credits counted on it; none where no answer is of this day: what was used is in a later one's.
    pub used: Option<String>,
    /// By how many the count fell.
    pub fell: Option<String>,
    /// Since when they are counted, where that is a day before: on which of the days they were used nothing tells.
    pub since: Option<String>,
    /// Of the credits, those that may have been used before the day.
    pub of_before: Option<String>,
    /// A later day whose count has something that may have been used on this one.
    pub counted_on: Option<String>,
    /// Whether more was used than is counted.
    pub at_least: bool,
}

/// What Kiro counts in this cycle beyond the tasks that are recorded here: used in its IDE or on the web, on a phone or
/// another computer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ElsewhereView {
    /// Credits.
    pub credits: String,
    /// Of Kiro's count, in percent, rounded down.
    pub percent: u32,
    /// How exact that is.
    pub bound: Bound,
    /// All that Kiro counted.
    pub counted: String,
    /// Of that, recorded here.
    pub recorded: String,
    /// When it counted.
    pub at: String,
}

/// How exact an amount is that is known by two others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Both are known.
    Exactly,
    /// What is recorded is the least that was used here.
    AtMost,
    /// What is counted is the least that was used.
    AtLeast,
    /// Both are the least.
    About,
}
