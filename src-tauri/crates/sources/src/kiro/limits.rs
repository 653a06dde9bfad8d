//! Kiro's `GetUsageLimits`: what the vendor says an account has used (`interfaces.md` §1.1–1.2).

use crate::files::bounded::at_most;
use crate::kiro::breakdown::{self, Beside, Breakdown, NoFigures, OverageConfiguration, Subscription, User};
use crate::kiro::rows::{self, Doubts};
use crate::kiro::service;
use crate::kiro::token::KiroLogin;
use crate::observation::LimitsSnapshot;
use crate::wire::http::{FetchError, Http};
use crate::wire::json::differs;
use crate::wire::number::Number;
use headroom_exact::{Saying, say, says};
use serde::Deserialize;

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
    service::ask(http, login, path, parse)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Limits<'a> {
    #[serde(borrow)]
    next_date_reset: Option<Number<'a>>,
    /// The older form, of one row.
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

/// Reads an answer. Fields that are missing or no numbers are unknown, never zero; an answer without any
/// credits is none.
pub fn parse(json: &str) -> Result<LimitsSnapshot, NotLimits> {
    let limits: Limits<'_> = serde_json::from_str(json).map_err(|error| NotLimits(differs(&error)))?;
    let mut rows: Vec<_> = limits.usage_breakdown_list.unwrap_or_default();
    if rows.is_empty() {
        rows.extend(limits.usage_breakdown);
    }
    if rows.is_empty() {
        return Err(NotLimits(say!("no-credits-named", field = "usageBreakdownList")));
    }
    let shared = breakdown::shared(&rows);
    let (row, doubt) = rows::own(rows);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let beside = Beside {
        subscription: limits.subscription_info,
        overage: limits.overage_configuration,
        user: limits.user_info,
    };
    let mut read = LimitsSnapshot { shared, ..beside.read() };
    match row.map(|row| row.figures(limits.next_date_reset, &mut read, &mut doubts)) {
        Some(Err(NoFigures)) => {
            return Err(NotLimits(say!("neither-is-a-number", one = "currentUsage", other = "usageLimit")));
        }
        Some(Ok(())) => {}
        // Rows of requests: whose they are and until when is known all the same.
        None => read.resets_at = limits.next_date_reset.and_then(Number::moment),
    }
    Ok(LimitsSnapshot { doubts: doubts.0, ..read })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{Allowance, Gap, GrantStatus};
    use headroom_exact::Credits;

    /// The recorded answer of `interfaces.md` §1.2.
    const POWER: &str = r#"{"daysUntilReset":0,"limits":[],"nextDateReset":1.7882208E9,
        "overageConfiguration":{"__type":"com.amazon.aws.codewhisperer#OverageConfiguration","overageStatus":"ENABLED"},
        "subscriptionInfo":{"overageCapability":"OVERAGE_CAPABLE","subscriptionTitle":"KIRO POWER","type":"Q_DEVELOPER_STANDALONE_POWER"},
        "usageBreakdownList":[{"bonuses":[],"currency":"USD","currentOverages":3603,"currentOveragesWithPrecision":3603.49,
        "currentUsage":13603,"currentUsageWithPrecision":13603.49,"displayName":"Credit","nextDateReset":1.7882208E9,
        "overageCap":10000,"overageCapWithPrecision":10000.0,"overageCharges":144.139711109352,"overageCredits":[],
        "overageRate":0.04,"resourceType":"CREDIT","unit":"INVOCATIONS","usageLimit":10000,"usageLimitWithPrecision":10000.0}]}"#;

    /// Found in November 2026: an answer with a type and no title was said to name no plan.
    #[test]
    fn a_plan_without_a_title_is_named_by_its_type() {
        let titled = |subscription: &str| {
            let answer = format!(
                r#"{{"subscriptionInfo":{subscription},"usageBreakdownList":[{{"resourceType":"CREDIT","currentUsage":1,"usageLimit":2}}]}}"#
            );
            parse(&answer).expect("an answer").plan_title
        };
        for (subscription, title) in [
            (r#"{"type":"Q_DEVELOPER_STANDALONE_PRO_PLUS"}"#, Some("KIRO PRO PLUS")),
            (r#"{"type":"Q_DEVELOPER_STANDALONE_FREE","subscriptionTitle":" "}"#, Some("KIRO FREE")),
            (
                r#"{"type":"Q_DEVELOPER_STANDALONE_PRO_PLUS","subscriptionTitle":"KIRO PRO MAX"}"#,
                Some("KIRO PRO MAX"),
            ),
            (r#"{"type":"Q_DEVELOPER_STANDALONE"}"#, None),
            (r#"{"type":"SOMETHING_ELSE"}"#, None),
            (r#"{"type":null,"subscriptionTitle":null}"#, None),
            ("{}", None),
        ] {
            assert_eq!(titled(subscription).as_deref(), title, "{subscription}");
        }
    }

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

    /// An organisation's user is answered otherwise (`interfaces-2026.md` §3).
    #[test]
    fn the_switch_is_a_status_or_a_boolean() {
        for (configuration, switch, gaps) in [
            (r#"{"overageStatus":"ENABLED"}"#, Some(true), &[][..]),
            (r#"{"overageStatus":"DISABLED"}"#, Some(false), &[]),
            (r#"{"overageEnabled":true}"#, Some(true), &[]),
            (r#"{"overageEnabled":false}"#, Some(false), &[]),
            (r#"{"overageStatus":"ENABLED","overageEnabled":true,"overageLimit":500}"#, Some(true), &[]),
            (r#"{"overageStatus":"ENABLED","overageEnabled":false}"#, None, &[Gap::Switch]),
            (r#"{"overageStatus":"MANAGED"}"#, None, &[Gap::Switch]),
            (r#"{"overageEnabled":"yes"}"#, None, &[Gap::Switch]),
            ("{}", None, &[]),
            ("null", None, &[]),
        ] {
            let body = format!(
                r#"{{"overageConfiguration":{configuration},"usageBreakdownList":[{{"resourceType":"CREDIT","currentUsage":1,"usageLimit":50}}]}}"#
            );
            let read = parse(&body).expect("an answer");
            assert_eq!((read.overage_enabled, &read.gaps[..]), (switch, gaps), "{configuration}");
        }
    }

    /// Found in November 2026: in small letters credits were said to be requests, and a shared row was the user's own.
    #[test]
    fn the_services_words_are_the_same_in_any_case() {
        let rows = r#"[{"resourceType":"Credit","dimensionType":"Pooled","currentUsage":45000,"usageLimit":100000},
            {"resourceType":"vibe","currentUsage":3,"usageLimit":225},
            {"resourceType":"credit","dimensionType":"non_pooled","currentUsage":1500,"usageLimit":2000}]"#;
        let body = format!(
            r#"{{"overageConfiguration":{{"overageStatus":"Enabled"}},"subscriptionInfo":{{"overageCapability":"overage_capable"}},"usageBreakdownList":{rows}}}"#
        );
        let read = parse(&body).expect("an answer");
        let shared = read.shared.as_ref().map(|shared| shared.used.to_string());
        assert_eq!((&read.doubts[..], &read.gaps[..]), (&[][..], &[][..]));
        assert_eq!(read.left().map(|left| left.to_string()).as_deref(), Some("500.00"));
        assert_eq!(shared.as_deref(), Some("45000.00"));
        assert_eq!((read.overage_enabled, read.overage_capable), (Some(true), Some(true)));
    }

    /// Found in November 2026: a limit on overage that stands beside the switch was passed over.
    #[test]
    fn a_limit_on_overage_is_a_cap_and_the_smaller_one_counts() {
        for (cap, limit, expected) in [
            ("", r#","overageLimit":500"#, Some("500.00")),
            (r#","overageCap":10000"#, r#","overageLimit":500"#, Some("500.00")),
            (r#","overageCap":250"#, r#","overageLimit":500"#, Some("250.00")),
            (r#","overageCap":250"#, r#","overageLimit":null"#, Some("250.00")),
            // None is set.
            (r#","overageCap":250"#, r#","overageLimit":0"#, Some("250.00")),
            ("", r#","overageLimit":0"#, None),
            ("", r#","overageLimit":"much""#, None),
        ] {
            let body = format!(
                r#"{{"overageConfiguration":{{"overageStatus":"ENABLED"{limit}}},"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50{cap}}}]}}"#
            );
            let read = parse(&body).expect("an answer").overage_cap.map(|cap| cap.to_string());
            assert_eq!(read.as_deref(), expected, "{cap} {limit}");
        }
    }

    /// Found in November 2026: "how much of an unknown number is left isn't known" of a trial that nothing was said of.
    #[test]
    fn a_trial_of_which_nothing_is_said_is_none() {
        for (trial, pools) in [
            ("{}", 0),
            (r#"{"freeTrialStatus":null,"currentUsage":null}"#, 0),
            (r#"{"freeTrialStatus":"ACTIVE"}"#, 1),
        ] {
            let body = format!(
                r#"{{"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50,"freeTrialInfo":{trial}}}]}}"#
            );
            let read = parse(&body).expect("an answer");
            assert_eq!((read.grants.len(), read.gaps.len()), (pools, pools), "{trial}");
        }
    }

    #[test]
    fn the_reset_is_read_in_every_form_and_a_plans_name_in_any_case() {
        for reset in [
            "1796083200",
            "1.7960832E9",
            "1796083200000",
            "\"1796083200\"",
            "\"2026-12-01 00:00:00+00:00\"",
            "\"2026-12-01\"",
            "\"2026-12-01T00:00:00.000Z\"",
        ] {
            for body in [
                format!(
                    r#"{{"nextDateReset":{reset},"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50}}]}}"#
                ),
                format!(
                    r#"{{"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50,"nextDateReset":{reset}}}]}}"#
                ),
                format!(
                    r#"{{"nextDateReset":"soon","usageBreakdownList":[{{"currentUsage":1,"usageLimit":50,"nextDateReset":{reset}}}]}}"#
                ),
            ] {
                let read = parse(&body).expect("an answer");
                let at = read.resets_at.map(|at| at.to_string());
                assert_eq!(
                    (at.as_deref(), &read.gaps[..]),
                    (Some("2026-12-01T00:00:00Z"), &[][..]),
                    "{body}"
                );
            }
        }
        let soon =
            parse(r#"{"nextDateReset":"soon","usageBreakdownList":[{"currentUsage":1,"usageLimit":50}]}"#);
        assert_eq!(soon.expect("an answer").gaps, [Gap::Reset]);
        for title in ["KIRO PRO+", "Kiro PRO+", "kiro PRO+", " KIRO  PRO+ ", "PRO+"] {
            let read = LimitsSnapshot { plan_title: Some(title.to_owned()), ..LimitsSnapshot::default() };
            assert_eq!(read.plan_name(), Some("PRO+"), "{title}");
        }
    }

    #[test]
    fn money_in_dollars_alone_is_money() {
        for (fields, charge, gaps) in [
            (r#""currency":"USD","overageCharges":1.239"#, Some("1.24"), &[][..]),
            (r#""currency":"usd","overageCharges":1.24"#, Some("1.24"), &[]),
            (r#""currency":{"code":"USD","symbol":"$"},"overageCharges":1.24"#, Some("1.24"), &[]),
            (r#""overageCharges":1.24"#, Some("1.24"), &[]),
            (r#""currency":"EUR","overageCharges":1.24"#, None, &[Gap::Currency]),
            (r#""currency":{"code":"JPY"},"overageCharges":124"#, None, &[Gap::Currency]),
            (r#""currency":7,"overageCharges":1.24"#, None, &[Gap::Currency]),
            (r#""currency":"USD","overageCharges":-1"#, None, &[Gap::Charge]),
            (r#""currency":"USD","overageCharges":"1.24""#, None, &[Gap::Charge]),
            (r#""currency":"EUR""#, None, &[]),
        ] {
            let body = format!(r#"{{"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50,{fields}}}]}}"#);
            let read = parse(&body).expect("an answer");
            let money = read.overage_charges.map(|money| money.to_string());
            assert_eq!((money.as_deref(), &read.gaps[..]), (charge, gaps), "{fields}");
            assert_eq!(read.used.map(|used| used.to_string()).as_deref(), Some("1.00"), "the credits lead");
        }
    }

    /// Found in November 2026: where no charge is named, credits of overage cost the list's price, whatever rate Kiro names.
    #[test]
    fn overage_without_a_charge_costs_the_rate_that_is_named() {
        for (fields, charge, gaps) in [
            (r#""currentOveragesWithPrecision":740.1,"overageRate":0.04"#, Some("29.60"), &[][..]),
            (r#""currentOveragesWithPrecision":740.1,"overageRate":0.048"#, Some("35.52"), &[]),
            (r#""currentOverages":740,"overageRate":0.04,"overageCharges":null"#, Some("29.60"), &[]),
            (r#""currentOverages":740,"overageRate":0.04,"overageCharges":30.1"#, Some("30.10"), &[]),
            (r#""currentOverages":740,"overageRate":0.04,"overageCharges":"much""#, None, &[Gap::Charge]),
            (r#""currentOverages":740,"overageRate":0.04,"currency":"EUR""#, None, &[]),
            (r#""currentOverages":740,"overageRate":-0.04"#, None, &[]),
            (r#""currentOverages":740,"overageRate":"0.04""#, None, &[]),
            (r#""currentOverages":0,"overageRate":0.04"#, None, &[]),
            (r#""overageRate":0.04"#, None, &[]),
            // Packs may have paid for them.
            (
                r#""currentOverages":740,"overageRate":0.04,"overageCredits":[{"currentUsage":740,"usageLimit":1000}]"#,
                None,
                &[],
            ),
        ] {
            let body =
                format!(r#"{{"usageBreakdownList":[{{"currentUsage":1740,"usageLimit":1000,{fields}}}]}}"#);
            let read = parse(&body).expect("an answer");
            let money = read.overage_charges.map(|money| money.to_string());
            assert_eq!((money.as_deref(), &read.gaps[..]), (charge, gaps), "{fields}");
        }
    }

    /// Trials, bonuses and packs in the forms of `interfaces-2026.md` §3.
    #[test]
    fn a_pool_counts_as_far_as_it_can_be_read() {
        let pool = |list: &str| {
            let body = format!(r#"{{"usageBreakdownList":[{{"currentUsage":1,"usageLimit":50,{list}}}]}}"#);
            let read = parse(&body).expect("an answer");
            let pool = read.grants.iter().chain(&read.packs).next().expect("a pool").clone();
            let amounts = [pool.used, pool.granted].map(|amount| amount.map(|amount| amount.to_string()));
            let end = pool.expires_at.map(|end| end.to_string());
            assert_eq!(read.gaps.contains(&Gap::Pool), pool.status == GrantStatus::Unreadable, "{list}");
            (pool.status, amounts, end)
        };
        let [used, granted] = [Some("100.25".to_owned()), Some("500.00".to_owned())];
        let both = [used.clone(), granted.clone()];
        let end = Some("2026-12-31T00:00:00Z".to_owned());
        let precise = r#""currentUsageWithPrecision":100.25,"usageLimitWithPrecision":500.0"#;
        for (list, expected) in [
            (format!(r#""bonuses":[{{"status":"ACTIVE","expiresAt":1798675200,{precise}}}]"#), (GrantStatus::Active, both.clone(), end.clone())),
            (format!(r#""bonuses":[{{"status":"ACTIVE","expiresAt":"2026-12-31","currentUsage":100,"usageLimit":500,{precise}}}]"#), (GrantStatus::Active, both.clone(), end.clone())),
            (r#""bonuses":[{"expiresAt":null,"currentUsage":100.25,"usageLimit":500}]"#.to_owned(), (GrantStatus::Unknown, both.clone(), None)),
            (format!(r#""freeTrialInfo":{{"freeTrialStatus":"ACTIVE","freeTrialExpiry":"2026-12-31T00:00:00Z",{precise}}}"#), (GrantStatus::Active, both.clone(), end.clone())),
            (format!(r#""overageCredits":[{{"expiresAt":1798675200000,"source":"PURCHASE",{precise}}}]"#), (GrantStatus::Unknown, both.clone(), end)),
            // What can't be read is not for ever, and not nothing either.
            (format!(r#""overageCredits":[{{"expiresAt":"one day",{precise}}}]"#), (GrantStatus::Unreadable, both.clone(), None)),
            (format!(r#""overageCredits":[{{"expiresAt":0,{precise}}}]"#), (GrantStatus::Unreadable, both.clone(), None)),
            (format!(r#""bonuses":[{{"status":"ACTIVE","expiresAt":{{}},{precise}}}]"#), (GrantStatus::Unreadable, both.clone(), None)),
            (r#""bonuses":[{"status":"ACTIVE","currentUsage":"100.25","usageLimit":500}]"#.to_owned(), (GrantStatus::Unreadable, [None, granted.clone()], None)),
            (r#""bonuses":[{"status":"ACTIVE","currentUsage":100.25}]"#.to_owned(), (GrantStatus::Unreadable, [used, None], None)),
            // Of what is over nothing needs to be read.
            (r#""bonuses":[{"status":"EXPIRED","expiresAt":"then","currentUsage":100.25,"usageLimit":500}]"#.to_owned(), (GrantStatus::Expired, both, None)),
            (r#""bonuses":[{"status":"EXHAUSTED","usageLimit":500}]"#.to_owned(), (GrantStatus::Exhausted, [None, granted], None)),
        ] {
            assert_eq!(pool(&list), expected, "{list}");
        }
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
