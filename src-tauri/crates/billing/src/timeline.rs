//! The one shape of every way of billing: dated events, folded in order into a ledger.
//!
//! What differs between the ways is behind [`AccountKind`]; what they share (order, closing of cycles,
//! repeated ids, refusals) is here once.

use crate::identity::Identities;
use crate::invoice::Invoice;
use crate::refusal::{Refusal, RefusalReason};
use headroom_exact::{Moment, Period};
use serde::Serialize;

/// Why events are not the events of an account: what is wrong, by the place in the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FoldError {
    /// Something happened before the account began.
    BeforeOpening {
        /// The event's place.
        position: usize,
        /// The type of event that an account begins with.
        opening: &'static str,
    },
    /// It begins twice.
    OpenedTwice {
        /// The place of the second beginning.
        position: usize,
        /// The type of event that an account begins with.
        opening: &'static str,
    },
    /// It never begins.
    NoOpening {
        /// The type of event that an account begins with.
        opening: &'static str,
    },
    /// At the moment that is asked about there is no account yet.
    NothingYet {
        /// The moment.
        moment: Moment,
    },
}

/// Something that happened to an account.
#[derive(Clone, Debug)]
pub struct Event<A> {
    /// When.
    pub at: Moment,
    /// Its place in the list it came from; refusals name it.
    pub position: usize,
    /// What.
    pub action: A,
}

/// One way of billing, as the fold sees it: an account that judges events and closes cycles.
pub trait AccountKind: Sized {
    /// Its name in scenarios.
    const NAME: &'static str;
    /// The event it begins with, exactly once; none if it begins with whatever comes first.
    const OPENING: Option<&'static str>;
    /// What it is billed by.
    type Terms: Clone;
    /// What an event of it does.
    type Action<'a>;
    /// What a replay needs to know of a cycle that has ended.
    type ClosedCycle;
    /// Where it stands, in the contract's form.
    type Current: Serialize;

    /// Whether it is the opening event.
    fn is_opening(action: &Self::Action<'_>) -> bool;

    /// The metering's own id of a usage, if it is one and has one.
    fn usage_id<'e>(action: &'e Self::Action<'_>) -> Option<&'e str>;

    /// The account as its first event finds it; the event is judged next.
    fn open(terms: Self::Terms, at: Moment, first: &Self::Action<'_>) -> Self;

    /// The running cycle.
    fn cycle(&self) -> Period;

    /// Ends the running cycle and begins the next.
    fn close_cycle(&mut self) -> (Self::ClosedCycle, Option<Invoice>);

    /// Whether every event is refused from that moment on, because the account's data is gone (T5).
    fn is_closed_at(&self, _at: Moment) -> bool {
        false
    }

    /// Judges an event in the running cycle; what it charges at once, if anything. A refusal changes
    /// nothing (but counters of refusals).
    fn judge(&mut self, action: &Self::Action<'_>, at: Moment) -> Result<Option<Invoice>, RefusalReason>;

    /// Where it stands at `moment`, which lies in the running cycle.
    fn current(&self, moment: Moment) -> Self::Current;
}

/// Events of one account in time order, and what it is billed by.
pub struct Timeline<'a, K: AccountKind> {
    /// The moment that the statement is for.
    pub as_of: Moment,
    /// What the account is billed by.
    pub terms: K::Terms,
    events: Vec<Event<K::Action<'a>>>,
}

impl<'a, K: AccountKind> Timeline<'a, K> {
    /// Orders the events by time; equal times keep the list's order.
    pub fn new(as_of: Moment, terms: K::Terms, mut events: Vec<Event<K::Action<'a>>>) -> Self {
        if !events.is_sorted_by_key(|event| event.at) {
            events.sort_by_key(|event| event.at);
        }
        Self { as_of, terms, events }
    }

    /// The events in time order.
    pub fn events(&self) -> &[Event<K::Action<'a>>] {
        &self.events
    }

    /// The same with more events after the listed ones.
    #[must_use]
    pub fn with(mut self, more: Vec<Event<K::Action<'a>>>) -> Self {
        // Equal times keep the list's order, so the listed ones stay first.
        self.events.extend(more);
        Self::new(self.as_of, self.terms, self.events)
    }
}

/// Everything the rules make of the events up to a moment.
#[derive(Clone, Debug)]
pub struct Ledger<K: AccountKind> {
    /// The account as it stands.
    pub account: K,
    /// What was charged, in order.
    pub invoices: Vec<Invoice>,
    /// What was refused, in the order it was judged.
    pub refused: Vec<Refusal>,
    /// The cycles that have ended.
    pub closed_cycles: Vec<K::ClosedCycle>,
    accepted: Identities,
}

impl<K: AccountKind> Ledger<K> {
    /// Folds every event at or before `moment`, and closes every cycle that has ended by then.
    ///
    /// Fails when no event is that early (there is no account yet) or the opening event is missing,
    /// late or repeated.
    pub fn fold(timeline: &Timeline<'_, K>, moment: Moment) -> Result<Self, FoldError> {
        let mut fold = Fold::new(timeline.terms.clone(), moment);
        for event in &timeline.events {
            fold.take(event)?;
        }
        fold.finish()
    }

    fn open(terms: K::Terms, first: &Event<K::Action<'_>>) -> Self {
        Self {
            account: K::open(terms, first.at, &first.action),
            invoices: Vec::new(),
            refused: Vec::new(),
            closed_cycles: Vec::new(),
            accepted: Identities::default(),
        }
    }

    /// Judges one more event, not earlier than the last.
    pub fn apply(&mut self, event: &Event<K::Action<'_>>) {
        self.advance(event.at);
        match self.judge(event) {
            Ok(invoice) => self.invoices.extend(invoice),
            Err(reason) => self.refused.push(Refusal { event: event.position, reason }),
        }
    }

    /// Checks in the contract's order: deleted data, a repeated id, then what the account says.
    fn judge(&mut self, event: &Event<K::Action<'_>>) -> Result<Option<Invoice>, RefusalReason> {
        if self.account.is_closed_at(event.at) {
            return Err(RefusalReason::DataDeleted);
        }
        let Some(id) = K::usage_id(&event.action) else {
            return self.account.judge(&event.action, event.at);
        };
        if !self.accepted.put(id) {
            return Err(RefusalReason::Duplicate);
        }
        let outcome = self.account.judge(&event.action, event.at);
        if outcome.is_err() {
            // Only an accepted task's id is remembered.
            self.accepted.take_back(id);
        }
        outcome
    }

    /// What the end of a cycle charges of which nothing more is known, if anything; of an account that charges only at
    /// the ends of its cycles.
    pub fn charged_at_the_end_of(mut self, cycle: Period) -> Option<Invoice> {
        self.advance(cycle.end);
        self.invoices.pop().filter(|invoice| invoice.issued_at == cycle.end)
    }

    /// Closes every cycle that has ended by `moment`.
    pub fn advance(&mut self, moment: Moment) {
        while self.account.cycle().end <= moment {
            let (closed, invoice) = self.account.close_cycle();
            self.closed_cycles.push(closed);
            self.invoices.extend(invoice);
        }
    }
}

/// A fold under way: takes events one by one, in time order, so that they needn't be held.
pub struct Fold<K: AccountKind> {
    terms: K::Terms,
    moment: Moment,
    first: Option<Moment>,
    ledger: Option<Ledger<K>>,
}

impl<K: AccountKind> Fold<K> {
    /// A fold up to `moment`.
    pub const fn new(terms: K::Terms, moment: Moment) -> Self {
        Self { terms, moment, first: None, ledger: None }
    }

    /// Takes the next event, not earlier than the last. One after the moment is only checked.
    pub fn take(&mut self, event: &Event<K::Action<'_>>) -> Result<(), FoldError> {
        if let Some(opening) = K::OPENING {
            match (self.first.is_none(), K::is_opening(&event.action)) {
                (true, false) => {
                    return Err(FoldError::BeforeOpening { position: event.position, opening });
                }
                (false, true) => {
                    return Err(FoldError::OpenedTwice { position: event.position, opening });
                }
                _ => {}
            }
        }
        self.first.get_or_insert(event.at);
        if event.at > self.moment {
            return Ok(());
        }
        let terms = &self.terms;
        self.ledger.get_or_insert_with(|| Ledger::open(terms.clone(), event)).apply(event);
        Ok(())
    }

    /// How many invoices come of the events taken so far and of the cycles that have ended by `moment`, which is not
    /// after the fold's own.
    pub(crate) fn invoices_until(&mut self, moment: Moment) -> usize {
        self.ledger.as_mut().map_or(0, |ledger| {
            ledger.advance(moment);
            ledger.invoices.len()
        })
    }

    /// The ledger at the moment.
    pub fn finish(self) -> Result<Ledger<K>, FoldError> {
        if let (None, Some(opening)) = (self.first, K::OPENING) {
            return Err(FoldError::NoOpening { opening });
        }
        let mut ledger = self.ledger.ok_or(FoldError::NothingYet { moment: self.moment })?;
        ledger.advance(self.moment);
        Ok(ledger)
    }
}
