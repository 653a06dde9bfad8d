//! Amounts of an event, and the plans that only some accounts can have: what the kinds of account read alike.

use super::error::ScenarioError;
use super::field::Field;
use crate::catalog::{Edition, NotRated, PlanRank};
use headroom_exact::decimal::NotADecimal;
use headroom_exact::{Credits, Decimal, Moment, Money, say};

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
) -> Result<Consumed, ScenarioError> {
    match (credits.is_absent(), auto_credits.is_absent()) {
        (false, false) => Err(ScenarioError::at("credits", say!("stands-beside", other = "auto_credits"))),
        (true, true) => Err(ScenarioError::at("credits", say!("is-missing-or", other = "auto_credits"))),
        // What was metered is final; a model beside it is information.
        (false, true) => {
            Ok(Consumed { credits: Credits::metered(above_zero(credits, "credits")?), on_auto: None })
        }
        (true, false) => {
            let amount = above_zero(auto_credits, "auto_credits")?;
            let model = model.optional_text("model")?;
            let model = model.as_deref().unwrap_or("auto");
            let rated = edition.rated(amount, model, at).map_err(|reason| {
                let what = match reason {
                    NotRated::NoSuchModel => say!("no-model", text = model, known = edition.models_called()),
                    NotRated::NoMultiplier => say!("model-not-seen", text = model),
                };
                ScenarioError::at("model", what)
            })?;
            Ok(Consumed { credits: rated, on_auto: Some(Credits::metered(amount)) })
        }
    }
}

fn above_zero(field: Field<'_>, name: &str) -> Result<Decimal, ScenarioError> {
    let text = field.text(name)?;
    let amount = decimal(name, &text)?;
    let wrong = || ScenarioError::at(name, say!("must-be-positive", text = &*text));
    if amount.is_positive() { Ok(amount) } else { Err(wrong()) }
}

/// The decimal that stands under `name`.
pub(crate) fn decimal(name: &str, text: &str) -> Result<Decimal, ScenarioError> {
    text.parse().map_err(|error: NotADecimal| ScenarioError::at(name, error))
}

/// Credits of a pool: above zero, with at most two decimals.
pub(crate) fn pool_credits(field: Field<'_>, name: &str) -> Result<Credits, ScenarioError> {
    hundredths(above_zero(field, name)?, name)
}

/// What of a pool is used already: at least nothing and at most all of it.
pub(crate) fn pool_used(field: Field<'_>, granted: Credits) -> Result<Credits, ScenarioError> {
    let Some(text) = field.optional_text("used")? else { return Ok(Credits::ZERO) };
    let used = hundredths(decimal("used", &text)?, "used")?;
    if used >= Credits::ZERO && used <= granted {
        return Ok(used);
    }
    Err(ScenarioError::at("used", say!("must-be-within", most = granted.to_string(), text = &*text)))
}

fn too_precise(name: &str, text: &str) -> ScenarioError {
    ScenarioError::at(name, say!("must-have-two-decimals", text))
}

fn hundredths(amount: Decimal, name: &str) -> Result<Credits, ScenarioError> {
    if !amount.is_whole_hundredths() {
        return Err(too_precise(name, &amount.to_string()));
    }
    Ok(Credits::rounded(amount))
}

/// What is paid for credits: above zero, in whole cents.
pub(crate) fn purchase(amount: Field<'_>) -> Result<Money, ScenarioError> {
    let amount = above_zero(amount, "amount")?;
    if !amount.is_whole_hundredths() {
        return Err(too_precise("amount", &amount.to_string()));
    }
    Ok(Money::rounded(amount))
}

/// What is granted on a payment: above zero, written with at most two decimals.
pub(crate) fn granted(amount: Field<'_>) -> Result<Money, ScenarioError> {
    let text = amount.text("amount")?;
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 2) {
        return Err(too_precise("amount", &text));
    }
    purchase(Field::Text(text))
}

/// A plan that costs something, by its id: the only ones for organisations (E1).
pub(crate) fn paid_plan(plan: Field<'_>, edition: &'static Edition) -> Result<PlanRank, ScenarioError> {
    let id = plan.text("plan")?;
    let plan = edition.plan_named(&id).filter(|plan| plan.is_paid());
    plan.map(|plan| plan.rank).ok_or_else(|| {
        let known: Vec<_> = edition.paid_plans().map(|plan| plan.id.as_str()).collect();
        ScenarioError::at("plan", say!("no-plan-for-organisations", text = &*id, known))
    })
}
