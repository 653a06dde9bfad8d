//! How an organisation stands: what its reports come to by the rules, and what AWS billed.

use super::explained;
use super::idle;
use super::left_out::LeftOut;
use super::month::{self, MonthCharge, OrganisationMonth};
use super::months;
use super::users::{self, Emails, Everybody};
use crate::account::{self, Stated};
use crate::answers::{AccountSummary, BillPart, ChargeNote, DifferenceView, IdleBy, IdleLicence, PayerView};
use crate::bills::{self, BilledMonth, Bills};
use crate::error::AppError;
use crate::identities::People;
use crate::reported;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::organisation::{ByTheEnd, ReportedMonth};
use headroom_exact::{Credits, Moment, Money, Month};
use headroom_sources::aws::LineKind;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use std::collections::BTreeSet;

/// What the reports of a month come to.
pub(super) struct Reported {
    /// Everything charged so far, without tax.
    pub month_to_date: Total<Money>,
    pub used: Total<Credits>,
    /// Credits beyond the tiers that are charged.
    pub overage: Total<Credits>,
    /// What the month comes to by its end, and whether that is the least it can be; none while it is too early to say, where
    /// nothing of it is known, and of a month that has ended.
    pub by_the_end: Option<(ByTheEnd, bool)>,
    pub left_out: LeftOut,
    pub notes: Vec<ChargeNote>,
    /// What was used day by day.
    pub by_day: ReportedMonth,
}

/// A month as AWS billed it, beside what the rules make of its reports.
pub(super) struct Billed {
    pub month: NaiveDate,
    /// None where nothing of it is in dollars.
    pub before_tax: Option<Money>,
    pub is_in_dollars: bool,
    pub parts: Vec<(BillPart, Money)>,
    pub tax: Money,
    pub computed: Total<Money>,
    pub payers: Vec<PayerView>,
    /// What the bill differs by from that.
    pub difference: Option<DifferenceView>,
    /// What is missing from `computed`.
    pub notes: Vec<ChargeNote>,
    pub users: usize,
    /// What that month's reports tell day by day; none without reports.
    pub by_day: Option<ReportedMonth>,
}

/// What the month before the one that is shown came to.
pub(super) struct Before {
    pub month: Month,
    pub computed: Total<Money>,
    /// Before tax; none where it isn't billed, or its bill can't be read.
    pub billed: Option<Money>,
    /// What its reports tell day by day; none without reports.
    pub by_day: Option<ReportedMonth>,
}

/// How an organisation stands, as far as its reports and its bills say.
pub(crate) struct Standing {
    pub(super) account: AccountSummary,
    /// Up to when the reports go; now where there are none.
    pub(super) as_of: Moment,
    pub(super) month: Month,
    /// Those that can be looked at, the one that is shown and the newest of the reports among them.
    pub(super) months: BTreeSet<Month>,
    /// Whether it is the newest that reports have, or now where there are none.
    pub(super) is_newest: bool,
    /// Whether the month that is shown has ended.
    pub(super) closed: bool,
    /// None without reports.
    pub(super) reported: Option<Reported>,
    pub(super) everybody: Everybody,
    /// Who they are.
    pub(super) people: People,
    /// The newest month that was billed, of a past month the newest by then; none where it can't be read.
    pub(super) bill: Option<Billed>,
    /// The month before the one that is shown; none where nothing is known of it.
    pub(super) before: Option<Before>,
    /// Licences on it that nobody used, as far as that is known.
    pub(super) idle: Vec<IdleLicence>,
    /// By what it is.
    pub(super) idle_by: IdleBy,
    pub(super) rows: usize,
    /// Rows whose credits aren't said.
    pub(super) unknown_credits: usize,
    pub(super) last_day: Option<NaiveDate>,
    /// The month from which a smaller tier counts that is chosen now (E5).
    pub(super) changes_from: Month,
}

impl Reported {
    fn of(month: &OrganisationMonth, has_ended: bool) -> Self {
        let current = month.current();
        Self {
            month_to_date: month.of_month(current.month_to_date),
            used: month.used(),
            overage: month.of_rows(current.overage()),
            by_the_end: month.by_the_end().filter(|_| !has_ended),
            left_out: month.left_out().clone(),
            notes: month.notes(),
            by_day: month.by_day().clone(),
        }
    }
}

impl Billed {
    fn of(
        of: &BilledMonth,
        store: &Store,
        id: AccountId,
        people: &People,
        now: Moment,
    ) -> Result<Self, AppError> {
        let bill = &of.whole;
        let charge = MonthCharge::reported(store, id, Month::of_date(bill.month))?;
        let kinds = [
            (BillPart::Subscriptions, |kind: &LineKind| matches!(kind, LineKind::Subscription(_))),
            (BillPart::Credits, |kind: &LineKind| matches!(kind, LineKind::Credits)),
            (BillPart::Discounts, LineKind::is_deduction),
            (BillPart::Other, |kind: &LineKind| matches!(kind, LineKind::Other(_))),
        ] as [(BillPart, fn(&LineKind) -> bool); 4];
        let mut parts = Vec::new();
        for (part, is_of) in kinds {
            if bill.lines.iter().any(|line| is_of(&line.kind)) {
                parts.push((part, bills::sum(bill, |line| is_of(&line.kind))?));
            }
        }
        let before_tax = bills::in_dollars(bill)?;
        let rounding = before_tax
            .and_then(|sum| headroom_billing::bill::rest(sum, parts.iter().map(|(_, amount)| *amount)));
        parts.extend(rounding.map(|rounding| (BillPart::Rounding, rounding)));
        let others = bill.lines.iter().filter(|line| line.kind.is_before_tax());
        let users: BTreeSet<_> = others.map(|line| &line.user).filter(|user| !user.is_empty()).collect();
        let computed = charge.before_tax();
        Ok(Self {
            payers: of.payers()?,
            difference: explained::shown(of, &charge, now, &|user| people.name(user))?,
            month: bill.month,
            before_tax,
            is_in_dollars: of.is_in_dollars(),
            parts,
            tax: bills::sum(bill, |line| line.kind == LineKind::Tax)?,
            computed,
            notes: charge.notes.into_iter().chain(of.left_out()).collect(),
            users: users.len(),
            by_day: charge.by_day,
        })
    }
}

impl Before {
    /// As far as reports and bills say.
    fn of(
        month: Month,
        bills: &Bills,
        newest: Option<&Billed>,
        store: &Store,
        id: AccountId,
    ) -> Result<Self, AppError> {
        // The bill beside the month is the month before's as a rule: that was computed already.
        let known = newest.filter(|bill| Month::of_date(bill.month) == month);
        let (computed, by_day) = if let Some(bill) = known {
            (bill.computed, bill.by_day.clone())
        } else {
            let charge = MonthCharge::reported(store, id, month)?;
            (charge.before_tax(), charge.by_day)
        };
        let bill = bills.months.get(&month.first_date());
        Ok(Self {
            month,
            computed,
            by_day,
            billed: bill.map(|bill| bills::in_dollars(&bill.whole)).transpose()?.flatten(),
        })
    }
}

impl Standing {
    /// Of an organisation, at the end of the last day of its reports.
    pub fn of(store: &Store, account: &Account, now: Moment) -> Result<Self, AppError> {
        Self::in_month(store, account, None, now)
    }

    /// Of an organisation, at the end of the last day that its reports have of a month; none is the newest they have.
    pub fn in_month(
        store: &Store,
        account: &Account,
        month: Option<Month>,
        now: Moment,
    ) -> Result<Self, AppError> {
        let id = account.id;
        let newest =
            months::last_reported_day(store, id, now)?.map_or_else(|| Month::of(now), Month::of_date);
        let month = month.unwrap_or(newest);
        let bills = bills::all(store, id)?;
        let mut months = months::known(store, id, &bills)?;
        let before = Some(month.plus(-1)).filter(|before| months.contains(before));
        months.extend([newest, month]);
        let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
        let unread = reported::unread::of(store, id, month.first_date(), month.last_date())?;
        let of_month = OrganisationMonth::of(&rows, &unread, month::terms())?;
        let closed = month.period().end <= now;
        let last_day = rows.iter().map(|row| row.date).max();
        let bill = bills.newest(Some(month).filter(|month| *month != newest)).cloned();
        let month_of = |bill: &BilledMonth| Month::of_date(bill.whole.month);
        // The bill's month may be an earlier one than that of the last report.
        let (of_bill, unread_of_bill) = match bill.as_ref().map(month_of).filter(|of_bill| *of_bill != month)
        {
            Some(of) => (
                reported::activity(store, id, of.first_date(), of.last_date())?,
                reported::unread::of(store, id, of.first_date(), of.last_date())?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        let is_of_month = bill.as_ref().is_some_and(|bill| month_of(bill) == month);
        let named = of_bill.iter().chain(&rows);
        let emails: Emails<'_> = named.filter_map(|row| Some((&*row.user, row.email.as_deref()?))).collect();
        let (of_bill, unread_of_bill) =
            if is_of_month { (&rows, &unread) } else { (&of_bill, &unread_of_bill) };
        let idle = bill.as_ref().map(|bill| idle::idle(&bill.whole, of_bill, &emails)).unwrap_or_default();
        let of_idle = bill.as_ref().map_or(month, month_of);
        let (idle_by, is_known) = idle::known_by(of_idle, of_bill, unread_of_bill);
        // Nobody is to be taken out of whom it isn't known that they use nothing.
        let not_used = idle.iter().filter(|_| is_known);
        let of = users::Of {
            month: of_month.as_ref(),
            has_ended: closed,
            bill: bill.as_ref().map(|bill| &bill.whole),
            idle: &not_used.map(|licence| licence.id.as_str()).collect(),
        };
        let everybody = users::everybody(&of, emails);
        let people = People::of(store, id)?;
        let bill = bill.as_ref().map(|bill| Billed::of(bill, store, id, &people, now)).transpose()?;
        let before = before.map(|before| Before::of(before, &bills, bill.as_ref(), store, id)).transpose()?;
        Ok(Self {
            account: account::summary(account, Stated { ready: true, ..Stated::default() })?,
            as_of: last_day.map_or(now, |day| Moment::on(day, 0).plus_days(1)),
            month,
            months,
            is_newest: month == newest,
            closed,
            reported: of_month.as_ref().map(|of_month| Reported::of(of_month, closed)),
            everybody,
            bill,
            before,
            idle,
            idle_by,
            people,
            unknown_credits: rows.iter().filter(|row| row.credits.is_none()).count(),
            rows: rows.len(),
            last_day,
            changes_from: Month::of(now).plus(1),
        })
    }
}
