//! The events of one person's account, as `scenario.md` writes them.

use super::events::{Readable, moment, unknown_type};
use super::field::Field;
use crate::calendar::Moment;
use crate::catalog::{Edition, PlanRank};
use crate::decimal::Decimal;
use crate::individual::{Account, Action};
use crate::units::{Credits, Money};
use serde::Deserialize;

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

/// What a task consumed, and what it would have on Auto where that is known (K4).
pub(super) struct Consumed {
    pub(super) credits: Credits,
    pub(super) on_auto: Option<Credits>,
}

/// What a task consumed: as metered, or as it would cost on Auto, rated for its model (K4).
pub(super) fn consumed(
    credits: Field<'_>,
    auto_credits: Field<'_>,
    model: Field<'_>,
    edition: &'static Edition,
) -> Result<Consumed, String> {
    match (credits.is_absent(), auto_credits.is_absent()) {
        (false, false) => {
            Err("credits: stands beside auto_credits; a usage has exactly one of them".to_owned())
        }
        (true, true) => Err("credits: is missing (or auto_credits)".to_owned()),
        // What was metered is final; a model beside it is information.
        (false, true) => {
            Ok(Consumed { credits: Credits::metered(above_zero(credits, "credits")?), on_auto: None })
        }
        (true, false) => {
            let amount = above_zero(auto_credits, "auto_credits")?;
            let model = model.optional_text("model")?;
            let model = model.as_deref().unwrap_or("auto");
            let rated = edition
                .rated(amount, model)
                .ok_or_else(|| format!("model: \"{model}\" is no model; known: {}", edition.model_ids()))?;
            Ok(Consumed { credits: rated, on_auto: Some(Credits::metered(amount)) })
        }
    }
}

fn above_zero(field: Field<'_>, name: &str) -> Result<Decimal, String> {
    let text = field.text(name)?;
    let amount: Decimal = text.parse().map_err(|error| format!("{name}: {error}"))?;
    if amount.is_positive() { Ok(amount) } else { Err(format!("{name}: must be above zero, not {text}")) }
}

/// What is paid for credits: above zero, in whole cents.
pub(super) fn purchase(amount: Field<'_>) -> Result<Money, String> {
    let amount = above_zero(amount, "amount")?;
    if !amount.is_whole_hundredths() {
        return Err(format!("amount: must have at most two decimals, not {amount}"));
    }
    Ok(Money::rounded(amount))
}

/// A plan that costs something, by its id: the only ones for organisations (E1).
pub(super) fn paid_plan(plan: Field<'_>, edition: &'static Edition) -> Result<PlanRank, String> {
    let id = plan.text("plan")?;
    let plan = edition.plan_named(&id).filter(|plan| plan.is_paid());
    plan.map(|plan| plan.rank).ok_or_else(|| {
        let known: Vec<_> = edition.paid_plans().map(|plan| plan.id.as_str()).collect();
        format!("plan: \"{id}\" is no plan for organisations; known: {}", known.join(", "))
    })
}
