//! Programs planted as `kiro-cli`: whatever one does, it is over soon, costs little, hears nothing of ours, and leaves
//! nothing behind that runs.

use headroom_sources::kiro::command::{self, CommandError, Program};
use headroom_sources::{Deadline, Patience};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Whoever can be told sooner isn't waited for so long.
const PATIENCE: Duration = Duration::from_mins(1);
/// What a busy machine may need for what takes a moment.
const SOON: Duration = Duration::from_secs(30);

/// A folder with such a script as `kiro-cli`.
struct Planted(TempDir);

impl Planted {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("kiro-cli");
        fs::write(&program, script).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        Self(folder)
    }

    /// One that answers the newer engine's questions, and does something before.
    fn answering(before: &str) -> Self {
        Self::new(&format!(
            r#"#!/bin/sh
{before}
read -r question
echo '{{"jsonrpc":"2.0","id":1,"result":{{"protocolVersion":1}}}}'
read -r question
echo '{{"jsonrpc":"2.0","id":2,"result":{{"success":true,"message":"","data":{{"planName":"KIRO PRO","usageBreakdowns":[{{"resourceType":"CREDIT","used":1.5,"limit":1000.0}}]}}}}}}'
exec sleep 600
"#
        ))
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn program(&self) -> PathBuf {
        let found = command::program(&[self.folder().to_owned()]);
        assert_eq!(found, Program::There(self.folder().join("kiro-cli")));
        self.folder().join("kiro-cli")
    }

    /// What comes of asking it, within that time; nothing is left in our folder.
    fn asked(&self, patience: Duration) -> Result<(), CommandError> {
        let deadline = Deadline::after(Patience::of(patience));
        let ours = self.folder().join("data");
        let outcome = command::fetch(&self.program(), &ours, deadline).map(drop);
        assert_eq!(fs::read_dir(&ours).expect("a folder").count(), 0, "nothing is left there");
        outcome
    }

    /// What the command line says of a refresh, started in its folder, with that PATH and a folder for the data; and the
    /// most memory that it took, KiB.
    fn refreshed(&self, path: &str, data: &str) -> (Output, u64) {
        let (home, peak) = (self.folder().join("home"), self.folder().join("peak"));
        fs::create_dir_all(&home).expect("a folder");
        let run = |arguments: &[&str]| {
            let mut command = Command::new(tools::programs::built("measured-headroom"));
            command.args(arguments).env_clear().current_dir(self.folder());
            command.env("PATH", path).env("HOME", &home).env("HEADROOM_DATA_DIR", self.folder().join(data));
            command.env("HEADROOM_EMULATOR", "127.0.0.1:1").env("HEADROOM_PEAK", &peak);
            command.env("KILO_API_KEY", "a-key").env("AWS_SECRET_ACCESS_KEY", "a-key");
            command.output().expect("it runs")
        };
        let stated = run(&["facts", "--plan", "pro", "--first-paid", "2026-01-05"]);
        assert!(stated.status.success(), "{stated:?}");
        let refreshed = run(&["refresh"]);
        let peak = fs::read_to_string(peak).expect("what it took");
        (refreshed, peak.parse().expect("a number"))
    }

    /// The numbers of processes that it wrote down.
    fn wrote_down(&self, name: &str) -> Vec<u32> {
        let text = fs::read_to_string(self.folder().join(name)).unwrap_or_default();
        text.lines().map(|line| line.trim().parse().expect("a number")).collect()
    }
}

/// Whether a process runs; one that nobody asked for its end doesn't.
fn runs(process: u32) -> bool {
    let state = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    state.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}

/// Ended processes go when the system gets to it.
fn are_gone(processes: &[u32]) -> bool {
    let until = Instant::now() + SOON;
    while processes.iter().any(|process| runs(*process)) {
        if Instant::now() > until {
            return false;
        }
        thread::yield_now();
    }
    true
}

#[test]
fn a_planted_program_is_over_soon_costs_little_and_leaves_nothing_running() {
    const KEEP: &str = "echo $$ >> \"${0%/*}/pids\"";
    let too_much = || CommandError::TooMuch;
    let scripts: [(&str, String, fn() -> CommandError); 11] = [
        ("lines without end", "exec yes '{}'".to_owned(), too_much),
        ("a line without end", "exec tr '\\0' x < /dev/zero".to_owned(), too_much),
        ("errors without end", "yes wrong >&2".to_owned(), too_much),
        (
            "questions without end, and it reads no answer",
            r#"exec yes '{"jsonrpc":"2.0","id":7,"method":"_kiro/auth/getAccessToken"}'"#.to_owned(),
            too_much,
        ),
        ("an end at once", "exit 0".to_owned(), || CommandError::Ended),
        ("an end by a crash", "kill -SEGV $$".to_owned(), || CommandError::Ended),
        (
            "an end while a child holds the pipe",
            "sleep 600 & echo $! >> \"${0%/*}/pids\"; exit 0".to_owned(),
            || CommandError::Ended,
        ),
        (
            "an end while grandchildren in the background hold it",
            "(trap '' HUP TERM; sleep 600 & echo $! >> \"${0%/*}/pids\"; sleep 600) & exit 1".to_owned(),
            || CommandError::Ended,
        ),
        ("an output that is closed", "exec 1>&- 2>&-; exec sleep 600".to_owned(), || CommandError::Ended),
        (
            "an answer nested without end",
            "printf '{\"id\":1,\"result\":'; head -c 4000000 /dev/zero | tr '\\0' '['; echo; exit 0".to_owned(),
            || CommandError::Ended,
        ),
        (
            "a refusal that steers a terminal",
            r#"while read -r question; do
                number=$((number + 1))
                echo "{\"id\":$number,\"error\":{\"code\":-32000,\"message\":\"no \\\\u001b[2J\\\\u009b2J\\\\u202e\\\\nsuch\"}}"
            done"#
                .to_owned(),
            || CommandError::Refused("no [2J2J such".to_owned()),
        ),
    ];
    for (what, script, expected) in scripts {
        let planted = Planted::new(&format!("#!/bin/sh\n{KEEP}\n{script}\n"));
        let began = Instant::now();
        let outcome = planted.asked(PATIENCE);
        let took = began.elapsed();
        println!("{what}: {outcome:?} after {} ms", took.as_millis());
        // The older engine is asked where the newer one isn't there, which refuses everything that has no session.
        assert_eq!(outcome, Err(expected()), "{what}");
        assert!(took < SOON, "{what}: {took:?}");
        let processes = planted.wrote_down("pids");
        assert!(!processes.is_empty() && are_gone(&processes), "{what}: {processes:?}");
    }
}

#[test]
fn one_that_says_nothing_and_hears_nothing_is_ended_when_its_time_is_over() {
    let scripts = ["trap '' TERM HUP INT; while :; do sleep 600 & echo $! >> \"${0%/*}/pids\"; wait; done"];
    for script in scripts {
        let planted = Planted::new(&format!("#!/bin/sh\necho $$ >> \"${{0%/*}}/pids\"\n{script}\n"));
        assert_eq!(planted.asked(Duration::from_millis(1_500)), Err(CommandError::TimedOut));
        let processes = planted.wrote_down("pids");
        assert!(are_gone(&processes), "{processes:?}");
    }
}

#[test]
fn what_one_that_answers_started_ends_with_it_and_what_it_wrote_into_its_folder_goes() {
    let planted = Planted::answering(
        "sleep 600 & echo $! >> \"${0%/*}/pids\"; mkdir -p .kiro/agents; echo x > .kiro/agents/evil.json",
    );
    assert_eq!(planted.asked(PATIENCE), Ok(()));
    let processes = planted.wrote_down("pids");
    assert!(!processes.is_empty() && are_gone(&processes), "{processes:?}");
}

#[test]
fn what_is_no_program_is_not_started() {
    let planted = Planted::new("\u{7f}no program of any kind");
    let outcome = planted.asked(PATIENCE);
    assert!(matches!(outcome, Err(CommandError::NotStarted { .. } | CommandError::Ended)), "{outcome:?}");
}

/// Through the program as it is built: in which folder, with which variables and limits it is started.
#[test]
fn the_command_line_starts_it_with_nothing_of_ours_and_never_from_where_it_is_itself() {
    let planted = Planted::answering(
        "cd_of=\"${0%/*}\"; env > \"$cd_of/env\"; pwd > \"$cd_of/pwd\"; ls -A > \"$cd_of/ls\"; ulimit -c > \"$cd_of/core\"; umask > \"$cd_of/umask\"",
    );
    for (index, path) in
        ["", ":/usr/bin", "/usr/bin:", "/usr/bin::/bin", ".:/usr/bin"].into_iter().enumerate()
    {
        let refreshed = planted.refreshed(path, &index.to_string()).0;
        let said = String::from_utf8(refreshed.stderr).expect("text");
        assert!(said.contains("No login of Kiro"), "{path:?}: {said}");
        assert!(!planted.folder().join("env").exists(), "{path:?}");
    }
    let (refreshed, _) =
        planted.refreshed(&format!(".:{}:/usr/bin:/bin", planted.folder().display()), "data");
    assert!(refreshed.status.success(), "{refreshed:?}");
    let told = |name: &str| fs::read_to_string(planted.folder().join(name)).expect("told");
    let env = told("env");
    for line in env.lines() {
        let (name, value) = line.split_once('=').expect("a variable");
        // A shell has some of its own.
        assert!(["PATH", "HOME", "TERM", "PWD", "OLDPWD", "SHLVL", "_"].contains(&name), "{line}");
        assert!(name != "PATH" || !value.contains(".:"), "{line}");
    }
    let folder = told("pwd");
    let data = planted.folder().join("data");
    assert!(Path::new(folder.trim()).starts_with(data.canonicalize().expect("a folder")), "{folder}");
    assert_eq!((told("ls").as_str(), told("core").trim(), told("umask").trim()), ("", "0", "0077"));
}

#[test]
fn one_that_writes_without_end_costs_little_memory() {
    let path = |planted: &Planted| format!("{}:/usr/bin:/bin", planted.folder().display());
    let usual = Planted::answering("");
    let (refreshed, usual) = usual.refreshed(&path(&usual), "data");
    assert!(refreshed.status.success(), "{refreshed:?}");
    for script in ["yes '{}'", "tr '\\0' x < /dev/zero", "yes wrong >&2"] {
        let planted = Planted::new(&format!("#!/bin/sh\n{script}\n"));
        let (refreshed, peak) = planted.refreshed(&path(&planted), "data");
        let said = String::from_utf8(refreshed.stderr).expect("text");
        assert!(said.contains("kiro-cli went on writing"), "{script}: {said}");
        println!("{script}: {} KiB more than usual", peak.saturating_sub(usual));
        assert!(peak < usual + (32 << 10), "{script}: {peak} KiB, usually {usual}");
    }
}

#[test]
fn one_that_everybody_can_write_to_is_named_and_not_started() {
    use super::places::with_command;
    use headroom_app::words;
    let (desk, account) = with_command(acceptance::Desk::at(super::NOW), "new");
    let program = desk.home().join("bin/kiro-cli");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o777)).expect("set");
    let asked = desk.home().join("bin/KIRO_ASKED");
    fs::write(&asked, "").expect("written");
    let refreshed = desk.headroom.refresh(account, true, false).expect("a failure is no error");
    let failure = words::say(&refreshed.failure.expect("it is said"));
    assert!(
        failure.starts_with("Everybody on this machine can change") && failure.contains("bin/kiro-cli"),
        "{failure}"
    );
    assert!(desk.run(&["doctor"]).output.contains(&failure));
    assert_eq!(fs::read_to_string(asked).expect("there"), "", "it wasn't started");
}
