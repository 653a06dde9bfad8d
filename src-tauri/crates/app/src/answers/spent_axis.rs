//! The running month of an account of Kilo's on an axis of days. Amounts are dollars.

use super::{AheadView, RunsOutView, Span};
use serde::Serialize;
use ts_rs::TS;

/// What was spent by the end of each of the month's days, where that leads, what was spent by then in the month before, and
/// what happens to the balance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpentAxisView {
    /// The month.
    pub period: Span,
    /// Up to when amounts are told, and from when it is foretold: within the running day.
    pub as_of: String,
    /// The month's days (UTC), in order.
    pub days: Vec<SpentAxisDay>,
    /// What it comes to by its end; none where nothing can be foretold.
    pub ahead: Option<AheadView>,
    /// When nothing is left at this pace; none if that isn't in this month.
    pub runs_out: Option<RunsOutView>,
    /// The first day of the month before: YYYY-MM-DD; none where nothing is known of its days.
    pub before: Option<String>,
    /// What was bought, what renews and what expires in it, in order.
    pub marks: Vec<SpentMark>,
}

/// A day of the month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpentAxisDay {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// As of when the amounts are: the day's end; of the day that is running, the last that is told of it.
    pub until: String,
    /// Spent in the month by then; none where that isn't known, and of days to come.
    pub spent: Option<String>,
    /// Where it leads by then; none of days that are over.
    pub ahead: Option<AheadView>,
    /// Spent in the month before by the end of the same day of it; none where that isn't known.
    pub before: Option<String>,
}

/// What happens to a balance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpentMark {
    /// What.
    pub kind: SpentMarkKind,
    /// When.
    pub at: String,
    /// Dollars of credits that come or go, or that are charged; none where that isn't known.
    pub amount: Option<String>,
}

/// What happens to a balance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SpentMarkKind {
    /// Credits were bought.
    Bought,
    /// What is left of some expires.
    Expires,
    /// Some expired; the amount is the most that was left of it.
    Expired,
    /// Credits are bought by themselves then, if it goes on like this.
    TopsUp,
    /// A cycle begins, or Kilo Pass is renewed.
    Renews,
    /// Kilo Pass ends.
    PassEnds,
}
