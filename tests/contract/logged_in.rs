//! What the window's tests are fed of logins: accounts that are what Kiro says of them.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, Kind, Vendor};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tools::emulator::Emulator;

/// Writes every answer about an account.
type Answers = fn(&Desk, Option<AccountNumber>) -> Value;

/// Somebody whose plan no price list has, as Kiro says since yesterday; the credits renew on a day of their own, and a pack
/// ends before that.
fn unlisted(now: &str, answers: Answers, says: &dyn Fn(&str, f64) -> Value, emulator: &Emulator) -> Value {
    let desk =
        Desk::at("2026-11-20T09:00:00Z").with_kiro(emulator.address(), "student", "2026-11-22T00:00:00Z");
    let account = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    let mut said = says("d-1234567890.eve", 310.0);
    emulator.answers_to("student", &said);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let desk = desk.later(now);
    said["nextDateReset"] = json!(1_797_292_800);
    said["subscriptionInfo"]["subscriptionTitle"] = json!("KIRO STUDENT");
    let row = &mut said["usageBreakdownList"][0];
    row["currentUsageWithPrecision"] = json!(402.25);
    row["nextDateReset"] = json!(1_797_292_800);
    row["overageCredits"] =
        json!([{"currentUsage": 0, "usageLimit": 125, "expiresAt": 1_796_083_200, "source": "PURCHASE"}]);
    emulator.answers_to("student", &said);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    answers(&desk, Some(account))
}

/// Two of Kiro's logins on one machine, either of which may be the account's; and an empty home with one of them.
pub(crate) fn states(now: &str, answers: Answers, states: &mut BTreeMap<&'static str, Value>) {
    let says = |user: &str, used: f64| {
        json!({"nextDateReset": 1_796_083_200, "subscriptionInfo": {"subscriptionTitle": "KIRO PRO"},
            "overageConfiguration": {"overageStatus": "DISABLED"}, "userInfo": {"userId": user},
            "usageBreakdownList": [{"resourceType": "CREDIT", "currency": "USD", "currentOverages": 0,
                "overageCharges": 0.0, "currentUsageWithPrecision": used, "usageLimitWithPrecision": 1000.0}]})
    };
    let person = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}]});
    let emulator = Emulator::of(person, now, 0);
    emulator.answers_to("ide", &says("d-1234567890.ada", 412.5));
    emulator.answers_to("cli", &says("d-1234567890.work", 38.25));
    let desk = Desk::at(now).with_kiro(emulator.address(), "ide", "2026-11-22T00:00:00Z");
    states.insert("login-found", answers(&desk, None));
    let added = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    desk.headroom.refresh(added, false, false).expect("a refresh");
    states.insert("by-login", answers(&desk, Some(added)));
    states.insert("unlisted", unlisted(now, answers, &says, &emulator));

    let desk = Desk::at(now).with_kiro(emulator.address(), "ide", "2026-11-22T00:00:00Z");
    let database = rusqlite::Connection::open(desk.home().join("data.sqlite3")).expect("a database");
    let tables = "CREATE TABLE auth_kv (key TEXT, value TEXT); CREATE TABLE state (key TEXT, value TEXT);
        INSERT INTO auth_kv VALUES ('kirocli:social:token',
            '{\"access_token\": \"cli\", \"expires_at\": \"2026-11-22T00:00:00Z\"}')";
    database.execute_batch(tables).expect("a login");
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let mut undecided = answers(&desk, Some(account));
    // Where the logins lie differs from machine to machine; they are named by their users.
    undecided["start"]["overview"]["refresh"]["beside"] = json!([]);
    states.insert("undecided", undecided);
}
