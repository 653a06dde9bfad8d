//! What was charged, period by period: from the same events and the same fold as everything else.
//!
//! A closed month costs its own usage once: what it comes to is remembered until anything is recorded anew.

use crate::Headroom;
use crate::account::{kind_of, summary_of};
use crate::bills::{self, Bills};
use crate::days::just_before;
use crate::error::AppError;
use crate::ledger::Loaded;
use crate::organisation_month::{self, MonthCharge};
use crate::quoted::QuotedTeam;
use crate::reported::ACTIVITY;
use crate::unreadable;
use crate::views::{
    AccountNumber, ChargeNote, ChargedPeriod, InvoiceView, InvoicesView, Kind, Naming, QuotedCharge,
    QuotedOf, span, text,
};
use headroom_billing::charges::{Charge, Known, PeriodCharges, months};
use headroom_billing::person::Ledger;
use headroom_billing::person::charges::{MonthCharges, by_period};
use headroom_billing::team::charges::{CycleRecords, Gap, Purchase, Subscription, Told};
use headroom_billing::{AccountKind, Invoice};
use headroom_exact::{Moment, Month, Period};
use headroom_sources::aws_cost::MonthBill;
use headroom_store::table::accounts::AccountId;
use headroom_store::{Revision, Store};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The periods of an account as of a state of the records and a day.
type Computed = (Revision, chrono::NaiveDate, Charges);

/// What was computed already.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<i64, Computed>>);

/// An account's periods, the newest first, and what comes next.
#[derive(Clone)]
pub(crate) struct Charges {
    pub periods: Arc<Vec<Charged>>,
    pub upcoming: Option<Charge>,
    pub naming: Naming,
}

/// As it is shown.
fn view(charge: &Charge, view: impl Fn(&Invoice) -> InvoiceView) -> InvoiceView {
    InvoiceView { at_least: charge.at_least, ..view(&charge.invoice) }
}

/// What was charged in a period, and what stands beside it.
#[derive(Clone)]
pub(crate) struct Charged {
    of_period: PeriodCharges,
    quoted: Option<QuotedCharge>,
    notes: Vec<ChargeNote>,
}

impl Charged {
    /// Its name in exports.
    pub fn id(&self) -> String {
        self.of_period.period.start.date().to_string()
    }

    /// As it is shown and exported; `whole` with every line, else an organisation's in sum.
    pub fn view(&self, naming: &Naming, whole: bool) -> ChargedPeriod {
        let invoice =
            |invoice: &_| if whole { naming.invoice(invoice) } else { naming.invoice_by_tier(invoice) };
        let PeriodCharges { period, closed, charges, .. } = &self.of_period;
        let total = self.of_period.total();
        ChargedPeriod {
            id: self.id(),
            period: span(period.start, period.end),
            closed: *closed,
            invoices: charges.iter().map(|charge| view(charge, invoice)).collect(),
            total: text(total.known()),
            at_least: total.is_at_least(),
            quoted: self.quoted.clone(),
            notes: self.notes.clone(),
        }
    }
}

/// A month of one person as its end finds it, or now.
struct PersonMonth {
    charges: MonthCharges,
    quoted: Option<QuotedCharge>,
    notes: Vec<ChargeNote>,
}

impl PersonMonth {
    fn of(store: &Store, id: AccountId, month: Month, now: Moment) -> Result<Self, AppError> {
        let period = month.period();
        let as_of = if period.end <= now { just_before(period.end) } else { now };
        let loaded = Headroom::load_at(store, id, as_of, now)?;
        let charges = MonthCharges::of(&loaded.timeline)?;
        let notes = notes(store, id, &loaded, &charges.ledger, period)?;
        let quoted = quoted_overage(&loaded, &charges.ledger, period, known(&notes));
        Ok(Self { charges, quoted, notes })
    }
}

/// How much is known of what a month's usage charges.
fn known(notes: &[ChargeNote]) -> Known {
    Known::unless_missing(!notes.is_empty())
}

/// Kiro's last word on a month's overage, beside ours.
fn quoted_overage(loaded: &Loaded, ledger: &Ledger, period: Period, known: Known) -> Option<QuotedCharge> {
    let quoted = loaded.quoted.as_ref().filter(|quoted| period.contains(quoted.at))?;
    let charges = quoted.limits.overage_charges?;
    let computed = ledger.account.current(loaded.timeline.as_of).credits.overage.charge;
    if charges.is_zero() && computed.is_zero() {
        return None;
    }
    let computed = known.total(computed);
    Some(QuotedCharge {
        of: QuotedOf::Overage,
        month: Month::of(period.start).to_string(),
        at: Some(quoted.at.to_string()),
        quoted: charges.to_string(),
        computed: text(computed.known()),
        at_least: computed.is_at_least(),
    })
}

/// What a month's overage charge may lack. With the switch off there is none, whatever was used.
pub(crate) fn notes(
    store: &Store,
    id: AccountId,
    loaded: &Loaded,
    ledger: &Ledger,
    period: Period,
) -> Result<Vec<ChargeNote>, AppError> {
    let as_of = loaded.timeline.as_of;
    let turned_on = loaded.timeline.events().iter().any(|event| {
        matches!(event.action, headroom_billing::person::Action::SetOverage { enabled: true })
            && period.contains(event.at)
            && event.at <= as_of
    });
    let could_be_charged = ledger.account.current(as_of).credits.overage.enabled || turned_on;
    if !could_be_charged || loaded.followed_until.is_some() {
        return Ok(Vec::new());
    }
    let days = store.days(id, period.start.date(), as_of.date())?;
    let (tasks, unmetered) =
        days.iter().fold((0_u32, 0_u32), |sum, day| (sum.0 + day.tasks, sum.1 + day.unmetered));
    let month = Month::of(period.start).to_string();
    Ok(match (tasks, unmetered) {
        (0, 0) => vec![ChargeNote::UsageUnknown { month }],
        (_, 0) => Vec::new(),
        (_, tasks) => vec![ChargeNote::Unmetered { tasks, month }],
    })
}

fn person(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let loaded = Headroom::load(store, id, now)?;
    let (mut folded, mut beside) = (Vec::new(), vec![(None, Vec::new())]);
    for month in months(loaded.facts.signed_up_at(now), now) {
        let PersonMonth { charges, quoted, notes } = PersonMonth::of(store, id, month, now)?;
        folded.push((charges, known(&notes)));
        // They are about the charge at its end, which stands in the next month.
        beside.push((quoted, notes));
    }
    let charges = by_period(folded, now);
    let periods = charges.periods.into_iter().zip(beside);
    let mut periods: Vec<_> =
        periods.map(|(of_period, (quoted, notes))| Charged { of_period, quoted, notes }).collect();
    periods.reverse();
    Ok(Charges { periods: Arc::new(periods), upcoming: charges.upcoming, naming: loaded.naming() })
}

fn enterprise(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let terms = organisation_month::terms();
    let naming = Naming { edition: Some(terms.edition), tax_name: None };
    let Bills { months: bills, unreadable } = bills::all(store, id)?;
    let mut months = store.reported_months(id, ACTIVITY)?;
    months.extend(bills.keys().copied());
    months.extend(unreadable.iter().flatten().copied());
    months.sort_unstable();
    months.dedup();
    let mut periods = Vec::new();
    for first in months {
        let month = Month::of_date(first);
        let period = month.period();
        let charge = MonthCharge::reported(store, id, month)?;
        let computed = charge.before_tax();
        let quote = |bill: &MonthBill| {
            Ok::<_, AppError>(QuotedCharge {
                of: QuotedOf::Bill,
                month: month.to_string(),
                at: None,
                quoted: bills::before_tax(bill)?.to_string(),
                computed: text(computed.known()),
                at_least: computed.is_at_least(),
            })
        };
        let quoted = bills.get(&first).map(quote).transpose()?;
        let MonthCharge { invoice, known, mut notes } = charge;
        let charges = invoice.into_iter().map(|invoice| Charge::of(invoice, known)).collect();
        // A bill that can't be read stands beside the computed sum, which lacks nothing without it.
        let lost = unreadable.iter().filter(|months| months.contains(&first));
        notes.extend(lost.map(|months| ChargeNote::BillUnreadable { months: unreadable::named(months) }));
        let of_period = PeriodCharges { period, closed: period.end <= now, charges, known };
        periods.push(Charged { of_period, quoted, notes });
    }
    periods.reverse();
    Ok(Charges { periods: Arc::new(periods), upcoming: None, naming })
}

fn told(quoted: &QuotedTeam) -> Told<'_> {
    let purchases = quoted.team.purchases.as_ref().map(|purchases| {
        let purchases = purchases.iter();
        purchases.map(|bought| Purchase { id: &bought.id, at: bought.at, amount: bought.amount }).collect()
    });
    Told { seats: quoted.team.seats, purchases }
}

fn gap(gap: Gap) -> ChargeNote {
    match gap {
        Gap::SeatsUnknown => ChargeNote::SeatsUnknown,
        Gap::SeatsChanged { from, to } => ChargeNote::SeatsChanged { from, to },
        Gap::PurchasesUnknown => ChargeNote::PurchasesUnknown,
        Gap::PurchaseNotOffered { amount } => ChargeNote::PurchaseNotOffered { amount: amount.to_string() },
    }
}

fn team(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let Some((facts, stated_at)) = Headroom::team_facts_with_date(store, id)? else {
        let naming = Naming { edition: None, tax_name: None };
        return Ok(Charges { periods: Arc::default(), upcoming: None, naming });
    };
    let newest = QuotedTeam::newest(store, id, None)?.0;
    let subscription =
        Subscription { terms: facts.terms()?, started_on: facts.started_on, seat_price: facts.seat()? };
    let mut periods = Vec::new();
    for cycle in subscription.cycles(now) {
        let within = |quoted: &QuotedTeam| cycle.contains(quoted.at);
        let first = QuotedTeam::since(store, id, cycle.start)?.filter(within);
        let last = QuotedTeam::newest(store, id, Some(just_before(cycle.end)))?.0.filter(within);
        let records = CycleRecords {
            first: first.as_ref().map(told),
            last: last.as_ref().map(told),
            newest: newest.as_ref().map(told),
            stated_seats: cycle.contains(stated_at).then_some(facts.seats),
        };
        let cycle = subscription.cycle(cycle, &records, now)?;
        let notes = cycle.gaps.into_iter().map(gap).collect();
        periods.push(Charged { of_period: cycle.charged, quoted: None, notes });
    }
    periods.reverse();
    let seats = newest.and_then(|quoted| quoted.team.seats).unwrap_or(facts.seats);
    let upcoming = subscription.upcoming(seats, now)?;
    Ok(Charges { periods: Arc::new(periods), upcoming, naming: facts.naming() })
}

impl Headroom {
    /// An account's charges; computed once for a state of the records and a day.
    pub(crate) fn charges(&self, store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
        let revision = store.revision()?;
        let today = now.date();
        let known = self.charges.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id.0).cloned();
        if let Some((of, on, charges)) = known
            && of == revision
            && on == today
        {
            return Ok(charges);
        }
        let charges = match kind_of(&Self::account(store, id)?)? {
            Kind::KiroIndividual => person(store, id, now)?,
            Kind::KiroEnterprise => enterprise(store, id, now)?,
            Kind::KiloTeams => team(store, id, now)?,
        };
        let mut remembered = self.charges.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.insert(id.0, (revision, today, charges.clone()));
        Ok(charges)
    }

    /// What was charged, period by period, the newest first.
    pub fn invoices(&self, account: AccountNumber) -> Result<InvoicesView, AppError> {
        let now = self.now();
        let id = AccountId::from(account);
        let (charges, account) = self.read(|store| {
            Ok((self.charges(store, id, now)?, summary_of(store, &Self::account(store, id)?, now)?))
        })?;
        Ok(InvoicesView {
            account,
            as_of: now.to_string(),
            upcoming: charges.upcoming.as_ref().map(|next| view(next, |next| charges.naming.invoice(next))),
            periods: charges.periods.iter().map(|charged| charged.view(&charges.naming, false)).collect(),
        })
    }
}
