//! Rows of activity reports that nobody could read, day by day: until a later report of the day can be read, every sum of
//! it is the least it can be.

use super::body;
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::kiro::activity_report::UnreadRows;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, Writing};
use std::collections::BTreeMap;

/// Under which name they are kept.
const SOURCE: &str = "kiro-activity-unread";

/// Keeps how many rows of a day could not be read, where any could not or it was so before: of the clients and profiles that the
/// file tells of, and of whatever file nobody knows of whom it was.
pub(crate) fn append(
    writing: &Writing<'_>,
    account: AccountId,
    unread: &UnreadRows,
    now: Moment,
) -> Result<(), AppError> {
    let whose = [(&*unread.clients, &*unread.profiles, unread.rows), ("", "", 0)];
    let whose = whose.into_iter().take(if unread.is_somebodys() { 2 } else { 1 });
    for (client, profile, rows) in whose {
        let subject = Subject {
            day: unread.date,
            user: String::new(),
            profile: profile.to_owned(),
            client: client.to_owned(),
            model: String::new(),
        };
        if rows == 0 && writing.statements_about(account, SOURCE, &subject)?.is_empty() {
            continue;
        }
        let reported = Reported { subject, issued: unread.issued.to_string(), body: rows.to_string() };
        writing.append_reported(account, SOURCE, &reported, now)?;
    }
    Ok(())
}

/// How many rows of these days, both included, could not be read: the days that have any.
pub(crate) fn of(
    store: &Store,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(NaiveDate, u32)>, AppError> {
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for reported in store.reported(account, SOURCE, from, to)? {
        let rows: u32 = body(&reported)?;
        if rows > 0 {
            let of_day = days.entry(reported.subject.day).or_default();
            *of_day = of_day.saturating_add(rows);
        }
    }
    Ok(days.into_iter().collect())
}
