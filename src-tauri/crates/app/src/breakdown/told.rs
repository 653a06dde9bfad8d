//! What an account used as its vendor or its reports tell, by what tells it apart: dollars, or an organisation's credits.

use crate::answers::{AccountSummary, Breakdown, BreakdownBy, BreakdownPart, Unit};
use crate::usage::Used;
use crate::usage::pieces::{Piece, sum_of};
use chrono::NaiveDate;
use headroom_billing::pieces::Sum;
use headroom_exact::say;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a piece is told apart by; none where its source doesn't tell that.
fn name(piece: &Piece, by: BreakdownBy) -> Option<String> {
    match by {
        BreakdownBy::Model => piece.model.clone(),
        BreakdownBy::User => piece.user.clone(),
        BreakdownBy::Day => Some(piece.date.to_string()),
        BreakdownBy::Client => piece.client.clone(),
        BreakdownBy::Project | BreakdownBy::Session | BreakdownBy::Kind | BreakdownBy::Hour => None,
    }
}

fn part(name: Option<String>, sum: &Sum, unit: Unit, at_least: bool) -> BreakdownPart {
    let amount = sum.amount.map(|amount| unit.written(amount)).unwrap_or_default();
    BreakdownPart {
        name,
        title: None,
        metered: amount.clone(),
        estimated: None,
        sum: amount,
        tasks: sum.counted(),
        unknown: sum.unknown.into(),
        at_least: at_least || sum.unknown > 0,
    }
}

/// Of days, both included.
pub(super) fn breakdown(
    account: AccountSummary,
    used: Used,
    by: BreakdownBy,
    (first, last): (NaiveDate, NaiveDate),
) -> Breakdown {
    let mut sums: BTreeMap<_, Sum> = BTreeMap::new();
    for piece in &used.pieces {
        piece.add_to(sums.entry(name(piece, by)).or_default());
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    if by != BreakdownBy::Day {
        sums.sort_by_key(|(_, sum)| Reverse(sum.amount));
    }
    let all = sum_of(&used.pieces);
    // What nobody could read, or named, can be anybody's.
    let is_anybodys = || sums.iter().any(|(name, sum)| name.is_none() && sum.unknown > 0);
    let is_part = match by {
        BreakdownBy::Day => false,
        BreakdownBy::Model
        | BreakdownBy::User
        | BreakdownBy::Client
        | BreakdownBy::Project
        | BreakdownBy::Session
        | BreakdownBy::Kind
        | BreakdownBy::Hour => used.is_part || is_anybodys(),
    };
    let days: BTreeSet<_> = used.partly_told.iter().map(ToString::to_string).collect();
    let is_partly_told =
        |name: Option<&String>| by == BreakdownBy::Day && name.is_some_and(|day| days.contains(day));
    let at_least = used.is_part || all.unknown > 0;
    // A file tells nothing of what came after it.
    let until =
        used.said.last_day.filter(|_| !used.pieces.is_empty()).and_then(|day| day.parse::<NaiveDate>().ok());
    let until = until.filter(|day| *day < last).map(|day| say!("usage-told-until", day));
    Breakdown {
        account,
        from: first.to_string(),
        to: last.to_string(),
        is_recorded: false,
        unit: used.unit,
        by,
        parts: sums
            .into_iter()
            .map(|(name, sum)| {
                let at_least = is_part || is_partly_told(name.as_ref());
                part(name, &sum, used.unit, at_least)
            })
            .collect(),
        at_least,
        total: (!used.pieces.is_empty()).then(|| part(None, &all, used.unit, at_least)),
        says: used.said.says.into_iter().chain(until).collect(),
        least: 0,
        counted: None,
        elsewhere: None,
        recorded_more: None,
    }
}
