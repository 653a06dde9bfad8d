//! What the records of machines hold, day by day, and what counts of it (F6): a request once, in whichever records copies of it
//! stand. Each record's day is kept with the requests that it holds; what counts is decided anew from all of them whenever
//! one comes, so that it is the same in whatever order they come.

use super::{KILO_MACHINE, SpendBody, body, of_a_day, spend_body, spend_row};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_exact::{Balance, Moment, say};
use headroom_sources::kilo::database::{Day, counting, requests};
use headroom_sources::observation::SpendRow;
use headroom_sources::wire::json::differs;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{StoreError, Writing};
use serde_json::value::to_raw_value;

/// A day of a machine's record.
pub(crate) struct MachineDay<'d> {
    /// Where the record lies.
    pub place: &'d str,
    pub date: NaiveDate,
    /// A [`Day`] as JSON.
    pub held: &'d str,
    /// Copies within the record.
    pub copies: u64,
    /// Where records lie that come after it: which of the two is a copy is told with those.
    pub later: &'d [&'d str],
}

/// What became of a day.
pub(crate) struct Appended {
    /// Whether more of the day, or something else, is known than before.
    pub is_new: bool,
    /// How many of the record's requests stand in other records, too, but for those that come after it.
    pub copies: u64,
}

/// What is known of a day from a record.
struct Known {
    subject: Subject,
    issued: String,
    rows: Vec<SpendRow>,
    /// Whether each request was counted once, as older versions didn't.
    once: bool,
    /// None where an older version wrote it.
    held: Option<Day>,
}

fn held(subject: &Subject, json: &str) -> Result<Day, AppError> {
    serde_json::from_str(json).map_err(|error| {
        let reason = say!("reported-of", date = subject.day, reason = differs(&error));
        StoreError::Damaged { table: "reported_usage", id: 0, reason }.into()
    })
}

impl Known {
    fn of(reported: Reported) -> Result<Self, AppError> {
        let said: Vec<SpendBody<'_>> = body(&reported)?;
        let once = said.iter().all(|row| row.once);
        let day = said.iter().find_map(|row| row.held).map(|json| held(&reported.subject, json.get()));
        let day = day.transpose()?;
        let date = reported.subject.day;
        let rows = said.into_iter().filter_map(|row| spend_row(date, row)).collect();
        let Reported { subject, issued, .. } = reported;
        Ok(Self { subject, issued, rows, once, held: day })
    }

    /// What the record holds now that it says this, beside so many copies within it; none where nobody knows what it held and a
    /// day of fewer requests than are known says nothing. Where an older version counted copies too, they are set against those
    /// that it counted.
    fn now_holds(&self, now: Day, copies: u64) -> Option<Day> {
        if let Some(before) = &self.held {
            return Some(now.and(before));
        }
        let here = alone(self.subject.day, &now);
        let here = if self.once { here } else { here.saturating_add(copies) };
        (here >= requests(&self.rows)).then_some(now)
    }

    /// As it is kept.
    fn reported(&self, now: Moment) -> Result<Reported, AppError> {
        let Self { subject, issued, rows, held, .. } = self;
        let held = held.as_ref().map(to_raw_value).transpose()?;
        let once = |row| Ok::<_, AppError>(SpendBody { once: true, ..spend_body(row)? });
        let mut bodies: Vec<SpendBody<'_>> = rows.iter().map(once).collect::<Result<_, _>>()?;
        bodies.push(SpendBody {
            user: None,
            model: None,
            cost: Some(0),
            requests: Some(0),
            input_tokens: None,
            output_tokens: None,
            once: true,
            held: held.as_deref(),
        });
        // Whatever the clock says: what is decided later counts.
        let issued = now.to_string().max(issued.clone());
        Ok(Reported { subject: subject.clone(), issued, body: serde_json::to_string(&bodies)? })
    }
}

/// Requests of a day that several records hold.
fn among(date: NaiveDate, days: &[&Day]) -> u64 {
    counting(date, days).iter().map(|rows| requests(rows)).fold(0, u64::saturating_add)
}

fn alone(date: NaiveDate, day: &Day) -> u64 {
    among(date, &[day])
}

/// What is known of a day from all records together.
fn in_all(known: &[Known]) -> (Total<Balance>, u64, [u64; 2]) {
    let rows = || known.iter().flat_map(|known| &known.rows);
    let count = |of: fn(&SpendRow) -> Option<u64>| rows().filter_map(of).fold(0, u64::saturating_add);
    let tokens = [count(|row| row.input_tokens), count(|row| row.output_tokens)];
    (Total::of_parts(rows().map(|row| row.cost)), count(|row| row.requests), tokens)
}

/// Appends what a machine's record says of a day, and what that changes of others' of the same day.
pub(crate) fn append_machine_day(
    writing: &Writing<'_>,
    account: AccountId,
    day: &MachineDay<'_>,
    now: Moment,
) -> Result<Appended, AppError> {
    let &MachineDay { place, date, held: json, copies, later } = day;
    let subject = of_a_day(date, place);
    let said = held(&subject, json)?;
    let reported = writing.reported_of(account, KILO_MACHINE, date)?;
    let mut known = reported.into_iter().map(Known::of).collect::<Result<Vec<_>, _>>()?;
    let before = in_all(&known);
    if let Some(own) = known.iter_mut().find(|known| known.subject == subject) {
        let Some(held) = own.now_holds(said, copies) else {
            return Ok(Appended { is_new: false, copies: 0 });
        };
        own.held = Some(held);
    } else {
        // Of several that say the same of a request it counts in the first: one that comes takes nothing from others.
        let (rows, held) = (Vec::new(), Some(said));
        known.push(Known { subject: subject.clone(), issued: String::new(), rows, once: true, held });
    }
    let copies = copies_among(date, &known, (&subject, later));
    count(date, &mut known);
    for known in known.iter().filter(|known| known.held.is_some()) {
        writing.append_last_reported(account, KILO_MACHINE, &known.reported(now)?, now)?;
    }
    Ok(Appended { is_new: in_all(&known) != before, copies })
}

/// How many requests of a record stand in others, too, but for those that come later.
fn copies_among(date: NaiveDate, known: &[Known], (own, later): (&Subject, &[&str])) -> u64 {
    let is_told = |known: &&Known| !later.contains(&&*known.subject.client);
    let (of_own, others): (Vec<_>, Vec<_>) =
        known.iter().filter(is_told).partition(|known| known.subject == *own);
    let days =
        |of: &[&Known]| among(date, &of.iter().filter_map(|known| known.held.as_ref()).collect::<Vec<_>>());
    if others.is_empty() {
        return 0;
    }
    days(&of_own).saturating_add(days(&others)).saturating_sub(days(&[of_own, others].concat()))
}

/// Decides what counts of each record's day.
fn count(date: NaiveDate, known: &mut [Known]) {
    let all = counting(date, &known.iter().filter_map(|known| known.held.as_ref()).collect::<Vec<_>>());
    for (known, rows) in known.iter_mut().filter(|known| known.held.is_some()).zip(all) {
        known.rows = rows;
    }
}
