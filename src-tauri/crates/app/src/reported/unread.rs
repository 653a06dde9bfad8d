//! Rows of activity reports that nobody could read, day by day: until a later report of the day can be read, every sum of
//! it is the least it can be.

use super::body;
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::kiro::activity_report::{UnreadRows, keep_last};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, Writing};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Under which name they are kept: an entry each file and day, also where all of its rows could be read.
const SOURCE: &str = "kiro-activity-rows";
/// Under which name an older version kept them, which went by the file that was read last.
const OLDER: &str = "kiro-activity-unread";

/// What a file has of a day, beside its clients and profiles.
#[derive(Serialize, Deserialize)]
struct Body<'b> {
    /// When it was exported, so that what another export says alike is an entry of its own.
    #[serde(borrow)]
    issued: Cow<'b, str>,
    rows: u32,
    read: u32,
    #[serde(borrow)]
    users: [Cow<'b, str>; 2],
}

/// Keeps how many rows of a day a file has that could not be read, and that could.
pub(crate) fn append(
    writing: &Writing<'_>,
    account: AccountId,
    unread: &UnreadRows,
    now: Moment,
) -> Result<(), AppError> {
    let UnreadRows { date, clients, profiles, issued, rows, read, users } = unread;
    let subject = Subject {
        day: *date,
        user: String::new(),
        profile: profiles.to_string(),
        client: clients.to_string(),
        model: String::new(),
    };
    let users = users.each_ref().map(|user| Cow::Borrowed(&**user));
    let body = Body { issued: Cow::Borrowed(issued), rows: *rows, read: *read, users };
    let body = serde_json::to_string(&body)?;
    writing.append_reported(account, SOURCE, &Reported { subject, issued: issued.to_string(), body }, now)?;
    Ok(())
}

/// How many rows of these days, both included, could not be read: the days that have any.
pub(crate) fn of(
    store: &Store,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(NaiveDate, u32)>, AppError> {
    let mut unread = Vec::new();
    for reported in store.statements(account, SOURCE, from, to)? {
        let Body { rows, read, users, .. } = body(&reported)?;
        unread.push(kept(&reported, rows, read, users.map(Into::into)));
    }
    for reported in store.reported(account, OLDER, from, to)? {
        unread.push(kept(&reported, body(&reported)?, 0, <[Arc<str>; 2]>::default()));
    }
    keep_last(&mut unread);
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for UnreadRows { date, rows, .. } in unread.into_iter().filter(|unread| unread.rows > 0) {
        let of_day = days.entry(date).or_default();
        *of_day = of_day.saturating_add(rows);
    }
    Ok(days.into_iter().collect())
}

fn kept(reported: &Reported, rows: u32, read: u32, users: [Arc<str>; 2]) -> UnreadRows {
    let Reported { subject: Subject { day, client, profile, .. }, issued, .. } = reported;
    let [clients, profiles, issued] = [client, profile, issued].map(|text| text.as_str().into());
    UnreadRows { date: *day, clients, profiles, issued, rows, read, users }
}
