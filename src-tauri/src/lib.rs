//! The shell: a Tauri window around `headroom_app`. It decides nothing about money.

mod backend;
mod background;
mod commands;
mod desktop;
mod dialogs;
mod drops;
mod platform;
mod sessions;
mod start;
mod tray;
mod window;

pub use start::run;
