//! Where one person's credits went, between two days, by what tells them apart.

use super::{AccountSummary, CountedDayView, CountedView, ElsewhereView, Unit};
use headroom_exact::{Credits, Saying};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The day, UTC.
    Day,
    /// Who it was, in a team.
    User,
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
    /// Whether it is what is recorded here, task by task; else the vendor's or the reports' word.
    pub is_recorded: bool,
    /// In what amounts are.
    pub unit: Unit,
    /// By what the parts are told apart.
    pub by: BreakdownBy,
    /// The parts, the most first; of hours, Monday's first hour first, of days the first of them.
    pub parts: Vec<BreakdownPart>,
    /// All of it; none where nothing is recorded.
    pub total: Option<BreakdownPart>,
    /// Whether more was used than is known, or may have been.
    pub at_least: bool,
    /// Who says it, and what isn't in it; nothing of what is recorded here.
    pub says: Vec<Saying>,
    /// Sessions of which what is known is the least they used; where there are any, so is what is metered.
    pub least: u64,
    /// What Kiro's own count says of these days; none where no kept answer says anything of them.
    pub counted: Option<CountedView>,
    /// What Kiro counts in the running cycle beyond what is recorded here.
    pub elsewhere: Option<ElsewhereView>,
    /// Credits recorded in the running cycle beyond Kiro's count.
    pub recorded_more: Option<String>,
}

/// A part of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BreakdownPart {
    /// What it is: a folder, a model, a session's id, a program, a kind, an hour such as `monday 09`, a day; none where it isn't
    /// known, or hidden.
    pub name: Option<String>,
    /// The title of a session, where that is kept.
    pub title: Option<String>,
    /// Metered credits, or dollars that were spent.
    pub metered: String,
    /// Estimated ones beside them; nothing where dollars are counted.
    #[serde(serialize_with = "written")]
    pub estimated: Option<Credits>,
    /// Both.
    pub sum: String,
    /// Tasks or requests; none where the parts of one stand in several, or they aren't counted.
    pub tasks: Option<u64>,
    /// Tasks of unknown cost, or rows of a report, in no amount.
    pub unknown: u64,
    /// Whether more of it was used than is known, or may have been.
    pub at_least: bool,
}

/// Nothing where there is none.
#[expect(clippy::ref_option, reason = "serde hands the field on so")]
fn written<S: Serializer>(amount: &Option<Credits>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(credits) => credits.serialize(serializer),
        None => serializer.serialize_str(""),
    }
}

/// A day, as it is recorded and as it is counted.
pub struct BreakdownDay<'b> {
    /// YYYY-MM-DD, UTC.
    pub date: &'b str,
    /// What is recorded of it.
    pub recorded: Option<&'b BreakdownPart>,
    /// What is counted of it.
    pub counted: Option<&'b CountedDayView>,
}

impl Breakdown {
    /// The days of which something is known, in their order; none where it isn't broken down by day.
    pub fn days(&self) -> Vec<BreakdownDay<'_>> {
        let by_day = || self.parts.iter().filter(|_| self.by == BreakdownBy::Day);
        let counted = || self.counted.iter().flat_map(|counted| &counted.days);
        let recorded: BTreeMap<_, _> =
            by_day().filter_map(|part| Some((part.name.as_deref()?, part))).collect();
        let counted: BTreeMap<_, _> = counted().map(|day| (day.date.as_str(), day)).collect();
        let dates: BTreeSet<_> = recorded.keys().chain(counted.keys()).copied().collect();
        let day = |date| BreakdownDay {
            date,
            recorded: recorded.get(date).copied(),
            counted: counted.get(date).copied(),
        };
        dates.into_iter().map(day).collect()
    }
}
