//! What a course charges at a moment, and up to one.

use super::Course;
use crate::charges::{Charge, Known};
use crate::total::Total;
use headroom_exact::{Moment, Money};

impl Course {
    /// What is charged at a moment.
    pub fn charged_at(&self, at: Moment) -> Option<&Charge> {
        self.invoices.iter().chain(&self.next_charge).find(|charge| charge.invoice.issued_at == at)
    }

    /// All that is charged from the start up to a moment, with what is charged then.
    fn charged_by(&self, end: Moment) -> Total<Money> {
        let all = self.invoices.iter().chain(&self.next_charge);
        let charges: Vec<_> = all.filter(|charge| charge.invoice.issued_at <= end).collect();
        let in_part = self.pack_credits.is_none() || charges.iter().any(|charge| charge.at_least);
        let sum = charges.iter().map(|charge| charge.invoice.total).sum();
        Known::unless_missing(in_part).total(sum)
    }
}

/// What two courses charge from their start up to a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Compared {
    /// The one.
    pub this: Total<Money>,
    /// The other.
    pub other: Total<Money>,
}

impl Compared {
    /// Two courses from one start.
    pub fn by(this: &Course, other: &Course, end: Moment) -> Self {
        Self { this: this.charged_by(end), other: other.charged_by(end) }
    }

    /// What the one charges more; none where it doesn't, or one of both isn't known whole.
    pub fn more(&self) -> Option<Money> {
        difference(self.this, self.other)
    }

    /// What the one charges less; none where it doesn't, or one of both isn't known whole.
    pub fn less(&self) -> Option<Money> {
        difference(self.other, self.this)
    }
}

fn difference(high: Total<Money>, low: Total<Money>) -> Option<Money> {
    let (Total::Whole(high), Total::Whole(low)) = (high, low) else { return None };
    Some(high.minus(low)).filter(|more| more.is_positive())
}
