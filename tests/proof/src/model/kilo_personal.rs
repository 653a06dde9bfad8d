//! Somebody's own account at Kilo a second time: what a Kilo Pass charges next and what its bonus waits for, what purchases
//! charged. Whole cents and millionths, days as numbers; nothing of the engine's.

use super::calendar::{DAY, Time, date, length, midnight};
use serde_json::{Value, json};

/// A subscription as it is told; moments are days since 1970, amounts millionths of a dollar.
#[derive(Clone, Debug)]
pub struct Told {
    /// The tier.
    pub tier: &'static str,
    /// Its status.
    pub status: &'static str,
    /// Whether it ends.
    pub ends: Option<bool>,
    /// How it is paid.
    pub cadence: Option<&'static str>,
    /// Who bills.
    pub provider: Option<&'static str>,
    /// Begun.
    pub started: Option<i64>,
    /// Billed next.
    pub billing: Option<i64>,
    /// Credits next.
    pub issue: Option<i64>,
    /// Base and used.
    pub amounts: (Option<i128>, Option<i128>),
    /// Whether the bonus is there.
    pub unlocked: Option<bool>,
}

/// 1 September 2026.
const FEE_FROM: i64 = 20_697;

fn monthly_cents(tier: &str) -> Option<i128> {
    [("tier_19", 1_900), ("tier_49", 4_900), ("tier_199", 19_900)]
        .into_iter()
        .find_map(|(name, cents)| (name == tier).then_some(cents))
}

fn five_percent(cents: i128) -> i128 {
    (cents * 5 + 50) / 100
}

fn dollars(cents: i128) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The day in so many months, on the day of the month that counts: its month may be too short for it.
fn months_after(day: i64, months: i128, on: i64) -> i64 {
    let (mut year, mut month, _) = date(Time::from(day) * DAY);
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    i64::try_from(midnight(year, month, on.min(length(year, month))) / DAY).expect("a day")
}

/// The day up to which a billing pays: a billing on the last day of a short month is one of the day it began on.
fn paid_until(told: &Told, billing: i64, months: i128) -> i64 {
    let (year, month, day) = date(Time::from(billing) * DAY);
    let began_on = told.started.map_or(day, |started| date(Time::from(started) * DAY).2);
    let is_short = day == length(year, month) && began_on > day;
    months_after(billing, months, if is_short { began_on } else { day })
}

/// What is charged next as of a day: nothing, its day with lines, its day alone, or not known.
pub fn next_charge(told: &Told, today: i64) -> Value {
    let running = matches!(told.status, "active" | "trialing");
    if matches!(told.status, "canceled" | "incomplete_expired" | "ended")
        || running && told.ends == Some(true)
    {
        return json!("nothing");
    }
    let Some(day) = told.billing.filter(|day| running && *day > today) else { return json!("unknown") };
    let months = match told.cadence {
        Some("monthly") => 1,
        Some("yearly") => 12,
        _ => return json!({ "day": day }),
    };
    let Some(price) = monthly_cents(told.tier).map(|cents| cents * months) else {
        return json!({ "day": day });
    };
    let mut lines = vec![dollars(price)];
    if told.provider == Some("stripe") && day >= FEE_FROM {
        lines.push(dollars(five_percent(price)));
    }
    json!({"day": day, "until": paid_until(told, day, months), "lines": lines, "at_least": told.provider.is_none(),
        "assumptions": if months == 12 { vec!["A24", "A32"] } else { vec!["A32"] }})
}

/// Millionths that are still to be spent before the bonus comes; null where it is there, or that isn't known.
pub fn unlocks_after(told: &Told, today: i64) -> Value {
    let month_ends = match (told.issue, told.cadence) {
        (Some(issue), _) => Some(issue),
        (None, Some("yearly")) => None,
        (None, _) => told.billing,
    };
    let has_month =
        !matches!(told.status, "paused" | "incomplete" | "canceled" | "incomplete_expired" | "ended");
    let is_running = has_month && month_ends.is_none_or(|end| end > today);
    match told.amounts {
        (Some(base), Some(used)) if is_running && told.unlocked != Some(true) && base > used => {
            json!((base - used).to_string())
        }
        _ => Value::Null,
    }
}

/// What purchases of these days and millionths charged in the month of a first day up to a last one, in cents with the fee:
/// those of whole cents, and whether one was of other amounts.
pub fn month(purchases: &[(i64, i128)], first: i64, last: i64) -> Value {
    let within = || purchases.iter().filter(|(day, _)| (first..=last).contains(day));
    let cents: i128 = within()
        .filter(|(_, millionths)| millionths % 10_000 == 0)
        .map(|(_, millionths)| millionths / 10_000)
        .map(|cents| cents + five_percent(cents))
        .sum();
    json!({"total": dollars(cents), "odd": within().any(|(_, millionths)| millionths % 10_000 != 0)})
}
