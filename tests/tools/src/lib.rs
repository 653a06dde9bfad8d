//! What plays the vendors, runs the app, and makes what it is measured with. Nothing here knows Tauri.

pub mod bucket;
pub mod desktop;
pub mod emulator;
pub mod large;
pub mod parquet_cost;
pub mod programs;
pub mod rig;
pub mod sbom;
pub mod typed;
pub mod window;

mod dragging;
mod faults;
mod hands;
mod kilo_emulator;
mod opened;
mod own_kilo;
mod written;
