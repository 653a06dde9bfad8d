//! Readers of the files and services where the vendors leave usage.
//!
//! Nothing read here is a stable API: each wire form is one module, parsed tolerantly, and each
//! yields the same few [`observation`] types. Readers only read; the one exception, which turns the
//! overage switch, is [`kiro_preference`].

pub mod http;
pub mod kiro_activity_report;
pub mod kiro_limits;
pub mod kiro_preference;
pub mod kiro_sessions;
pub mod kiro_token;
pub mod observation;
pub mod secret;

mod number;

pub use http::{FetchError, Http, Patience};
pub use observation::{Metering, UsageObservation};
