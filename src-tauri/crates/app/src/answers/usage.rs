//! What was used: by day, week or month, by model, session or user, and row by row.

use super::{
    AccountSummary, AheadView, CountedDayView, CountedView, ElsewhereView, EstimatedView, SpendSource, Unit,
    VerdictView, WhyView,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Of which days usage is asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum UsageRange {
    /// The running billing month so far; of an organisation the one of its last report.
    Running,
    /// The last so many days, today included.
    Days {
        /// How many.
        days: u16,
    },
    /// A month.
    Month {
        /// YYYY-MM.
        month: String,
    },
    /// From one day to another, both included.
    Own {
        /// YYYY-MM-DD, UTC.
        from: String,
        /// The last one.
        to: String,
    },
}

/// A part of the usage that is looked at alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UsageChosen {
    /// By what it is told apart.
    pub by: UsageBy,
    /// What it is.
    pub name: String,
}

/// What is asked of usage.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UsageAsked {
    /// Of which days.
    pub range: UsageRange,
    /// By what its bars are split, where that is told, else by the first that is; none where they aren't to be.
    pub split: Option<UsageBy>,
    /// These parts alone; several of one kind are looked at together.
    pub only: Vec<UsageChosen>,
}

/// How long a bar of the chart is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageStep {
    /// A day.
    Day,
    /// A week, from Monday on.
    Week,
    /// A month.
    Month,
}

/// What an account used.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UsageView {
    /// Whose.
    pub account: AccountSummary,
    /// What it comes to, in a sentence.
    pub verdict: VerdictView,
    /// Why that is what it is; none where nothing is known of it.
    pub why: Option<WhyView>,
    /// As of when.
    pub as_of: String,
    /// In what amounts are.
    pub unit: Unit,
    /// How long a bar is.
    pub step: UsageStep,
    /// The first day: YYYY-MM-DD, UTC.
    pub from: String,
    /// The last one.
    pub to: String,
    /// The months that can be asked for, the newest first: YYYY-MM.
    pub months: Vec<String>,
    /// The parts that are looked at alone.
    pub only: Vec<UsageChosen>,
    /// Everything in these days; none while nothing is known of them.
    pub total: Option<String>,
    /// Whether nothing is recorded of these days and they are Kiro's own count.
    pub is_counted: bool,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    /// Tasks or rows of unknown cost, in no amount.
    pub unknown: u32,
    /// How it compares with the same days of the month before; none where that isn't known, or these days are no month's.
    pub change: Option<UsageChange>,
    /// What most of it went to; none where nothing is told apart.
    pub most: Option<UsageMost>,
    /// By what the bars are split.
    pub split: Option<UsageBy>,
    /// What the parts of a bar are, from the ground up; the last can be everything else.
    pub layers: Vec<UsageLayer>,
    /// The bars, oldest first, without gaps.
    pub bars: Vec<UsageBar>,
    /// The same by what can be told apart.
    pub groups: Vec<UsageGroup>,
    /// The hours of the week in which anything was used, UTC; empty where hours aren't told.
    pub hours: Vec<UsageHour>,
    /// From where a team's spending is known.
    pub source: Option<SpendSource>,
    /// What Kiro's own count says of these days.
    pub counted: Option<CountedView>,
    /// What Kiro counts in the running cycle beyond what is recorded here: no day of it is known.
    pub elsewhere: Option<ElsewhereView>,
    /// Why that is so much.
    pub elsewhere_why: Option<WhyView>,
    /// Credits recorded in the running cycle beyond Kiro's count.
    pub recorded_more: Option<String>,
    /// What sessions of Kiro's IDE estimate in these days, which is in no bar.
    pub estimated: Option<EstimatedView>,
    /// The days of the running billing month that are to come; none of other days, and of a part of the usage.
    pub ahead: Option<UsageAhead>,
}

/// The days of the running billing month that are to come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageAhead {
    /// YYYY-MM-DD, UTC, in order.
    pub days: Vec<String>,
    /// When the credits renew.
    pub renews_at: String,
    /// Credits that an even use of all there are comes to in a day; none without a limit, and while it isn't known.
    pub even_a_day: Option<String>,
    /// Where the pace leads; none where nothing can be foretold.
    pub leads: Option<UsageLeads>,
}

/// Where the pace leads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageLeads {
    /// Credits on a day to come.
    pub a_day: String,
    /// Credits by the last of them.
    pub comes_to: AheadView,
}

/// What was used beside the same days of the month before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageChange {
    /// How much more or less, in percent of the month before, rounded down.
    pub percent: u32,
    /// Whether it is more.
    pub more: bool,
    /// That month: YYYY-MM.
    pub month: String,
    /// What was used in it by this day.
    pub amount: String,
}

/// A part that most of the usage went to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageMost {
    /// By what it is told apart.
    pub by: UsageBy,
    /// What it is.
    pub name: String,
    /// Its share, in tenths of a percent.
    pub permille: u32,
    /// The share of the tasks or requests that it was used in, where they are counted.
    pub count_permille: Option<u32>,
}

/// A part of a bar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageLayer {
    /// What it is; none where it isn't told, or it is everything else.
    pub name: Option<String>,
    /// The title of a session, where that is kept.
    pub title: Option<String>,
    /// Whether it is everything else.
    pub rest: bool,
}

/// A day, a week or a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageBar {
    /// Its first day: YYYY-MM-DD, UTC.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// What was used; none where nothing is known.
    pub amount: Option<String>,
    /// What of it is in each layer; empty where the bars aren't split.
    pub layers: Vec<String>,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    /// Tasks or rows of unknown cost.
    pub unknown: u32,
    /// What was used on the same day of the month before, where the bars are days of a month.
    pub before: Option<String>,
    /// What Kiro's own count says of the day, where the bars are days.
    pub counted: Option<CountedDayView>,
}

/// By what usage is told apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageBy {
    /// The model.
    Model,
    /// The folder of the session; kept only after the owner agreed.
    Project,
    /// The session of Kiro's command line or IDE.
    Session,
    /// The user.
    User,
    /// The client, such as the IDE or the command line.
    Client,
    /// For what was asked, by subagents, besides.
    Kind,
}

/// Usage told apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageGroup {
    /// By what.
    pub by: UsageBy,
    /// The parts, the most first; the last of them can be everything else, without a name.
    pub parts: Vec<UsagePart>,
}

/// A part of the usage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsagePart {
    /// What it is; none where it isn't told.
    pub name: Option<String>,
    /// The title of a session, where that is kept.
    pub title: Option<String>,
    /// What was used.
    pub amount: String,
    /// Of everything, in tenths of a percent.
    pub permille: u32,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
}

/// An hour of the week.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageHour {
    /// From 0, Monday, to 6.
    pub weekday: u8,
    /// From 0 to 23, UTC.
    pub hour: u8,
    /// What was used in it.
    pub amount: String,
    /// From 1, little, to 4, much, beside the other hours.
    pub level: u8,
}

/// Which rows are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UsageQuery {
    /// Of which days.
    pub range: UsageRange,
    /// These parts alone.
    pub only: Vec<UsageChosen>,
    /// A part of a name; empty for all.
    pub search: String,
    /// By what they are sorted.
    pub sort: UsageSort,
    /// The greatest first.
    pub descending: bool,
    /// Which page, from 0.
    pub page: u32,
}

/// By what rows are sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageSort {
    /// When.
    Time,
    /// How much.
    Amount,
    /// The model.
    Model,
    /// The session, or the user.
    Who,
}

/// A page of rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageRows {
    /// The rows.
    pub rows: Vec<UsageRow>,
    /// How many there are on all pages.
    #[ts(type = "number")]
    pub found: u64,
    /// What they come to on all pages, as far as that is known.
    pub total: Option<String>,
    /// How many of them are of unknown cost, or by estimate alone, and in no sum.
    #[ts(type = "number")]
    pub not_summed: u64,
    /// Whether the total is a part only: of those that aren't in it, or of days and users that the source doesn't tell all of.
    pub at_least: bool,
    /// Which page this is, from 0.
    pub page: u32,
    /// How many pages there are; one at least.
    pub pages: u32,
}

/// A task, or what a report says of a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UsageRow {
    /// When: a moment, or a day where only that is told.
    pub at: String,
    /// How much; none where it isn't known.
    pub amount: Option<String>,
    /// From where the amount is.
    pub mark: UsageMark,
    /// The model.
    pub model: Option<String>,
    /// The session, or the user.
    pub who: Option<String>,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
}

/// From where an amount is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageMark {
    /// Metered by the vendor when it happened.
    Metered,
    /// Told by the vendor's report or service afterwards.
    Reported,
    /// An estimate, in no figure that is charged.
    Estimated,
    /// Not known.
    Unknown,
}
