//! Invoices and their lines, in the contract's form (`scenario.md`, "Common").

use crate::calendar::{Moment, Period};
use crate::catalog::{Plan, Tax};
use crate::units::{Credits, Money};
use serde::Serialize;

/// What a line is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// A plan's fee.
    Subscription,
    /// Less what was already paid for the plan left (K8, K9).
    Discount,
    /// Credits beyond the plan's (K5).
    Overage,
}

/// The days a line is charged for, of the days of its cycle (K8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Prorated {
    /// Days charged.
    pub days: i64,
    /// Days in the cycle.
    pub of: i64,
}

/// One line of an invoice. The amount excludes tax and is rounded once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// Dollars; negative for a discount.
    pub amount: Money,
    /// The plan's id.
    pub plan: &'static str,
    /// Credits, on an overage line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Credits>,
    /// Dollars a credit, on an overage line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// What time it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Present when the amount is charged by days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prorated: Option<Prorated>,
}

impl Line {
    /// A plan's full fee for a cycle.
    pub fn subscription(plan: &'static Plan, period: Period) -> Self {
        Self {
            kind: LineKind::Subscription,
            amount: plan.monthly_price,
            plan: &plan.id,
            quantity: None,
            unit_price: None,
            period: Some(period),
            prorated: None,
        }
    }

    /// A plan's fee for some days of a cycle (K8); `period` is the time it is charged for.
    pub fn prorated_subscription(plan: &'static Plan, period: Period, prorated: Prorated) -> Self {
        Self {
            amount: plan.monthly_price.share(i128::from(prorated.days), i128::from(prorated.of)),
            prorated: Some(prorated),
            ..Self::subscription(plan, period)
        }
    }

    /// Less the `paid` fee of the plan that is left (K8, K9).
    pub fn discount(plan: &'static Plan, paid: Money) -> Self {
        Self {
            kind: LineKind::Discount,
            amount: paid.negated(),
            plan: &plan.id,
            quantity: None,
            unit_price: None,
            period: None,
            prorated: None,
        }
    }

    /// The cycle's credits beyond the plan's (K5).
    pub fn overage(plan: &'static Plan, credits: Credits, unit_price: Money, period: Period) -> Self {
        Self {
            kind: LineKind::Overage,
            amount: credits.priced(unit_price),
            quantity: Some(credits),
            unit_price: Some(unit_price),
            ..Self::subscription(plan, period)
        }
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
    /// Tax on the subtotal, rounded once (K11).
    pub tax: Money,
    /// Subtotal and tax.
    pub total: Money,
}

impl Invoice {
    /// The invoice of these lines; none without lines (rules.md, "K5 at the boundary").
    pub fn issue(issued_at: Moment, lines: Vec<Line>, tax: Option<&Tax>) -> Option<Self> {
        if lines.is_empty() {
            return None;
        }
        let subtotal: Money = lines.iter().map(|line| line.amount).sum();
        let tax = tax.map_or(Money::ZERO, |tax| tax.on(subtotal));
        Some(Self { issued_at, lines, subtotal, tax, total: subtotal.plus(tax) })
    }

    /// The lines' sum of one kind.
    pub fn amount_of(&self, kind: LineKind) -> Money {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.amount).sum()
    }
}
