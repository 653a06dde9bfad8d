//! Which bills say the same, though an older version kept one of them otherwise.

use super::form::{ADJUSTMENT, BillLine, LineKind, MonthBill};
use super::issue::Layout;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Lines as an older version kept them, which didn't tell discounts apart.
fn folded(lines: &[BillLine]) -> Option<Vec<BillLine>> {
    let mut folded: Vec<BillLine> = Vec::new();
    for line in lines {
        let kind = if line.kind.is_deduction() { LineKind::Discount } else { line.kind.clone() };
        let line = BillLine { kind, ..line.clone() };
        match folded.iter_mut().rev().find(|known| known.place() == line.place()) {
            Some(known) if line.kind == LineKind::Discount => {
                known.cost = known.cost.checked_add(line.cost)?.normalize();
            }
            Some(_) | None => folded.push(line),
        }
    }
    folded.sort_by(|one, other| one.place().cmp(&other.place()));
    Some(folded)
}

/// Whether a bill of FOCUS names corrections that an older version kept as more of what they correct: each of whom one is made
/// good comes to the same in both, and of the others every line is the same.
fn corrects(bill: &MonthBill, older: &MonthBill) -> bool {
    let correction = LineKind::Deduction(ADJUSTMENT.to_ascii_lowercase());
    let is_focus = |bill: &MonthBill| bill.issue.as_ref().is_some_and(|issue| issue.layout == Layout::Focus);
    let of_whom = |line: &BillLine| (line.user.clone(), line.account.clone(), line.region.clone());
    let corrections = |bill: &MonthBill| -> BTreeSet<_> {
        bill.lines.iter().filter(|line| line.kind == correction).map(of_whom).collect()
    };
    let corrected = corrections(bill);
    if corrected.is_empty() || !corrections(older).is_empty() || !is_focus(bill) || !is_focus(older) {
        return false;
    }
    let told = |bill: &MonthBill| {
        let is_its = |line: &&BillLine| corrected.contains(&of_whom(line)) && line.kind.is_before_tax();
        let (its, others): (Vec<_>, Vec<_>) = bill.lines.iter().partition(is_its);
        let mut sums: BTreeMap<_, Decimal> = BTreeMap::new();
        for line in its {
            let sum = sums.entry(of_whom(line)).or_default();
            *sum = sum.checked_add(line.cost)?;
        }
        Some((sums, others.into_iter().cloned().collect::<Vec<_>>()))
    };
    told(bill).is_some_and(|now| told(older).is_some_and(|before| now == before))
}

/// Whether two bills have the same lines, as far as both tell them apart.
pub(super) fn are_alike(one: &MonthBill, other: &MonthBill) -> bool {
    let is_older = |bill: &MonthBill| bill.lines.iter().any(|line| line.kind == LineKind::Discount);
    one.lines == other.lines
        || (is_older(one) != is_older(other)
            && folded(&one.lines).zip(folded(&other.lines)).is_some_and(|(one, other)| one == other))
        || corrects(one, other)
        || corrects(other, one)
}

/// Whether one says what another takes off, which says the same otherwise and doesn't.
pub fn tells_deductions_apart(bill: &MonthBill, known: &MonthBill) -> bool {
    bill.lines != known.lines
        && (corrects(bill, known)
            || (known.lines.iter().any(|line| line.kind == LineKind::Discount) && are_alike(bill, known)))
}

/// Whether two bills say the same. Those in which nothing was billed are alike anyway: they do as issues of one export.
pub fn says_the_same(one: &MonthBill, other: &MonthBill) -> bool {
    let issues = || one.issue.as_ref().zip(other.issue.as_ref());
    are_alike(one, other)
        && (!one.lines.is_empty() || issues().is_some_and(|(one, other)| one.is_of_the_same_export(other)))
}
