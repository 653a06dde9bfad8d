//! The built program with its own patience, in real time: whatever a server does without end, a refresh is over within a
//! minute, and takes less than 64 MiB more memory than one that is answered.

use crate::Found;
use crate::vendor::{NOW, TOKEN, kiro};
use acceptance::chance::Chance;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};
use tools::emulator::Fault;

/// Everything together, and what starting a program takes on a machine that has other things to do.
const LONGEST: Duration = Duration::from_secs(60 + 5);
/// KiB.
const MOST_MEMORY: u64 = 64 << 10;
/// So many run at once.
const AT_ONCE: usize = 9;

const SECOND: Duration = Duration::from_secs(1);
const BEHAVIOURS: [Fault; AT_ONCE] = [
    Fault::Silence,
    Fault::Trickle(SECOND),
    Fault::HeadTrickle(SECOND),
    Fault::GoesOn,
    Fault::EndlessHead,
    Fault::EndlessChunks,
    Fault::GiantBody,
    Fault::GzipBomb,
    Fault::Trickle(Duration::from_secs(14)),
];

pub fn run(_: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let program = tools::programs::built("measured-headroom");
    let usual = refresh(&program, None).expect("an answer").1;
    let mut left = usize::try_from(count).expect("few");
    let mut longest = Duration::ZERO;
    while left > 0 {
        let round = left.min(AT_ONCE);
        left -= round;
        let running: Vec<_> = BEHAVIOURS[..round]
            .iter()
            .map(|fault| {
                let (program, fault) = (program.clone(), *fault);
                (fault, thread::spawn(move || refresh(&program, Some(fault))))
            })
            .collect();
        for (fault, running) in running {
            let outcome = running.join().expect("it ends").and_then(|(took, memory)| {
                longest = took.max(longest);
                let grown = memory.saturating_sub(usual);
                if took > LONGEST {
                    Err(format!("it took {took:?}"))
                } else if grown > MOST_MEMORY {
                    Err(format!("{grown} KiB more memory"))
                } else {
                    Ok(())
                }
            });
            found.tried(outcome.map_err(|failure| format!("{fault:?}: {failure}")));
        }
    }
    found.notes.push(format!("the longest refresh took {} s", longest.as_secs()));
    found
}

/// Asks once by the built program, in a home of its own: how long it took, and the most memory it held in KiB.
fn refresh(program: &Path, fault: Option<Fault>) -> Result<(Duration, u64), String> {
    let home = tempfile::tempdir().expect("a folder");
    let login = home.path().join(".aws/sso/cache");
    fs::create_dir_all(&login).expect("made");
    let token =
        format!(r#"{{"accessToken":"{TOKEN}","expiresAt":"2099-01-01T00:00:00Z","authMethod":"social"}}"#);
    fs::write(login.join("kiro-auth-token.json"), token).expect("written");
    let emulator = kiro();
    emulator.at(NOW);
    emulator.fail(fault);
    let peak = home.path().join("peak");
    let headroom = |words: &[&str]| -> Output {
        Command::new(program)
            .args(words)
            .env_clear()
            .env("HOME", home.path())
            .env("HEADROOM_DATA_DIR", home.path().join("data"))
            .env("HEADROOM_EMULATOR", emulator.address().to_string())
            .env("HEADROOM_PEAK", &peak)
            .output()
            .expect("it runs")
    };
    let stated = headroom(&["facts", "--plan", "pro", "--first-paid", "2026-01-15"]);
    if !stated.status.success() {
        return Err(String::from_utf8_lossy(&stated.stderr).into_owned());
    }
    let began = Instant::now();
    let run = headroom(&["refresh"]);
    let took = began.elapsed();
    if run.status.success() == fault.is_some() {
        return Err(format!("{run:?}"));
    }
    let memory = fs::read_to_string(&peak).ok().and_then(|peak| peak.parse().ok());
    Ok((took, memory.ok_or("its memory isn't known")?))
}
