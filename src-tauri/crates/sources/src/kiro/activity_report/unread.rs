//! Rows of reports that could not be read, by their days: what they say is missing from sums of those days.

use super::names::can_be_one;
use chrono::NaiveDate;
use std::cmp::Reverse;
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
    /// How many rows of the day could be read beside them.
    pub read: u32,
    /// The first and the last user of those, by the letters of their ids: as far as the file is known to reach.
    pub users: [Arc<str>; 2],
}

impl UnreadRows {
    /// Whether anybody knows of whom the file is: where nobody does, any later file of the day takes its place.
    fn is_somebodys(&self) -> bool {
        !self.clients.is_empty() || !self.profiles.is_empty()
    }

    /// Whether it has what another file lost, as far as anything tells: as many rows of as many users, and fewer that can't be read.
    fn mends(&self, other: &Self) -> bool {
        let rows = |of: &Self| of.rows.saturating_add(of.read);
        let [[first, last], [others_first, others_last]] = [&self.users, &other.users];
        let reaches_as_far = other.read == 0 || (first <= others_first && last >= others_last);
        self.rows < other.rows && rows(self) >= rows(other) && reaches_as_far
    }

    /// Whether it takes the place of another file's: it was exported later, or mends that one while nothing tells which is the later. It
    /// tells of all that the other does. One that nobody knows whose it is can be another client's, of those exported at once.
    fn replaces(&self, other: &Self) -> bool {
        // What older files don't have, a newer one tells of all the same.
        let has = |own: &str, name: &str| name.is_empty() || own.split(' ').any(|own| can_be_one(own, name));
        let has_all = |own: &str, others: &str| others.split(' ').all(|name| has(own, name));
        let tells_of_all =
            || has_all(&self.clients, &other.clients) && has_all(&self.profiles, &other.profiles);
        let can_be_told = other.is_somebodys() || other.issued.is_empty();
        let is_later =
            self.issued > other.issued || (self.issued == other.issued && can_be_told && self.mends(other));
        is_later && (!other.is_somebodys() || tells_of_all())
    }
}

/// Of each day keeps what no later file tells of, in whatever order they come; of the same clients and profiles, where nothing tells which
/// is the later, what the one has that lost the most.
pub fn keep_last(unread: &mut Vec<UnreadRows>) {
    let about = |unread: &UnreadRows| {
        let UnreadRows { date, clients, profiles, .. } = unread;
        (*date, Arc::clone(clients), Arc::clone(profiles))
    };
    unread.sort_by_cached_key(|of| (about(of), Reverse((Arc::clone(&of.issued), of.rows, of.read))));
    unread.dedup();
    let mut kept = Vec::new();
    for day in unread.chunk_by(|one, other| one.date == other.date) {
        kept.extend(day.iter().filter(|of| !day.iter().any(|other| other.replaces(of))).cloned());
    }
    kept.dedup_by_key(|of| about(of));
    *unread = kept;
}

/// More clients or profiles than a file has.
const MOST_NAMES: usize = 64;

/// The same while a file is read.
#[derive(Default)]
pub struct Unread {
    /// How many rows of each couldn't be read, and how many could.
    days: BTreeMap<NaiveDate, (u32, u32)>,
    /// Of a day that isn't known yet.
    first: u32,
    /// The day of the row before, and what was counted since another's: most rows have the same.
    last: Option<(NaiveDate, (u32, u32))>,
    clients: BTreeSet<Arc<str>>,
    profiles: BTreeSet<Arc<str>>,
    /// Those of the row before: most rows have the same, and each text is kept once.
    before: Option<[Arc<str>; 2]>,
    /// The first and the last user by the letters of their ids.
    users: Option<[Arc<str>; 2]>,
}

impl Unread {
    /// Of that day a row couldn't be read; none where no row of the file has said a day yet.
    pub fn lost(&mut self, day: Option<NaiveDate>) {
        match day {
            Some(day) => self.note(day, (1, 0)),
            None => self.first = self.first.saturating_add(1),
        }
    }

    /// Of that day a row was read, of a user, a client and a profile.
    pub fn read(&mut self, day: NaiveDate, [user, client, profile]: [&Arc<str>; 3]) {
        self.note(day, (0, 1));
        self.note_whose(client, profile);
        let [first, last] = self.users.get_or_insert_with(|| [(); 2].map(|()| Arc::clone(user)));
        if user < first {
            *first = Arc::clone(user);
        } else if user > last {
            *last = Arc::clone(user);
        }
    }

    fn note(&mut self, day: NaiveDate, (unread, read): (u32, u32)) {
        let unread = unread.saturating_add(mem::take(&mut self.first));
        match &mut self.last {
            Some((known, of_day)) if *known == day => {
                *of_day = (of_day.0.saturating_add(unread), of_day.1.saturating_add(read));
            }
            before => {
                let before = before.replace((day, (unread, read)));
                self.keep(before);
            }
        }
    }

    /// Adds what was counted of a day to what is known of it.
    fn keep(&mut self, counted: Option<(NaiveDate, (u32, u32))>) {
        if let Some((day, (unread, read))) = counted {
            let of_day = self.days.entry(day).or_default();
            *of_day = (of_day.0.saturating_add(unread), of_day.1.saturating_add(read));
        }
    }

    fn note_whose(&mut self, client: &Arc<str>, profile: &Arc<str>) {
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

    pub fn done(mut self, issued: &Arc<str>) -> impl Iterator<Item = UnreadRows> {
        let counted = self.last.take();
        self.keep(counted);
        let issued = Arc::clone(issued);
        let all = |names: &BTreeSet<Arc<str>>| {
            names.iter().map(|name| &**name).collect::<Vec<_>>().join(" ").into()
        };
        let [clients, profiles]: [Arc<str>; 2] = [all(&self.clients), all(&self.profiles)];
        let users = self.users.unwrap_or_default();
        self.days.into_iter().map(move |(date, (rows, read))| UnreadRows {
            date,
            clients: Arc::clone(&clients),
            profiles: Arc::clone(&profiles),
            issued: Arc::clone(&issued),
            rows,
            read,
            users: users.clone(),
        })
    }
}
