//! The answers as they come.

use crate::kilo::blocks::{Blocks, ReadBlocks};
use crate::kilo::parts::another_kind;
use crate::kilo::team::{KiloOrganisation, parse_profile};
use crate::observation::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp, PassSubscription};
use crate::wire::json::{differs, name, needed_name};
use crate::wire::number::Number;
use headroom_exact::{Balance, Saying, say};
use serde::Deserialize;

/// Whose login it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KiloProfile {
    /// By what the account is known: the user's id, else the address.
    pub user: String,
    /// The user's name or address.
    pub name: String,
    /// The teams that the login is a member of.
    pub teams: Vec<KiloOrganisation>,
    /// Whether there is an account of their own; none where that isn't told.
    pub has_own: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    user: User,
    has_personal_account: Option<bool>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default, deserialize_with = "name")]
    id: Option<String>,
    #[serde(default, deserialize_with = "name")]
    email: Option<String>,
    #[serde(default, deserialize_with = "name")]
    name: Option<String>,
}

pub(super) fn profile(text: &str) -> Result<KiloProfile, Saying> {
    let Profile { user: User { id, email, name }, has_personal_account } = json(text)?;
    let teams = parse_profile(text).map_err(|error| differs(&error))?;
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (id, email, name) = (said(id), said(email), said(name));
    let user = id.or_else(|| email.clone()).ok_or_else(|| say!("field-missing", field = "id"))?;
    let name = email.or(name).unwrap_or_else(|| user.clone());
    Ok(KiloProfile { user, name, teams, has_own: has_personal_account })
}

/// What stands there as `read` has it; none where nothing does, an error where it is something else.
fn read<'a, T>(
    number: Option<Number<'a>>,
    read: impl FnOnce(Number<'a>) -> Option<T>,
) -> Result<Option<T>, Saying> {
    number.map(|number| read(number).ok_or_else(another_kind)).transpose()
}

/// Dollars that are never below zero.
fn dollars(number: Number<'_>) -> Option<Balance> {
    number.dollars().filter(|amount| *amount >= Balance::ZERO)
}

#[derive(Deserialize)]
struct ToldBalance<'a> {
    #[serde(borrow)]
    balance: Number<'a>,
}

pub(super) fn balance(text: &str) -> Result<OwnBalance, Saying> {
    let told: ToldBalance<'_> = json(text)?;
    Ok(OwnBalance { left: told.balance.dollars().ok_or_else(another_kind)? })
}

/// What stands beside the credits by purchase.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beside {
    auto_top_up_enabled: Option<bool>,
}

pub(super) fn blocks(text: &str) -> Result<OwnBlocks, Saying> {
    let (told, beside): (Blocks<'_>, Beside) = (json(text)?, json(text)?);
    let ReadBlocks { left, purchases, total } = told.read()?;
    let left = left.ok_or_else(|| say!("field-missing", field = "creditBlocks"))?;
    let purchases = purchases.unwrap_or_default();
    Ok(OwnBlocks { total, left, purchases, auto_top_up: beside.auto_top_up_enabled })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TopUp<'a> {
    enabled: Option<bool>,
    #[serde(borrow)]
    amount_cents: Option<Number<'a>>,
}

pub(super) fn top_up(text: &str) -> Result<OwnTopUp, Saying> {
    let told: TopUp<'_> = json(text)?;
    let cents = read(told.amount_cents, Number::count)?.filter(|cents| *cents > 0);
    let amount = cents.and_then(|cents| i128::from(cents).checked_mul(10_000)).map(Balance::of_millionths);
    Ok(OwnTopUp { enabled: told.enabled, amount })
}

/// Null is that there is none; where it isn't there, nothing is said of it.
#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow, deserialize_with = "Option::deserialize")]
    subscription: Option<Subscription<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription<'a> {
    #[serde(deserialize_with = "needed_name")]
    tier: String,
    #[serde(deserialize_with = "needed_name")]
    status: String,
    #[serde(default, deserialize_with = "name")]
    cadence: Option<String>,
    #[serde(default, deserialize_with = "name")]
    payment_provider: Option<String>,
    cancel_at_period_end: Option<bool>,
    #[serde(borrow)]
    current_streak_months: Option<Number<'a>>,
    #[serde(borrow)]
    started_at: Option<Number<'a>>,
    #[serde(borrow)]
    resumes_at: Option<Number<'a>>,
    #[serde(borrow)]
    next_billing_at: Option<Number<'a>>,
    #[serde(borrow)]
    next_yearly_issue_at: Option<Number<'a>>,
    #[serde(borrow)]
    current_period_base_credits_usd: Option<Number<'a>>,
    #[serde(borrow)]
    current_period_usage_usd: Option<Number<'a>>,
    #[serde(borrow)]
    current_period_bonus_credits_usd: Option<Number<'a>>,
    #[serde(borrow)]
    current_period_bonus: Option<PeriodBonus<'a>>,
    #[serde(borrow)]
    next_bonus_credits_usd: Option<Number<'a>>,
    is_bonus_unlocked: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PeriodBonus<'a> {
    #[serde(borrow)]
    projected_amount_usd: Option<Number<'a>>,
}

pub(super) fn pass(text: &str) -> Result<OwnPass, Saying> {
    let State { subscription } = json(text)?;
    Ok(OwnPass { subscription: subscription.map(Subscription::read).transpose()? })
}

impl Subscription<'_> {
    fn read(self) -> Result<PassSubscription, Saying> {
        let ahead = self.current_period_bonus.and_then(|bonus| bonus.projected_amount_usd);
        Ok(PassSubscription {
            tier: self.tier,
            status: self.status,
            cadence: self.cadence,
            provider: self.payment_provider,
            ends: self.cancel_at_period_end,
            streak: read(self.current_streak_months, Number::count)?,
            started_at: read(self.started_at, Number::moment)?,
            resumes_at: read(self.resumes_at, Number::moment)?,
            next_billing_at: read(self.next_billing_at, Number::moment)?,
            next_issue_at: read(self.next_yearly_issue_at, Number::moment)?,
            base: read(self.current_period_base_credits_usd, dollars)?,
            used: read(self.current_period_usage_usd, dollars)?,
            bonus: read(self.current_period_bonus_credits_usd, dollars)?,
            bonus_ahead: read(ahead, dollars)?,
            next_bonus: read(self.next_bonus_credits_usd, dollars)?,
            unlocked: self.is_bonus_unlocked,
        })
    }
}

/// JSON of that form.
fn json<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Saying> {
    serde_json::from_str(text).map_err(|error| differs(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASS: &str = r#"{"subscription":{"subscriptionId":"b7","paymentProvider":"stripe","tier":"tier_49","cadence":"monthly",
        "status":"active","cancelAtPeriodEnd":false,"currentStreakMonths":3,"nextYearlyIssueAt":null,
        "startedAt":"2026-09-14 09:00:00+00","resumesAt":null,"nextBillingAt":"2026-12-14T09:00:00.000Z","nextBonusCreditsUsd":9.8,
        "currentPeriodBaseCreditsUsd":49,"currentPeriodUsageUsd":31.2,"currentPeriodBonusCreditsUsd":null,
        "currentPeriodBonus":{"status":"available","projectedAmountUsd":7.35},"isBonusUnlocked":false}}"#;

    fn written(amount: Option<Balance>) -> String {
        amount.map_or_else(|| "none".to_owned(), |amount| amount.to_string())
    }

    #[test]
    fn a_pass_is_quoted_as_it_stands_and_none_is_told_from_one_that_cant_be_read() {
        let told = pass(PASS).expect("a pass").subscription.expect("a subscription");
        assert_eq!((told.tier.as_str(), told.status.as_str(), told.streak), ("tier_49", "active", Some(3)));
        assert_eq!(
            [told.base, told.used, told.bonus, told.bonus_ahead, told.next_bonus].map(written),
            ["49.000000", "31.200000", "none", "7.350000", "9.800000"]
        );
        let moments = [told.started_at, told.next_billing_at, told.next_issue_at];
        assert_eq!(
            moments.map(|at| at.map(|at| at.to_string())),
            [Some("2026-09-14T09:00:00Z".to_owned()), Some("2026-12-14T09:00:00Z".to_owned()), None]
        );
        assert_eq!(pass(r#"{"subscription":null}"#), Ok(OwnPass { subscription: None }));
        pass(r#"{"isEligibleForFirstMonthPromo":false}"#).expect_err("it says nothing of a subscription");
        for (good, bad) in [
            ("2026-12-14T09:00:00.000Z", "soon"),
            ("31.2", "-31.2"),
            ("Usd\":49", "Usd\":\"much\""),
            (r#""tier":"tier_49""#, r#""tier":null"#),
            // An answer that doesn't speak of it doesn't say that there is none.
            (r#""subscription":{"#, r#""membership":{"#),
            ("Months\":3", "Months\":2.5"),
        ] {
            let changed = PASS.replacen(good, bad, 1);
            assert_ne!(changed, PASS, "{good}");
            pass(&changed).expect_err(bad);
        }
    }

    #[test]
    fn blocks_have_the_moments_of_the_database_and_one_that_cant_be_read_is_an_error() {
        let text = r#"{"creditBlocks":[
            {"id":"a","effective_date":"2026-11-03 08:15:00.25+00","expiry_date":null,"balance_mUsd":4000000,"amount_mUsd":20000000,"is_free":false},
            {"id":"g","effective_date":"2026-11-05T00:00:00Z","expiry_date":"2026-12-10 00:00:00+00","balance_mUsd":"1500000","amount_mUsd":2000000,"is_free":true},
            {"id":"u","effective_date":"2026-10-03 08:15:00+0000","expiry_date":null,"balance_mUsd":0,"amount_mUsd":50000000,"is_free":false}],
            "totalBalance_mUsd":5500000,"isFirstPurchase":false,"autoTopUpEnabled":true}"#;
        let told = blocks(text).expect("blocks");
        assert_eq!((written(told.total), told.auto_top_up), ("5.500000".to_owned(), Some(true)));
        let left: Vec<_> = told
            .left
            .iter()
            .map(|block| (block.left.to_string(), block.expires_at.map(|at| at.to_string()), block.free))
            .collect();
        assert_eq!(
            left,
            [
                ("4.000000".to_owned(), None, false),
                ("1.500000".to_owned(), Some("2026-12-10T00:00:00Z".to_owned()), true)
            ]
        );
        let bought: Vec<_> =
            told.purchases.iter().map(|bought| (bought.id.as_str(), bought.at.to_string())).collect();
        assert_eq!(
            bought,
            [("a", "2026-11-03T08:15:00Z".to_owned()), ("u", "2026-10-03T08:15:00Z".to_owned())]
        );
        for (good, bad) in [
            ("2026-12-10 00:00:00+00", "in a while"),
            (r#""balance_mUsd":4000000,"#, r#""balance_mUsd":"much","#),
            (r#""balance_mUsd":4000000,"#, ""),
            ("2026-11-03 08:15:00.25+00", "yesterday"),
            (r#"{"creditBlocks":["#, r#"{"blocks":["#),
        ] {
            let changed = text.replacen(good, bad, 1);
            assert_ne!(changed, text, "{good}");
            blocks(&changed).expect_err(bad);
        }
    }

    #[test]
    fn whose_it_is_a_balance_and_a_top_up() {
        let of = |text: &str| profile(text).map(|profile| (profile.user, profile.name, profile.has_own));
        let known = |user: &str, name: &str, has| Ok((user.to_owned(), name.to_owned(), has));
        assert_eq!(
            of(
                r#"{"user":{"id":"u-7","email":"a@example.com","name":"Ada"},"organizations":[],"hasPersonalAccount":true}"#
            ),
            known("u-7", "a@example.com", Some(true))
        );
        assert_eq!(
            of(r#"{"user":{"email":"a@example.com"}}"#),
            known("a@example.com", "a@example.com", None)
        );
        assert!(of(r#"{"user":{"id":" "}}"#).is_err() && of("{}").is_err());
        assert_eq!(
            balance(r#"{"balance":-0.25,"isDepleted":true}"#).map(|told| told.left.to_string()),
            Ok("-0.250000".to_owned())
        );
        for text in ["{}", r#"{"balance":null}"#, r#"{"balance":"12"}"#] {
            balance(text).expect_err(text);
        }
        let told = |text: &str| top_up(text).map(|told| (told.enabled, written(told.amount)));
        assert_eq!(told(r#"{"enabled":true,"amountCents":5000}"#), Ok((Some(true), "50.000000".to_owned())));
        assert_eq!(told(r#"{"enabled":false,"amountCents":null}"#), Ok((Some(false), "none".to_owned())));
        told(r#"{"enabled":true,"amountCents":"x"}"#).expect_err("no amount");
    }
}
