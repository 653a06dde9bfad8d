//! System calls that fail: each call that a piece of work makes on the disk is made to fail once, or from then on, with
//! what a full, a failing or a forbidden disk says (by `strace -e inject`, which needs nothing built into the program).

use crate::work::{self, Work};
use crate::{Found, made, places};
use acceptance::chance::Chance;
use std::process::Command;

/// Calls that every program makes while it starts, or to speak: these fail on our own files alone.
const ON_OUR_FILES: [&str; 5] = ["openat", "read", "pread64", "write", "fcntl"];

/// The calls, how many of each are tried, and what they fail with.
const CALLS: [(&str, usize, &[&str]); 13] = [
    ("openat", 30, &["EIO", "EACCES", "ENOSPC"]),
    ("read", 8, &["EIO"]),
    ("pread64", 24, &["EIO"]),
    ("write", 8, &["ENOSPC", "EIO"]),
    ("pwrite64", 40, &["ENOSPC", "EIO"]),
    ("fsync", 6, &["EIO"]),
    ("fdatasync", 10, &["EIO"]),
    ("ftruncate", 6, &["EIO", "ENOSPC"]),
    ("fallocate", 4, &["ENOSPC"]),
    ("rename", 4, &["EIO", "EACCES"]),
    ("unlink", 6, &["EIO", "EACCES"]),
    ("fcntl", 24, &["EIO", "ENOLCK"]),
    ("mkdir", 4, &["EACCES", "ENOSPC"]),
];

/// One thing that fails.
#[derive(Clone, Copy)]
struct Fault {
    work: &'static Work,
    call: &'static str,
    error: &'static str,
    when: usize,
    from_then_on: bool,
}

/// A prime that the number of faults is no multiple of.
const APART: u64 = 7919;

fn every() -> Vec<Fault> {
    let mut faults = Vec::new();
    for work in &work::ALL {
        for (call, most, errors) in CALLS {
            for error in errors {
                for when in 1..=most {
                    for from_then_on in [false, true] {
                        faults.push(Fault { work, call, error, when, from_then_on });
                    }
                }
            }
        }
    }
    faults
}

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let traced = Command::new("strace").args(["-e", "trace=none", "true"]).output();
    if !traced.is_ok_and(|output| output.status.success()) {
        found.notes.push("strace can't be used here: no call was made to fail".to_owned());
        return found;
    }
    let every = every();
    let (mut failed, mut reached) = (0_u64, 0_u64);
    // One seed goes on where the one before it ended, in an order in which neighbours have nothing in common.
    let first = chance.seed().wrapping_mul(count);
    for index in 0..count {
        let place = first.wrapping_add(index).wrapping_mul(APART) % u64::try_from(every.len()).expect("few");
        let fault = every[usize::try_from(place).expect("few")];
        let Fault { work, call, error, when, from_then_on } = fault;
        let then = if from_then_on { " and every one after it" } else { "" };
        let outcome = once(fault, &mut reached, &mut failed);
        found.tried(
            outcome.map_err(|failure| format!("{}, {call} {when}{then} with {error}: {failure}", work.name)),
        );
    }
    found.notes.push(format!(
        "of {} faults that there are; {reached} were met, {failed} times the work was refused and said so",
        every.len()
    ));
    found
}

fn once(fault: Fault, reached: &mut u64, failed: &mut u64) -> Result<(), String> {
    let Fault { work, call, error, when, from_then_on } = fault;
    let folder = tempfile::tempdir().expect("a folder");
    let notes = tempfile::NamedTempFile::new().expect("a file");
    (work.before)(folder.path());
    let plus = if from_then_on { "+" } else { "" };
    let mut command = Command::new("strace");
    if ON_OUR_FILES.contains(&call) {
        command.args(paths_in(folder.path()).iter().flat_map(|path| ["-P".as_ref(), path.as_os_str()]));
    }
    command
        .args(["-f", "-qq", "-o"])
        .arg(notes.path())
        .args(["-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:error={error}:when={when}{plus}")])
        .arg(std::env::current_exe().expect("this program"))
        .args(["worker", work.does])
        .arg(folder.path());
    let ended = work::finished(&command)?;
    let met = std::fs::read_to_string(notes.path()).is_ok_and(|text| text.contains("(INJECTED)"));
    *reached += u64::from(met);
    *failed += u64::from(!ended.success);
    if !ended.success && !met {
        return Err(format!("it failed without a fault: {}", ended.said));
    }
    work::as_it_should_be(work, &ended, folder.path())?;
    let left = made::everything(folder.path())
        .into_iter()
        .find(|(path, _)| path.to_string_lossy().contains("probe"));
    match left {
        // What may not be removed stays.
        Some((path, _)) if call != "unlink" => Err(format!("it left {} behind", path.display())),
        _ => Ok(()),
    }
}

/// What lies in the folder, and what may come there.
fn paths_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let names = places::OURS.into_iter().chain(["copies/lock", "sessions", "sessions/one.json"]);
    let mut paths = vec![folder.to_owned()];
    paths.extend(names.map(|name| folder.join(name)));
    paths.extend(made::everything(folder).into_iter().map(|(path, _)| path));
    paths
}
