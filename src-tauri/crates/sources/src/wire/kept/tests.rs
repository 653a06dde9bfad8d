//! What is kept reads back as what was read.

use super::*;
use crate::kilo::team;
use crate::kiro::models::ModelRate;
use crate::kiro::{command, ide_state, limits, models};
use crate::observation::{LimitsSnapshot, TeamSnapshot};

const LIMITS: &str = r#"{"nextDateReset":1788220800.25,"token":"secret-canary","userInfo":{"userId":"d-1.ada","email":"ada-canary@example.com"},
    "overageConfiguration":{"overageStatus":"ENABLED"},
    "subscriptionInfo":{"overageCapability":"OVERAGE_CAPABLE","subscriptionTitle":"KIRO \"POWER\"","type":"canary"},
    "usageBreakdownList":[{"bonuses":[{"displayName":"Bonus","status":"ACTIVE","expiresAt":1788220800,"currentUsage":1.005,"usageLimit":50}],
    "freeTrialInfo":{"freeTrialStatus":"EXPIRED","freeTrialExpiry":1788220800,"currentUsage":1,"usageLimit":500},
    "overageCredits":[{"currentUsage":1,"usageLimit":500}],
    "currentOveragesWithPrecision":3603.49,"currentUsageWithPrecision":13603.49,"overageCharges":144.139711109352,
    "resourceType":"CREDIT","usageLimit":10000}]}"#;

#[test]
fn limits_read_back_as_they_were_read() {
    let state = r#"{"auth":"canary","kiro.resourceNotifications.usageState":{"usageBreakdowns":[
        {"type":"CREDIT","currentUsage":612.4,"usageLimit":1000,"resetDate":"2026-12-01T00:00:00.000Z"}],"timestamp":1795254000123}}"#;
    let command = r#"{"success":true,"message":"canary","data":{"planName":"KIRO POWER","billingCycleReset":"2026-10-01",
        "usageBreakdowns":[{"resourceType":"CREDIT","used":7609.69,"limit":10000.0,"hasLimit":false}],
        "addOnCredits":[{"used":0,"total":500,"expiresAt":"Oct 01, 2026","isActive":true}]}}"#;
    for limits in [
        limits::parse(LIMITS).expect("limits"),
        limits::parse(r#"{"usageBreakdownList":[{"currentUsage":0}]}"#).expect("limits"),
        ide_state::parse(state).expect("limits").1,
        command::parse(command).expect("limits"),
    ] {
        let text = write(&limits).expect("kept");
        assert_eq!(read::<LimitsSnapshot>(&text).as_ref(), Some(&limits), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn a_team_and_models_read_back_as_they_were_read() {
    let team = r#"{"with_members":{"name":"T","plan":"teams","microdollars_used":-1,"total_microdollars_acquired":"250000000",
        "auto_top_up_enabled":false,"seat_count":5,"settings":{"key":"canary"},"members":[
        {"id":"canary","name":"Ada","email":"canary@example.com","role":"owner","dailyUsageLimitUsd":25.5,"currentDailyUsageUsd":0.000001},
        {"email":"new@example.com","role":"member","status":"invited"}]},
        "credit_blocks":{"creditBlocks":[{"id":"b","effective_date":"2026-09-01T00:00:00.5Z","expiry_date":"2026-12-01T00:00:00Z",
        "balance_mUsd":100000000,"amount_mUsd":250000000,"is_free":false}]}}"#;
    let team = team::parse(team).expect("a team");
    let text = write(&team).expect("kept");
    assert_eq!(read::<TeamSnapshot>(&text), Some(team));
    assert!(!text.contains("canary"), "{text}");

    let models = models::parse(
        r#"{"models":[{"modelId":"a","rateMultiplier":1.30,"description":"canary"},{"modelId":"b"}]}"#,
    );
    let models = models.expect("models");
    let text = write(&models).expect("kept");
    assert_eq!(read::<Vec<ModelRate>>(&text), Some(models));
    assert!(!text.contains("canary"), "{text}");
}

#[test]
fn what_is_too_much_is_not_kept_and_what_was_not_kept_is_not_read() {
    let mut limits = limits::parse(LIMITS).expect("limits");
    assert_eq!(read::<LimitsSnapshot>(LIMITS), None, "an answer as it came is no record of ours");
    limits.plan_title = Some("x".repeat(LARGEST));
    assert_eq!(write(&limits), Err(NotKept::TooLarge));
    limits.plan_title = None;
    limits.used = Some(Credits::from_hundredths(i128::MAX));
    assert_eq!(write(&limits), Err(NotKept::NoAmount));
    for text in ["", "{}", "null", "[]"] {
        assert_eq!(read::<LimitsSnapshot>(text), None, "{text}");
    }
}
