//! Mistakes of Headroom's own: each is told with a number, and what is kept of it holds nothing of the person.

use acceptance::files_in;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Whoever isn't there by then doesn't come.
const PATIENCE: Duration = Duration::from_mins(1);

/// A home of somebody with a name.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::Builder::new().prefix("ada-lovelace").tempdir().expect("a folder"))
    }

    fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    /// `headroom` in that home; a mistake is planted in a place of it.
    fn command(&self, planted: &str, arguments: &[&str]) -> Command {
        // What a crash writes down is as large as it may be, before the program says otherwise.
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -c "$(ulimit -Hc)"; exec "$0" "$@""#]);
        command.arg(tools::programs::built("measured-headroom")).args(arguments);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", self.0.path());
        command.env("HEADROOM_DATA_DIR", self.data()).env("HEADROOM_PLANTED", planted);
        command
    }

    fn run(&self, planted: &str, arguments: &[&str]) -> Output {
        self.command(planted, arguments).output().expect("it runs")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The number of the report that is told of.
fn number(line: &str) -> &str {
    let (_, rest) = line.split_once("(report ").unwrap_or_else(|| panic!("a number: {line}"));
    rest.split_once(')').expect("its end").0
}

#[test]
fn a_mistake_on_the_command_line_is_told_in_a_line_with_the_number_of_a_report_that_names_nobody() {
    let home = Home::new();
    let facts = ["facts", "--plan", "pro", "--first-paid", "2026-01-05", "--overage", "off"];
    assert!(home.run("", &facts).status.success());
    let broken = home.run("status", &["status", "--account", "ada@example.com"]);
    let line = text(&broken.stderr);
    assert_eq!(
        (broken.status.code(), text(&broken.stdout), line.lines().count()),
        (Some(1), String::new(), 1)
    );
    let number = number(&line);
    let report = home.data().join("reports").join(format!("{number}.txt"));
    assert!(line.contains(&report.display().to_string()), "where it is: {line}");
    assert_eq!(fs::metadata(&report).expect("the file").permissions().mode() & 0o777, 0o600);
    let said = fs::read_to_string(&report).expect("the report");
    for (what, expected) in [
        ("version", concat!("Headroom ", env!("CARGO_PKG_VERSION"), ", report ")),
        ("system", "System: linux "),
        ("program", "Program: command line\n"),
        ("work", "Doing: headroom status\n"),
        ("place", "Place: src-tauri/crates/app/src/machine/process.rs:"),
        ("what went wrong", "Says: a planted fault\n"),
        ("callers", "headroom_cli::run"),
    ] {
        assert!(said.contains(expected), "{what}: {said}");
    }
    for private in ["ada", "lovelace", "/home", "/root", "/tmp", &*home.0.path().to_string_lossy()] {
        assert!(!said.to_lowercase().contains(private), "{private} in {said}");
    }

    let list = home.run("", &["reports"]);
    assert!(text(&list.stdout).starts_with(number), "{list:?}");
    assert_eq!(text(&home.run("", &["reports", number]).stdout), said);
    assert_eq!(home.run("", &["reports", "000000"]).status.code(), Some(2));
    assert!(home.run("", &["reports", "--delete", number]).status.success());
    assert!(text(&home.run("", &["reports"]).stdout).starts_with("No report."));
    assert!(home.run("", &["status"]).status.success(), "and everything else goes on");
}

#[test]
fn without_a_place_for_a_report_the_mistake_is_told_all_the_same() {
    let home = Home::new();
    fs::write(home.data(), "no folder").expect("written");
    let broken = home.run("status", &["status"]);
    let line = text(&broken.stderr);
    assert_eq!((broken.status.code(), line.lines().count()), (Some(1), 1), "{line}");
    assert!(line.contains("Headroom made a mistake and ended."), "{line}");
}

#[test]
fn the_same_mistakes_again_and_again_keep_few_reports() {
    let home = Home::new();
    for _ in 0..25 {
        home.run("status", &["status"]);
    }
    let reports = files_in(&home.data().join("reports"));
    assert_eq!(reports.len(), 20);
    let bytes: usize = reports.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes <= 20 * 16 * 1024, "{bytes}");
}

#[test]
fn the_log_says_what_was_done_and_names_nobody() {
    let home = Home::new();
    assert!(home.run("", &["accounts", "add", "kiro", "Ada"]).status.success());
    let sessions = home.0.path().join(".kiro/sessions/cli");
    fs::create_dir_all(&sessions).expect("a folder");
    fs::write(
        sessions.join("one.json"),
        acceptance::session("ada-one", &[("2026-11-01T00:00:00Z", "12.34")]),
    )
    .expect("a session");
    let imported = home.run("", &["import", "kiro-sessions"]);
    assert!(imported.status.success(), "{imported:?}");
    let log = fs::read_to_string(home.data().join("log/headroom.log")).expect("the log");
    assert!(log.contains(" command line INFO imported files=1 added=1 bad=0\n"), "{log}");
    for private in ["ada", "lovelace", "12.34", "1234", "/"] {
        assert!(!log.to_lowercase().contains(private), "{private} in {log}");
    }
    for (path, _) in files_in(&home.data().join("log")) {
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }
}

/// Waits until no core of this process would be written; what its limit was last.
fn core_limit(process: u32) -> String {
    let began = Instant::now();
    loop {
        let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap_or_default();
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default();
        let values: Vec<_> = line.split_whitespace().skip(4).take(2).collect();
        if values == ["0", "0"] || began.elapsed() > PATIENCE {
            return values.join(" ");
        }
        thread::yield_now();
    }
}

fn ends(mut child: Child) {
    child.kill().expect("it is ended");
    child.wait().expect("it ends");
}

#[test]
fn neither_the_command_line_nor_a_worker_leaves_its_memory_behind() {
    let home = Home::new();
    let mut waiting = home.command("", &["simulate", "-"]);
    let mut waiting = waiting.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
    let input = waiting.stdin.take();
    assert_eq!(core_limit(waiting.id()), "0 0", "the command line");
    ends(waiting);
    drop(input);

    // A worker that can say nothing, since its pipe is full, waits too.
    let (mut output, mut full) = std::io::pipe().expect("a pipe");
    full.write_all(&vec![0; 65_536]).expect("as much as goes into one");
    let nothing = Path::new("/nowhere/state.vscdb");
    let mut worker = home.command("", &["read-for-headroom", "ide-state", "60", &nothing.to_string_lossy()]);
    let worker = worker.stdin(Stdio::null()).stdout(full).spawn().expect("it runs");
    assert_eq!(core_limit(worker.id()), "0 0", "a worker");
    ends(worker);
    output.read_exact(&mut [0; 1]).expect("it was full");
}
