//! What Kiro's command line answers, in the form of its older engine and of its newer one.

use super::error::CommandError;
use crate::files::bounded::at_most;
use crate::kiro::rows::{self, Doubts, Owed, Row, Told, pools};
use crate::kiro::unnamed::BONUS;
use crate::observation::{Allowance, Doubt, Gap, GrantStatus, LimitsSnapshot};
use crate::wire::json::{differs, name};
use crate::wire::number::Number;
use headroom_exact::{Credits, say};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Outcome<'a> {
    success: Option<bool>,
    message: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(default, deserialize_with = "name")]
    plan_name: Option<String>,
    #[serde(borrow)]
    billing_cycle_reset: Option<Number<'a>>,
    #[serde(borrow)]
    overages_enabled: Option<Number<'a>>,
    overage_capable: Option<bool>,
    is_enterprise: Option<bool>,
    #[serde(borrow, default, deserialize_with = "at_most::<100, _, _>")]
    usage_breakdowns: Option<Vec<Breakdown<'a>>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    bonus_credits: Option<Vec<Bonus<'a>>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    add_on_credits: Option<Vec<AddOn<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Breakdown<'a> {
    #[serde(borrow)]
    resource_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    dimension_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    currency: Option<Cow<'a, str>>,
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    limit: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages: Option<Number<'a>>,
    #[serde(borrow)]
    overage_rate: Option<Number<'a>>,
    #[serde(borrow)]
    overage_charges: Option<Number<'a>>,
    has_limit: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bonus<'a> {
    #[serde(default, deserialize_with = "name")]
    name: Option<String>,
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    total: Option<Number<'a>>,
    #[serde(borrow)]
    days_until_expiry: Option<Number<'a>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddOn<'a> {
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    total: Option<Number<'a>>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
    is_active: Option<bool>,
}

impl Row for Breakdown<'_> {
    fn resource(&self) -> Option<&str> {
        self.resource_type.as_deref()
    }

    fn dimension(&self) -> Option<&str> {
        self.dimension_type.as_deref()
    }

    fn amounts(&self) -> [Option<&str>; 2] {
        [self.used.as_ref().map(Number::text), self.limit.as_ref().map(Number::text)]
    }
}

/// An answer may be wrapped so many times.
const WRAPPED: usize = 3;

/// Reads an answer. It names no account.
pub fn parse(body: &str) -> Result<LimitsSnapshot, CommandError> {
    let another = |error: serde_json::Error| CommandError::Unreadable(differs(&error));
    let (mut body, mut said) = (body, String::new());
    // The newer engine may answer with the figures themselves, or wrapped twice.
    for _ in 0..WRAPPED {
        let outcome: Outcome<'_> = serde_json::from_str(body).map_err(another)?;
        let message = outcome.message.unwrap_or_default();
        if outcome.success == Some(false) {
            return Err(if is_managed(&message) {
                CommandError::NotSupported
            } else {
                CommandError::refused(&message)
            });
        }
        said.push_str(&message);
        match outcome.data {
            Some(data) => body = data.get(),
            None => break,
        }
    }
    read(serde_json::from_str(body).map_err(another)?, &said)
}

/// Whether it is said in words that somebody else manages the plan; of overage that is said too, and means less.
pub(super) fn is_managed(said: &str) -> bool {
    said.to_lowercase().lines().any(|line| line.contains("managed by") && !line.contains("overage"))
}

/// Whether a plan is the one that only administrators have.
fn is_managed_plan(name: &str) -> bool {
    name.trim().to_lowercase().starts_with("q developer")
}

fn read(data: Data<'_>, said: &str) -> Result<LimitsSnapshot, CommandError> {
    let breakdowns = data.usage_breakdowns.unwrap_or_default();
    let is_of_another = data.plan_name.as_deref().is_some_and(is_managed_plan);
    if breakdowns.is_empty() && (data.is_enterprise == Some(true) || is_managed(said) || is_of_another) {
        return Err(CommandError::NotSupported);
    }
    if breakdowns.is_empty() {
        return Err(CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns")));
    }
    let (entry, doubt) = rows::own(breakdowns);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let mut read = LimitsSnapshot {
        plan_title: data.plan_name,
        overage_capable: data.overage_capable,
        // That it is of one person it says of people whose company pays, too.
        of_organisation: data.is_enterprise.filter(|is_enterprise| *is_enterprise),
        resets_at: data.billing_cycle_reset.and_then(Number::moment),
        ..LimitsSnapshot::default()
    };
    if data.billing_cycle_reset.is_some() && read.resets_at.is_none() {
        read.lacks(Gap::Reset);
    }
    match data.overages_enabled.map(Number::raw) {
        None => {}
        Some("true") => read.overage_enabled = Some(true),
        Some("false") => read.overage_enabled = Some(false),
        Some(_) => read.lacks(Gap::Switch),
    }
    if let Some(entry) = entry {
        let has_packs = data.add_on_credits.as_ref().is_some_and(|packs| !packs.is_empty());
        figures(&entry, &mut read, &mut doubts, has_packs)?;
    }
    read.grants = pools(data.bonus_credits.unwrap_or_default().into_iter().map(bonus), &mut read);
    read.packs = pools(data.add_on_credits.unwrap_or_default().into_iter().map(pack), &mut read);
    Ok(LimitsSnapshot { doubts: doubts.0, ..read })
}

/// The figures of the user's own row.
fn figures(
    entry: &Breakdown<'_>,
    read: &mut LimitsSnapshot,
    doubts: &mut Doubts,
    has_packs: bool,
) -> Result<(), CommandError> {
    let used = doubts.noting(rows::credits(&[entry.used], Doubt::Used));
    let no_limit = entry.has_limit == Some(false);
    let limit = if no_limit { Ok(None) } else { rows::credits(&[entry.limit], Doubt::Limit) };
    let limit = doubts.noting(limit);
    if used.is_none() && limit.is_none() {
        return Err(CommandError::Unreadable(say!("neither-is-a-number", one = "used", other = "limit")));
    }
    let overage = doubts.noting(rows::credits(&[entry.current_overages], Doubt::Overage));
    read.used = used;
    read.allowance = if no_limit { Some(Allowance::NoLimit) } else { limit.map(rows::allowance) };
    read.overage = overage.or(Some(Credits::ZERO).filter(|_| {
        // Within the plan there is none, whether it says so or not.
        used.zip(limit).is_some_and(|(used, limit)| used < limit)
    }));
    let owed = Owed {
        charges: entry.overage_charges,
        overage: entry.current_overages,
        rate: entry.overage_rate,
        currency: entry.currency.as_deref(),
        has_packs,
    };
    match owed.charge() {
        Ok(charge) => read.overage_charges = charge,
        Err(gap) => read.lacks(gap),
    }
    Ok(())
}

fn bonus(bonus: Bonus<'_>) -> Told<'_> {
    let amount = |number: Option<Number<'_>>| number.and_then(Number::credits);
    let used = amount(bonus.used);
    let is_used_up = used.is_some() && used == amount(bonus.total);
    Told {
        name: bonus.name.unwrap_or_else(|| BONUS.to_owned()),
        status: Some(if is_used_up { GrantStatus::Exhausted } else { GrantStatus::Active }),
        used: [bonus.used, None],
        granted: [bonus.total, None],
        ends: None,
        // It says days, not a moment.
        days: bonus.days_until_expiry,
    }
}

fn pack(pack: AddOn<'_>) -> Told<'_> {
    Told {
        name: "Add-on pack".to_owned(),
        // Only one is drawn from at a time: the others count until their own end, where they have one.
        status: match pack.is_active {
            Some(true) => Some(GrantStatus::Active),
            Some(false) if pack.expires_at.is_none() => Some(GrantStatus::Unreadable),
            Some(false) | None => None,
        },
        used: [pack.used, None],
        granted: [pack.total, None],
        ends: pack.expires_at,
        days: None,
    }
}

#[cfg(test)]
mod tests;
