//! Countries by ISO 3166-1 alpha-2 code, with their names (`data/countries.toml`).

use crate::saying::Value;
use crate::{Saying, say, says};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A country or region: two capital letters of ISO 3166-1, or XK.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Country([u8; 2]);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountriesFile {
    country: BTreeMap<String, String>,
}

static COUNTRIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of this crate and every test reads it")]
    let file: CountriesFile =
        toml::from_str(include_str!("../data/countries.toml")).expect("data/countries.toml is well-formed");
    file.country
});

/// Why a text is no country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotACountry;

impl From<&NotACountry> for Saying {
    fn from(_: &NotACountry) -> Self {
        say!("must-be-country")
    }
}

says!(NotACountry);

impl Country {
    /// The country a scenario has when it names none.
    pub const UNITED_STATES: Self = Self(*b"US");

    /// Its two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its name in English.
    pub fn name(self) -> &'static str {
        COUNTRIES.get(self.code()).map_or("", String::as_str)
    }

    /// All of them, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.keys().filter_map(|code| code.parse().ok())
    }
}

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(text: &str) -> Result<Self, NotACountry> {
        // The default needs no look-up: reading a scenario doesn't load the table for it.
        let letters = <[u8; 2]>::try_from(text.as_bytes()).map_err(|_| NotACountry)?;
        if letters == Self::UNITED_STATES.0 || COUNTRIES.contains_key(text) {
            Ok(Self(letters))
        } else {
            Err(NotACountry)
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl From<Country> for Value {
    fn from(country: Country) -> Self {
        Self::Country(country.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_iso_code_is_there_once() {
        assert_eq!(Country::all().count(), 250, "ISO 3166-1 has 249 codes, and XK");
        assert!(Country::all().all(|country| !country.name().is_empty()));
    }

    #[test]
    fn only_capital_iso_codes_are_countries() {
        for bad in ["us", "ZZ", "USA", "", "U", "ÄÖ", "UK"] {
            assert_eq!(bad.parse::<Country>(), Err(NotACountry), "{bad}");
        }
        for good in ["US", "JP", "XK", "PE"] {
            assert!(good.parse::<Country>().is_ok(), "{good}");
        }
    }
}
