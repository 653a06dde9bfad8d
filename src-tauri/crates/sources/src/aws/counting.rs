//! Which issues of a month count (rules F2 and F3): the same whatever came first.

use super::form::{BillLine, LineKind, MonthBill};
use super::issue::Issue;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of the issues of a month, by their places among those that were given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counting {
    /// Those that count.
    pub counts: Vec<usize>,
    /// Those that don't, each with the one that leads.
    pub beaten: Vec<(usize, usize)>,
    /// Those that say the same as another, each with that.
    pub copies: Vec<(usize, usize)>,
    /// Those of which nothing tells which counts: the owner has to choose.
    pub undecided: Vec<Vec<usize>>,
    /// Those that name no payer, where the month is billed to several and the accounts don't tell whose it is.
    pub nobodys: Vec<usize>,
}

/// An issue that stands for those that say the same.
struct Candidate<'b> {
    place: usize,
    bill: &'b MonthBill,
    issue: Issue,
    accounts: BTreeSet<&'b str>,
}

impl Candidate<'_> {
    /// Whether both can't count: they are of one export, or of the same accounts.
    fn conflicts_with(&self, other: &Self) -> bool {
        // One in which nothing was billed says so of its own export alone.
        let are_alike = self.issue.is_of_the_same_export(&other.issue);
        (are_alike || !self.accounts.is_disjoint(&other.accounts))
            && !self.issue.is_another_part_of(&other.issue)
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.issue.compare(self.accounts.len(), &other.issue, other.accounts.len())
    }

    fn beats(&self, other: &Self) -> bool {
        self.conflicts_with(other) && self.compare(other) == Ordering::Greater
    }
}

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

/// Whether two bills have the same lines, as far as both tell them apart.
fn are_alike(one: &MonthBill, other: &MonthBill) -> bool {
    let is_older = |bill: &MonthBill| bill.lines.iter().any(|line| line.kind == LineKind::Discount);
    one.lines == other.lines
        || (is_older(one) != is_older(other)
            && folded(&one.lines).zip(folded(&other.lines)).is_some_and(|(one, other)| one == other))
}

/// Whether one says what another takes off, which says the same otherwise and doesn't.
pub fn tells_deductions_apart(bill: &MonthBill, known: &MonthBill) -> bool {
    bill.lines != known.lines
        && known.lines.iter().any(|line| line.kind == LineKind::Discount)
        && are_alike(bill, known)
}

/// Whether two bills say the same. Those in which nothing was billed are alike anyway: they do as issues of one export.
pub fn says_the_same(one: &MonthBill, other: &MonthBill) -> bool {
    let issues = || one.issue.as_ref().zip(other.issue.as_ref());
    are_alike(one, other)
        && (!one.lines.is_empty() || issues().is_some_and(|(one, other)| one.is_of_the_same_export(other)))
}

/// Which of these bills count, all of one month, in the order in which they were kept. Those without an issue are of an
/// older version: each counts, unless one with an issue takes its place.
pub fn counting(bills: &[&MonthBill]) -> Counting {
    let mut counting = Counting::default();
    let mut groups: BTreeMap<Option<&str>, Vec<Candidate<'_>>> = BTreeMap::new();
    for (place, bill) in bills.iter().enumerate() {
        let Some(issue) = bill.issue.clone() else {
            counting.counts.push(place);
            continue;
        };
        let accounts = bill.lines.iter().map(|line| line.account.as_str()).collect();
        let candidate = Candidate { place, bill, issue, accounts };
        groups.entry(bill.payer.as_deref()).or_default().push(candidate);
    }
    for nameless in groups.remove(&None).unwrap_or_default() {
        // Rows without a payer beside those of one: an export says who pays, or doesn't.
        let is_beside = |known: &Candidate<'_>| {
            known.issue.label == nameless.issue.label && known.issue.from == nameless.issue.from
        };
        let named = || groups.iter().filter(|(payer, _)| payer.is_some());
        if named().flat_map(|(_, group)| group).any(is_beside) {
            counting.nobodys.push(nameless.place);
            continue;
        }
        let shares = |group: &Vec<Candidate<'_>>| {
            group.iter().any(|known| !known.accounts.is_disjoint(&nameless.accounts))
        };
        let whose = named().filter(|(_, group)| shares(group)).map(|(payer, _)| *payer);
        match whose.collect::<Vec<_>>().as_slice() {
            [] => groups.entry(None).or_default().push(nameless),
            [payer] => groups.entry(*payer).or_default().push(nameless),
            _ => counting.nobodys.push(nameless.place),
        }
    }
    for (_, mut group) in groups {
        group.sort_by_key(|candidate| candidate.place);
        of_payer(joined(group, &mut counting), &mut counting);
    }
    counting.counts.sort_unstable();
    counting
}

/// Those that say the same are one. What the owner chose takes the place of what was there.
fn joined<'b>(group: Vec<Candidate<'b>>, counting: &mut Counting) -> Vec<Candidate<'b>> {
    let mut different: Vec<Candidate<'b>> = Vec::new();
    for candidate in group {
        if candidate.issue.chosen {
            let (beaten, rest) = different.into_iter().partition(|known: &Candidate<'_>| {
                !are_alike(known.bill, candidate.bill) && known.conflicts_with(&candidate)
            });
            different = rest;
            counting.beaten.extend(beaten.iter().map(|known| (known.place, candidate.place)));
        }
        match different.iter_mut().find(|known| says_the_same(known.bill, candidate.bill)) {
            Some(known) => {
                known.issue.join(&candidate.issue);
                let mut copy = candidate.place;
                if tells_deductions_apart(candidate.bill, known.bill) {
                    copy = std::mem::replace(&mut known.place, candidate.place);
                    known.bill = candidate.bill;
                }
                counting.copies.push((copy, known.place));
            }
            None => different.push(candidate),
        }
    }
    different
}

/// Of a payer's month: those that nothing beats count, and beat whatever can't count beside them.
fn of_payer(group: Vec<Candidate<'_>>, counting: &mut Counting) {
    let mut open = group;
    while !open.is_empty() {
        let (best, rest): (Vec<_>, Vec<_>) = {
            let is_best: Vec<_> = open.iter().map(|one| !open.iter().any(|other| other.beats(one))).collect();
            let mut flags = is_best.iter();
            open.into_iter().partition(|_| flags.next().copied().unwrap_or(false))
        };
        // Nobody is the best of a circle: then nothing tells.
        if best.is_empty() {
            counting.undecided.push(rest.iter().map(|one| one.place).collect());
            return;
        }
        let is_alone = |one: &Candidate<'_>| {
            !best.iter().any(|other| other.place != one.place && other.conflicts_with(one))
        };
        let (alone, tied): (Vec<_>, Vec<_>) = best.iter().partition(|one| is_alone(one));
        counting.counts.extend(alone.iter().map(|one| one.place));
        if !tied.is_empty() {
            counting.undecided.push(tied.iter().map(|one| one.place).collect());
        }
        let mut left = Vec::new();
        for one in rest {
            match best.iter().find(|other| other.conflicts_with(&one)) {
                Some(better) => counting.beaten.push((one.place, better.place)),
                None => left.push(one),
            }
        }
        open = left;
    }
}
