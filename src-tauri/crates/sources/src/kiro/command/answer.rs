//! What Kiro's command line answers, in the form of its older engine and of its newer one.

use super::error::CommandError;
use crate::files::bounded::at_most;
use crate::kiro::rows::{self, Doubts, Row, Told, pools};
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
        figures(&entry, &mut read, &mut doubts)?;
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
    match rows::dollars(entry.overage_charges, entry.currency.as_deref()) {
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

    /// The sample of `interfaces-2026.md` §2.2, wrapped not at all, once and twice.
    #[test]
    fn the_newer_engines_answer_is_read_however_it_is_wrapped() {
        let data = r#"{"planName":"KIRO PRO","billingCycleReset":"2026-12-01","overagesEnabled":false,"isEnterprise":false,"overageCapable":true,
            "usageBreakdowns":[{"resourceType":"CREDIT","displayName":"Credits","used":412.37,"limit":1000,"percentage":41,"currentOverages":0,"overageRate":0.04,"currency":"USD","hasLimit":true}],
            "bonusCredits":[{"name":"Welcome bonus","used":79.35,"total":500,"daysUntilExpiry":13}],"addOnCredits":[]}"#;
        let once = format!(r#"{{"success":true,"message":"Plan: KIRO PRO","data":{data}}}"#);
        let twice = format!(r#"{{"data":{once}}}"#);
        let read = parse(data).expect("figures");
        assert_eq!((parse(&once).as_ref(), parse(&twice).as_ref()), (Ok(&read), Ok(&read)));
        assert_eq!(read.used.map(|used| used.to_string()).as_deref(), Some("412.37"));
        let bonus = &read.grants[0];
        assert_eq!((bonus.days_left, bonus.expires_at, bonus.status), (Some(13), None, GrantStatus::Active));
        let asked = "2026-11-25T15:00:00Z".parse().expect("a moment");
        let end = bonus.ends_at(asked).map(|end| end.to_string());
        assert_eq!(end.as_deref(), Some("2026-12-08T00:00:00Z"), "never later than it ends");
        assert_eq!((read.doubts.len(), read.gaps.len()), (0, 0));
    }

    #[test]
    fn what_cant_be_read_of_it_is_named_and_counts_nothing() {
        for (good, bad, gap) in [
            ("\"2026-10-01\"", "\"Unknown\"", Gap::Reset),
            ("\"2026-10-01\"", "\"1st\"", Gap::Reset),
            ("\"overagesEnabled\":false", "\"overagesEnabled\":\"managed\"", Gap::Switch),
            ("\"overageCharges\":0.0", "\"overageCharges\":\"none\"", Gap::Charge),
            // Nothing in another currency is nothing in dollars, too.
            ("0.0,\"currency\":\"USD\"", "0.4,\"currency\":\"EUR\"", Gap::Currency),
            ("\"Oct 01, 2026\"", "\"in autumn\"", Gap::Pool),
            ("\"total\":500", "\"total\":\"500\"", Gap::Pool),
            ("\"daysUntilExpiry\":25", "\"daysUntilExpiry\":\"soon\"", Gap::Pool),
            ("\"used\":10.0", "\"used\":null", Gap::Pool),
        ] {
            let body = POWER.replacen(good, bad, 1);
            assert_ne!(body, POWER, "{good}");
            let limits = parse(&body).expect("figures");
            assert_eq!(limits.gaps, [gap], "{bad}");
            let counting = limits.grants.iter().chain(&limits.packs);
            let unreadable = counting.filter(|pool| pool.status == GrantStatus::Unreadable).count();
            assert_eq!(unreadable, usize::from(gap == Gap::Pool), "{bad}");
        }
        let no_limit = POWER
            .replace("\"limit\":10000.0", "\"limit\":null")
            .replace("\"hasLimit\":true", "\"hasLimit\":false");
        let limits = parse(&no_limit).expect("figures");
        assert_eq!((limits.allowance, limits.doubts.len()), (Some(Allowance::NoLimit), 0));
    }

    /// Found in November 2026: an organisation's user was told that requests pause, and to buy packs.
    #[test]
    fn it_says_whether_it_is_of_an_organisations_user() {
        for (said, organisation) in [("true", Some(true)), ("false", None), ("null", None)] {
            let body = POWER.replace("\"isEnterprise\":true", &format!("\"isEnterprise\":{said}"));
            assert_eq!(parse(&body).expect("figures").of_organisation, organisation, "{said}");
        }
    }

    /// Found in November 2026: a pack that isn't drawn from yet was said to be gone, though its end was two months ahead.
    #[test]
    fn a_pack_that_isnt_drawn_from_yet_is_not_gone() {
        for (pack, status) in [
            (r#""expiresAt":"Jan 31, 2027","isActive":false"#, GrantStatus::Unknown),
            (r#""expiresAt":"Jan 31, 2027","isActive":true"#, GrantStatus::Active),
            (r#""expiresAt":"Jan 31, 2027""#, GrantStatus::Unknown),
            // Nothing says that it is still there.
            (r#""isActive":false"#, GrantStatus::Unreadable),
            (r#""isActive":true"#, GrantStatus::Active),
        ] {
            let body = POWER.replace(r#""expiresAt":"Oct 01, 2026","isActive":true"#, pack);
            assert_eq!(parse(&body).expect("figures").packs[0].status, status, "{pack}");
        }
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
                r#"{"success":false,"message":"the service is busy"}"#,
                CommandError::Refused("the service is busy".to_owned()),
            ),
            (r#"{"success":false,"message":"You are not logged in"}"#, CommandError::SignedOut),
            (
                r#"{"success":false,"message":"Error: Authentication failed: token expired"}"#,
                CommandError::SignedOut,
            ),
            (r#"{"success":true,"message":"Your plan is managed by admin"}"#, CommandError::NotSupported),
            (
                r#"{"success":true,"message":"This plan is managed by your administrator.","data":null}"#,
                CommandError::NotSupported,
            ),
            (
                r#"{"success":true,"data":{"success":true,"message":"Managed by your organization","data":{}}}"#,
                CommandError::NotSupported,
            ),
            (
                r#"{"success":true,"message":"Plan: KIRO PRO | 0 usage breakdowns","data":{"usageBreakdowns":null}}"#,
                CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns")),
            ),
            (
                r#"{"success":true,"data":{"planName":"Q Developer Pro","isEnterprise":true,"usageBreakdowns":[]}}"#,
                CommandError::NotSupported,
            ),
            (
                r#"{"success":true,"data":{"planName":"Q DEVELOPER PRO","usageBreakdowns":[],"bonusCredits":[]}}"#,
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
