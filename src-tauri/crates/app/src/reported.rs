//! What reports say, on its way into the store and out of it again.

use crate::error::{AppError, ErrorCode};
use chrono::NaiveDate;
use headroom_billing::Credits;
use headroom_billing::team::Balance;
use headroom_sources::kiro_activity_report::ActivityRow;
use headroom_sources::observation::SpendRow;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, StoreError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An organisation's user activity reports.
pub(crate) const ACTIVITY: &str = "kiro-activity";
/// What Kilo's service says a team spent.
pub(crate) const KILO_EVERYONE: &str = "kilo-usage";
/// What it says somebody alone spent who may see no more.
pub(crate) const KILO_OWN: &str = "kilo-usage-own";
/// Kilo's usage exports.
pub(crate) const KILO_EXPORT: &str = "kilo-usage-csv";
/// The requests of a machine.
pub(crate) const KILO_MACHINE: &str = "kilo-database";

/// A row of an activity report beside its subject.
#[derive(Serialize, Deserialize)]
struct ActivityBody {
    tier: Option<String>,
    credits: Option<i64>,
    overage_enabled: Option<bool>,
    email: Option<String>,
}

/// A row of what was spent beside its day.
#[derive(Serialize, Deserialize)]
struct SpendBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    /// Millionths of a dollar.
    cost: Option<i64>,
    requests: Option<u64>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

fn json(body: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(body).map_err(|error| AppError::new(ErrorCode::Store, error))
}

fn body<T: DeserializeOwned>(reported: &Reported) -> Result<T, AppError> {
    serde_json::from_str(&reported.body).map_err(|error| {
        let reason = format!("what was reported of {}: {error}", reported.subject.day);
        StoreError::Damaged { table: "reported_usage", id: 0, reason }.into()
    })
}

fn kept(amount: i128) -> Result<i64, AppError> {
    i64::try_from(amount).map_err(|_| StoreError::TooLarge(amount).into())
}

/// A row of an activity report as it is kept.
pub(crate) fn of_activity(row: &ActivityRow) -> Result<Reported, AppError> {
    let text = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
    Ok(Reported {
        subject: Subject {
            day: row.date,
            user: row.user.to_string(),
            profile: row.profile.to_string(),
            client: row.client.to_string(),
            model: String::new(),
        },
        issued: row.issued.to_string(),
        body: json(&ActivityBody {
            tier: text(&row.tier),
            credits: row.credits.map(|credits| kept(credits.hundredths())).transpose()?,
            overage_enabled: row.overage_enabled,
            email: text(&row.email),
        })?,
    })
}

/// The rows of an organisation's reports of these days, both included.
pub(crate) fn activity(
    store: &Store,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<ActivityRow>, AppError> {
    let rows = store.reported(account, ACTIVITY, from, to)?.into_iter().map(|reported| {
        let body: ActivityBody = body(&reported)?;
        let text = |text: Option<String>| text.map(Arc::from);
        Ok(ActivityRow {
            date: reported.subject.day,
            user: reported.subject.user.into(),
            client: reported.subject.client.into(),
            profile: reported.subject.profile.into(),
            tier: text(body.tier),
            credits: body.credits.map(|hundredths| Credits::from_hundredths(hundredths.into())),
            overage_enabled: body.overage_enabled,
            email: text(body.email),
            issued: reported.issued.into(),
        })
    });
    rows.collect()
}

fn spend_body(row: &SpendRow) -> Result<SpendBody, AppError> {
    Ok(SpendBody {
        user: row.user.clone(),
        model: row.model.clone(),
        cost: row.cost.map(|cost| kept(cost.rounded_millionths())).transpose()?,
        requests: row.requests,
        input_tokens: row.input_tokens,
        output_tokens: row.output_tokens,
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
            body: json(&[spend_body(row)?])?,
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
        Ok(Reported {
            subject: Subject {
                day: date,
                user: String::new(),
                profile: String::new(),
                client: client.to_owned(),
                model: String::new(),
            },
            issued: issued.to_owned(),
            body: json(&bodies)?,
        })
    });
    days.collect()
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
        for spent in body::<Vec<SpendBody>>(&reported)? {
            rows.push(SpendRow {
                date: reported.subject.day,
                user: spent.user,
                model: spent.model,
                cost: spent.cost.map(|millionths| Balance::of_millionths(millionths.into())),
                requests: spent.requests,
                input_tokens: spent.input_tokens,
                output_tokens: spent.output_tokens,
            });
        }
    }
    Ok(rows)
}
