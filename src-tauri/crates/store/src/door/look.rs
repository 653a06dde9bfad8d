//! What lies where the data should, found out without changing a byte of it: the first bytes of a regular file are read
//! as bytes, and where they don't say whose it is, its tables are looked at in a way that neither locks nor writes.

use super::{image, log};
use crate::case::{Behind, Case, Damage, Foreign, LONGEST_PATH, case_of, of_sqlite};
use crate::copies;
use crate::migrations::{APPLICATION, COUNT, MARKS};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// So much of a file is its header.
const HEADER: usize = 100;
/// In so much of a file whose beginning is gone it is looked for the names of our tables.
const LOOKED_AT: u64 = 1 << 20;

/// So often at most it is looked again at what somebody writes meanwhile.
const LOOKS: usize = 16;

/// What is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// Nothing, or a file that nothing was written to yet: the place is free.
    Free,
    /// A file of ours.
    Ours,
}

/// Looks at what is there.
pub(super) fn at(path: &Path) -> Result<Found, Case> {
    let written = || fs::metadata(path).ok().map(|metadata| (metadata.len(), metadata.modified().ok()));
    while_nobody_writes(|| once(path), written)
}

/// Its length, its beginning and its log are read one after the other, and another program may move its records into it
/// meanwhile: what looks damaged only then is looked at again.
fn while_nobody_writes<W: PartialEq>(
    mut look: impl FnMut() -> Result<Found, Case>,
    written: impl Fn() -> W,
) -> Result<Found, Case> {
    let mut before = written();
    let mut found = look();
    for _ in 0..LOOKS {
        let now = written();
        if !matches!(found, Err(Case::Damaged(_) | Case::Behind(_))) || now == before {
            break;
        }
        before = now;
        found = look();
    }
    found
}

fn once(path: &Path) -> Result<Found, Case> {
    // A copy's own path has the room that was left for it.
    let longest = if copies::made_at(path).is_some() { LONGEST_PATH + 60 } else { LONGEST_PATH };
    if std::path::absolute(path).is_ok_and(|path| path.as_os_str().len() > longest) {
        return Err(Case::Foreign(Foreign::PathTooLong));
    }
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return if copies::any(path) { Err(Case::Behind(Behind::Gone)) } else { Ok(Found::Free) };
        }
        metadata => metadata.map_err(|error| case_of(&error))?,
    };
    // Whoever opens a pipe waits for somebody to write to it.
    if !metadata.is_file() {
        return Err(Case::Foreign(Foreign::NotAFile));
    }
    let beginning = beginning(path).map_err(|error| case_of(&error))?;
    let log = || log::read(path).map_err(|error| case_of(&error));
    if beginning.is_empty() {
        let held_something = copies::any(path) || log()?.is_some_and(|log| log.damaged || log.size.is_some());
        return if held_something { Err(Case::Behind(Behind::Emptied)) } else { Ok(Found::Free) };
    }
    if !beginning.starts_with(MAGIC) {
        return Err(without_a_beginning(path, &beginning).map_err(|error| case_of(&error))?);
    }
    if beginning.len() < HEADER || !page_size(&beginning).is_power_of_two() || page_size(&beginning) < 512 {
        return Err(Case::Damaged(Damage::Beginning));
    }
    // What says whose it is, and pages behind its end, may lie in the log only. A log can be long: it is read only then.
    let own = log::number(&beginning, 68) == APPLICATION;
    let whole = own && !is_cut_off(metadata.len(), &beginning, &log::Log::default());
    let log = if whole { log::Log::default() } else { log()?.unwrap_or_default() };
    let first = log.pages.get(&1).unwrap_or(&beginning);
    let format = i64::from(log::number(first, 60));
    match log::number(first, 68) {
        APPLICATION => {}
        0 => match owner(path, format, !log.pages.is_empty())? {
            // Everything there was may have been in the log.
            Found::Free if log.damaged => return Err(Case::Damaged(Damage::Newest)),
            Found::Free => return Ok(Found::Free),
            Found::Ours => {}
        },
        _ => return Err(Case::Foreign(Foreign::OtherProgram)),
    }
    if format > COUNT {
        return Err(Case::Newer { found: format, known: COUNT });
    }
    if is_cut_off(metadata.len(), first, &log) {
        return Err(Case::Damaged(Damage::CutOff));
    }
    Ok(Found::Ours)
}

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::with_capacity(HEADER);
    let header = u64::try_from(HEADER).unwrap_or_default();
    File::open(path)?.take(header).read_to_end(&mut beginning)?;
    Ok(beginning)
}

/// The size of a page as the header has it: 1 stands for 65536.
fn page_size(header: &[u8]) -> u32 {
    match log::number(header, 14) & 0xffff {
        1 => 65_536,
        size => size,
    }
}

/// A file that doesn't begin as a database does: ours if something of it still says so, or a copy does.
fn without_a_beginning(path: &Path, beginning: &[u8]) -> io::Result<Case> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LOOKED_AT).read_to_end(&mut bytes)?;
    let was_ours = bytes.windows(13).any(|window| window == b"daily_rollups");
    // Nobody keeps zeros.
    let zeroed = beginning.iter().all(|byte| *byte == 0);
    Ok(if was_ours || zeroed || copies::any(path) {
        Case::Damaged(Damage::Beginning)
    } else {
        Case::Foreign(Foreign::NotADatabase)
    })
}

/// Whose a file is that doesn't say it: versions before the seventh format wrote none.
fn owner(path: &Path, format: i64, has_log: bool) -> Result<Found, Case> {
    let damaged_or_foreign = |pages: Damage| match without_marks(path) {
        Ok(true) => Case::Foreign(Foreign::OtherProgram),
        Ok(false) => Case::Damaged(pages),
        Err(error) => case_of(&error),
    };
    let connection = if has_log {
        image::of(path).map_err(|error| case_of(&error))?.connection().map_err(|error| of_sqlite(&error))
    } else {
        untouched(path).map_err(|error| of_sqlite(&error))
    }?;
    let names = tables(&connection).map_err(|_| damaged_or_foreign(Damage::Pages))?;
    let has = |mark: &str| names.iter().any(|name| name == mark);
    let ours = MARKS.iter().all(|mark| has(mark));
    // Other programs have accounts, events and settings too.
    let was_ours = has("daily_rollups") || has("vendor_snapshots");
    match (format, ours) {
        (0, _) if names.is_empty() => Ok(Found::Free),
        (1.., true) => Ok(Found::Ours),
        (1.., false) if was_ours => Err(Case::Damaged(Damage::Tables)),
        _ => Err(Case::Foreign(Foreign::OtherProgram)),
    }
}

/// Whether nothing in the beginning of a file names a table of ours.
fn without_marks(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LOOKED_AT).read_to_end(&mut bytes)?;
    Ok(!bytes.windows(13).any(|window| window == b"daily_rollups"))
}

/// Opens a file as one that nobody changes: SQLite takes no lock, makes no file beside it and reads no log.
fn untouched(path: &Path) -> rusqlite::Result<Connection> {
    let mut address = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            other => _ = std::fmt::Write::write_fmt(&mut address, format_args!("%{other:02x}")),
        }
    }
    address.push_str("?immutable=1");
    Connection::open_with_flags(
        address,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )
}

/// The names of a database's tables.
pub(super) fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

/// Whether a file ends before its last page, and no log has what is missing.
fn is_cut_off(length: u64, header: &[u8], log: &log::Log) -> bool {
    // The count of pages holds only if the same change wrote both.
    let counted = log::number(header, 24) == log::number(header, 92);
    let Some(pages) = log.size.or_else(|| counted.then(|| log::number(header, 28))) else { return false };
    let there = length.checked_div(page_size(header).into()).unwrap_or(0);
    (1..=u64::from(pages))
        .rev()
        .take_while(|page| *page > there)
        .any(|page| u32::try_from(page).map_or(true, |page| !log.pages.contains_key(&page)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const CUT_OFF: Result<Found, Case> = Err(Case::Damaged(Damage::CutOff));

    /// What is found by looks one after the other, at a file that is written so often while it is looked at.
    fn found(looks: &[Result<Found, Case>], writes: usize) -> Result<Found, Case> {
        let looked = Cell::new(0);
        while_nobody_writes(
            || {
                looked.set(looked.get() + 1);
                *looks.get(looked.get() - 1).or(looks.last()).expect("a look")
            },
            || looked.get().min(writes),
        )
    }

    /// Found in November 2026: of two first starts at once one read how long the file was before the other moved its first
    /// records into it, and how many pages it has after that: the other's new file was called damaged.
    #[test]
    fn a_file_that_is_written_while_it_is_looked_at_is_not_called_damaged() {
        assert_eq!(found(&[CUT_OFF, Ok(Found::Ours)], 1), Ok(Found::Ours));
        assert_eq!(found(&[CUT_OFF, CUT_OFF, Ok(Found::Ours)], 2), Ok(Found::Ours));
        assert_eq!(found(&[Err(Case::Behind(Behind::Emptied)), Ok(Found::Free)], 1), Ok(Found::Free));
        // One that nobody writes is what it looks like, and somebody who never ends keeps nobody waiting.
        assert_eq!(found(&[CUT_OFF, Ok(Found::Ours)], 0), CUT_OFF);
        assert_eq!(found(&[CUT_OFF], usize::MAX), CUT_OFF);
    }
}
