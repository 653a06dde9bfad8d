//! Where a team stands, in the contract's form (`scenario.md`, "kilo-teams").

use super::{PassCurrent, Status, TopUpCurrent};
use crate::assumption::Assumption;
use crate::invoice::Invoice;
use headroom_exact::{Balance, Moment, Money, Period};
use serde::Serialize;

/// Seats, as numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct SeatCount {
    /// Paid for in the running cycle.
    pub paid: u64,
    /// Paid for from the next one on.
    pub next_cycle: u64,
    /// Members.
    pub assigned: u64,
}

/// The team at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Current {
    /// Whether it is served.
    pub status: Status,
    /// The running cycle.
    pub cycle: Period,
    /// Its seats.
    pub seats: SeatCount,
    /// Dollars of credits left, what is left of bonuses among them; below zero by at most one request.
    pub balance: Balance,
    /// Kilo Pass; none without.
    pub pass: Option<PassCurrent>,
    /// Automatic top-ups; none while they are switched off.
    pub auto_top_up: Option<TopUpCurrent>,
    /// When the grace of a failed payment ends or ended; none unless one is failing.
    pub grace_ends_at: Option<Moment>,
    /// When the data goes or went; none unless a payment is failing.
    pub data_deleted_at: Option<Moment>,
    /// What the cycle's end invoices if nothing more happens; none without lines.
    pub open_invoice: Option<Invoice>,
    /// Seats at the next cycle's start, before tax; nothing if the team is closed by then.
    pub next_charge: Money,
    /// Everything that is charged there, tax included; none if the team is closed by then.
    pub next_invoice: Option<Invoice>,
    /// What these figures rest on that no source settles.
    pub assumptions: Vec<Assumption>,
}
