//! Kilo: its service, its login and its files (`interfaces.md` §2 and §4, `interfaces-2026.md` §3 and §5).

pub mod database;
pub mod family;
pub mod personal;
pub mod team;
pub mod token;
pub mod usage;
pub mod usage_csv;

mod blocks;
mod parts;
mod pass;
mod subscription;
