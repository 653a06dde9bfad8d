//! Usage in detail, of whatever kind of account: what its kind read, written as the window shows it.

pub(crate) mod calendar;
pub(crate) mod pieces;
pub(crate) mod rows;

use crate::answers::{
    AccountSummary, EstimatedView, SpendSource, Unit, UsageBy, UsageGroup, UsageStep, UsageView,
};
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment};
use headroom_store::table::events::EstimatedTotals;
use pieces::{Group, Piece, bars, heat, sum_of};

/// What an account used.
pub(crate) struct Used {
    pub unit: Unit,
    /// How long a bar is.
    pub step: UsageStep,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
    /// What was used on them.
    pub pieces: Vec<Piece>,
    /// What was used in a year; empty where it isn't told by day.
    pub year: Vec<Piece>,
    /// By session, where sessions are told.
    pub sessions: Option<Group>,
    /// From where a team's spending is known.
    pub source: Option<SpendSource>,
    /// Credits used elsewhere in this cycle by the vendor's count: no day of them is known.
    pub elsewhere: Option<Credits>,
    /// What sessions estimate in these days, which is in no piece.
    pub estimated: EstimatedTotals,
}

impl Used {
    /// Nothing but these pieces of these days.
    pub fn of(unit: Unit, step: UsageStep, days: (NaiveDate, NaiveDate), pieces: Vec<Piece>) -> Self {
        Self {
            unit,
            step,
            days,
            pieces,
            year: Vec::new(),
            sessions: None,
            source: None,
            elsewhere: None,
            estimated: EstimatedTotals::default(),
        }
    }

    /// As the window shows it.
    pub fn answer(self, account: AccountSummary, now: Moment) -> UsageView {
        let Self { unit, step, days, pieces, year, sessions, source, elsewhere, estimated } = self;
        let sum = sum_of(&pieces);
        let by = [UsageBy::Model, UsageBy::User, UsageBy::Client];
        let groups = by.into_iter().filter_map(|by| Group::by_name(&pieces, by)).chain(sessions);
        let groups: Vec<UsageGroup> = groups.map(|group| group.answer(unit)).collect();
        UsageView {
            account,
            as_of: now.to_string(),
            unit,
            step,
            from: days.0.to_string(),
            to: days.1.to_string(),
            total: sum.amount.map(|amount| unit.written(amount)),
            count: sum.counted(),
            unknown: sum.unknown,
            bars: bars(&pieces, step, days, unit),
            groups,
            heat: if year.is_empty() { Vec::new() } else { heat(&year, now.date(), unit) },
            source,
            elsewhere: elsewhere.filter(|credits| credits.is_positive()).map(|credits| credits.to_string()),
            estimated: (estimated.tasks > 0)
                .then(|| EstimatedView { credits: estimated.credits.to_string(), tasks: estimated.tasks }),
        }
    }
}
