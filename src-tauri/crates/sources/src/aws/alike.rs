//! Which bills say the same, though an older version kept one of them otherwise.

use super::form::{ADJUSTMENT, BillLine, LineKind, MonthBill, REFUND};
use super::issue::Layout;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

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

/// Whether a bill names corrections, or what was paid back, that an older version kept as more of what they correct: each of whom
/// one is made good comes to the same in both, and of the others every line is the same.
fn corrects(bill: &MonthBill, older: &MonthBill) -> bool {
    let is_focus = |bill: &MonthBill| bill.issue.as_ref().is_some_and(|issue| issue.layout == Layout::Focus);
    let kind = |name: &str| LineKind::Deduction(name.to_ascii_lowercase());
    (is_focus(bill) && is_focus(older) && corrects_as(&kind(ADJUSTMENT), bill, older))
        || corrects_as(&kind(REFUND), bill, older)
}

/// The same, by lines of this kind.
fn corrects_as(correction: &LineKind, bill: &MonthBill, older: &MonthBill) -> bool {
    let of_whom = |line: &BillLine| (line.user.clone(), line.account.clone(), line.region.clone());
    let corrections = |bill: &MonthBill| -> BTreeMap<_, Decimal> {
        let of_kind = bill.lines.iter().filter(|line| line.kind == *correction);
        of_kind.map(|line| (of_whom(line), line.cost)).collect()
    };
    let (mut corrected, known) = (corrections(bill), corrections(older));
    if known.keys().any(|whom| !corrected.contains_key(whom)) {
        return false;
    }
    corrected.retain(|whom, cost| known.get(whom) != Some(cost));
    if corrected.iter().any(|(whom, cost)| known.get(whom).is_some_and(|known| known < cost)) {
        return false;
    }
    let told = |bill: &MonthBill| {
        let is_its = |line: &&BillLine| corrected.contains_key(&of_whom(line)) && line.kind.is_before_tax();
        let (its, others): (Vec<_>, Vec<_>) = bill.lines.iter().partition(is_its);
        let mut sums: BTreeMap<_, Decimal> = BTreeMap::new();
        for line in its {
            let sum = sums.entry(of_whom(line)).or_default();
            *sum = sum.checked_add(line.cost)?;
        }
        Some((sums, others.into_iter().cloned().collect::<Vec<_>>()))
    };
    !corrected.is_empty() && told(bill).is_some_and(|now| told(older).is_some_and(|before| now == before))
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
