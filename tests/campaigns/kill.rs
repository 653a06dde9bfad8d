//! Killed: at a system call that is counted (by strace), and after an acknowledgement that was heard.

use crate::{Found, made, work};
use acceptance::chance::Chance;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// The calls that change what is on the disk.
const CALLS: &str = "openat,write,pwrite64,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,mkdirat";

/// Something that is killed: what, on which data, and what has to hold afterwards of the number of tasks.
struct Killed {
    name: &'static str,
    work: &'static str,
    before: fn(&Path),
    calls: usize,
    tasks: &'static [usize],
}

const ALL: usize = made::TASKS + made::NEWER;

const KINDS: [Killed; 5] = [
    Killed { name: "a first start", work: "open", before: |_| {}, calls: 60, tasks: &[0] },
    Killed { name: "an upgrade", work: "open", before: made::older, calls: 90, tasks: &[made::TASKS] },
    Killed {
        name: "an import",
        work: "import,kiro-sessions",
        before: made::sessions,
        calls: 90,
        tasks: &[0, made::TASKS],
    },
    Killed { name: "copies", work: "copy", before: made::with_a_copy, calls: 120, tasks: &[ALL] },
    Killed { name: "a restore", work: "restore", before: made::damaged, calls: 90, tasks: &[ALL] },
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let counted = Command::new("strace").args(["-e", "trace=none", "true"]).output();
    let counted = counted.is_ok_and(|output| output.status.success());
    if !counted {
        found.notes.push("strace can't be used here: nothing was killed at a counted call".to_owned());
    }
    let mut killed = 0_u64;
    for index in 0..count {
        let turn = usize::try_from(index).expect("few") % (KINDS.len() + 1);
        let Some(kind) = KINDS.get(turn).filter(|_| counted) else {
            let outcome = if counted && chance.below(2) == 0 {
                on_the_disk()
            } else {
                after_an_acknowledgement(chance)
            };
            found.tried(outcome.map_err(|failure| format!("while recording: {failure}")));
            continue;
        };
        // Among all calls, or among those of one name.
        let names: Vec<_> = CALLS.split(',').collect();
        let one = (chance.of(&names), 20);
        let (calls, most) = chance.of(&[(CALLS, kind.calls), one]);
        let call = 1 + chance.below(most);
        let outcome = at_a_call(kind, calls, call, &mut killed);
        found.tried(outcome.map_err(|failure| format!("{} at call {call} of {calls}: {failure}", kind.name)));
    }
    found.notes.push(format!("{killed} were killed at a counted call; the others had ended by then"));
    found
}

fn at_a_call(kind: &Killed, calls: &str, call: usize, killed: &mut u64) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    (kind.before)(folder.path());
    let ended = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")])
        .args(["-e", &format!("inject={calls}:signal=KILL:when={call}")])
        .arg(std::env::current_exe().expect("this program"))
        .args(["worker", kind.work])
        .arg(folder.path())
        .output()
        .expect("strace runs");
    if ended.status.success() {
        // It had fewer calls than that.
    } else if ended.status.code().is_some_and(|code| code != 137) {
        return Err(String::from_utf8_lossy(&ended.stderr).trim().to_owned());
    } else {
        *killed += 1;
    }
    let tasks = work::what_is_left(folder.path())?;
    if kind.tasks.contains(&tasks) { Ok(()) } else { Err(format!("{tasks} tasks are left")) }
}

/// What is acknowledged was on the disk before: no power cut takes it back. A kill alone can't show that.
fn on_the_disk() -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let trace = tempfile::NamedTempFile::new().expect("a file");
    Command::new("strace")
        .args(["-f", "-qq", "-y", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o"])
        .arg(trace.path())
        .arg(std::env::current_exe().expect("this program"))
        .args(["worker", "record-some"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .status()
        .expect("strace runs");
    let trace = fs::read_to_string(trace.path()).expect("a trace");
    let (mut unwritten, mut acknowledged) = (false, 0);
    for line in trace.lines() {
        let of_the_log = line.contains("headroom.db-wal>");
        if line.contains("pwrite64(") && of_the_log {
            unwritten = true;
        } else if line.contains("sync(") && of_the_log {
            unwritten = false;
        } else if line.contains(" write(1<") {
            acknowledged += 1;
            if unwritten {
                return Err(format!("acknowledgement {acknowledged} came before the disk had it"));
            }
        }
    }
    let tasks = work::what_is_left(folder.path())?;
    if acknowledged > 0 && tasks == acknowledged {
        Ok(())
    } else {
        Err(format!("{tasks} tasks of {acknowledged} that were acknowledged"))
    }
}

/// What was acknowledged before the kill is there after it.
fn after_an_acknowledgement(chance: &mut Chance) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["worker", "record"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let heard = 1 + chance.below(40);
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let acknowledged = lines.by_ref().take(heard).count();
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    // What it said until then counts too.
    let acknowledged = acknowledged + lines.count();
    let tasks = work::what_is_left(folder.path())?;
    if tasks >= acknowledged {
        Ok(())
    } else {
        Err(format!("{tasks} tasks of {acknowledged} that were acknowledged"))
    }
}
