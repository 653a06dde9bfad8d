//! What an account of Kiro is billed by, one person's and an organisation's alike.

use crate::catalog::{Catalog, Lists};
use headroom_exact::{Country, DayCount, Decimal};

/// What a Kiro account is billed by: the price lists, the billing address, the tax, the way days are counted.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Where the price lists and taxes are from.
    pub catalog: &'static Catalog,
    /// One price list, or each cycle's own (N1).
    pub lists: Lists,
    /// The billing address, which sets the tax (K11) and whether plans can be bought (K12).
    pub country: Country,
    /// The share of each invoice's subtotal that is added as tax, where its owner stated one; none leaves it to the
    /// country (K11).
    pub tax_rate: Option<Decimal>,
    /// How remaining days are counted (K8).
    pub day_count: DayCount,
}

impl Terms {
    /// The share of a subtotal that is added as tax: the stated one, else the country's (K11).
    pub fn tax_rate(&self) -> Decimal {
        self.tax_rate.unwrap_or_else(|| self.catalog.tax_rate(self.country))
    }
}
