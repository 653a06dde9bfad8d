//! The amounts of a catalogue, and why one can't be used.

use headroom_exact::decimal::NotADecimal;
use headroom_exact::saying::Value;
use headroom_exact::{Decimal, Money, Month, Saying, say, says};

/// Why a catalogue can't be used: the entry and what is wrong there, as a code that a language words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CatalogError(Saying);

impl CatalogError {
    /// An error of the catalogue as a whole.
    pub(super) const fn whole(what: Saying) -> Self {
        Self(what)
    }

    pub(super) fn at(place: impl Into<Value>, what: impl Into<Saying>) -> Self {
        Self(Saying::at(place, what.into()))
    }
}

impl From<&CatalogError> for Saying {
    fn from(error: &CatalogError) -> Self {
        error.0.clone()
    }
}

says!(CatalogError);

pub(super) fn decimal(place: &str, text: &str) -> Result<Decimal, CatalogError> {
    let decimal: Decimal = text.parse().map_err(|error: NotADecimal| CatalogError::at(place, error))?;
    if decimal.is_negative() {
        return Err(CatalogError::at(place, say!("must-not-be-negative", text)));
    }
    Ok(decimal)
}

pub(super) fn month(place: &str, text: &str) -> Result<Month, CatalogError> {
    text.parse().map_err(|_| CatalogError::at(place, say!("value-of-another-kind")))
}

pub(super) fn hundredths(place: &str, text: &str) -> Result<i128, CatalogError> {
    let decimal = decimal(place, text)?;
    if !decimal.is_whole_hundredths() {
        return Err(CatalogError::at(place, say!("must-have-two-decimals", text)));
    }
    Ok(decimal.rounded_hundredths())
}

pub(super) fn money(place: &str, text: &str) -> Result<Money, CatalogError> {
    hundredths(place, text).map(Money::from_hundredths)
}

/// A price that something is divided by: above zero.
pub(super) fn unit_price(place: &str, text: &str) -> Result<Money, CatalogError> {
    let price = money(place, text)?;
    let wrong = || CatalogError::at(place, say!("must-be-positive", text));
    if price.is_positive() { Ok(price) } else { Err(wrong()) }
}
