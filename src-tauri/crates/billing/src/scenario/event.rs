//! The events of a scenario, read one by one into the engine's own form.

use super::field::Field;
use crate::calendar::Moment;
use crate::catalog::Edition;
use crate::decimal::Decimal;
use crate::individual::{Action, Event};
use crate::units::Credits;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use std::fmt;

/// An event as it stands in the file.
#[derive(Deserialize)]
#[serde(expecting = "an event (a JSON object)")]
pub(super) struct RawEvent<'a> {
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
}

/// Reads the list of events; an error names the event's position.
pub(super) struct Events {
    pub(super) edition: &'static Edition,
}

impl<'de> DeserializeSeed<'de> for Events {
    type Value = Vec<Event<'de>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Events {
    type Value = Vec<Event<'de>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of events under \"events\"")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut events = Vec::new();
        loop {
            let position = events.len();
            let place = |what: &dyn fmt::Display| A::Error::custom(format!("event {position}: {what}"));
            let Some(raw) = list.next_element::<RawEvent<'de>>().map_err(|error| place(&error))? else {
                return Ok(events);
            };
            events.push(raw.checked(self.edition, position).map_err(|error| place(&error))?);
        }
    }
}

impl<'a> RawEvent<'a> {
    /// Checks what the event's type needs; the error names the field.
    fn checked(self, edition: &'static Edition, position: usize) -> Result<Event<'a>, String> {
        let at: Moment = self.at.text("at")?.parse().map_err(|error| format!("at: {error}"))?;
        let kind = self.kind.text("type")?;
        let action = match kind.as_ref() {
            "sign_up" => Action::SignUp { trial: self.trial.optional_flag("trial")?.unwrap_or(true) },
            "change_plan" => {
                let id = self.plan.text("plan")?;
                let unknown = || format!("plan: \"{id}\" is no plan; known: {}", edition.plan_ids());
                Action::ChangePlan(edition.plan_named(&id).ok_or_else(unknown)?.rank)
            }
            "set_overage" => {
                let enabled = self.enabled.optional_flag("enabled")?;
                Action::SetOverage { enabled: enabled.ok_or("enabled: is missing")? }
            }
            "usage" => Action::Usage {
                credits: consumed(self.credits, self.auto_credits, self.model, edition)?,
                id: self.id.optional_text("id")?,
            },
            other => {
                return Err(format!(
                    "type: \"{other}\" is no type of event; known: sign_up, change_plan, set_overage, usage"
                ));
            }
        };
        Ok(Event { at, position, action })
    }
}

/// What a task consumed: as metered, or as it would cost on Auto, rated for its model (K4).
fn consumed(
    credits: Field<'_>,
    auto_credits: Field<'_>,
    model: Field<'_>,
    edition: &'static Edition,
) -> Result<Credits, String> {
    match (credits.is_absent(), auto_credits.is_absent()) {
        (false, false) => {
            Err("credits: stands beside auto_credits; a usage has exactly one of them".to_owned())
        }
        (true, true) => Err("credits: is missing (or auto_credits)".to_owned()),
        // What was metered is final; a model beside it is information.
        (false, true) => Ok(Credits::metered(above_zero(credits, "credits")?)),
        (true, false) => {
            let amount = above_zero(auto_credits, "auto_credits")?;
            let model = model.optional_text("model")?;
            let model = model.as_deref().unwrap_or("auto");
            edition
                .rated(amount, model)
                .ok_or_else(|| format!("model: \"{model}\" is no model; known: {}", edition.model_ids()))
        }
    }
}

fn above_zero(field: Field<'_>, name: &str) -> Result<Decimal, String> {
    let text = field.text(name)?;
    let amount: Decimal = text.parse().map_err(|error| format!("{name}: {error}"))?;
    if amount.is_positive() { Ok(amount) } else { Err(format!("{name}: must be above zero, not {text}")) }
}
