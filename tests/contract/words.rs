//! The words: every language has the same, and the window says what the engine says.

use crate::{same_or_update, sayings};
use acceptance::root;
use headroom_app::answers::{
    ChargeNote, DifferenceItem, DifferencePart, DifferenceReason, DifferenceRest, DifferenceRow,
    DifferenceView, LineUnit, LineView, PlanRefusal, QuotedCharge, QuotedOf, Span,
};
use headroom_app::{Language, Numbers, words};
use headroom_billing::{Assumption, LineKind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Dollars in every way of writing numbers.
fn numbers() -> Vec<Value> {
    let amounts = ["0.04", "999.99", "1234.50", "-20.00", "-1234567.89"];
    let of = |numbers: Numbers| {
        amounts.map(|amount| json!({"tag": numbers.tag(), "amount": amount, "text": numbers.dollars(amount)}))
    };
    Numbers::ALL.into_iter().flat_map(of).collect()
}

/// Of every phrase of a language the places in it.
pub(crate) fn places(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = root().join("src-tauri/crates/app/words").join(format!("{language}.json"));
    let phrases: Value =
        serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("the words are JSON");
    let mut found = BTreeMap::new();
    walk("", &phrases, &mut found);
    found
}

pub(crate) fn walk(name: &str, value: &Value, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(of) => {
            for (key, value) in of {
                walk(&format!("{name}.{key}"), value, found);
            }
        }
        Value::String(text) => {
            assert_eq!(text.trim(), text, "{name} has no space around it");
            let places = text
                .split('{')
                .skip(1)
                .map(|rest| rest.split_once('}').unwrap_or_else(|| panic!("{name}: {text}")).0.to_owned());
            found.insert(name.to_owned(), places.collect());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            panic!("{name} is no phrase: {value}")
        }
    }
}

#[test]
fn every_language_has_the_same_phrases_with_the_same_places() {
    let english = places("en");
    assert!(english.len() > 40, "the words are read");
    let files = crate::files(&root().join("src-tauri/crates/app/words"));
    let names = files.keys().map(|name| name.strip_suffix(".json").expect("words"));
    let languages: BTreeSet<_> = names.map(str::to_owned).collect();
    assert_eq!(languages, Language::ALL.map(|language| language.tag().to_owned()).into());
    for language in languages {
        assert_eq!(places(&language), english, "{language}");
    }
}

const NOTHING: LineView = LineView {
    kind: LineKind::Subscription,
    amount: String::new(),
    plan: None,
    quantity: None,
    unit: None,
    unit_price: None,
    period: None,
    full_price: None,
    days: None,
    days_of: None,
    remainder: false,
    automatic: false,
    charged_at: None,
    profile: None,
    user: None,
};

/// A line of each kind and of each thing that it can count.
fn lines() -> Vec<LineView> {
    let of = |kind, amount: &str| LineView {
        kind,
        amount: amount.to_owned(),
        plan: Some("Pro".to_owned()),
        ..NOTHING
    };
    let counted = |kind, quantity: &str, unit, price: &str| LineView {
        quantity: Some(quantity.to_owned()),
        unit: Some(unit),
        unit_price: Some(price.to_owned()),
        ..of(kind, "40.00")
    };
    vec![
        of(LineKind::Subscription, "20.00"),
        LineView { plan: None, ..of(LineKind::Subscription, "20.00") },
        LineView {
            days: Some(15),
            days_of: Some(30),
            full_price: Some("1200.00".to_owned()),
            ..of(LineKind::Subscription, "600.00")
        },
        counted(LineKind::Subscription, "1", LineUnit::Users, "20.00"),
        counted(LineKind::Subscription, "1200", LineUnit::Users, "20.00"),
        of(LineKind::Discount, "-20.00"),
        LineView { plan: None, ..of(LineKind::Discount, "-10.32") },
        counted(LineKind::Refund, "2", LineUnit::Users, "-20.00"),
        counted(LineKind::Overage, "1.00", LineUnit::Credits, "0.04"),
        counted(LineKind::Overage, "1250.50", LineUnit::Credits, "0.04"),
        LineView {
            days: Some(3),
            days_of: Some(31),
            period: Some(Span { start: "2026-10-29T00:00:00Z".into(), end: "2026-11-01T00:00:00Z".into() }),
            ..counted(LineKind::Seats, "1", LineUnit::Seats, "29.00")
        },
        counted(LineKind::Seats, "5", LineUnit::Seats, "29.00"),
        counted(LineKind::Credits, "250.00", LineUnit::Credits, "0.04"),
        LineView { automatic: true, plan: None, ..of(LineKind::Credits, "500.00") },
        LineView {
            plan: Some("Kilo Pass Pro".to_owned()),
            ..counted(LineKind::Pass, "3", LineUnit::Passes, "49.00")
        },
        LineView { plan: None, remainder: true, ..counted(LineKind::Pass, "1", LineUnit::Passes, "588.00") },
        of(LineKind::Fee, "1.00"),
    ]
}

fn notes() -> Vec<ChargeNote> {
    let month = || "2026-09".to_owned();
    let mut all = vec![
        ChargeNote::OtherCurrency { month: month() },
        ChargeNote::EndNotSeen { month: month(), at: "2026-09-20T10:00:00Z".to_owned() },
        ChargeNote::UsageUnknown { month: month() },
        ChargeNote::Unmetered { tasks: 1, month: month() },
        ChargeNote::Unmetered { tasks: 1200, month: month() },
        ChargeNote::ReportsCover { first: "2026-09-02".to_owned(), last: "2026-09-29".to_owned() },
        ChargeNote::NoReports,
        ChargeNote::BillUnreadable { months: vec![month()] },
        ChargeNote::BillUnreadable { months: vec![month(), "2026-10".to_owned()] },
        ChargeNote::BillUndecided,
        ChargeNote::BillInCurrency { currency: "EUR".to_owned(), amount: "20".to_owned() },
        ChargeNote::BillUnread { rows: 1 },
        ChargeNote::BillUnread { rows: 1200 },
        ChargeNote::BillPartsMissing { parts: 1 },
        ChargeNote::BillPartsMissing { parts: 2 },
        ChargeNote::BillOutdated,
        ChargeNote::BillBesideDamaged { bills: 1 },
        ChargeNote::BillBesideDamaged { bills: 2 },
        ChargeNote::PlanUnknown { until: "2026-09-02".to_owned() },
        ChargeNote::PlanUnlisted { plan: Some("KIRO STUDENT".to_owned()) },
        ChargeNote::PlanUnlisted { plan: None },
        ChargeNote::EndedWithin { on: "2026-09-14".to_owned() },
        ChargeNote::FirstPaidUnknown,
        ChargeNote::FirstPayment,
        ChargeNote::SeatsUnknown,
        ChargeNote::SeatsChanged { from: 5, to: 1200 },
        ChargeNote::FewerSeatsNext { from: 1200, to: 5 },
        ChargeNote::NoSubscription,
        ChargeNote::PaymentFailing,
        ChargeNote::SeatPriceDiffers { told: "18.00".to_owned(), stated: "29.00".to_owned() },
        ChargeNote::SeatsByTheYear,
        ChargeNote::SeatsByTheMonth,
        ChargeNote::CycleEndsOtherwise { told: "2026-12-05".to_owned(), stated: "2026-12-14".to_owned() },
        ChargeNote::PassBegan { on: "2026-09-14".to_owned() },
        ChargeNote::PassSinceUnknown,
        ChargeNote::PassNotKnown,
        ChargeNote::SeatPlanDiffers { told: "enterprise".to_owned(), stated: "teams".to_owned() },
        ChargeNote::PassDiffers {
            tier: "Kilo Pass Pro".to_owned(),
            listed: "49.00".to_owned(),
            told: "1234.50".to_owned(),
        },
        ChargeNote::EarlierPurchasesUnknown,
        ChargeNote::LaterPurchasesUnknown { since: "2026-11-25".to_owned() },
        ChargeNote::CreditsEnded {
            gone: "1234.50".to_owned(),
            on: "2026-12-10".to_owned(),
            left: "15.00".to_owned(),
        },
        ChargeNote::BalanceDiffers { listed: "1234.50".to_owned(), told: "5.00".to_owned() },
        ChargeNote::PurchasesUnknown,
        ChargeNote::PurchaseNotOffered { amount: "1234.50".to_owned() },
    ];
    for assumption in [
        Assumption::FeeUnlessExempt,
        Assumption::EnterpriseSeat,
        Assumption::PassFeeFrom,
        Assumption::PassForPartOfACycle,
        Assumption::PassByTheYear,
        Assumption::PassCredits,
        Assumption::AutomaticTopUp,
        Assumption::OwnPass,
        Assumption::OwnPurchases,
    ] {
        all.push(ChargeNote::Assumed { assumption });
    }
    all.extend(counted_notes());
    all
}

/// Those that count rows or users.
fn counted_notes() -> Vec<ChargeNote> {
    let mut all = Vec::new();
    for (rows, users) in [(1, 1), (31, 1), (1200, 40)] {
        let tiers = vec!["pro-ultra".to_owned(), "team".to_owned()];
        all.push(ChargeNote::TierUnknown { rows, users, tiers });
        all.push(ChargeNote::TierMissing { rows, users });
        all.push(ChargeNote::ProfileMissing { rows, users });
        all.push(ChargeNote::CreditsUnknown { rows, users });
        all.push(ChargeNote::OverageUnknown { rows, users });
        all.push(ChargeNote::BeyondLimit { rows });
        all.push(ChargeNote::SwitchUnknown { users });
        all.push(ChargeNote::ReportsUnread { rows });
        all.push(ChargeNote::RowsRounded { rows });
        let (stated, computed) = ("1234.50".to_owned(), "0.00".to_owned());
        all.push(ChargeNote::OverageDiffers { users, stated, computed });
    }
    all
}

fn refusals() -> Vec<PlanRefusal> {
    vec![
        PlanRefusal::AlreadyOnPlan { plan: "Pro".to_owned() },
        PlanRefusal::CountryNotSupported { country: "PE".to_owned(), name: "Peru".to_owned() },
        PlanRefusal::NoOverage,
        PlanRefusal::Other,
    ]
}

/// The kinds that a type of the window's has, by its generated file.
fn kinds(of: &str) -> BTreeSet<String> {
    let file = root().join("ui/src/ipc/bindings").join(format!("{of}.ts"));
    let text = fs::read_to_string(file).expect("the type");
    let parts = text.split("\"kind\": \"").skip(1);
    parts.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

fn kinds_of(values: &[Value], field: &str) -> BTreeSet<String> {
    values.iter().map(|value| value[field]["kind"].as_str().expect("a kind").to_owned()).collect()
}

/// Differences with a part of each reason, with rows and without, and none of them.
fn differences() -> Vec<Value> {
    let row = |user: Option<&str>, name: Option<&str>, item, item_name: Option<&str>| DifferenceRow {
        payer: user.map(|_| "111111111111".to_owned()),
        account: user.or(name).map(|_| "222222222222".to_owned()),
        user: user.map(str::to_owned),
        name: name.map(str::to_owned),
        item,
        item_name: item_name.map(str::to_owned),
        amount: "20.00".to_owned(),
    };
    let rows = || {
        vec![
            row(Some("a-1"), None, DifferenceItem::Tier, Some("Pro")),
            row(Some("a-2"), Some("Cem Aydin"), DifferenceItem::Credits, None),
            row(None, None, DifferenceItem::Seats, None),
            row(None, None, DifferenceItem::Deduction, None),
            row(None, None, DifferenceItem::Other, Some("Support")),
        ]
    };
    let rest = |amount: &str, users, rows, more: u32| DifferenceRest {
        amount: amount.to_owned(),
        users,
        rows,
        more,
        rest: (more > 0).then(|| "1234.50".to_owned()),
    };
    let part = |reason, of| DifferencePart { reason, of };
    let reasons: Vec<_> = serde_json::from_value::<Vec<DifferenceReason>>(json!(reasons())).expect("reasons");
    let each = reasons.into_iter().map(|reason| vec![part(reason, rest("-92.40", 2, rows(), 0))]);
    let others = [
        (true, vec![part(DifferenceReason::EnterpriseDiscount, rest("-92.40", 0, Vec::new(), 0))], None),
        (false, Vec::new(), Some(rest("3.40", 1, rows(), 3))),
        (false, vec![part(DifferenceReason::NotInReports, rest("5.00", 0, Vec::new(), 0))], None),
        (true, Vec::new(), None),
    ];
    let all = each.map(|parts| (true, parts, None)).chain(others);
    let views = all.map(|(lower, parts, unexplained)| DifferenceView {
        lower,
        same: false,
        amount: "92.40".to_owned(),
        complete: unexplained.is_none(),
        parts,
        unexplained,
    });
    let same = DifferenceView {
        lower: false,
        same: true,
        amount: "0.00".to_owned(),
        complete: true,
        parts: vec![part(DifferenceReason::Credit, rest("-1.00", 0, Vec::new(), 0))],
        unexplained: Some(rest("1.00", 1, rows(), 0)),
    };
    views
        .chain([same])
        .map(|difference| json!({"text": words::difference(&difference), "difference": difference}))
        .collect()
}

/// Every reason that a type of the window's has.
fn reasons() -> Vec<String> {
    let file = root().join("ui/src/ipc/bindings/DifferenceReason.ts");
    let text = fs::read_to_string(file).expect("the type");
    let names = text.split("export type").nth(1).unwrap_or_default().split('"');
    names.skip(1).step_by(2).map(str::to_owned).collect()
}

/// What the engine says of one of each; `charges.test.ts` holds the window to it.
#[test]
fn the_window_is_held_to_the_engines_words() {
    let lines: Vec<_> = lines()
        .iter()
        .map(|line| json!({"line": line, "title": words::line_title(line), "parts": words::line_parts(line)}))
        .collect();
    let notes: Vec<_> = notes().iter().map(|note| json!({"note": note, "text": words::note(note)})).collect();
    let refusals: Vec<_> = refusals()
        .iter()
        .map(|refusal| json!({"refusal": refusal, "text": words::plan_refusal(refusal)}))
        .collect();
    assert_eq!(kinds_of(&notes, "note"), kinds("ChargeNote"), "one of each");
    assert_eq!(kinds_of(&refusals, "refusal"), kinds("PlanRefusal"), "one of each");
    let quoted: Vec<_> = [QuotedOf::Bill, QuotedOf::Overage]
        .into_iter()
        .map(|of| {
            let quoted = QuotedCharge {
                of,
                month: "2026-09".to_owned(),
                at: Some("2026-10-01T00:00:00Z".to_owned()),
                quoted: Some("1055.08".to_owned()),
                in_dollars: true,
                computed: Some("40.00".to_owned()),
                at_least: true,
                agrees: false,
                payers: Vec::new(),
                difference: None,
            };
            json!({"title": words::quoted_title(&quoted, "1 October"), "quoted": quoted})
        })
        .collect();
    let sums: Vec<_> = [(None, false), (Some("0.00"), false), (Some("1234.50"), true)]
        .into_iter()
        .map(|(amount, at_least)| json!({"amount": amount, "at_least": at_least, "text": words::sum(amount, at_least)}))
        .collect();
    let said: Map<String, Value> = [
        ("lines", lines),
        ("notes", notes),
        ("refusals", refusals),
        ("quoted", quoted),
        ("differences", differences()),
        ("sums", sums),
        ("numbers", numbers()),
        ("sayings", sayings::spoken()),
    ]
    .into_iter()
    .map(|(name, of)| (name.to_owned(), Value::Array(of)))
    .collect();
    let text = serde_json::to_string_pretty(&said).expect("JSON") + "\n";
    let places: BTreeSet<_> = places("en").into_values().flatten().collect();
    for place in places {
        assert!(!text.contains(&format!("{{{place}}}")), "every place is filled: {place}");
    }
    let files = BTreeMap::from([("english.json".to_owned(), text)]);
    same_or_update(&root().join("ui/src/ipc/spoken"), &files);
}
