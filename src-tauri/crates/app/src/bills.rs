//! What AWS billed, on its way into the store and out of it again.

use crate::answers::{BillNews, DifferenceView, ImportView, text};
use crate::error::{AppError, ErrorCode};
use crate::machine::log::Line;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::bill::{self, Difference};
use headroom_exact::{Cost, Moment, Money, Month, say};
use headroom_sources::aws_cost::{BillLine, LineKind, MonthBill};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::bills::{self, Bill, Exact, KeptBill};
use headroom_store::{Store, StoreError, Writing};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What was billed.
pub(crate) struct Bills {
    /// The months that can be read, by their first days: of all payers together.
    pub months: BTreeMap<NaiveDate, MonthBill>,
    /// Of each bill that can't be read the months that it can be of: one where that is known, never none.
    pub unreadable: BTreeSet<Vec<NaiveDate>>,
}

/// The scales of the two integers of an [`Exact`].
const BILLIONTHS: u32 = 9;
const FINE: u32 = 18;

fn shifted(number: Decimal, by: u32) -> Option<Decimal> {
    number.checked_mul(Decimal::from_i128_with_scale(10_i128.checked_pow(by)?, 0))
}

/// An amount as it is kept. None where it has more than 27 decimals or is beyond every bill.
fn exact(amount: Decimal) -> Option<Exact> {
    // Multiplied as a whole it could lose digits: the whole dollars first, then what is behind the point.
    let whole = i128::try_from(amount.floor()).ok()?.checked_mul(10_i128.checked_pow(BILLIONTHS)?)?;
    let part = shifted(amount.checked_sub(amount.floor())?, BILLIONTHS)?;
    let fine = shifted(part.checked_sub(part.floor())?, FINE)?;
    if !fine.fract().is_zero() {
        return None;
    }
    let billionths = whole.checked_add(i128::try_from(part.floor()).ok()?)?;
    Some(Exact { billionths: i64::try_from(billionths).ok()?, fine: i64::try_from(fine.trunc()).ok()? })
}

fn decimal(exact: Exact) -> Option<Decimal> {
    let billionths = Decimal::try_from_i128_with_scale(exact.billionths.into(), BILLIONTHS).ok()?;
    let fine = Decimal::try_from_i128_with_scale(exact.fine.into(), BILLIONTHS.checked_add(FINE)?).ok()?;
    billionths.normalize().checked_add(fine.normalize()).map(|sum| sum.normalize())
}

const SUBSCRIPTION: &str = "subscription";
const CREDITS: &str = "credits";
const DISCOUNT: &str = "discount";
const TAX: &str = "tax";
const OTHER: &str = "other";

fn kept_line(line: &BillLine) -> Result<bills::BillLine, StoreError> {
    let kept = |amount: Decimal| exact(amount).ok_or_else(|| StoreError::NotExact(amount.to_string()));
    let (kind, name) = match &line.kind {
        LineKind::Subscription(tier) => (SUBSCRIPTION, tier.as_str()),
        LineKind::Credits => (CREDITS, ""),
        LineKind::Discount => (DISCOUNT, ""),
        LineKind::Tax => (TAX, ""),
        LineKind::Other(operation) => (OTHER, operation.as_str()),
    };
    Ok(bills::BillLine {
        usage_account: line.account.clone(),
        region: line.region.clone(),
        user: line.user.clone(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        quantity: kept(line.quantity)?,
        cost: kept(line.cost)?,
    })
}

pub(crate) fn kept_bill(bill: &MonthBill) -> Result<Bill, StoreError> {
    Ok(Bill {
        month: bill.month,
        payer: bill.payer.clone(),
        issue: None,
        lines: bill.lines.iter().map(kept_line).collect::<Result<_, _>>()?,
    })
}

/// A line as the reader had it; none where it was kept by nobody of ours.
fn line(line: bills::BillLine) -> Option<BillLine> {
    let bills::BillLine { usage_account, region, user, kind, name, quantity, cost } = line;
    let kind = match kind.as_str() {
        SUBSCRIPTION => LineKind::Subscription(name),
        CREDITS => LineKind::Credits,
        DISCOUNT => LineKind::Discount,
        TAX => LineKind::Tax,
        OTHER => LineKind::Other(name),
        _ => return None,
    };
    Some(BillLine {
        account: usage_account,
        region,
        user,
        kind,
        quantity: decimal(quantity)?,
        cost: decimal(cost)?,
    })
}

/// Months as answers name them.
pub(crate) fn named(months: &[NaiveDate]) -> Vec<String> {
    months.iter().map(|month| month.format("%Y-%m").to_string()).collect()
}

/// Everything that was billed. What can't be read is told: it was billed all the same.
pub(crate) fn all(store: &Store, id: AccountId) -> Result<Bills, AppError> {
    let mut bills = Bills { months: BTreeMap::new(), unreadable: BTreeSet::new() };
    for kept in store.bills(id)? {
        let Bill { month, payer, lines, .. } = match kept {
            KeptBill::Whole(bill) => bill,
            KeptBill::Unreadable { months, .. } => {
                Line::warn("bill-unreadable").note();
                bills.unreadable.insert(months);
                continue;
            }
        };
        let Some(mut lines) = lines.into_iter().map(line).collect::<Option<Vec<_>>>() else {
            bills.unreadable.insert(vec![month]);
            continue;
        };
        match bills.months.get_mut(&month) {
            None => _ = bills.months.insert(month, MonthBill { month, payer, lines }),
            Some(known) => {
                known.payer = None;
                known.lines.append(&mut lines);
                known.lines.sort_by(|one, other| {
                    (&one.user, &one.account, &one.region, &one.kind).cmp(&(
                        &other.user,
                        &other.account,
                        &other.region,
                        &other.kind,
                    ))
                });
            }
        }
    }
    // A part of a month is not the month, and what may have been issued anew is not what was billed.
    let unreadable: BTreeSet<_> = bills.unreadable.iter().flatten().collect();
    bills.months.retain(|month, _| !unreadable.contains(month));
    Ok(bills)
}

/// What it comes to before tax, in words for an import's report; none where it can't be read.
fn told(bill: &KeptBill) -> Option<String> {
    let KeptBill::Whole(bill) = bill else { return None };
    let lines = bill.lines.iter().cloned().map(line).collect::<Option<Vec<_>>>()?;
    let bill = MonthBill { month: bill.month, payer: bill.payer.clone(), lines };
    before_tax(&bill).ok().map(|sum| sum.to_string())
}

/// Whether a bill takes another's place: its payer's of that month, or one of that month without a payer.
fn replaces(bill: &Bill, known: &KeptBill) -> bool {
    *known.months() == [bill.month]
        && (bill.payer.is_none() || known.payer().is_none() || known.payer() == bill.payer.as_deref())
}

/// The bill that says the same already, as far as payers are told.
fn same<'k>(known: &'k [KeptBill], bill: &Bill) -> Option<&'k Bill> {
    known.iter().filter(|known| replaces(bill, known)).find_map(|known| match known {
        KeptBill::Whole(known) if known.lines == bill.lines => Some(known),
        KeptBill::Whole(_) | KeptBill::Unreadable { .. } => None,
    })
}

/// Appends what is new: a bill that says the same as the one that counts for its month is known. One takes the place of
/// what was there of its payer, or of what was kept without a payer; the report says so with both sums. One without a
/// payer takes the place of the only payer's; where there are several, or where the same import has that month with a
/// payer too, it is refused, for nobody knows whose it is.
pub(crate) fn append(
    writing: &Writing<'_>,
    id: AccountId,
    months: &[MonthBill],
    view: &mut ImportView,
    now: Moment,
) -> Result<(), AppError> {
    let mut known = writing.bills(id)?;
    for month in months {
        let mut bill = kept_bill(month)?;
        if let Some(same) = same(&known, &bill) {
            view.known = view.known.saturating_add(1);
            bill.payer = bill.payer.or_else(|| same.payer.clone());
            // Where the payer is told for the first time, it is kept although the bill is known. So is a bill of each
            // month that a lost one can be of: it ends once all of them came again.
            let payer_is_new = bill.payer != same.payer;
            let is_wanted = known.iter().any(|known| {
                matches!(known, KeptBill::Unreadable { months, payer: None, .. } if months.contains(&bill.month))
            });
            if !payer_is_new && !is_wanted {
                continue;
            }
        } else {
            let named = bill.month.format("%Y-%m").to_string();
            let amount = before_tax(month)?.to_string();
            let of_import = months.iter().filter(|other| other.month == bill.month);
            let mut payers: BTreeSet<_> = of_import.filter_map(|other| other.payer.as_deref()).collect();
            let stands_beside_it = !payers.is_empty();
            let of_month = known.iter().filter(|known| *known.months() == [bill.month]);
            payers.extend(of_month.filter_map(KeptBill::payer));
            if bill.payer.is_none() && (stands_beside_it || payers.len() > 1) {
                let payers = payers.into_iter().map(str::to_owned).collect();
                view.bills.push(BillNews::Refused { month: named, payers, amount });
                continue;
            }
            let replaced = known.iter().filter(|known| replaces(&bill, known));
            view.bills.extend(replaced.map(|replaced| BillNews::Replaced {
                month: named.clone(),
                payer: bill.payer.as_deref().or(replaced.payer()).map(str::to_owned),
                before: told(replaced),
                amount: amount.clone(),
            }));
            view.added = view.added.saturating_add(1);
        }
        writing.append_bill(id, &bill, now)?;
        known.retain(|known| !replaces(&bill, known));
        known.push(KeptBill::Whole(bill));
    }
    Ok(())
}

/// What a line costs, as an amount that can be added up; none where it is beyond every bill.
pub(crate) fn cost(line: &BillLine) -> Option<Cost> {
    exact(line.cost).map(|kept| Cost::of_parts(kept.billionths.into(), kept.fine.into()))
}

/// The newest month that was billed; none where it can't be read, for an older month is not the newest.
pub(crate) fn newest(store: &Store, id: AccountId) -> Result<Option<MonthBill>, AppError> {
    let bills = all(store, id)?;
    let unreadable = bills.unreadable.iter().flatten().max().copied();
    let newest = bills.months.into_values().next_back();
    Ok(newest.filter(|bill| unreadable.is_none_or(|unreadable| unreadable < bill.month)))
}

/// What a bill comes to without its tax.
pub(crate) fn before_tax(bill: &MonthBill) -> Result<Money, AppError> {
    sum(bill, |line| line.kind != LineKind::Tax)
}

/// What some lines of a bill come to. Where one is too large to be true the bill is named: it isn't shown as less.
pub(crate) fn sum(bill: &MonthBill, is_of: impl Fn(&BillLine) -> bool) -> Result<Money, AppError> {
    let costs = bill.lines.iter().filter(|line| is_of(line)).map(cost);
    bill::sum(costs).ok_or_else(|| {
        let month = Month::of_date(bill.month);
        AppError::new(ErrorCode::Outside, say!("bill-cant-be-added", month))
    })
}

/// What a bill differs by from what the rules make of its month; none where the two agree, or that isn't known whole.
pub(crate) fn differs(bill: &MonthBill, computed: Total<Money>) -> Result<Option<Difference>, AppError> {
    let Total::Whole(computed) = computed else { return Ok(None) };
    let is_known = |kind: &LineKind| match kind {
        LineKind::Subscription(_) | LineKind::Credits => true,
        LineKind::Discount | LineKind::Tax | LineKind::Other(_) => false,
    };
    let without_discounts = sum(bill, |line| !matches!(line.kind, LineKind::Tax | LineKind::Discount))?;
    let known = sum(bill, |line| is_known(&line.kind))?;
    Ok(Difference::of_bill(before_tax(bill)?, without_discounts, known, computed))
}

/// As it is shown.
pub(crate) fn difference(difference: &Difference) -> DifferenceView {
    let Difference { amount, discounts, other, unexplained } = *difference;
    let lower = amount < Money::ZERO;
    DifferenceView {
        lower,
        amount: amount.magnitude().to_string(),
        discounts: text(discounts),
        other: text(other),
        unexplained: text(unexplained),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_exactly_or_not_at_all() {
        for text in [
            "0",
            "263.77",
            "-13.7",
            "-0.000000000000000000000000001",
            "1055.08012345678901234567",
            "9223372036.854775807",
            "-9223372036.854775808",
            "0.000000001",
            "7.123456789123456789123456789",
        ] {
            let amount: Decimal = text.parse().expect("a decimal");
            let kept = exact(amount).expect(text);
            assert_eq!(decimal(kept), Some(amount.normalize()), "{text}: {kept:?}");
            assert!((0..1_000_000_000_000_000_000).contains(&kept.fine), "{text}: {kept:?}");
        }
        for text in ["0.0000000000000000000000000001", "9223372036.854775808"] {
            assert_eq!(exact(text.parse().expect("a decimal")), None, "{text}");
        }
    }
}
