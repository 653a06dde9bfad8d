//! Bills that lay beside others and are damaged.

use chrono::NaiveDate;
use headroom_sources::aws::{Issue, LostIssue, MonthBill};
use std::collections::{BTreeMap, BTreeSet};

/// How many bills lay beside those of each month, as they were kept, that nobody could read, and that weren't read since: by their
/// places, or as the bill of a payer who came after.
pub(super) fn lost(all: &BTreeMap<NaiveDate, Vec<MonthBill>>) -> BTreeMap<NaiveDate, u32> {
    let mut of_months: BTreeMap<NaiveDate, BTreeSet<&LostIssue>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (month, kept) in all {
        let lost = of_months.entry(*month).or_default();
        let mut payers = BTreeSet::new();
        for bill in kept {
            if payers.insert(&bill.payer) {
                found.extend(lost.pop_first());
            }
            lost.extend(bill.issue.iter().flat_map(|issue| &issue.beside));
        }
    }
    let issues = || all.values().flatten().filter_map(|bill| Some((bill.issue.as_ref()?, bill.month)));
    // What can be of several months is found in one of them.
    let is_there = |lost: &&&LostIssue| {
        !found.contains(*lost) && !issues().any(|(issue, month)| lost.is_told_by(issue, month))
    };
    let count = |lost: BTreeSet<&LostIssue>| lost.iter().filter(is_there).count();
    of_months
        .into_iter()
        .map(|(month, lost)| (month, u32::try_from(count(lost)).unwrap_or(u32::MAX)))
        .collect()
}

/// Whether of what says the same all is of issues that others came after: once it was known of an issue, it is.
pub(super) fn is_elder(issues: &[&Issue]) -> bool {
    let is_it = |issue: &Issue| issue.outdone.is_some() || issue.current == Some(false);
    let is_known = |issue: &Issue| issues.iter().any(|elder| is_it(elder) && elder.label == issue.label);
    let is_outdone =
        |issue: &Issue| issues.iter().any(|elder| elder.outdone.is_some() && elder.label == issue.label);
    let is_the_latest = |issue: &&Issue| issue.current == Some(true) && !is_outdone(issue);
    !issues.is_empty() && !issues.iter().any(is_the_latest) && issues.iter().all(|issue| is_known(issue))
}
