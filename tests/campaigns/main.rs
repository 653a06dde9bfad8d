//! Faults as programs: `campaign NAME SEED COUNT` tries a fault so many times, prints what it tried and what failed, and
//! ends with 1 if anything did. The same seed tries the same. `campaign all` goes on with all of them ([`evidence`]).

mod clock;
mod damage;
mod evidence;
mod files;
mod foreign;
mod forms;
mod ipc;
mod kill;
mod made;
mod network;
mod patience;
mod places;
mod races;
mod syscall;
mod vendor;
mod work;
mod worker;

use acceptance::chance::Chance;
use evidence::Plan;
use std::process::ExitCode;
use std::time::Duration;

/// What a campaign found.
#[derive(Default)]
pub struct Found {
    tried: u64,
    failed: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    /// One more was tried.
    fn tried(&mut self, outcome: Result<(), String>) {
        self.tried += 1;
        if let Err(failure) = outcome {
            println!("failed: {failure}");
            self.failed.push(failure);
        }
    }
}

type Campaign = fn(&mut Chance, u64) -> Found;

const CAMPAIGNS: [Plan; 12] = [
    Plan {
        name: "clock",
        run: clock::run,
        about: "clocks that were an hour to a year ahead or behind while a vendor was asked, whatever came of it: asking by hand asks, nothing they told leads, and that is said once",
        asked: 2_000,
        at_once: 200,
    },
    Plan {
        name: "damage",
        run: damage::run,
        about: "files cut, zeroed, overwritten, with pages in others' places, and damaged logs: told, and restored from a good copy in 10 s",
        asked: 20_000,
        at_once: 200,
    },
    Plan {
        name: "files",
        run: files::run,
        about: "reports, exports, bills and results of statements with bytes, marks or rows of them changed: refused, told, or the same to the cent",
        asked: 100_000,
        at_once: 5_000,
    },
    Plan {
        name: "foreign",
        run: foreign::run,
        about: "other programs' databases, texts, pictures, noise, folders and pipes in the data's place: told, not a byte changed",
        asked: 20_000,
        at_once: 200,
    },
    Plan {
        name: "forms",
        run: forms::run,
        about: "answers of five sources with a place of them in another form, taken away or broken: no figure becomes another without a reason in what was read",
        asked: 50_000,
        at_once: 5_000,
    },
    Plan {
        name: "ipc",
        run: ipc::run,
        about: "every command with what a page that was taken over would give it (wrong kinds, huge, below zero, deep, of another account): answered, nothing broken off, no money spent and nothing deleted that nobody agreed to",
        asked: 600_000,
        at_once: 60_000,
    },
    Plan {
        name: "kill",
        run: kill::run,
        about: "kill -9 at a counted system call of a first start, an upgrade, an import, copies and a restore, and after an acknowledgement: nothing acknowledged is lost",
        asked: 20_000,
        at_once: 120,
    },
    Plan {
        name: "network",
        run: network::run,
        about: "48 behaviours of a server, some of them by chance: none waited for beyond the deadline, none above 64 MiB, no good figure replaced, nobody asked early by any account, nobody led elsewhere",
        asked: 4_800,
        at_once: 192,
    },
    Plan {
        name: "patience",
        run: patience::run,
        about: "the built program in real time against what a server does without end: over within a minute (and 5 s for a busy machine), below 64 MiB more than usual",
        asked: 90,
        at_once: 9,
    },
    Plan {
        name: "places",
        run: places::run,
        about: "in memory, under limits, read-only, another user's, long names, names that are no text, other things where files are expected: done or told, never hung",
        asked: 2_000,
        at_once: 80,
    },
    Plan {
        name: "races",
        run: races::run,
        about: "four imports, three upgrades, twenty first starts, three copies at once: one account, every task once, no error",
        asked: 10_000,
        at_once: 100,
    },
    Plan {
        name: "syscall",
        run: syscall::run,
        about: "every system call on the disk that fails, once or from then on: done or told, nothing lost",
        asked: 10_000,
        at_once: 100,
    },
];

/// Tries a campaign, and says what was found.
fn tried(plan: &Plan, seed: u64, count: u64) -> Found {
    let found = (plan.run)(&mut Chance::new(seed), count);
    for note in &found.notes {
        println!("{note}");
    }
    println!("{} seed {seed}: {} tried, {} failed", plan.name, found.tried, found.failed.len());
    found
}

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    if let [worker, work, folder] = arguments.as_slice()
        && worker == "worker"
    {
        return worker::run(&work.to_string_lossy(), folder.as_ref());
    }
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let campaign = |name: &str| CAMPAIGNS.iter().find(|plan| plan.name == name);
    let well = match words.as_slice() {
        ["all", file, commit, day, seconds, only @ ..] => seconds.parse().ok().map(|seconds| {
            let longest = Duration::from_secs(seconds);
            evidence::go_on(file.as_ref(), commit, day, longest, only.first().copied())
        }),
        [name, seed, count] => campaign(name)
            .zip(seed.parse().ok())
            .zip(count.parse().ok())
            .map(|((plan, seed), count)| tried(plan, seed, count).failed.is_empty()),
        _ => None,
    };
    let Some(well) = well else {
        let names = CAMPAIGNS.map(|plan| plan.name).join("|");
        eprintln!("usage: campaign {names} SEED COUNT, or: campaign all FILE COMMIT DAY SECONDS [NAME]");
        return ExitCode::from(2);
    };
    ExitCode::from(u8::from(!well))
}
