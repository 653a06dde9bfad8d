//! The events of a team and the rates of its models, as `scenario.md` writes them.

use super::{Action, ModelRate, Team};
use crate::catalog::TeamEdition;
use crate::scenario::amounts::purchase;
use crate::scenario::error::{ScenarioError, wrong};
use crate::scenario::events::{Readable, moment, raw_event, unknown_type};
use crate::scenario::field::Field;
use headroom_exact::{Decimal, Moment, Saying, say};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

raw_event! { seats, seat, payment_method, count, member, amount, model, input_tokens, output_tokens, id, tier, enabled }

/// What the events of a team are read by.
pub struct Reading {
    pub(crate) edition: &'static TeamEdition,
    pub(crate) rates: BTreeMap<String, ModelRate>,
}

impl Readable for Team {
    type Raw<'a> = RawEvent<'a>;
    type Reading = Reading;

    fn check<'a>(raw: Self::Raw<'a>, reading: &Reading) -> Result<(Moment, Self::Action<'a>), ScenarioError> {
        let at = moment(raw.at)?;
        let kind = raw.kind.text("type")?;
        let action = match kind.as_ref() {
            "start_team" => {
                let edition = reading.edition;
                let seat_price = match raw.seat.optional_text("seat")? {
                    None => edition.default_seat(),
                    Some(id) => edition.seat(&id).ok_or_else(|| {
                        let what = say!("no-seat-price", text = &*id, known = edition.seat_ids());
                        ScenarioError::at("seat", what)
                    })?,
                };
                Action::StartTeam {
                    seats: at_least_one(&raw.seats, "seats")?,
                    seat_price,
                    payment_method: raw.payment_method.optional_text("payment_method")?,
                }
            }
            "add_seats" => Action::AddSeats(at_least_one(&raw.count, "count")?),
            "remove_seats" => Action::RemoveSeats(at_least_one(&raw.count, "count")?),
            "add_member" => Action::AddMember(raw.member.text("member")?),
            "remove_member" => Action::RemoveMember(raw.member.text("member")?),
            "buy_credits" => Action::BuyCredits(purchase(raw.amount)?),
            "usage" => {
                let model = raw.model.text("model")?;
                let rate = reading.rates.get(model.as_ref());
                let without = || {
                    ScenarioError::at(
                        "model",
                        say!("no-rate-of-model", text = &*model, rates = "model_rates"),
                    )
                };
                Action::Usage {
                    rate: *rate.ok_or_else(without)?,
                    input_tokens: raw.input_tokens.whole("input_tokens")?,
                    output_tokens: raw.output_tokens.whole("output_tokens")?,
                    id: raw.id.optional_text("id")?,
                }
            }
            "payment_failed" => Action::PaymentFailed,
            "payment_succeeded" => Action::PaymentSucceeded,
            kind => match of_edition(kind, raw.tier, &raw.enabled, raw.amount, reading.edition)? {
                Some(action) => action,
                None => return Err(unknown_type(kind, known_types(reading.edition))),
            },
        };
        Ok((at, action))
    }
}

/// The types of event that the price list has.
fn known_types(edition: &TeamEdition) -> Vec<&'static str> {
    let always = [
        "start_team",
        "add_seats",
        "remove_seats",
        "add_member",
        "remove_member",
        "buy_credits",
        "usage",
        "payment_failed",
        "payment_succeeded",
    ];
    let pass = edition.pass.as_ref().map(|_| ["start_pass", "cancel_pass", "resume_pass"]);
    let top_up = edition.top_up.as_ref().map(|_| "set_auto_top_up");
    always.into_iter().chain(pass.into_iter().flatten()).chain(top_up).collect()
}

/// An event of a type that only some price lists have; none if this one doesn't.
fn of_edition<'a>(
    kind: &str,
    tier: Field<'a>,
    enabled: &Field<'a>,
    amount: Field<'a>,
    edition: &TeamEdition,
) -> Result<Option<Action<'a>>, ScenarioError> {
    let action = match (kind, &edition.pass, &edition.top_up) {
        ("start_pass", Some(offer), _) => {
            let id = tier.text("tier")?;
            let tier = offer.tier(&id).ok_or_else(|| {
                ScenarioError::at("tier", say!("no-tier-of-pass", text = &*id, known = offer.tier_ids()))
            })?;
            Action::StartPass(tier.terms.clone())
        }
        ("cancel_pass", Some(_), _) => Action::CancelPass,
        ("resume_pass", Some(_), _) => Action::ResumePass,
        ("set_auto_top_up", _, Some(offer)) => {
            let is_given = !amount.is_absent();
            let amount = is_given.then(|| purchase(amount)).transpose()?.unwrap_or(offer.usual);
            Action::SetAutoTopUp(enabled.flag("enabled")?.then_some(amount))
        }
        _ => return Ok(None),
    };
    Ok(Some(action))
}

fn at_least_one(field: &Field<'_>, name: &str) -> Result<u64, ScenarioError> {
    match field.whole(name)? {
        0 => Err(ScenarioError::at(name, say!("must-be-one-at-least"))),
        count => Ok(count),
    }
}

/// A rate: a decimal that is not negative.
pub(crate) fn rate(text: &str) -> Result<Decimal, Saying> {
    let rate: Decimal = text.parse::<Decimal>()?;
    if rate.is_negative() { Err(say!("must-not-be-negative", text)) } else { Ok(rate) }
}

#[derive(Deserialize)]
struct RawRate<'a> {
    #[serde(default, borrow)]
    input_per_million: Field<'a>,
    #[serde(default, borrow)]
    output_per_million: Field<'a>,
}

/// Reads `model_rates`.
pub(crate) fn model_rates(json: &str) -> Result<BTreeMap<String, ModelRate>, ScenarioError> {
    let raw: BTreeMap<Cow<'_, str>, RawRate<'_>> = serde_json::from_str(json)
        .map_err(|error| wrong(&error, say!("must-be-rates")).within("model_rates"))?;
    let mut rates = BTreeMap::new();
    for (model, raw) in raw {
        let read = |field: Field<'_>, name: &str| {
            let text = field.text(name)?;
            rate(&text).map_err(|what| ScenarioError::at(name, what))
        };
        let both = || {
            Ok(ModelRate {
                input_per_million: read(raw.input_per_million, "input_per_million")?,
                output_per_million: read(raw.output_per_million, "output_per_million")?,
            })
        };
        let rate = both().map_err(|error: ScenarioError| {
            error.within(say!("in-quotes", text = &*model)).within("model_rates")
        })?;
        rates.insert(model.into_owned(), rate);
    }
    Ok(rates)
}
