//! The bills of a month as they were and as they come: what each one becomes, and which the owner chose.

use crate::bills::{in_dollars, read, split};
use crate::error::AppError;
use crate::imports::import::Destination;
use crate::imports::wanted::IssueChoice;
use chrono::NaiveDate;
use headroom_sources::aws::{Counting, MonthBill, account, counting, says_the_same, tells_deductions_apart};
use headroom_store::table::bills::KeptBill;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The bills of a month: what was there, then what came.
pub(super) struct Month {
    pub(super) first_day: NaiveDate,
    pub(super) bills: Vec<MonthBill>,
    /// So many of them were there.
    pub(super) known: usize,
    /// Of bills that can't be read and of which the month is known: whose.
    pub(super) unreadable: Vec<Option<String>>,
    /// Whether a bill is lost that can be of this month.
    pub(super) is_wanted: bool,
}

/// What becomes of a bill that came.
pub(super) enum Fate {
    /// It says what one says that was there.
    Known,
    Counts,
    /// Another, at this place, leads.
    Beaten(usize),
    Undecided,
    Nobodys,
}

impl Month {
    pub(super) fn counting(&self, until: usize) -> Counting {
        counting(&self.bills.iter().take(until).collect::<Vec<_>>())
    }

    /// The one that was there and says the same.
    pub(super) fn same(&self, place: usize) -> Option<&MonthBill> {
        let bill = self.bills.get(place)?;
        self.bills.iter().take(place).find(|known| {
            says_the_same(known, bill)
                && (known.payer == bill.payer || known.payer.is_none() || bill.payer.is_none())
        })
    }

    /// The place of the one that stands for those that say the same as this.
    pub(super) fn stands(place: usize, counting: &Counting) -> usize {
        counting.copies.iter().find(|(copy, _)| *copy == place).map_or(place, |(_, for_it)| *for_it)
    }

    /// Whether one tells more than what was there and says the same: its payer, or which issue it is.
    pub(super) fn adds(&self, place: usize) -> bool {
        self.bills.get(place).zip(self.same(place)).is_some_and(|(bill, known)| {
            let issues = bill.issue.as_ref().zip(known.issue.as_ref());
            (known.payer.is_none() && bill.payer.is_some())
                || tells_deductions_apart(bill, known)
                || issues.is_some_and(|(issue, known)| issue.adds_to(known))
        })
    }

    pub(super) fn fate(&self, place: usize, before: &Counting, now: &Counting) -> Fate {
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

    /// Those of them that don't count beside this one, or beside what says the same.
    pub(super) fn beaten_by<'b>(
        &'b self,
        (place, stands): (usize, usize),
        of: impl Iterator<Item = &'b usize>,
        now: &Counting,
    ) -> Vec<&'b MonthBill> {
        let by_it = |known: &usize| {
            now.beaten.iter().any(|(beaten, by)| beaten == known && (*by == place || *by == stands))
        };
        of.filter(|known| by_it(known)).filter_map(|known| self.bills.get(*known)).collect()
    }

    /// Whether what says the same as this counted already: then it says more of what is known, or says it again.
    pub(super) fn counted(&self, stands: usize, before: &Counting, now: &Counting) -> bool {
        let said = (0..self.known).filter(|known| Self::stands(*known, now) == stands);
        said.map(|known| Self::stands(known, before)).any(|known| before.counts.contains(&known))
    }

    /// The payers of the month.
    pub(super) fn payers(&self) -> Vec<String> {
        let payers: BTreeSet<_> = self.bills.iter().filter_map(|bill| bill.payer.clone()).collect();
        payers.into_iter().collect()
    }
}

/// The months that came, with what was there of each; of these no row could be read again.
pub(super) fn months(
    to: &Destination<'_>,
    came: Vec<MonthBill>,
    again: &[MonthBill],
) -> Result<Vec<Month>, AppError> {
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
        let (bills, unread) = split(std::mem::take(&mut of.bills));
        // One of which no row could be read is told by what comes now, unless it comes again as it was.
        of.is_wanted |= unread.iter().any(|lost| !again.contains(lost));
        (of.known, of.bills) = (bills.len(), bills);
    }
    for bill in came {
        if let Some(of) = months.get_mut(&bill.month) {
            of.bills.push(bill);
        }
    }
    Ok(months.into_values().collect())
}

/// Whether two can be of one payer, as far as they say.
pub(super) fn can_be_of_one_payer(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(account) == other.map(account) || one.is_none() || other.is_none()
}

/// Where it was read; nothing of one that an older version kept without.
pub(super) fn from(bill: &MonthBill) -> String {
    bill.issue.as_ref().map(|issue| issue.from.clone()).unwrap_or_default()
}

/// Whether a bill comes to this, as it is shown.
fn comes_to(bill: &MonthBill, amount: Option<&str>) -> bool {
    in_dollars(bill).is_ok_and(|its| its.map(|its| its.to_string()).as_deref() == amount)
}

/// Marks what the owner chose: what was read at those places, now or before. Those of the choices of which there is anything.
pub(super) fn choose<'c>(of: &mut Month, choices: &'c [IssueChoice<'c>]) -> Vec<&'c IssueChoice<'c>> {
    let month = headroom_exact::Month::of_date(of.first_day);
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let choices = choices.iter().filter(|choice| choice.month.is_none_or(|its| its == month));
    let choices: Vec<_> = choices.map(|choice| (choice, absolute(choice.path))).collect();
    let is_it = |bill: &MonthBill, (choice, chosen): &(&IssueChoice<'_>, PathBuf)| {
        let from = std::path::absolute(from(bill)).unwrap_or_default();
        let is_its = choice.payer.is_none_or(|payer| bill.payer.as_deref() == Some(&*account(payer)));
        let is_that = choice.amount.is_none_or(|amount| comes_to(bill, amount));
        is_its && is_that && bill.issue.is_some() && (from.starts_with(chosen) || chosen.starts_with(&from))
    };
    for bill in of.bills.iter_mut().skip(of.known) {
        let is_chosen = choices.iter().any(|choice| is_it(bill, choice));
        bill.issue.iter_mut().for_each(|issue| issue.chosen = is_chosen);
    }
    let mut found = Vec::new();
    for choice in &choices {
        let (known, came) = of.bills.split_at(of.known.min(of.bills.len()));
        let is_there = came.iter().any(|bill| is_it(bill, choice));
        // One that was imported before is kept once more, as the one that was chosen.
        let again = known.iter().filter(|bill| !is_there && is_it(bill, choice));
        let again: Vec<_> = again.cloned().collect();
        if is_there || !again.is_empty() {
            found.push(choice.0);
        }
        of.bills.extend(again.into_iter().map(|mut bill| {
            bill.issue.iter_mut().for_each(|issue| {
                issue.chosen = true;
                issue.beside.clear();
            });
            bill
        }));
    }
    // Last, so that it takes the place of those that come with it.
    if let Some(came) = of.bills.get_mut(of.known..) {
        came.sort_by_key(|bill| bill.issue.as_ref().is_some_and(|issue| issue.chosen));
    }
    found
}
