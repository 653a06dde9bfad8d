//! Kiro for one person (K1–K12): the events, and the ledger they fold into.

mod account;
mod usage;

pub use account::Account;

use crate::calendar::{DayCount, Moment, Month};
use crate::catalog::{Edition, PlanRank};
use crate::country::Country;
use crate::invoice::Invoice;
use crate::scenario::ScenarioError;
use crate::statement::{Refusal, RefusalReason};
use crate::units::Credits;
use hashbrown::HashSet;
use std::borrow::Cow;

/// What an account is billed by: the price list, the billing address and the way days are counted.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The dated price list.
    pub edition: &'static Edition,
    /// The billing address, which sets the tax (K11) and whether plans can be bought (K12).
    pub country: Country,
    /// How remaining days are counted (K8).
    pub day_count: DayCount,
}

/// Something that happened to the account.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// When.
    pub at: Moment,
    /// Its place in the list it came from; refusals name it.
    pub position: usize,
    /// What.
    pub action: Action<'a>,
}

/// What an event does.
#[derive(Clone, Debug)]
pub enum Action<'a> {
    /// The account begins, with bonus credits or without (K2).
    SignUp {
        /// Whether bonus credits are granted.
        trial: bool,
    },
    /// A plan is asked for (K7–K9).
    ChangePlan(PlanRank),
    /// Overage is turned on or off (K5).
    SetOverage {
        /// On or off.
        enabled: bool,
    },
    /// A task ran (K4).
    Usage {
        /// What it consumed.
        credits: Credits,
        /// The metering's own id, if it has one: an accepted id counts once.
        id: Option<Cow<'a, str>>,
    },
}

/// A checked list of events in time order, beginning with the one sign-up.
#[derive(Clone, Debug)]
pub struct Scenario<'a> {
    /// The moment that the statement is for.
    pub as_of: Moment,
    /// What the account is billed by.
    pub terms: Terms,
    events: Vec<Event<'a>>,
}

impl<'a> Scenario<'a> {
    /// Orders the events by time (equal times keep the list's order) and checks the sign-up.
    pub fn new(as_of: Moment, terms: Terms, mut events: Vec<Event<'a>>) -> Result<Self, ScenarioError> {
        if !events.is_sorted_by_key(|event| event.at) {
            events.sort_by_key(|event| event.at);
        }
        let mut sign_ups = events.iter().filter(|event| matches!(event.action, Action::SignUp { .. }));
        match (sign_ups.next(), sign_ups.next()) {
            (None, _) => return Err(ScenarioError::whole("events: sign_up is missing")),
            (Some(_), Some(second)) => {
                return Err(ScenarioError::event(
                    second.position,
                    "sign_up stands twice; an account has one",
                ));
            }
            (Some(_), None) => {}
        }
        if let Some(first) = events.first()
            && !matches!(first.action, Action::SignUp { .. })
        {
            return Err(ScenarioError::event(first.position, "at: is before the sign_up, which comes first"));
        }
        Ok(Self { as_of, terms, events })
    }
}

/// A month that has ended: what a plan replay needs of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClosedMonth {
    /// Which.
    pub month: Month,
    /// Credits accepted in it.
    pub used: Credits,
    /// Tasks refused at the limit in it (K6).
    pub paused_tasks: u32,
}

/// Everything the rules make of the events up to a moment.
#[derive(Clone, Debug)]
pub struct Ledger<'s> {
    /// The account as it stands.
    pub account: Account,
    /// What was charged, in order.
    pub invoices: Vec<Invoice>,
    /// What was refused, in the order it was judged.
    pub refused: Vec<Refusal>,
    /// The months that have ended.
    pub closed_months: Vec<ClosedMonth>,
    accepted_ids: HashSet<&'s str>,
}

impl<'s> Ledger<'s> {
    /// Folds every event at or before `moment`, and closes every cycle that has ended by then.
    ///
    /// Fails when no event is that early: there is no account yet.
    pub fn fold(scenario: &'s Scenario<'_>, moment: Moment) -> Result<Self, ScenarioError> {
        let nothing = || ScenarioError::whole(&format!("as_of: no event is at or before {moment}"));
        let (first, rest) = scenario.events.split_first().ok_or_else(nothing)?;
        if first.at > moment {
            return Err(nothing());
        }
        let trial = matches!(first.action, Action::SignUp { trial: true });
        let mut ledger = Self {
            account: Account::open(scenario.terms, first.at, trial),
            invoices: Vec::new(),
            refused: Vec::new(),
            closed_months: Vec::new(),
            accepted_ids: HashSet::new(),
        };
        for event in rest.iter().take_while(|event| event.at <= moment) {
            ledger.apply(event);
        }
        ledger.advance(moment);
        Ok(ledger)
    }

    /// Judges one more event, not earlier than the last.
    pub fn apply(&mut self, event: &'s Event<'_>) {
        self.advance(event.at);
        let outcome = match &event.action {
            // Scenario::new lets one sign-up through, and the ledger opens with it.
            Action::SignUp { .. } => Ok(None),
            Action::ChangePlan(plan) => self.account.change_plan(*plan, event.at),
            Action::SetOverage { enabled } => self.account.set_overage(*enabled).map(|()| None),
            Action::Usage { credits, id } => self.meter(*credits, id.as_deref(), event.at).map(|()| None),
        };
        match outcome {
            Ok(invoice) => self.invoices.extend(invoice),
            Err(reason) => self.refused.push(Refusal { event: event.position, reason }),
        }
    }

    fn meter(&mut self, credits: Credits, id: Option<&'s str>, at: Moment) -> Result<(), RefusalReason> {
        let Some(id) = id else {
            return self.account.meter(credits, at);
        };
        if self.accepted_ids.contains(id) {
            return Err(RefusalReason::Duplicate);
        }
        self.account.meter(credits, at)?;
        // Only an accepted task's id is remembered.
        self.accepted_ids.insert(id);
        Ok(())
    }

    fn advance(&mut self, moment: Moment) {
        while self.account.cycle().end <= moment {
            let (month, invoice) = self.account.close_cycle();
            self.closed_months.push(month);
            self.invoices.extend(invoice);
        }
    }
}
