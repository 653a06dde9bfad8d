//! A stand-in for Kiro's command line: `kiro-cli acp` with answers as they were recorded (`interfaces.md` §1.6,
//! `interfaces-2026.md` §2), and its report for people. What it does says `KIRO_FAKE`, or a file of that name beside it;
//! what it answers, a file `KIRO_ANSWER` beside it where there is one; what it was asked it writes into a file
//! `KIRO_ASKED` beside it, where there is one already.

use serde_json::{Value, json};
use std::env;
use std::fs;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn usage(used: &str) -> Value {
    let used: Value = serde_json::from_str(used).expect("a number");
    json!({"success": true, "message": "Plan: KIRO PRO | 1 usage breakdowns", "data": {
        "planName": "KIRO PRO", "billingCycleReset": "2026-12-01", "overagesEnabled": false, "isEnterprise": false,
        "usageBreakdowns": [{"resourceType": "CREDIT", "displayName": "Credits", "used": used, "limit": 1000.0,
            "percentage": 61.24, "currentOverages": 0.0, "overageRate": 0.04, "overageCharges": 0.0,
            "currency": "USD", "hasLimit": true}],
        "bonusCredits": [], "addOnCredits": [], "overageCapable": true}})
}

fn beside(name: &str) -> PathBuf {
    env::current_exe().expect("a program").with_file_name(name)
}

/// Writes down what it was asked, where somebody wants to know.
fn note(what: &str) {
    if let Ok(mut asked) = fs::OpenOptions::new().append(true).open(beside("KIRO_ASKED")) {
        writeln!(asked, "{what}").expect("written");
    }
}

/// That a program doesn't know what it was started with, as its library says it.
fn unknown(what: &str) -> ExitCode {
    eprintln!("\u{1b}[31merror:\u{1b}[0m {what}\n\nUsage: kiro-cli [OPTIONS] [SUBCOMMAND]");
    ExitCode::from(2)
}

fn main() -> ExitCode {
    let mode = fs::read_to_string(beside("KIRO_FAKE")).ok().or_else(|| env::var("KIRO_FAKE").ok());
    let mode = mode.unwrap_or_default().trim().to_owned();
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments = arguments.join(" ");
    let folder = env::current_dir().expect("a folder");
    let empty = fs::read_dir(&folder).expect("a folder").next().is_none();
    note(&format!("{arguments} in a folder that is {}", if empty { "empty" } else { "not empty" }));
    if arguments == "chat --no-interactive /usage" {
        eprint!("{}", fs::read_to_string(beside("KIRO_ANSWER")).expect("a report"));
        return ExitCode::SUCCESS;
    }
    let newer = arguments == "acp --agent-engine v3 --auth-method cli";
    assert!(newer || arguments == "acp", "only acp and the report are played: {arguments}");
    match mode.as_str() {
        "ends" => return ExitCode::SUCCESS,
        "fails" => {
            eprintln!("thread 'main' panicked: acp has no network");
            return ExitCode::from(101);
        }
        "no-acp" => return unknown("unrecognized subcommand 'acp'"),
        "older" if newer => return unknown("unexpected argument '--agent-engine' found"),
        // Until whoever asked closes the other end.
        "chatters" => loop {
            println!("{}", json!({"jsonrpc": "2.0", "method": "_kiro.dev/metadata", "params": {}}));
        },
        "silent" => {
            _ = std::io::stdin().lock().lines().count();
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let question: Value = serde_json::from_str(&line).expect("JSON");
        let method = question["method"].as_str().unwrap_or_default();
        if method.is_empty() {
            assert!(question["result"].is_null(), "nobody gives a token away: {question}");
            continue;
        }
        note(method);
        let mut answer = answer(&mode, newer, method, &question["params"]);
        answer["jsonrpc"] = json!("2.0");
        answer["id"] = question["id"].clone();
        println!("{answer}");
    }
    ExitCode::SUCCESS
}

fn answer(mode: &str, newer: bool, method: &str, parameters: &Value) -> Value {
    let told = || {
        let told = fs::read_to_string(beside("KIRO_ANSWER")).ok();
        told.map_or_else(|| usage("612.40"), |text| serde_json::from_str(&text).expect("JSON"))
    };
    match (method, mode) {
        (_, "garbage") => {
            println!("this is no JSON");
            json!({"result": {"data": 7}})
        }
        ("initialize", "without-the-engine") if newer => {
            json!({"error": {"code": -32603, "message": "the engine v3 is not installed"}})
        }
        // The older engine's version is a text.
        ("initialize", "older") if parameters["protocolVersion"].is_number() => {
            json!({"error": {"code": -32602, "message": "protocolVersion: a text is expected"}})
        }
        ("initialize", _) => json!({"result": {"protocolVersion": 1, "agentCapabilities": {}}}),
        ("_kiro/account/getUsage", "new") => json!({"result": told()}),
        ("_kiro/account/getUsage", "asks-back") => {
            // A question of the program's own, which has the number of ours.
            let asked =
                json!({"jsonrpc": "2.0", "id": 2, "method": "_kiro/auth/getAccessToken", "params": {}});
            println!("{asked}");
            json!({"result": told()})
        }
        ("_kiro/account/getUsage", "trips") => {
            json!({"error": {"code": -32000, "message": "this client is not supported"}})
        }
        (_, "not-signed-in") => {
            json!({"result": {"success": false, "message": "You are not logged in"}})
        }
        ("session/new", _) => {
            let folder = env::current_dir().expect("a folder");
            let named = parameters["cwd"].as_str().map(PathBuf::from);
            assert_eq!(named.and_then(|named| named.canonicalize().ok()), folder.canonicalize().ok());
            fs::create_dir(folder.join(".kiro")).expect("what a session leaves");
            println!("{}", json!({"jsonrpc": "2.0", "method": "_kiro.dev/metadata", "params": {}}));
            json!({"result": {"sessionId": "s-1"}})
        }
        ("_kiro.dev/commands/execute", _) if parameters["sessionId"] == "s-1" => {
            json!({"result": usage("601.25")})
        }
        _ => json!({"error": {"code": -32601, "message": "Method not found"}}),
    }
}
