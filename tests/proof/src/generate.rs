//! Random scenarios: short lists of events crowded around the moments where rules change.

use crate::model::calendar::{DAY, SECOND, Time, read, write};
use crate::model::lists;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// The beginning of the time in which everything happens, 2027-11-28: a leap February follows.
const BEGIN: Time = 1_827_360_000 * SECOND;
/// Days in which everything happens: about seven months.
const DAYS: i64 = 210;

/// A moment in the contract's form, with fractions and offsets now and then.
pub(crate) fn written(time: Time, offset: i64) -> String {
    let local = time + Time::from(offset) * 60 * SECOND;
    let text = write(local);
    let fraction = time.rem_euclid(SECOND);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:09}") };
    let zone = if offset == 0 {
        "Z".to_owned()
    } else {
        format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, offset.abs() / 60, offset.abs() % 60)
    };
    format!("{}{fraction}{zone}", text.trim_end_matches('Z'))
}

/// Nanoseconds after the beginning: days' first instants and their neighbours are likelier than others.
fn after() -> impl Strategy<Value = Time> {
    let day = (0..DAYS).prop_map(|day| Time::from(day) * DAY);
    let beside = select(vec![-SECOND, -1, 0, 0, 0, 1, SECOND]);
    prop_oneof![
        3 => (0..DAYS * 86_400).prop_map(|second| Time::from(second) * SECOND),
        2 => (day.clone(), beside.clone()).prop_map(|(day, beside)| day + beside),
        // The months' ends: from 28 November 2027 on, 30, 31, 31, 29, 31, 30 days.
        2 => (select(vec![3, 34, 65, 94, 125, 155, 186]), beside).prop_map(|(day, beside): (i64, Time)| Time::from(day) * DAY + beside),
    ]
}

/// A moment in the contract's form of any offset.
fn with_offset(time: impl Strategy<Value = Time>) -> impl Strategy<Value = (Time, String)> {
    let offset = prop_oneof![4 => Just(0), 1 => select(vec![-720, -330, 60, 345, 840])];
    (time, offset).prop_map(|(time, offset)| (time, written(time, offset)))
}

fn at() -> impl Strategy<Value = (Time, String)> {
    with_offset(after().prop_map(|after| BEGIN + after.max(0)))
}

/// Credits: mostly a few, sometimes about a plan's worth, sometimes with many digits.
fn credits() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (1..40_000_u32).prop_map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100)),
        2 => (400..2_600_u32).prop_map(|credits| credits.to_string()),
        1 => (9_000..11_000_u32).prop_map(|credits| credits.to_string()),
        1 => (0..3_u32, 1..1_000_000_u32).prop_map(|(whole, part)| format!("{whole}.{part:06}")),
        1 => Just("0.005".to_owned()),
    ]
}

/// The fields of a task's consumption in one of the two forms, and an id that comes again now and then.
fn usage() -> impl Strategy<Value = Value> {
    let id = prop_oneof![3 => Just(Value::Null), 2 => (0..6_u8).prop_map(|id| json!(format!("id{id}")))];
    let form = prop_oneof![
        3 => credits().prop_map(|credits| json!({"credits": credits})),
        1 => (credits(), select(vec![Value::Null, json!("auto"), json!("sonnet-4")])).prop_map(|(credits, model)| {
            json!({"auto_credits": credits, "model": model})
        }),
    ];
    (form, id).prop_map(|(mut event, id)| {
        event["type"] = "usage".into();
        event["id"] = id;
        event
    })
}

fn set(mut event: Value, key: &str, value: impl Into<Value>) -> Value {
    event[key] = value.into();
    event
}

fn overage() -> impl Strategy<Value = Value> {
    any::<bool>().prop_map(|enabled| json!({"type": "set_overage", "enabled": enabled}))
}

/// Puts moments on events and the opening one, if any, first.
fn scenario(
    account: &'static str,
    opening: Option<Value>,
    mut events: Vec<((Time, String), Value)>,
    as_of: (Time, String),
    header: &Value,
) -> Value {
    let first = events.iter().map(|((time, _), _)| *time).min().unwrap_or(BEGIN);
    let mut list: Vec<Value> = Vec::new();
    if let Some(opening) = opening {
        list.push(set(opening, "at", written(first, 0)));
    }
    // The order in the file is not the order in time, but equal times keep it.
    events.truncate(40);
    list.extend(events.into_iter().map(|((_, text), event)| set(event, "at", text)));
    let (time, text) = as_of;
    let as_of = if time < first { written(first, 0) } else { text };
    let mut scenario = json!({"account": account, "as_of": as_of, "events": list});
    for (key, value) in header.as_object().into_iter().flatten() {
        scenario[key] = value.clone();
    }
    scenario
}

fn header() -> impl Strategy<Value = Value> {
    let country = select(vec!["US", "US", "JP", "DE"]);
    let day_count = select(vec![Value::Null, json!("whole-days"), json!("started-days")]);
    (country, day_count).prop_map(|(country, day_count)| json!({"country": country, "day_count": day_count}))
}

/// One person's account.
pub fn person() -> impl Strategy<Value = Value> {
    let plan = select(vec!["free", "pro", "pro-plus", "power"]);
    let change = plan.prop_map(|plan| json!({"type": "change_plan", "plan": plan}));
    let event = prop_oneof![4 => usage(), 2 => change, 1 => overage()];
    let events = prop::collection::vec((at(), event), 0..24);
    let opening = select(vec![json!({"type": "sign_up"}), json!({"type": "sign_up", "trial": false})]);
    let not_sold = prop::bool::weighted(0.05);
    (opening, events, at(), header(), not_sold).prop_map(|(opening, events, as_of, header, not_sold)| {
        let header = if not_sold { set(header, "country", "RU") } else { header };
        scenario("kiro-individual", Some(opening), events, as_of, &header)
    })
}

/// 2026-03-28, shortly before the first of Kiro's new price lists.
const BEGIN_OF_LISTS: Time = 1_774_656_000 * SECOND;

/// A moment of the summer of 2026: the first instants of its months and 8 May are likelier than others.
pub(crate) fn of_summer() -> impl Strategy<Value = (Time, String)> {
    let day = (0..DAYS).prop_map(|day| Time::from(day) * DAY);
    let beside = || select(vec![-SECOND, -1, 0, 0, 0, 1, SECOND]);
    // From 28 March on: 30, 31, 30, 31, 31, 30 days.
    let special = select(vec![4, 34, 41, 65, 95, 126, 157, 187]);
    let after = prop_oneof![
        3 => (0..DAYS * 86_400).prop_map(|second| Time::from(second) * SECOND),
        2 => (day, beside()).prop_map(|(day, beside)| day + beside),
        2 => (special, beside()).prop_map(|(day, beside): (i64, Time)| Time::from(day) * DAY + beside),
    ];
    with_offset(after.prop_map(|after| BEGIN_OF_LISTS + after.max(0)))
}

/// A pack, with an end now and then, and amounts on both sides of what is offered.
fn pack() -> impl Strategy<Value = Value> {
    let amount = prop_oneof![
        4 => select(vec!["5", "5.00", "7.77", "10", "12.5", "25"]),
        1 => select(vec!["4.99", "100", "100.01", "0.01", "99.99", "5.000", "5.001"]),
    ];
    let end = prop_oneof![
        3 => Just(Value::Null),
        2 => of_summer().prop_map(|(_, text)| text.into()),
    ];
    (amount, end)
        .prop_map(|(amount, end)| json!({"type": "buy_credits", "amount": amount, "expires_at": end}))
}

/// What an owner states of an account (N7).
fn stated() -> impl Strategy<Value = Value> {
    let end = prop_oneof![
        1 => Just(Value::Null),
        2 => of_summer().prop_map(|(_, text)| text.into()),
    ];
    let credits = select(vec!["40", "200", "500.00", "0.01", "1250.5"]);
    let used = select(vec![Value::Null, Value::Null, json!("0"), json!("0.01"), json!("30.5")]);
    let pool = (credits, used, end).prop_map(|(credits, used, end)| {
        let used = if credits == "0.01" { Value::Null } else { used };
        json!({"type": "grant", "credits": credits, "used": used, "expires_at": end})
    });
    let plan = select(vec!["free", "pro", "pro", "pro-plus", "power"]);
    let credits = select(vec!["60", "900", "1500", "2000", "0.01"]);
    let limit = (plan, credits)
        .prop_map(|(plan, credits)| json!({"type": "own_limit", "plan": plan, "credits": credits}));
    prop_oneof![4 => pool, 2 => limit]
}

/// One person's account under the price lists of 2026: one of them, or each month's own. In a few scenarios an event isn't
/// one of its list; those are bad input.
pub fn person_of_lists() -> impl Strategy<Value = Value> {
    let change = select(vec!["free", "pro", "pro", "pro-plus", "pro-max", "power"])
        .prop_map(|plan| json!({"type": "change_plan", "plan": plan}));
    let credit = select(vec!["20.00", "20", "5", "0.01", "15.33", "15.333", "120", "5.000"])
        .prop_map(|amount| json!({"type": "first_payment_credit", "amount": amount}));
    let on_model = (usage(), select(lists::model_names())).prop_map(|(mut event, model)| {
        // A model beside metered credits is information.
        event["model"] = model.into();
        event
    });
    let event = prop_oneof![
        4 => usage(), 2 => on_model, 3 => change, 1 => overage(), 3 => pack(), 1 => credit, 2 => stated()
    ];
    let events = prop::collection::vec((of_summer(), event), 0..28);
    let opening = select(vec![
        json!({"type": "sign_up"}),
        json!({"type": "sign_up"}),
        json!({"type": "sign_up", "trial": false}),
    ]);
    let edition = prop_oneof![
        4 => Just(json!("in-force")), 3 => Just(json!("kiro-2026-07")), 1 => Just(json!("kiro-2026-06")),
        1 => Just(json!("kiro-2026-05")), 1 => Just(Value::Null),
    ];
    // Many begin before May, for the most happens then; some only later.
    let begins = prop_oneof![3 => Just(0), 1 => select(vec![34, 40, 41, 60, 95, 120])];
    let strict = prop::bool::weighted(0.95);
    let tax = prop_oneof![
        3 => Just(Value::Null), 2 => select(vec!["0", "0.0825", "0.21", "0.1044444"]).prop_map(Value::from),
    ];
    (opening, events, of_summer(), header(), edition, (begins, strict, tax)).prop_map(
        |(opening, mut events, as_of, header, edition, (begins, strict, tax))| {
            let header = set(header, "own_tax_rate", tax);
            let begins = BEGIN_OF_LISTS + Time::from(begins) * DAY;
            events.retain(|((time, _), _)| *time >= begins);
            let header = set(header, "edition", edition);
            let mut scenario = scenario("kiro-individual", Some(opening), events, as_of, &header);
            if strict {
                let lists = lists::Lists::of(&scenario).expect("a list that there is");
                let list = scenario["events"].as_array_mut().expect("events");
                list.retain(|event| lists.at(read(event["at"].as_str().expect("at"))).reads(event));
            }
            scenario
        },
    )
}

/// 2026-09-01, when packs are sold.
const SEPTEMBER: Time = 1_788_220_800 * SECOND;

/// One person on a paid plan in September 2026 whose credits end about then, with packs that end about then.
pub fn person_with_packs() -> impl Strategy<Value = Value> {
    let at = |days: i64| {
        let time = (0..days * 24).prop_map(|hour| SEPTEMBER + Time::from(hour) * 3_600 * SECOND);
        time.prop_map(|time| (time, written(time, 0)))
    };
    let usage = (1..900_u32).prop_map(|credits| json!({"type": "usage", "credits": credits.to_string()}));
    let end = prop_oneof![1 => Just(Value::Null), 2 => at(33).prop_map(|(_, text)| text.into())];
    let pack = (select(vec!["5", "10", "40"]), end)
        .prop_map(|(amount, end)| json!({"type": "buy_credits", "amount": amount, "expires_at": end}));
    let events = prop::collection::vec((at(30), prop_oneof![3 => usage, 1 => pack]), 1..9);
    (select(vec!["pro", "pro", "pro-plus"]), events, at(30)).prop_map(|(plan, mut events, as_of)| {
        let first = "2026-08-20T00:00:00Z".to_owned();
        let paid = json!({"type": "change_plan", "plan": plan});
        events.insert(0, ((read(&first), first), paid));
        let opening = json!({"type": "sign_up"});
        let header = json!({"edition": "kiro-2026-07"});
        let mut scenario = scenario("kiro-individual", Some(opening), events, as_of, &header);
        let list = lists::named("kiro-2026-07");
        scenario["events"].as_array_mut().expect("events").retain(|event| list.reads(event));
        scenario
    })
}

/// An organisation of few users under few profiles, so that they meet.
pub fn organisation() -> impl Strategy<Value = Value> {
    let profile = || select(vec!["us-east-1/B", "eu-central-1/A"]);
    let user = || select(vec!["ann", "bob", "cy"]);
    let group = || select(vec![Value::Null, json!("a"), json!("b")]);
    let plan = select(vec!["pro", "pro-plus", "power"]);
    let assign =
        (plan, group()).prop_map(|(plan, group)| json!({"type": "assign", "plan": plan, "group": group}));
    let unassign = group().prop_map(|group| json!({"type": "unassign", "group": group}));
    let event = prop_oneof![3 => assign, 2 => unassign, 1 => overage(), 5 => usage()];
    let event = (event, profile(), user())
        .prop_map(|(event, profile, user)| set(set(event, "profile", profile), "user", user));
    let events = prop::collection::vec((at(), event), 1..28);
    (events, at(), header())
        .prop_map(|(events, as_of, header)| scenario("kiro-enterprise", None, events, as_of, &header))
}

/// A team of few seats whose payments fail now and then.
pub fn team() -> impl Strategy<Value = Value> {
    let count = || 1..4_u32;
    let member = || select(vec!["ann", "bob", "cy", "dan"]);
    let tokens = || prop_oneof![3 => 0..20_000_000_u64, 1 => 0..50_u64, 1 => Just(0_u64)];
    let id = prop_oneof![3 => Just(Value::Null), 1 => (0..4_u8).prop_map(|id| json!(format!("r{id}")))];
    let usage = (select(vec!["small", "large", "free"]), tokens(), tokens(), id).prop_map(
        |(model, input, output, id)| {
            json!({"type": "usage", "model": model, "input_tokens": input, "output_tokens": output, "id": id})
        },
    );
    let amount =
        select(vec!["50", "100.00", "250", "500", "1000", "1234.5", "75", "49.99", "999.99", "1000.01"]);
    let event = prop_oneof![
        2 => count().prop_map(|count| json!({"type": "add_seats", "count": count})),
        2 => count().prop_map(|count| json!({"type": "remove_seats", "count": count})),
        2 => member().prop_map(|member| json!({"type": "add_member", "member": member})),
        1 => member().prop_map(|member| json!({"type": "remove_member", "member": member})),
        2 => amount.prop_map(|amount| json!({"type": "buy_credits", "amount": amount})),
        4 => usage,
        1 => Just(json!({"type": "payment_failed"})),
        1 => Just(json!({"type": "payment_succeeded"})),
    ];
    let events = prop::collection::vec((at(), event), 0..26);
    let opening = (1..4_u32, select(vec![Value::Null, json!("visa ending 4242")])).prop_map(
        |(seats, paid_by)| json!({"type": "start_team", "seats": seats, "payment_method": paid_by}),
    );
    let tax = select(vec![Value::Null, json!("0.075"), json!("0.1"), json!("0.193333333333")]);
    (opening, events, at(), header(), tax).prop_map(|(opening, events, as_of, header, tax)| {
        let header = set(
            set(header, "tax_rate", tax),
            "model_rates",
            json!({
                "small": {"input_per_million": "0.25", "output_per_million": "2.00"},
                "large": {"input_per_million": "3.123456789012", "output_per_million": "15"},
                "free": {"input_per_million": "0", "output_per_million": "0"},
            }),
        );
        scenario("kilo-teams", Some(opening), events, as_of, &header)
    })
}

/// A team under the list of 2026: seats by month or year, Kilo Pass, automatic top-ups, around the day of its fee.
pub fn team_of_2026() -> impl Strategy<Value = Value> {
    let count = || 1..4_u32;
    let tokens = || prop_oneof![3 => 0..20_000_000_u64, 1 => Just(0_u64)];
    let usage = (select(vec!["small", "large", "large", "free"]), tokens(), tokens()).prop_map(
        |(model, input, output)| {
            json!({"type": "usage", "model": model, "input_tokens": input, "output_tokens": output})
        },
    );
    let tier = select(vec!["starter", "pro", "expert"]);
    let amount = || select(vec![Value::Null, json!("100"), json!("500.00"), json!("1000"), json!("250")]);
    let switch = (prop::bool::weighted(0.8), amount()).prop_map(
        |(enabled, amount)| json!({"type": "set_auto_top_up", "enabled": enabled, "amount": amount}),
    );
    let plain = |kind: &'static str| Just(json!({"type": kind}));
    let event = prop_oneof![
        2 => count().prop_map(|count| json!({"type": "add_seats", "count": count})),
        2 => count().prop_map(|count| json!({"type": "remove_seats", "count": count})),
        1 => select(vec!["50", "100", "1000.01", "75"]).prop_map(|amount| json!({"type": "buy_credits", "amount": amount})),
        6 => usage,
        3 => tier.prop_map(|tier| json!({"type": "start_pass", "tier": tier})),
        1 => plain("cancel_pass"),
        1 => plain("resume_pass"),
        2 => switch,
        1 => plain("payment_failed"),
        1 => plain("payment_succeeded"),
    ];
    let events = prop::collection::vec((of_summer(), event), 0..26);
    let seat = select(vec![
        Value::Null,
        json!("monthly"),
        json!("annual"),
        json!("enterprise"),
        json!("enterprise-annual"),
    ]);
    let opening = (1..4_u32, seat)
        .prop_map(|(seats, seat)| json!({"type": "start_team", "seats": seats, "seat": seat}));
    let tax = select(vec![Value::Null, json!("0.075"), json!("0.193333333333")]);
    let exempt = select(vec![Value::Null, json!(false), json!(false), json!(true)]);
    (opening, events, of_summer(), header(), (tax, exempt)).prop_map(
        |(opening, events, as_of, header, (tax, exempt))| {
            let header = set(set(set(header, "tax_rate", tax), "fee_exempt", exempt), "edition", "kilo-2026");
            let rates = json!({
                "small": {"input_per_million": "0.25", "output_per_million": "2.00"},
                "large": {"input_per_million": "3.123456789012", "output_per_million": "15"},
                "free": {"input_per_million": "0", "output_per_million": "0"},
            });
            scenario("kilo-teams", Some(opening), events, as_of, &set(header, "model_rates", rates))
        },
    )
}

/// A change to preview: the plan and the moment, at or after the scenario's first event.
pub fn change(scenario: &Value, plan: &str, days: i64) -> (String, String) {
    let as_of = read(scenario["as_of"].as_str().expect("as_of"));
    (plan.to_owned(), written(as_of + Time::from(days) * DAY, 0))
}
