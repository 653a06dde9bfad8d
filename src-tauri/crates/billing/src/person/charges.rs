//! What one person was charged, month by month.
//!
//! A month is folded with the usage of that month alone, so that a long history costs no more than its months. What such
//! a fold charges before the month lacks the usage of then, so it is left out; the charge at the month's very start
//! (rules.md, "K5 at the boundary") comes from the fold of the month before, whose usage is in it.

use super::{Account, Ledger, Timeline};
use crate::charges::{Charge, Known, PeriodCharges};
use crate::invoice::Invoice;
use crate::timeline::{AccountKind as _, Fold, FoldError};
use headroom_exact::{Moment, Month};

/// A month of one person as it stands at a moment within it.
#[derive(Clone, Debug)]
pub struct MonthCharges {
    /// Which.
    pub month: Month,
    /// The account then.
    pub ledger: Ledger,
    /// What was charged in it at once: upgrades and packs. The charge at its very start isn't among them.
    pub issued: Vec<Invoice>,
    /// What its end charges if nothing more happens.
    pub closing: Option<Invoice>,
}

impl MonthCharges {
    /// The month around the timeline's own moment, from events of which the usage before it may be missing.
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn of(timeline: &Timeline<'_>) -> Result<Self, FoldError> {
        let as_of = timeline.as_of;
        let month = Month::of(as_of);
        let mut fold: Fold<Account> = Fold::new(timeline.terms, as_of);
        let (before, within): (Vec<_>, Vec<_>) =
            timeline.events().iter().partition(|event| event.at < month.start());
        for event in before {
            fold.take(event)?;
        }
        let earlier = fold.invoices_until(month.start());
        for event in within {
            fold.take(event)?;
        }
        let ledger = fold.finish()?;
        let issued = ledger.invoices.iter().skip(earlier).cloned().collect();
        let closing = ledger.account.current(as_of).next_charge;
        Ok(Self { month, ledger, issued, closing })
    }

    /// What its end charges, of which that much is known: its usage is what may be missing.
    fn charged_at_its_end(self, known: Known) -> Option<Charge> {
        self.closing.map(|invoice| Charge::of(invoice, known))
    }
}

/// What one person was charged up to a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charges {
    /// By month, the oldest first.
    pub periods: Vec<PeriodCharges>,
    /// What the last month's end charges if nothing more happens.
    pub upcoming: Option<Charge>,
}

/// Months that follow each other, the oldest first, each with how much is known of its usage. What one's end charges
/// stands in the next, and so does what is missing from it.
pub fn by_period(months: impl IntoIterator<Item = (MonthCharges, Known)>, now: Moment) -> Charges {
    let mut periods = Vec::new();
    let (mut ended, mut known) = (None, Known::Whole);
    for (mut month, known_of_month) in months {
        let period = month.month.period();
        let at_once = std::mem::take(&mut month.issued);
        let at_once = at_once.into_iter().map(|invoice| Charge::of(invoice, Known::Whole));
        let charges = ended.into_iter().chain(at_once).collect();
        periods.push(PeriodCharges { period, closed: period.end <= now, charges, known });
        ended = month.charged_at_its_end(known_of_month);
        known = ended.as_ref().map_or(known_of_month, |charge| known_of_month.with(charge));
    }
    Charges { periods, upcoming: ended }
}
