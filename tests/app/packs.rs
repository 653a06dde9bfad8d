//! One person under a list with packs: everything that overage has is answered with packs (N4).

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, WhatIf};

const NOW: &str = "2026-11-11T00:00:00Z";

/// On Pro since August, and at the limit after a third of November.
fn at_the_limit(desk: &Desk) -> AccountNumber {
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-02", "country": "US", "price_list": "kiro-2026-07"}"#,
    );
    desk.usage(&[("2026-10-05T09:00:00Z", "1600.50"), ("2026-11-05T09:00:00Z", "1000.00")]);
    account
}

#[test]
fn a_forecast_beyond_the_plan_says_how_long_a_pack_lasts() {
    let desk = Desk::at(NOW);
    let account = at_the_limit(&desk);
    let overage = desk.headroom.overview(account).expect("an overview").overage;
    assert_eq!(
        (overage.credits_at_this_pace, overage.charge_at_this_pace),
        (None, None),
        "nothing is charged later"
    );
    let ahead = overage.packs_ahead.expect("nothing is left");
    assert_eq!(ahead.from, NOW);
    // 100 a day: 125 last a day and a quarter, 2,000 are missing.
    assert_eq!(ahead.lasts_until.as_deref(), Some("2026-11-12T06:00:00Z"));
    assert_eq!((ahead.beyond.as_str(), ahead.to_the_end.as_str()), ("2000.00", "80.00"));
    let offer = overage.packs.expect("packs are sold");
    assert_eq!((offer.smallest.as_str(), offer.credits.as_str()), ("5.00", "125.00"));
}

#[test]
fn costs_of_a_month_and_past_months_count_with_packs() {
    let desk = Desk::at(NOW);
    let account = at_the_limit(&desk);
    let plans = desk.headroom.plans(account).expect("plans");
    assert_eq!(plans.unit_price, "0.04");
    let point = |credits: &str| {
        let points = &plans.month_costs.points;
        points.iter().find(|point| point.credits == credits).expect("a point").costs.clone()
    };
    assert_eq!(plans.month_costs.plans, ["Pro", "Pro+", "Pro Max", "Power"]);
    assert_eq!(point("1000.00"), ["20.00", "40.00", "100.00", "200.00"]);
    assert_eq!(point("1000.01"), ["25.00", "40.00", "100.00", "200.00"], "the smallest pack");
    assert_eq!(point("1500.00"), ["40.00", "40.00", "100.00", "200.00"], "where Pro+ pays off");
    assert_eq!(point("3000.00"), ["100.00", "80.00", "100.00", "200.00"], "at this pace");
    let own = |plan: &str| plans.plans.iter().find(|row| row.plan.id == plan).expect("a plan");
    assert_eq!(own("pro-plus").month_at_this_pace.as_deref(), Some("80.00"));
    assert!(own("pro-plus").cheapest);
    let replay = plans.replay.expect("October has ended");
    let some = |costs: [&str; 4]| costs.map(|cost| Some(cost.to_owned())).to_vec();
    assert_eq!(replay.months[0].costs, some(["44.02", "40.00", "100.00", "200.00"]));
    assert_eq!(
        (replay.totals, replay.cheapest.as_str()),
        (some(["44.02", "40.00", "100.00", "200.00"]), "Pro+")
    );
    // So many beyond the plan were used, though the tasks were charged to nobody.
    let receipt = desk.receipt(account, "pro-plus", None);
    let even = receipt.break_even.expect("a step up");
    assert_eq!((even.credits.as_str(), even.at_this_pace.as_deref()), ("500.00", Some("2000.00")));
}

#[test]
fn what_if_buys_packs_and_compares_every_choice_with_them() {
    let desk = Desk::at(NOW);
    let account = at_the_limit(&desk);
    let asked = |packs: bool| {
        let question = WhatIf {
            until: Some("2026-11-30".to_owned()),
            a_day: Some("100".to_owned()),
            packs,
            ..WhatIf::default()
        };
        desk.headroom.what_if(account, &question).expect("an answer")
    };
    let without = asked(false).chosen;
    assert!(without.pauses);
    assert_eq!((without.unserved.as_deref(), without.charged.as_str()), (Some("2000.00"), "0.00"));
    let view = asked(true);
    let with = &view.chosen;
    assert!(with.packs && !with.pauses);
    assert_eq!(with.run_out_on.as_deref(), Some("2026-11-11"));
    assert_eq!((with.pack_credits.as_deref(), with.unserved.as_deref()), (Some("2000.00"), Some("0.00")));
    assert_eq!(
        (with.charged.as_str(), with.together.as_str(), with.left.as_deref()),
        ("80.00", "100.00", Some("0.00"))
    );
    let choices: Vec<_> = view
        .choices
        .iter()
        .map(|choice| {
            (
                choice.course.plan.as_str(),
                choice.course.packs,
                choice.course.together.as_str(),
                choice.cheapest,
            )
        })
        .collect();
    let expected = [
        ("free", false, "0.00", false),
        ("pro", false, "20.00", false),
        ("pro", true, "100.00", false),
        ("pro-plus", false, "60.00", false),
        // 3,000 a month cost 80.00 there, and 100.00 on Pro.
        ("pro-plus", true, "100.00", true),
        ("pro-max", false, "180.00", false),
        ("power", false, "380.00", false),
    ];
    assert_eq!(choices, expected);
}

#[test]
fn a_model_that_nobody_priced_is_not_auto() {
    let desk = Desk::at(NOW);
    let account = at_the_limit(&desk);
    let models = desk.headroom.plans(account).expect("plans").models;
    assert_eq!((models.at, models.quoted.len()), (None, 0), "Kiro wasn't asked");
    let costs =
        |id: &str| models.listed.iter().find(|model| model.id == id).expect("a model").multiplier.clone();
    assert_eq!(costs("auto").as_deref(), Some("1"));
    assert_eq!(costs("claude-haiku-4.5").as_deref(), Some("0.4"));
    assert_eq!(costs("claude-opus-5.5"), None);
}

#[test]
fn without_a_key_in_the_build_the_catalogue_is_shown_and_none_is_imported() {
    let desk = Desk::at(NOW);
    let shown: serde_json::Value =
        serde_json::from_str(&desk.run(&["catalog", "show"]).output).expect("JSON");
    assert_eq!((&shown["imported"], &shown["can_import"]), (&false.into(), &false.into()));
    let ids: Vec<_> =
        shown["lists"].as_array().expect("lists").iter().map(|list| list["id"].clone()).collect();
    assert!(ids.contains(&"kiro-2026-07".into()) && ids.contains(&"kilo-2026".into()), "{ids:?}");
    for command in ["check", "import"] {
        let run = desk.run(&["catalog", command, "anything"]);
        assert_eq!((run.status, run.output.as_str()), (2, ""));
        assert!(run.errors.contains("was built without the key"), "{}", run.errors);
    }
}
