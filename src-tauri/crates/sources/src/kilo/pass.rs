//! Kilo Pass of an organisation, and its automatic top-up, as Kilo's service describes them (`interfaces-2026.md` §5.3, §5.4).
//!
//! The service's own amounts are quoted, since its terms can be a team's own. One of them that can't be read takes down what
//! it alone says, never becomes zero.

use crate::files::bounded::at_most;
use crate::kilo::parts::{Heard, Parts, another_kind, counted};
use crate::observation::{PassAgreement, PassMonth, PassSnapshot};
use crate::wire::http::FetchError;
use crate::wire::json::{name, needed_name};
use crate::wire::missing::TeamPart;
use crate::wire::number::Number;
use headroom_exact::{Balance, Saying};
use serde::Deserialize;

/// The most organisations that passes are shared out among.
const MOST_ALLOCATIONS: usize = 1_000;

/// `organizations.kiloPass.summary`.
#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(deserialize_with = "needed_name")]
    state: String,
    /// Null where there is none; where it isn't there, nothing is said of it.
    #[serde(borrow, deserialize_with = "Option::deserialize")]
    agreement: Option<Agreement<'a>>,
}

/// States in which a pass is paid for: what it costs stands in the agreement.
const RUNNING: [&str; 2] = ["active", "cancel_at_period_end"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Agreement<'a> {
    #[serde(deserialize_with = "needed_name")]
    tier: String,
    #[serde(default, deserialize_with = "name")]
    cadence: Option<String>,
    #[serde(borrow)]
    paid_seat_count: Option<Number<'a>>,
    #[serde(borrow)]
    paid_through: Option<Number<'a>>,
    #[serde(borrow)]
    terms: Terms<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terms<'a> {
    #[serde(borrow)]
    price_per_pass_usd: Number<'a>,
    #[serde(borrow)]
    base_credits_per_pass_usd: Number<'a>,
    #[serde(borrow)]
    bonus_credits_per_pass_usd: Number<'a>,
    #[serde(borrow)]
    unlock_spend_per_pass_usd: Number<'a>,
    #[serde(default, deserialize_with = "name")]
    bonus_mode: Option<String>,
}

/// `organizations.kiloPass.usage`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage<'a> {
    #[serde(borrow)]
    current_window: Window<'a>,
    #[serde(borrow, deserialize_with = "at_most::<MOST_ALLOCATIONS, _, _>")]
    current_allocations: Option<Vec<Allocation<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Window<'a> {
    #[serde(borrow)]
    ends_at: Number<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Allocation<'a> {
    #[serde(borrow)]
    base_credits_microdollars: Number<'a>,
    #[serde(borrow)]
    qualifying_spend_microdollars: Number<'a>,
    #[serde(borrow)]
    unlock_target_microdollars: Number<'a>,
    #[serde(borrow)]
    bonus_credits_microdollars: Number<'a>,
    #[serde(default, deserialize_with = "name")]
    bonus_state: Option<String>,
}

/// `organizations.autoTopUp.getConfig`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TopUpConfig<'a> {
    enabled: Option<bool>,
    #[serde(borrow)]
    amount_cents: Option<Number<'a>>,
}

/// The automatic top-up as it is told.
#[derive(Clone, Copy)]
pub(crate) struct TopUp {
    pub(crate) enabled: Option<bool>,
    /// Dollars that are bought at once.
    pub(crate) amount: Option<Balance>,
}

impl TopUpConfig<'_> {
    fn read(self) -> Result<TopUp, Saying> {
        let cents = counted(self.amount_cents)?.map(i128::from);
        let amount = cents.and_then(|cents| cents.checked_mul(10_000)).map(Balance::of_millionths);
        Ok(TopUp { enabled: self.enabled, amount: amount.filter(|amount| amount.is_positive()) })
    }
}

/// What the service answered to the questions of this file.
#[derive(Default)]
pub(crate) struct CreditAnswers {
    summary: Heard,
    usage: Heard,
    top_up: Heard,
}

impl CreditAnswers {
    /// Asks each; what a login's role may not see is nothing.
    pub(crate) fn ask(question: impl Fn(&str) -> Result<Heard, FetchError>) -> Result<Self, FetchError> {
        Ok(Self {
            summary: question("organizations.kiloPass.summary")?,
            usage: question("organizations.kiloPass.usage")?,
            top_up: question("organizations.autoTopUp.getConfig")?,
        })
    }

    /// Kilo Pass and the automatic top-up, as far as they can be read.
    pub(crate) fn read(&self, parts: &mut Parts) -> (Option<PassSnapshot>, Option<TopUp>) {
        let pass = parts.read(TeamPart::Pass, &self.summary, Summary::read);
        let month = parts
            .read(TeamPart::PassMonth, &self.usage, |usage: Usage<'_>| usage.read().ok_or_else(another_kind));
        let pass = pass.map(|pass| PassSnapshot { month, ..pass });
        (pass, parts.read(TeamPart::TopUp, &self.top_up, TopUpConfig::read))
    }
}

impl Summary<'_> {
    /// An error where its costs can't be read.
    fn read(self) -> Result<PassSnapshot, Saying> {
        let agreement = match self.agreement {
            None if RUNNING.contains(&self.state.as_str()) => return Err(another_kind()),
            None => None,
            Some(agreement) => Some(agreement.read().ok_or_else(another_kind)?),
        };
        Ok(PassSnapshot { state: self.state, agreement, month: None })
    }
}

fn not_negative(amount: Balance) -> Option<Balance> {
    (amount >= Balance::ZERO).then_some(amount)
}

impl Agreement<'_> {
    /// None where an amount, the cadence or a moment can't be read: what it costs isn't known then.
    fn read(self) -> Option<PassAgreement> {
        let dollars = |number: Number<'_>| number.dollars().and_then(not_negative);
        let yearly = match self.cadence.as_deref()? {
            "monthly" => false,
            "yearly" => true,
            _ => return None,
        };
        let upfront = match self.terms.bonus_mode.as_deref()? {
            "after_base" => false,
            "upfront" => true,
            _ => return None,
        };
        let paid_through = match self.paid_through {
            None => None,
            Some(moment) => Some(moment.moment()?),
        };
        Some(PassAgreement {
            tier: self.tier,
            yearly,
            passes: counted(self.paid_seat_count).ok()?,
            paid_through,
            price: dollars(self.terms.price_per_pass_usd)?,
            base: dollars(self.terms.base_credits_per_pass_usd)?,
            bonus: dollars(self.terms.bonus_credits_per_pass_usd)?,
            unlock: dollars(self.terms.unlock_spend_per_pass_usd)?,
            upfront,
        })
    }
}

impl Usage<'_> {
    /// None where something in it can't be read.
    fn read(self) -> Option<PassMonth> {
        let allocations = self.current_allocations?;
        let amount = |number: Number<'_>| number.microdollars().and_then(not_negative);
        let sum = |of: &dyn Fn(&Allocation<'_>) -> Option<Balance>| {
            allocations.iter().map(of).sum::<Option<Balance>>()
        };
        let unlocked = |allocation: &Allocation<'_>| match allocation.bonus_state.as_deref()? {
            "unlocked" | "upfront_granted" => amount(allocation.bonus_credits_microdollars),
            "locked" | "expired" | "missed" => Some(Balance::ZERO),
            _ => None,
        };
        Some(PassMonth {
            ends_at: self.current_window.ends_at.moment()?,
            base: sum(&|allocation| amount(allocation.base_credits_microdollars))?,
            spent: sum(&|allocation| amount(allocation.qualifying_spend_microdollars))?,
            target: sum(&|allocation| amount(allocation.unlock_target_microdollars))?,
            bonus: sum(&|allocation| amount(allocation.bonus_credits_microdollars))?,
            unlocked: sum(&unlocked)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUMMARY: &str = r#"{"state":"active","commercialState":null,"processingCondition":"ready","agreement":{"tier":"tier_49",
        "cadence":"monthly","paidSeatCount":3,"planVersion":1,"paidThrough":"2026-12-10T00:00:00.000Z","terms":{"tier":"tier_49",
        "tierName":"Pro","pricePerPassUsd":49,"baseCreditsPerPassUsd":49,"bonusCreditsPerPassUsd":12,"unlockSpendPerPassUsd":49,
        "bonusMode":"after_base"}}}"#;
    const USAGE: &str = r#"{"tier":"tier_49","currentWindow":{"startsAt":"2026-11-10T00:00:00.000Z","endsAt":"2026-12-10T00:00:00.000Z"},
        "currentAllocations":[{"organizationId":"o","passCount":2,"kind":"parent","baseCreditsMicrodollars":98000000,
        "qualifyingSpendMicrodollars":98000001,"unlockTargetMicrodollars":98000000,"bonusCreditsMicrodollars":24000000,"bonusState":"unlocked"},
        {"organizationId":"p","passCount":1,"kind":"child","baseCreditsMicrodollars":49000000,"qualifyingSpendMicrodollars":0,
        "unlockTargetMicrodollars":49000000,"bonusCreditsMicrodollars":12000000,"bonusState":"locked"}]}"#;

    fn answers(summary: &str, usage: &str, top_up: &str) -> CreditAnswers {
        let [summary, usage, top_up] =
            [summary, usage, top_up].map(|text| serde_json::from_str(text).expect("JSON"));
        CreditAnswers { summary, usage, top_up }
    }

    fn read(summary: &str, usage: &str) -> Option<PassSnapshot> {
        answers(summary, usage, "null").read(&mut Parts::default()).0
    }

    #[test]
    fn the_agreement_and_the_month_are_quoted_as_they_stand() {
        let snapshot = read(SUMMARY, USAGE).expect("a pass");
        let agreement = snapshot.agreement.expect("an agreement");
        assert_eq!(
            (agreement.tier.as_str(), agreement.yearly, agreement.passes),
            ("tier_49", false, Some(3))
        );
        let amounts = [agreement.price, agreement.base, agreement.bonus, agreement.unlock];
        assert_eq!(
            amounts.map(|amount| amount.to_string()),
            ["49.000000", "49.000000", "12.000000", "49.000000"]
        );
        let month = snapshot.month.expect("a month");
        assert_eq!(month.ends_at.to_string(), "2026-12-10T00:00:00Z");
        let amounts = [month.base, month.spent, month.target, month.bonus, month.unlocked];
        assert_eq!(
            amounts.map(|amount| amount.to_string()),
            ["147.000000", "98.000001", "147.000000", "36.000000", "24.000000"]
        );
    }

    #[test]
    fn no_agreement_is_none_and_one_that_cant_be_read_is_not_known() {
        let none = read(r#"{"state":"unavailable","agreement":null}"#, "null").expect("an answer");
        assert_eq!((none.state.as_str(), none.agreement, none.month), ("unavailable", None, None));
        for (good, bad) in [
            ("49,\"base", "\"49\",\"base"),
            ("Usd\":12", "Usd\":-12"),
            ("monthly", "weekly"),
            ("after_base", "later"),
            ("2026-12-10T00:00:00.000Z", "soon"),
            // Without a word of what it costs nothing says that it costs nothing.
            ("\"agreement\":", "\"contract\":"),
        ] {
            let changed = SUMMARY.replacen(good, bad, 1);
            assert_ne!(changed, SUMMARY, "{good}");
            assert_eq!(read(&changed, USAGE), None, "{bad}");
        }
        let active = r#"{"state":"active","agreement":null}"#;
        assert_eq!(read(active, USAGE), None, "it runs, and what it costs isn't told");
        let list = USAGE.find("\"currentAllocations\":[").expect("a list");
        let without = format!("{}\"currentAllocations\":null}}", &USAGE[..list]);
        for odd in [USAGE.replacen("98000001", "-1", 1), without] {
            assert_eq!(
                read(SUMMARY, &odd).expect("a pass").month,
                None,
                "a month that can't be read isn't one of nothing: {odd}"
            );
        }
    }

    #[test]
    fn the_amount_of_a_top_up_is_in_cents() {
        let amount = |text: &str| {
            let mut parts = Parts::default();
            let config = answers("null", "null", text).read(&mut parts).1;
            let missing = parts.missing.iter().any(|missing| missing.part == TeamPart::TopUp);
            assert_eq!(missing, config.is_none(), "{text}");
            config.map(|config| (config.enabled, config.amount.map(|amount| amount.to_string())))
        };
        assert_eq!(
            amount(r#"{"enabled":true,"amountCents":50000}"#),
            Some((Some(true), Some("500.000000".to_owned())))
        );
        assert_eq!(amount(r#"{"enabled":false,"amountCents":"x"}"#), None);
        assert_eq!(amount(r#"{"amountCents":0}"#), Some((None, None)));
    }
}
