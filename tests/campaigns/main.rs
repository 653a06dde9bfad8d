//! Faults as programs: `campaign NAME SEED COUNT` tries a fault so many times, prints what it tried and what failed, and
//! ends with 1 if anything did. The same seed tries the same.

mod chance;
mod clock;
mod damage;
mod foreign;
mod kill;
mod made;
mod network;
mod patience;
mod races;
mod vendor;
mod worker;

use chance::Chance;
use std::process::ExitCode;

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

const CAMPAIGNS: [(&str, Campaign); 7] = [
    ("clock", clock::run),
    ("damage", damage::run),
    ("foreign", foreign::run),
    ("kill", kill::run),
    ("network", network::run),
    ("patience", patience::run),
    ("races", races::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["worker", work, folder] = words.as_slice() {
        return worker::run(work, folder.as_ref());
    }
    let campaign = |name: &str| CAMPAIGNS.into_iter().find(|(known, _)| *known == name).map(|(_, run)| run);
    let asked = match words.as_slice() {
        [name, seed, count] => campaign(name).zip(seed.parse().ok()).zip(count.parse().ok()),
        _ => None,
    };
    let Some(((run, seed), count)) = asked else {
        let names = CAMPAIGNS.map(|(name, _)| name).join("|");
        eprintln!("usage: campaign {names} SEED COUNT");
        return ExitCode::from(2);
    };
    let found = run(&mut Chance::new(seed), count);
    for note in &found.notes {
        println!("{note}");
    }
    println!("{} seed {seed}: {} tried, {} failed", words[0], found.tried, found.failed.len());
    ExitCode::from(u8::from(!found.failed.is_empty()))
}
