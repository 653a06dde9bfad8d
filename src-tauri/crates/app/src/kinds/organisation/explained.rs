//! A month's bill beside what the rules make of its reports, and why the two differ.

use super::month::{MonthCharge, terms};
use crate::answers::{DifferenceView, QuotedOf};
use crate::bills::{self, BilledMonth};
use crate::charges::Quoted;
use crate::difference::{Called, difference};
use crate::error::AppError;
use headroom_billing::bill::{BilledLine, Deduction, Difference, Extent, Item, Seen, explained};
use headroom_exact::{Moment, Month};
use headroom_sources::aws::LineKind;

fn deduction(kind: &str) -> Deduction {
    match kind {
        "edp-discount" => Deduction::Enterprise,
        "spp-discount" => Deduction::Reseller,
        "bundled-discount" => Deduction::Bundled,
        "private-rate-discount" => Deduction::PrivateRate,
        "credit" => Deduction::Credit,
        "refund" => Deduction::Refund,
        "adjustment" => Deduction::Adjustment,
        _ => Deduction::Discount,
    }
}

/// Why a month's bill differs from what the rules make of its reports; none where the two agree, or there are none, and where
/// the bill isn't all in dollars: who is on it in another currency is neither missing from it nor there for nothing.
pub(super) fn differs(
    bill: &BilledMonth,
    charge: &MonthCharge,
    now: Moment,
) -> Result<Option<Difference>, AppError> {
    let Some(people) = charge.people.as_ref().filter(|_| bill.is_in_dollars()) else { return Ok(None) };
    let mut lines = Vec::new();
    for bill in &bill.bills {
        for line in bill.lines.iter().filter(|line| line.kind.is_before_tax()) {
            let item = match &line.kind {
                LineKind::Subscription(tier) => Item::Tier(tier),
                LineKind::Credits => Item::Credits,
                LineKind::Discount => Item::Deduction(Deduction::Discount),
                LineKind::Deduction(kind) => Item::Deduction(deduction(kind)),
                LineKind::Other(name) => Item::Other(name),
                LineKind::Tax | LineKind::Currency(_) => continue,
            };
            lines.push(BilledLine {
                payer: bill.payer.as_deref().unwrap_or_default(),
                account: &line.account,
                user: &line.user,
                item,
                quantity: bills::quantity(line),
                cost: bills::cost(line).ok_or_else(|| bills::beyond(bill.month))?,
            });
        }
    }
    let month = Month::of_date(bill.whole.month);
    let people: Vec<_> = people.iter().map(Seen::reported).collect();
    let extent = Extent { reports_cover: charge.covers, has_ended: month.period().end <= now };
    Ok(explained(&lines, &people, terms().lists.at(month.start()), extent))
}

/// What a tier is called by a month's price list.
fn tier_called(month: Month, id: &str) -> Option<String> {
    terms().lists.at(month.start()).plan_of_tier(id).map(|plan| plan.name.clone())
}

/// The same as it is shown.
pub(super) fn shown(
    bill: &BilledMonth,
    charge: &MonthCharge,
    now: Moment,
    name: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<DifferenceView>, AppError> {
    let computed = charge.before_tax();
    let complete = computed.known().is_some() && !computed.is_at_least();
    let month = Month::of_date(bill.whole.month);
    let tier = |id: &str| tier_called(month, id);
    Ok(differs(bill, charge, now)?.map(|of| difference(&of, complete, &Called { user: name, tier: &tier })))
}

/// A month's bill beside what is computed.
pub(super) fn quoted(bill: &BilledMonth, charge: &MonthCharge, now: Moment) -> Result<Quoted, AppError> {
    Ok(Quoted {
        of: QuotedOf::Bill,
        month: Month::of_date(bill.whole.month),
        at: None,
        billed: bills::in_dollars(&bill.whole)?,
        in_dollars: bill.is_in_dollars(),
        computed: charge.before_tax(),
        payers: bill.payers()?,
        difference: differs(bill, charge, now)?,
        tier: tier_called,
    })
}
