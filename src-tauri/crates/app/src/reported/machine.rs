//! What the records of machines hold, day by day, and what counts of it (F6): a request once, in whichever records copies of it
//! stand. Each record's day is kept with the requests that it holds; what counts is decided anew from all of them whenever
//! one comes, so that it is the same in whatever order they come.

use super::left_out::{LeftOut, missing};
use super::{KILO_MACHINE, SpendBody, body, of_a_day, spend_body, spend_row};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_exact::{Balance, Moment};
use headroom_sources::kilo::database::{Counts, Day, counting, requests};
use headroom_sources::observation::SpendRow;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{FIRST_DAY, Reported, Subject};
use headroom_store::{Store, Writing};
use serde_json::value::to_raw_value;
use std::collections::BTreeMap;

/// A day of a machine's record.
pub(crate) struct MachineDay<'d> {
    /// Where the record lies.
    pub place: &'d str,
    pub date: NaiveDate,
    pub held: &'d Day,
    /// What counts of it, as long as no other record holds any of it.
    pub counts: Option<&'d Counts>,
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
    counts: Counts,
    /// Whether each request was counted once, as older versions didn't.
    once: bool,
    /// None where an older version wrote it.
    held: Option<Day>,
}

impl Known {
    fn of(reported: Reported) -> Result<Self, AppError> {
        let said: Vec<SpendBody<'_>> = body(&reported)?;
        let once = said.iter().all(|row| row.once);
        // What an unreleased version held otherwise is as if nobody had known what was held.
        let day = said.iter().find_map(|row| row.held).and_then(|json| serde_json::from_str(json.get()).ok());
        let date = reported.subject.day;
        let counts = counts_of(date, said);
        let Reported { subject, issued, .. } = reported;
        Ok(Self { subject, issued, counts, once, held: day })
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
        (here >= requests(&self.counts.rows)).then_some(now)
    }

    /// As it is kept.
    fn reported(&self, now: Moment) -> Result<Reported, AppError> {
        let Self { subject, issued, counts, held, .. } = self;
        let held = held.as_ref().map(to_raw_value).transpose()?;
        let once = |row| Ok::<_, AppError>(SpendBody { once: true, ..spend_body(row)? });
        let mut bodies: Vec<SpendBody<'_>> = counts.rows.iter().map(once).collect::<Result<_, _>>()?;
        bodies.push(SpendBody {
            user: None,
            model: None,
            cost: Some(0),
            requests: Some(0),
            input_tokens: None,
            output_tokens: None,
            once: true,
            held: held.as_deref(),
            elsewhere: counts.elsewhere,
            unnamed: counts.unnamed,
            stamp: None,
        });
        // Whatever the clock says: what is decided later counts.
        let issued = now.to_string().max(issued.clone());
        Ok(Reported { subject: subject.clone(), issued, body: serde_json::to_string(&bodies)? })
    }
}

/// Requests of a day that several records hold.
fn among(date: NaiveDate, days: &[&Day]) -> u64 {
    counting(date, days).iter().map(|counts| requests(&counts.rows)).fold(0, u64::saturating_add)
}

fn alone(date: NaiveDate, day: &Day) -> u64 {
    among(date, &[day])
}

/// What is known of a day from all records together.
fn in_all(known: &[Known]) -> (Total<Balance>, u64, [u64; 4]) {
    let rows = || known.iter().flat_map(|known| &known.counts.rows);
    let count = |of: fn(&SpendRow) -> Option<u64>| rows().filter_map(of).fold(0, u64::saturating_add);
    let apart =
        |of: fn(&Counts) -> u64| known.iter().map(|known| of(&known.counts)).fold(0, u64::saturating_add);
    let others = [
        count(|row| row.input_tokens),
        count(|row| row.output_tokens),
        apart(|counts| counts.elsewhere),
        apart(|counts| counts.unnamed),
    ];
    (Total::of_parts(rows().map(|row| row.cost)), count(|row| row.requests), others)
}

/// Appends what a machine's record says of a day, and what that changes of others' of the same day.
pub(crate) fn append_machine_day(
    writing: &Writing<'_>,
    account: AccountId,
    day: &MachineDay<'_>,
    now: Moment,
) -> Result<Appended, AppError> {
    let &MachineDay { place, date, held: said, counts, copies, later } = day;
    let subject = of_a_day(date, place);
    let reported = writing.reported_of(account, KILO_MACHINE, date)?;
    let mut known = reported.into_iter().map(Known::of).collect::<Result<Vec<_>, _>>()?;
    let before = in_all(&known);
    if let Some(own) = known.iter_mut().find(|known| known.subject == subject) {
        let Some(held) = own.now_holds(said.clone(), copies) else {
            return Ok(Appended { is_new: false, copies: 0 });
        };
        own.held = Some(held);
    } else {
        // Of several that say the same of a request it counts in the first: one that comes takes nothing from others.
        let (counts, held) = (Counts::default(), Some(said.clone()));
        known.push(Known { subject: subject.clone(), issued: String::new(), counts, once: true, held });
    }
    let copies = copies_among(date, &known, (&subject, later));
    match (known.as_mut_slice(), counts) {
        ([alone], Some(counts)) if alone.held.as_ref() == Some(said) => alone.counts = counts.clone(),
        (known, _) => count(date, known),
    }
    for known in known.iter().filter(|known| known.held.is_some()) {
        writing.append_last_reported(account, KILO_MACHINE, &known.reported(now)?, now)?;
    }
    Ok(Appended { is_new: in_all(&known) != before, copies })
}

/// Takes back what an older version kept of a machine's record under days that were none, since it took seconds for milliseconds:
/// read again, its requests stand on their own days, whether the record lies where it lay or somewhere else now.
pub(crate) fn take_back_before_any(
    writing: &Writing<'_>,
    account: AccountId,
    (place, days): (&str, &BTreeMap<NaiveDate, Day>),
    now: Moment,
) -> Result<(), AppError> {
    for subject in writing.told_before_any(account, KILO_MACHINE)? {
        let date = subject.day;
        let reported = writing.reported_of(account, KILO_MACHINE, date)?;
        let mut known = reported.into_iter().map(Known::of).collect::<Result<Vec<_>, _>>()?;
        let Some(own) = known.iter_mut().find(|known| known.subject == subject) else { continue };
        let stands_here = || own.held.as_ref().is_some_and(|held| held.was_before_any(date, days));
        // What holds nothing any more takes nothing back.
        let is_read_again = subject.client == place && !days.is_empty();
        if !is_read_again && !stands_here() {
            continue;
        }
        own.held = Some(Day::default());
        // What others hold of it, too, counts there now.
        count(date, &mut known);
        for known in known.iter().filter(|known| known.held.is_some()) {
            writing.append_last_reported(account, KILO_MACHINE, &known.reported(now)?, now)?;
        }
    }
    Ok(())
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
    for (known, counts) in known.iter_mut().filter(|known| known.held.is_some()).zip(all) {
        known.counts = counts;
    }
}

/// What counts of a day in a record, as it is kept.
fn counts_of(date: NaiveDate, said: Vec<SpendBody<'_>>) -> Counts {
    let apart = |of: fn(&SpendBody<'_>) -> u64| said.iter().map(of).fold(0, u64::saturating_add);
    let (elsewhere, unnamed) = (apart(|row| row.elsewhere), apart(|row| row.unnamed));
    Counts { rows: said.into_iter().filter_map(|row| spend_row(date, row)).collect(), elsewhere, unnamed }
}

/// What counts of all records on these days, both included, and what isn't in it.
pub(crate) fn spent(
    store: &Store,
    account: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<(Vec<SpendRow>, LeftOut), AppError> {
    let (mut rows, mut left_out) = (Vec::new(), LeftOut::default());
    for reported in store.reported(account, KILO_MACHINE, from, to)? {
        let date = reported.subject.day;
        let counts = counts_of(date, body(&reported)?);
        rows.extend(counts.rows);
        left_out.add(date, counts.elsewhere, counts.unnamed);
    }
    missing::add_to(&mut left_out, store, account)?;
    // What an older version kept under days that were none was used on others, which nobody knows.
    let none = (NaiveDate::default(), FIRST_DAY.pred_opt().unwrap_or_default());
    for reported in store.reported(account, KILO_MACHINE, none.0, none.1)? {
        let Counts { rows, elsewhere: _, unnamed } = counts_of(reported.subject.day, body(&reported)?);
        if requests(&rows) > 0 || unnamed > 0 {
            left_out.misses(None);
        }
    }
    Ok((rows, left_out))
}
