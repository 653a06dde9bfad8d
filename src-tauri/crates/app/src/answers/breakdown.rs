//! Where one person's credits went, between two days, by what tells them apart.

use super::{AccountSummary, Unit};
use serde::Serialize;

/// By what usage is broken down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BreakdownBy {
    /// The folder of the session.
    Project,
    /// The model.
    Model,
    /// The session.
    Session,
    /// The program.
    Client,
    /// For what was asked, by subagents, besides.
    Kind,
    /// The hour of the week, UTC.
    Hour,
}

/// Where credits went.
#[derive(Clone, Debug, Serialize)]
pub struct Breakdown {
    /// Whose.
    pub account: AccountSummary,
    /// The first day: YYYY-MM-DD, UTC.
    pub from: String,
    /// The last one.
    pub to: String,
    /// In what amounts are.
    pub unit: Unit,
    /// By what the parts are told apart.
    pub by: BreakdownBy,
    /// The parts, the most first; of hours, Monday's first hour first.
    pub parts: Vec<BreakdownPart>,
    /// All of it; none where nothing is recorded.
    pub total: Option<BreakdownPart>,
    /// Sessions of which what is known is the least they used; where there are any, so is what is metered.
    pub least: u64,
}

/// A part of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BreakdownPart {
    /// What it is: a folder, a model, a session's id, a program, a kind, an hour such as `monday 09`; none where it isn't
    /// known, or hidden.
    pub name: Option<String>,
    /// The title of a session, where that is kept.
    pub title: Option<String>,
    /// Metered credits.
    pub metered: String,
    /// Estimated ones beside them.
    pub estimated: String,
    /// Both.
    pub sum: String,
    /// Tasks; none where the parts of one stand in several.
    pub tasks: Option<u64>,
    /// Tasks of unknown cost, in no amount.
    pub unknown: u64,
}
