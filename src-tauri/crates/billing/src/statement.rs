//! The statement: everything the rules make of a scenario, in the contract's form.

use crate::calendar::{Moment, Period};
use crate::individual::{Ledger, Scenario};
use crate::invoice::Invoice;
use crate::scenario::ScenarioError;
use crate::units::{Credits, Money};
use serde::Serialize;

/// Why an event changed nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalReason {
    /// The usage id was accepted before.
    Duplicate,
    /// Nothing is left and overage is off (K6).
    PausedAtLimit,
    /// Overage is for paid plans only (K5).
    OverageNotAvailable,
    /// It is on that plan already, with no change scheduled (K7).
    AlreadyOnPlan,
    /// Paid plans are not sold in the billing country (K12).
    CountryNotSupported,
}

/// An event that the rules refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Refusal {
    /// Its position in the list of events.
    pub event: usize,
    /// Why.
    pub reason: RefusalReason,
}

/// The plan's credits in the running cycle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlanPool {
    /// What the plan gives a cycle.
    pub allowance: Credits,
    /// What of it is used.
    pub used: Credits,
    /// What of it is left.
    pub remaining: Credits,
}

/// Bonus credits (K2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Bonus {
    /// Granted at the sign-up.
    pub granted: Credits,
    /// Used since granted.
    pub used: Credits,
    /// Left; zero once expired.
    pub remaining: Credits,
    /// From this instant they are gone.
    pub expires_at: Moment,
}

/// Overage in the running cycle (K5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Overage {
    /// Whether the switch is on.
    pub enabled: bool,
    /// Credits beyond the plan's while it was on.
    pub credits: Credits,
    /// Their price so far.
    pub charge: Money,
}

/// The pools, kept apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CreditPools {
    /// Everything accepted in this cycle.
    pub used: Credits,
    /// The plan's.
    pub plan: PlanPool,
    /// The bonus, if one was granted.
    pub bonus: Option<Bonus>,
    /// Beyond the plan, charged.
    pub overage: Overage,
    /// Beyond the plan with overage off: shown, never billed (K6).
    pub uncovered: Credits,
}

/// The account at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Current {
    /// The plan's id.
    pub plan: &'static str,
    /// The plan from the cycle's end on, when a change is scheduled.
    pub next_plan: Option<&'static str>,
    /// The running cycle.
    pub cycle: Period,
    /// Its credits.
    pub credits: CreditPools,
    /// Whether requests pause now (K6).
    pub paused: bool,
    /// What the cycle's end charges if nothing more happens.
    pub next_charge: Option<Invoice>,
}

/// Everything at a moment: invoices, refusals and where the account stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Statement {
    /// The moment.
    pub as_of: Moment,
    /// The kind of account.
    pub account: &'static str,
    /// What was charged.
    pub invoices: Vec<Invoice>,
    /// What was refused.
    pub refused: Vec<Refusal>,
    /// Where it stands.
    pub current: Current,
}

impl Statement {
    /// The statement of a scenario as of its own moment.
    pub fn of(scenario: &Scenario<'_>) -> Result<Self, ScenarioError> {
        let ledger = Ledger::fold(scenario, scenario.as_of)?;
        let current = ledger.account.current(scenario.as_of);
        Ok(Self {
            as_of: scenario.as_of,
            account: crate::scenario::KIRO_INDIVIDUAL,
            invoices: ledger.invoices,
            refused: ledger.refused,
            current,
        })
    }
}
