//! Which issues of a month count (rules F2 and F3): the same whatever came first.

use super::alike::{are_alike, says_the_same, tells_deductions_apart};
use super::form::MonthBill;
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
    /// Those of them that a later issue of their own export replaced: whatever comes, they don't count again.
    pub outdated: BTreeSet<usize>,
    /// Those that say the same as another, each with that.
    pub copies: Vec<(usize, usize)>,
    /// Those of which nothing tells which counts: the owner has to choose.
    pub undecided: Vec<Vec<usize>>,
    /// Those that name no payer, where the month is billed to several and the accounts don't tell whose it is.
    pub nobodys: Vec<usize>,
}

impl Counting {
    /// Where what leads is beaten by another, that leads.
    fn led_by_what_counts(&mut self) {
        let beaten: BTreeMap<usize, usize> = self.beaten.iter().copied().collect();
        for (_, leads) in &mut self.beaten {
            for _ in 0..beaten.len() {
                *leads = beaten.get(leads).copied().unwrap_or(*leads);
            }
        }
    }
}

/// An issue that stands for those that say the same.
struct Candidate<'b> {
    place: usize,
    bill: &'b MonthBill,
    /// What is known of which issue it is: once for each export that says this.
    issues: Vec<Issue>,
    accounts: BTreeSet<&'b str>,
}

impl Candidate<'_> {
    fn pairs<'c>(&'c self, other: &'c Self) -> impl Iterator<Item = (&'c Issue, &'c Issue)> {
        self.issues.iter().flat_map(|one| other.issues.iter().map(move |another| (one, another)))
    }

    /// Whether both can't count: they are of one export, or of the same accounts.
    fn conflicts_with(&self, other: &Self) -> bool {
        // One in which nothing was billed says so of its own export alone.
        let are_alike = self.pairs(other).any(|(one, another)| one.is_of_the_same_export(another));
        (are_alike || !self.accounts.is_disjoint(&other.accounts))
            && !self.pairs(other).any(|(one, another)| one.is_another_part_of(another))
    }

    /// As issues of one export, where both are of one; equal where nothing tells.
    fn compare(&self, other: &Self) -> Ordering {
        let of = |is_meant: fn(&Issue, &Issue) -> bool| {
            let pairs = self.pairs(other).filter(move |(one, another)| is_meant(one, another));
            let compared =
                pairs.map(|(one, another)| one.compare(self.accounts.len(), another, other.accounts.len()));
            compared.collect::<BTreeSet<_>>()
        };
        let same = of(Issue::is_of_the_same_export);
        let are_told_apart = || self.pairs(other).all(|(one, another)| one.is_of_another_export(another));
        let can_be_either = same.is_empty() && !are_told_apart();
        let told = if same.is_empty() { of(|_, _| true) } else { same };
        // A later issue of it, or another export of fewer accounts, as a member's own: no later issue forgets an account.
        let lacks = |one: &Self, another: &Self| can_be_either && !another.accounts.is_subset(&one.accounts);
        let order = match (told.contains(&Ordering::Less), told.contains(&Ordering::Greater)) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Whichever of them is issued later, and whether they are of one export or not.
            (false, false) if lacks(other, self) && !lacks(self, other) => return Ordering::Greater,
            (false, false) if lacks(self, other) && !lacks(other, self) => return Ordering::Less,
            (true, true) | (false, false) => return Ordering::Equal,
        };
        let (later, earlier) = if order == Ordering::Greater { (self, other) } else { (other, self) };
        match (lacks(later, earlier), lacks(earlier, later)) {
            (false, _) => order,
            (true, false) => order.reverse(),
            (true, true) => Ordering::Equal,
        }
    }

    fn beats(&self, other: &Self) -> bool {
        self.conflicts_with(other) && self.compare(other) == Ordering::Greater
    }

    /// Whether it is a later issue of what this issue of the other is one of: of the same export, or of all accounts of one
    /// that isn't known to be another.
    fn outdates(&self, issue: &Issue, other: &Self) -> bool {
        let has_all = !other.accounts.is_empty() && other.accounts.is_subset(&self.accounts);
        self.place != other.place
            && self.issues.iter().any(|later| {
                let is_of_it =
                    later.is_of_the_same_export(issue) || (has_all && !later.is_of_another_export(issue));
                is_of_it
                    && !later.is_another_part_of(issue)
                    && later.compare(self.accounts.len(), issue, other.accounts.len()) == Ordering::Greater
            })
    }
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
        let candidate = Candidate { place, bill, issues: vec![issue], accounts };
        groups.entry(bill.payer.as_deref()).or_default().push(candidate);
    }
    for nameless in groups.remove(&None).unwrap_or_default() {
        // Rows without a payer beside those of one: an export says who pays, or doesn't.
        let is_beside = |known: &Candidate<'_>| {
            known
                .pairs(&nameless)
                .any(|(known, issue)| known.label == issue.label && known.from == issue.from)
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
        let group = joined(group, &mut counting);
        let group = latest(group, &mut counting);
        of_payer(group, &mut counting);
    }
    counting.led_by_what_counts();
    counting.counts.sort_unstable();
    counting
}

/// Those that say the same are one. What the owner chose takes the place of what was there.
fn joined<'b>(group: Vec<Candidate<'b>>, counting: &mut Counting) -> Vec<Candidate<'b>> {
    let mut different: Vec<Candidate<'b>> = Vec::new();
    for candidate in group {
        if candidate.issues.iter().any(|issue| issue.chosen) {
            let (beaten, rest) = different.into_iter().partition(|known: &Candidate<'_>| {
                !are_alike(known.bill, candidate.bill) && known.conflicts_with(&candidate)
            });
            different = rest;
            counting.beaten.extend(beaten.iter().map(|known| (known.place, candidate.place)));
        }
        match different.iter_mut().find(|known| says_the_same(known.bill, candidate.bill)) {
            Some(known) => {
                for issue in candidate.issues {
                    match known.issues.iter_mut().find(|known| !known.is_of_another_export(&issue)) {
                        Some(known) => known.join(&issue),
                        None => known.issues.push(issue),
                    }
                }
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

/// The latest issues of each export. One that a later issue replaced is out, whatever becomes of that one: what another export
/// says instead doesn't make it right again.
fn latest<'b>(group: Vec<Candidate<'b>>, counting: &mut Counting) -> Vec<Candidate<'b>> {
    let is_out = |issue: &Issue, of: &Candidate<'_>| group.iter().any(|other| other.outdates(issue, of));
    let left = |of: &Candidate<'_>| of.issues.iter().filter(|issue| !is_out(issue, of)).cloned().collect();
    let left: Vec<Vec<Issue>> = group.iter().map(left).collect();
    let (mut latest, mut out, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (one, left) in group.into_iter().zip(left) {
        if left.is_empty() {
            open.push(one);
        } else {
            latest.push(Candidate { issues: left, ..one });
        }
    }
    loop {
        let later = |one: &Candidate<'_>| {
            let others = latest.iter().chain(&out);
            others.clone().find(|other| one.issues.iter().any(|issue| other.outdates(issue, one)))
        };
        let found = open.iter().enumerate().find_map(|(index, one)| Some((index, later(one)?.place)));
        let Some((index, later)) = found else { break };
        let one = open.remove(index);
        counting.beaten.push((one.place, later));
        counting.outdated.insert(one.place);
        out.push(one);
    }
    // Nobody is the latest of a circle: then nothing tells.
    latest.extend(open);
    latest.sort_by_key(|candidate| candidate.place);
    latest
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

#[cfg(test)]
mod tests {
    use super::super::form::{BillLine, LineKind};
    use super::super::issue::Layout;
    use super::*;
    use chrono::NaiveDate;
    use rust_decimal::Decimal;

    /// An issue: its export, when it was issued, and what it has of which accounts.
    type Of = (&'static str, Option<i64>, &'static [(&'static str, i64)]);

    fn bill(index: usize, (export, at, costs): Of) -> MonthBill {
        let line = |(account, cost): &(&str, i64)| BillLine {
            account: (*account).to_owned(),
            region: String::new(),
            user: String::new(),
            kind: LineKind::Credits,
            quantity: Decimal::ZERO,
            cost: (*cost).into(),
        };
        let from = format!("{index}/{export}");
        let issue = Issue {
            family: export.to_owned(),
            label: from.clone(),
            from,
            layout: if export == "focus" { Layout::Focus } else { Layout::Underscores },
            export: Some(export.to_owned()),
            parts: Vec::new(),
            listed: 0,
            at: at.map(|at| (at, 0)),
            current: None,
            ids: export != "focus",
            newest: String::new(),
            invoiced: true,
            unread: 0,
            chosen: false,
            outdone: None,
            read_at: String::new(),
            beside: Vec::new(),
        };
        MonthBill {
            month: NaiveDate::MIN,
            payer: None,
            lines: costs.iter().map(line).collect(),
            issue: Some(issue),
        }
    }

    /// What the issues that count come to, in dollars; none where that isn't decided.
    fn sum(bills: &[&MonthBill]) -> Option<Decimal> {
        let counting = counting(bills);
        let of = |place: &usize| bills[*place].lines.iter().map(|line| line.cost).sum::<Decimal>();
        counting.undecided.is_empty().then(|| counting.counts.iter().map(of).sum())
    }

    fn in_every_order(bills: &[MonthBill]) -> Vec<Vec<&MonthBill>> {
        let mut orders: Vec<Vec<&MonthBill>> = vec![Vec::new()];
        for bill in bills {
            let with = |order: Vec<_>| {
                (0..=order.len()).map(move |place| {
                    let mut order = order.clone();
                    order.insert(place, bill);
                    order
                })
            };
            orders = orders.into_iter().flat_map(with).collect();
        }
        orders
    }

    /// A later issue was beaten by another export, and the earlier one counted beside that.
    #[test]
    fn an_earlier_issue_does_not_count_again_where_another_export_beats_the_later() {
        let of = |issues: &[Of], right: i64| {
            let bills: Vec<_> = issues.iter().enumerate().map(|(index, of)| bill(index, *of)).collect();
            for order in in_every_order(&bills) {
                let names: Vec<_> =
                    order.iter().filter_map(|bill| Some(&bill.issue.as_ref()?.from)).collect();
                assert_eq!(sum(&order), Some(right.into()), "{names:?}");
            }
        };
        let first: Of = ("focus", Some(1), &[("2", 70)]);
        let second: Of = ("focus", Some(2), &[("1", 40), ("2", 80)]);
        of(&[first, second, ("cur", Some(1), &[("1", 41)])], 41);
        of(&[first, second, ("cur", Some(1), &[("3", 5)])], 125);
        of(&[first, second], 120);
        // Two exports whose earlier issues say the same: each is one of its own.
        of(
            &[
                ("cur", Some(1), &[("1", 20)]),
                ("kiro", Some(2), &[("1", 20)]),
                ("cur", Some(3), &[("1", 30)]),
                ("kiro", Some(4), &[("1", 30)]),
            ],
            30,
        );
        of(
            &[
                ("cur", Some(2), &[("1", 20)]),
                ("kiro", Some(1), &[("1", 20)]),
                ("kiro", Some(3), &[("1", 30), ("2", 5)]),
            ],
            35,
        );
    }
}
