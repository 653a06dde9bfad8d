//! `headroom status` on the data in a folder: alone, beside somebody who writes all the time, on a full disk and where
//! nothing can be written; and `headroom usage`, of this month and of two years, by everything that tells it apart. Prints the
//! median of each beside that of a program that does nothing.

use headroom_app::answers::Choice;
use headroom_app::{Headroom, Paths, SystemClock};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How often each is measured.
const TIMES: usize = 15;

/// No file may grow any more, and whoever tries is told.
const FULL: [&str; 4] = ["sh", "-c", r#"trap "" XFSZ; ulimit -f 0; exec "$@""#, "sh"];
/// The folder, which comes next, can only be read.
const READ_ONLY: [&str; 5] = [
    "unshare",
    "--mount",
    "sh",
    "-c",
    r#"mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@""#,
];

/// The median of some runs; none where it can't be run.
fn median(command: &[&str], data: &Path) -> Option<Duration> {
    let (program, arguments) = command.split_first()?;
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        let status = Command::new(program)
            .args(arguments)
            .env("HEADROOM_DATA_DIR", data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        took.push(began.elapsed());
        if !status.is_ok_and(|status| status.success()) {
            return None;
        }
    }
    took.sort_unstable();
    took.get(TIMES / 2).copied()
}

fn print(name: &str, through: &[&str], data: &Path) {
    print_of(name, through, &["status"], data);
}

fn print_of(name: &str, through: &[&str], arguments: &[&str], data: &Path) {
    let headroom = tools::programs::binary("headroom");
    let headroom = headroom.to_string_lossy();
    let measured = median(&[through, &[&*headroom], arguments].concat(), data);
    let nothing = median(&[through, &["true"]].concat(), data);
    let milliseconds = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1000.0);
    match measured.zip(nothing) {
        Some((took, nothing)) => {
            println!("{name}: {}, a program that does nothing {}", milliseconds(took), milliseconds(nothing));
        }
        None => println!("{name}: can't be tried here"),
    }
}

fn main() {
    let data: PathBuf = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"))
        .expect("a folder of data")
        .into();
    print("status alone", &[], &data);
    {
        let headroom =
            Headroom::open(Paths::new(data.clone(), None), Box::new(SystemClock)).expect("a store");
        headroom.choose(&Choice::KeepSessionNames(true)).expect("agreed");
    }
    for by in ["model", "client", "kind", "hour", "session", "project"] {
        print_of(&format!("usage by {by}, this month"), &[], &["usage", "--by", by], &data);
        let all = ["usage", "--by", by, "--from", "2000-01-01"];
        print_of(&format!("usage by {by}, everything"), &[], &all, &data);
    }
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let headroom =
                Headroom::open(Paths::new(data.clone(), None), Box::new(SystemClock)).expect("a store");
            let account = headroom.accounts().expect("accounts").first().expect("an account").id;
            for index in 0_u64.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                headroom.rename_account(account, &format!("Kiro {index}")).expect("written");
            }
        });
        print("status beside a writer", &[], &data);
        stop.store(true, Ordering::Relaxed);
    });
    print("status on a full disk", &FULL, &data);
    let place = data.to_string_lossy();
    print("status where nothing can be written", &[&READ_ONLY[..], &[&*place]].concat(), &data);
}
