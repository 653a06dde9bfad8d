//! A request as it is told, gathered and kept.

use super::mark::{Mark, Same};
use super::message::Request;
use rust_decimal::Decimal;

/// What is known of a request's cost: of copies the one that has a cost counts, so the greater one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Known {
    /// It is said to be none, as in copies that a fork makes, whatever the request cost.
    Zero,
    /// It isn't said.
    Nothing,
    /// It has one.
    Cost,
}

impl Known {
    pub(super) fn of(cost: Option<Decimal>) -> Self {
        cost.map_or(Self::Nothing, |cost| if cost.is_zero() { Self::Zero } else { Self::Cost })
    }
}

/// A request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Entry {
    /// By what copies of it are known.
    pub mark: Mark,
    /// By what it is known again once a newer program wrote its times or tokens anew; none where its record has no id of it.
    pub same: Option<Same>,
    /// Dollars; none where they aren't said, as of tokens.
    pub cost: Option<Decimal>,
    /// Tokens that went in.
    pub input: Option<u64>,
    /// Tokens that came out.
    pub output: Option<u64>,
    /// Whether nothing says that it ended: once it has it has another mark.
    pub goes_on: bool,
}

impl Entry {
    pub(super) fn of(request: &Request<'_>, mark: Mark) -> Self {
        let (input, output) = request.tokens();
        let cost = request.cost.map(|cost| cost.normalize());
        Self { mark, same: request.same(), cost, input, output, goes_on: request.goes_on() }
    }

    /// How much is known of its cost: of two copies the one that has more counts.
    pub(super) fn weight(&self) -> (Known, Option<Decimal>) {
        (Known::of(self.cost), self.cost)
    }

    /// Of several that a program wrote of one message: the one that ended counts, then the one that knows more.
    pub(super) fn finality(&self) -> (bool, Known, Option<Decimal>, Mark) {
        let (known, cost) = self.weight();
        (!self.goes_on, known, cost, self.mark)
    }
}
