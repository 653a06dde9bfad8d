//! The ground that everything stands on: moments and calendar months, decimals, money, credits, countries, and what is to
//! be said.
//!
//! Exact and pure: no floating point, no clock, no file, and no vendor or kind of account. Money is whole cents, credits
//! are whole hundredths, a balance is exact to 10^-18 of a dollar, a line of a vendor's bill to 10^-27; a share is
//! multiplied first, divided last and rounded once, half away from zero. All calendar arithmetic is UTC and every period is half-open.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod away;
pub mod calendar;
pub mod country;
pub mod decimal;
pub mod division;
pub mod printable;
pub mod saying;

mod balance;
mod cost;
mod parts;
mod stated;
mod units;

pub use balance::Balance;
pub use calendar::{DayCount, Heard, Moment, Month, NotAMonth, Period, Wait};
pub use cost::Cost;
pub use country::Country;
pub use decimal::Decimal;
pub use saying::Saying;
pub use stated::{RoundedOnce, StatedCredits, StatedSum};
pub use units::{Credits, Money};
