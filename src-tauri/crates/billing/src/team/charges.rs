//! What a team was charged, cycle by cycle, from what the vendor and the owner say of it: the vendor keeps no list of
//! events, only how many seats there are and which credits were bought, as of the moment one asks.
//!
//! A cycle charges its seats in full at its start (T1): as many as were first told in it. Whether more came in the middle
//! of it isn't told, only that the number differs later. The credits are those bought in it (T3). Kilo Pass is charged with
//! the seats where it had begun by then; the vendor says what it costs, but not since when there is one.

use super::{Action, Event, Ledger, Terms, Timeline};
use crate::catalog::{PassTerms, SeatPrice};
use crate::charges::{Charge, Known, PeriodCharges};
use crate::timeline::{AccountKind as _, FoldError};
use chrono::NaiveDate;
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Money, Period};
use std::collections::BTreeMap;

/// A purchase of credits as the vendor lists it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Purchase<'a> {
    /// The vendor's own id of it: one purchase is listed again each time one asks.
    pub id: &'a str,
    /// When.
    pub at: Moment,
    /// Dollars.
    pub amount: Balance,
}

/// What the vendor said of a team at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told<'a> {
    /// How many seats are paid for; none if it didn't say.
    pub seats: Option<u64>,
    /// Credits bought so far; none if it didn't list them.
    pub purchases: Option<Vec<Purchase<'a>>>,
    /// Kilo Pass: the outer none if it didn't say, the inner if there is none.
    pub pass: Option<Option<PassTerms>>,
}

/// Kilo Pass by the owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatedPass {
    /// What it costs and brings.
    pub terms: PassTerms,
    /// The day it began.
    pub since: NaiveDate,
}

/// Everything that is known of one cycle.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CycleRecords<'a> {
    /// What was said first in the cycle.
    pub first: Option<Told<'a>>,
    /// What was said last in it.
    pub last: Option<Told<'a>>,
    /// What was said last of all, in whichever cycle: purchases are listed for longer than a cycle.
    pub newest: Option<Told<'a>>,
    /// Seats by the owner, where they stated them in the cycle.
    pub stated_seats: Option<u64>,
}

/// Why a cycle isn't known whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// Nobody said how many seats there were: nothing of the cycle is known.
    SeatsUnknown,
    /// The number of seats differed later in it: seats added are charged by days, from a day that isn't told.
    SeatsChanged {
        /// First told.
        from: u64,
        /// Last told.
        to: u64,
    },
    /// Kilo Pass began within it: what that cost depends on an hour that isn't told.
    PassBegan {
        /// The day.
        on: NaiveDate,
    },
    /// The vendor says that there is Kilo Pass; since when is stated by nobody.
    PassSinceUnknown,
    /// Purchases were not listed.
    PurchasesUnknown,
    /// A purchase of an amount that the price list doesn't sell credits for: what was charged isn't known.
    PurchaseNotOffered {
        /// The amount.
        amount: Balance,
    },
}

/// What a cycle charged, and what is missing from that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CycleCharges {
    /// The charges.
    pub charged: PeriodCharges,
    /// What isn't known.
    pub gaps: Vec<Gap>,
}

/// How a team is billed since its first day.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// What it is billed by.
    pub terms: Terms,
    /// The first day of its first cycle.
    pub started_on: NaiveDate,
    /// What a seat costs.
    pub seat_price: &'static SeatPrice,
    /// Kilo Pass by the owner; none where they stated none.
    pub pass: Option<StatedPass>,
}

impl Subscription {
    /// Its cycles that have begun by `now`, the oldest first (T1).
    pub fn cycles(&self, now: Moment) -> impl Iterator<Item = Period> + use<> {
        let anniversary = Anniversary::new(self.started_on, self.seat_price.months);
        (0..).map(move |number| anniversary.cycle(number)).take_while(move |cycle| cycle.start <= now)
    }

    /// The team as it would have begun with so many seats: what a cycle's start charges depends on nothing else.
    fn begun_with(&self, seats: u64) -> Event<'static> {
        let action = Action::StartTeam { seats, seat_price: self.seat_price, payment_method: None };
        Event { at: Moment::on(self.started_on, 0), position: 0, action }
    }

    /// What one of its cycles charged, up to `now`.
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn cycle(
        &self,
        cycle: Period,
        records: &CycleRecords<'_>,
        now: Moment,
    ) -> Result<CycleCharges, FoldError> {
        let closed = cycle.end <= now;
        let seats_of = |told: &Option<Told<'_>>| told.as_ref().and_then(|told| told.seats);
        let Some(seats) = seats_of(&records.first).or(records.stated_seats) else {
            let charged = PeriodCharges { period: cycle, closed, charges: Vec::new(), known: Known::Nothing };
            return Ok(CycleCharges { charged, gaps: vec![Gap::SeatsUnknown] });
        };
        let mut gaps = Vec::new();
        if let Some(to) = seats_of(&records.last).filter(|to| *to != seats) {
            gaps.push(Gap::SeatsChanged { from: seats, to });
        }
        let mut events = vec![self.begun_with(seats)];
        match self.pass_in(cycle, records) {
            Ok(pass) => events.extend(pass.map(|terms| self.with_pass(terms))),
            Err(gap) => gaps.push(gap),
        }
        match records.bought_in(cycle) {
            None => gaps.push(Gap::PurchasesUnknown),
            Some(bought) => {
                for purchase in bought.values() {
                    match self.sold_for(purchase.amount) {
                        None => gaps.push(Gap::PurchaseNotOffered { amount: purchase.amount }),
                        Some(amount) => {
                            let action = Action::BuyCredits(amount);
                            events.push(Event { at: purchase.at, position: events.len(), action });
                        }
                    }
                }
            }
        }
        let timeline = Timeline::new(now.min(cycle.end), self.terms, events);
        let ledger = Ledger::fold(&timeline, timeline.as_of)?;
        let invoice = if closed {
            ledger.charged_at_the_end_of(cycle)
        } else {
            ledger.account.current(now).open_invoice
        };
        let known = Known::unless_missing(!gaps.is_empty());
        let charges = invoice.into_iter().map(|invoice| Charge::of(invoice, known)).collect();
        Ok(CycleCharges { charged: PeriodCharges { period: cycle, closed, charges, known }, gaps })
    }

    /// Kilo Pass as that cycle's start charged it, if it did. What the vendor said in the cycle counts; since when there is
    /// one only the owner can say.
    fn pass_in<'r>(
        &'r self,
        cycle: Period,
        records: &'r CycleRecords<'_>,
    ) -> Result<Option<&'r PassTerms>, Gap> {
        let told = [&records.first, &records.last].into_iter().flatten().find_map(|told| told.pass.as_ref());
        let told = told.map(Option::as_ref);
        match (told, &self.pass) {
            (Some(None), _) | (None, None) => Ok(None),
            (Some(Some(_)), None) => Err(Gap::PassSinceUnknown),
            (told, Some(stated)) if Moment::on(stated.since, 0) <= cycle.start => {
                Ok(told.flatten().or(Some(&stated.terms)))
            }
            (_, Some(stated)) if Moment::on(stated.since, 0) < cycle.end => {
                Err(Gap::PassBegan { on: stated.since })
            }
            (_, Some(_)) => Ok(None),
        }
    }

    /// Kilo Pass since the beginning: what a cycle's start charges for it depends on nothing else.
    fn with_pass(&self, terms: &PassTerms) -> Event<'static> {
        let action = Action::StartPass(terms.clone());
        Event { at: Moment::on(self.started_on, 0), position: 1, action }
    }

    /// The amount of a purchase, where credits are sold for it: dollars and cents, and on the price list.
    fn sold_for(&self, amount: Balance) -> Option<Money> {
        amount.whole_cents().filter(|amount| self.terms.edition.credits.includes(*amount))
    }

    /// What the next cycle's start charges a team of so many seats, with that Kilo Pass; none if it is closed by then.
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn upcoming(
        &self,
        seats: u64,
        pass: Option<&PassTerms>,
        now: Moment,
    ) -> Result<Option<Charge>, FoldError> {
        let mut events = vec![self.begun_with(seats)];
        events.extend(pass.map(|terms| self.with_pass(terms)));
        let timeline = Timeline::new(now, self.terms, events);
        let invoice = Ledger::fold(&timeline, now)?.account.next_invoice();
        Ok(invoice.map(|invoice| Charge::of(invoice, Known::Whole)))
    }
}

impl<'a> CycleRecords<'a> {
    /// Purchases that lie in a cycle, by the vendor's id, as they were said last; none if nobody listed any.
    fn bought_in(&self, cycle: Period) -> Option<BTreeMap<&'a str, Purchase<'a>>> {
        let told = [&self.first, &self.last, &self.newest];
        let lists = told.into_iter().flatten().filter_map(|told| told.purchases.as_ref());
        let mut known = None;
        for list in lists {
            let within = list.iter().filter(|purchase| cycle.contains(purchase.at));
            let known = known.get_or_insert_with(BTreeMap::new);
            known.extend(within.map(|purchase| (purchase.id, *purchase)));
        }
        known
    }
}
