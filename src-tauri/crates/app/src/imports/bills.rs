//! What an import makes of bills: which of them are new, what takes whose place, and what is said of it.

mod month;

use crate::answers::{BillNews, ChargeNote, ImportAmount, ImportView, SkippedFile, Unit, shown};
use crate::bills::{
    Undecided, cost, in_dollars, is_unread, issue, kept_bill, left_out, read, split, sum_in_dollars, without,
};
use crate::error::{AppError, ErrorCode};
use crate::imports::import::Destination;
use crate::imports::wanted::IssueChoice;
use chrono::NaiveDate;
use headroom_billing::bill;
use headroom_exact::{Cost, say};
use headroom_sources::aws::{Counting, Issue, Lost, MonthBill, says_the_same};
use headroom_store::table::bills::KeptBill;
use month::{Fate, Month, can_be_of_one_payer, choose, from, months};
use std::collections::BTreeSet;
use std::path::Path;

/// What is written and said of a month, and what the bills that count now come to.
struct Appending<'a> {
    to: &'a Destination<'a>,
    view: &'a mut ImportView,
    costs: Vec<Option<Cost>>,
}

/// Appends what is new: a bill that says the same as one that is there is known. A later issue takes the place of the
/// earlier one of its payer's month; which is the later one, [`Counting`] says, and never what came first. So many files were lost
/// of which no bill says so.
pub(super) fn append(
    to: &Destination<'_>,
    came: Vec<MonthBill>,
    (lost, damaged): (u32, &Lost),
    view: &mut ImportView,
) -> Result<(), AppError> {
    let mut unfound: Vec<&IssueChoice<'_>> = to.issues.iter().collect();
    let mut appending = Appending { to, view, costs: Vec::new() };
    // Of an issue of which no row could be read nothing is known, least of all that it comes to nothing.
    let of_months: BTreeSet<_> = came.iter().map(|bill| bill.month).collect();
    let missing =
        Issue::missing_parts(came.iter().filter_map(|bill| bill.issue.as_ref())).saturating_add(lost);
    let (unread, came): (Vec<_>, Vec<_>) = came.into_iter().partition(is_unread);
    for from in unread.iter().filter_map(|bill| Some(&bill.issue.as_ref()?.from)).collect::<BTreeSet<_>>() {
        appending.view.skipped.push(SkippedFile::unread(shown(Path::new(from)), say!("issue-unread")));
    }
    for mut of in months(to, came, &unread)? {
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
        let found = choose(&mut of, to.issues);
        unfound.retain(|choice| !found.contains(choice));
        appending.month(&of, &old)?;
    }
    if let Some(&&IssueChoice { path, month, payer, .. }) = unfound.first() {
        let is_any = month.is_none() && payer.is_none();
        let said = if is_any { say!("no-issue-there", path) } else { say!("no-issue-of-it-there", path) };
        return Err(AppError::new(ErrorCode::Outside, said));
    }
    let Appending { view, costs, .. } = appending;
    lacking(to, &unread, (damaged, &of_months))?;
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

/// Keeps what is known of bills that nobody could read: that they are there, until something tells what they say.
fn lacking(
    to: &Destination<'_>,
    unread: &[MonthBill],
    (damaged, came): (&Lost, &BTreeSet<NaiveDate>),
) -> Result<(), AppError> {
    if unread.is_empty() && damaged.is_empty() {
        return Ok(());
    }
    let whole = |kept| if let KeptBill::Whole(bill) = kept { read(bill) } else { None };
    let kept: Vec<_> = to.writing.bills(to.account)?.into_iter().filter_map(whole).collect();
    let (_, open) = split(kept.clone());
    let told: Vec<_> = kept.into_iter().filter(|bill| !is_unread(bill)).collect();
    let new = unread.iter().filter(|bill| !open.contains(bill)).cloned();
    for bill in new.chain(damaged.tells_of(&told, came)) {
        to.writing.append_bill(to.account, &kept_bill(&bill)?, to.now)?;
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
            let stands = Month::stands(place, &now);
            let fate = of.fate(place, &before, &now);
            let group = now.undecided.iter().find(|group| group.contains(&stands));
            if let Some(group) = group.filter(|group| open.insert(*group)) {
                let Undecided { payer, issues } = Undecided::of(group, &of.bills)?;
                self.view.bills.push(BillNews::Undecided { month: named.clone(), payer, issues });
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
                    let mut displaced = of.beaten_by((place, stands), before.counts.iter(), &now);
                    displaced.extend(
                        old.iter()
                            .filter(|old| can_be_of_one_payer(old.payer.as_deref(), bill.payer.as_deref())),
                    );
                    let open = before.undecided.iter().flatten();
                    let others = of.beaten_by((place, stands), open, &now);
                    // Another export, which has nothing of Kiro's, says nothing of a bill.
                    if bill.lines.is_empty() && displaced.is_empty() && others.is_empty() {
                        continue;
                    }
                    leading.extend([place, stands]);
                    if !others.is_empty() {
                        let is_known = of.same(place).is_some();
                        self.decided(of, bill, is_known, displaced.into_iter().chain(others))?;
                    } else if displaced.is_empty() && of.counted(stands, &before, &now) {
                        self.view.known = self.view.known.saturating_add(1);
                    } else {
                        self.counts(of, bill, &displaced)?;
                    }
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
    fn counts(&mut self, of: &Month, bill: &MonthBill, displaced: &[&MonthBill]) -> Result<(), AppError> {
        let month = of.first_day.format("%Y-%m").to_string();
        let amount = in_dollars(bill)?.map(|amount| amount.to_string());
        if displaced.iter().any(|known| known.lines == bill.lines || says_the_same(known, bill)) {
            self.view.known = self.view.known.saturating_add(1);
            return Ok(());
        }
        self.added(bill);
        let unreadable =
            of.unreadable.iter().any(|payer| can_be_of_one_payer(payer.as_deref(), bill.payer.as_deref()));
        let payer = bill.payer.clone().or_else(|| displaced.first().and_then(|known| known.payer.clone()));
        let from = from(bill);
        self.view.bills.push(if displaced.is_empty() && !unreadable {
            BillNews::New { month: month.clone(), payer, amount, from }
        } else {
            let lines: Vec<_> = displaced.iter().flat_map(|known| &known.lines).collect();
            // What is too large to be added isn't known either.
            let before = sum_in_dollars(of.first_day, &lines).ok().flatten().filter(|_| !unreadable);
            let before = before.map(|before| before.to_string());
            BillNews::Replaced { month: month.clone(), payer, unreadable, before, amount, from }
        });
        self.in_currencies(&month, bill);
        Ok(())
    }

    /// What is said of a bill that counts now, where nothing told before whether it or one of these does.
    fn decided<'b>(
        &mut self,
        of: &Month,
        bill: &MonthBill,
        is_known: bool,
        others: impl Iterator<Item = &'b MonthBill>,
    ) -> Result<(), AppError> {
        let month = of.first_day.format("%Y-%m").to_string();
        if is_known {
            self.view.known = self.view.known.saturating_add(1);
        } else {
            self.added(bill);
        }
        self.view.bills.push(BillNews::Decided {
            month: month.clone(),
            payer: bill.payer.clone(),
            amount: in_dollars(bill)?.map(|amount| amount.to_string()),
            from: from(bill),
            others: others.map(issue).collect::<Result<_, _>>()?,
        });
        self.in_currencies(&month, bill);
        Ok(())
    }

    /// Counts a month that is new.
    fn added(&mut self, bill: &MonthBill) {
        self.view.added = self.view.added.saturating_add(1);
        self.costs.extend(bill.lines.iter().filter(|line| line.kind.is_before_tax()).map(cost));
    }

    /// What of a bill is in no sum of dollars.
    fn in_currencies(&mut self, month: &str, bill: &MonthBill) {
        for note in left_out(bill) {
            if let ChargeNote::BillInCurrency { currency, amount } = note {
                self.view.bills.push(BillNews::Currency { month: month.to_owned(), currency, amount });
            }
        }
    }
}
