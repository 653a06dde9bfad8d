//! Invoices and their lines, in the contract's form (`scenario.md`, "Common").

mod line;

pub use line::Line;

use headroom_exact::{Balance, Credits, DayCount, Decimal, Moment, Money, Period, division};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What a line is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// A plan's fee.
    Subscription,
    /// Less what was already paid for the plan left (K8, K9), or what is granted on the first payment (N3).
    Discount,
    /// A lower tier's fee, given back in full (E4).
    Refund,
    /// Credits beyond the plan's (K5).
    Overage,
    /// Seats of a team (T1, T2).
    Seats,
    /// Credits bought ahead (T3).
    Credits,
    /// Kilo Pass, a pass for each paid seat of a team.
    Pass,
    /// The vendor's fee on a purchase of credits and on Kilo Pass.
    Fee,
}

/// The days a line is charged for, of the days of its cycle (K8, T2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Prorated {
    /// Days charged.
    pub days: i64,
    /// Days in the cycle.
    pub of: i64,
}

impl Prorated {
    /// The days of `cycle` that remain from `moment` on.
    pub fn from(moment: Moment, cycle: &Period, day_count: DayCount) -> Self {
        Self { days: day_count.remaining(moment, cycle), of: cycle.days() }
    }

    /// The share of a whole cycle's price, rounded once.
    fn share_of(&self, price: Money) -> Money {
        price.share(i128::from(self.days), i128::from(self.of))
    }
}

/// The part of a cycle that a line is charged for, by its length.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct TimeShare {
    /// Milliseconds charged.
    pub milliseconds: i64,
    /// Milliseconds of the whole.
    pub of: i64,
}

impl TimeShare {
    /// The time of `period` that remains from `moment` on; the whole of it if it hasn't begun.
    pub fn from(moment: Moment, period: &Period) -> Self {
        // The vendor's moments have no finer part.
        let until_end = |moment: Moment| {
            period.end.utc().timestamp_millis().saturating_sub(moment.utc().timestamp_millis())
        };
        let of = until_end(period.start);
        Self { milliseconds: until_end(moment).clamp(0, of), of }
    }

    /// Whether it is all of it.
    pub const fn is_whole(&self) -> bool {
        self.milliseconds == self.of
    }

    /// The share of credits, rounded once to a millionth of a dollar.
    pub fn share_of_credits(&self, credits: Money) -> Balance {
        let whole = Balance::of_money(credits).rounded_millionths();
        Balance::of_millionths(division::share(whole, i128::from(self.milliseconds), i128::from(self.of)))
    }

    /// The share of a whole's price, rounded once.
    fn share_of(&self, price: Money) -> Money {
        price.share(i128::from(self.milliseconds), i128::from(self.of))
    }
}

/// How much of something a line charges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantity {
    /// Credits, with two decimals.
    Credits(Credits),
    /// Seats, a whole number.
    Seats(u64),
    /// Users of an organisation, a whole number: of lines that were put together by tier.
    Users(u64),
    /// Passes of Kilo Pass, a whole number.
    Passes(u64),
}

impl Quantity {
    /// The sum of two quantities of the same; of another the first stays.
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Credits(one), Self::Credits(more)) => Self::Credits(one.plus(more)),
            (Self::Seats(one), Self::Seats(more)) => Self::Seats(one.saturating_add(more)),
            (Self::Users(one), Self::Users(more)) => Self::Users(one.saturating_add(more)),
            (Self::Passes(one), Self::Passes(more)) => Self::Passes(one.saturating_add(more)),
            (one, _) => one,
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credits(credits) => credits.fmt(out),
            Self::Seats(count) | Self::Users(count) | Self::Passes(count) => count.fmt(out),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A name from the scenario: a profile, a user, a way of payment. Cheap to copy.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name(Arc<str>);

impl Name {
    /// The name as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What is charged at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Invoice {
    /// When.
    pub issued_at: Moment,
    /// Its lines in order.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub subtotal: Money,
    /// Tax on the subtotal, rounded once (K11, T4).
    pub tax: Money,
    /// Subtotal and tax.
    pub total: Money,
    /// How a team pays (T4): the outer none for accounts without it, the inner for a team that gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<Option<Name>>,
    /// Whether something comes to it that isn't known, so that it is the least that is charged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
}

impl Invoice {
    /// The invoice of these lines; none without lines (rules.md, "K5 at the boundary"). `tax_rate` is
    /// the share of the subtotal that is added as tax.
    pub fn issue(issued_at: Moment, lines: Vec<Line>, tax_rate: Decimal) -> Option<Self> {
        (!lines.is_empty()).then(|| Self::of_lines(issued_at, lines, tax_rate))
    }

    /// The same where something comes to it that isn't known: one that has no lines is of that alone.
    pub(crate) fn issue_in_part(issued_at: Moment, lines: Vec<Line>, tax_rate: Decimal) -> Self {
        Self { at_least: true, ..Self::of_lines(issued_at, lines, tax_rate) }
    }

    fn of_lines(issued_at: Moment, lines: Vec<Line>, tax_rate: Decimal) -> Self {
        let subtotal: Money = lines.iter().map(|line| line.amount).sum();
        let tax = subtotal.at_rate(tax_rate);
        let (payment_method, at_least) = (None, false);
        Self { issued_at, lines, subtotal, tax, total: subtotal.plus(tax), payment_method, at_least }
    }

    /// The same, paid in that way (T4).
    #[must_use]
    pub fn paid_by(self, payment_method: Option<Name>) -> Self {
        Self { payment_method: Some(payment_method), ..self }
    }

    /// An organisation's lines put together: what each tier's users cost, then what is given back, then the overage of
    /// each tier. An invoice of one person or a team stays as it is.
    pub fn lines_by_tier(&self) -> Vec<Line> {
        if self.lines.iter().all(|line| line.user.is_none()) {
            return self.lines.clone();
        }
        let mut sums: BTreeMap<(u8, Option<&str>), Line> = BTreeMap::new();
        for line in &self.lines {
            let order = match line.kind {
                LineKind::Subscription => 0,
                LineKind::Refund => 1,
                LineKind::Overage => 2,
                LineKind::Discount | LineKind::Seats | LineKind::Credits | LineKind::Pass | LineKind::Fee => {
                    3
                }
            };
            let (quantity, unit_price) = match line.quantity {
                Some(quantity) => (quantity, line.unit_price),
                None => (Quantity::Users(1), Some(line.amount)),
            };
            sums.entry((order, line.plan))
                .and_modify(|sum| {
                    sum.quantity = sum.quantity.map(|before| before.plus(quantity));
                    sum.amount = sum.amount.plus(line.amount);
                })
                .or_insert_with(|| Line {
                    quantity: Some(quantity),
                    unit_price,
                    profile: None,
                    user: None,
                    ..line.clone()
                });
        }
        sums.into_values().collect()
    }

    /// Whether a plan is paid for by it.
    pub fn has_subscription(&self) -> bool {
        self.lines.iter().any(|line| line.kind == LineKind::Subscription)
    }

    /// Whether something is taken off because it is the first payment (N3).
    pub fn has_first_payment_credit(&self) -> bool {
        self.lines.iter().any(|line| line.kind == LineKind::Discount && line.plan.is_none())
    }

    /// The lines' sum of one kind.
    pub fn amount_of(&self, kind: LineKind) -> Money {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.amount).sum()
    }
}

/// The lowest and the highest total that a charge may come to: under both ways of counting days (K8), and with or without
/// what may be taken off a first payment (N3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ChargeRange {
    /// The lower.
    pub low: Money,
    /// The higher; the same where the readings agree.
    pub high: Money,
}

impl ChargeRange {
    /// The range of some totals; none of none.
    pub fn of(totals: &[Money]) -> Option<Self> {
        let (low, high) = totals.iter().min().zip(totals.iter().max())?;
        Some(Self { low: *low, high: *high })
    }

    /// The range of two totals.
    pub fn between(one: Money, other: Money) -> Self {
        Self { low: one.min(other), high: one.max(other) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use headroom_exact::Month;

    #[test]
    fn lines_by_tier_count_users_as_users_and_credits_as_credits_and_come_to_the_same() {
        let edition = Catalog::built_in().default_edition();
        let plan = |id| edition.plan_named(id).expect("a plan");
        let month = Month::of("2026-10-01T00:00:00Z".parse().expect("a moment")).period();
        let of = |line: Line, user: &str| line.of(&"profile".into(), &user.into());
        let overage = |hundredths| {
            let credits = Credits::from_hundredths(hundredths);
            Line::overage(plan("pro"), credits, edition.overage_unit_price, month)
        };
        let lines = vec![
            of(Line::subscription(plan("pro"), month), "ada"),
            of(overage(55_000), "ada"),
            of(Line::subscription(plan("pro"), month), "bob"),
            of(Line::refund(plan("pro"), month), "bob"),
            of(Line::subscription(plan("power"), month), "bob"),
            of(overage(1_050), "bob"),
        ];
        let invoice = Invoice::issue(month.end, lines, Decimal::ZERO).expect("lines");
        let by_tier = invoice.lines_by_tier();
        let shown: Vec<_> =
            by_tier.iter().map(|line| (line.plan, line.quantity, line.amount.hundredths())).collect();
        assert_eq!(
            shown,
            [
                (Some("power"), Some(Quantity::Users(1)), 20_000),
                (Some("pro"), Some(Quantity::Users(2)), 4_000),
                (Some("pro"), Some(Quantity::Users(1)), -2_000),
                (Some("pro"), Some(Quantity::Credits(Credits::from_hundredths(56_050))), 2_242),
            ]
        );
        assert_eq!(by_tier.iter().map(|line| line.amount).sum::<Money>(), invoice.subtotal);
        assert!(by_tier.iter().all(|line| line.user.is_none() && line.profile.is_none()));
        let own = Invoice::issue(month.end, vec![overage(100)], Decimal::ZERO).expect("a line");
        assert_eq!(own.lines_by_tier(), own.lines, "a person's stay as they are");
    }
}
