//! What an account is charged next, as every kind says it.

use crate::answers::{ChargeLeftOut, LeftOutCharge, text};
use headroom_billing::{Invoice, Total};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Money, Saying, say};

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

    /// The same in a sentence, with what the amount leaves out; none where nothing is known of it.
    pub fn said(&self) -> Option<Saying> {
        let on = self.at.map(Value::day);
        let Some(known) = self.amount.known() else {
            return on.map(|on| say!("verdict-next-charge-unknown", on));
        };
        let is_nothing = known.is_zero() && !self.amount.is_at_least();
        let total = match self.amount {
            Total::AtLeast(amount) => Value::Saying(say!("at-least", amount)),
            Total::Whole(_) | Total::Unknown => known.into(),
        };
        let beside = self.left_out.map(LeftOut::says);
        Some(match (on, beside) {
            (None, None) if is_nothing => say!("verdict-next-nothing"),
            (None, Some(beside)) if is_nothing => say!("verdict-next-nothing-beside", beside),
            (None, _) => return None,
            (Some(on), None) => say!("verdict-next-charge", total, on),
            // Credits that are bought by themselves may be charged before it.
            (Some(on), Some(beside)) if self.left_out == Some(LeftOut::TopUps) => {
                say!("verdict-next-renewal-beside", total, on, beside)
            }
            (Some(on), Some(beside)) => say!("verdict-next-charge-beside", total, on, beside),
        })
    }
}

impl LeftOut {
    /// As it stands beside the amount, wherever that is shown.
    fn says(self) -> Saying {
        match self {
            Self::UsedByThen { about } => say!("charge-at-this-pace", about),
            Self::TopUps => say!("charge-beside-top-ups"),
            Self::Owed(Some(owed)) => say!("charge-beside-owed", owed),
            Self::Owed(None) => say!("charge-beside-owed-unknown"),
        }
    }

    /// As it is shown.
    pub fn view(self) -> LeftOutCharge {
        let what = match self {
            Self::UsedByThen { about } => ChargeLeftOut::UsedByThen { about: about.to_string() },
            Self::TopUps => ChargeLeftOut::TopUps,
            Self::Owed(amount) => ChargeLeftOut::Owed { amount: text(amount) },
        };
        LeftOutCharge { what, says: self.says() }
    }
}
