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
    "set_overage",
    "request_overage",
    "refresh",
    "set_ask",
    "set_pause_on_battery",
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
    "import",
    "stop_import",
    "set_theme",
    "open_link",
    "show_data_folder",
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
