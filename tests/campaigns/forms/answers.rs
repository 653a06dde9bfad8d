//! Whole answers of each source, by chance; as they stand in `interfaces.md` and `interfaces-2026.md`.

use super::changes::{Changed, in_json, in_text};
use super::figures::{Figures, of_limits, of_team};
use acceptance::chance::Chance;
use headroom_sources::kilo::team;
use headroom_sources::kiro::{command, ide_state, limits};
use serde_json::{Value, json};

/// Whoever answers.
pub struct Source {
    pub name: &'static str,
    /// A whole answer.
    pub made: fn(&mut Chance) -> String,
    pub changed: fn(&mut Chance, &str) -> Changed,
    /// What is read of it, or why nothing is.
    pub read: fn(&str) -> Result<Figures, String>,
}

pub const SOURCES: [Source; 5] = [
    Source {
        name: "kiro-limits",
        made: limits,
        changed: in_json,
        read: |text| limits::parse(text).map(|read| of_limits(&read)).map_err(|why| why.to_string()),
    },
    Source {
        name: "kiro-command",
        made: command,
        changed: in_json,
        read: |text| command::parse(text).map(|read| of_limits(&read)).map_err(|why| why.to_string()),
    },
    Source {
        name: "kiro-report",
        made: report,
        changed: in_text,
        read: |text| command::parse_text(text).map(|read| of_limits(&read)).map_err(|why| why.to_string()),
    },
    Source {
        name: "kiro-ide-state",
        made: ide_state,
        changed: in_json,
        read: |text| {
            let read = ide_state::parse(text);
            read.map(|(_, read)| of_limits(&read)).ok_or_else(|| "it holds no usage".to_owned())
        },
    },
    Source {
        name: "kilo-team",
        made: team,
        changed: in_json,
        read: |text| team::parse(text).map(|read| of_team(&read)).map_err(|why| why.to_string()),
    },
];

/// 1 December 2026.
const RESET: i64 = 1_796_083_200;

/// Hundredths of a credit, below so many credits.
fn credits(chance: &mut Chance, below: usize) -> usize {
    chance.below(below * 100)
}

/// Hundredths as a number of JSON.
fn number(hundredths: usize) -> Value {
    serde_json::from_str(&written(hundredths)).expect("a number")
}

/// The same as a text.
fn written(hundredths: usize) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// What so many hundredths of a credit cost beyond the plan, in cents: four a credit.
fn cost(hundredths: usize) -> usize {
    (hundredths * 4 + 50) / 100
}

/// The end of a pool that can still be used, and its size, which no other has.
fn pool(chance: &mut Chance, place: usize) -> (i64, usize) {
    let days = i64::try_from(chance.below(40)).expect("few");
    (RESET + days * 86_400, [500, 125, 250, 375][place] + 1_000 * chance.below(9))
}

/// Hundredths that were used of so many credits.
fn precisely(used: usize, limit: usize) -> Value {
    json!({"currentUsage": used / 100, "currentUsageWithPrecision": number(used), "usageLimit": limit, "usageLimitWithPrecision": limit})
}

fn with(mut value: Value, more: Value) -> Value {
    let Value::Object(more) = more else { return value };
    value.as_object_mut().expect("an object").extend(more);
    value
}

/// What a row of credits says.
fn row(chance: &mut Chance) -> Value {
    let limit = chance.of(&[50, 1_000, 2_000, 5_000, 10_000]);
    let over = if chance.below(4) == 0 { credits(chance, 900) } else { 0 };
    let used = if over > 0 { limit * 100 + over } else { credits(chance, limit) };
    let mut pools = Vec::new();
    for place in 0..chance.below(3) {
        let (ends, size) = pool(chance, place);
        let named = json!({"displayName": "A bonus", "status": "ACTIVE", "expiresAt": ends});
        pools.push(with(precisely(credits(chance, 100), size), named));
    }
    let (ends, size) = pool(chance, 3);
    let pack = with(precisely(credits(chance, 125), size), json!({"expiresAt": ends, "source": "PURCHASE"}));
    let packs = if chance.below(2) == 0 { vec![pack] } else { Vec::new() };
    with(
        precisely(used, limit),
        json!({"resourceType": "CREDIT", "currency": "USD", "unit": "INVOCATIONS", "displayName": "Credit",
            "currentOverages": over / 100, "currentOveragesWithPrecision": number(over), "overageRate": 0.04,
            "overageCharges": number(cost(over)), "bonuses": pools, "overageCredits": packs}),
    )
}

fn beside(chance: &mut Chance) -> Value {
    let on = chance.below(2) == 0;
    let switch = match chance.below(3) {
        0 => json!({"overageStatus": if on { "ENABLED" } else { "DISABLED" }}),
        1 => json!({"overageEnabled": on}),
        _ => json!({"overageStatus": if on { "ENABLED" } else { "DISABLED" }, "overageEnabled": on}),
    };
    json!({"overageConfiguration": switch, "userInfo": {"userId": "d-1234567890.ada"},
        "subscriptionInfo": {"subscriptionTitle": chance.of(&["KIRO PRO", "Kiro Pro+", "KIRO FREE"]), "overageCapability": "OVERAGE_CAPABLE"}})
}

fn limits(chance: &mut Chance) -> String {
    let mut own = with(row(chance), json!({"nextDateReset": RESET}));
    if chance.below(2) == 0 {
        let trial = json!({"freeTrialStatus": "ACTIVE", "freeTrialExpiry": RESET + 777_600});
        own = with(own, json!({"freeTrialInfo": with(precisely(10_611, 50_000), trial)}));
    }
    let mut rows = vec![own];
    if chance.below(3) == 0 {
        rows[0] = with(rows[0].clone(), json!({"dimensionType": "NON_POOLED"}));
        let pool =
            with(precisely(4_500_000, 100_000), json!({"resourceType": "CREDIT", "dimensionType": "POOLED"}));
        rows.insert(chance.below(2), pool);
    }
    if chance.below(3) == 0 {
        rows.insert(0, json!({"resourceType": "VIBE", "currentUsage": 3, "usageLimit": 225}));
    }
    let answer =
        json!({"daysUntilReset": 0, "limits": [], "nextDateReset": RESET, "usageBreakdownList": rows});
    with(answer, beside(chance)).to_string()
}

fn ide_state(chance: &mut Chance) -> String {
    let row = row(chance);
    let names: &[(&str, &str)] = &[("resourceType", "type")];
    let mut row = if chance.below(2) == 0 { row } else { renamed(row, names) };
    let (trial, reset) = if chance.below(2) == 0 {
        (
            json!({"freeTrialInfo": with(precisely(7_050, 50_000), json!({"freeTrialExpiry": RESET}))}),
            json!({"nextDateReset": RESET}),
        )
    } else {
        (
            json!({"freeTrialUsage": {"currentUsage": 70, "usageLimit": 50_000, "expiryDate": "2026-12-01T00:00:00Z"}}),
            json!({"resetDate": "2026-12-01T00:00:00Z"}),
        )
    };
    row = with(with(row, trial), reset);
    let state = json!({"kiro.resourceNotifications.usageState": {"usageBreakdowns": [row], "timestamp": 1_795_607_700_000_i64}});
    with(state, beside(chance)).to_string()
}

fn renamed(mut value: Value, names: &[(&str, &str)]) -> Value {
    let fields = value.as_object_mut().expect("an object");
    for (from, to) in names {
        if let Some(told) = fields.remove(*from) {
            fields.insert((*to).to_owned(), told);
        }
    }
    value
}

fn command(chance: &mut Chance) -> String {
    let limit = chance.of(&[50, 1_000, 2_000]);
    let over = if chance.below(3) == 0 { credits(chance, 500) } else { 0 };
    let used = if over > 0 { limit * 100 + over } else { credits(chance, limit) };
    let is_over = over > 0;
    let (pack, bonus) = (number(credits(chance, 100)), number(credits(chance, 400)));
    let (used, over, charge) = (number(used), number(over), number(cost(over)));
    let mut answer = json!({"planName": "KIRO PRO", "billingCycleReset": "2026-12-01", "overagesEnabled": is_over, "isEnterprise": false,
        "overageCapable": true,
        "usageBreakdowns": [{"resourceType": "CREDIT", "displayName": "Credits", "used": used, "limit": limit, "percentage": 41,
            "currentOverages": over, "overageRate": 0.04, "overageCharges": charge, "currency": "USD", "hasLimit": true}],
        "bonusCredits": [{"name": "Welcome bonus", "used": bonus, "total": 500 + chance.below(9) * 1_000, "daysUntilExpiry": 1 + chance.below(300)}],
        "addOnCredits": [{"used": pack, "total": 125 + chance.below(9) * 1_000, "expiresAt": "Dec 31, 2026", "isActive": true}]});
    for _ in 0..chance.below(3) {
        answer = json!({"success": true, "message": "Plan: KIRO PRO", "data": answer});
    }
    answer.to_string()
}

fn report(chance: &mut Chance) -> String {
    let limit = chance.of(&[50, 1_000, 2_000]);
    let used = written(credits(chance, limit));
    let head = "Estimated Usage | resets on 2026-12-01 | KIRO PRO\n\n";
    let bonus = match chance.below(3) {
        0 => String::new(),
        1 => format!(
            "🎁 Bonus credits: 45.53/{} credits used, expires in {} days\n\n",
            2_000 + chance.below(99),
            2 + chance.below(30)
        ),
        _ => format!(
            "🎁 Bonus Credits:\n   Welcome bonus - 12.00/{} used (7 days left)\n   A gift - 5.50/{} used (1 day left)\n\n",
            100 + chance.below(99),
            300 + chance.below(99)
        ),
    };
    if chance.below(2) == 0 {
        return format!(
            "{head}{bonus}Credits ({used} of {limit} covered in plan)\n████████ 41%\n\nOverages: Disabled\n"
        );
    }
    let over = 100 + credits(chance, 500);
    let (over, cost) = (written(over), written(cost(over)));
    format!(
        "{head}{bonus}Credits ({limit}.00 of {limit} covered in plan)\n████████ 100%\n\nOverages: Enabled  billed at $0.04 per request\nCredits used: {over}\nEst. cost: ${cost} USD\n"
    )
}

fn team(chance: &mut Chance) -> String {
    let millionths = |chance: &mut Chance| i64::try_from(1 + chance.below(90_000_000)).expect("few");
    let (gift, rest, more) = (millionths(chance), millionths(chance), millionths(chance));
    let bought = rest + more;
    let total = gift + rest;
    let seats = 2 + chance.below(20);
    let block = |id: &str, left: i64, amount: i64, free: bool, end: Value| json!({"id": id, "effective_date": "2026-11-07 00:00:00+00", "expiry_date": end, "balance_mUsd": left, "amount_mUsd": amount, "is_free": free});
    json!({
        "with_members": {"id": "o", "name": "Acme", "plan": "teams", "microdollars_used": more, "total_microdollars_acquired": total + more,
            "next_credit_expiration_at": "2026-12-10 00:00:00+00", "auto_top_up_enabled": false, "seat_count": seats, "require_seats": true, "settings": {},
            "members": [{"name": "Ada", "email": "ada@example.com", "role": "owner", "status": "active", "dailyUsageLimitUsd": 25, "currentDailyUsageUsd": 1.25}]},
        "seats": {"totalSeats": seats, "usedSeats": seats - 1},
        "credit_blocks": {"creditBlocks": [block("a", gift, gift, true, json!("2026-12-10 00:00:00+00")), block("c", rest, bought, false, Value::Null)],
            "totalBalance_mUsd": total, "isFirstPurchase": false},
        "balance": {"balance": 1.5, "isDepleted": false},
    })
    .to_string()
}
