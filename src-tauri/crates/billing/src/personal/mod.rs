//! Kilo, one person: a balance that is spent, credits by purchase, and a Kilo Pass of their own (interfaces-2026 §5.2).
//!
//! The vendor keeps the books and tells where they stand; nothing is folded from events. Computed are what the Pass charges
//! next, what is still to be spent before its bonus comes, how long the balance lasts, and what a month's purchases charged.

pub mod charges;
pub mod ended;
mod pass;

pub use pass::{NextCharge, PassState, ToldPass};

/// Its name in the store.
pub const NAME: &str = "kilo-personal";
