//! Builds what Tauri needs, with the list of commands the window may call.

use std::path::Path;
use std::{fs, io};

/// Every command of the window; the capability in tauri.conf.json grants exactly these.
const COMMANDS: &[&str] = &[
    "start",
    "reveal",
    "painted",
    "overview",
    "plans",
    "receipt",
    "invoices",
    "save_invoices",
    "usage",
    "usage_rows",
    "what_if",
    "save_what_if",
    "forget_what_if",
    "export_what_if",
    "open_what_if",
    "seat_receipt",
    "set_overage",
    "request_overage",
    "refresh",
    "choose",
    "connect_kilo",
    "set_kilo_key",
    "add_account",
    "rename_account",
    "hide_account",
    "save_team_facts",
    "change_plan",
    "save_facts",
    "open_sample",
    "remove_account",
    "restore_account",
    "import",
    "stop_import",
    "open_link",
    "show_data_folder",
    "back_up",
    "export_all",
    "delete_all",
    "alerts",
    "tell",
    "desktop",
    "set_autostart",
    "set_tray",
];

fn main() -> io::Result<()> {
    // The bundled SQLite stays out of the dynamic symbols: libwebkit2gtk brings another under the same names.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    println!("cargo:rerun-if-changed=ui/dist");
    placeholder_ui()?;
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).map_err(io::Error::other)
}

/// Without a built window the crate would not compile; `make` builds the real one first.
fn placeholder_ui() -> io::Result<()> {
    let page = Path::new("ui/dist/index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all("ui/dist")?;
    fs::write(page, "<!doctype html><title>Headroom</title><p>The window was not built. Run: make run</p>\n")
}
