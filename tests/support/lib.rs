//! What the acceptance tests share. Nothing here knows Tauri.

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A file or folder under `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// What a run of `headroom` left behind.
#[derive(Debug)]
pub struct Run {
    /// Its exit status.
    pub status: u8,
    /// What it wrote on standard output.
    pub output: String,
    /// What it wrote on standard error.
    pub errors: String,
}

/// Runs `headroom` in process with `arguments` and `input`.
pub fn headroom(arguments: &[&str], input: &[u8]) -> Run {
    let mut output = Vec::new();
    let mut errors = Vec::new();
    let words = std::iter::once("headroom").chain(arguments.iter().copied()).map(Into::into);
    let mut reader = input;
    let status = headroom_cli::run(
        words,
        &mut headroom_cli::Console { input: &mut reader, output: &mut output, errors: &mut errors },
    );
    Run {
        status,
        output: String::from_utf8_lossy(&output).into_owned(),
        errors: String::from_utf8_lossy(&errors).into_owned(),
    }
}
