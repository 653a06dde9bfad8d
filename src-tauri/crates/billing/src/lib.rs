//! The billing engine: what a vendor will charge, computed from dated events by published rules.
//!
//! A scenario (dated events) goes through a pure fold into a ledger; a statement, a preview and a
//! replay are views of ledgers. Time is always an argument. There is no clock, no file, no
//! environment, no async and no floating point here, and nothing fails except on input it names.
//!
//! Rules are cited by their number in the contract (`K8`, `E2`, `T5`). Money is whole cents,
//! credits are whole hundredths, all calendar arithmetic is UTC and every period is half-open.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod advice;
pub mod assumption;
pub mod bill;
pub mod catalog;
pub mod charges;
pub mod invoice;
pub mod organisation;
pub mod person;
pub mod personal;
pub mod pieces;
pub mod refusal;
pub mod replay;
pub mod scenario;
pub mod shares;
pub mod statement;
pub mod team;
pub mod terms;
pub mod timeline;
pub mod total;

mod identity;
mod packs;
mod usage;

pub use assumption::Assumption;
pub use catalog::{Catalog, Edition, Lists, Plan, PlanRank};
pub use invoice::{Invoice, Line, LineKind, Quantity};
pub use packs::{Pack, Pool, PoolKind, ToldPool};
pub use refusal::{Refusal, RefusalReason};
pub use scenario::{Scenario, ScenarioError};
pub use statement::Statement;
pub use terms::Terms;
pub use timeline::{AccountKind, Event, Fold, FoldError, Ledger, Timeline};
pub use total::Total;
pub use usage::{AutoComparison, Limit};
