//! Use cases, and the answers that the window and the command line show: which use cases there are is said in `use_cases`.
//!
//! Data goes one way: a source yields observations, the store appends them, a kind of account folds them through the
//! billing engine into a typed standing, and one answer a view is written from it, last. Nothing here knows the window.

pub mod answers;
pub mod catalog;
pub mod commands;
pub mod error;
pub mod links;

#[macro_use]
mod one_list;

mod account;
mod accounts;
mod acts;
mod alert;
mod bills;
mod breakdown;
mod charged_next;
mod charged_verdict;
mod charges;
mod choices;
mod chores;
mod chosen;
mod clock_behind;
mod data;
mod days;
mod difference;
mod doctor;
mod documents;
mod exported;
mod found;
mod headroom;
mod identities;
mod imports;
mod invoices;
mod kept;
mod kinds;
mod language;
mod machine;
mod moved;
mod place;
mod quoted;
mod refreshing;
mod reported;
mod samples;
mod selected;
mod settings;
mod settings_verdict;
mod standings;
mod start;
mod unreadable;
mod usage;
mod use_cases;
mod vendors;
mod weighed;
mod what_if;
mod whose;

pub use accounts::EachAccount;
pub use documents::{file::Export, language::Language, language::Reader, numbers::Numbers, words};
pub use error::{AppError, ErrorCode};
pub use headroom::Headroom;
pub use imports::{How, IssueChoice};
pub use kinds::has_balance;
pub use kinds::organisation::activity::ActivityAnswer;
pub use kinds::person::verdict::of_plan as plan_verdict;
pub use machine::clock::{self, Clock, SystemClock};
pub use machine::process::works;
pub use machine::secrets::{self, SystemKeyring};
pub use machine::{
    instance, log, modes, paths::Paths, process, reports, restarts, room::Kept, save::save, zone,
};
pub use place::{CopyView, Place};
