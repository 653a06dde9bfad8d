//! Whether the machine runs on its battery, as Linux describes it. Elsewhere that isn't known, and nothing
//! is paused.

use std::fs;
use std::path::Path;

/// Whether no supply from outside is there, and a battery is.
pub(crate) fn on_battery(supplies: &Path) -> bool {
    let supplies = fs::read_dir(supplies).into_iter().flatten().flatten();
    let mut battery = false;
    for supply in supplies {
        let read = |name: &str| fs::read_to_string(supply.path().join(name)).unwrap_or_default();
        match (read("type").trim(), read("online").trim()) {
            ("Mains" | "USB", "1") => return false,
            // A mouse has a battery too; only the machine's own discharges as its supply.
            ("Battery", _) if read("scope").trim() != "Device" => {
                battery |= read("status").trim() == "Discharging";
            }
            _ => {}
        }
    }
    battery
}
