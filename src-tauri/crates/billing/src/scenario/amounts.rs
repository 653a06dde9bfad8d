//! Amounts of an event, and the plans that only some accounts can have: what the kinds of account read alike.

use super::field::Field;
use crate::catalog::{Edition, NotRated, PlanRank};
use headroom_exact::{Credits, Decimal, Moment, Money};

/// What a task consumed, and what it would have on Auto where that is known (K4).
pub(crate) struct Consumed {
    pub(crate) credits: Credits,
    pub(crate) on_auto: Option<Credits>,
}

/// What a task consumed: as metered, or as it would cost on Auto, rated for its model (K4).
pub(crate) fn consumed(
    credits: Field<'_>,
    auto_credits: Field<'_>,
    model: Field<'_>,
    edition: &'static Edition,
    at: Moment,
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
            let rated = edition.rated(amount, model, at).map_err(|reason| match reason {
                NotRated::NoSuchModel => {
                    format!("model: \"{model}\" is no model; known: {}", edition.model_ids())
                }
                NotRated::NoMultiplier => {
                    format!("model: nobody has seen yet what \"{model}\" costs beside Auto; say its credits as metered")
                }
            })?;
            Ok(Consumed { credits: rated, on_auto: Some(Credits::metered(amount)) })
        }
    }
}

fn above_zero(field: Field<'_>, name: &str) -> Result<Decimal, String> {
    let text = field.text(name)?;
    let amount: Decimal = text.parse().map_err(|error| format!("{name}: {error}"))?;
    if amount.is_positive() { Ok(amount) } else { Err(format!("{name}: must be above zero, not {text}")) }
}

/// Credits of a pool: above zero, with at most two decimals.
pub(crate) fn pool_credits(field: Field<'_>, name: &str) -> Result<Credits, String> {
    hundredths(above_zero(field, name)?, name)
}

/// What of a pool is used already: at least nothing and at most all of it.
pub(crate) fn pool_used(field: Field<'_>, granted: Credits) -> Result<Credits, String> {
    let Some(text) = field.optional_text("used")? else { return Ok(Credits::ZERO) };
    let used: Decimal = text.parse().map_err(|error| format!("used: {error}"))?;
    let used = hundredths(used, "used")?;
    if used >= Credits::ZERO && used <= granted {
        return Ok(used);
    }
    Err(format!("used: must be from 0 to {granted}, not {text}"))
}

fn hundredths(amount: Decimal, name: &str) -> Result<Credits, String> {
    if !amount.is_whole_hundredths() {
        return Err(format!("{name}: must have at most two decimals, not {amount}"));
    }
    Ok(Credits::rounded(amount))
}

/// What is paid for credits: above zero, in whole cents.
pub(crate) fn purchase(amount: Field<'_>) -> Result<Money, String> {
    let amount = above_zero(amount, "amount")?;
    if !amount.is_whole_hundredths() {
        return Err(format!("amount: must have at most two decimals, not {amount}"));
    }
    Ok(Money::rounded(amount))
}

/// What is granted on a payment: above zero, written with at most two decimals.
pub(crate) fn granted(amount: Field<'_>) -> Result<Money, String> {
    let text = amount.text("amount")?;
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 2) {
        return Err(format!("amount: must have at most two decimals, not {text}"));
    }
    purchase(Field::Text(text))
}

/// A plan that costs something, by its id: the only ones for organisations (E1).
pub(crate) fn paid_plan(plan: Field<'_>, edition: &'static Edition) -> Result<PlanRank, String> {
    let id = plan.text("plan")?;
    let plan = edition.plan_named(&id).filter(|plan| plan.is_paid());
    plan.map(|plan| plan.rank).ok_or_else(|| {
        let known: Vec<_> = edition.paid_plans().map(|plan| plan.id.as_str()).collect();
        format!("plan: \"{id}\" is no plan for organisations; known: {}", known.join(", "))
    })
}
