//! The events of one person's account, as `scenario.md` writes them.

mod balance;
mod reading;

pub use reading::write;

use crate::catalog::{Edition, Plan};
use crate::scenario::amounts::decimal;
use crate::scenario::error::ScenarioError;
use crate::scenario::events::{moment_of, raw_event};
use crate::scenario::field::Field;
use chrono::SecondsFormat;
use headroom_exact::{Decimal, Moment, say};

raw_event! {
    trial, plan, enabled, credits, auto_credits, model, id, amount, expires_at, used, limit, overage, overage_charge,
    overage_cap, of_organisation; pools
}

fn plan_named<'e>(id: &str, edition: &'e Edition) -> Result<&'e Plan, ScenarioError> {
    let unknown = || say!("no-plan-called", text = id, known = edition.plan_ids());
    edition.plan_named(id).ok_or_else(|| ScenarioError::at("plan", unknown()))
}

/// When something ends; none if it doesn't.
fn moment_or_none(expires_at: Field<'_>) -> Result<Option<Moment>, ScenarioError> {
    let end = expires_at.optional_text("expires_at")?;
    end.map(|text| moment_of("expires_at", &text)).transpose()
}

/// An amount that isn't below zero.
fn at_least_nothing(text: &str, name: &str) -> Result<Decimal, ScenarioError> {
    let amount = decimal(name, text)?;
    if amount.is_negative() {
        return Err(ScenarioError::at(name, say!("must-not-be-negative", text)));
    }
    Ok(amount)
}

/// A moment with its fraction: a statement's whole seconds would turn what begins within one into what begins with it.
fn exactly(moment: Moment) -> String {
    moment.utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
