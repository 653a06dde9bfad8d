//! What samples are made of, of whatever kind: chance that is the same on every machine, and made-up records.

use crate::error::AppError;
use chrono::{Datelike, NaiveDate, Weekday};
use headroom_exact::{Moment, Saying};
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};

/// A kind's sample.
pub(crate) struct Sample {
    /// What it is called, as the window's language has it when it is made.
    pub name: Saying,
    /// Writes what is recorded of it until now into an account that is new.
    pub write: fn(&Writing<'_>, AccountId, Moment) -> Result<(), AppError>,
}

/// A small generator of pseudo-random numbers (xorshift), so that a sample needs no dependency and is the same on every
/// machine.
pub(super) struct Chance(pub u64);

impl Chance {
    /// From 0 up to but not including `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Whether somebody works on a day: hardly ever on a weekend, and not on every other day.
pub(super) fn works(date: NaiveDate, chance: &mut Chance) -> bool {
    match date.weekday() {
        Weekday::Sat | Weekday::Sun => chance.below(12) == 0,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => chance.below(12) > 0,
    }
}

/// Something that the owner of a sample is made up to have recorded.
pub(super) fn event(at: Moment, kind: EventKind, key: String, body: String) -> NewEvent {
    NewEvent { at, kind, key, credits: None, model: None, session: None, source: "sample", body }
}
