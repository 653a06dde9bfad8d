//! What usage comes to, in a sentence: how much, and beside the same days of the month before.

use crate::answers::{CountedView, Judgement, Unit, UsageChange, VerdictView};
use headroom_billing::pieces::Sum;
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};

/// What is known of the days that are looked at.
pub(super) struct Known<'k> {
    pub unit: Unit,
    /// What is recorded of them.
    pub sum: &'k Sum,
    /// Whether more was used than that, as far as is known.
    pub is_part: bool,
    /// The vendor's count of them, where it stands in the place of records.
    pub counted: Option<&'k CountedView>,
    pub change: Option<&'k UsageChange>,
}

impl Known<'_> {
    /// What was used, as far as it is known; none where nothing is.
    fn used(&self) -> Option<Saying> {
        if let Some(counted) = self.counted {
            return Some(say!("usage-counted", amount = Value::Credits(counted.used.clone()?)));
        }
        let amount = self.unit.shown(self.sum.amount?);
        Some(match self.unit {
            Unit::Credits => say!("usage-credits", amount = Value::Credits(amount)),
            Unit::Dollars => say!("usage-dollars", amount = Value::Dollars(amount)),
        })
    }

    pub(super) fn verdict(&self) -> VerdictView {
        let is_part =
            self.is_part || self.sum.unknown > 0 || self.counted.is_some_and(|counted| counted.at_least);
        let Some(used) = self.used() else {
            let none = if is_part { say!("verdict-usage-unknown") } else { say!("verdict-usage-none") };
            return VerdictView::new(Judgement::Unknown, none);
        };
        let sentence = match self.change {
            // Of a part it can't be said that it is less, nor by how much it is more.
            _ if is_part => say!("verdict-usage-at-least", used),
            None => say!("verdict-usage", used),
            Some(UsageChange { percent: 0, month, .. }) => {
                say!("verdict-usage-same", used, month = Value::Month(month.clone()))
            }
            Some(UsageChange { percent, more: true, month, .. }) => {
                say!("verdict-usage-more", used, percent = *percent, month = Value::Month(month.clone()))
            }
            Some(UsageChange { percent, more: false, month, .. }) => {
                say!("verdict-usage-less", used, percent = *percent, month = Value::Month(month.clone()))
            }
        };
        let fell = self.counted.and_then(|counted| counted.fell.clone());
        let fell = fell.map(|amount| say!("verdict-usage-fell", amount = Value::Credits(amount)));
        VerdictView::new(Judgement::Good, sentence).because(fell)
    }
}
