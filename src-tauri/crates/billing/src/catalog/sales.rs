//! From where Kiro's plans can be bought (K12; `data/kiro-countries.toml`).

use headroom_exact::Country;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SalesFile {
    #[serde(rename = "checked-on")]
    _checked_on: String,
    paid: BTreeSet<String>,
    without_startup: BTreeSet<String>,
}

static SALES: LazyLock<SalesFile> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of this crate and every test reads it")]
    let file = toml::from_str(include_str!("../../data/kiro-countries.toml"))
        .expect("data/kiro-countries.toml is well-formed");
    file
});

/// Whether Kiro's paid plans can be bought from a country (K12).
pub fn sells_paid_plans(country: Country) -> bool {
    SALES.paid.contains(country.code())
}

/// Whether Kiro's startup credits are given in a country (K12).
pub fn gives_startup_credits(country: Country) -> bool {
    !SALES.without_startup.contains(country.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k12_counts_161_countries_with_paid_plans() {
        assert_eq!(Country::all().filter(|country| sells_paid_plans(*country)).count(), 161);
        assert!(SALES.paid.iter().all(|code| code.parse::<Country>().is_ok()), "each is a country");
    }
}
