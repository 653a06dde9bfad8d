//! Readers of the files and services where the vendors leave usage.
//!
//! Nothing read here is a stable API: each wire form is one module, parsed tolerantly, and each
//! yields the same few [`observation`] types. Readers only read; the one exception, which turns the
//! overage switch, is [`kiro::preference`].

pub mod aws;
pub mod files;
pub mod kilo;
pub mod kiro;
pub mod observation;
pub mod recognised;
pub mod wire;
pub mod worker;

#[cfg(test)]
mod chances;

pub use observation::UsageObservation;
pub use wire::http::{Deadline, FetchError, Http, Patience};
pub use worker::Worker;
