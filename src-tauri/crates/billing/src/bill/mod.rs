//! What a vendor's own bill comes to: its lines are added up exactly, and the sum is rounded once.

mod explanation;
mod findings;
mod party;
mod seen;

pub use explanation::{
    BilledLine, Deduction, Difference, Extent, Item, NAMED_ROWS, Part, Reason, Reported, Row, RowItem,
};
pub use seen::{Seen, with_charges};

use crate::catalog::Edition;
use findings::Findings;
use headroom_exact::{Cost, Money};
use party::Party;
use std::collections::BTreeMap;

/// The sum of some lines of a bill, to the cent; none where what one costs isn't known.
pub fn sum(costs: impl IntoIterator<Item = Option<Cost>>) -> Option<Money> {
    costs.into_iter().sum::<Option<Cost>>().map(Cost::rounded)
}

/// What parts of a sum, each rounded by itself, don't make of it; none where they do.
pub fn rest(sum: Money, parts: impl Iterator<Item = Money>) -> Option<Money> {
    let rest = sum.minus(parts.sum());
    (!rest.is_zero()).then_some(rest)
}

/// Why a bill differs from what the rules make of its month: the bill's less theirs, in parts that add up to it. None where
/// the two agree line by line. Whose lines are whose is told by the users; lines without one are compared with everybody
/// whom the bill doesn't name.
pub fn explained<'e>(
    lines: &'e [BilledLine<'e>],
    people: &'e [Reported<'e>],
    edition: &'e Edition,
    extent: Extent,
) -> Option<Difference> {
    let mut findings = Findings::default();
    let mut parties: BTreeMap<&str, Party<'e>> = BTreeMap::new();
    let mut is_pooled = false;
    for line in lines {
        match line.item {
            Item::Tier(_) | Item::Credits => {
                is_pooled |= line.user.is_empty();
                parties.entry(line.user).or_default().lines.push(line);
            }
            Item::Deduction(Deduction::Refund) => parties.entry(line.user).or_default().lines.push(line),
            Item::Deduction(kind) => {
                findings.add_line(Some(Reason::Deducted(kind)), *line, RowItem::Deduction(kind));
            }
            Item::Other(name) => findings.add_line(None, *line, RowItem::Other(name.to_owned())),
        }
    }
    for person in people {
        let is_named = parties.get(person.user).is_some_and(Party::is_charged);
        let user = if is_pooled && !is_named { "" } else { person.user };
        parties.entry(user).or_default().people.push(person);
    }
    for party in parties.values() {
        party.compare(edition, extent, &mut findings);
    }
    let billed = lines.iter().map(|line| line.cost).sum::<Cost>().rounded();
    let fees = people.iter().filter_map(|person| person.seat).map(|(_, fee)| fee);
    let computed = fees.chain(people.iter().map(|person| person.overage.1)).sum();
    findings.make(billed.minus(computed))
}

/// The same for each of those whom lines are for.
pub fn sums_by<K: Ord>(costs: impl IntoIterator<Item = (K, Option<Cost>)>) -> BTreeMap<K, Option<Money>> {
    let mut sums: BTreeMap<K, Option<Cost>> = BTreeMap::new();
    for (whose, cost) in costs {
        let sum = sums.entry(whose).or_insert(Some(Cost::ZERO));
        *sum = sum.zip(cost).map(|(sum, cost)| sum.plus(cost));
    }
    sums.into_iter().map(|(whose, sum)| (whose, sum.map(Cost::rounded))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn money(cents: i128) -> Money {
        Money::from_hundredths(cents)
    }

    #[test]
    fn a_figure_without_lines_explains_nothing() {
        assert_eq!(Difference::of(money(530), money(530)), None);
        let of = Difference::of(money(530), money(400)).expect("they differ");
        assert_eq!((of.amount, of.parts.len(), of.unexplained), (money(130), 0, None));
    }
}
