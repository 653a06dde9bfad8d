//! The events of one person's account, as `scenario.md` writes them.

use super::{Account, Action, Event};
use crate::catalog::Catalog;
use crate::catalog::Edition;
use crate::scenario::amounts::{consumed, purchase};
use crate::scenario::events::{Readable, moment, unknown_type};
use crate::scenario::field::Field;
use crate::terms::Terms;
use crate::timeline::AccountKind as _;
use headroom_exact::Moment;
use serde::Deserialize;
use serde_json::{Value, json};

/// An event as it stands in the file.
#[derive(Deserialize)]
#[serde(expecting = "an event (a JSON object)")]
pub struct RawEvent<'a> {
    #[serde(default, borrow)]
    at: Field<'a>,
    #[serde(default, borrow, rename = "type")]
    kind: Field<'a>,
    #[serde(default, borrow)]
    trial: Field<'a>,
    #[serde(default, borrow)]
    plan: Field<'a>,
    #[serde(default, borrow)]
    enabled: Field<'a>,
    #[serde(default, borrow)]
    credits: Field<'a>,
    #[serde(default, borrow)]
    auto_credits: Field<'a>,
    #[serde(default, borrow)]
    model: Field<'a>,
    #[serde(default, borrow)]
    id: Field<'a>,
    #[serde(default, borrow)]
    amount: Field<'a>,
    #[serde(default, borrow)]
    expires_at: Field<'a>,
}

impl Readable for Account {
    type Raw<'a> = RawEvent<'a>;
    type Reading = &'static Edition;

    fn check<'a>(
        raw: Self::Raw<'a>,
        edition: &&'static Edition,
    ) -> Result<(Moment, Self::Action<'a>), String> {
        let at = moment(raw.at)?;
        let kind = raw.kind.text("type")?;
        let action = match kind.as_ref() {
            "sign_up" => Action::SignUp { trial: raw.trial.optional_flag("trial")?.unwrap_or(true) },
            "change_plan" => {
                let id = raw.plan.text("plan")?;
                let unknown = || format!("plan: \"{id}\" is no plan; known: {}", edition.plan_ids());
                Action::ChangePlan(edition.plan_named(&id).ok_or_else(unknown)?.rank)
            }
            "set_overage" => Action::SetOverage { enabled: raw.enabled.flag("enabled")? },
            "usage" => {
                let consumed = consumed(raw.credits, raw.auto_credits, raw.model, edition)?;
                Action::Usage {
                    credits: consumed.credits,
                    on_auto: consumed.on_auto,
                    id: raw.id.optional_text("id")?,
                }
            }
            "buy_credits" if edition.packs.is_some() => Action::BuyCredits {
                amount: purchase(raw.amount)?,
                expires_at: match raw.expires_at.optional_text("expires_at")? {
                    Some(text) => {
                        Some(text.parse::<Moment>().map_err(|error| format!("expires_at: {error}"))?)
                    }
                    None => None,
                },
            },
            other => {
                let more = if edition.packs.is_some() { ", buy_credits" } else { "" };
                return Err(unknown_type(other, &format!("sign_up, change_plan, set_overage, usage{more}")));
            }
        };
        Ok((at, action))
    }
}

/// A scenario of an account and its events, as it is read (`scenario.md`).
pub fn write<'e>(terms: &Terms, as_of: Moment, events: impl Iterator<Item = &'e Event<'e>>) -> Value {
    let edition = &terms.edition.list.id;
    let mut scenario = json!({
        "account": Account::NAME,
        "as_of": as_of,
        "country": terms.country.to_string(),
        "day_count": terms.day_count,
        "events": events.map(|event| written(event, terms.edition)).collect::<Vec<_>>(),
    });
    if *edition != Catalog::built_in().default_edition().list.id
        && let Some(header) = scenario.as_object_mut()
    {
        header.insert("edition".to_owned(), json!(edition));
    }
    scenario
}

fn written(event: &Event<'_>, edition: &Edition) -> Value {
    let at = event.at;
    match &event.action {
        Action::SignUp { trial } => json!({"at": at, "type": "sign_up", "trial": trial}),
        Action::ChangePlan(rank) => json!({"at": at, "type": "change_plan", "plan": edition.plan(*rank).id}),
        Action::SetOverage { enabled } => json!({"at": at, "type": "set_overage", "enabled": enabled}),
        Action::Usage { credits, id, .. } => json!({"at": at, "type": "usage", "credits": credits, "id": id}),
        Action::BuyCredits { amount, expires_at } => {
            json!({"at": at, "type": "buy_credits", "amount": amount, "expires_at": expires_at})
        }
    }
}
