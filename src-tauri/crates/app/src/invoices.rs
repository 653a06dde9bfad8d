//! What was charged, period by period: from the same events and the same fold as everything else.
//!
//! A closed month costs its own usage once: what it comes to is remembered until anything is recorded anew.

use crate::accounts::{kind_of, summary_of};
use crate::activity;
use crate::bills::{self, Bills};
use crate::days::just_before;
use crate::error::AppError;
use crate::ledger::Loaded;
use crate::organisation;
use crate::reported::{self, ACTIVITY};
use crate::team::QuotedTeam;
use crate::unreadable;
use crate::views::{
    AccountNumber, ChargeNote, ChargedPeriod, InvoicesView, Kind, LineView, Naming, QuotedCharge, QuotedOf,
    span, text,
};
use crate::{Headroom, TeamFacts};
use headroom_billing::calendar::Anniversary;
use headroom_billing::individual::Ledger;
use headroom_billing::team::{self, Balance};
use headroom_billing::{
    AccountKind, Invoice, Line, LineKind, Moment, Money, Month, Period, Timeline, organisation as enterprise,
};
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
    pub upcoming: Option<Invoice>,
    pub naming: Naming,
}

/// What was charged in a period.
#[derive(Clone)]
pub(crate) struct Charged {
    pub period: Period,
    pub closed: bool,
    pub invoices: Vec<Invoice>,
    quoted: Option<QuotedCharge>,
    notes: Vec<ChargeNote>,
}

impl Charged {
    /// Its name in exports.
    pub fn id(&self) -> String {
        self.period.start.date().to_string()
    }

    fn total(&self) -> Option<Money> {
        let unknown = |note: &ChargeNote| matches!(note, ChargeNote::SeatsUnknown | ChargeNote::NoReports);
        let total = self.invoices.iter().map(|invoice| invoice.total).sum();
        (!self.notes.iter().any(unknown)).then_some(total)
    }

    /// Whether something is charged in it that isn't known.
    fn is_part(&self) -> bool {
        self.notes.iter().any(|note| !matches!(note, ChargeNote::SeatsUnknown | ChargeNote::NoReports))
    }

    /// As it is shown and exported; `whole` with every line, else an organisation's in sum.
    pub fn view(&self, naming: &Naming, whole: bool) -> ChargedPeriod {
        let mut invoices: Vec<_> = self.invoices.iter().map(|invoice| naming.invoice(invoice)).collect();
        if !whole {
            for (view, invoice) in invoices.iter_mut().zip(&self.invoices) {
                if invoice.lines.iter().any(|line| line.user.is_some()) {
                    view.lines = in_sum(&invoice.lines, naming);
                }
            }
        }
        ChargedPeriod {
            id: self.id(),
            period: span(self.period.start, self.period.end),
            closed: self.closed,
            invoices,
            total: text(self.total()),
            at_least: self.is_part(),
            quoted: self.quoted.clone(),
            notes: self.notes.clone(),
        }
    }
}

/// An organisation's lines by what they are for and their tier: how many users or credits, and what they cost.
fn in_sum(lines: &[Line], naming: &Naming) -> Vec<LineView> {
    let mut sums: BTreeMap<(u8, Option<&str>), (LineView, i128, Money)> = BTreeMap::new();
    for line in lines {
        let order = match line.kind {
            LineKind::Subscription => 0,
            LineKind::Refund => 1,
            LineKind::Overage => 2,
            _ => 3,
        };
        let view = || LineView { user: None, profile: None, ..naming.line(line) };
        let (_, quantity, amount) =
            sums.entry((order, line.plan)).or_insert_with(|| (view(), 0, Money::ZERO));
        *quantity = quantity.saturating_add(match &line.quantity {
            Some(headroom_billing::invoice::Quantity::Credits(credits)) => credits.hundredths(),
            _ => 1,
        });
        *amount = amount.plus(line.amount);
    }
    let sums = sums.into_values().map(|(view, quantity, amount)| {
        let is_overage = view.kind == LineKind::Overage;
        let count = if is_overage {
            headroom_billing::Credits::from_hundredths(quantity).to_string()
        } else {
            quantity.to_string()
        };
        let unit_price = if is_overage { view.unit_price.clone() } else { Some(view.amount.clone()) };
        LineView { quantity: Some(count), unit_price, amount: amount.to_string(), ..view }
    });
    sums.collect()
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
    fn of(store: &Store, id: AccountId, month: Month, now: Moment) -> Result<Self, AppError> {
        let period = month.period();
        let as_of = if period.end <= now { just_before(period.end) } else { now };
        let loaded = Headroom::load_at(store, id, as_of, now)?;
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
        Ok(Self { issued, closing, quoted: quoted_overage(&loaded, &ledger, period), notes })
    }
}

/// Kiro's last word on a month's overage, beside ours.
fn quoted_overage(loaded: &Loaded, ledger: &Ledger, period: Period) -> Option<QuotedCharge> {
    let quoted = loaded.quoted.as_ref().filter(|quoted| period.contains(quoted.at))?;
    let charges = quoted.limits.overage_charges?;
    let computed = ledger.account.current(loaded.timeline.as_of).credits.overage.charge;
    if charges.is_zero() && computed.is_zero() {
        return None;
    }
    Some(QuotedCharge {
        of: QuotedOf::Overage,
        month: Month::of(period.start).to_string(),
        at: Some(quoted.at.to_string()),
        quoted: charges.to_string(),
        computed: Some(computed.to_string()),
    })
}

/// What a month's overage charge may lack. With the switch off there is none, whatever was used.
fn notes(
    store: &Store,
    id: AccountId,
    loaded: &Loaded,
    ledger: &Ledger,
    period: Period,
) -> Result<Vec<ChargeNote>, AppError> {
    let as_of = loaded.timeline.as_of;
    let turned_on = loaded.timeline.events().iter().any(|event| {
        matches!(event.action, headroom_billing::individual::Action::SetOverage { enabled: true })
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
    let first = Month::of(loaded.facts.signed_up_at(now));
    let mut periods = Vec::new();
    let mut before: Option<PersonMonth> = None;
    for month in months(first, Month::of(now)) {
        let mut this = PersonMonth::of(store, id, month, now)?;
        let (closing, quoted, notes) =
            before.map_or_else(Default::default, |before| (before.closing, before.quoted, before.notes));
        periods.push(Charged {
            period: month.period(),
            closed: month.period().end <= now,
            invoices: closing.into_iter().chain(this.issued.drain(..)).collect(),
            quoted,
            notes,
        });
        before = Some(this);
    }
    periods.reverse();
    let upcoming = before.and_then(|running| running.closing);
    Ok(Charges { periods: Arc::new(periods), upcoming, naming: loaded.naming() })
}

fn enterprise(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let terms = activity::terms();
    let naming = Naming { edition: Some(terms.edition), tax_name: None };
    let Bills { months: bills, unreadable } = bills::all(store, id)?;
    let mut months = store.reported_months(id, ACTIVITY)?;
    months.extend(bills.keys().copied());
    months.extend(unreadable.iter().flatten());
    months.sort_unstable();
    months.dedup();
    let mut periods = Vec::new();
    for first in months {
        let month = Month::of_date(first);
        let period = month.period();
        let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
        let days = || rows.iter().map(|row| row.date);
        let mut notes = Vec::new();
        let mut invoices = Vec::new();
        match (days().min(), days().max()) {
            (Some(first), Some(last)) => {
                let (events, _) = activity::events(&rows, terms.edition);
                let timeline: enterprise::Timeline<'_> = Timeline::new(period.end, terms, events);
                if let Ok(ledger) = enterprise::Ledger::fold(&timeline, period.end) {
                    invoices = ledger.invoices;
                }
                if first > month.first_date() || last < month.last_date() {
                    notes.push(ChargeNote::ReportsCover { first: first.to_string(), last: last.to_string() });
                }
            }
            _ => notes.push(ChargeNote::NoReports),
        }
        if unreadable.contains(&Some(first)) {
            notes.push(ChargeNote::BillUnreadable { month: unreadable::named(first) });
        }
        let computed = invoices.first().map(|invoice| invoice.subtotal);
        let quoted = bills.get(&first).and_then(organisation::before_tax).map(|quoted| QuotedCharge {
            of: QuotedOf::Bill,
            month: month.to_string(),
            at: None,
            quoted: quoted.to_string(),
            computed: text(computed),
        });
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
    Ok(Charged { period: cycle, closed, invoices, quoted: None, notes })
}

fn team(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let Some((facts, stated_at)) = Headroom::team_facts_with_date(store, id)? else {
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
    let upcoming = ledger.account.next_invoice();
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
        let store = self.store();
        let id = AccountId::from(account);
        let charges = self.charges(&store, id, now)?;
        Ok(InvoicesView {
            account: summary_of(&store, &Self::account(&store, id)?)?,
            as_of: now.to_string(),
            upcoming: charges.upcoming.as_ref().map(|invoice| charges.naming.invoice(invoice)),
            periods: charges.periods.iter().map(|charged| charged.view(&charges.naming, false)).collect(),
        })
    }
}
