//! What lay beside bills and is damaged: nobody knows what it says, and the bills that it may be beside say so.

use super::form::MonthBill;
use super::issue::LostIssue;
use super::label::Label;
use crate::files::table_file::ReadError;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// So many issues are named beside a bill.
const MOST_BESIDE: usize = 32;

/// What was found beside what counts.
#[derive(Default)]
pub(super) struct Damage {
    /// The first file of it, and how.
    pub first: Option<ReadError>,
    /// The issues of which nothing could be read.
    pub lost: Lost,
    /// The files that were read, and whether a row of Kiro's stands in their issue.
    pub read: Vec<(PathBuf, bool)>,
}

impl Damage {
    /// Whether something was read of what was given, and none of it is Kiro's.
    pub fn has_none_of_kiro(&self, given: &Path) -> bool {
        let mut of_it = self.read.iter().filter(|(file, _)| file.starts_with(given)).peekable();
        of_it.peek().is_some() && of_it.all(|(_, has_some)| !has_some)
    }
}

/// Issues of bills of which nothing could be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lost(Vec<Label>);

impl Lost {
    pub(super) fn extend(&mut self, issues: impl IntoIterator<Item = Label>) {
        self.0.extend(issues);
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Marks the bills of which a later issue lies there that nobody could read.
    pub(super) fn outdates(&self, bills: &mut [MonthBill]) {
        for issue in bills.iter_mut().filter_map(|bill| bill.issue.as_mut()) {
            let later = self.0.iter().filter(|lost| lost.is_later_than(issue)).filter_map(|lost| lost.at);
            issue.outdone = issue.outdone.max(later.max());
        }
    }

    /// Says at the bills of a month what lay beside them of it: a payer's bill of whom nothing else was read. One of an export of
    /// which another issue could be read is no bill of its own.
    pub(super) fn lies_beside(&self, bills: &mut [MonthBill]) {
        let months: BTreeSet<_> = bills.iter().map(|bill| bill.month).collect();
        for month in months {
            let may_be_of_it = |lost: &&Label| lost.month().is_none_or(|its| its == month);
            let of_month = self.untold(month, bills, may_be_of_it);
            for issue in bills.iter_mut().filter(|bill| bill.month == month) {
                if let Some(issue) = &mut issue.issue {
                    issue.beside = of_month.iter().take(MOST_BESIDE).cloned().collect();
                }
            }
        }
    }

    /// Those that can be of a month and of which none of its bills tells.
    fn untold(
        &self,
        month: NaiveDate,
        bills: &[MonthBill],
        may_be_of_it: impl Fn(&&Label) -> bool,
    ) -> Vec<LostIssue> {
        let of_month = bills.iter().filter(|bill| bill.month == month);
        let issues: Vec<_> = of_month.filter_map(|bill| bill.issue.as_ref()).collect();
        let lost = self.0.iter().filter(may_be_of_it);
        let lost = lost.map(|lost| LostIssue {
            label: lost.same.clone(),
            family: lost.family.clone(),
            month: lost.month(),
        });
        lost.filter(|lost| {
            !issues.iter().any(|issue| lost.is_told_by(issue, month) || issue.beside.contains(lost))
        })
        .collect()
    }

    /// The bills that were known before and of which this says something new, each with that: that a later issue of it lies there,
    /// or, of a month of which nothing came, that another bill does.
    pub fn tells_of(&self, known: &[MonthBill], came: &BTreeSet<NaiveDate>) -> Vec<MonthBill> {
        let mut marked = known.to_vec();
        self.outdates(&mut marked);
        let months: BTreeSet<_> = known.iter().map(|bill| bill.month).collect();
        for month in months.difference(came) {
            let beside = self.untold(*month, known, |lost| lost.month() == Some(*month));
            let last = marked.iter_mut().rfind(|bill| bill.month == *month && bill.issue.is_some());
            if let Some(issue) = last.and_then(|bill| bill.issue.as_mut()) {
                issue.beside.extend(beside.into_iter().take(MOST_BESIDE.saturating_sub(issue.beside.len())));
            }
        }
        // What stands for an issue is what was kept of it last.
        let mut seen = BTreeSet::new();
        let mut told: Vec<_> = marked
            .into_iter()
            .zip(known)
            .rev()
            .filter(|(_, known)| {
                let label = known.issue.as_ref().map(|issue| issue.label.clone());
                seen.insert((known.month, known.payer.clone(), label))
            })
            .filter(|(marked, known)| marked != *known)
            .map(|(marked, _)| marked)
            .collect();
        told.reverse();
        told
    }
}
