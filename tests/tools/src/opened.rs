//! What stands for the system's browser and its file manager: a program that notes what it is to open.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The folder of a home that programs are looked for in first.
pub const FIRST: &str = "bin";
const NOTES: &str = "opened";

/// Puts the program into a home.
pub fn plant(home: &Path) {
    let folder = home.join(FIRST);
    fs::create_dir_all(&folder).expect("a folder");
    let program = folder.join("xdg-open");
    let script = format!("#!/bin/sh\necho \"$1\" >>'{}'\n", home.join(NOTES).display());
    fs::write(&program, script).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("executable");
}

/// What it noted.
pub fn noted(home: &Path) -> Vec<String> {
    let notes = fs::read_to_string(home.join(NOTES)).unwrap_or_default();
    notes.lines().map(str::to_owned).collect()
}
