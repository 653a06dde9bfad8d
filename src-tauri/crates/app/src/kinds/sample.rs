//! What samples are made of, of whatever kind: chance that is the same on every machine, and made-up records.

use crate::error::AppError;
use crate::quoted::{TOLD, Told};
use crate::reported::{self, KILO_EVERYONE};
use chrono::{Datelike, NaiveDate, Weekday};
use headroom_exact::{Moment, Saying};
use headroom_sources::observation::SpendRow;
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::snapshots::Snapshot;

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

/// What is made up to have been spent, in the order of its days: as if Kilo had told it at the end of each of them, and now.
pub(super) fn spent(
    writing: &Writing<'_>,
    id: AccountId,
    (source, rows): (&str, &[SpendRow]),
    now: Moment,
) -> Result<(), AppError> {
    let told = serde_json::to_string(&Told { everyone: source == KILO_EVERYONE, cut: false, since: None })?;
    let mut asked = Vec::new();
    for day in rows.chunk_by(|one, next| one.date == next.date) {
        let Some(row) = day.first() else { continue };
        let at = Moment::on(row.date, 0).plus_days(1).min(now);
        for reported in reported::of_each(day, &at.to_string())? {
            writing.append_reported(id, source, &reported, now)?;
        }
        asked.push(at);
    }
    // Kept once, with when it was said first and last.
    for fetched_at in asked.first().copied().into_iter().chain([now]) {
        writing.append_snapshot(id, &Snapshot { fetched_at, source: TOLD.to_owned(), body: told.clone() })?;
    }
    Ok(())
}
