//! `headroom` as a process of its own, in a home of its own, which may neither hang nor take much memory.

use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The most memory that an answer may cost, in KiB.
const MOST: u64 = 256 * 1024;

/// Address space, in KiB: a bomb that goes off is ended here, before it takes the machine along.
const CAGE: u64 = 4 * 1024 * 1024;

/// Seconds after which whoever hangs is ended.
const PATIENCE: &str = "120";

/// A home folder of its own, with nothing in it.
pub(crate) struct Home(TempDir);

/// What the program said.
#[derive(Debug)]
pub(crate) struct Told {
    pub status: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A place in it, with its folder.
    pub fn place(&self, name: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        path
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.place(name);
        fs::write(&path, text).expect("written");
        path
    }

    /// A file that begins so and goes on with zeros, which take no room on the disk.
    pub fn sparse(&self, name: &str, begins: &str, length: u64) -> PathBuf {
        let path = self.write(name, begins);
        File::options().write(true).open(&path).and_then(|file| file.set_len(length)).expect("made longer");
        path
    }

    pub fn pipe(&self, name: &str) -> PathBuf {
        let path = self.place(name);
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo runs").success());
        path
    }

    pub fn database(&self, name: &str, sql: &str) -> PathBuf {
        let path = self.place(name);
        Connection::open(&path).and_then(|database| database.execute_batch(sql)).expect("a database");
        path
    }

    /// Runs `headroom`, which must not hang and must not take much memory.
    pub fn run(&self, arguments: &[&str]) -> Told {
        let home = self.0.path();
        let peak = self.place("peak");
        let run = Command::new("sh")
            .args(["-c", r#"ulimit -c 0; ulimit -v "$0"; exec "$@""#, &CAGE.to_string()])
            .args(["timeout", PATIENCE])
            .arg(tools::programs::built("measured-headroom"))
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", home)
            .env("HEADROOM_DATA_DIR", home.join("data"))
            .env("HEADROOM_PEAK", &peak)
            .current_dir(home)
            .output()
            .expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        let told = Told { status: run.status.code(), output: text(run.stdout), errors: text(run.stderr) };
        let peak = fs::read_to_string(&peak).ok().and_then(|text| text.parse::<u64>().ok());
        let peak = peak.unwrap_or_else(|| panic!("{arguments:?} went off: {told:?}"));
        println!("{arguments:?}: peak {} MiB; {}", peak / 1024, told.errors.trim_end());
        assert!(peak <= MOST, "{arguments:?} took {} MiB: {told:?}", peak / 1024);
        told
    }

    /// Runs a command that must refuse `file` in one line that names it and ends so.
    pub fn refuses(&self, arguments: &[&str], file: &Path, reason: &str) {
        let told = self.run(arguments);
        assert_eq!(told.status, Some(2), "{told:?}");
        assert_eq!(told.output, "", "{told:?}");
        let line = told.errors.strip_suffix('\n').unwrap_or_default();
        assert!(!line.contains('\n') && line.len() < 500, "one line: {told:?}");
        assert!(line.contains(&*file.to_string_lossy()), "it names {}: {told:?}", file.display());
        assert!(line.trim_end_matches('.').ends_with(reason), "{reason:?} in {told:?}");
    }

    /// An import that must refuse a file, and of which nothing is kept.
    pub fn refuses_import(&self, kind: &str, file: &Path, reason: &str) {
        self.refuses(&["import", kind, &file.to_string_lossy()], file, reason);
        let accounts = self.run(&["accounts"]);
        assert!(!accounts.output.contains("Kiro") && !accounts.output.contains("Kilo"), "{accounts:?}");
    }
}
