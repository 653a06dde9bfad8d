//! What was spent of an account of Kilo's, and what isn't in it.

use super::Saying;
use serde::Serialize;
use ts_rs::TS;

/// From where it is known what was spent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SpendSource {
    /// Kilo's service, of everybody.
    Everyone,
    /// Kilo's service, of this login alone: its role may see no more.
    OwnOnly,
    /// Kilo's service, of an account of one's own.
    Own,
    /// A usage export.
    Export,
    /// The requests of this machine.
    Machine,
}

/// What was spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpendView {
    /// From where that is known.
    pub source: SpendSource,
    /// The last day that the source says anything about.
    pub last_day: Option<String>,
    /// Dollars this month, UTC; none where nothing of it is known.
    pub this_month: Option<String>,
    /// Whether that is a part only.
    pub this_month_at_least: bool,
    /// Dollars in the days shown, as far as they are known; none where none are.
    pub in_days: Option<String>,
    /// The recent days, oldest first, without gaps.
    pub days: Vec<SpendDay>,
    /// By model, the most first, of the days shown.
    pub by_model: Vec<SpendShare>,
    /// By user, the most first, of the days shown; empty where users aren't told apart.
    pub by_user: Vec<SpendShare>,
    /// Whether there was more than the service gives at once: then sums are too low.
    pub cut: bool,
    /// From when on the source tells of this month: what was spent before is in no sum. None where it tells of all of it.
    pub told_since: Option<String>,
    /// The days of this month of which exports don't tell all (F6): what was spent then is in no sum.
    pub untold: Option<UntoldView>,
    /// What of this machine's requests isn't in the sums of this month; none where nothing is left out, and of another source.
    pub left_out: Option<LeftOutView>,
    /// Rows whose cost isn't said: in no sum, which are too low then.
    pub unknown: u32,
    /// All of that in sentences: what the sums lack, and what is left out of them.
    #[ts(as = "Vec<Saying>")]
    pub missing: Vec<headroom_exact::Saying>,
}

/// What of a machine's requests is in no sum (F6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LeftOutView {
    /// Requests to other providers, which Kilo doesn't bill.
    #[ts(type = "number")]
    pub elsewhere: u64,
    /// Requests that don't say whose they are: they may be Kilo's, and sums are too low then.
    #[ts(type = "number")]
    pub unnamed: u64,
    /// Whether something could not be read, so that sums are too low.
    pub unread: bool,
}

/// Days of which a source says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UntoldView {
    /// The first: YYYY-MM-DD, UTC.
    pub from: String,
    /// The last.
    pub to: String,
    /// How many there are between those, themselves included.
    pub days: u32,
}

/// A day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpendDay {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// Dollars; none on a day that nothing is known of.
    pub amount: Option<String>,
    /// Requests, where they are counted.
    #[ts(type = "number | null")]
    pub requests: Option<u64>,
}

/// A part of what was spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SpendShare {
    /// The model or the user; none where the source names none.
    pub name: Option<String>,
    /// Dollars, as far as they are known; none where none are.
    pub amount: Option<String>,
    /// Of everything, in tenths of a percent.
    pub permille: u32,
    /// Requests, where they are counted.
    #[ts(type = "number | null")]
    pub requests: Option<u64>,
}

/// What the requests of this machine come to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct MachineView {
    /// Dollars this month; none where nothing of it is known.
    pub this_month: Option<String>,
    /// Whether that is a part only.
    pub at_least: bool,
    /// The last day with a request.
    pub last_day: Option<String>,
    /// What isn't in it; none where nothing is left out.
    pub left_out: Option<LeftOutView>,
    /// The same in sentences.
    #[ts(as = "Vec<Saying>")]
    pub missing: Vec<headroom_exact::Saying>,
}
