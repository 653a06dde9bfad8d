//! Several at once: each process says that it is there, then all of them get the word.

use crate::{Found, made};
use acceptance::chance::Chance;
use headroom_store::Store;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A race: how many processes do what, on which data, and how many tasks are there afterwards.
struct Race {
    name: &'static str,
    many: usize,
    work: &'static str,
    before: fn(&Path),
    tasks: usize,
}

const RACES: [Race; 4] = [
    Race {
        name: "imports into a new file",
        many: 4,
        work: "import,kiro-sessions",
        before: made::sessions,
        tasks: made::TASKS,
    },
    Race { name: "upgrades", many: 3, work: "open", before: made::older, tasks: made::TASKS },
    Race { name: "first starts", many: 20, work: "open", before: |_| {}, tasks: 0 },
    Race {
        name: "copies",
        many: 3,
        work: "copy",
        before: made::with_a_copy,
        tasks: made::TASKS + made::NEWER,
    },
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    for index in 0..count {
        // Each kind in turn, the rest by chance: a small count tries all of them.
        let kind = usize::try_from(index).ok().filter(|index| *index < RACES.len());
        let race = &RACES[kind.unwrap_or_else(|| chance.below(RACES.len()))];
        found.tried(once(race).map_err(|failure| format!("{} at once: {failure}", race.name)));
    }
    found
}

fn start(work: &str, folder: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["worker", &format!("at-once:{work}")])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

fn once(race: &Race) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    (race.before)(folder.path());
    let mut running: Vec<_> = (0..race.many).map(|_| start(race.work, folder.path())).collect();
    for child in &mut running {
        let mut here = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut here).expect("it says so");
    }
    for child in &mut running {
        child.stdin.take().expect("piped").write_all(b"go\n").expect("it is there");
    }
    let mut failed = Vec::new();
    for child in running {
        let output = child.wait_with_output().expect("it ends");
        if !output.status.success() {
            failed.push(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
    }
    if !failed.is_empty() {
        return Err(failed.join("; "));
    }
    let store = Store::open(&made::database(folder.path()), made::now()).to_write();
    let tasks = made::tasks(&store.map_err(|error| error.to_string())?)?;
    if tasks == race.tasks { Ok(()) } else { Err(format!("{tasks} tasks instead of {}", race.tasks)) }
}
