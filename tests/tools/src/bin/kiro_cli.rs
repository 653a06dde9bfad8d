//! A stand-in for Kiro's command line: `kiro-cli acp` with answers as they were recorded (`interfaces.md`
//! §1.6). What it does says `KIRO_FAKE`, or a file of that name beside it; what it was asked it writes
//! nowhere.

use serde_json::{Value, json};
use std::io::BufRead;

fn usage(used: &str) -> Value {
    let used: Value = serde_json::from_str(used).expect("a number");
    json!({"success": true, "message": "Plan: KIRO PRO | 1 usage breakdowns", "data": {
        "planName": "KIRO PRO", "billingCycleReset": "2026-12-01", "overagesEnabled": false, "isEnterprise": false,
        "usageBreakdowns": [{"resourceType": "CREDIT", "displayName": "Credits", "used": used, "limit": 1000.0,
            "percentage": 61.24, "currentOverages": 0.0, "overageRate": 0.04, "overageCharges": 0.0,
            "currency": "USD", "hasLimit": true}],
        "bonusCredits": [], "addOnCredits": [], "overageCapable": true}})
}

fn main() {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|path| std::fs::read_to_string(path.with_file_name("KIRO_FAKE")).ok());
    let mode = beside.or_else(|| std::env::var("KIRO_FAKE").ok()).unwrap_or_default();
    assert_eq!(std::env::args().nth(1).as_deref(), Some("acp"), "only acp is played");
    match mode.trim() {
        "ends" => return,
        // Until whoever asked closes the other end.
        "chatters" => loop {
            println!("{}", json!({"jsonrpc": "2.0", "method": "_kiro.dev/metadata", "params": {}}));
        },
        "silent" => {
            _ = std::io::stdin().lock().lines().count();
            return;
        }
        _ => {}
    }
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let question: Value = serde_json::from_str(&line).expect("JSON");
        let answer = match (question["method"].as_str().unwrap_or_default(), mode.trim()) {
            (_, "garbage") => {
                println!("this is no JSON");
                json!({"result": {"data": 7}})
            }
            ("initialize", _) => json!({"result": {"protocolVersion": 1, "agentCapabilities": {}}}),
            ("_kiro/account/getUsage", "new") => json!({"result": usage("612.40")}),
            (_, "not-signed-in") => json!({"result": {"success": false, "message": "You are not logged in"}}),
            ("session/new", _) => {
                println!("{}", json!({"jsonrpc": "2.0", "method": "_kiro.dev/metadata", "params": {}}));
                json!({"result": {"sessionId": "s-1"}})
            }
            ("_kiro.dev/commands/execute", _) if question["params"]["sessionId"] == "s-1" => {
                json!({"result": usage("601.25")})
            }
            _ => json!({"error": {"code": -32601, "message": "Method not found"}}),
        };
        let mut answer = answer;
        answer["jsonrpc"] = json!("2.0");
        answer["id"] = question["id"].clone();
        println!("{answer}");
    }
}
