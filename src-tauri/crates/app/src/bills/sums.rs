//! What lines of bills come to, exactly, and as far as they are in dollars.

use crate::error::{AppError, ErrorCode};
use chrono::NaiveDate;
use headroom_billing::bill;
use headroom_exact::{Cost, Money, Month, say};
use headroom_sources::aws::{BillLine, LineKind, MonthBill};
use headroom_store::table::bills::Exact;
use rust_decimal::Decimal;

/// The scales of the two integers of an [`Exact`].
const BILLIONTHS: u32 = 9;
const FINE: u32 = 18;

fn shifted(number: Decimal, by: u32) -> Option<Decimal> {
    number.checked_mul(Decimal::from_i128_with_scale(10_i128.checked_pow(by)?, 0))
}

/// An amount as it is kept. None where it has more than 27 decimals or is beyond every bill.
pub(super) fn exact(amount: Decimal) -> Option<Exact> {
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

pub(super) fn decimal(exact: Exact) -> Option<Decimal> {
    let billionths = Decimal::try_from_i128_with_scale(exact.billionths.into(), BILLIONTHS).ok()?;
    let fine = Decimal::try_from_i128_with_scale(exact.fine.into(), BILLIONTHS.checked_add(FINE)?).ok()?;
    billionths.normalize().checked_add(fine.normalize()).map(|sum| sum.normalize())
}

/// Months or credits of a line, in billionths; 0 where they are beyond every bill.
pub(crate) fn quantity(line: &BillLine) -> i128 {
    exact(line.quantity).map_or(0, |kept| kept.billionths.into())
}

/// What a line costs, as an amount that can be added up; none where it is beyond every bill.
pub(crate) fn cost(line: &BillLine) -> Option<Cost> {
    exact(line.cost).map(|kept| Cost::of_parts(kept.billionths.into(), kept.fine.into()))
}

/// What a bill comes to without its tax: none where nothing of it is in dollars, which isn't $0.00.
pub(crate) fn in_dollars(bill: &MonthBill) -> Result<Option<Money>, AppError> {
    sum_in_dollars(bill.month, &bill.lines.iter().collect::<Vec<_>>())
}

/// The same of lines of a month.
pub(crate) fn sum_in_dollars(month: NaiveDate, lines: &[&BillLine]) -> Result<Option<Money>, AppError> {
    let before_tax = lines.iter().filter(|line| line.kind.is_before_tax());
    if before_tax.clone().next().is_none() && !lines.iter().all(|line| is_in_dollars(line)) {
        return Ok(None);
    }
    bill::sum(before_tax.map(|line| cost(line))).map(Some).ok_or_else(|| beyond(month))
}

pub(super) const fn is_in_dollars(line: &BillLine) -> bool {
    !matches!(line.kind, LineKind::Currency(_))
}

/// What some lines of a bill come to. Where one is too large to be true the bill is named: it isn't shown as less.
pub(crate) fn sum(bill: &MonthBill, is_of: impl Fn(&BillLine) -> bool) -> Result<Money, AppError> {
    let costs = bill.lines.iter().filter(|line| is_of(line)).map(cost);
    bill::sum(costs).ok_or_else(|| beyond(bill.month))
}

/// That a month's bill has a line that is too large to be true.
pub(crate) fn beyond(month: NaiveDate) -> AppError {
    let month = Month::of_date(month);
    AppError::new(ErrorCode::Outside, say!("bill-cant-be-added", month))
}
