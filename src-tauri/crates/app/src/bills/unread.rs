//! Issues of bills of which no row could be read: nothing is known of them but that they are there.

use headroom_sources::aws::{Issue, MonthBill};

/// Whether of a bill no row could be read.
pub(crate) fn is_unread(bill: &MonthBill) -> bool {
    bill.lines.is_empty() && bill.issue.as_ref().is_some_and(|issue| issue.unread > 0)
}

/// The bills of a month, as they were kept, apart from those of which no row could be read and of which nothing came after that
/// tells what they say: another of the same place or payer. An issue that another one came after by itself is none of them.
pub(crate) fn split(kept: Vec<MonthBill>) -> (Vec<MonthBill>, Vec<MonthBill>) {
    let (mut bills, mut open): (Vec<MonthBill>, Vec<MonthBill>) = (Vec::new(), Vec::new());
    for bill in kept {
        if is_unread(&bill) {
            open.retain(|lost| !is_the_same(lost, &bill));
            open.push(bill);
        } else {
            open.retain(|lost| !is_told_by(lost, &bill));
            bills.push(bill);
        }
    }
    open.retain(|lost| !bills.iter().any(|bill| is_before(lost, bill)));
    (bills, open)
}

/// Whether both are of the same payer's month, of the same place where none of them names one.
fn is_the_same(lost: &MonthBill, other: &MonthBill) -> bool {
    let label = |bill: &MonthBill| bill.issue.as_ref().map(|issue| issue.label.clone());
    let is_of_it = lost.payer == other.payer && (lost.payer.is_some() || label(lost) == label(other));
    lost.month == other.month && is_of_it
}

fn is_told_by(lost: &MonthBill, bill: &MonthBill) -> bool {
    let is_of_its_place =
        |lost: &Issue, issue: &Issue| lost.label == issue.label || of_one_export(lost, issue);
    let mut issues = lost.issue.iter().zip(&bill.issue);
    let is_of_its_payer = lost.payer.is_some() && lost.payer == bill.payer;
    let is_it = is_of_its_payer || issues.any(|(lost, issue)| is_of_its_place(lost, issue));
    lost.month == bill.month && is_it
}

fn of_one_export(lost: &Issue, issue: &Issue) -> bool {
    !lost.family.is_empty() && lost.family == issue.family
}

/// Whether a bill is of a later issue of the same export's month.
fn is_before(lost: &MonthBill, bill: &MonthBill) -> bool {
    let mut issues = lost.issue.iter().zip(&bill.issue);
    let is_later = |(lost, issue): (&Issue, &Issue)| {
        of_one_export(lost, issue) && lost.at.zip(issue.at).is_some_and(|(lost, later)| lost < later)
    };
    lost.month == bill.month && issues.any(is_later)
}
