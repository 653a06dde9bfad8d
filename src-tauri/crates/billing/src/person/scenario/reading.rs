//! Each of the events, from a scenario and into one.

use super::{RawEvent, balance, exactly, moment_or_none, plan_named};
use crate::catalog::{Edition, Lists};
use crate::packs::Pool;
use crate::person::{Account, Action, Event};
use crate::scenario::amounts::{consumed, granted, pool_credits, pool_used, purchase};
use crate::scenario::error::ScenarioError;
use crate::scenario::events::{Readable, moment, moment_of, unknown_type};
use crate::scenario::field::Field;
use crate::terms::Terms;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, say};
use serde_json::{Value, json};

impl Readable for Account {
    type Raw<'a> = RawEvent<'a>;
    type Reading = Lists;

    fn check<'a>(mut raw: Self::Raw<'a>, lists: &Lists) -> Result<(Moment, Self::Action<'a>), ScenarioError> {
        let at = moment(std::mem::take(&mut raw.at))?;
        // Each event by the list of its own cycle (N1).
        let edition = lists.at(at);
        let kind = std::mem::take(&mut raw.kind).text("type")?;
        let action = match kind.as_ref() {
            "sign_up" => Action::SignUp { trial: raw.trial.optional_flag("trial")?.unwrap_or(true) },
            "change_plan" => {
                let id = raw.plan.text("plan")?;
                Action::ChangePlan(plan_named(&id, edition)?.rank)
            }
            "set_overage" => Action::SetOverage { enabled: raw.enabled.flag("enabled")? },
            "usage" => {
                let consumed = consumed(raw.credits, raw.auto_credits, raw.model, edition, at)?;
                Action::Usage {
                    credits: consumed.credits,
                    on_auto: consumed.on_auto,
                    id: raw.id.optional_text("id")?,
                }
            }
            "buy_credits" if edition.has_packs() => {
                Action::BuyCredits { amount: purchase(raw.amount)?, expires_at: end(raw.expires_at, at)? }
            }
            "first_payment_credit" if edition.first_payment_credit.is_some() => {
                Action::FirstPaymentCredit { amount: granted(raw.amount)? }
            }
            "grant" => Action::Grant(pool(raw.credits, raw.used, raw.expires_at)?),
            "opening_balance" => Action::OpeningBalance(Box::new(balance::read(raw, edition)?)),
            "own_limit" => {
                let id = raw.plan.text("plan")?;
                Action::OwnLimit {
                    plan: plan_named(&id, edition)?.rank,
                    credits: pool_credits(raw.credits, "credits")?,
                }
            }
            other => return Err(unknown_type(other, types_of(edition))),
        };
        Ok((at, action))
    }
}

/// Credits that are granted. What has ended already may be stated, too.
fn pool(credits: Field<'_>, used: Field<'_>, expires_at: Field<'_>) -> Result<Pool, ScenarioError> {
    let granted = pool_credits(credits, "credits")?;
    Ok(Pool { granted, used: pool_used(used, granted)?, expires_at: moment_or_none(expires_at)? })
}

/// The types of events that a price list has, for messages.
fn types_of(edition: &Edition) -> Vec<&'static str> {
    let always = ["sign_up", "change_plan", "set_overage", "usage"].into_iter();
    let packs = edition.packs.map(|_| "buy_credits");
    let credit = edition.first_payment_credit.map(|_| "first_payment_credit");
    let stated = ["grant", "own_limit", "opening_balance"];
    always.chain(packs).chain(credit).chain(stated).collect()
}

/// When a pack ends that is bought at `at`: after that, or never.
fn end(expires_at: Field<'_>, at: Moment) -> Result<Option<Moment>, ScenarioError> {
    let Some(text) = expires_at.optional_text("expires_at")? else { return Ok(None) };
    let end = moment_of("expires_at", &text)?;
    if end > at {
        Ok(Some(end))
    } else {
        Err(ScenarioError::at("expires_at", say!("must-be-later", text = &*text)))
    }
}

/// A scenario of an account and its events, as it is read (`scenario.md`).
pub fn write<'e>(terms: &Terms, as_of: Moment, events: impl Iterator<Item = &'e Event<'e>>) -> Value {
    let edition = terms.lists.id();
    let mut scenario = json!({
        "account": Account::NAME,
        "as_of": exactly(as_of),
        "country": terms.country.to_string(),
        "day_count": terms.day_count,
        "events": events.map(|event| written(event, terms.lists)).collect::<Vec<_>>(),
    });
    if edition != terms.catalog.default_edition().list.id {
        set(&mut scenario, "edition", json!(edition));
    }
    if let Some(rate) = terms.tax_rate {
        set(&mut scenario, "own_tax_rate", json!(rate.to_string()));
    }
    scenario
}

fn set(scenario: &mut Value, key: &str, value: Value) {
    if let Some(header) = scenario.as_object_mut() {
        header.insert(key.to_owned(), value);
    }
}

fn written(event: &Event<'_>, lists: Lists) -> Value {
    let at = exactly(event.at);
    match &event.action {
        Action::SignUp { trial } => json!({"at": at, "type": "sign_up", "trial": trial}),
        Action::ChangePlan(rank) => {
            // Nothing that can be read again says what no list has.
            let plan = lists.at(event.at).plan_ranked(*rank).map(|plan| &plan.id);
            json!({"at": at, "type": "change_plan", "plan": plan})
        }
        Action::SetOverage { enabled } => json!({"at": at, "type": "set_overage", "enabled": enabled}),
        Action::Usage { credits, id, .. } => json!({"at": at, "type": "usage", "credits": credits, "id": id}),
        Action::FirstPaymentCredit { amount } => {
            json!({"at": at, "type": "first_payment_credit", "amount": amount})
        }
        Action::BuyCredits { amount, expires_at } => {
            json!({"at": at, "type": "buy_credits", "amount": amount,
                "expires_at": expires_at.map(exactly)})
        }
        Action::Grant(pool) => {
            json!({"at": at, "type": "grant", "credits": pool.granted, "used": pool.used,
                "expires_at": pool.expires_at.map(exactly)})
        }
        Action::OpeningBalance(opening) => balance::write(event.at, opening, lists),
        Action::OwnLimit { plan, credits } => {
            let plan = lists.at(event.at).plan_ranked(*plan).map(|plan| &plan.id);
            json!({"at": at, "type": "own_limit", "plan": plan, "credits": credits})
        }
    }
}
