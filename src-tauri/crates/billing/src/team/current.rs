//! Where a team stands, in the contract's form (`scenario.md`, "kilo-teams").

use super::Status;
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
    /// Dollars of credits left; below zero by at most one request.
    pub balance: Balance,
    /// When the grace of a failed payment ends or ended; none unless one is failing.
    pub grace_ends_at: Option<Moment>,
    /// When the data goes or went; none unless a payment is failing.
    pub data_deleted_at: Option<Moment>,
    /// What the cycle's end invoices if nothing more happens; none without lines.
    pub open_invoice: Option<Invoice>,
    /// Seats at the next cycle's start, before tax; nothing if the team is closed by then.
    pub next_charge: Money,
}
