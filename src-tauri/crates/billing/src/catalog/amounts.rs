//! The amounts of a catalogue, and why one can't be used.

use headroom_exact::{Decimal, Money};
use std::fmt;

/// Why a catalogue can't be used: one line that names the entry.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct CatalogError(pub(super) String);

impl CatalogError {
    pub(super) fn at(place: &str, what: impl fmt::Display) -> Self {
        Self(format!("{place}: {what}"))
    }
}

pub(super) fn decimal(place: &str, text: &str) -> Result<Decimal, CatalogError> {
    let decimal: Decimal = text.parse().map_err(|error| CatalogError::at(place, error))?;
    if decimal.is_negative() {
        return Err(CatalogError::at(place, "must not be negative"));
    }
    Ok(decimal)
}

pub(super) fn hundredths(place: &str, text: &str) -> Result<i128, CatalogError> {
    let decimal = decimal(place, text)?;
    if !decimal.is_whole_hundredths() {
        return Err(CatalogError::at(place, "has at most two decimals"));
    }
    Ok(decimal.rounded_hundredths())
}

pub(super) fn money(place: &str, text: &str) -> Result<Money, CatalogError> {
    hundredths(place, text).map(Money::from_hundredths)
}

/// A price that something is divided by: above zero.
pub(super) fn unit_price(place: &str, text: &str) -> Result<Money, CatalogError> {
    let price = money(place, text)?;
    if price.is_positive() { Ok(price) } else { Err(CatalogError::at(place, "must be above zero")) }
}
