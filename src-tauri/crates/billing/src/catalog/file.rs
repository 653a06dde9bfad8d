//! Reading `data/catalog.toml`; an error names the entry.

use super::amounts::{CatalogError, decimal, hundredths, money, month, unit_price};
use super::models::ModelEntry;
use super::team_file::{TeamEditionEntry, team_edition};
use super::{
    BonusGrant, Catalog, Edition, FirstPaymentCredit, PackOffer, Plan, PlanRank, PriceList, Source, Tax,
};
use chrono::NaiveDate;
use headroom_exact::country::NotACountry;
use headroom_exact::{Credits, Saying, say};
use serde::Deserialize;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of this crate and every test reads it")]
    Catalog::parse(include_str!("../../data/catalog.toml")).expect("data/catalog.toml is well-formed")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    serial: u32,
    issued_on: NaiveDate,
    #[serde(rename = "format")]
    _format: u32,
    edition: Vec<EditionEntry>,
    team_edition: Vec<TeamEditionEntry>,
    #[serde(default)]
    tax: Vec<TaxEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionEntry {
    id: String,
    month: String,
    in_force_from: Option<NaiveDate>,
    checked_on: NaiveDate,
    sources: Vec<Source>,
    overage_unit_price: String,
    bonus: BonusEntry,
    first_payment_credit: Option<FirstPaymentEntry>,
    packs: Option<PackEntry>,
    plan: Vec<PlanEntry>,
    model: Vec<ModelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BonusEntry {
    credits: String,
    days: u32,
    sign_ups_before: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstPaymentEntry {
    amount: String,
    from: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackEntry {
    unit_price: String,
    smallest: String,
    largest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanEntry {
    id: String,
    name: String,
    monthly_price: String,
    credits: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxEntry {
    country: String,
    name: String,
    rate: String,
}

/// The form of the file. A catalogue in another one is refused by name, and not misread.
const FORMAT: i64 = 1;

/// An error in the line where it is.
fn in_line(text: &str, error: &toml::de::Error, what: Saying) -> CatalogError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.lines().count().max(1);
    let line = if before.ends_with('\n') { line.saturating_add(1) } else { line };
    CatalogError::at(say!("line-at", number = line.to_string()), what)
}

/// Where a catalogue's form differs from what is known, by the reader's message. Nothing else of that is repeated.
fn differs(message: &str) -> Saying {
    let named = |begin: &str| Some(message.strip_prefix(begin)?.split_once('`')?.0);
    if let Some(field) = named("missing field `") {
        Saying::at(field, say!("is-missing"))
    } else if let Some(field) = named("unknown field `") {
        Saying::at(field, say!("is-not-known"))
    } else {
        say!("value-of-another-kind")
    }
}

/// Reads a whole catalogue.
fn read(text: &str) -> Result<Catalog, CatalogError> {
    let no_toml = |error: toml::de::Error| in_line(text, &error, say!("not-toml"));
    let written: toml::Table = toml::from_str(text).map_err(no_toml)?;
    match written.get("format").and_then(toml::Value::as_integer) {
        Some(FORMAT) => {}
        Some(other) => {
            let (found, known) = (other.to_string(), FORMAT.to_string());
            return Err(CatalogError::at("format", say!("catalog-format", found, known)));
        }
        None => return Err(CatalogError::at("format", say!("is-missing"))),
    }
    let of_another_form = |error: toml::de::Error| {
        let what = differs(error.message());
        in_line(text, &error, what)
    };
    let file: CatalogFile = toml::from_str(text).map_err(of_another_form)?;
    let mut editions = file.edition.into_iter().map(edition).collect::<Result<Vec<_>, _>>()?;
    let team_editions = file.team_edition.into_iter().map(team_edition).collect::<Result<Vec<_>, _>>()?;
    if editions.is_empty() || team_editions.is_empty() {
        return Err(CatalogError::whole(say!("catalog-lists-missing")));
    }
    super::lists::put_in_order(&mut editions)?;
    let taxes = file.tax.into_iter().map(tax).collect::<Result<_, _>>()?;
    let CatalogFile { serial, issued_on, .. } = file;
    Ok(Catalog { serial, issued_on, written, editions, team_editions, taxes })
}

fn edition(entry: EditionEntry) -> Result<Edition, CatalogError> {
    let place = |name: &str| format!("edition {}: {name}", entry.id);
    let mut plans = Vec::with_capacity(entry.plan.len());
    for plan in entry.plan {
        plans.push(Plan {
            monthly_price: money(&place(&plan.id), &plan.monthly_price)?,
            allowance: Credits::from_hundredths(hundredths(&place(&plan.id), &plan.credits)?),
            // Known when all editions are.
            rank: PlanRank(0),
            id: plan.id,
            name: plan.name,
        });
    }
    if plans.is_empty() || !plans.is_sorted_by_key(|plan| (plan.monthly_price, plan.allowance)) {
        return Err(CatalogError::at(format!("edition {}", entry.id), say!("catalog-plans-not-in-order")));
    }
    let models = super::models::read(&entry.id, entry.model)?;
    let packs = entry.packs.map(|packs| {
        let offer = PackOffer {
            unit_price: unit_price(&place("packs.unit_price"), &packs.unit_price)?,
            smallest: unit_price(&place("packs.smallest"), &packs.smallest)?,
            largest: unit_price(&place("packs.largest"), &packs.largest)?,
        };
        // So that any amount from the smallest on can be made up of packs.
        if offer.largest < offer.smallest.plus(offer.smallest) {
            return Err(CatalogError::at(place("packs.largest"), say!("must-be-twice-the-smallest")));
        }
        Ok(offer)
    });
    let first_payment_credit = entry.first_payment_credit.map(|credit| {
        let amount = unit_price(&place("first_payment_credit.amount"), &credit.amount)?;
        Ok(FirstPaymentCredit { amount, from: credit.from })
    });
    let month = month(&place("month"), &entry.month)?;
    Ok(Edition {
        overage_unit_price: unit_price(&place("overage_unit_price"), &entry.overage_unit_price)?,
        bonus: BonusGrant {
            credits: Credits::from_hundredths(hundredths(&place("bonus"), &entry.bonus.credits)?),
            days: entry.bonus.days,
            sign_ups_before: entry.bonus.sign_ups_before,
        },
        first_payment_credit: first_payment_credit.transpose()?,
        packs: packs.transpose()?,
        plans,
        models,
        list: PriceList {
            id: entry.id,
            title: say!("kiro-price-list", month),
            in_force_from: entry.in_force_from,
            checked_on: entry.checked_on,
            sources: entry.sources,
        },
    })
}

fn tax(entry: TaxEntry) -> Result<Tax, CatalogError> {
    let place = format!("tax {}", entry.country);
    Ok(Tax {
        rate: decimal(&place, &entry.rate)?,
        country: entry.country.parse().map_err(|error: NotACountry| CatalogError::at(&place, error))?,
        name: entry.name,
    })
}

impl Catalog {
    /// The catalogue this build carries.
    pub fn built_in() -> &'static Self {
        &CATALOG
    }

    /// Reads a catalogue in the form of `data/catalog.toml`.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        read(text)
    }
}
