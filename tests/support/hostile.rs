//! What somebody may call themselves, a team, a model or a file who means harm by it.

use crate::session;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Names that mean something to a terminal, a page, a spreadsheet, a file system or a program.
pub const NAMES: [&str; 41] = [
    // A terminal: it clears, names the window, fills the clipboard, moves, colours, rings.
    "a\u{1b}[2Jb",
    "a\u{1b}]0;owned\u{7}b",
    "a\u{1b}]52;c;b3duZWQ=\u{7}b",
    "a\u{1b}]8;;x\u{1b}\\b",
    "a\u{1b}[31;7mb",
    "a\u{1b}P+q\u{1b}\\b",
    "a\u{9b}2Jb",
    "a\u{9d}0;owned\u{9c}b",
    "a\u{90}b",
    "a\u{8}\u{8}b",
    "a\rb",
    "a\nb",
    "a\tb",
    "a\u{b}\u{c}b",
    "a\u{7f}b",
    "a\u{7}b",
    "a\u{85}b",
    // What turns the order of letters round, or can't be seen.
    "a\u{202e}txt.exe",
    "a\u{202d}\u{202c}b",
    "a\u{2066}\u{2069}b",
    "a\u{2067}b",
    "a\u{200e}\u{200f}b",
    "a\u{200b}b",
    "a\u{feff}b",
    "a\u{2028}b\u{2029}c",
    "a\u{ad}b",
    // A page.
    "<script>window.ran = true</script>",
    "<img src=x onerror=\"window.ran = true\">",
    "<svg onload=\"window.ran = true\">",
    "\"><iframe srcdoc=\"<script>parent.ran = true</script>\"></iframe>",
    "<a href=\"javascript:window.ran = true\">x</a>",
    "<style>*{display:none}</style>",
    "{{window.ran = true}}${window.ran = true}",
    "</textarea><form action=x><input name=y>",
    "&lt;script&gt;&#27;&#0;",
    // A spreadsheet, a program, a database, a file system.
    "=cmd|'/c calc'!A0",
    "%s%n%x{0}",
    "'; DROP TABLE accounts; --",
    "../../../../etc/passwd",
    "__proto__",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}b",
];

/// All of them, and two that are long: ten thousand letters without a place to break, and with many.
pub fn names() -> Vec<String> {
    let long = ["W".repeat(10_000), "Grace of the Analytical Engines ".repeat(312)];
    NAMES.into_iter().map(str::to_owned).chain(long).collect()
}

/// What Kiro says of somebody whose plan, bonuses and id are called so.
pub fn limits(title: &str, user: &str, resets: i64) -> Value {
    let bonuses: Vec<_> = names()
        .iter()
        .map(|name| {
            json!({"displayName": name, "status": "ACTIVE", "currentUsage": 1, "usageLimit": 10, "expiresAt": resets})
        })
        .collect();
    json!({"usageBreakdownList": [{"resourceType": "CREDIT", "currentUsage": 5, "usageLimit": 1000,
        "nextDateReset": resets, "bonuses": bonuses}],
        "subscriptionInfo": {"subscriptionTitle": title}, "userInfo": {"userId": user}})
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Writes files of each kind, of a day (YYYY-MM-DD) and the month before it, in which each of the names stands wherever a name
/// does: with what each is imported as.
pub fn files(folder: &Path, day: &str, month_before: &str) -> Vec<(&'static str, PathBuf)> {
    let mut report =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages\n"
            .to_owned();
    let mut users = "UserId,UserName,DisplayName,Emails\n".to_owned();
    let mut bill = "bill_billing_period_start_date,bill_payer_account_id,line_item_currency_code,line_item_line_item_type,\
        line_item_operation,line_item_product_code,line_item_resource_id,line_item_unblended_cost,\
        line_item_usage_account_id,line_item_usage_amount,line_item_usage_type\n"
        .replace(' ', "");
    let mut spent = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n".to_owned();
    let sessions = folder.join("sessions");
    fs::create_dir_all(&sessions).expect("made");
    for (number, name) in names().iter().enumerate() {
        let text = quoted(name);
        _ = writeln!(report, "{day},{text},{text},1.5,true,{text},PRO,1");
        _ = writeln!(users, "{text},{text},{text},{text}");
        _ = writeln!(bill, "{month_before}-01,1,USD,Usage,Credits,Kiro,{text},1,1,1,USE1-Credits");
        _ = writeln!(
            bill,
            "{month_before}-01,1,{text},{text},Credits,Kiro,user/{number},{text},1,{text},{text}"
        );
        _ = writeln!(spent, "{day},{text},{text},1.5,{text},1,1");
        let own = name.replace(['/', '\0'], "_").chars().take(60).collect::<String>();
        fs::write(sessions.join(format!("{own}.json")), "{\"session_id\":").expect("written");
        let whole = session(&format!("s{number}"), &[(&format!("{day}T00:00:01Z"), "1.5")]);
        let called = json!(name).to_string();
        let whole = whole.replace("\"/repo\"", &called).replace("\"auto\"", &called);
        fs::write(sessions.join(format!("{number}.json")), whole).expect("written");
    }
    let mut files = vec![("kiro-sessions", sessions)];
    for (kind, name, text) in [
        ("kiro-activity", "report.csv", &report),
        ("identities", "users.csv", &users),
        ("aws-cost", "bill.csv", &bill),
        ("kilo-usage", "usage.csv", &spent),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).expect("written");
        files.push((kind, file));
    }
    files
}
