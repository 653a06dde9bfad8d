//! Reading Kilo's price lists.

use super::amounts::{CatalogError, decimal, money, unit_price};
use super::{
    CreditOffer, PassOffer, PassTerms, PassTier, PriceList, SeatPrice, Source, TeamEdition, TopUpOffer,
};
use chrono::NaiveDate;
use headroom_exact::say;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamEditionEntry {
    id: String,
    year: u16,
    in_force_from: Option<NaiveDate>,
    checked_on: NaiveDate,
    sources: Vec<Source>,
    grace_days: u32,
    retention_days: u32,
    seat: Vec<SeatEntry>,
    credits: CreditEntry,
    pass: Option<PassEntry>,
    top_up: Option<TopUpEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatEntry {
    id: String,
    name: String,
    plan: String,
    price: String,
    months: u32,
    #[serde(default)]
    unconfirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreditEntry {
    amounts: Vec<String>,
    any_from: String,
    fee: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassEntry {
    fee_from: NaiveDate,
    fee_certain_from: NaiveDate,
    tier: Vec<PassTierEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassTierEntry {
    id: String,
    name: String,
    told_as: String,
    price: String,
    base: String,
    bonus: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopUpEntry {
    threshold: String,
    personal_threshold: Option<String>,
    amounts: Vec<String>,
    usual: String,
}

pub(super) fn team_edition(entry: TeamEditionEntry) -> Result<TeamEdition, CatalogError> {
    let place = |name: &str| format!("team_edition {}: {name}", entry.id);
    let mut seats = Vec::with_capacity(entry.seat.len());
    for seat in entry.seat {
        if seat.months == 0 {
            return Err(CatalogError::at(place(&seat.id), say!("must-have-a-month")));
        }
        seats.push(SeatPrice {
            price: unit_price(&place(&seat.id), &seat.price)?,
            id: seat.id,
            name: seat.name,
            plan: seat.plan,
            months: seat.months,
            unconfirmed: seat.unconfirmed,
        });
    }
    if seats.is_empty() {
        return Err(CatalogError::at(place("seat"), say!("is-missing")));
    }
    let amounts = |name: &str, amounts: &[String]| {
        amounts.iter().map(|amount| money(&place(name), amount)).collect::<Result<Vec<_>, _>>()
    };
    Ok(TeamEdition {
        credits: CreditOffer {
            amounts: amounts("credits.amounts", &entry.credits.amounts)?,
            any_from: money(&place("credits.any_from"), &entry.credits.any_from)?,
            fee: decimal(&place("credits.fee"), &entry.credits.fee)?,
        },
        pass: entry.pass.map(|pass| pass_offer(pass, &place("pass"))).transpose()?,
        top_up: match entry.top_up {
            None => None,
            Some(top_up) => {
                let offer = TopUpOffer {
                    threshold: unit_price(&place("top_up.threshold"), &top_up.threshold)?,
                    personal_threshold: top_up
                        .personal_threshold
                        .map(|amount| unit_price(&place("top_up.personal_threshold"), &amount))
                        .transpose()?,
                    amounts: amounts("top_up.amounts", &top_up.amounts)?,
                    usual: unit_price(&place("top_up.usual"), &top_up.usual)?,
                };
                if !offer.includes(offer.usual) {
                    return Err(CatalogError::at(place("top_up.usual"), say!("must-be-an-amount")));
                }
                Some(offer)
            }
        },
        grace_days: entry.grace_days,
        retention_days: entry.retention_days,
        seats,
        list: PriceList {
            id: entry.id,
            title: say!("kilo-price-list", year = entry.year.to_string()),
            in_force_from: entry.in_force_from,
            checked_on: entry.checked_on,
            sources: entry.sources,
        },
    })
}

fn pass_offer(entry: PassEntry, place: &str) -> Result<PassOffer, CatalogError> {
    let tiers = entry.tier.into_iter().map(|tier| {
        let place = format!("{place} {}", tier.id);
        let base = unit_price(&place, &tier.base)?;
        Ok(PassTier {
            terms: PassTerms {
                tier: tier.id.as_str().into(),
                price: unit_price(&place, &tier.price)?,
                base,
                bonus: money(&place, &tier.bonus)?,
                unlock: base,
                upfront: false,
            },
            id: tier.id,
            name: tier.name,
            told_as: tier.told_as,
        })
    });
    let tiers: Vec<_> = tiers.collect::<Result<_, _>>()?;
    if tiers.is_empty() {
        return Err(CatalogError::at(format!("{place}.tier"), say!("is-missing")));
    }
    Ok(PassOffer { tiers, fee_from: entry.fee_from, fee_certain_from: entry.fee_certain_from })
}
