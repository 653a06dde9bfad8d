//! The programs that tests and benches start.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The system that this was built for.
pub fn host() -> String {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let version = String::from_utf8(output.stdout).expect("text");
    version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

/// Where a program of this build lies, whether or not it was built.
pub fn binary(name: &str) -> PathBuf {
    // Tests and benches run from target/<profile>/deps, programs from the folder above.
    let running = env::current_exe().expect("what runs has a path");
    let mut folder = running.parent().expect("target/<profile>");
    if folder.ends_with("deps") {
        folder = folder.parent().expect("target/<profile>");
    }
    folder.join(name)
}

/// A program of this package or the command line, built from the sources as they are: a test would prove nothing with an older one.
///
/// Cargo builds a package's programs before its own tests only, so those of another package ask for it here. Nothing is
/// built where the whole workspace was built before, as `make test` does.
pub fn built(name: &str) -> PathBuf {
    static LOOKED_AT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut looked_at = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
    let program = binary(name);
    if looked_at.insert(name.to_owned()) && !is_newer_than_its_sources(&program) {
        build(name);
        assert!(program.exists(), "{} was not built", program.display());
    }
    program
}

fn build(name: &str) {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Beside the tests, so that both ask the same of what they share and it is compiled once.
    cargo.args([
        "build",
        "--locked",
        "--offline",
        "--quiet",
        "-p",
        "acceptance",
        "-p",
        "tools",
        "-p",
        "headroom-cli",
    ]);
    cargo.args(["--bin", name]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    // What cargo tells a test of its package would look like a change to build scripts that ask for it.
    for (name, _) in env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    let status = cargo.current_dir(root()).status().expect("cargo runs");
    assert!(status.success(), "{name} can't be built");
}

/// Whether a program was written after everything that it is made of, by the list that cargo puts beside it.
fn is_newer_than_its_sources(program: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let Some(written) = changed(program) else { return false };
    let list = fs::read_to_string(program.with_extension("d")).unwrap_or_default();
    let Some((_, sources)) = list.split_once(": ") else { return false };
    let is_older = |source: &str| -> bool {
        changed(Path::new(source)).is_some_and(|changed: SystemTime| changed <= written)
    };
    // A space in a path stands behind a backslash.
    sources.trim().replace("\\ ", "\0").split(' ').all(|source| is_older(&source.replace('\0', " ")))
}
