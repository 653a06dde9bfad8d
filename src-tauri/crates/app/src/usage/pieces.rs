//! Pieces of usage, and what they come to together: by what tells them apart, and by the hour of the week.

use crate::answers::{Unit, UsageBy, UsageChosen, UsageGroup, UsageHour, UsagePart};
use chrono::{Datelike, NaiveDate};
use headroom_billing::pieces::{Amount, Sum};
use std::collections::BTreeMap;

/// So many sessions are named.
const SESSIONS_NAMED: usize = 50;

/// A piece of usage on a day: the smallest that a source tells apart.
#[derive(Default)]
pub(crate) struct Piece {
    pub date: NaiveDate,
    /// The hour of the day, UTC, where that is told.
    pub hour: Option<u8>,
    /// None where it isn't known.
    pub amount: Option<Amount>,
    pub count: Option<u64>,
    pub unknown: u32,
    pub model: Option<String>,
    pub project: Option<String>,
    pub session: Option<String>,
    /// The title of its session.
    pub title: Option<String>,
    pub user: Option<String>,
    pub client: Option<String>,
}

impl Unit {
    /// As a sentence has it: dollars in cents.
    pub(crate) fn shown(self, amount: Amount) -> String {
        match self {
            Self::Credits => amount.credits().to_string(),
            Self::Dollars => amount.dollars().rounded().to_string(),
        }
    }

    pub(crate) fn written(self, amount: Amount) -> String {
        match self {
            Self::Credits => amount.credits().to_string(),
            Self::Dollars => amount.dollars().to_string(),
        }
    }
}

/// What is known together of some pieces.
pub(crate) fn sum_of<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> Sum {
    let mut sum = Sum::default();
    for piece in pieces {
        piece.add_to(&mut sum);
    }
    sum
}

impl Piece {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.add(self.amount, self.count, self.unknown);
    }

    /// What tells it from others; none where that isn't told.
    pub fn name(&self, by: UsageBy) -> Option<&str> {
        match by {
            UsageBy::Model => self.model.as_deref(),
            UsageBy::Project => self.project.as_deref(),
            UsageBy::Session => self.session.as_deref(),
            UsageBy::User => self.user.as_deref(),
            UsageBy::Client => self.client.as_deref(),
            // What subagents used is told of whole sessions alone.
            UsageBy::Kind => None,
        }
    }

    /// Whether it is one of those that are looked at: of each kind of part that is chosen, one of those.
    pub fn is_among(&self, only: &[UsageChosen]) -> bool {
        let is_it = |chosen: &UsageChosen| self.name(chosen.by) == Some(chosen.name.as_str());
        only.iter().all(|chosen| only.iter().filter(|other| other.by == chosen.by).any(is_it))
    }
}

/// A part of what was used, told apart from the others by its name.
pub(crate) struct Part {
    /// None for what has none.
    pub name: Option<String>,
    pub title: Option<String>,
    pub amount: Amount,
    pub count: Option<u64>,
}

/// What was used, in parts.
pub(crate) struct Group {
    pub by: UsageBy,
    /// The most first.
    pub parts: Vec<Part>,
    /// What their shares are of.
    pub all: Amount,
}

impl Group {
    /// Of parts in any order.
    pub fn of(by: UsageBy, mut parts: Vec<Part>, all: Amount) -> Self {
        parts.sort_by(|one, other| other.amount.cmp(&one.amount).then_with(|| one.name.cmp(&other.name)));
        Self { by, parts, all }
    }

    /// The pieces by what they name; none where none of them names it.
    pub fn by_name(pieces: &[Piece], by: UsageBy) -> Option<Self> {
        let mut sums: BTreeMap<Option<&str>, (Sum, Option<&str>)> = BTreeMap::new();
        for piece in pieces {
            let (sum, title) = sums.entry(piece.name(by)).or_default();
            piece.add_to(sum);
            *title = title.or(piece.title.as_deref());
        }
        if sums.keys().all(Option::is_none) {
            return None;
        }
        let all = sum_of(pieces);
        let known = sums.into_iter().filter_map(|(name, (sum, title))| {
            let title = title.filter(|_| by == UsageBy::Session && name.is_some());
            Some(Part {
                name: name.map(str::to_owned),
                title: title.map(str::to_owned),
                amount: sum.amount?,
                count: sum.counted(),
            })
        });
        let mut group = Self::of(by, known.collect(), all.amount.unwrap_or_default());
        if by == UsageBy::Session {
            // What has none, and what is far down, is one part at the end.
            group.parts.retain(|part| part.name.is_some());
            group.parts.truncate(SESSIONS_NAMED);
            let rest = all.beyond(group.parts.iter().map(|part| (part.amount, part.count)));
            let rest = rest.map(|(amount, count)| Part { name: None, title: None, amount, count });
            group.parts.extend(rest);
        }
        Some(group)
    }

    pub fn answer(self, unit: Unit) -> UsageGroup {
        let part = |Part { name, title, amount, count }| UsagePart {
            name,
            title,
            amount: unit.written(amount),
            permille: amount.of(self.all),
            count,
        };
        UsageGroup { by: self.by, parts: self.parts.into_iter().map(part).collect() }
    }
}

/// The hours of the week; an hour's level is its place among those with usage, in quarters.
pub(crate) fn hours(pieces: &[Piece], unit: Unit) -> Vec<UsageHour> {
    let mut sums: BTreeMap<(u8, u8), Sum> = BTreeMap::new();
    for piece in pieces {
        let Some(hour) = piece.hour else { continue };
        let weekday = u8::try_from(piece.date.weekday().num_days_from_monday()).unwrap_or_default();
        piece.add_to(sums.entry((weekday, hour)).or_default());
    }
    let used = |sum: &Sum| sum.amount.filter(|amount| amount.is_positive());
    let mut all: Vec<_> = sums.values().filter_map(used).collect();
    all.sort_unstable();
    let level = |amount: Amount| {
        let below = all.partition_point(|other| *other < amount);
        u8::try_from(below.saturating_mul(4).checked_div(all.len()).unwrap_or(0) + 1).unwrap_or(4).min(4)
    };
    let hour = |((weekday, hour), sum): (&(u8, u8), &Sum)| {
        let amount = used(sum)?;
        Some(UsageHour { weekday: *weekday, hour: *hour, amount: unit.written(amount), level: level(amount) })
    };
    sums.iter().filter_map(hour).collect()
}
