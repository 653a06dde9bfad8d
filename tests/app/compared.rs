//! A month's bill beside Headroom's calculation of it: what is said of the two together, and of a bill that isn't in dollars.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ImportKind, Kind};
use serde_json::{Value, json};

const NOW: &str = "2026-11-21T10:30:00Z";
const BILL: &str = "bill_billing_period_start_date,bill_payer_account_id,line_item_usage_account_id,line_item_resource_id,line_item_product_code,line_item_operation,line_item_line_item_type,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code,pricing_unit\n";
const REPORT: &str = "Date,UserId,Client_Type,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Usage_Limit\n";

/// October's licence of a user on Pro, by a payer whose account has the same number.
fn fee(payer: u8, user: &str, cost: &str, currency: &str) -> String {
    format!(
        "2026-10-01,{payer}{payer}{payer},{payer}{payer}{payer},arn:aws:identitystore:::user/{user},Kiro,monthly-subscription,FlatRateSubscription,USE1-KiroEnterprise-Pro,1,{cost},{currency},Months\n"
    )
}

/// An organisation with these bills of October, and reports of who used Pro on each of its days.
fn organisation(bills: &[String], users: &[&str]) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let import = |kind, name: &str, text: String| {
        let file = desk.home().join(name);
        std::fs::write(&file, text).expect("written");
        desk.import(kind, Some(&file)).expect("imported");
    };
    for (index, bill) in bills.iter().enumerate() {
        import(ImportKind::AwsCost, &format!("bill-of-{index}.csv"), format!("{BILL}{bill}"));
    }
    let of = |user: &&str| -> String {
        let row = |day| format!("2026-10-{day:02},{user},IDE,3,,,false,p/A,PRO,\n");
        (1..=31).map(row).collect::<Vec<_>>().concat()
    };
    if !users.is_empty() {
        import(
            ImportKind::KiroActivity,
            "report.csv",
            users.iter().map(of).fold(REPORT.into(), |all, of| all + &of),
        );
    }
    (desk, account)
}

fn october((desk, account): &(Desk, AccountNumber)) -> (Value, Value) {
    let invoices = serde_json::to_value(desk.headroom.invoices(*account).expect("invoices")).expect("JSON");
    let periods = invoices["periods"].as_array().expect("periods").clone();
    let october = periods.into_iter().find(|period| period["id"] == "2026-10-01").expect("October");
    (invoices["verdict"].clone(), october)
}

/// Found in November 2026: "The October 2026 bill is $0.00 higher than calculated".
#[test]
fn a_bill_that_differs_in_its_lines_alone_is_neither_higher_nor_lower() {
    let licence = |user: &str| fee(1, user, "20", "USD");
    let explained = organisation(&[licence("ann") + &licence("cem")], &["ann", "bob"]);
    let (verdict, october) = october(&explained);
    assert_eq!(october["quoted"]["difference"]["amount"], "0.00");
    assert_eq!(verdict["sentence"]["code"], "verdict-bill-lines-explained");
}

/// Found in November 2026: a payer whom AWS bills in another currency was billed $0.00.
#[test]
fn a_bill_in_another_currency_is_not_known_in_dollars() {
    let abroad = organisation(&[fee(5, "ann", "18.5", "EUR")], &["ann"]);
    let (verdict, october) = october(&abroad);
    let quoted = &october["quoted"];
    assert_eq!((&quoted["quoted"], &quoted["difference"]), (&Value::Null, &Value::Null));
    assert_eq!(quoted["payers"], json!([{"payer": "555", "amount": null}]));
    assert_eq!(verdict["judgement"], "unknown");
    assert!(!verdict.to_string().contains("0.00\""), "{verdict}");
    let bill = abroad.0.organisation(abroad.1).bill.expect("a bill");
    assert_eq!(serde_json::to_value(bill).expect("JSON")["total"], Value::Null);
}

/// Its users stand on it all the same: what the two differ by isn't known.
#[test]
fn a_bill_that_is_partly_in_another_currency_isnt_compared() {
    let partly = organisation(&[fee(1, "ann", "20", "USD"), fee(5, "bob", "18.5", "EUR")], &["ann", "bob"]);
    let (verdict, october) = october(&partly);
    let quoted = &october["quoted"];
    assert_eq!((&quoted["quoted"], &quoted["computed"]), (&json!("20.00"), &json!("40.00")));
    assert_eq!(quoted["difference"], Value::Null, "bob is on it");
    assert_eq!(quoted["payers"][1], json!({"payer": "555", "amount": null}));
    assert_eq!(verdict["judgement"], "unknown");
}

/// Not even where the dollars are as much as was calculated.
#[test]
fn a_bill_that_has_more_in_another_currency_agrees_with_nothing() {
    let more = organisation(&[fee(1, "ann", "20", "USD"), fee(5, "bob", "18.5", "EUR")], &["ann"]);
    let (verdict, october) = october(&more);
    assert_eq!(october["quoted"]["in_dollars"], false);
    assert_eq!(
        (&verdict["judgement"], &verdict["sentence"]["code"]),
        (&json!("unknown"), &json!("verdict-bill-in-dollars"))
    );
}

/// Found in November 2026: "The bill of 2026-10 was added: $0.00", of a bill in euros and of what took its place.
#[test]
fn an_import_of_a_bill_in_another_currency_says_no_sum_of_dollars() {
    let desk = Desk::at(NOW);
    desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added");
    let import = |name: &str, cost: &str, currency: &str| {
        let file = desk.home().join(name).join("bill.csv");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(&file, format!("{BILL}{}", fee(5, "ann", cost, currency))).expect("written");
        desk.run(&["import", "aws-cost", file.to_str().expect("text")])
    };
    let first = import("kiro/20261103T040000Z", "18.5", "EUR");
    assert!(first.output.contains("payer 555, was added: nothing in dollars ("), "{first:?}");
    let second = import("kiro/20261104T040000Z", "19", "EUR");
    let replaced = "was replaced: nothing in dollars before, now nothing in dollars (";
    assert!(second.output.contains(replaced), "{second:?}");
    let third = import("kiro/20261105T040000Z", "20", "USD");
    assert!(third.output.contains("was replaced: nothing in dollars before, now $20.00 ("), "{third:?}");
    for run in [first, second, third] {
        assert!(!run.output.contains("$0.00"), "{run:?}");
    }
}
