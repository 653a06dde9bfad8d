//! What reports say, on its way into the store and out of it again.

mod activity;
pub(crate) mod covered;
pub(crate) mod exported;
pub(crate) mod left_out;
pub(crate) mod machine;
mod rows;
pub(crate) mod unread;

pub(crate) use activity::{activity, activity_days, append_activity};

use crate::error::AppError;
use chrono::NaiveDate;
use headroom_exact::{Balance, say};
use headroom_sources::observation::SpendRow;
use headroom_sources::wire::json::differs;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// An organisation's user activity reports.
pub(crate) const ACTIVITY: &str = "kiro-activity";
/// What Kilo's service says a team spent.
pub(crate) const KILO_EVERYONE: &str = "kilo-usage";
/// What it says somebody alone spent who may see no more.
pub(crate) const KILO_OWN: &str = "kilo-usage-own";
/// Kilo's service is asked for so many days of what was spent and for today: a month and the days that charts show.
pub(crate) const KILO_DAYS_ASKED: u64 = 31;
/// Of somebody's own spending its older form tells of so many whole ones.
pub(crate) const KILO_OWN_DAYS: u64 = 29;
/// Kilo's usage exports.
pub(crate) const KILO_EXPORT: &str = "kilo-usage-csv";
/// The requests of a machine.
pub(crate) const KILO_MACHINE: &str = "kilo-database";

/// A row of what was spent beside its day.
#[derive(Serialize, Deserialize)]
struct SpendBody<'b> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    user: Option<Cow<'b, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    model: Option<Cow<'b, str>>,
    /// Millionths of a dollar.
    cost: Option<i64>,
    requests: Option<u64>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    /// Whether a request that stands in the record several times was counted once, as older versions didn't.
    #[serde(default, skip_serializing_if = "is_false")]
    once: bool,
    /// In a row of its own: the requests of the day that the record of a machine holds, whether they count there or in
    /// another's. It is read where such a record is written.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    held: Option<&'b RawValue>,
    /// In that row: requests to other providers, which Kilo doesn't bill, that no record before this one holds.
    #[serde(default, skip_serializing_if = "is_none")]
    elsewhere: u64,
    /// The same of requests of which nobody knows whose they are.
    #[serde(default, skip_serializing_if = "is_none")]
    unnamed: u64,
    /// In the first row of an export that counts under the stamp of one that it took the place of: its own.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    stamp: Option<Cow<'b, str>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_false(is: &bool) -> bool {
    !*is
}

fn body<'r, T: Deserialize<'r>>(reported: &'r Reported) -> Result<T, AppError> {
    serde_json::from_str(&reported.body).map_err(|error| {
        let reason = say!("reported-of", date = reported.subject.day, reason = differs(&error));
        StoreError::Damaged { table: "reported_usage", id: 0, reason }.into()
    })
}

fn kept(amount: i128) -> Result<i64, AppError> {
    i64::try_from(amount).map_err(|_| StoreError::TooLarge(amount).into())
}

fn spend_body(row: &SpendRow) -> Result<SpendBody<'_>, AppError> {
    Ok(SpendBody {
        user: row.user.as_deref().map(Cow::Borrowed),
        model: row.model.as_deref().map(Cow::Borrowed),
        cost: row.cost.map(|cost| kept(cost.rounded_millionths())).transpose()?,
        requests: row.requests,
        input_tokens: row.input_tokens,
        output_tokens: row.output_tokens,
        once: false,
        held: None,
        elsewhere: 0,
        unnamed: 0,
        stamp: None,
    })
}

/// Rows as statements of their own, each about a user and a model: a later one replaces it alone.
pub(crate) fn of_each(rows: &[SpendRow], issued: &str) -> Result<Vec<Reported>, AppError> {
    let each = rows.iter().map(|row| {
        Ok(Reported {
            subject: Subject {
                day: row.date,
                user: row.user.clone().unwrap_or_default(),
                profile: String::new(),
                client: String::new(),
                model: row.model.clone().unwrap_or_default(),
            },
            issued: issued.to_owned(),
            body: serde_json::to_string(&[spend_body(row)?])?,
        })
    });
    each.collect()
}

/// Rows as one statement a day: a later one replaces the whole day, since it may tell apart what this one
/// doesn't. Rows are in the order of their days.
pub(crate) fn of_days(rows: &[SpendRow], client: &str, issued: &str) -> Result<Vec<Reported>, AppError> {
    let days =
        rows.chunk_by(|one, next| one.date == next.date).filter_map(|day| Some((day.first()?.date, day)));
    let days = days.map(|(date, day)| {
        let bodies = day.iter().map(spend_body).collect::<Result<Vec<_>, _>>()?;
        let subject = of_a_day(date, client);
        Ok(Reported { subject, issued: issued.to_owned(), body: serde_json::to_string(&bodies)? })
    });
    days.collect()
}

/// All of a day, as a client tells it.
fn of_a_day(day: NaiveDate, client: &str) -> Subject {
    Subject {
        day,
        user: String::new(),
        profile: String::new(),
        client: client.to_owned(),
        model: String::new(),
    }
}

/// The row of a day as it was kept; none where it says what a record holds, which may count in another.
fn spend_row(date: NaiveDate, spent: SpendBody<'_>) -> Option<SpendRow> {
    spent.held.is_none().then_some(SpendRow {
        date,
        user: spent.user.map(Cow::into_owned),
        model: spent.model.map(Cow::into_owned),
        cost: spent.cost.map(|millionths| Balance::of_millionths(millionths.into())),
        requests: spent.requests,
        input_tokens: spent.input_tokens,
        output_tokens: spent.output_tokens,
    })
}

/// What a source says was spent on these days, both included.
pub(crate) fn spend(
    store: &Store,
    account: AccountId,
    source: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<SpendRow>, AppError> {
    let mut rows = Vec::new();
    for reported in store.reported(account, source, from, to)? {
        let said = body::<Vec<SpendBody<'_>>>(&reported)?;
        rows.extend(said.into_iter().filter_map(|row| spend_row(reported.subject.day, row)));
    }
    Ok(rows)
}
