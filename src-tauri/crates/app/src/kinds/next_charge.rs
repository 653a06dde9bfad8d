//! What an account is charged next, as every kind says it.

use headroom_billing::{Invoice, Total};
use headroom_exact::{Moment, Money};

/// What an account is charged next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NextCharge {
    /// How much; nothing where nothing is charged.
    pub amount: Total<Money>,
    /// When; none where nothing is charged, or that isn't known.
    pub at: Option<Moment>,
}

impl NextCharge {
    /// Nobody knows.
    pub const UNKNOWN: Self = Self { amount: Total::Unknown, at: None };
    /// Nothing is charged.
    pub const NOTHING: Self = Self { amount: Total::Whole(Money::ZERO), at: None };

    /// An invoice, with tax.
    pub fn of(invoice: &Invoice, at_least: bool) -> Self {
        Self { amount: Total::of(invoice.total, at_least), at: Some(invoice.issued_at) }
    }
}
