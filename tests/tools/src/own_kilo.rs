//! Somebody's own account as Kilo's service describes it (`interfaces.md` §4.1–4.2, `interfaces-2026.md` §5.2): each answer as
//! it goes over the wire.

use serde_json::{Value, json};

/// An account that is played.
#[derive(Clone, Debug)]
pub struct OwnKilo {
    /// The user's id.
    pub user: String,
    /// Whether the profile says that there is an account of their own; none where it doesn't say.
    pub has_own: Option<bool>,
    /// `/api/profile/balance`.
    pub balance: Value,
    /// `user.getCreditBlocks`; null is no such question, as of the next two.
    pub blocks: Value,
    /// `kiloPass.getState`.
    pub pass: Value,
    /// `user.getAutoTopUpPaymentMethod`.
    pub top_up: Value,
    /// What was spent on a day with a model, in millionths of a dollar; null is no such question.
    pub spent: Value,
}

impl OwnKilo {
    /// 23.75 dollars are left, 4.25 of which go on 10 December; a Kilo Pass Pro in its third month, billed on 14 December;
    /// top-ups of 50 are on.
    pub fn of_ada() -> Self {
        let block = |id: &str, at: &str, end: Value, left: u64, all: u64, free: bool| {
            json!({"id": id, "effective_date": at, "expiry_date": end, "balance_mUsd": left, "amount_mUsd": all,
                "is_free": free})
        };
        let row = |date: &str, model: &str, cost: u64| {
            json!({"datetime": format!("{date}T00:00:00.000Z"), "dimensions": {"model": model},
                "costMicrodollars": cost, "requestCount": 4, "inputTokens": 2000, "outputTokens": 300})
        };
        Self {
            user: "u-7".to_owned(),
            has_own: Some(true),
            balance: json!({"balance": 23.75, "isDepleted": false}),
            blocks: json!({"creditBlocks": [
                block("b-2", "2026-11-14 09:00:00+00", Value::Null, 19_500_000, 49_000_000, false),
                block("g-1", "2026-11-10 08:00:00.5+00", json!("2026-12-10 00:00:00+00"), 4_250_000, 5_000_000, true),
                block("b-1", "2026-10-02 17:30:00+00", Value::Null, 0, 20_000_000, false),
            ], "totalBalance_mUsd": 23_750_000, "isFirstPurchase": false, "autoTopUpEnabled": true}),
            pass: json!({"subscription": {"subscriptionId": "b7", "stripeSubscriptionId": "sub_X", "paymentProvider": "stripe",
                "tier": "tier_49", "cadence": "monthly", "status": "active", "cancelAtPeriodEnd": false,
                "currentStreakMonths": 3, "nextYearlyIssueAt": null, "startedAt": "2026-09-14 09:00:00+00", "resumesAt": null,
                "nextBillingAt": "2026-12-14T09:00:00.000Z", "nextBonusCreditsUsd": 9.8, "isFirstTimeSubscriberEver": false,
                "currentPeriodBaseCreditsUsd": 49, "currentPeriodUsageUsd": 31.2, "currentPeriodHostingCostUsd": 0,
                "currentPeriodBonusCreditsUsd": null,
                "currentPeriodBonus": {"status": "available", "projectedAmountUsd": 7.35}, "isBonusUnlocked": false,
                "isBonusAvailableToUnlock": false, "refillAt": null}, "isEligibleForFirstMonthPromo": false}),
            top_up: json!({"enabled": true, "amountCents": 5000,
                "paymentMethod": {"type": "card", "brand": "visa", "last4": "4242"}}),
            spent: json!([
                row("2026-11-17", "anthropic/claude-sonnet-5", 3_500_000),
                row("2026-11-18", "anthropic/claude-sonnet-5", 6_250_001),
                row("2026-11-19", "openai/gpt-6", 1_249_999),
                row("2026-11-20", "anthropic/claude-sonnet-5", 2_000_000),
            ]),
        }
    }

    /// The same with something else in its Kilo Pass.
    #[must_use]
    pub fn with_pass(mut self, changes: &[(&str, Value)]) -> Self {
        for (name, value) in changes {
            self.pass["subscription"][name] = value.clone();
        }
        self
    }

    /// The answer to a question, with the teams that the login is in; none is no such question.
    pub(crate) fn answer(&self, line: &str, teams: &Value) -> Option<Value> {
        let result = |data: &Value| (!data.is_null()).then(|| json!({"result": {"data": {"json": data}}}));
        if line.contains("/api/profile/balance") {
            Some(self.balance.clone()).filter(|balance| !balance.is_null())
        } else if line.contains("/api/profile/usage") {
            None
        } else if line.contains("/api/profile") {
            let mut profile = json!({"user": {"id": self.user, "email": "ada@example.com", "name": "Ada", "image": null},
                "organizations": teams});
            if let Some(has_own) = self.has_own {
                profile["hasPersonalAccount"] = has_own.into();
            }
            Some(profile)
        } else if line.contains("user.getCreditBlocks") {
            result(&self.blocks)
        } else if line.contains("kiloPass.getState") {
            result(&self.pass)
        } else if line.contains("user.getAutoTopUpPaymentMethod") {
            result(&self.top_up)
        } else if line.contains("usageAnalytics.getTable") {
            result(&json!({"rows": self.spent, "effectiveGranularity": "day"}))
                .filter(|_| !self.spent.is_null())
        } else {
            None
        }
    }
}
