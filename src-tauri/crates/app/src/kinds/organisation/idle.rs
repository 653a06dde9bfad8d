//! Licences that are paid for and not used (rule F8).

use super::month::is_at_the_weekend;
use super::users::Emails;
use crate::answers::{IdleBy, IdleLicence};
use crate::bills;
use chrono::NaiveDate;
use headroom_billing::bill::sums_by;
use headroom_exact::{Money, Month, StatedCredits};
use headroom_sources::aws::{BillLine, LineKind, MonthBill};
use headroom_sources::kiro::activity_report::ActivityRow;
use std::collections::BTreeSet;

/// By what licences on the bill of a month are known to be idle, of the reports of that month and of so many rows of them that
/// couldn't be read; and whether that is enough to take somebody out. A day of which the reports have no row may be one on which
/// nobody worked, as most Saturdays and Sundays are, or one of which the report wasn't imported.
pub(super) fn known_by(month: Month, rows: &[ActivityRow], unread: &[(NaiveDate, u32)]) -> (IdleBy, bool) {
    let reported: BTreeSet<_> = rows.iter().map(|row| row.date).collect();
    let days = month.first_date().iter_days().take_while(|day| *day <= month.last_date());
    let mut left_out = days.filter(|day| !reported.contains(day)).peekable();
    match (rows, unread) {
        ([], _) => (IdleBy::Bill, false),
        (_, []) if left_out.peek().is_none() => (IdleBy::Reports, true),
        (_, []) => (IdleBy::ReportedDays, left_out.all(is_at_the_weekend)),
        _ => (IdleBy::ReadReports, false),
    }
}

/// Who has a licence on the bill, no credits on it, and none in the reports of its month; with what they cost. Credits
/// within a tier don't always stand on a bill: where none do and there are no reports, nobody can be said to be idle.
pub(super) fn idle(bill: &MonthBill, rows: &[ActivityRow], emails: &Emails<'_>) -> Vec<IdleLicence> {
    let named = |line: &&BillLine| !line.user.is_empty();
    let with_credits = bill.lines.iter().filter(named).filter(|line| line.kind == LineKind::Credits);
    // Credits that aren't said may be any.
    let in_reports = rows.iter().filter(|row| row.credits.is_none_or(StatedCredits::is_positive));
    let active: BTreeSet<&str> =
        with_credits.map(|line| line.user.as_str()).chain(in_reports.map(|row| &*row.user)).collect();
    if active.is_empty() && rows.is_empty() {
        return Vec::new();
    }
    let licences = bill.lines.iter().filter(named);
    let licences = licences.filter(|line| matches!(line.kind, LineKind::Subscription(_)));
    let idle: BTreeSet<&str> =
        licences.map(|line| line.user.as_str()).filter(|user| !active.contains(user)).collect();
    let lines =
        bill.lines.iter().filter(|line| idle.contains(line.user.as_str()) && line.kind.is_before_tax());
    let billed = sums_by(lines.map(|line| (line.user.as_str(), bills::cost(line))));
    let licence = |(user, billed): (&str, Option<_>)| IdleLicence {
        id: user.to_owned(),
        name: None,
        email: emails.get(user).map(|email| (*email).to_owned()),
        billed: billed.map(|billed: Money| billed.to_string()),
    };
    // Fee and refund alike are no licence any more.
    let paid = billed.into_iter().filter(|(_, billed)| billed.is_none_or(Money::is_positive));
    paid.map(licence).collect()
}
