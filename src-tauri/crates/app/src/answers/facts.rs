//! What owners state of their accounts: it comes from the window and goes there, and is kept as it was stated.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// The account's facts as its owner states them. Kept as they were stated, one event each time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
pub struct Facts {
    /// The plan's id; none where it wasn't stated and no vendor says it.
    #[serde(default)]
    pub plan: Option<String>,
    /// The day of the first payment ever, if there was one (K8, K9).
    #[serde(default)]
    #[ts(type = "string | null")]
    pub first_paid_on: Option<NaiveDate>,
    /// The day of the sign-up, if the bonus credits of that day are to be counted (K2).
    #[serde(default)]
    #[ts(type = "string | null")]
    pub signed_up_on: Option<NaiveDate>,
    /// The billing address: two letters (K11, K12).
    pub country: String,
    /// The overage switch when the account was first described (K5); none when it is left as it is.
    pub overage_enabled: Option<bool>,
    /// The price list the account is billed by; none is each month's own, the one in force at its start (N1).
    #[serde(default)]
    pub price_list: Option<String>,
    /// The day since which the plan is held, where it isn't that of the first payment: what was held before isn't known.
    /// With Free it is the day on which a paid plan ended.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub plan_since: Option<NaiveDate>,
    /// Dollars that are granted on the first payment, where that is known (N3).
    #[serde(default)]
    pub first_payment_credit: Option<String>,
    /// The plan's credits a month as Kiro's page shows them, where they aren't the list's (N7).
    #[serde(default)]
    pub own_limit: Option<String>,
    /// Tax in percent, a decimal; none leaves it to the country (K11).
    #[serde(default)]
    pub tax_percent: Option<String>,
}

/// What the owner states anew about an account of one person. What isn't in it stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FactsChange {
    /// The plan's id: since the first paid day. Plan changes recorded until now count no more then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plan: Option<String>,
    /// The day of the first payment ever; null if there was none.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub first_paid_on: Option<Option<NaiveDate>>,
    /// The day of the sign-up; null if its bonus credits aren't to be counted.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub signed_up_on: Option<Option<NaiveDate>>,
    /// The billing address: two letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub country: Option<String>,
    /// The overage switch when the account became paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub overage_enabled: Option<bool>,
    /// The price list; null is each month's own.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub price_list: Option<Option<String>>,
    /// The day since which the plan is held; null is the day of the first payment.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub plan_since: Option<Option<NaiveDate>>,
    /// Dollars granted on the first payment; null if nothing is known of that.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub first_payment_credit: Option<Option<String>>,
    /// The plan's credits a month; null is the list's.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub own_limit: Option<Option<String>>,
    /// Tax in percent; null leaves it to the country.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string | null")]
    pub tax_percent: Option<Option<String>>,
}

/// A key that is there is said, also when it says null.
#[expect(
    clippy::option_option,
    reason = "a key that is left out, one that says none, and one that says something"
)]
fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A team's facts as its owner states them. Kept as they were stated, one event each time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct TeamFacts {
    /// The day its first cycle began (T1).
    #[ts(type = "string")]
    pub started_on: NaiveDate,
    /// Which of the price list's seat prices, such as `monthly`.
    pub seat_price: String,
    /// Seats paid for; where Kilo says so itself, that counts.
    #[ts(type = "number")]
    pub seats: u64,
    /// Tax in percent, a decimal; none where none is charged or it isn't known.
    #[serde(default)]
    pub tax_percent: Option<String>,
    /// The price list; none is the one of the sources.
    #[serde(default)]
    pub price_list: Option<String>,
    /// The day a payment first failed that hasn't succeeded since (T5).
    #[serde(default)]
    #[ts(type = "string | null")]
    pub payment_failed_on: Option<NaiveDate>,
    /// The tier of Kilo Pass, such as `pro`; none without. Where Kilo says so itself, that counts.
    #[serde(default)]
    pub pass: Option<String>,
    /// The day Kilo Pass began.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub pass_since: Option<NaiveDate>,
    /// Dollars of credits that are bought by themselves; none where that is off or isn't known. Where Kilo says so itself,
    /// that counts.
    #[serde(default)]
    pub top_up: Option<String>,
    /// Whether Kilo charges the team no service fee.
    #[serde(default)]
    pub fee_exempt: bool,
}
