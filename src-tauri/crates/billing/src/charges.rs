//! What was charged, period by period, and how much of that is known.
//!
//! An invoice belongs to the period in which it is issued, and periods are half-open: every invoice is in exactly one.
//! The invoice of a cycle's end is issued at that instant, so it stands in the period that begins there; what it charges
//! is the cycle before, and whatever isn't known of that cycle's usage is missing from it. What each kind of account
//! makes of its records stands with the kind (`person::charges`, `organisation::month_end`, `team::charges`).

use crate::invoice::Invoice;
use crate::total::Total;
use headroom_exact::{Moment, Money, Month, Period};
use serde::Serialize;

/// How much is known of what something charges.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Known {
    /// All of it.
    #[default]
    Whole,
    /// A part: the rest may be charged too.
    InPart,
    /// Nothing: what could be computed says nothing about it.
    Nothing,
}

impl Known {
    /// A part where something is missing, else the whole.
    pub const fn unless_missing(something: bool) -> Self {
        if something { Self::InPart } else { Self::Whole }
    }

    /// Whether something is missing.
    const fn is_lacking(self) -> bool {
        matches!(self, Self::InPart | Self::Nothing)
    }

    /// The same of a sum with a charge in it that may be the least alone.
    pub(crate) const fn with(self, charge: &Charge) -> Self {
        match self {
            Self::Whole if charge.at_least => Self::InPart,
            Self::Whole | Self::InPart | Self::Nothing => self,
        }
    }

    /// A sum of which that much is known.
    pub fn total<A: Copy + Default + PartialEq>(self, sum: A) -> Total<A> {
        match self {
            Self::Whole => Total::Whole(sum),
            Self::InPart => Total::of(sum, true),
            Self::Nothing => Total::Unknown,
        }
    }
}

/// An invoice, and whether it is the least that is charged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Charge {
    /// The invoice, as far as it is known.
    pub invoice: Invoice,
    /// Whether something that isn't known may come to it.
    pub at_least: bool,
}

impl Charge {
    /// An invoice of which that much is known.
    pub const fn of(invoice: Invoice, known: Known) -> Self {
        Self { at_least: invoice.at_least || known.is_lacking(), invoice }
    }
}

/// What was charged in a period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeriodCharges {
    /// From its first instant up to the next period's.
    pub period: Period,
    /// Whether it has ended.
    pub closed: bool,
    /// What was issued in it, in order.
    pub charges: Vec<Charge>,
    /// How much is known of all that was charged in it.
    pub known: Known,
}

impl PeriodCharges {
    /// All of it together with tax, as far as it is known.
    pub fn total(&self) -> Total<Money> {
        self.known.total(self.charges.iter().map(|charge| charge.invoice.total).sum())
    }
}

/// What an invoice comes to without tax, nothing if there is none: as far as it is known.
pub fn before_tax(invoice: Option<&Invoice>, known: Known) -> Total<Money> {
    known.total(invoice.map_or(Money::ZERO, |invoice| invoice.subtotal))
}

/// The calendar months from the one of `first` to the one of `last`: the periods of Kiro (K3).
pub fn months(first: Moment, last: Moment) -> impl Iterator<Item = Month> {
    let (first, last) = (Month::of(first), Month::of(last));
    (0..).map(move |count| first.plus(count)).take_while(move |month| *month <= last)
}
