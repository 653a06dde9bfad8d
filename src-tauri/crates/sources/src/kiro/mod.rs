//! Kiro: its service, its logins, its command line and IDE, and the reports of organisations (`interfaces.md` §1 and §3,
//! `interfaces-2026.md` §1, §2 and §6).

pub mod activity_report;
pub mod client_log;
pub mod command;
pub mod conversations;
pub mod ide_state;
pub mod identities;
pub mod limits;
pub mod lineage;
pub mod models;
pub mod preference;
pub mod session_folders;
pub mod session_stores;
pub mod sessions;
pub mod token;
pub mod unnamed;
pub mod user;

mod breakdown;
pub(crate) mod older_tasks;
mod rows;
mod service;
pub(crate) mod without_credits;

/// The tiers that bills and reports name, as AWS writes them, the smaller first.
pub(crate) const TIERS: [&str; 5] = ["Free", "Pro", "ProPlus", "ProMax", "Power"];
