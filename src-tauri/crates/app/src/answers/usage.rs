//! What was used: by day, week or month, by model, session or user, and row by row.

use super::{AccountSummary, EstimatedView, SpendSource, Unit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How long a bar of the chart is, and with it how far back it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageStep {
    /// The last 30 days, a bar each.
    Day,
    /// The last 26 weeks, from Monday on.
    Week,
    /// The last 24 months.
    Month,
}

/// What an account used.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UsageView {
    /// Whose.
    pub account: AccountSummary,
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
    /// Everything in these days; none while nothing is known of them.
    pub total: Option<String>,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    /// Tasks or rows of unknown cost, in no amount.
    pub unknown: u32,
    /// The bars, oldest first, without gaps.
    pub bars: Vec<UsageBar>,
    /// The same by what can be told apart.
    pub groups: Vec<UsageGroup>,
    /// The days of a year, oldest first, from a Monday on; empty where it isn't told by day.
    pub heat: Vec<HeatDay>,
    /// From where a team's spending is known.
    pub source: Option<SpendSource>,
    /// Credits used elsewhere in this cycle by Kiro's count: no day of them is known, so they are in no bar.
    pub elsewhere: Option<String>,
    /// What sessions of Kiro's IDE estimate in these days, which is in no bar.
    pub estimated: Option<EstimatedView>,
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
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    /// Tasks or rows of unknown cost.
    pub unknown: u32,
}

/// By what usage is told apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UsageBy {
    /// The model.
    Model,
    /// The session of Kiro's command line.
    Session,
    /// The user.
    User,
    /// The client, such as the IDE or the command line.
    Client,
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
    /// What was used.
    pub amount: String,
    /// Of everything, in tenths of a percent.
    pub permille: u32,
    /// Tasks or requests, where they are counted.
    #[ts(type = "number | null")]
    pub count: Option<u64>,
}

/// A day of the heat map.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct HeatDay {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// What was used; none where nothing is known.
    pub amount: Option<String>,
    /// From 1, little, to 4, much, beside the other days; 0 where nothing was used.
    pub level: u8,
}

/// Which rows are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
pub struct UsageQuery {
    /// Those of the chart of this step.
    pub step: UsageStep,
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
