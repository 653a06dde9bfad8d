//! The team between two events, and what each act does to it.

use super::dunning::Dunning;
use super::seats::Seats;
use super::{Current, ModelRate, SeatCount, Status, Terms};
use crate::catalog::SeatPrice;
use crate::invoice::{Invoice, Line, Name, Prorated};
use crate::refusal::RefusalReason;
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Money, Period};

/// A team as it stands at a moment.
#[derive(Clone, Debug)]
pub struct Team {
    terms: Terms,
    seat_price: &'static SeatPrice,
    payment_method: Option<Name>,
    anniversary: Anniversary,
    cycle_number: u32,
    cycle: Period,
    pub(super) seats: Seats,
    balance: Balance,
    /// Set while a payment is failing.
    dunning: Option<Dunning>,
    /// What was charged in the running cycle, in time order.
    lines: Vec<Line>,
    /// What was spent in the running cycle.
    spent: Balance,
}

impl Team {
    /// A new team: its first cycle began at 00:00 and is paid in full (T1).
    pub(super) fn begin(
        terms: Terms,
        at: Moment,
        seats: u64,
        seat_price: &'static SeatPrice,
        payment_method: Option<&str>,
    ) -> Self {
        let anniversary = Anniversary::new(at.date(), seat_price.months);
        let cycle = anniversary.cycle(0);
        Self {
            terms,
            seat_price,
            payment_method: payment_method.map(Name::from),
            anniversary,
            cycle_number: 0,
            cycle,
            seats: Seats::new(seats),
            balance: Balance::ZERO,
            dunning: None,
            lines: vec![Line::seats(seats, seat_price.price, at, cycle, None)],
            spent: Balance::ZERO,
        }
    }

    /// What it is billed by.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What a seat costs.
    pub const fn seat_price(&self) -> &'static SeatPrice {
        self.seat_price
    }

    /// What was spent in the running cycle.
    pub const fn spent(&self) -> Balance {
        self.spent
    }

    /// The smallest amount on offer that brings at least `credits`.
    pub(crate) fn purchase_for(&self, credits: Balance) -> Money {
        self.terms.edition.credits.at_least(credits.rounded_up())
    }

    /// The same team under other terms, as far as what comes next.
    pub(super) const fn under(mut self, terms: Terms) -> Self {
        self.terms = terms;
        self
    }

    pub(super) const fn running_cycle(&self) -> Period {
        self.cycle
    }

    /// Whether it is served at `moment` (T5).
    pub fn status_at(&self, moment: Moment) -> Status {
        self.dunning.map_or(Status::Active, |dunning| dunning.status_at(moment))
    }

    /// Seats count at once; only those that take back no scheduled removal are charged, by days (T2).
    pub(super) fn add_seats(&mut self, count: u64, at: Moment) {
        let new = self.seats.add(count);
        if new > 0 {
            let prorated = Prorated::from(at, &self.cycle, self.terms.day_count);
            let period = Period { start: at, end: self.cycle.end };
            self.lines.push(Line::seats(new, self.seat_price.price, at, period, Some(prorated)));
        }
    }

    /// Seats go with the next cycle (T2).
    pub(super) fn remove_seats(&mut self, count: u64) -> Result<(), RefusalReason> {
        self.seats.remove(count)
    }

    pub(super) fn add_member(&mut self, member: &str) -> Result<(), RefusalReason> {
        self.seats.add_member(member)
    }

    pub(super) fn remove_member(&mut self, member: &str) -> Result<(), RefusalReason> {
        self.seats.remove_member(member)
    }

    /// Credits are there at once (T3).
    pub(super) fn buy_credits(&mut self, amount: Money, at: Moment) -> Result<(), RefusalReason> {
        let offer = &self.terms.edition.credits;
        if !offer.includes(amount) {
            return Err(RefusalReason::AmountNotOffered);
        }
        self.balance = self.balance.plus(Balance::of_money(amount));
        self.lines.push(Line::credits(amount, at));
        let fee = offer.fee_on(amount);
        if fee.is_positive() {
            self.lines.push(Line::fee(fee, at));
        }
        Ok(())
    }

    /// A request is served whole while the balance is above zero (T3).
    pub(super) fn serve(
        &mut self,
        rate: &ModelRate,
        input_tokens: u64,
        output_tokens: u64,
    ) -> Result<(), RefusalReason> {
        if !self.balance.is_positive() {
            return Err(RefusalReason::InsufficientCredits);
        }
        let cost = rate.cost(input_tokens, output_tokens);
        self.balance = self.balance.minus(cost);
        self.spent = self.spent.plus(cost);
        Ok(())
    }

    /// The first failed payment starts the clock; retries that fail don't restart it (T5).
    pub(super) fn payment_failed(&mut self, at: Moment) {
        let edition = self.terms.edition;
        self.dunning.get_or_insert_with(|| Dunning::start(at, edition));
    }

    /// A payment restores the service at once (T5).
    pub(super) const fn payment_succeeded(&mut self) {
        self.dunning = None;
    }

    fn invoice(&self, lines: Vec<Line>, at: Moment) -> Option<Invoice> {
        let invoice = Invoice::issue(at, lines, self.terms.tax_rate)?;
        Some(invoice.paid_by(self.payment_method.clone()))
    }

    /// What charging `lines` now would come to, tax included.
    pub(super) fn charge(&self, lines: &[Line], at: Moment) -> Option<Invoice> {
        self.invoice(lines.to_vec(), at)
    }

    /// What the next cycle's start charges, tax included; none if the team is closed by then (T5).
    pub fn next_invoice(&self) -> Option<Invoice> {
        let line = self.renewal(self.seats.next_cycle)?;
        self.invoice(vec![line], self.cycle.end)
    }

    /// What was charged in the running cycle so far.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Seats at the next cycle's start; none if the team is closed by then (T5).
    fn renewal(&self, seats: u64) -> Option<Line> {
        let next = self.anniversary.cycle(self.cycle_number.saturating_add(1));
        let closed = self.status_at(next.start) == Status::DataDeleted;
        (!closed).then(|| Line::seats(seats, self.seat_price.price, next.start, next, None))
    }

    /// Ends the cycle: its invoice is issued, removals take effect, the next cycle's seats are charged.
    pub(super) fn close_billing_cycle(&mut self) -> (Period, Option<Invoice>) {
        let lines = std::mem::take(&mut self.lines);
        let invoice = self.invoice(lines, self.cycle.end);
        let ended = self.cycle;
        self.seats.renew();
        self.lines.extend(self.renewal(self.seats.paid));
        self.spent = Balance::ZERO;
        self.cycle_number = self.cycle_number.saturating_add(1);
        self.cycle = self.anniversary.cycle(self.cycle_number);
        (ended, invoice)
    }

    /// The team at `moment`, which lies in the running cycle, in the contract's form.
    pub(super) fn standing(&self, moment: Moment) -> Current {
        let renewal = self.renewal(self.seats.next_cycle);
        Current {
            status: self.status_at(moment),
            cycle: self.cycle,
            seats: SeatCount {
                paid: self.seats.paid,
                next_cycle: self.seats.next_cycle,
                assigned: self.seats.assigned(),
            },
            balance: self.balance,
            grace_ends_at: self.dunning.map(|dunning| dunning.grace_ends_at),
            data_deleted_at: self.dunning.map(|dunning| dunning.data_deleted_at),
            open_invoice: self.invoice(self.lines.clone(), self.cycle.end),
            next_charge: renewal.map_or(Money::ZERO, |line| line.amount),
        }
    }
}
