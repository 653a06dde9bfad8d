//! Charges as the window gets them, and amounts, times and paths as texts.

use crate::catalog;
use headroom_billing::invoice::Name;
use headroom_billing::{Edition, Invoice, Line, LineKind, Quantity};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Money, Saying, say};
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;

/// A half-open time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Span {
    /// From.
    pub start: String,
    /// Up to, not included.
    pub end: String,
}

impl Span {
    /// By its days.
    pub(crate) fn saying(&self) -> Saying {
        say!("from-up-to", from = Value::Date(self.start.clone()), to = Value::Date(self.end.clone()))
    }
}

/// A charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct InvoiceView {
    /// When.
    pub issued_at: String,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Their sum.
    pub subtotal: String,
    /// Tax on it; none where the total is without tax.
    #[ts(as = "Option<String>")]
    pub tax: Option<Money>,
    /// The tax's name; none where the total is without tax, or its owner stated what it comes to.
    pub tax_name: Option<String>,
    /// The tax in percent, where the account's owner stated it.
    pub tax_percent: Option<String>,
    /// With tax.
    pub total: String,
    /// Whether it is the least that is charged: something isn't known, and the notes beside it say what.
    pub at_least: bool,
}

/// A line of a charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LineView {
    /// What it is for.
    #[ts(
        type = "\"subscription\" | \"discount\" | \"refund\" | \"overage\" | \"seats\" | \"credits\" | \"pass\" | \"fee\""
    )]
    pub kind: LineKind,
    /// Dollars.
    pub amount: String,
    /// The plan's name, on a line about one; of Kilo Pass its tier's.
    pub plan: Option<String>,
    /// Credits of overage or of a pack, seats of a team, users of a tier, passes of Kilo Pass.
    pub quantity: Option<String>,
    /// What it counts.
    pub unit: Option<LineUnit>,
    /// Dollars for one of them.
    pub unit_price: Option<String>,
    /// The time it is for.
    pub period: Option<Span>,
    /// The plan's full price, on a line charged by days.
    pub full_price: Option<String>,
    /// Days charged.
    pub days: Option<u32>,
    /// Days of the cycle.
    pub days_of: Option<u32>,
    /// Whether it is charged for what remains of a cycle, by its length.
    pub remainder: bool,
    /// Whether it was bought by itself, because little was left.
    pub automatic: bool,
    /// When a team was charged for it.
    pub charged_at: Option<String>,
    /// The profile of an organisation's user.
    pub profile: Option<String>,
    /// The organisation's user.
    pub user: Option<String>,
}

/// What a line's quantity counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineUnit {
    /// Credits.
    Credits,
    /// Seats of a team.
    Seats,
    /// Users of an organisation.
    Users,
    /// Passes of Kilo Pass.
    Passes,
}

impl From<Quantity> for LineUnit {
    fn from(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Credits(_) => Self::Credits,
            Quantity::Seats(_) => Self::Seats,
            Quantity::Users(_) => Self::Users,
            Quantity::Passes(_) => Self::Passes,
        }
    }
}

/// The names a charge is shown with.
#[derive(Clone)]
pub(crate) struct Naming {
    /// Whose plans' names they are; none where there are no plans.
    pub edition: Option<&'static Edition>,
    pub tax_name: Option<String>,
    /// As the account's owner stated it.
    pub tax_percent: Option<String>,
}

impl Naming {
    pub(crate) fn invoice(&self, invoice: &Invoice) -> InvoiceView {
        self.with_lines(invoice, &invoice.lines)
    }

    /// The same with an organisation's lines put together by tier.
    pub(crate) fn invoice_by_tier(&self, invoice: &Invoice) -> InvoiceView {
        self.with_lines(invoice, &invoice.lines_by_tier())
    }

    fn with_lines(&self, invoice: &Invoice, lines: &[Line]) -> InvoiceView {
        InvoiceView {
            issued_at: invoice.issued_at.to_string(),
            lines: lines.iter().map(|line| self.line(line)).collect(),
            subtotal: invoice.subtotal.to_string(),
            tax: self.has_tax().then_some(invoice.tax),
            tax_name: self.tax_name.clone(),
            tax_percent: self.tax_percent.clone(),
            total: invoice.total.to_string(),
            at_least: invoice.at_least,
        }
    }

    /// Whether totals are with tax.
    const fn has_tax(&self) -> bool {
        self.tax_name.is_some() || self.tax_percent.is_some()
    }

    /// The name of the plan with an id.
    pub(crate) fn plan(&self, id: &str) -> String {
        let plan = self.edition.and_then(|edition| edition.plan_named(id));
        plan.map_or_else(|| id.to_owned(), |plan| plan.name.clone())
    }

    fn line(&self, line: &Line) -> LineView {
        let prorated_plan = line.prorated.and_then(|_| self.edition?.plan_named(line.plan?));
        let days = |count: i64| u32::try_from(count).ok();
        LineView {
            kind: line.kind,
            amount: line.amount.to_string(),
            plan: line.plan.map(|plan| self.plan(plan)).or_else(|| line.tier.as_ref().map(pass_name)),
            quantity: text(line.quantity),
            unit: line.quantity.map(LineUnit::from),
            unit_price: text(line.unit_price),
            period: line.period.map(|period| span(period.start, period.end)),
            full_price: prorated_plan.map(|plan| plan.monthly_price.to_string()),
            days: line.prorated.and_then(|prorated| days(prorated.days)),
            days_of: line.prorated.and_then(|prorated| days(prorated.of)),
            remainder: line.time_share.is_some(),
            automatic: line.automatic,
            charged_at: text(line.charged_at),
            profile: text(line.profile.as_ref()),
            user: text(line.user.as_ref()),
        }
    }
}

/// The name of a tier of Kilo Pass; of one that no price list has, as it stands.
pub(crate) fn pass_name(tier: &Name) -> String {
    let mut offers = catalog::in_use().team_editions().iter().filter_map(|edition| edition.pass.as_ref());
    let known = offers.find_map(|offer| offer.tier(tier.as_str()));
    known.map_or_else(|| tier.to_string(), |known| known.name.clone())
}

/// A half-open time as the window gets it.
pub(crate) fn span(start: Moment, end: Moment) -> Span {
    Span { start: start.to_string(), end: end.to_string() }
}

/// An amount as the window gets it.
pub(crate) fn text(amount: Option<impl std::fmt::Display>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}
