//! The team between two events, and what each act does to it.

use super::dunning::Dunning;
use super::pass::Pass;
use super::seats::Seats;
use super::{Current, ModelRate, SeatCount, Status, Terms, TopUpCurrent, resting};
use crate::catalog::{PassTerms, SeatPrice};
use crate::invoice::{Invoice, Line, Name, Prorated, TimeShare};
use crate::refusal::RefusalReason;
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Money, Period};

/// A team as it stands at a moment.
#[derive(Clone, Debug)]
pub struct Team {
    terms: Terms,
    seat_price: &'static SeatPrice,
    payment_method: Option<Name>,
    /// When it began: what is bought at that very moment is for the whole first cycle.
    began_at: Moment,
    anniversary: Anniversary,
    cycle_number: u32,
    cycle: Period,
    pub(super) seats: Seats,
    /// What was bought, and the base of Kilo Pass, less what bonuses didn't cover.
    balance: Balance,
    pass: Option<Pass>,
    /// Base credits of Kilo Pass that came while a payment was failing: there once one succeeds (A25).
    held: Balance,
    /// Credits that are bought by themselves: the amount, whether they are, and whether they ever were.
    top_up: TopUpSwitch,
    /// Set while a payment is failing.
    dunning: Option<Dunning>,
    /// What was charged in the running cycle, in time order.
    lines: Vec<Line>,
    /// What was spent in the running cycle.
    spent: Balance,
}

/// The switch of automatic top-ups.
#[derive(Clone, Copy, Default, Debug)]
struct TopUpSwitch {
    /// The amount while it is on.
    amount: Option<Money>,
    /// Whether it was on before: only the first time something is bought at once (A26).
    was_on: bool,
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
            began_at: at,
            anniversary,
            cycle_number: 0,
            cycle,
            seats: Seats::new(seats),
            balance: Balance::ZERO,
            pass: None,
            held: Balance::ZERO,
            top_up: TopUpSwitch::default(),
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
    /// Each of those brings a pass, where there is Kilo Pass.
    pub(super) fn add_seats(&mut self, count: u64, at: Moment) {
        let new = self.seats.add(count);
        if new > 0 {
            let prorated = Prorated::from(at, &self.cycle, self.terms.day_count);
            let period = Period { start: at, end: self.cycle.end };
            self.lines.push(Line::seats(new, self.seat_price.price, at, period, Some(prorated)));
            self.charge_passes(new, at);
        }
    }

    /// Kilo Pass for every paid seat, from now on.
    pub(super) fn start_pass(&mut self, terms: &PassTerms, at: Moment) -> Result<(), RefusalReason> {
        if self.pass.is_some() {
            return Err(RefusalReason::PassAlreadyActive);
        }
        let first_month = self.cycle_number.saturating_mul(self.seat_price.months);
        self.pass = Some(Pass::begin(terms.clone(), self.began_at.date(), first_month, at));
        self.charge_passes(self.seats.paid, at);
        Ok(())
    }

    /// Kilo Pass ends with the cycle.
    pub(super) fn cancel_pass(&mut self) -> Result<(), RefusalReason> {
        let pass = self.pass.as_mut().filter(|pass| !pass.ends);
        pass.ok_or(RefusalReason::NoPass)?.ends = true;
        Ok(())
    }

    /// It goes on after all.
    pub(super) fn resume_pass(&mut self) -> Result<(), RefusalReason> {
        let pass = self.pass.as_mut().filter(|pass| pass.ends);
        pass.ok_or(RefusalReason::NoPass)?.ends = false;
        Ok(())
    }

    /// Charges passes for the time that remains of the cycle, and brings their credits for what remains of the month. What
    /// is bought as the team begins is for the whole first cycle, as its seats are (T1).
    fn charge_passes(&mut self, passes: u64, at: Moment) {
        let Some(pass) = &mut self.pass else { return };
        let from = if at == self.began_at { self.cycle.start } else { at };
        let remaining =
            |period: &Period| Some(TimeShare::from(from, period)).filter(|share| !share.is_whole());
        let of_cycle = remaining(&self.cycle);
        let period = Period { start: from, end: self.cycle.end };
        let price = pass.terms.price.times(u64::from(self.seat_price.months));
        let line = Line::pass(passes, (&pass.terms.tier, price), at, period, of_cycle);
        let fee = self.terms.fee_on_pass(line.amount, at);
        self.lines.push(line);
        self.lines.extend(fee);
        let credits = pass.issue(passes, remaining(&pass.window()), false);
        self.balance = self.balance.plus(credits);
    }

    /// Whatever months of credits have ended by then: the next begin. A cycle by the year has twelve.
    pub(super) fn turn_to(&mut self, moment: Moment) {
        let is_failing = self.dunning.is_some();
        let Some(pass) = &mut self.pass else { return };
        while pass.window().end <= moment {
            pass.turn();
            let base = pass.issue(self.seats.paid, None, is_failing);
            let place = if is_failing { &mut self.held } else { &mut self.balance };
            *place = place.plus(base);
        }
    }

    /// Switches automatic top-ups on, with that amount, or off. The first time the amount is bought at once (A26).
    pub(super) fn set_auto_top_up(&mut self, amount: Option<Money>, at: Moment) -> Result<(), RefusalReason> {
        let is_sold =
            |amount: Money| self.terms.edition.top_up.as_ref().is_some_and(|offer| offer.includes(amount));
        if amount.is_some_and(|amount| !is_sold(amount)) {
            return Err(RefusalReason::AmountNotOffered);
        }
        self.top_up.amount = amount;
        if let Some(amount) = amount.filter(|_| !self.top_up.was_on && self.dunning.is_none()) {
            self.top_up.was_on = true;
            self.buy(amount, at, true);
        }
        Ok(())
    }

    /// The switch as it stands; none while it is off.
    pub fn top_up(&self) -> Option<TopUpCurrent> {
        let threshold = self.terms.edition.top_up.as_ref()?.threshold;
        Some(TopUpCurrent { amount: self.top_up.amount?, threshold, paused: self.dunning.is_some() })
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
        if !self.terms.edition.credits.includes(amount) {
            return Err(RefusalReason::AmountNotOffered);
        }
        self.buy(amount, at, false);
        Ok(())
    }

    fn buy(&mut self, amount: Money, at: Moment, is_automatic: bool) {
        self.balance = self.balance.plus(Balance::of_money(amount));
        self.lines.extend(self.terms.purchase(amount, at, is_automatic));
    }

    /// What is left: what was bought, and what is left of bonuses.
    pub(super) fn left(&self) -> Balance {
        self.balance.plus(self.pass.as_ref().map_or(Balance::ZERO, Pass::bonus_left))
    }

    /// A request is served whole while the balance is above zero (T3). Once less than the threshold is left, credits are
    /// bought where that is switched on (A26).
    pub(super) fn serve(
        &mut self,
        rate: &ModelRate,
        (input_tokens, output_tokens): (u64, u64),
        at: Moment,
    ) -> Result<(), RefusalReason> {
        if !self.left().is_positive() {
            return Err(RefusalReason::InsufficientCredits);
        }
        let cost = rate.cost(input_tokens, output_tokens);
        let by_bonus = self.pass.as_mut().map_or(Balance::ZERO, |pass| pass.spend(cost));
        self.balance = self.balance.minus(cost.minus(by_bonus));
        self.spent = self.spent.plus(cost);
        let due = self
            .top_up()
            .filter(|top_up| !top_up.paused && self.left() < Balance::of_money(top_up.threshold));
        if let Some(top_up) = due {
            self.buy(top_up.amount, at, true);
        }
        Ok(())
    }

    /// The first failed payment starts the clock; retries that fail don't restart it (T5).
    pub(super) fn payment_failed(&mut self, at: Moment) {
        let edition = self.terms.edition;
        self.dunning.get_or_insert_with(|| Dunning::start(at, edition));
    }

    /// A payment restores the service at once (T5), and brings what was held back of Kilo Pass.
    pub(super) fn payment_succeeded(&mut self) {
        self.dunning = None;
        self.balance = self.balance.plus(std::mem::take(&mut self.held));
        if let Some(pass) = &mut self.pass {
            pass.release();
        }
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
        self.invoice(self.renewal(self.seats.next_cycle), self.cycle.end)
    }

    /// What was charged in the running cycle so far.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Seats at the next cycle's start, and Kilo Pass where it goes on; none if the team is closed by then (T5).
    fn renewal(&self, seats: u64) -> Vec<Line> {
        let next = self.anniversary.cycle(self.cycle_number.saturating_add(1));
        if self.status_at(next.start) == Status::DataDeleted {
            return Vec::new();
        }
        let mut lines = vec![Line::seats(seats, self.seat_price.price, next.start, next, None)];
        if let Some(pass) = self.pass.as_ref().filter(|pass| !pass.ends) {
            let price = pass.terms.price.times(u64::from(self.seat_price.months));
            let line = Line::pass(seats, (&pass.terms.tier, price), next.start, next, None);
            let fee = self.terms.fee_on_pass(line.amount, next.start);
            lines.push(line);
            lines.extend(fee);
        }
        lines
    }

    /// Ends the cycle: its invoice is issued, removals take effect, the next cycle's seats are charged.
    pub(super) fn close_billing_cycle(&mut self) -> (Period, Option<Invoice>) {
        // The months within it; the last one ends with it, after the seats are those of the next.
        self.turn_to(self.cycle.end.plus_seconds(-1));
        let lines = std::mem::take(&mut self.lines);
        let invoice = self.invoice(lines, self.cycle.end);
        let ended = self.cycle;
        self.seats.renew();
        self.lines.extend(self.renewal(self.seats.paid));
        self.pass = self.pass.take().filter(|pass| !pass.ends);
        self.turn_to(self.cycle.end);
        self.spent = Balance::ZERO;
        self.cycle_number = self.cycle_number.saturating_add(1);
        self.cycle = self.anniversary.cycle(self.cycle_number);
        (ended, invoice)
    }

    /// The team at `moment`, which lies in the running cycle, in the contract's form.
    pub(super) fn standing(&self, moment: Moment) -> Current {
        let mut team = self.clone();
        team.turn_to(moment);
        let seats = self.renewal(self.seats.next_cycle).into_iter().next();
        let open_invoice = self.invoice(self.lines.clone(), self.cycle.end);
        let next_invoice = self.next_invoice();
        Current {
            status: self.status_at(moment),
            cycle: self.cycle,
            seats: SeatCount {
                paid: self.seats.paid,
                next_cycle: self.seats.next_cycle,
                assigned: self.seats.assigned(),
            },
            balance: team.left(),
            pass: team.pass.as_ref().map(|pass| pass.standing(team.seats.paid, team.held)),
            auto_top_up: self.top_up(),
            grace_ends_at: self.dunning.map(|dunning| dunning.grace_ends_at),
            data_deleted_at: self.dunning.map(|dunning| dunning.data_deleted_at),
            assumptions: resting::of_team(
                (&self.terms, self.seat_price),
                (self.has_pass(), self.top_up().is_some()),
                &[open_invoice.as_ref(), next_invoice.as_ref()],
            ),
            open_invoice,
            next_charge: seats.map_or(Money::ZERO, |line| line.amount),
            next_invoice,
        }
    }

    /// Whether it has Kilo Pass.
    pub(super) const fn has_pass(&self) -> bool {
        self.pass.is_some()
    }
}
