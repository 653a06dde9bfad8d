//! A team as Kilo's service describes it, on top of the billing engine (`interfaces.md` §4).

use headroom_billing::team::Team as EngineTeam;
use headroom_billing::{AccountKind, Ledger, Scenario};
use headroom_exact::Moment;
use serde_json::{Value, json};

/// A team that is played.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its events, a scenario of the contract.
    pub scenario: Value,
    /// The moment.
    pub now: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What each member spent on a day with a model, in millionths of a dollar.
    pub spent: Vec<(String, String, String, u64)>,
    /// Credits that expire: millionths of a dollar and when.
    pub gift: Option<(u64, String)>,
    /// What members' addresses end with.
    pub domain: &'static str,
    /// Dollars that each member spent today, as the list of members says.
    pub today: f64,
    /// Whether the login may see everybody's spending.
    pub owner: bool,
    /// Whether the service has the procedure that tells it.
    pub analytics: bool,
    /// What it says of Kilo Pass (`summary`, `usage`) and of the automatic top-up (`getConfig`); null is no such question.
    pub credits: [Value; 3],
    /// What it says of the subscription (`subscription.get`); null is no such question.
    pub subscription: Value,
    /// How many seats it says there are, where that isn't what the scenario has.
    pub seats: Option<u64>,
}

impl Team {
    /// A team of three with spending on the four days before `now`, as owner.
    pub fn of_three(now: &str) -> Self {
        let scenario = json!({"account": "kilo-teams", "as_of": now, "events": [
            {"at": "2026-08-05T00:00:00Z", "type": "start_team", "seats": 5},
            {"at": "2026-08-05T00:00:01Z", "type": "add_member", "member": "ada@example.com"},
            {"at": "2026-08-05T00:00:02Z", "type": "add_member", "member": "bob@example.com"},
            {"at": "2026-08-05T00:00:03Z", "type": "buy_credits", "amount": "100.00"},
            {"at": "2026-11-20T09:00:00Z", "type": "usage", "model": "m", "input_tokens": 1_000_000,
             "output_tokens": 0},
        ], "model_rates": {"m": {"input_per_million": "37.50", "output_per_million": "0"}}});
        let row = |date: &str, user: &str, model: &str, cost| {
            (date.to_owned(), user.to_owned(), model.to_owned(), cost)
        };
        Self {
            scenario,
            now: now.to_owned(),
            id: "11111111-2222-3333-4444-555555555555".to_owned(),
            name: "Analytical Engines".to_owned(),
            spent: vec![
                row("2026-11-17", "ada@example.com", "anthropic/claude-sonnet-4.5", 7_250_000),
                row("2026-11-18", "ada@example.com", "anthropic/claude-sonnet-4.5", 8_000_001),
                row("2026-11-19", "bob@example.com", "openai/gpt-5", 12_249_999),
                row("2026-11-20", "bob@example.com", "anthropic/claude-sonnet-4.5", 10_000_000),
            ],
            gift: None,
            domain: "members.example",
            today: 1.5,
            owner: true,
            analytics: true,
            credits: [Value::Null, Value::Null, Value::Null],
            subscription: Value::Null,
            seats: None,
        }
    }

    /// The same with a Kilo Pass in that state: three passes of Pro until 5 December, nothing of whose bonus is there yet, and
    /// 500 dollars that are topped up.
    #[must_use]
    pub fn with_pass(self, state: &str) -> Self {
        let terms = json!({"tier": "tier_49", "tierName": "Pro", "pricePerPassUsd": 49, "baseCreditsPerPassUsd": 49,
            "bonusCreditsPerPassUsd": 12, "unlockSpendPerPassUsd": 49, "bonusMode": "after_base"});
        let agreement = json!({"tier": "tier_49", "cadence": "monthly", "paidSeatCount": 3, "planVersion": 1,
            "paidThrough": "2026-12-05T00:00:00.000Z", "terms": terms});
        let allocation = json!({"organizationId": self.id, "passCount": 3, "kind": "parent",
            "baseCreditsMicrodollars": 147_000_000, "qualifyingSpendMicrodollars": 37_500_000,
            "unlockTargetMicrodollars": 147_000_000, "bonusCreditsMicrodollars": 36_000_000, "bonusState": "locked"});
        let window = json!({"startsAt": "2026-11-05T00:00:00.000Z", "endsAt": "2026-12-05T00:00:00.000Z"});
        let usage = json!({"tier": "tier_49", "terms": terms, "currentWindow": window, "currentAllocations": [allocation]});
        let top_up = json!({"enabled": true, "amountCents": 50_000, "paymentMethod": null});
        Self { credits: [json!({"state": state, "agreement": agreement}), usage, top_up], ..self }
    }

    /// The team in the profile of its member.
    pub(crate) fn membership(&self) -> Value {
        json!({"id": self.id, "name": self.name, "role": if self.owner { "owner" } else { "member" }})
    }

    fn ledger(&self) -> Ledger<EngineTeam> {
        let text = self.scenario.to_string();
        match Scenario::parse(text.as_bytes()) {
            Ok(Scenario::Team(sourced)) => {
                let now: Moment = self.now.parse().expect("a moment");
                Ledger::fold(&sourced.timeline, now).expect("a ledger")
            }
            Ok(_) => panic!("a scenario of a team: {text}"),
            Err(error) => panic!("a scenario of a team: {error}: {text}"),
        }
    }

    /// The answer to a question; an error is what a role may not see, none is no such question.
    pub fn answer(&self, line: &str) -> Option<Result<Value, String>> {
        let now: Moment = self.now.parse().expect("a moment");
        let current = self.ledger().account.current(now);
        let millionths = current.balance.rounded_millionths();
        let seats = self.seats.unwrap_or(current.seats.paid);
        let refused =
            || Err(r#"{"error":{"json":{"message":"You do not have access","code":-32003}}}"#.to_owned());
        let result = |data: Value| Some(Ok(json!({"result": {"data": {"json": data}}})));
        if line.contains("/api/profile/balance") {
            let dollars: Value = serde_json::from_str(&current.balance.to_string()).expect("a number");
            Some(Ok(json!({"balance": dollars, "isDepleted": millionths <= 0})))
        } else if line.contains("/api/profile/usage") {
            let own = |(date, _, model, cost): &(String, String, String, u64)| {
                json!({"date": date, "model": model, "total_cost": cost, "request_count": 3,
                    "total_input_tokens": 1000, "total_output_tokens": 100})
            };
            let mine = self.spent.iter().filter(|row| row.1.starts_with("ada")).map(own);
            let mine: Vec<_> = mine.collect();
            Some(Ok(json!({"usage": mine})))
        } else if line.contains("/api/profile") {
            Some(Ok(json!({"user": {"id": "u-1", "email": "ada@example.com", "name": "Ada", "image": null},
                "organizations": [self.membership()]})))
        } else if line.contains("organizations.withMembers") {
            let member = |name: &str, role: &str| {
                json!({"id": name, "name": name, "email": format!("{name}@{}", self.domain),
                "role": role, "status": "active", "dailyUsageLimitUsd": 25, "currentDailyUsageUsd": self.today})
            };
            result(json!({"id": self.id, "name": self.name, "plan": "teams", "seat_count": seats,
                "total_microdollars_acquired": 100_000_000_i64, "microdollars_used": 100_000_000_i128 - millionths,
                "auto_top_up_enabled": false, "require_seats": true, "settings": {},
                "members": [member("ada", "owner"), member("bob", "member")]}))
        } else if line.contains("organizations.seats") {
            result(json!({"totalSeats": seats, "usedSeats": current.seats.assigned}))
        } else if line.contains("organizations.getCreditBlocks") {
            let gift = self.gift.as_ref().map(|(left, end)| {
                json!({"id": "g", "effective_date": "2026-08-05T00:00:00Z",
                "expiry_date": end, "balance_mUsd": left, "amount_mUsd": left, "is_free": true})
            });
            let bought = millionths - self.gift.as_ref().map_or(0, |(left, _)| i128::from(*left));
            let bought = json!({"id": "b", "effective_date": "2026-08-05T00:00:00Z", "expiry_date": null,
                "balance_mUsd": bought, "amount_mUsd": 100_000_000, "is_free": false});
            if !self.owner {
                return Some(refused());
            }
            let blocks: Vec<_> = [Some(bought), gift].into_iter().flatten().collect();
            result(json!({"creditBlocks": blocks, "totalBalance_mUsd": millionths}))
        } else if let Some(told) = self.told_of_credits(line) {
            if self.owner { result(told) } else { Some(refused()) }
        } else if line.contains("usageAnalytics.getTable") && self.analytics {
            if line.contains("org-wide") && !self.owner {
                return Some(refused());
            }
            let own = !line.contains("org-wide");
            let row = |(date, user, model, cost): &(String, String, String, u64)| {
                json!({"datetime": format!("{date}T00:00:00.000Z"), "dimensions": {"user": user, "model": model},
                    "costMicrodollars": cost, "requestCount": 3, "inputTokens": 1000, "outputTokens": 100})
            };
            let rows = self.spent.iter().filter(|row| !own || row.1.starts_with("ada")).map(row);
            let rows: Vec<_> = rows.collect();
            result(json!({"rows": rows, "effectiveGranularity": "day"}))
        } else {
            None
        }
    }

    fn told_of_credits(&self, line: &str) -> Option<Value> {
        if line.contains("organizations.subscription.get") {
            return Some(self.subscription.clone()).filter(|told| !told.is_null());
        }
        let questions = ["kiloPass.summary", "kiloPass.usage", "autoTopUp.getConfig"];
        let asked = questions.iter().position(|question| line.contains(question))?;
        Some(self.credits[asked].clone()).filter(|told| !told.is_null())
    }
}
