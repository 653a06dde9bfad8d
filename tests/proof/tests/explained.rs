//! Why a bill differs from the rules: engine and model, and parts that add up.

use proof::model::{decimal, explained as model, whole};
use proof::{cases, engine, prove, questions, same};
use proptest::prop_assert;
use proptest::prop_assert_eq;
use serde_json::{Value, json};

const EACH: u32 = 2_000;
const SEED: u64 = 23;

#[test]
fn a_bill_differs_for_the_reasons_that_the_model_gives() {
    prove(&questions::billed_month(), cases(EACH), SEED, |month| {
        same(&model::explained(&month), &engine::explained(&month), &month)
    });
}

#[test]
fn parts_and_what_is_unexplained_add_up_to_the_difference() {
    prove(&questions::billed_month(), cases(EACH), SEED + 1, |month| {
        let of = engine::explained(&month);
        if of.is_null() {
            return Ok(());
        }
        let amount = |value: &Value| decimal(value.as_str().expect("an amount"));
        let parts = of["parts"].as_array().expect("parts").iter().map(|part| &part[1]);
        let parts: Vec<_> = parts.chain(of["unexplained"].as_object().map(|_| &of["unexplained"])).collect();
        let sum = parts.iter().fold(whole(0), |sum, part| sum + amount(&part["amount"]));
        prop_assert_eq!(sum, amount(&of["amount"]), "{}", of);
        for part in parts.iter().filter(|part| part["more"] != 0) {
            let rows = part["rows"].as_array().expect("rows").iter();
            let named = rows.fold(amount(&part["rest"]), |sum, row| sum + amount(&row[2]));
            prop_assert_eq!(named, amount(&part["amount"]), "{}", part);
        }
        // Half a cent a line, a row that is left out, a part and the sum.
        let lists = ["lines", "people"].map(|list| month[list].as_array().expect("a list").len());
        let rounding = of["parts"].as_array().expect("parts").iter().find(|part| part[0] == "Rounding");
        let rounding = rounding.map_or(whole(0), |part| amount(&part[1]["amount"]));
        let most = whole(lists[0] * 3 + lists[1] + parts.len() + 1) * decimal("0.005");
        prop_assert!(rounding <= most && -rounding <= most, "{}", of);
        Ok(())
    });
}

fn line(user: &str, item: &str, name: &str, quantity: &str, cost: &str) -> Value {
    json!({"payer": "1", "account": "2", "user": user, "item": item, "name": name, "quantity": quantity, "cost": cost})
}

fn person(user: &str, seat: &str, overage: &str) -> Value {
    json!({"user": user, "seat": seat, "overage": overage, "cap": null, "is_priced": true, "is_off": false, "is_whole": true})
}

/// Of a month that has ended and whose reports cover it: the amount, each part's reason and amount, the unexplained.
fn told(lines: &[Value], people: &[Value]) -> Value {
    let of = engine::explained(
        &json!({"lines": lines, "people": people, "reports_cover": true, "has_ended": true}),
    );
    if of.is_null() {
        return of;
    }
    let parts = of["parts"].as_array().expect("parts").iter();
    let parts: Vec<_> = parts.map(|part| json!([part[0], part[1]["amount"]])).collect();
    json!([of["amount"], parts, of["unexplained"]["amount"]])
}

#[test]
fn the_readmes_example_is_explained() {
    let lines = [
        line("ann", "tier", "Pro", "1", "20"),
        line("bob", "tier", "Pro", "0.5", "10"),
        line("cem", "tier", "Pro", "1", "20"),
        line("", "deduction", "Enterprise", "0", "-1.85"),
    ];
    let people = [person("ann", "pro", "0.00"), person("bob", "pro", "0.00")];
    let parts =
        json!([["Deducted(Enterprise)", "-1.85"], ["PartOfMonth", "-10.00"], ["NotInReports", "20.00"]]);
    assert_eq!(told(&lines, &people), json!(["8.15", parts, null]));
}

#[test]
fn a_lower_tier_that_was_paid_back_is_no_difference() {
    let lines = [
        line("ann", "tier", "pro", "1", "20"),
        line("ann", "deduction", "Refund", "0", "-20"),
        line("ann", "tier", "pro-plus", "1", "40"),
    ];
    assert_eq!(told(&lines, &[person("ann", "pro-plus", "0.00")]), Value::Null);
    let unrefunded = [lines[0].clone(), lines[2].clone()];
    assert_eq!(
        told(&unrefunded, &[person("ann", "pro-plus", "0.00")]),
        json!(["20.00", [["BothTiers", "20.00"]], null])
    );
}

#[test]
fn a_month_spread_over_its_days_is_a_whole_one() {
    let day = line("ann", "tier", "pro", "0.0322580645", "0.645161290");
    let lines: Vec<_> = (0..31).map(|_| day.clone()).collect();
    assert_eq!(told(&lines, &[person("ann", "pro", "0.00")]), Value::Null);
}

#[test]
fn a_bill_without_users_is_compared_tier_by_tier() {
    let lines = [line("", "tier", "pro", "3", "60"), line("", "credits", "", "150", "6")];
    let people = [person("ann", "pro", "100.00"), person("bob", "pro", "50.00")];
    assert_eq!(told(&lines, &people), json!(["20.00", [["NotInReports", "20.00"]], null]));
}

#[test]
fn overage_that_nothing_explains_is_named() {
    let lines = [line("ann", "tier", "pro", "1", "20"), line("ann", "credits", "", "175", "6.00")];
    let people = [person("ann", "pro", "100.00")];
    assert_eq!(told(&lines, &people), json!(["2.00", [], "2.00"]));
    let free = json!({"user": "ann", "seat": null, "overage": "0.00", "cap": null, "is_priced": true, "is_off": false,
        "is_whole": true});
    assert_eq!(told(&lines, &[free]), json!(["26.00", [["OnFree", "26.00"]], null]));
}
