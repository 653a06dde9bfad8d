//! What is advised about the plan from Kiro's answers, in states in which it once said what isn't so.

use super::opening::{Answered, answer, facts, row};
use headroom_app::words;
use serde_json::json;

const NOW: &str = "2026-11-25T12:00:00Z";

/// Found in November 2026: "Stay on Pro and buy packs" was said to whom Kiro charges overage, to an organisation's user as to one
/// person: their requests go on without.
#[test]
fn whoever_is_charged_overage_is_sold_no_packs() {
    let over = json!({"currentOverages": 40, "currentOveragesWithPrecision": 40.0, "overageCharges": 1.6,
        "overageCap": 2500});
    for switch in [json!({"overageStatus": "ENABLED"}), json!({"overageEnabled": true})] {
        let body = answer("KIRO PRO", &[row(1040.0, 1000, &over)], &json!({"overageConfiguration": switch}));
        let of = Answered::at(NOW, &facts("pro", Some("2026-06-01")), &body);
        let page = of.desk.run(&["plans"]).output;
        assert!(page.contains("Stay on Pro:") && !page.contains("packs"), "{page}");
        assert!(page.contains("This counts 273.47 credits of overage."), "{page}");
    }
}

/// Found in November 2026: five days before a month's end it was "too early in the month" where Kiro doesn't say how much of a trial
/// this month used.
#[test]
fn it_is_not_too_early_where_a_part_of_the_use_is_not_known() {
    let trial = json!({"freeTrialInfo": {"freeTrialStatus": "ACTIVE", "freeTrialExpiry": 1_796_500_000,
        "currentUsage": 480.25, "usageLimit": 500}});
    let body = answer("KIRO PRO", &[row(400.0, 1000, &trial)], &json!({}));
    let of = Answered::at(NOW, &facts("pro", Some("2026-11-05")), &body);
    let why = "Kiro doesn't say how much of a trial or a grant was used this month.";
    let said: Vec<_> = of.view.verdict.reasons.iter().map(words::say).collect();
    assert!(said.iter().any(|said| said == why), "{said:?}");
    let page = of.desk.run(&["plans"]).output;
    assert!(page.contains(why) && !page.contains("too early in the month"), "{page}");
}
