//! What a page that was taken over gives with a question: what belongs there, with anything at all in some place of it.

use crate::chance::Chance;
use headroom_app::answers::AccountNumber;
use headroom_app::commands::{Signature, camel_case};
use serde_json::{Map, Value, json};

/// Whoever asks, and what they have to give.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// The person's own account, and the sample.
    pub accounts: [AccountNumber; 2],
    /// How they name somebody who is to be told.
    pub told: &'a str,
    /// What they can give besides all that is JSON.
    pub besides: &'a [Value],
}

impl Asker<'_> {
    /// What belongs with a question.
    ///
    /// # Panics
    ///
    /// Where a command is given something of which nothing is known here.
    pub fn owes(&self, command: &Signature, chance: &mut Chance) -> Map<String, Value> {
        let mut given = Map::new();
        for argument in &command.arguments {
            let samples =
                if argument.is_told { vec![json!(self.told)] } else { samples(&argument.of, self.accounts) };
            given.insert(camel_case(argument.name), samples[chance.below(samples.len())].clone());
        }
        given
    }

    /// What is given with a question: as it should be now and then, spoilt otherwise.
    ///
    /// # Panics
    ///
    /// Where a command is given something of which nothing is known here.
    pub fn gives(&self, command: &Signature, chance: &mut Chance) -> Value {
        let mut all = Value::Object(self.owes(command, chance));
        if chance.below(5) > 0 {
            self.spoil(&mut all, chance);
        }
        all
    }

    /// Something in it is replaced, taken away or added.
    fn spoil(&self, value: &mut Value, chance: &mut Chance) {
        match value {
            Value::Object(fields) if !fields.is_empty() && chance.below(4) > 0 => {
                let names: Vec<_> = fields.keys().cloned().collect();
                let name = &names[chance.below(names.len())];
                match chance.below(6) {
                    0 => _ = fields.remove(name),
                    1 => _ = fields.insert("more".to_owned(), self.anything(chance)),
                    _ => self.spoil(fields.get_mut(name).expect("it is there"), chance),
                }
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => *value = self.anything(chance),
        }
    }

    fn anything(&self, chance: &mut Chance) -> Value {
        let made = chance.below(40 + self.besides.len());
        self.besides
            .get(made.wrapping_sub(40))
            .cloned()
            .unwrap_or_else(|| hostile(made, chance, self.accounts))
    }
}

/// What belongs where something of that type is given, as TypeScript calls it.
fn samples(of: &str, accounts: [AccountNumber; 2]) -> Vec<Value> {
    let [mine, sample] = accounts.map(|account| json!(account.0));
    match of {
        "AccountNumber" => vec![mine, sample, json!(99)],
        "AccountNumber | null" => vec![mine, sample, json!(null), json!(99)],
        "Kind" => {
            ["kiro-individual", "kiro-enterprise", "kilo-teams", "kilo-personal"].map(Value::from).into()
        }
        "ImportFrom" => ["folder", "file", "dropped"].map(Value::from).into(),
        "ImportKind" => {
            let kinds = [
                "kiro-sessions",
                "kiro-ide-sessions",
                "kiro-activity",
                "aws-cost",
                "kilo-usage",
                "kilo-database",
                "identities",
            ];
            kinds.map(Value::from).into()
        }
        "ExportForm" => ["pdf", "csv", "json"].map(Value::from).into(),
        "boolean" => vec![json!(true), json!(false)],
        "number" | "number | null" | "RecordNumber" => vec![json!(0), json!(1), json!(7)],
        "string" | "string | null" => ["pro", "2026-10", "power", "Mine"].map(Value::from).into(),
        structure => structures(structure, &mine),
    }
}

/// The same of what has parts.
fn structures(of: &str, mine: &Value) -> Vec<Value> {
    match of {
        "UsageAsked" => vec![
            json!({"range": {"kind": "running"}, "split": null, "only": []}),
            json!({"range": {"kind": "days", "days": 30}, "split": "model", "only": [{"by": "model", "name": "auto"}]}),
            json!({"range": {"kind": "own", "from": "2026-10-01", "to": "2026-11-20"}, "split": "session", "only": []}),
        ],
        "UsageQuery" => vec![
            json!({"range": {"kind": "running"}, "only": [], "search": "", "sort": "time", "descending": true, "page": 0}),
            json!({"range": {"kind": "month", "month": "2026-10"}, "only": [{"by": "user", "name": "a%_"}], "search": "a%_",
                "sort": "amount", "descending": false, "page": 1}),
        ],
        "WhatIf" => vec![
            json!({"changes": []}),
            json!({"until": "2027-01-31", "a_day": "12.50", "packs": true, "choice": {"plan": "pro", "overage": false, "packs": true}, "changes": [{"on": "2026-12-24", "plan": "power", "overage": true}]}),
        ],
        "Array<number>" => vec![json!([]), json!([0]), json!([7, 7])],
        "Array<UserNamed>" => {
            vec![json!([]), json!([{"profile": "ONE", "id": "ada"}, {"profile": "", "id": "bob"}])]
        }
        "ShownTable" => vec![
            json!({"title": "By tier", "columns": ["Tier", "Cost"], "rows": [["Pro+", "39.00"], ["=1+1", null]]}),
            json!({"title": "../By day", "columns": ["Day"], "rows": [["one", "too many"]]}),
        ],
        "SeatChange" => vec![
            json!({"kind": "add", "count": 1}),
            json!({"kind": "remove", "count": 1}),
            json!({"kind": "add", "count": u64::MAX}),
        ],
        "Choice" => vec![
            json!({"what": "language", "to": "de"}),
            json!({"what": "theme", "to": "dark"}),
            json!({"what": "ask", "to": {"vendor": "kiro", "agreed": true}}),
            json!({"what": "close-to-tray", "to": true}),
            json!({"what": "zoom", "to": 110}),
        ],
        "FactsChange" => vec![
            json!({"plan": "pro", "first_paid_on": "2026-01-15", "country": "US", "overage_enabled": false}),
            json!({"country": "JP"}),
        ],
        "TeamFacts" => vec![
            json!({"payment_failed_on": null, "started_on": "2026-08-05", "seat_price": "monthly", "seats": 3,
            "tax_percent": "10", "price_list": null, "pass": null, "pass_since": null, "top_up": null, "fee_exempt": false}),
        ],
        "PoolStated" => vec![
            json!({"what": "grant", "name": "A gift", "credits": "100.00", "on": "2026-11-01", "ends_on": "2027-11-01"}),
        ],
        "Link" => {
            vec![
                json!({"to": "account", "vendor": "kiro"}),
                json!({"to": "account", "vendor": "kilo"}),
                json!({"to": "tracker"}),
            ]
        }
        "TrayWords" => vec![
            json!({"title": "", "verdict": "", "reasons": "", "open": "", "refresh": "", "quit": "", "accounts": []}),
        ],
        "AlertKey" => vec![
            json!({"account": mine, "cycle_start": "2026-11-01T00:00:00Z", "kind": "used", "threshold": 75}),
        ],
        unknown => panic!("nothing is known that belongs where {unknown} is given"),
    }
}

/// Anything at all, by its number.
fn hostile(made: usize, chance: &mut Chance, accounts: [AccountNumber; 2]) -> Value {
    let deep = |open: &str, close: &str| {
        let text = open.repeat(100) + "1" + &close.repeat(100);
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    match made {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(i64::MAX),
        5 => json!(i64::MIN),
        6 => json!(u64::MAX),
        7 => json!(9_007_199_254_740_993_u64),
        8 => json!(1e308),
        9 => json!(-0.0),
        10 => json!(0.1),
        11 => json!(4_294_967_296_u64),
        12 => json!(""),
        13 => json!("x".repeat(100_000)),
        14 => json!("\0"),
        15 => json!("\u{1b}[2J\u{202e}"),
        16 => json!("__proto__"),
        17 => json!("../../../../etc/passwd"),
        18 => json!("'; DROP TABLE accounts; --"),
        19 => json!("<script>alert(1)</script>"),
        20 => json!("NaN"),
        21 => json!("-1"),
        22 => json!("1e30"),
        23 => json!("99999999999999999999999999999999999999"),
        24 => json!("0.000000000000000000000000000001"),
        25 => json!("9999-12-31T23:59:59Z"),
        26 => json!("0000-01-01"),
        27 => json!("2026-02-30"),
        28 => json!("-262144-01-01T00:00:00Z"),
        29 => json!([]),
        30 => json!({}),
        31 => json!({"__proto__": {"account": 1}}),
        32 => deep("[", "]"),
        33 => deep("{\"a\":", "}"),
        34 => Value::Array(vec![json!(1); 10_000]),
        35 => json!(accounts[1].0),
        36 => json!(accounts[0].0.saturating_add(1)),
        37 => json!("back:x"),
        38 => json!("de"),
        _ => json!(chance.below(100)),
    }
}
