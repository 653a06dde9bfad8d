//! Readers of the files and services where the vendors leave usage.
//!
//! Nothing read here is a stable API: each wire form is one module, parsed tolerantly, and each
//! yields the same few [`observation`] types. Readers only read; the one exception, which turns the
//! overage switch, is [`kiro_preference`].

pub mod aws_cost;
pub mod bounded;
pub mod http;
pub mod json;
pub mod kept;
mod kilo_blocks;
pub mod kilo_database;
pub mod kilo_family;
mod kilo_parts;
mod kilo_pass;
pub mod kilo_personal;
pub mod kilo_team;
pub mod kilo_token;
pub mod kilo_usage;
pub mod kilo_usage_csv;
pub mod kiro_activity_report;
pub mod kiro_client_log;
pub mod kiro_command;
pub mod kiro_ide_sessions;
pub mod kiro_ide_state;
pub mod kiro_limits;
pub mod kiro_models;
pub mod kiro_preference;
pub mod kiro_sessions;
pub mod kiro_token;
pub mod kiro_user;
pub mod missing;
pub mod observation;
pub mod secret;
pub mod serve;
pub mod table_file;
pub mod worker;

mod asked;
mod fetch_error;
mod host;
mod kiro_breakdown;
mod kiro_rows;
mod kiro_service;
mod moments;
mod number;
mod patience;
mod refusal;
mod struck;

pub use http::{FetchError, Http, Patience};
pub use observation::{Metering, UsageObservation};
pub use worker::Worker;
