//! What was charged, period by period: from the same events and the same fold as everything else.
//!
//! A closed month costs its own usage once: what it comes to is remembered until anything is recorded anew.

use crate::Headroom;
use crate::account::{find, kind_of};
use crate::answers::TeamFacts;
use crate::answers::{
    AccountNumber, ChargeNote, ChargedPeriod, InvoiceView, InvoicesView, Kind, Naming, QuotedCharge,
    QuotedOf, span, text,
};
use crate::bills::{self, Bills};
use crate::days::just_before;
use crate::error::AppError;
use crate::kinds::organisation::month::{self as organisation_month, MonthCharge};
use crate::kinds::person::ledger::{self, Loaded};
use crate::kinds::{self, team::facts as team_facts};
use crate::quoted::QuotedTeam;
use crate::reported::ACTIVITY;
use crate::unreadable;
use headroom_billing::person::Ledger;
use headroom_billing::{AccountKind, Invoice, Total, team};
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Money, Month, Period};
use headroom_sources::aws_cost::MonthBill;
use headroom_sources::observation::CreditPurchase;
use headroom_store::table::accounts::AccountId;
use headroom_store::{Revision, Store};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Millionths of a dollar in a cent.
const MILLIONTHS_A_CENT: i128 = 10_000;

/// The periods of an account as of a state of the records and a day.
type Known = (Revision, chrono::NaiveDate, Charges);

/// What was computed already.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<i64, Known>>);

/// An account's periods, the newest first, and what comes next.
#[derive(Clone)]
pub(crate) struct Charges {
    pub periods: Arc<Vec<Charged>>,
    pub upcoming: Option<Charge>,
    pub naming: Naming,
}

/// An invoice, and whether it is the least that is charged.
#[derive(Clone)]
pub(crate) struct Charge {
    invoice: Invoice,
    is_part: bool,
}

impl Charge {
    fn of(invoices: impl IntoIterator<Item = Invoice>, is_part: bool) -> Vec<Self> {
        invoices.into_iter().map(|invoice| Self { invoice, is_part }).collect()
    }

    fn view(&self, view: impl Fn(&Invoice) -> InvoiceView) -> InvoiceView {
        InvoiceView { at_least: self.is_part, ..view(&self.invoice) }
    }
}

/// What was charged in a period.
#[derive(Clone)]
pub(crate) struct Charged {
    pub period: Period,
    pub closed: bool,
    invoices: Vec<Charge>,
    quoted: Option<QuotedCharge>,
    notes: Vec<ChargeNote>,
}

impl Charged {
    /// Its name in exports.
    pub fn id(&self) -> String {
        self.period.start.date().to_string()
    }

    /// All of it together, as far as it is known.
    fn total(&self) -> Total<Money> {
        if self.notes.iter().any(ChargeNote::hides_everything) {
            return Total::Unknown;
        }
        let sum = self.invoices.iter().map(|charge| charge.invoice.total).sum();
        Total::of(sum, self.notes.iter().any(ChargeNote::hides_a_part))
    }

    /// As it is shown and exported; `whole` with every line, else an organisation's in sum.
    pub fn view(&self, naming: &Naming, whole: bool) -> ChargedPeriod {
        let view = |charge: &Charge| {
            charge.view(
                |invoice| {
                    if whole { naming.invoice(invoice) } else { naming.invoice_by_tier(invoice) }
                },
            )
        };
        let total = self.total();
        ChargedPeriod {
            id: self.id(),
            period: span(self.period.start, self.period.end),
            closed: self.closed,
            invoices: self.invoices.iter().map(view).collect(),
            total: text(total.known()),
            at_least: total.is_at_least(),
            quoted: self.quoted.clone(),
            notes: self.notes.clone(),
        }
    }
}

fn months(first: Month, last: Month) -> impl Iterator<Item = Month> {
    (0..).map(move |count| first.plus(count)).take_while(move |month| month.start() <= last.start())
}

/// A month of one person as its end finds it, or now.
struct PersonMonth {
    issued: Vec<Invoice>,
    closing: Option<Invoice>,
    quoted: Option<QuotedCharge>,
    notes: Vec<ChargeNote>,
}

impl PersonMonth {
    /// What its end charges: a part where something of its usage isn't known.
    fn closing(&self) -> Vec<Charge> {
        Charge::of(self.closing.clone(), !self.notes.is_empty())
    }

    fn of(store: &Store, id: AccountId, month: Month, now: Moment) -> Result<Self, AppError> {
        let period = month.period();
        let as_of = if period.end <= now { just_before(period.end) } else { now };
        let loaded = ledger::load_at(store, id, as_of, now)?;
        let ledger = loaded.ledger()?;
        let closing = ledger.account.current(as_of).next_charge;
        // The charge at the month's start belongs to the month before, whose usage is in it: everything up to it
        // is left out here.
        let before = just_before(period.start);
        let begun = loaded.timeline.events().first().is_some_and(|event| event.at <= before);
        let earlier = if begun {
            let before_it = Ledger::fold(&loaded.timeline, before)?;
            let closes = before_it.account.current(before).next_charge.is_some();
            before_it.invoices.len().saturating_add(usize::from(closes))
        } else {
            0
        };
        let issued = ledger.invoices.iter().skip(earlier).cloned().collect();
        let notes = notes(store, id, &loaded, &ledger, period)?;
        Ok(Self { issued, closing, quoted: quoted_overage(&loaded, &ledger, period, &notes), notes })
    }
}

/// Kiro's last word on a month's overage, beside ours.
fn quoted_overage(
    loaded: &Loaded,
    ledger: &Ledger,
    period: Period,
    notes: &[ChargeNote],
) -> Option<QuotedCharge> {
    let quoted = loaded.quoted.as_ref().filter(|quoted| period.contains(quoted.at))?;
    let charges = quoted.limits.overage_charges?;
    let computed = ledger.account.current(loaded.timeline.as_of).credits.overage.charge;
    if charges.is_zero() && computed.is_zero() {
        return None;
    }
    let computed = Total::of(computed, !notes.is_empty());
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
    let loaded = ledger::load(store, id, now)?;
    let first = Month::of(loaded.facts.signed_up_at(now));
    let mut periods = Vec::new();
    let mut before: Option<PersonMonth> = None;
    for month in months(first, Month::of(now)) {
        let mut this = PersonMonth::of(store, id, month, now)?;
        let (closing, quoted, notes) =
            before.map_or_else(Default::default, |before| (before.closing(), before.quoted, before.notes));
        periods.push(Charged {
            period: month.period(),
            closed: month.period().end <= now,
            invoices: [closing, Charge::of(this.issued.drain(..), false)].concat(),
            quoted,
            notes,
        });
        before = Some(this);
    }
    periods.reverse();
    let upcoming = before.and_then(|running| running.closing().pop());
    Ok(Charges { periods: Arc::new(periods), upcoming, naming: loaded.naming() })
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
        let MonthCharge { invoice, mut notes } = charge;
        let invoices = Charge::of(invoice, !notes.is_empty());
        let lost = unreadable.iter().filter(|months| months.contains(&first));
        notes.extend(lost.map(|months| ChargeNote::BillUnreadable { months: unreadable::named(months) }));
        periods.push(Charged { period, closed: period.end <= now, invoices, quoted, notes });
    }
    periods.reverse();
    Ok(Charges { periods: Arc::new(periods), upcoming: None, naming })
}

/// Purchases told by a snapshot that lie in a period, by the vendor's id.
fn purchases<'q>(
    told: impl Iterator<Item = &'q QuotedTeam>,
    period: Period,
) -> Option<BTreeMap<&'q str, &'q CreditPurchase>> {
    let mut known = None;
    for quoted in told {
        if let Some(purchases) = &quoted.team.purchases {
            let known = known.get_or_insert_with(BTreeMap::new);
            let within = purchases.iter().filter(|purchase| period.contains(purchase.at));
            known.extend(within.map(|purchase| (purchase.id.as_str(), purchase)));
        }
    }
    known
}

/// Dollars and cents, where it is that and nothing finer.
fn money(balance: Balance) -> Option<Money> {
    let millionths = balance.rounded_millionths();
    let cents = millionths.checked_div(MILLIONTHS_A_CENT)?;
    (cents.checked_mul(MILLIONTHS_A_CENT) == Some(millionths)).then(|| Money::from_hundredths(cents))
}

/// A team's cycle: its seats as they were first told in it, and the credits bought in it.
fn team_cycle(
    facts: &TeamFacts,
    cycle: Period,
    told: [Option<&QuotedTeam>; 3],
    stated: bool,
    now: Moment,
) -> Result<Charged, AppError> {
    let [first, last, newest] = told;
    let seats_of = |quoted: Option<&QuotedTeam>| quoted.and_then(|quoted| quoted.team.seats);
    let seats = seats_of(first).or(stated.then_some(facts.seats));
    let closed = cycle.end <= now;
    let mut notes = Vec::new();
    let mut invoices = Vec::new();
    if let Some(seats) = seats {
        if let Some(to) = seats_of(last).filter(|to| *to != seats) {
            notes.push(ChargeNote::SeatsChanged { from: seats, to });
        }
        let mut events = vec![facts.event(seats)?];
        match purchases([first, last, newest].into_iter().flatten(), cycle) {
            Some(bought) => {
                for purchase in bought.values() {
                    let offered = |amount: &Money| {
                        facts.edition().is_ok_and(|edition| edition.credits.includes(*amount))
                    };
                    match money(purchase.amount).filter(offered) {
                        Some(amount) => events.push(team::Event {
                            at: purchase.at,
                            position: events.len(),
                            action: team::Action::BuyCredits(amount),
                        }),
                        None => {
                            notes
                                .push(ChargeNote::PurchaseNotOffered { amount: purchase.amount.to_string() });
                        }
                    }
                }
            }
            None => notes.push(ChargeNote::PurchasesUnknown),
        }
        let as_of = if closed { just_before(cycle.end) } else { now };
        let timeline = team::Timeline::new(as_of, facts.terms()?, events);
        let ledger = team::Ledger::fold(&timeline, as_of)?;
        invoices.extend(ledger.account.current(as_of).open_invoice);
    } else {
        notes.push(ChargeNote::SeatsUnknown);
    }
    let invoices = Charge::of(invoices, !notes.is_empty());
    Ok(Charged { period: cycle, closed, invoices, quoted: None, notes })
}

fn team(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let Some((facts, stated_at)) = team_facts::newest(store, id)? else {
        let naming = Naming { edition: None, tax_name: None };
        return Ok(Charges { periods: Arc::default(), upcoming: None, naming });
    };
    let newest = QuotedTeam::newest(store, id, None)?.0;
    let anniversary = Anniversary::new(facts.started_on, facts.seat()?.months);
    let mut periods = Vec::new();
    for cycle in (0..).map(|number| anniversary.cycle(number)).take_while(|cycle| cycle.start <= now) {
        let within = |quoted: &QuotedTeam| cycle.contains(quoted.at);
        let first = QuotedTeam::since(store, id, cycle.start)?.filter(within);
        let last = QuotedTeam::newest(store, id, Some(just_before(cycle.end)))?.0.filter(within);
        let told = [first.as_ref(), last.as_ref(), newest.as_ref()];
        periods.push(team_cycle(&facts, cycle, told, cycle.contains(stated_at), now)?);
    }
    periods.reverse();
    let seats = newest.and_then(|quoted| quoted.team.seats).unwrap_or(facts.seats);
    let timeline = team::Timeline::new(now, facts.terms()?, vec![facts.event(seats)?]);
    let ledger = team::Ledger::fold(&timeline, now)?;
    let upcoming = Charge::of(ledger.account.next_invoice(), false).pop();
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
        let charges = match kind_of(&find(store, id)?)? {
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
            Ok((self.charges(store, id, now)?, kinds::summary(store, &find(store, id)?, now)?))
        })?;
        Ok(InvoicesView {
            account,
            as_of: now.to_string(),
            upcoming: charges.upcoming.as_ref().map(|next| next.view(|next| charges.naming.invoice(next))),
            periods: charges.periods.iter().map(|charged| charged.view(&charges.naming, false)).collect(),
        })
    }
}
