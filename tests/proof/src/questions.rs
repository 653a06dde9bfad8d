//! Random questions beyond the scenarios: what is supposed, what a vendor said, what it billed.

use crate::generate::written;
use crate::model::calendar::{DAY, SECOND, Time, read, write};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// 2027-12-30, shortly before a year's end and a leap February.
const BEGIN: Time = 1_830_124_800 * SECOND;

/// How much is known of something.
pub fn known() -> impl Strategy<Value = &'static str> {
    select(vec!["whole", "whole", "in-part", "nothing"])
}

/// Credits as they are asked for: none, few, many.
pub fn credits() -> impl Strategy<Value = String> {
    let hundredths = prop_oneof![1 => Just(0), 3 => 0..12_000_u32, 1 => 0..1_500_000_u32];
    hundredths.prop_map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// What is supposed from a scenario's moment on: days that reach over a month's end now and then, and a few changes.
pub fn supposed() -> impl Strategy<Value = (u32, Value)> {
    let change = prop_oneof![
        select(vec!["free", "pro", "pro-plus", "power"])
            .prop_map(|plan| json!({"type": "change_plan", "plan": plan})),
        any::<bool>().prop_map(|enabled| json!({"type": "set_overage", "enabled": enabled})),
    ];
    let changes = prop::collection::vec((0..20_u32, change), 0..4);
    let (use_is_known, packs) = (prop::bool::weighted(0.7), any::<bool>());
    // Whole credits a day, or as many in any time.
    let rate = (credits(), prop_oneof![Just(86_400), 3_600..2_678_400_u32]);
    (0..20_u32, rate, changes, use_is_known, packs).prop_map(
        |(days, (a_day, seconds), changes, known, packs)| {
            let changes: Vec<_> = changes.into_iter().map(|(days, change)| json!([days, change])).collect();
            let question = json!({"a_day": a_day, "seconds": seconds, "use_is_known": known, "changes": changes, "packs": packs});
            (days, question)
        },
    )
}

/// The same with its days, counted from the scenario's: a change is at noon, or at once on the first.
pub fn from(scenario: &Value, days: u32, mut question: Value) -> Value {
    let at = read(scenario["as_of"].as_str().expect("as_of"));
    let today = at - at.rem_euclid(DAY);
    question["until"] = write(today + Time::from(days) * DAY)[..10].into();
    for change in question["changes"].as_array_mut().expect("a list") {
        let noon = today + Time::from(change[0].as_u64().expect("days")) * DAY + DAY / 2;
        let mut asked = change[1].take();
        asked["at"] = written(noon.max(at), 0).into();
        *change = asked;
    }
    question
}

fn after(days: i64) -> impl Strategy<Value = Time> {
    let beside = select(vec![-SECOND, -1, 0, 0, 1, SECOND]);
    prop_oneof![
        2 => (0..days * 86_400).prop_map(|second| BEGIN + Time::from(second) * SECOND),
        1 => (1..days, beside).prop_map(|(day, beside)| BEGIN + Time::from(day) * DAY + beside),
    ]
}

/// Millionths of a dollar and what is finer.
fn amount() -> impl Strategy<Value = Value> {
    let millionths = prop_oneof![
        3 => select(vec![50_000_000_i64, 100_000_000, 250_000_000, 1_000_000_000]),
        2 => (0..1_500_000_i64).prop_map(|millidollars| millidollars * 1_000),
        2 => 0..2_000_000_000_i64,
        1 => select(vec![49_990_000_i64, 49_999_999, 999_990_000, 1_000_010_000, 1_234_500_000]),
    ];
    let fine = select(vec![0, 0, 0, 1, 499_999_999_999, 500_000_000_000, 999_999_999_999_i64]);
    (millionths, fine).prop_map(|(millionths, fine)| json!([millionths, fine]))
}

fn told() -> impl Strategy<Value = Value> {
    let purchase = (0..5_u8, after(120), amount())
        .prop_map(|(id, at, amount)| json!({"id": format!("p{id}"), "at": written(at, 0), "amount": amount}));
    let purchases = prop_oneof![
        1 => Just(Value::Null),
        3 => prop::collection::vec(purchase, 0..5).prop_map(Value::from),
    ];
    let seats = prop_oneof![1 => Just(Value::Null), 3 => (1..4_u64).prop_map(Value::from)];
    let pass = select(vec![Value::Null, Value::Null, json!("none"), json!("starter"), json!("expert")]);
    let told = (seats, purchases, pass)
        .prop_map(|(seats, purchases, pass)| json!({"seats": seats, "purchases": purchases, "pass": pass}));
    prop_oneof![1 => Just(Value::Null), 4 => told]
}

/// What is known of a team's cycles.
pub fn team() -> impl Strategy<Value = Value> {
    let stated = prop_oneof![2 => Just(Value::Null), 1 => (1..4_u64).prop_map(Value::from)];
    let cycle = (told(), told(), told(), stated).prop_map(|(first, last, newest, stated)| {
        json!({"first": first, "last": last, "newest": newest, "stated_seats": stated})
    });
    let list = select(vec![
        ("kilo-2025", "monthly"),
        ("kilo-2026", "monthly"),
        ("kilo-2026", "annual"),
        ("kilo-2026", "enterprise"),
        ("kilo-2026", "enterprise-annual"),
    ]);
    let since = select(vec!["2027-12-30", "2028-01-15", "2028-01-30", "2028-02-29", "2028-03-31"]);
    let stated = (select(vec!["starter", "pro"]), since)
        .prop_map(|(tier, since)| json!({"tier": tier, "since": since}));
    let pass = prop_oneof![1 => Just(Value::Null), 2 => stated];
    let upcoming = select(vec![Value::Null, json!("pro"), json!("expert")]);
    let of_2026 = (pass, upcoming, prop::bool::weighted(0.2));
    let tax = select(vec!["0", "0.075", "0.193333333333"]);
    let start = select(vec!["2027-12-30", "2027-12-31", "2028-01-15", "2028-02-29", "2028-03-01"]);
    (list, tax, start, prop::collection::vec(cycle, 1..4), after(130), 1..5_u64, of_2026).prop_map(
        |((edition, seat), tax, start, cycles, now, seats, (pass, upcoming, fee_exempt))| {
            let began = read(&format!("{start}T00:00:00Z"));
            let (pass, upcoming) =
                if edition == "kilo-2026" { (pass, upcoming) } else { (Value::Null, Value::Null) };
            json!({"edition": edition, "seat": seat, "tax_rate": tax, "started_on": start, "cycles": cycles,
                "now": written(now.max(began), 0), "seats": seats, "pass": pass, "upcoming_pass": upcoming,
                "fee_exempt": fee_exempt})
        },
    )
}

/// The lines of a bill: users, and costs with up to 27 places.
pub fn bill() -> impl Strategy<Value = Value> {
    let digits = prop_oneof![
        2 => "[0-9]{1,2}", 1 => "[0-9]{9,27}", 1 => "0[05]0{7,24}[0-9]", 1 => "[0-9]{2}5", 1 => "[0-9]{2}4999999999"
    ];
    let cost = (any::<bool>(), 0..3_000_u32, digits).prop_map(|(negative, dollars, digits)| {
        Value::from(format!("{}{dollars}.{digits}", if negative { "-" } else { "" }))
    });
    let cost = prop_oneof![30 => cost, 1 => Just(Value::Null)];
    let user = select(vec!["", "ann", "bob"]);
    let line = (user, cost).prop_map(|(user, cost)| json!({"user": user, "cost": cost}));
    prop::collection::vec(line, 0..9).prop_map(Value::from)
}

/// A line of a bill: usually what it should be, sometimes in part, at another price, or something else.
fn billed_line() -> impl Strategy<Value = Value> {
    let whose = (select(vec!["", "111", "111", "222"]), select(vec!["333", "444"]));
    let user = select(vec!["", "ann", "ann", "bob", "cem", "dan"]);
    let tier = select(vec![
        ("pro", 20),
        ("Pro", 20),
        ("pro-plus", 40),
        ("ProMax", 100),
        ("power", 200),
        ("team", 55),
    ]);
    // In millionths of a month, with what is cut off of a month that is spread over its days.
    let months = select(vec![
        1_000_000, 1_000_000, 1_000_000, 500_000, 2_000_000, 999_999, 1_000_001, 0, 1_290_322, -1_000_000,
    ]);
    let seat =
        (tier, months, select(vec![100, 100, 100, 90, 0])).prop_map(|((name, price), months, percent)| {
            let micros: i64 = if months == 0 { 1_000_000 } else { months };
            let cost = micros * price * percent;
            json!(["tier", name, decimal(months * 1_000, 9), decimal(cost, 8)])
        });
    let credits = (0..900_000_i64, select(vec![0, 0, 4, 4, 3])).prop_map(|(hundredths, cents)| {
        json!(["credits", "", decimal(hundredths * 10_000_000, 9), decimal(hundredths * cents, 4)])
    });
    let kind = select(vec![
        "Enterprise",
        "Reseller",
        "Bundled",
        "PrivateRate",
        "Discount",
        "Credit",
        "Refund",
        "Refund",
        "Adjustment",
    ]);
    let off =
        prop_oneof![1 => select(vec![-2_000_000_000_i64, -4_000_000_000]), 2 => -9_000_000_000..100_i64];
    let deduction = (kind, off).prop_map(|(kind, off)| json!(["deduction", kind, "0", decimal(off, 8)]));
    let other = (0..500_i64).prop_map(|cents| json!(["other", "Something", "0", decimal(cents, 2)]));
    let what = prop_oneof![6 => seat, 4 => credits, 2 => deduction, 1 => other];
    (whose, user, what).prop_map(|((payer, account), user, mut what)| {
        json!({"payer": payer, "account": account, "user": user, "item": what[0].take(), "name": what[1].take(),
            "quantity": what[2].take(), "cost": what[3].take()})
    })
}

/// A whole number with a point before its last places.
fn decimal(number: i64, places: usize) -> String {
    let digits = format!("{:0>width$}", number.abs(), width = places + 1);
    let (before, behind) = digits.split_at(digits.len() - places);
    format!("{}{before}.{behind}", if number < 0 { "-" } else { "" })
}

/// A user under a profile by the reports.
fn reported() -> impl Strategy<Value = Value> {
    let user = select(vec!["ann", "bob", "cem", "eve"]);
    let seat = select(vec![None, Some("pro"), Some("pro"), Some("pro-plus"), Some("pro-max"), Some("power")]);
    let overage = prop_oneof![2 => Just("0.00".to_owned()), 2 => credits()];
    let cap = prop_oneof![3 => Just(Value::Null), 1 => credits().prop_map(Value::from)];
    let usually = || prop::bool::weighted(0.8);
    (user, seat, overage, cap, usually(), usually(), usually()).prop_map(
        |(user, seat, overage, cap, priced, on, whole)| {
            let overage = if seat.is_none() { "0.00".to_owned() } else { overage };
            json!({"user": user, "seat": seat, "overage": overage, "cap": cap, "is_priced": priced, "is_off": !on,
                "is_whole": whole})
        },
    )
}

/// A month's bill and what the reports have: at random, and as they are where only little differs.
pub fn billed_month() -> impl Strategy<Value = Value> {
    let wild = (prop::collection::vec(billed_line(), 0..12), prop::collection::vec(reported(), 0..6));
    let alike =
        (prop::collection::vec(reported(), 1..12), prop::collection::vec(billed_line(), 0..3), any::<bool>());
    let alike = alike.prop_map(|(people, mut lines, named)| {
        for person in &people {
            let user = if named { person["user"].clone() } else { "".into() };
            let Some(seat) = person["seat"].as_str() else { continue };
            let price = match seat {
                "pro" => "20",
                "pro-plus" => "40",
                "pro-max" => "100",
                _ => "200",
            };
            lines.push(json!({"payer": "111", "account": "333", "user": user, "item": "tier", "name": seat,
                "quantity": "1", "cost": price}));
            let hundredths: i64 =
                person["overage"].as_str().expect("credits").replace('.', "").parse().expect("digits");
            lines.push(json!({"payer": "111", "account": "333", "user": user, "item": "credits", "name": "",
                "quantity": "0", "cost": decimal(hundredths * 4, 4)}));
        }
        (lines, people)
    });
    (prop_oneof![wild, alike], any::<bool>(), any::<bool>()).prop_map(|((lines, people), covers, ended)| {
        json!({"lines": lines, "people": people, "reports_cover": covers, "has_ended": ended})
    })
}

/// Amounts by whose they are, some of them not known.
pub fn shares() -> impl Strategy<Value = Value> {
    let amount = prop_oneof![1 => Just(Value::Null), 5 => amount(), 1 => Just(json!([0, 0]))];
    let part = (select(vec!["a", "b", "c", "d"]), amount)
        .prop_map(|(whose, amount)| json!({"whose": whose, "amount": amount}));
    prop::collection::vec(part, 0..9).prop_map(Value::from)
}

/// What a team spent and what is left.
pub fn outlook() -> impl Strategy<Value = Value> {
    let part =
        (prop_oneof![1 => Just(Value::Null), 1 => after(150).prop_map(|at| written(at, 0).into())], amount())
            .prop_map(|(end, left)| json!({"expires_at": end, "left": left}));
    let parts = prop::collection::vec(part, 0..4);
    // In most cases the parts are the balance.
    let told =
        (after(60), parts, amount(), prop::bool::weighted(0.7)).prop_map(|(at, parts, other, fits)| {
            let part =
                |place: usize| parts.iter().map(|part| part["left"][place].as_i64().expect("a number")).sum();
            let fine: i64 = part(1);
            let millionths: i64 = part(0);
            let all = json!([millionths, fine]);
            let balance = if fits { all } else { other };
            json!({"at": written(at, 0), "balance": balance, "parts": parts})
        });
    let told = prop_oneof![1 => Just(Value::Null), 5 => told];
    let spent = prop_oneof![1 => Just(Value::Null), 1 => Just(json!([0, 0])), 8 => amount()];
    let switch = (
        select(vec!["100.00", "500.00", "1000.00", "33.33"]),
        select(vec!["50.00", "0.01", "120.00"]),
        prop::bool::weighted(0.1),
        after(120),
    );
    let switch = switch.prop_map(|(amount, threshold, paused, until)| {
        json!({"amount": amount, "threshold": threshold, "paused": paused, "until": written(until, 0)})
    });
    let switch = prop_oneof![1 => Just(Value::Null), 3 => switch];
    let terms = (select(vec!["0", "0.075", "0.193333333333"]), prop::bool::weighted(0.2));
    let times = (0..40_i64, after(60), after(70));
    (spent, prop::bool::weighted(0.1), times, told, switch, terms).prop_map(
        |(spent, is_part, (first, until, now), told, switch, (tax, fee_exempt))| {
            let first_day = write(BEGIN + Time::from(first) * DAY)[..10].to_owned();
            json!({"spent": spent, "is_part": is_part, "first_day": first_day, "until": written(until, 0),
                "now": written(now, 0), "told": told, "automatic": switch, "tax_rate": tax,
                "fee_exempt": fee_exempt})
        },
    )
}
