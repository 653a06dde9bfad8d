//! What the engine says of a bill that differs from the rules.

use super::{cost, credits, text};
use headroom_billing::Catalog;
use headroom_billing::bill::{self, BilledLine, Deduction, Extent, Item, Part, Reported, RowItem};
use headroom_exact::Money;
use serde_json::{Value, json};

fn deduction(name: &str) -> Deduction {
    match name {
        "Enterprise" => Deduction::Enterprise,
        "Reseller" => Deduction::Reseller,
        "Bundled" => Deduction::Bundled,
        "PrivateRate" => Deduction::PrivateRate,
        "Discount" => Deduction::Discount,
        "Credit" => Deduction::Credit,
        "Refund" => Deduction::Refund,
        "Adjustment" => Deduction::Adjustment,
        other => panic!("no deduction: {other}"),
    }
}

fn line(line: &Value) -> BilledLine<'_> {
    let name = text(&line["name"]);
    BilledLine {
        payer: text(&line["payer"]),
        account: text(&line["account"]),
        user: text(&line["user"]),
        item: match text(&line["item"]) {
            "tier" => Item::Tier(name),
            "credits" => Item::Credits,
            "deduction" => Item::Deduction(deduction(name)),
            _ => Item::Other(name),
        },
        quantity: billionths(text(&line["quantity"])),
        cost: cost(text(&line["cost"])),
    }
}

fn billionths(text: &str) -> i128 {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let behind = format!("{behind:0<9}");
    let number: i128 = format!("{before}{}", &behind[..9]).parse().expect("digits");
    if negative { -number } else { number }
}

fn part(part: &Part) -> Value {
    let rows = part.rows.iter().map(|row| {
        let item = match &row.item {
            RowItem::Tier(name) | RowItem::Other(name) => name.clone(),
            RowItem::Seats => "seats".to_owned(),
            RowItem::Credits => "credits".to_owned(),
            RowItem::Deduction(kind) => format!("{kind:?}"),
        };
        json!([row.user, item, row.amount])
    });
    json!({"amount": part.amount, "users": part.users, "rows": rows.collect::<Vec<_>>(), "more": part.more,
        "rest": part.rest})
}

/// Why a bill differs; null where it doesn't.
pub fn explained(question: &Value) -> Value {
    let catalog = Catalog::built_in();
    let edition = catalog.edition("kiro-2026-07").expect("a list");
    let lines: Vec<_> = question["lines"].as_array().expect("lines").iter().map(line).collect();
    let people = question["people"].as_array().expect("people").iter().map(|person| {
        let overage = credits(text(&person["overage"]));
        Reported {
            user: text(&person["user"]),
            seat: person["seat"]
                .as_str()
                .map(|id| (id, edition.plan_named(id).expect("a plan").monthly_price)),
            overage: (overage, overage.priced(edition.overage_unit_price)),
            is_priced: person["is_priced"] == true,
            is_off: person["is_off"] == true,
            cap: person["cap"].as_str().map(credits),
            is_whole: person["is_whole"] == true,
        }
    });
    let people: Vec<_> = people.collect();
    let extent =
        Extent { reports_cover: question["reports_cover"] == true, has_ended: question["has_ended"] == true };
    let difference = bill::explained(&lines, &people, edition, extent);
    difference.map_or(Value::Null, |difference| {
        let parts = difference.parts.iter().map(|(reason, of)| json!([format!("{reason:?}"), part(of)]));
        let computed: Money = people.iter().map(|person| person.seat.map_or(Money::ZERO, |(_, fee)| fee)).sum();
        let overage: Money = people.iter().map(|person| person.overage.1).sum();
        json!({"amount": difference.amount, "computed": computed.plus(overage), "parts": parts.collect::<Vec<_>>(),
            "unexplained": difference.unexplained.as_ref().map(part)})
    })
}
