//! On which days each record of a machine lacks what could not be read: as it was when the record was read last.

use super::LeftOut;
use crate::error::AppError;
use crate::reported::{body, of_a_day};
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::Reported;
use headroom_store::{Store, Writing};

/// Under which name it is kept.
const SOURCE: &str = "kilo-database-unread";

/// The day under which all of a record's are kept.
fn kept_on() -> NaiveDate {
    NaiveDate::default()
}

/// Keeps the days of a record; under none those of which nobody knows the day.
pub(crate) fn append(
    writing: &Writing<'_>,
    account: AccountId,
    (place, days): (&str, impl Iterator<Item = Option<NaiveDate>>),
    now: Moment,
) -> Result<(), AppError> {
    let days: Vec<_> = days.collect();
    let subject = of_a_day(kept_on(), place);
    let known = writing.statements_about(account, SOURCE, &subject)?;
    let last = known.last().map(|last| last.issued.clone());
    if days.is_empty() && last.is_none() {
        return Ok(());
    }
    let issued = now.to_string().max(last.unwrap_or_default());
    let reported = Reported { subject, issued, body: serde_json::to_string(&days)? };
    writing.append_last_reported(account, SOURCE, &reported, now)?;
    Ok(())
}

/// Adds those of every record.
pub(in crate::reported) fn add_to(
    left_out: &mut LeftOut,
    store: &Store,
    account: AccountId,
) -> Result<(), AppError> {
    for reported in store.reported(account, SOURCE, kept_on(), kept_on())? {
        for date in body::<Vec<Option<NaiveDate>>>(&reported)? {
            left_out.misses(date);
        }
    }
    Ok(())
}
