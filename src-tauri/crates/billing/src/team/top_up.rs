//! Credits that a team buys by themselves once little is left (interfaces-2026 §5.4): the switch, and where spending leads
//! with it.

use super::Terms;
use crate::advice::{Burn, Part};
use crate::invoice::{Invoice, Line};
use headroom_exact::{Balance, Moment, Money, division};
use serde::Serialize;

/// The switch at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct TopUpCurrent {
    /// Dollars of credits that are bought at once.
    pub amount: Money,
    /// Bought once less than this is left.
    pub threshold: Money,
    /// Whether nothing is bought for now: a payment is failing (A26).
    pub paused: bool,
}

impl TopUpCurrent {
    /// Whether so little is left that one is due.
    pub fn is_due(self, left: Balance) -> bool {
        !self.paused && left < Balance::of_money(self.threshold)
    }
}

/// What will be bought by itself if the team goes on like this.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct TopUps {
    /// Dollars of credits at once.
    pub amount: Money,
    /// What one of them charges: with the vendor's fee and tax.
    pub charge: Money,
    /// When the first comes.
    pub first_at: Moment,
    /// How many more come until then.
    pub more: u64,
    /// Until when they are counted: the next cycle's start.
    pub until: Moment,
    /// What all of them charge.
    pub charges: Money,
}

/// What is asked about: how fast it is spent, and from what.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a> {
    /// How fast.
    pub burn: Burn,
    /// What is left, by parts that may go before they are spent.
    pub parts: &'a [Part],
    /// When that was left.
    pub from: Moment,
    /// Now: what would have come by then isn't asked about.
    pub now: Moment,
    /// The next cycle's start.
    pub until: Moment,
}

impl Terms {
    /// What buying credits charges: the credits and the vendor's fee on them.
    pub fn purchase(&self, amount: Money, at: Moment, is_automatic: bool) -> Vec<Line> {
        let credits = if is_automatic { Line::automatic_credits } else { Line::credits };
        let mut lines = vec![credits(amount, at)];
        lines.extend(self.fee_on(amount, at));
        lines
    }

    /// The vendor's fee on what Kilo Pass costs, since there is one (A22).
    pub(super) fn fee_on_pass(&self, amount: Money, at: Moment) -> Option<Line> {
        let has_fee = self.edition.pass.as_ref().is_some_and(|offer| offer.has_fee_at(at));
        self.fee_on(amount, at).filter(|_| has_fee)
    }

    /// The vendor's fee on such an amount, unless the team is exempt.
    pub(super) fn fee_on(&self, amount: Money, at: Moment) -> Option<Line> {
        let fee = self.edition.credits.fee_on(amount);
        (!self.fee_exempt && fee.is_positive()).then(|| Line::fee(fee, at))
    }
}

impl TopUps {
    /// Where spending leads with the switch on; none where nothing is bought until then.
    ///
    /// Between the ends of parts spending is even, so how many purchases come there is a division and needs no counting.
    pub fn of(ahead: &Ahead<'_>, top_up: TopUpCurrent, terms: &Terms) -> Option<Self> {
        let (first_at, count) = ahead.purchases(top_up)?;
        let lines = terms.purchase(top_up.amount, first_at, true);
        let charge = Invoice::issue(first_at, lines, terms.tax_rate)?.total;
        Some(Self {
            amount: top_up.amount,
            charge,
            first_at,
            more: count.saturating_sub(1),
            until: ahead.until,
            charges: charge.times(count),
        })
    }
}

/// Spending as it goes on, with what it buys. Amounts are millionths of a dollar times the burn's seconds, so that what is
/// spent in any number of seconds is whole.
struct Course {
    /// Spent in a second.
    a_second: i128,
    /// Bought at once.
    amount: i128,
    at: Moment,
    /// What is left above the threshold.
    above: i128,
    /// What was spent since it began, beyond the parts that have ended.
    spent: i128,
    first_at: Option<Moment>,
    count: i128,
}

impl Course {
    /// From the moment that the balance was told; none where nothing is ever bought.
    fn begin(ahead: &Ahead<'_>, top_up: TopUpCurrent) -> Option<Self> {
        let a_second = ahead.burn.spent.rounded_millionths();
        if top_up.paused || a_second <= 0 || ahead.burn.seconds <= 0 {
            return None;
        }
        let of = |amount: Money| ahead.scaled(Balance::of_money(amount));
        let left = ahead.ending().map(|(_, left)| left);
        let stays = ahead.staying();
        let all = left.fold(stays, i128::saturating_add);
        Some(Self {
            a_second,
            amount: of(top_up.amount),
            at: ahead.from,
            above: all.saturating_sub(of(top_up.threshold)),
            spent: 0,
            first_at: None,
            count: 0,
        })
    }

    /// Goes on to a moment: a purchase comes as soon as less than the threshold is left.
    fn go_to(&mut self, to: Moment) {
        let spending = i128::from(to.seconds_since(self.at).max(0)).saturating_mul(self.a_second);
        let short = spending.saturating_sub(self.above);
        if short > 0 {
            if self.first_at.is_none() {
                let after = division::divide_half_away(self.above.max(0), self.a_second);
                self.first_at = Some(self.at.plus_seconds(i64::try_from(after).unwrap_or(i64::MAX)));
            }
            let bought = division::rounded_up(short, self.amount);
            self.count = self.count.saturating_add(bought);
            self.above = self.above.saturating_add(bought.saturating_mul(self.amount));
        }
        self.above = self.above.saturating_sub(spending);
        self.spent = self.spent.saturating_add(spending);
        self.at = self.at.max(to);
    }

    /// A part ends: what isn't spent of it is lost, what is spent beyond it is of the next.
    fn end(&mut self, left: i128) {
        self.above = self.above.saturating_sub(left.saturating_sub(self.spent).max(0));
        self.spent = self.spent.saturating_sub(left).max(0);
    }

    /// What came so far is not asked about.
    const fn forget(&mut self) {
        self.first_at = None;
        self.count = 0;
    }
}

impl Ahead<'_> {
    fn scaled(&self, balance: Balance) -> i128 {
        balance.rounded_millionths().saturating_mul(i128::from(self.burn.seconds))
    }

    /// Parts that end before the next cycle's start, the first to end first: when, and what is left of them.
    fn ending(&self) -> impl Iterator<Item = (Moment, i128)> {
        let ends = |part: &Part| part.expires_at.filter(|end| *end < self.until);
        let mut ending: Vec<_> = self
            .parts
            .iter()
            .filter_map(|part| Some((ends(part)?, self.scaled(part.left))))
            .filter(|(end, _)| *end > self.from)
            .collect();
        ending.sort_by_key(|(end, _)| *end);
        ending.into_iter()
    }

    /// What doesn't end until then.
    fn staying(&self) -> i128 {
        let has_not_ended = |end: Moment| end >= self.until && end > self.from;
        let stays = self.parts.iter().filter(|part| part.expires_at.is_none_or(has_not_ended));
        stays.fold(0, |sum, part| sum.saturating_add(self.scaled(part.left)))
    }

    /// When the first purchase from now on comes, and how many do.
    fn purchases(&self, top_up: TopUpCurrent) -> Option<(Moment, u64)> {
        let mut course = Course::begin(self, top_up)?;
        let (before, after): (Vec<_>, Vec<_>) = self.ending().partition(|(end, _)| *end <= self.now);
        for (end, left) in before {
            course.go_to(end);
            course.end(left);
        }
        if self.now > self.from {
            course.go_to(self.now);
            course.forget();
        }
        for (end, left) in after {
            course.go_to(end);
            course.end(left);
        }
        course.go_to(self.until);
        Some((course.first_at?, u64::try_from(course.count).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_more_comes_only_where_something_is_left_to_cover() {
        assert_eq!([1, 100, 101, 200, 201].map(|short| division::rounded_up(short, 100)), [1, 1, 2, 2, 3]);
    }
}
