//! Readers of the files and services where the vendors leave usage.
//!
//! Nothing read here is a stable API: each wire form is one module, parsed tolerantly, and each
//! yields the same few [`observation`] types. Readers only read.

pub mod kiro_sessions;
pub mod observation;

pub use observation::{Metering, UsageObservation};
