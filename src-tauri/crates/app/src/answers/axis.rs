//! A cycle on an axis of days.

use super::text;
use headroom_billing::advice::Ahead;
use serde::Serialize;
use ts_rs::TS;

/// What was used by the end of each of the cycle's days, where it leads, and what was used by then in the cycle before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AxisView {
    /// Who says what was used.
    pub from: UsedFrom,
    /// The cycle's days (UTC), in order.
    pub days: Vec<AxisDayView>,
    /// Credits that all pools have in the cycle, used ones included; none without a limit, and while it isn't known.
    pub limit: Option<String>,
    /// Whether these are the plan's alone.
    pub limit_is_plan: bool,
    /// Where it leads by the cycle's end; none where nothing can be foretold.
    pub ahead: Option<AheadView>,
    /// When the credits end at an even pace; none if they don't before the cycle ends, or have ended.
    pub runs_out: Option<RunsOutView>,
    /// The cycle before; none where nothing is known of its days.
    pub before: Option<AxisBefore>,
}

/// A day of the cycle. Amounts are credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AxisDayView {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// As of when the amounts are: the day's end, or the cycle's; of the day that is running, now.
    pub until: String,
    /// Used in the cycle by then; none where that isn't known, and of days to come.
    pub used: Option<String>,
    /// Of that, by the tasks recorded here; none where they are all of it, or nothing is recorded.
    pub recorded: Option<String>,
    /// Tasks of that day whose cost isn't known, which are in no amount.
    pub unknown: u32,
    /// Where it leads by then; none of days that are over.
    pub ahead: Option<AheadView>,
    /// What an even use of all credits comes to by then; none without a limit.
    pub even: Option<String>,
    /// Used in the cycle before by the end of the same day of it; none where that isn't known.
    pub before: Option<String>,
}

/// What is used or spent by a moment to come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AheadView {
    /// At an even pace.
    pub even: String,
    /// If the days to come are like quiet ones so far; none where not each day so far is known.
    pub low: Option<String>,
    /// If they are like busy ones.
    pub high: Option<String>,
}

impl From<Ahead> for AheadView {
    fn from(Ahead { even, range }: Ahead) -> Self {
        let (low, high) = range.unzip();
        Self { even: even.to_string(), low: text(low), high: text(high) }
    }
}

/// When credits end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RunsOutView {
    /// When.
    pub at: String,
    /// What is used or spent by then.
    pub used: String,
}

/// The cycle before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AxisBefore {
    /// Its first day: YYYY-MM-DD.
    pub first_day: String,
    /// Who says what was used in it.
    pub from: UsedFrom,
}

/// Who says what was used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UsedFrom {
    /// Kiro's own count.
    Kiro,
    /// The tasks recorded on this computer, and nothing else.
    Recorded,
    /// An organisation's activity reports.
    Reports,
}
