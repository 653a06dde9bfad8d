//! Kiro's `GetUsageLimits`: what the vendor says an account has used (`interfaces.md` §1.1–1.2).

use crate::bounded::at_most;
use crate::http::{FetchError, Http};
use crate::json::differs;
use crate::kiro_rows::{self, Doubts, Row};
use crate::kiro_service;
use crate::kiro_token::KiroLogin;
use crate::number::Number;
use crate::observation::{Allowance, Doubt, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot, SharedSnapshot};
use headroom_exact::{Credits, Saying, say, says};
use serde::Deserialize;
use std::borrow::Cow;

/// "No limit": pooled users without a cap.
const NO_LIMIT: Credits = Credits::from_hundredths(99_999_900);

/// Why an answer is none: where it differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotLimits(Saying);

says!(NotLimits);

impl From<&NotLimits> for Saying {
    fn from(error: &NotLimits) -> Self {
        error.0.clone()
    }
}

/// Asks for the limits of the account that a login is of.
pub fn fetch(http: &Http, login: &KiroLogin) -> Result<LimitsSnapshot, FetchError> {
    let path = "/getUsageLimits?isEmailRequired=false&origin=AI_EDITOR&resourceType=AGENTIC_REQUEST";
    kiro_service::ask(http, login, path, parse)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Limits<'a> {
    #[serde(borrow)]
    next_date_reset: Option<Number<'a>>,
    #[serde(borrow)]
    usage_breakdown: Option<Breakdown<'a>>,
    #[serde(borrow, default, deserialize_with = "at_most::<100, _, _>")]
    usage_breakdown_list: Option<Vec<Breakdown<'a>>>,
    #[serde(borrow)]
    subscription_info: Option<Subscription<'a>>,
    #[serde(borrow)]
    overage_configuration: Option<OverageConfiguration<'a>>,
    #[serde(borrow)]
    user_info: Option<User<'a>>,
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
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    overage_charges: Option<Number<'a>>,
    #[serde(borrow)]
    overage_cap: Option<Number<'a>>,
    #[serde(borrow)]
    overage_cap_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    next_date_reset: Option<Number<'a>>,
    #[serde(borrow)]
    free_trial_info: Option<FreeTrial<'a>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    bonuses: Option<Vec<Bonus<'a>>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    overage_credits: Option<Vec<Pack<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FreeTrial<'a> {
    #[serde(borrow, rename = "freeTrialStatus")]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "freeTrialExpiry")]
    expiry: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bonus<'a> {
    #[serde(borrow)]
    display_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pack<'a> {
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription<'a> {
    #[serde(borrow)]
    subscription_title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    overage_capability: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OverageConfiguration<'a> {
    #[serde(borrow)]
    overage_status: Option<Cow<'a, str>>,
    /// An organisation's user's.
    overage_enabled: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User<'a> {
    #[serde(borrow)]
    user_id: Option<Cow<'a, str>>,
}

impl Row for Breakdown<'_> {
    fn resource(&self) -> Option<&str> {
        self.resource_type.as_deref()
    }

    fn dimension(&self) -> Option<&str> {
        self.dimension_type.as_deref()
    }

    fn amounts(&self) -> [Option<&str>; 2] {
        let used = self.current_usage_with_precision.as_ref().or(self.current_usage.as_ref());
        let limit = self.usage_limit_with_precision.as_ref().or(self.usage_limit.as_ref());
        [used.map(Number::text), limit.map(Number::text)]
    }
}

/// The precise field, else the whole number beside it.
fn either(precise: Option<Number<'_>>, whole: Option<Number<'_>>) -> Option<Credits> {
    precise.and_then(Number::credits).or_else(|| whole.and_then(Number::credits))
}

fn status(text: Option<&str>) -> GrantStatus {
    match text {
        Some("ACTIVE") => GrantStatus::Active,
        Some("EXPIRED") => GrantStatus::Expired,
        Some("EXHAUSTED") => GrantStatus::Exhausted,
        _ => GrantStatus::Unknown,
    }
}

/// Reads an answer. Fields that are missing or no numbers are unknown, never zero; an answer without any
/// credits is none.
pub fn parse(json: &str) -> Result<LimitsSnapshot, NotLimits> {
    let limits: Limits<'_> = serde_json::from_str(json).map_err(|error| NotLimits(differs(&error)))?;
    let mut list: Vec<_> = limits.usage_breakdown_list.unwrap_or_default();
    list.extend(limits.usage_breakdown);
    if list.is_empty() {
        return Err(NotLimits(say!("no-credits-named", field = "usageBreakdownList")));
    }
    let shared = shared(&list);
    let (entry, doubt) = kiro_rows::own(list);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let subscription = limits.subscription_info;
    let owner = limits.user_info;
    let switch = limits.overage_configuration;
    let status = switch.as_ref().and_then(|known| known.overage_status.as_deref());
    let for_user = switch.as_ref().and_then(|known| known.overage_enabled);
    let own = |text: Option<&Cow<'_, str>>| text.map(|text| text.clone().into_owned());
    let mut read = LimitsSnapshot {
        plan_title: own(subscription.as_ref().and_then(|info| info.subscription_title.as_ref())),
        overage_enabled: match status {
            Some("ENABLED") => Some(true),
            Some("DISABLED") => Some(false),
            _ => for_user,
        },
        of_organisation: for_user.map(|_| true),
        shared,
        overage_capable: subscription
            .as_ref()
            .and_then(|info| info.overage_capability.as_deref())
            .map(|capability| capability == "OVERAGE_CAPABLE"),
        resets_at: limits.next_date_reset.and_then(Number::moment),
        user_id: own(owner.as_ref().and_then(|user| user.user_id.as_ref())),
        ..LimitsSnapshot::default()
    };
    if let Some(entry) = entry {
        figures(entry, &mut read, &mut doubts)?;
    }
    Ok(LimitsSnapshot { doubts: doubts.0, ..read })
}

/// What is shared beside the user's own credits, as far as both its amounts are there.
fn shared(rows: &[Breakdown<'_>]) -> Option<SharedSnapshot> {
    let of_credits = rows.iter().filter(|row| row.resource() == Some("CREDIT"));
    let (shared, own): (Vec<_>, Vec<_>) = of_credits.partition(|row| row.dimension() == Some("POOLED"));
    let row = shared.first().filter(|_| !own.is_empty())?;
    let amount = |precise: Option<&Number<'_>>, whole: Option<&Number<'_>>| precise.or(whole)?.credits();
    let used = amount(row.current_usage_with_precision.as_ref(), row.current_usage.as_ref())?;
    let limit = amount(row.usage_limit_with_precision.as_ref(), row.usage_limit.as_ref())?;
    Some(SharedSnapshot { used, allowance: allowance(limit) })
}

fn allowance(limit: Credits) -> Allowance {
    if limit >= NO_LIMIT { Allowance::NoLimit } else { Allowance::Credits(limit) }
}

/// The figures of the user's own row.
fn figures(entry: Breakdown<'_>, read: &mut LimitsSnapshot, doubts: &mut Doubts) -> Result<(), NotLimits> {
    let amount = kiro_rows::credits;
    let used = doubts.noting(amount(&[entry.current_usage_with_precision, entry.current_usage], Doubt::Used));
    let limit = doubts.noting(amount(&[entry.usage_limit_with_precision, entry.usage_limit], Doubt::Limit));
    if used.is_none() && limit.is_none() {
        return Err(NotLimits(say!("neither-is-a-number", one = "currentUsage", other = "usageLimit")));
    }
    let trial = entry.free_trial_info.map(|trial| GrantSnapshot {
        name: "Free trial".to_owned(),
        status: status(trial.status.as_deref()),
        used: either(trial.current_usage_with_precision, trial.current_usage),
        granted: either(trial.usage_limit_with_precision, trial.usage_limit),
        expires_at: trial.expiry.and_then(Number::moment),
    });
    let bonuses = entry.bonuses.unwrap_or_default().into_iter().map(|bonus| GrantSnapshot {
        name: bonus.display_name.map_or_else(|| "Bonus".to_owned(), Cow::into_owned),
        status: status(bonus.status.as_deref()),
        used: either(bonus.current_usage_with_precision, bonus.current_usage),
        granted: either(bonus.usage_limit_with_precision, bonus.usage_limit),
        expires_at: bonus.expires_at.and_then(Number::moment),
    });
    let packs = entry.overage_credits.unwrap_or_default().into_iter().map(|pack| GrantSnapshot {
        name: "Add-on pack".to_owned(),
        status: GrantStatus::Unknown,
        used: pack.current_usage.and_then(Number::credits),
        granted: pack.usage_limit.and_then(Number::credits),
        expires_at: pack.expires_at.and_then(Number::moment),
    });
    read.used = used;
    read.allowance = limit.map(allowance);
    let overage = [entry.current_overages_with_precision, entry.current_overages];
    read.overage = doubts.noting(amount(&overage, Doubt::Overage));
    if entry.overage_charges.is_some() && entry.currency.as_deref().is_some_and(|currency| currency != "USD")
    {
        read.gaps.push(Gap::Currency);
    }
    read.overage_charges = kiro_rows::dollars(entry.overage_charges, entry.currency.as_deref());
    // Beside rows of credits a cap is of credits, too.
    read.overage_cap = either(entry.overage_cap_with_precision, entry.overage_cap);
    read.resets_at = read.resets_at.or(entry.next_date_reset.and_then(Number::moment));
    read.grants = trial.into_iter().chain(bonuses).collect();
    read.packs = packs.collect();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The recorded answer of `interfaces.md` §1.2.
    const POWER: &str = r#"{"daysUntilReset":0,"limits":[],"nextDateReset":1.7882208E9,
        "overageConfiguration":{"__type":"com.amazon.aws.codewhisperer#OverageConfiguration","overageStatus":"ENABLED"},
        "subscriptionInfo":{"overageCapability":"OVERAGE_CAPABLE","subscriptionTitle":"KIRO POWER","type":"Q_DEVELOPER_STANDALONE_POWER"},
        "usageBreakdownList":[{"bonuses":[],"currency":"USD","currentOverages":3603,"currentOveragesWithPrecision":3603.49,
        "currentUsage":13603,"currentUsageWithPrecision":13603.49,"displayName":"Credit","nextDateReset":1.7882208E9,
        "overageCap":10000,"overageCapWithPrecision":10000.0,"overageCharges":144.139711109352,"overageCredits":[],
        "overageRate":0.04,"resourceType":"CREDIT","unit":"INVOCATIONS","usageLimit":10000,"usageLimitWithPrecision":10000.0}]}"#;

    #[test]
    fn the_recorded_answer_is_read_whole() {
        let snapshot = parse(POWER).expect("an answer");
        assert_eq!(snapshot.plan_title.as_deref(), Some("KIRO POWER"));
        let text = |credits: Option<Credits>| credits.map(|credits| credits.to_string()).unwrap_or_default();
        assert_eq!(text(snapshot.used), "13603.49");
        assert_eq!(text(snapshot.overage), "3603.49");
        assert_eq!(text(snapshot.plan_used()), "10000.00", "what the plan covered");
        assert_eq!(snapshot.overage_charges.map(|money| money.to_string()).as_deref(), Some("144.14"));
        assert_eq!(snapshot.resets_at.map(|at| at.to_string()).as_deref(), Some("2026-09-01T00:00:00Z"));
        assert_eq!((snapshot.overage_enabled, snapshot.overage_capable), (Some(true), Some(true)));
    }

    #[test]
    fn what_is_missing_is_unknown_and_never_zero() {
        let snapshot = parse(r#"{"usageBreakdownList":[{"currentUsage":12,"new":{"deep":[1]}}],"more":1}"#);
        let snapshot = snapshot.expect("an answer");
        assert_eq!(snapshot.used.map(|credits| credits.to_string()).as_deref(), Some("12.00"));
        assert_eq!((snapshot.allowance, snapshot.overage, snapshot.overage_enabled), (None, None, None));
        assert_eq!(snapshot.left(), None, "without a limit nothing is known of what is left");
    }

    #[test]
    fn the_credits_are_found_among_others_and_no_limit_is_none() {
        let snapshot = parse(
            r#"{"overageConfiguration":{"overageStatus":"SOMETHING_NEW"},"usageBreakdownList":[
            {"resourceType":"VIBE","currentUsage":3,"usageLimit":50},
            {"resourceType":"CREDIT","currentUsageWithPrecision":7.5,"usageLimit":999999,
             "freeTrialInfo":{"freeTrialStatus":"ACTIVE","freeTrialExpiry":1788220800,"currentUsage":10,"usageLimit":500},
             "bonuses":[{"displayName":"Welcome bonus","status":"EXHAUSTED","currentUsage":100.0,"usageLimit":100.0}]}]}"#,
        )
        .expect("an answer");
        assert_eq!(snapshot.allowance, Some(Allowance::NoLimit));
        assert_eq!(snapshot.overage_enabled, None, "a status that is not known says nothing");
        let names: Vec<_> = snapshot.grants.iter().map(|grant| (grant.name.as_str(), grant.status)).collect();
        assert_eq!(names, [("Free trial", GrantStatus::Active), ("Welcome bonus", GrantStatus::Exhausted)]);
    }

    #[test]
    fn another_answer_is_refused_by_what_it_lacks() {
        for (json, expected) in [
            ("{}", "no-credits-named"),
            (r#"{"usageBreakdownList":[]}"#, "no-credits-named"),
            (
                r#"{"usageBreakdownList":[{"currentUsage":"12"}]}"#,
                "neither-is-a-number(one: currentUsage, other: usageLimit)",
            ),
            (r#"{"usageBreakdownList":7}"#, "value-of-another-kind"),
            ("<html>", "not-json"),
        ] {
            let error = parse(json).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.starts_with(expected), "{json}: {error}");
        }
    }
}
