//! The machine: its clock, its places, its supply, its locks, its keyring, and what is kept there of Headroom's own work
//! and mistakes. Only these files read time, environment, supply and locks; whoever needs one of them is given it.

pub mod clock;
pub mod instance;
mod kiro_sessions;
pub(crate) mod locked;
pub mod log;
pub mod modes;
pub mod paths;
pub mod power;
pub mod process;
pub mod reports;
pub mod restarts;
pub mod room;
pub mod save;
pub mod secrets;
pub mod zone;
