//! Which rows of reports count (rule F4).

use super::named::join_profiles;
use super::{ActivityRow, Weight};
use std::mem;
use std::sync::Arc;

/// What became of rows that don't count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settled {
    /// A later export took their place.
    pub replaced: u64,
    /// They say what the one that counts says, and nothing tells which is the later.
    pub copies: u64,
    /// They say something else, and nothing tells which is the later: the one that weighs more counts ([`Weight`]).
    pub untold: u64,
}

impl Settled {
    /// Counts a row whose place another takes.
    fn count(&mut self, row: &ActivityRow, by: &ActivityRow) {
        let of = if row.issued != by.issued {
            &mut self.replaced
        } else if is_alike(row, by) {
            &mut self.copies
        } else {
            &mut self.untold
        };
        *of = of.saturating_add(1);
    }
}

/// Whether two rows of one day, user and client say the same.
fn is_alike(one: &ActivityRow, other: &ActivityRow) -> bool {
    let ActivityRow {
        date: _,
        user: _,
        client: _,
        profile: _,
        tier,
        credits,
        is_rounded: _,
        quoted,
        email,
        issued: _,
    } = one;
    (tier, credits, quoted, email) == (&other.tier, &other.credits, &other.quoted, &other.email)
}

/// Leaves the row that counts of each day, user, client and profile, in that order, and tells what became of the others. The
/// later export counts; of one export the row that weighs more, in whatever order they were read.
///
/// A profile is one in whatever letters, and by its id alone. A row without a profile beside one named profile of the same
/// user and day is of that profile. Beside several it stays on its own, unless a row of the same client names one and is as
/// late: then that export tells apart what this row didn't.
pub fn settle(rows: &mut Vec<ActivityRow>) -> Settled {
    let mut settled = Settled::default();
    join_profiles(rows);
    name_profiles(rows);
    rows.sort_by(|one, other| {
        (one.date, &one.user, &one.client, &one.profile, &one.issued)
            .cmp(&(other.date, &other.user, &other.client, &other.profile, &other.issued))
            .then_with(|| Weight::of_row(one).cmp(&Weight::of_row(other)))
    });
    // In place: there may be a million.
    rows.dedup_by(|row, last| {
        let same = is_of_one(row, last) && last.profile == row.profile;
        if same {
            settled.count(last, row);
            mem::swap(last, row);
        }
        same
    });
    // A row without a profile is the first of its day, user and client.
    let mut told_apart = Vec::new();
    for rows in rows.chunk_by(is_of_one) {
        let first = rows.first().filter(|row| row.profile.is_empty());
        let later = |first: &ActivityRow| rows.iter().skip(1).any(|row| row.issued >= first.issued);
        told_apart.push(first.is_some_and(later));
        told_apart.extend(rows.iter().skip(1).map(|_| false));
    }
    let before = rows.len();
    let mut told_apart = told_apart.into_iter();
    rows.retain(|_| !told_apart.next().unwrap_or(false));
    let left_out = u64::try_from(before.saturating_sub(rows.len())).unwrap_or(u64::MAX);
    settled.replaced = settled.replaced.saturating_add(left_out);
    settled
}

fn is_of_one(one: &ActivityRow, other: &ActivityRow) -> bool {
    (one.date, &one.user, &one.client) == (other.date, &other.user, &other.client)
}

/// Gives rows without a profile the one that the same user has on the same day, and puts them before those that name it.
fn name_profiles(rows: &mut [ActivityRow]) {
    if !rows.iter().any(|row| row.profile.is_empty()) {
        return;
    }
    rows.sort_by(|one, other| {
        (one.date, &one.user, &one.profile).cmp(&(other.date, &other.user, &other.profile))
    });
    for day in rows.chunk_by_mut(|one, other| (one.date, &one.user) == (other.date, &other.user)) {
        let named = day.iter().find(|row| !row.profile.is_empty()).map(|row| Arc::clone(&row.profile));
        // In their order the last is another one if there are several.
        let Some(named) = named.filter(|named| day.last().is_some_and(|last| last.profile == *named)) else {
            continue;
        };
        for row in day.iter_mut().take_while(|row| row.profile.is_empty()) {
            row.profile = Arc::clone(&named);
        }
    }
}
