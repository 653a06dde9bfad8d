//! Builds what Tauri needs, with the commands that the window may call.

mod manifest;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    // The bundled SQLite stays out of the dynamic symbols: libwebkit2gtk brings another under the same names.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    println!("cargo:rerun-if-changed=ui/dist");
    placeholder_ui()?;
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let manifest = tauri_build::AppManifest::new().commands(manifest::COMMANDS);
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(manifest);
    tauri_build::try_build(attributes).map_err(io::Error::other)
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
