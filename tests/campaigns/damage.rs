//! Damaged files: told, and restored from a good copy.

use crate::{Found, made};
use acceptance::chance::Chance;
use headroom_store::{Case, Closed, Opened, Store, StoreError, copies, restore};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A restore takes no longer.
const LONGEST: Duration = Duration::from_secs(10);

/// What is done to the bytes of a file.
type Damage = fn(&mut Chance, &mut Vec<u8>);

/// Some bytes of it, from one page to all.
fn part<'b>(chance: &mut Chance, bytes: &'b mut [u8]) -> &'b mut [u8] {
    let from = chance.below(bytes.len());
    let length = 1 + chance.below(4 * 4096);
    let to = bytes.len().min(from + length);
    &mut bytes[from..to]
}

const DAMAGES: [(&str, Damage); 9] = [
    ("emptied", |_, bytes| bytes.clear()),
    ("cut", |chance, bytes| bytes.truncate(chance.below(bytes.len()))),
    ("its header zeroed", |_, bytes| bytes[..100].fill(0)),
    ("its first page overwritten", |chance, bytes| chance.fill(&mut bytes[..4096])),
    ("all of it zeroed", |_, bytes| bytes.fill(0)),
    ("a part zeroed", |chance, bytes| part(chance, bytes).fill(0)),
    ("noise in a part", |chance, bytes| {
        let mut noise = vec![0; 1 + chance.below(8192)];
        chance.fill(&mut noise);
        let from = chance.below(bytes.len());
        let to = bytes.len().min(from + noise.len());
        bytes[from..to].copy_from_slice(&noise[..to - from]);
    }),
    ("a page in another's place", |chance, bytes| {
        let pages = bytes.len() / 4096;
        let (from, to) = (chance.below(pages), chance.below(pages));
        let page = bytes[from * 4096..(from + 1) * 4096].to_vec();
        bytes[to * 4096..(to + 1) * 4096].copy_from_slice(&page);
    }),
    ("something behind it", |chance, bytes| {
        let mut more = vec![0; 1 + chance.below(8192)];
        chance.fill(&mut more);
        bytes.extend(more);
    }),
];

/// How it went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    /// Told when it was opened, or by the next copy.
    Told,
    /// Nothing that is shown differs.
    Harmless,
    /// Something differs and nothing said so. Sums of pages will tell these.
    Silent,
}

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let good = tempfile::tempdir().expect("a folder");
    made::with_a_copy(good.path());
    let log = log_of(good.path());
    let records = made::records(&read(good.path()).expect("it is whole")).expect("records");
    let (mut told, mut harmless, mut silent) = (0, 0, 0);
    for index in 0..count {
        let turn = usize::try_from(index).expect("few") % (DAMAGES.len() + 1);
        let folder = tempfile::tempdir().expect("a folder");
        copy(good.path(), folder.path());
        let name = if let Some((name, damage)) = DAMAGES.get(turn) {
            change(chance, &made::database(folder.path()), *damage);
            (*name).to_owned()
        } else {
            fs::write(folder.path().join("headroom.db-wal"), &log.1).expect("written");
            fs::write(made::database(folder.path()), &log.0).expect("written");
            let (name, damage) = DAMAGES[5 + chance.below(2)];
            change(chance, &folder.path().join("headroom.db-wal"), damage);
            format!("{name} of its log")
        };
        // Now and then the newest copy is damaged as well, and the one before it helps.
        if chance.below(4) == 0 {
            damage_the_newest_copy(chance, folder.path());
        }
        let outcome = once(folder.path(), &records);
        match outcome {
            Ok(Went::Told) => told += 1,
            Ok(Went::Harmless) => harmless += 1,
            Ok(Went::Silent) => silent += 1,
            Err(_) => {}
        }
        found.tried(outcome.map(drop).map_err(|failure| format!("{name}: {failure}")));
    }
    found.notes.push(format!(
        "{told} told and restored, {harmless} harmless, {silent} silent (sums of pages will tell these)"
    ));
    found
}

/// The file and its log as a crash leaves them: everything after the copy is in the log only.
fn log_of(good: &Path) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    copy(good, folder.path());
    let mut store = Store::open(&made::database(folder.path()), made::now()).to_write().expect("it opens");
    for index in 0..10 {
        made::record(&mut store, std::iter::once(format!("l{index}"))).expect("recorded");
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).expect("bytes");
    (bytes("headroom.db"), bytes("headroom.db-wal"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("copies")).expect("a folder");
    fs::copy(made::database(from), made::database(to)).expect("copied");
    for copied in copies::list(&made::database(from)).expect("copies") {
        let name = copied.path.file_name().expect("a name");
        fs::copy(&copied.path, to.join("copies").join(name)).expect("copied");
    }
}

fn damage_the_newest_copy(chance: &mut Chance, folder: &Path) {
    let copies = copies::list(&made::database(folder)).expect("copies");
    let newest = &copies.first().expect("there is one").path;
    let older = newest.with_file_name("headroom-20261120T090000Z-day.db");
    fs::copy(newest, older).expect("copied");
    change(chance, newest, |chance, bytes| {
        let page = 4096 * (1 + chance.below(bytes.len() / 4096 - 1));
        bytes[page..page + 4096].fill(0xff);
    });
}

fn change(chance: &mut Chance, path: &Path, damage: Damage) {
    let mut bytes = fs::read(path).expect("bytes");
    damage(chance, &mut bytes);
    fs::write(path, bytes).expect("written");
}

fn read(folder: &Path) -> Result<Store, StoreError> {
    Ok(Store::open_to_read(&made::database(folder)).to_read()?)
}

fn once(folder: &Path, records: &[u8]) -> Result<Went, String> {
    let path = made::database(folder);
    match Store::open(&path, made::now()) {
        Opened::Closed(Closed { case: Case::Damaged(_) | Case::Behind(_), .. }) => {}
        Opened::Closed(other) => return Err(format!("told as something else: {other}")),
        Opened::Whole(store) | Opened::ReadOnly(store, _) => {
            let now = made::records(&store);
            let copy = store.keep_copy(copies::Before::Day, made::now());
            if let Ok(copy) = &copy
                && !is_sound(&copy.path)
            {
                return Err("a copy was kept that isn't whole".to_owned());
            }
            let sound = copy.is_ok();
            match now {
                Ok(now) if sound && now.starts_with(records) => return Ok(Went::Harmless),
                // The log's own records come after those that were there before it.
                Ok(now) if sound && same_but_for_more(&now, records) => return Ok(Went::Harmless),
                Ok(_) if sound => return Ok(Went::Silent),
                _ => {}
            }
        }
    }
    let began = Instant::now();
    let restored =
        restore::restore(&path, None, made::now()).map_err(|error| format!("not restored: {error}"))?;
    let took = began.elapsed();
    let tasks = made::tasks(&Store::open(&path, made::now()).to_write().map_err(|error| error.to_string())?)?;
    if tasks < made::TASKS {
        return Err(format!("{tasks} tasks after: {restored}"));
    }
    if took > LONGEST { Err(format!("it took {took:?}")) } else { Ok(Went::Told) }
}

/// Whether SQLite finds nothing wrong with a file.
fn is_sound(path: &Path) -> bool {
    let connection = rusqlite::Connection::open(path).expect("a database");
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    found.is_ok_and(|found| found == "ok")
}

/// Whether every line of one is in the other, sums apart, which grow.
fn same_but_for_more(now: &[u8], records: &[u8]) -> bool {
    let now: std::collections::BTreeSet<_> = now.split(|byte| *byte == b'\n').collect();
    records.split(|byte| *byte == b'\n').all(|line| now.contains(line))
}
