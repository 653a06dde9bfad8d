//! What an account is charged next, as every kind says it.

use crate::answers::{ChargeLeftOut, text};
use headroom_billing::{Invoice, Total};
use headroom_exact::{Moment, Money};

/// What an account is charged next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NextCharge {
    /// How much; nothing where nothing is charged.
    pub amount: Total<Money>,
    /// When; none where nothing is charged, or that isn't known.
    pub at: Option<Moment>,
    /// What the amount leaves out.
    pub left_out: Option<LeftOut>,
}

/// What somebody pays by then beside the amount that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LeftOut {
    /// What is used beyond the plan from now on: at the pace so far it comes to so much with that.
    UsedByThen { about: Money },
    /// Credits that are bought by themselves.
    TopUps,
    /// What is to be paid because a payment failed; none where that isn't known.
    Owed(Option<Money>),
}

impl NextCharge {
    /// Nobody knows.
    pub const UNKNOWN: Self = Self { amount: Total::Unknown, at: None, left_out: None };
    /// Nothing is charged.
    pub const NOTHING: Self = Self { amount: Total::Whole(Money::ZERO), at: None, left_out: None };

    /// An invoice, with tax.
    pub fn of(invoice: &Invoice, at_least: bool) -> Self {
        Self { amount: Total::of(invoice.total, at_least), at: Some(invoice.issued_at), left_out: None }
    }

    /// Without that.
    pub fn without(self, left_out: Option<LeftOut>) -> Self {
        Self { left_out, ..self }
    }
}

impl LeftOut {
    /// As it is shown.
    pub fn view(self) -> ChargeLeftOut {
        match self {
            Self::UsedByThen { about } => ChargeLeftOut::UsedByThen { about: about.to_string() },
            Self::TopUps => ChargeLeftOut::TopUps,
            Self::Owed(amount) => ChargeLeftOut::Owed { amount: text(amount) },
        }
    }
}
