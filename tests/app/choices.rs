//! The options beside each other: what each charges, whether it covers the use, which is the cheapest, and the receipt of one.

use crate::what_if::{ask, pro, supposing};
use acceptance::Desk;
use headroom_app::answers::{
    ChargeTotal, ChoiceView, CoversView, Judgement, PaceView, Standing, UnfitView, WhatIf, WhatIfView,
};

const NOW: &str = "2026-11-21T10:30:00Z";

/// The choices with whether overage is on, each by its plan.
fn names(view: &WhatIfView) -> Vec<(&str, bool)> {
    view.choices.iter().map(|choice| (choice.course.plan_name.as_str(), choice.course.overage)).collect()
}

pub(crate) fn choice<'v>(view: &'v WhatIfView, plan: &str, overage: bool) -> &'v ChoiceView {
    let is = |choice: &&ChoiceView| choice.course.plan == plan && choice.course.overage == overage;
    view.choices.iter().find(is).unwrap_or_else(|| panic!("{plan}, {overage}: {:?}", names(view)))
}

pub(crate) fn cheapest(view: &WhatIfView) -> Option<(&str, bool)> {
    let cheapest = view.choices.iter().filter(|choice| choice.cheapest).collect::<Vec<_>>();
    assert!(cheapest.len() < 2, "{cheapest:?}");
    cheapest.first().map(|choice| (choice.course.plan.as_str(), choice.course.overage))
}

fn total(charge: Option<&ChargeTotal>) -> &str {
    charge.map_or("-", |charge| charge.total.as_str())
}

/// Where overage makes no difference a plan stands in the table once, with the switch as it is.
#[test]
fn a_choice_made_now_costs_what_its_receipt_says() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    let view = ask(&desk, account, &supposing("2026-11-21", "0", &[]));
    for plan in ["pro-plus", "power"] {
        let row = choice(&view, plan, true);
        let receipt = desk.receipt(account, plan, Some("0"));
        assert_eq!(Some(&row.course.charged), receipt.charge_now.map(|charge| charge.total).as_ref());
        assert_eq!((&row.today, &row.next_bill), (&row.today, &receipt.bill_after), "{plan}");
    }
    assert_eq!(names(&view), [("Free", false), ("Pro", true), ("Pro+", true), ("Power", true)]);
    let paused = ask(&desk, account, &supposing("2026-11-30", "60", &[]));
    let both = [("Free", false), ("Pro", false), ("Pro", true), ("Pro+", true), ("Power", true)];
    assert_eq!(names(&paused), both, "off it would pause");
    for view in [&view, &paused] {
        let unchanged: Vec<_> = view.choices.iter().filter(|choice| choice.unchanged).collect();
        assert!(
            matches!(unchanged.as_slice(), [ChoiceView { own: true, course, .. }] if course.overage),
            "Pro with overage is how it is now"
        );
    }
}

/// In November 2026 the table called another choice the cheapest than the verdict above it did.
#[test]
fn the_choice_that_is_the_cheapest_is_the_verdicts() {
    for (overage, a_day, sentence, expected) in [
        (true, "20", "Stay on Pro: Pro+ would cost $20.00 more a month at 600 credits.", ("pro", true)),
        (true, "45", "Stay on Pro: Pro+ would cost $6.00 more a month at 1,350 credits.", ("pro", true)),
        // By 1 December staying comes to less, 44.22; that Pro+ costs less a month goes on.
        (true, "55", "Move to Pro+: saves $6.00 a month at 1,650 credits.", ("pro-plus", true)),
        (
            false,
            "45",
            "Stay on Pro and allow overage: Pro+ would cost $6.00 more a month at 1,350 credits.",
            ("pro", true),
        ),
        (true, "1", "Move to Free: saves $20.00 a month at 30 credits, from 1 December.", ("free", false)),
    ] {
        let desk = Desk::at(NOW);
        let account = pro(&desk, overage);
        let view = ask(&desk, account, &supposing("2026-11-30", a_day, &[]));
        assert_eq!(headroom_app::words::say(&view.verdict.sentence), sentence);
        assert_eq!(cheapest(&view), Some(expected), "{a_day} a day");
        let looked_at: Vec<_> = view.choices.iter().filter(|choice| choice.looked_at).collect();
        assert!(matches!(looked_at.as_slice(), [choice] if choice.cheapest), "it is looked at first");
        let receipt = view.receipt.expect("a receipt");
        assert_eq!((receipt.plan.as_str(), receipt.plan_stays), (expected.0, expected.0 == "pro"));
        assert_eq!(receipt.turns, (expected == ("pro", true) && !overage).then_some(true));
    }
}

const PAUSED: &str = "Otherwise requests pause until 1 December, and nothing more is charged until then.";
const FROM: &str =
    "Otherwise requests pause from 27 November to 1 December, and nothing more is charged until then.";
const WAITS: &str = "Requests pause until 1 December. Nothing more is charged until then.";

/// A plan with what was used on it and what is tried a day: the verdict, what doing nothing comes to, and the table's cheapest.
type Paused = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    Option<(&'static str, bool)>,
);

const WHERE_REQUESTS_PAUSE: [Paused; 6] = [
    (
        "pro",
        "1000",
        None,
        "Stay on Pro and allow overage: Pro+ would cost $1.28 more a month at your pace.",
        PAUSED,
        Some(("pro", true)),
    ),
    (
        "pro",
        "780",
        None,
        "Stay on Pro and allow overage: Pro+ would cost $14.20 more a month at your pace.",
        FROM,
        Some(("pro", true)),
    ),
    (
        "pro",
        "1000",
        Some("10"),
        "Stay on Pro and allow overage: Pro+ would cost $20.00 more a month at 300 credits.",
        PAUSED,
        Some(("pro", true)),
    ),
    (
        "pro",
        "1000",
        Some("80"),
        "Move to Pro+ and allow overage: saves $20.00 a month at 2,400 credits.",
        PAUSED,
        Some(("pro-plus", true)),
    ),
    (
        "free",
        "50",
        Some("1"),
        "Stay on Free and wait until 1 December: Pro would cost $20.00 more a month at 30 credits.",
        WAITS,
        None,
    ),
    (
        "free",
        "50",
        Some("45"),
        "Free isn't enough at 1,350 credits. The cheapest that covers you is Pro with overage, $34.00 a month.",
        PAUSED,
        Some(("pro", true)),
    ),
];

/// In November 2026 Plans said "Stay on Pro" of an account whose requests were paused, above a table in which Pro with
/// overage off paused.
#[test]
fn stay_is_never_said_bare_where_requests_pause() {
    for (plan, used, a_day, sentence, reason, row) in WHERE_REQUESTS_PAUSE {
        let desk = Desk::at(NOW);
        let account = desk.facts(&format!(
            r#"{{"plan": "{plan}", "first_paid_on": {}, "country": "US", "overage_enabled": false,
            "price_list": "kiro-2025-12"}}"#,
            if plan == "free" { "null" } else { r#""2026-08-15""# }
        ));
        desk.usage(&[("2026-11-02T09:00:00Z", used)]);
        let question = a_day.map_or_else(WhatIf::default, |a_day| supposing("2026-11-30", a_day, &[]));
        let view = ask(&desk, account, &question);
        let said = headroom_app::words::say;
        assert_eq!(said(&view.verdict.sentence), sentence);
        assert!(view.verdict.reasons.iter().any(|of| said(of) == reason), "{sentence}: {:?}", view.verdict);
        assert_eq!(view.verdict.judgement, Judgement::Warn, "{sentence}");
        assert_eq!(cheapest(&view), row, "{sentence}");
        let standing = view.choices.iter().find(|choice| choice.unchanged).expect("how things stand");
        assert!(covers(standing).starts_with("pauses on"), "{sentence}: {}", covers(standing));
        if a_day.is_none() {
            let plans = desk.run(&["plans"]).output;
            assert!(plans.starts_with(&format!("Kiro: {sentence}\n")) && plans.contains(reason), "{plans}");
        }
    }
}

/// A plan that isn't sold where the owner lives was advised, above a table that refused it.
#[test]
fn no_plan_is_advised_that_is_not_sold() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-08-10", "country": "RU", "overage_enabled": false, "price_list": "kiro-2025-12"}"#,
    );
    desk.usage(&[("2026-11-12T09:00:00Z", "49.00")]);
    let view = ask(&desk, account, &WhatIf::default());
    assert_eq!(view.verdict.sentence.code(), "plan-none-covers", "{:?}", view.verdict);
    let tried = ask(&desk, account, &supposing("2026-11-30", "0.10", &[]));
    assert_eq!(tried.verdict.sentence.code(), "plan-stay-alone", "{:?}", tried.verdict);
}

/// Overview said "101.06 to spare" where Plans said "101.11 left" for the same account and day.
#[test]
fn as_much_is_left_in_plans_as_overview_says_is_to_spare() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false, "price_list": "kiro-2025-12"}"#,
    );
    desk.usage(&[("2026-11-02T09:00:00Z", "310.40"), ("2026-11-20T09:00:00Z", "302.00")]);
    let Standing::KiroIndividual(overview) = desk.headroom.standing(account).expect("a standing") else {
        panic!("one person");
    };
    let Some(PaceView::LeftAtReset { credits, .. }) = overview.pace else { panic!("{:?}", overview.pace) };
    let view = ask(&desk, account, &WhatIf::default());
    assert_eq!(covers(choice(&view, "pro", false)), format!("{credits} left"));
    assert_eq!(view.chosen.left, Some(credits));
}

/// How a choice covers a use, as the table says it.
pub(crate) fn covers(choice: &ChoiceView) -> String {
    let of = |credits: &str, monthly: bool| format!("{credits}{}", if monthly { " a month" } else { "" });
    match (&choice.covers, &choice.unfit) {
        (Some(CoversView::NoLimit), _) => "no limit".to_owned(),
        (Some(CoversView::Left { credits, monthly }), _) => format!("{} left", of(credits, *monthly)),
        (Some(CoversView::Overage { credits, monthly }), _) => format!("{} extra", of(credits, *monthly)),
        (Some(CoversView::Packs { credits, monthly }), _) => format!("packs for {}", of(credits, *monthly)),
        (None, Some(UnfitView::Pauses { on })) => format!("pauses on {on}"),
        (None, Some(UnfitView::TooSmall { allowance, .. })) => format!("{allowance} a month"),
        (None, None) => "not known".to_owned(),
    }
}

#[test]
fn what_covers_means_with_how_much_to_spare_or_why_not() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    // 600 were used; of today 13 and a half hours are left, and nine days after it.
    for (a_day, plan, overage, expected, a_month) in [
        ("20", "free", false, "50.00 a month", None),
        ("20", "pro", true, "208.75 left", Some("20.00")),
        ("45", "pro", false, "pauses on 2026-11-30", None),
        ("45", "pro", true, "30.31 extra", Some("34.00")),
        ("45", "pro-plus", true, "969.69 left", Some("40.00")),
        ("1", "free", false, "20.00 a month left", Some("0.00")),
    ] {
        let view = ask(&desk, account, &supposing("2026-11-30", a_day, &[]));
        let row = choice(&view, plan, overage);
        assert_eq!(covers(row), expected, "{plan}, {overage}, {a_day} a day");
        assert_eq!(row.a_month.as_deref(), a_month, "{plan}, {overage}, {a_day} a day");
        assert_eq!(row.begins_at.is_some(), plan == "free");
    }
}

/// What a bonus covers this month, it isn't bought twice: nor is the plan that it stands beside too small.
#[test]
fn a_bonus_counts_at_the_pace_so_far_and_not_for_a_month_that_is_tried() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-10", "country": "US", "overage_enabled": false, "price_list": "kiro-2025-12"}"#,
    );
    desk.usage(&[("2026-11-12T09:00:00Z", "200.00")]);
    let view = ask(&desk, account, &WhatIf::default());
    assert_eq!(cheapest(&view), Some(("free", false)));
    assert!(covers(choice(&view, "free", false)).ends_with(" left"));
    let tried = ask(&desk, account, &supposing("2026-11-30", "10", &[]));
    assert_eq!(covers(choice(&tried, "free", false)), "50.00 a month", "300 a month");
    assert_eq!(cheapest(&tried).map(|(plan, _)| plan), Some("pro"));
}

#[test]
fn a_receipt_has_the_net_up_to_the_next_bill_and_what_waiting_changes_at_that_pace() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    let receipt = desk.receipt(account, "pro-plus", Some("80"));
    // 364.99 beyond Pro by the month's end come to 14.60, with 10 % tax 16.06: Pro+ covers them.
    assert_eq!((total(receipt.bill_before.as_ref()), total(receipt.bill_after.as_ref())), ("38.06", "44.00"));
    let whole = receipt.net.expect("something is charged");
    assert_eq!((total(whole.after.as_ref()), total(whole.before.as_ref())), ("66.00", "38.06"));
    assert_eq!((whole.more.as_deref(), whole.less.as_deref()), (Some("27.94"), None));
    let next = receipt.next_cycle.expect("an upgrade");
    assert_eq!((total(next.taken_now.as_ref()), total(next.taken_then.as_ref())), ("66.00", "60.06"));
    assert_eq!(
        (next.waiting_saves.as_deref(), next.waiting_costs, next.pauses_on),
        (Some("5.94"), None, None)
    );
    // With overage off nothing is charged while one waits, but requests pause.
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    let next = desk.receipt(account, "pro-plus", Some("80")).next_cycle.expect("an upgrade");
    assert_eq!(
        (next.waiting_saves.as_deref(), next.pauses_on.as_deref()),
        (Some("22.00"), Some("2026-11-26"))
    );
    // Staying is a choice with a receipt too.
    let stay = desk.receipt(account, "pro", Some("80"));
    assert!(stay.plan_stays && stay.charge_now.is_none() && stay.refused.is_none());
    assert_eq!(stay.bill_before, stay.bill_after);
}

/// Rows that come to less than the cheapest and don't do for the use say so themselves.
#[test]
fn a_choice_that_does_not_fit_says_why() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    for (until, a_day, plan, overage, expected) in [
        ("2026-11-30", "20", "free", false, Some(("too-small", "50.00", "600.00"))),
        ("2026-11-30", "100", "pro", false, Some(("pauses", "2026-11-25", ""))),
        ("2026-11-30", "100", "pro", true, None),
        ("2027-01-31", "80", "pro", false, Some(("pauses", "2026-11-26", ""))),
        ("2027-01-31", "80", "power", true, None),
    ] {
        let view = ask(&desk, account, &supposing(until, a_day, &[]));
        let said = choice(&view, plan, overage).unfit.as_ref().map(|unfit| match unfit {
            UnfitView::Pauses { on } => ("pauses", on.as_str(), ""),
            UnfitView::TooSmall { allowance, needs } => ("too-small", allowance.as_str(), needs.as_str()),
        });
        assert_eq!(said, expected, "{plan}, {overage}, {a_day} a day until {until}");
        assert!(view.choices.iter().all(|choice| !choice.cheapest || choice.unfit.is_none()));
    }
}
