//! Rows of reports that could not be read, by their days: what they say is missing from sums of those days.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

/// Rows of a day that could not be read. One that doesn't say its day either counts to that of the row before it, since
/// reports are in the order of their days; the first of a file to that of the row after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnreadRows {
    /// The day, UTC.
    pub date: NaiveDate,
    /// The clients that the file tells of: a file of others' takes nothing of it back. Empty where no row of it could be read.
    pub clients: Arc<str>,
    /// The profiles, in the same way.
    pub profiles: Arc<str>,
    /// When it was exported, as [`ActivityRow::issued`].
    pub issued: Arc<str>,
    /// How many; none where all of them could be read.
    pub rows: u32,
}

impl UnreadRows {
    /// Whether anybody knows of whom the file is: where nobody does, any later file of the day takes its place.
    #[must_use]
    pub fn is_somebodys(&self) -> bool {
        !self.clients.is_empty() || !self.profiles.is_empty()
    }
}

/// Of each day, of the same clients and profiles, keeps what the file exported last has; of two exported at once, the one read
/// later.
pub fn keep_last(unread: &mut Vec<UnreadRows>) {
    let about = |unread: &UnreadRows| {
        let UnreadRows { date, clients, profiles, .. } = unread;
        (*date, Arc::clone(clients), Arc::clone(profiles))
    };
    unread.sort_by(|one, other| (about(one), &one.issued).cmp(&(about(other), &other.issued)));
    unread.reverse();
    unread.dedup_by_key(|unread| about(unread));
    unread.reverse();
    let mut last: BTreeMap<NaiveDate, Arc<str>> = BTreeMap::new();
    for UnreadRows { date, issued, .. } in &*unread {
        let known = last.entry(*date).or_default();
        if issued > known {
            *known = Arc::clone(issued);
        }
    }
    unread.retain(|unread| unread.is_somebodys() || last.get(&unread.date) <= Some(&unread.issued));
}

/// More clients or profiles than a file has.
const MOST_NAMES: usize = 64;

/// The same while a file is read.
#[derive(Default)]
pub struct Unread {
    days: BTreeMap<NaiveDate, u32>,
    /// Of a day that isn't known yet.
    first: u32,
    last: Option<NaiveDate>,
    clients: BTreeSet<Arc<str>>,
    profiles: BTreeSet<Arc<str>>,
    /// Those of the row before: most rows have the same, and each text is kept once.
    before: Option<[Arc<str>; 2]>,
}

impl Unread {
    /// Of that day a row was read, or so many were not; none where no row of the file has said a day yet.
    pub fn note(&mut self, day: Option<NaiveDate>, rows: u32) {
        let Some(day) = day else {
            self.first = self.first.saturating_add(rows);
            return;
        };
        if self.last == Some(day) && rows == 0 {
            return;
        }
        self.last = Some(day);
        let of_day = self.days.entry(day).or_default();
        *of_day = of_day.saturating_add(rows).saturating_add(mem::take(&mut self.first));
    }

    /// Of that client and profile a row was read.
    pub fn note_whose(&mut self, client: &Arc<str>, profile: &Arc<str>) {
        let is_before =
            |[one, other]: &[Arc<str>; 2]| Arc::ptr_eq(one, client) && Arc::ptr_eq(other, profile);
        if self.before.as_ref().is_some_and(is_before) {
            return;
        }
        self.before = Some([Arc::clone(client), Arc::clone(profile)]);
        for (names, name) in [(&mut self.clients, client), (&mut self.profiles, profile)] {
            if names.len() < MOST_NAMES && !names.contains(name) {
                names.insert(Arc::clone(name));
            }
        }
    }

    pub fn done(self, issued: &Arc<str>) -> impl Iterator<Item = UnreadRows> {
        let issued = Arc::clone(issued);
        let all = |names: &BTreeSet<Arc<str>>| {
            names.iter().map(|name| &**name).collect::<Vec<_>>().join(" ").into()
        };
        let [clients, profiles]: [Arc<str>; 2] = [all(&self.clients), all(&self.profiles)];
        self.days.into_iter().map(move |(date, rows)| UnreadRows {
            date,
            clients: Arc::clone(&clients),
            profiles: Arc::clone(&profiles),
            issued: Arc::clone(&issued),
            rows,
        })
    }
}
