//! What an import makes of bills: which of them are new, what takes whose place, and what is said of it.

use crate::answers::{BillNews, ChargeNote, ImportAmount, ImportView, SkippedFile, Unit, shown};
use crate::bills::{cost, in_dollars, issue, kept_bill, left_out, read, sum_in_dollars, without};
use crate::error::{AppError, ErrorCode};
use crate::imports::import::Destination;
use chrono::NaiveDate;
use headroom_billing::bill;
use headroom_exact::{Cost, say};
use headroom_sources::aws::{
    Counting, Issue, MonthBill, account, counting, says_the_same, tells_deductions_apart,
};
use headroom_store::table::bills::KeptBill;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The bills of a month: what was there, then what came.
struct Month {
    first_day: NaiveDate,
    bills: Vec<MonthBill>,
    /// So many of them were there.
    known: usize,
    /// Of bills that can't be read and of which the month is known: whose.
    unreadable: Vec<Option<String>>,
    /// Whether a bill is lost that can be of this month.
    is_wanted: bool,
}

/// What becomes of a bill that came.
enum Fate {
    /// It says what one says that was there.
    Known,
    Counts,
    /// Another, at this place, leads.
    Beaten(usize),
    Undecided,
    Nobodys,
}

impl Month {
    fn counting(&self, until: usize) -> Counting {
        counting(&self.bills.iter().take(until).collect::<Vec<_>>())
    }

    /// The one that was there and says the same.
    fn same(&self, place: usize) -> Option<&MonthBill> {
        let bill = self.bills.get(place)?;
        self.bills.iter().take(place).find(|known| {
            says_the_same(known, bill)
                && (known.payer == bill.payer || known.payer.is_none() || bill.payer.is_none())
        })
    }

    /// The place of the one that stands for those that say the same as this.
    fn stands(place: usize, counting: &Counting) -> usize {
        counting.copies.iter().find(|(copy, _)| *copy == place).map_or(place, |(_, for_it)| *for_it)
    }

    /// Whether one tells more than what was there and says the same: its payer, or which issue it is.
    fn adds(&self, place: usize) -> bool {
        self.bills.get(place).zip(self.same(place)).is_some_and(|(bill, known)| {
            let issues = bill.issue.as_ref().zip(known.issue.as_ref());
            (known.payer.is_none() && bill.payer.is_some())
                || tells_deductions_apart(bill, known)
                || issues.is_some_and(|(issue, known)| issue.adds_to(known))
        })
    }

    fn fate(&self, place: usize, before: &Counting, now: &Counting) -> Fate {
        let stands = Self::stands(place, now);
        let is_copy = stands != place && (stands >= self.known || before.counts.contains(&stands));
        let is_known = self.same(place).is_some() && (!self.adds(place) || is_copy);
        if now.nobodys.contains(&place) {
            Fate::Nobodys
        } else if is_known {
            Fate::Known
        } else if now.undecided.iter().flatten().any(|open| *open == stands) {
            Fate::Undecided
        } else {
            let beaten = now.beaten.iter().find(|(beaten, _)| *beaten == stands);
            beaten.map_or(Fate::Counts, |(_, by)| Fate::Beaten(*by))
        }
    }

    /// Those that counted before and don't beside this one, or beside what says the same.
    fn displaced(&self, stands: usize, place: usize, before: &Counting, now: &Counting) -> Vec<&MonthBill> {
        let by_it = |known: &usize| {
            now.beaten.iter().any(|(beaten, by)| beaten == known && (*by == place || *by == stands))
        };
        before.counts.iter().filter(|known| by_it(known)).filter_map(|known| self.bills.get(*known)).collect()
    }

    /// The payers of the month.
    fn payers(&self) -> Vec<String> {
        let payers: BTreeSet<_> = self.bills.iter().filter_map(|bill| bill.payer.clone()).collect();
        payers.into_iter().collect()
    }
}

/// The months that came, with what was there of each.
fn months(to: &Destination<'_>, came: Vec<MonthBill>) -> Result<Vec<Month>, AppError> {
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    for bill in &came {
        months.entry(bill.month).or_insert_with(|| Month {
            first_day: bill.month,
            bills: Vec::new(),
            known: 0,
            unreadable: Vec::new(),
            is_wanted: false,
        });
    }
    for kept in to.writing.bills(to.account)? {
        match kept {
            KeptBill::Whole(bill) => {
                if let Some(of) = months.get_mut(&bill.month) {
                    match read(bill.clone()) {
                        Some(bill) => of.bills.push(bill),
                        None => of.unreadable.push(bill.payer),
                    }
                }
            }
            KeptBill::Unreadable { months: can_be, payer, .. } => {
                let is_one = can_be.len() == 1;
                for month in can_be {
                    let Some(of) = months.get_mut(&month) else { continue };
                    of.is_wanted |= payer.is_none();
                    if is_one {
                        of.unreadable.push(payer.clone());
                    }
                }
            }
        }
    }
    for of in months.values_mut() {
        of.known = of.bills.len();
    }
    for bill in came {
        if let Some(of) = months.get_mut(&bill.month) {
            of.bills.push(bill);
        }
    }
    Ok(months.into_values().collect())
}

/// Whether two can be of one payer, as far as they say.
fn can_be_of_one_payer(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(account) == other.map(account) || one.is_none() || other.is_none()
}

/// What is written and said of a month, and what the bills that count now come to.
struct Appending<'a> {
    to: &'a Destination<'a>,
    view: &'a mut ImportView,
    costs: Vec<Option<Cost>>,
}

/// Appends what is new: a bill that says the same as one that is there is known. A later issue takes the place of the
/// earlier one of its payer's month; which is the later one, [`counting`] says, and never what came first.
pub(super) fn append(
    to: &Destination<'_>,
    came: Vec<MonthBill>,
    view: &mut ImportView,
) -> Result<(), AppError> {
    let mut is_chosen = false;
    let mut appending = Appending { to, view, costs: Vec::new() };
    // Of an issue of which no row could be read nothing is known, least of all that it comes to nothing.
    let is_known = |bill: &MonthBill| {
        !bill.lines.is_empty() || bill.issue.as_ref().is_none_or(|issue| issue.unread == 0)
    };
    let missing = Issue::missing_parts(came.iter().filter_map(|bill| bill.issue.as_ref()));
    let (came, unknown): (Vec<_>, Vec<_>) = came.into_iter().partition(is_known);
    for from in unknown.into_iter().filter_map(|bill| Some(bill.issue?.from)).collect::<BTreeSet<_>>() {
        appending
            .view
            .skipped
            .push(SkippedFile { path: shown(Path::new(&from)), reason: say!("issue-unread") });
    }
    for mut of in months(to, came)? {
        // What an older version kept without an issue gives its place up to any issue of its payer.
        let (old, known): (Vec<_>, Vec<_>) =
            of.bills.drain(..of.known).partition(|bill| bill.issue.is_none());
        let mut came = std::mem::take(&mut of.bills);
        // Where nothing of Kiro's was billed, nothing was billed before, either.
        let billed = old.iter().chain(&known).chain(&came).filter(|bill| !bill.lines.is_empty());
        let billed: BTreeSet<_> = billed.map(|bill| bill.payer.clone()).collect();
        came.retain(|bill| !bill.lines.is_empty() || billed.contains(&bill.payer));
        of.known = known.len();
        of.bills = known.into_iter().chain(came).collect();
        if let Some(chosen) = to.issue {
            is_chosen |= choose(&mut of, chosen);
        }
        appending.month(&of, &old)?;
    }
    if let Some(path) = to.issue.filter(|_| !is_chosen) {
        return Err(AppError::new(ErrorCode::Outside, say!("no-issue-there", path)));
    }
    let Appending { view, costs, .. } = appending;
    if !costs.is_empty() {
        view.amount = bill::sum(costs).map(|amount| ImportAmount {
            unit: Unit::Dollars,
            value: amount.to_string(),
            // What is missing can be a credit or a refund: it is neither the least nor the most.
            at_least: false,
            without: without(view.bad, missing),
        });
    }
    Ok(())
}

impl Appending<'_> {
    fn month(&mut self, of: &Month, old: &[MonthBill]) -> Result<(), AppError> {
        let before = of.counting(of.known);
        let now = of.counting(of.bills.len());
        let named = of.first_day.format("%Y-%m").to_string();
        let mut open = BTreeSet::new();
        let mut leading = BTreeSet::new();
        for (place, bill) in of.bills.iter().enumerate().skip(of.known) {
            let kept = || kept_bill(bill);
            let from = bill.issue.as_ref().map(|issue| issue.from.clone()).unwrap_or_default();
            let stands = Month::stands(place, &now);
            let fate = of.fate(place, &before, &now);
            let group = now.undecided.iter().find(|group| group.contains(&stands));
            if let Some(group) = group.filter(|group| open.insert(*group)) {
                let issues = group.iter().filter_map(|place| of.bills.get(*place));
                let issues = issues.map(issue).collect::<Result<_, _>>()?;
                self.view.bills.push(BillNews::Undecided { month: named.clone(), issues });
            }
            match fate {
                Fate::Nobodys => self.view.bills.push(BillNews::Refused {
                    month: named.clone(),
                    payers: of.payers(),
                    amount: in_dollars(bill)?.map(|amount| amount.to_string()),
                }),
                Fate::Known => {
                    self.view.known = self.view.known.saturating_add(1);
                    // A bill of each month that a lost one can be of is kept: it ends once all of them came again.
                    if of.adds(place) || of.is_wanted {
                        self.to.writing.append_bill(self.to.account, &kept()?, self.to.now)?;
                    }
                }
                Fate::Beaten(by) => {
                    let Some(leads) = of.bills.get(by) else { continue };
                    self.view.bills.push(BillNews::Older {
                        month: named.clone(),
                        issue: issue(bill)?,
                        leads: issue(leads)?,
                    });
                    // Without the latest issue of its export an earlier one would count again.
                    if !now.outdated.contains(&stands) {
                        self.to.writing.append_bill(self.to.account, &kept()?, self.to.now)?;
                    }
                }
                Fate::Undecided => {
                    self.to.writing.append_bill(self.to.account, &kept()?, self.to.now)?;
                }
                Fate::Counts => {
                    let mut displaced = of.displaced(stands, place, &before, &now);
                    displaced.extend(
                        old.iter()
                            .filter(|old| can_be_of_one_payer(old.payer.as_deref(), bill.payer.as_deref())),
                    );
                    // Another export, which has nothing of Kiro's, says nothing of a bill.
                    if bill.lines.is_empty() && displaced.is_empty() {
                        continue;
                    }
                    leading.extend([place, stands]);
                    self.counts(of, bill, &displaced, &from)?;
                    self.to.writing.append_bill(self.to.account, &kept()?, self.to.now)?;
                }
            }
        }
        self.outdone(of, &before, &now, &leading)
    }

    /// Says which bills counted and don't any more beside another that was there, too: the one that outdid them came.
    fn outdone(
        &mut self,
        of: &Month,
        before: &Counting,
        now: &Counting,
        leading: &BTreeSet<usize>,
    ) -> Result<(), AppError> {
        let is_untold = |(beaten, by): &&(usize, usize)| {
            before.counts.contains(beaten) && *by < of.known && !leading.contains(by)
        };
        let beaten = now.beaten.iter().filter(is_untold);
        let bills = beaten.filter_map(|(beaten, by)| of.bills.get(*beaten).zip(of.bills.get(*by)));
        for (beaten, leads) in bills {
            let month = of.first_day.format("%Y-%m").to_string();
            let (issue, leads) = (issue(beaten)?, issue(leads)?);
            self.view.bills.push(BillNews::Older { month, issue, leads });
        }
        Ok(())
    }

    /// What is said of a bill that counts now, and of those whose place it takes.
    fn counts(
        &mut self,
        of: &Month,
        bill: &MonthBill,
        displaced: &[&MonthBill],
        from: &str,
    ) -> Result<(), AppError> {
        let month = of.first_day.format("%Y-%m").to_string();
        let amount = in_dollars(bill)?.map(|amount| amount.to_string());
        if displaced.iter().any(|known| known.lines == bill.lines) {
            self.view.known = self.view.known.saturating_add(1);
            return Ok(());
        }
        self.view.added = self.view.added.saturating_add(1);
        self.costs.extend(bill.lines.iter().filter(|line| line.kind.is_before_tax()).map(cost));
        let unreadable =
            of.unreadable.iter().any(|payer| can_be_of_one_payer(payer.as_deref(), bill.payer.as_deref()));
        let payer = bill.payer.clone().or_else(|| displaced.first().and_then(|known| known.payer.clone()));
        let from = from.to_owned();
        self.view.bills.push(if displaced.is_empty() && !unreadable {
            BillNews::New { month: month.clone(), payer, amount, from }
        } else {
            let lines: Vec<_> = displaced.iter().flat_map(|known| &known.lines).collect();
            // What is too large to be added isn't known either.
            let before = sum_in_dollars(of.first_day, &lines).ok().flatten().filter(|_| !unreadable);
            let before = before.map(|before| before.to_string());
            BillNews::Replaced { month: month.clone(), payer, unreadable, before, amount, from }
        });
        for note in left_out(bill) {
            if let ChargeNote::BillInCurrency { currency, amount } = note {
                let month = month.clone();
                self.view.bills.push(BillNews::Currency { month, currency, amount });
            }
        }
        Ok(())
    }
}

/// Marks what the owner chose: what was read at this place, now or before. Whether there is anything.
fn choose(of: &mut Month, chosen: &Path) -> bool {
    let mut is_there = false;
    let chosen = std::path::absolute(chosen).unwrap_or_else(|_| chosen.to_owned());
    let is_it = |issue: &Issue| {
        let from = std::path::absolute(&issue.from).unwrap_or_default();
        from.starts_with(&chosen) || chosen.starts_with(&from)
    };
    for issue in of.bills.iter_mut().skip(of.known).filter_map(|bill| bill.issue.as_mut()) {
        issue.chosen = is_it(issue);
        is_there |= issue.chosen;
    }
    if !is_there {
        // One that was imported before is kept once more, as the one that was chosen.
        let known = of.bills.iter().take(of.known).filter(|bill| bill.issue.as_ref().is_some_and(is_it));
        let again: Vec<_> = known.cloned().collect();
        is_there = !again.is_empty();
        of.bills.extend(again.into_iter().map(|mut bill| {
            bill.issue.iter_mut().for_each(|issue| issue.chosen = true);
            bill
        }));
    }
    // Last, so that it takes the place of those that come with it.
    if let Some(came) = of.bills.get_mut(of.known..) {
        came.sort_by_key(|bill| bill.issue.as_ref().is_some_and(|issue| issue.chosen));
    }
    is_there
}
