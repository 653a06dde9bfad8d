//! What Kiro's command line answers, in the form of its older engine and of its newer one.

use super::CommandError;
use crate::bounded::at_most;
use crate::json::{differs, name};
use crate::kiro_rows::{self, Doubts, Row};
use crate::number::Number;
use crate::observation::{Allowance, Doubt, GrantSnapshot, GrantStatus, LimitsSnapshot};
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, say};
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Outcome<'a> {
    success: Option<bool>,
    message: Option<String>,
    #[serde(borrow)]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(default, deserialize_with = "name")]
    plan_name: Option<String>,
    #[serde(borrow)]
    billing_cycle_reset: Option<Cow<'a, str>>,
    overages_enabled: Option<bool>,
    overage_capable: Option<bool>,
    #[serde(default)]
    is_enterprise: bool,
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
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddOn<'a> {
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    total: Option<Number<'a>>,
    #[serde(borrow)]
    expires_at: Option<Cow<'a, str>>,
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

/// Reads an answer. It names no account.
pub fn parse(body: &str) -> Result<LimitsSnapshot, CommandError> {
    let another = |error: serde_json::Error| CommandError::Unreadable(differs(&error));
    let outcome: Outcome<'_> = serde_json::from_str(body).map_err(another)?;
    if outcome.success == Some(false) {
        let said = outcome.message.unwrap_or_default();
        return Err(CommandError::Refused(
            said.chars().filter(|letter| !letter.is_control()).take(120).collect(),
        ));
    }
    // The newer engine may answer with the figures themselves.
    let data = match outcome.data {
        Some(data) => data,
        None => serde_json::from_str(body).map_err(another)?,
    };
    let breakdowns = data.usage_breakdowns.unwrap_or_default();
    if breakdowns.is_empty() && data.is_enterprise {
        return Err(CommandError::NotSupported);
    }
    if breakdowns.is_empty() {
        return Err(CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns")));
    }
    let (entry, doubt) = kiro_rows::own(breakdowns);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let Some(entry) = entry else {
        return Ok(LimitsSnapshot {
            plan_title: data.plan_name,
            doubts: doubts.0,
            ..LimitsSnapshot::default()
        });
    };
    let used = doubts.noting(kiro_rows::credits(&[entry.used], Doubt::Used));
    let limit = doubts.noting(kiro_rows::credits(&[entry.limit], Doubt::Limit));
    if used.is_none() && limit.is_none() {
        return Err(CommandError::Unreadable(say!("neither-is-a-number", one = "used", other = "limit")));
    }
    let overage = doubts.noting(kiro_rows::credits(&[entry.current_overages], Doubt::Overage));
    let without_limit = entry.has_limit == Some(false);
    let grants = data.bonus_credits.unwrap_or_default().into_iter().map(bonus);
    let packs = data.add_on_credits.unwrap_or_default().into_iter().map(pack);
    Ok(LimitsSnapshot {
        plan_title: data.plan_name,
        used,
        allowance: if without_limit { Some(Allowance::NoLimit) } else { limit.map(Allowance::Credits) },
        overage: overage.or(Some(Credits::ZERO).filter(|_| {
            // Within the plan there is none, whether it says so or not.
            used.zip(limit).is_some_and(|(used, limit)| used <= limit)
        })),
        overage_charges: kiro_rows::dollars(entry.overage_charges, entry.currency.as_deref()),
        overage_enabled: data.overages_enabled,
        overage_capable: data.overage_capable,
        resets_at: data.billing_cycle_reset.and_then(|text| midnight(&text, "%Y-%m-%d")),
        grants: grants.collect(),
        packs: packs.collect(),
        doubts: doubts.0,
        ..LimitsSnapshot::default()
    })
}

fn bonus(bonus: Bonus<'_>) -> GrantSnapshot {
    let (used, granted) = (bonus.used.and_then(Number::credits), bonus.total.and_then(Number::credits));
    let is_used_up = used.is_some() && used == granted;
    GrantSnapshot {
        name: bonus.name.unwrap_or_else(|| "Bonus".to_owned()),
        status: if is_used_up { GrantStatus::Exhausted } else { GrantStatus::Active },
        used,
        granted,
        // It says days, not a moment.
        expires_at: None,
    }
}

fn pack(pack: AddOn<'_>) -> GrantSnapshot {
    GrantSnapshot {
        name: "Add-on pack".to_owned(),
        status: if pack.is_active == Some(true) { GrantStatus::Active } else { GrantStatus::Unknown },
        used: pack.used.and_then(Number::credits),
        granted: pack.total.and_then(Number::credits),
        expires_at: pack.expires_at.and_then(|text| midnight(&text, "%b %d, %Y")),
    }
}

/// The beginning of a day.
fn midnight(text: &str, form: &str) -> Option<Moment> {
    NaiveDate::parse_from_str(text, form).ok().map(|date| Moment::on(date, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POWER: &str = r#"{"success":true,"message":"Plan: KIRO POWER | 1 usage breakdowns","data":{
        "planName":"KIRO POWER","billingCycleReset":"2026-10-01","overagesEnabled":false,"isEnterprise":true,
        "usageBreakdowns":[{"resourceType":"CREDIT","displayName":"Credits","used":7609.69,"limit":10000.0,"percentage":76.0969,
          "currentOverages":0.0,"overageRate":0.04,"overageCharges":0.0,"currency":"USD","hasLimit":true}],
        "bonusCredits":[{"name":"Welcome bonus","used":10.0,"total":50.0,"daysUntilExpiry":25}],
        "addOnCredits":[{"used":0,"total":500,"expiresAt":"Oct 01, 2026","isActive":true}],"overageCapable":true}}"#;

    #[test]
    fn the_recorded_answer_is_read_whole() {
        let limits = parse(POWER).expect("figures");
        assert_eq!(limits.used.map(|used| used.to_string()).as_deref(), Some("7609.69"));
        assert_eq!(limits.resets_at.map(|at| at.to_string()).as_deref(), Some("2026-10-01T00:00:00Z"));
        assert_eq!((limits.overage_enabled, limits.grants.len(), limits.packs.len()), (Some(false), 1, 1));
        assert_eq!(limits.packs[0].expires_at, limits.resets_at);
        assert_eq!(limits.user_id, None);
    }

    #[test]
    fn more_than_any_account_has_is_refused_and_not_cut() {
        let refused =
            |data: &str| parse(&format!(r#"{{"data":{{{data}}}}}"#)).expect_err("refused").to_string();
        for (list, most) in [("usageBreakdowns", 100), ("bonusCredits", 1_000), ("addOnCredits", 1_000)] {
            let entries = vec![r#"{"used":1,"total":2}"#; most + 1].join(",");
            let reason = say!("too-many-entries", most);
            assert_eq!(
                refused(&format!(r#""{list}":[{entries}]"#)),
                CommandError::Unreadable(reason).to_string()
            );
        }
        let long = "n".repeat(301);
        for data in [format!(r#""planName":"{long}""#), format!(r#""bonusCredits":[{{"name":"{long}"}}]"#)] {
            let reason = say!("name-too-long", most = 300_u64);
            assert_eq!(refused(&data), CommandError::Unreadable(reason).to_string());
        }
    }

    #[test]
    fn what_it_does_not_say_is_unknown_and_other_answers_are_refused() {
        let older = parse(r#"{"success":true,"data":{"planName":"KIRO PRO","billingCycleReset":"Unknown","overagesEnabled":true,"isEnterprise":false,"usageBreakdowns":[{"resourceType":"CREDIT","used":1200,"limit":1000}],"bonusCredits":[]}}"#)
            .expect("figures");
        assert_eq!((older.resets_at, older.overage, older.overage_capable), (None, None, None));
        for (body, expected) in [
            (
                r#"{"success":false,"message":"not logged in"}"#,
                CommandError::Refused("not logged in".to_owned()),
            ),
            (
                r#"{"success":true,"data":{"planName":"Q Developer Pro","isEnterprise":true,"usageBreakdowns":[]}}"#,
                CommandError::NotSupported,
            ),
            (
                r#"{"success":true,"data":{"usageBreakdowns":[{"used":"12"}]}}"#,
                CommandError::Unreadable(say!("neither-is-a-number", one = "used", other = "limit")),
            ),
            ("{}", CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns"))),
            ("[", CommandError::Unreadable(say!("json-cut-off"))),
        ] {
            assert_eq!(parse(body), Err(expected), "{body}");
        }
    }
}
