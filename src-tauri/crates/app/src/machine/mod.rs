//! The machine: its clock, its places, its supply, its locks, its keyring. Only these files read time, environment,
//! supply and locks; whoever needs one of them is given it.

pub mod clock;
pub mod instance;
pub mod paths;
pub mod power;
pub mod secrets;
