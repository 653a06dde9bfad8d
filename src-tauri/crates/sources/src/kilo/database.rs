//! Every request of Kilo's programs on this machine, with its model and its cost, from their databases: `kilo.db` of the
//! first program, `kilo2.db` of the newer one in each of its channels (`interfaces.md` §4.3, `interfaces-2026.md` §5.5); and
//! from the tasks that the legacy extension keeps in editors' settings.
//! Opened for reading only; another program may be writing them.
//!
//! A request counts once, whatever session, table, task or file a copy of it stands in (F6). The databases know no team: what they
//! hold is what this machine spent through Kilo, under whichever account.

mod at;
mod day;
mod entry;
mod gathered;
mod local;
mod mark;
mod message;
mod once;
mod packed;
mod part;
mod plain;
mod reach;
mod stated;
mod sums;
mod tasks;

pub use day::{Counts, Day, counting};
pub use local::{LocalSpend, requests, together, unpriced};
pub use reach::Reaches;

use crate::files::bounded::{self, Database, DatabaseError};
use crate::files::database_file;
use crate::files::given::Source;
use crate::files::table_file::{Counter, FileKind, ReadError, Room, Watching};
use crate::kilo::family::{files, is_task};
use crate::worker::{Job, Teller, Worker};
use gathered::{Gathered, Gathering, Uncounted};
use message::Form;
use once::Once;
use part::{Besides, Part};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use stated::{Readers, Rows, Statement, Statements};
use std::path::{self, Path};
use std::{mem, thread};

const WHAT: FileKind = FileKind::KiloRequests;

/// The largest text that is one message, in bytes.
const LARGEST_MESSAGE: i32 = 16 * 1024 * 1024;

/// The longest id of a message that is looked at, in bytes.
const LONGEST_ID: usize = 200;

/// Has a worker read a database whole, and those of Kilo's other programs beside it. What is packed is unpacked into
/// the folder of that name before.
pub fn read_source(
    worker: &Worker,
    source: &Source,
    unpacked_in: Option<&Path>,
    room: &mut Room,
    watching: Watching<'_>,
) -> Result<LocalSpend, ReadError> {
    if !source.is_packed() {
        return read_file(worker, &source.file, room, watching).map_err(|error| {
            // What came over standard input lies somewhere for a while.
            if source.named == source.file { error } else { error.called(&source.named) }
        });
    }
    let mut counter = Counter::new(std::slice::from_ref(&source.file), watching);
    let unpacked = source.on_the_disk(worker, Job::RequestsPacked, unpacked_in, &mut counter)?;
    let mut local =
        read_file(worker, &unpacked, room, watching).map_err(|error| error.called(&source.named))?;
    local.files = vec![source.named.clone()];
    Ok(local)
}

/// Has a worker read what lies at a path: a database or a task, with what else Kilo's programs keep of the same person; of a
/// folder, the tasks in it.
pub fn read_file(
    worker: &Worker,
    path: &Path,
    room: &mut Room,
    watching: Watching<'_>,
) -> Result<LocalSpend, ReadError> {
    // The worker's working directory is another.
    let path = path::absolute(path).map_err(|error| ReadError::unreadable(path, error))?;
    let files = files(&path);
    if path.is_dir() && files == [path.clone()] {
        return Err(ReadError::Nothing { path, what: WHAT, left_out: Vec::new() });
    }
    let asked = files.first().unwrap_or(&path);
    let mut counter = Counter::new(&files, watching).within(*room);
    let mut local = LocalSpend { files: files.clone(), ..LocalSpend::default() };
    let mut gathered = Gathered::default();
    // A folder that lies nowhere usual is read as one.
    let named = if path.is_dir() { &path } else { asked };
    worker.read(Job::KiloDatabase, named, &mut counter, &mut |part, counter| {
        match part {
            Part::Model(model) => gathered.model(model, asked, counter)?,
            Part::Requests(date, requests) => gathered.add(date, &requests, (asked, counter))?,
            Part::EndedLater(began, entries) => gathered.ended_later(began, &entries, (asked, counter))?,
            Part::Elsewhere(date, marks) => {
                gathered.uncounted(date, (Uncounted::Elsewhere, &marks), (asked, counter))?;
            }
            Part::Unnamed(date, marks) => {
                gathered.uncounted(date, (Uncounted::Unnamed, &marks), (asked, counter))?;
            }
            Part::Besides(besides) => {
                counter.keeps(asked, besides.size())?;
                local.add(besides, &files);
            }
        }
        Ok(())
    })?;
    let Gathering { days, counts, rows, elsewhere, unnamed } = gathered.end();
    (local.days, local.counts, local.rows) = (days, counts, rows);
    (local.elsewhere, local.unnamed) = (elsewhere, unnamed);
    local.unreadable = local.unread.values().copied().fold(0, u64::saturating_add);
    *room = counter.left();
    for file in &files {
        counter.file(file)?;
    }
    local.files.retain(|file| local.skipped.iter().all(|(skipped, _)| skipped != file));
    Ok(local)
}

/// The worker's part. A database beside the one that was asked for which isn't what it should be is left out and named; one
/// that breaks off in the middle ends it.
pub(crate) fn work(path: &Path, counter: &mut Counter<'_>, teller: &Teller<'_>) -> Result<(), ReadError> {
    let mut refused = Vec::new();
    let files = files(path);
    // Databases stand in front unless a task was asked for: what took tasks over comes before them.
    let (tasks, databases): (Vec<_>, Vec<_>) =
        files.iter().enumerate().partition(|(_, file)| is_task(file) || is_list(file));
    let mut once = Once::new(teller, !tasks.is_empty());
    for (place, file) in databases {
        match Requests::open(file) {
            Ok(requests) => requests.add_to(&mut once, counter)?,
            Err(error) => {
                // What holds no requests lacks none.
                if !matches!(error, DatabaseError::NoTable(_)) {
                    once.missing(None);
                }
                refused.push((place, failed(file, error)));
            }
        }
    }
    for (place, file) in tasks {
        match tasks::add(file, &mut once, counter) {
            Ok(None) => {}
            Ok(Some(why)) => teller.part(Part::Besides(Besides::BrokeOff(place, why.into())))?,
            Err(error) => refused.push((place, error)),
        }
    }
    let is_nothing_read = refused.len() == files.len();
    for (place, error) in refused {
        if is_nothing_read {
            return Err(error);
        }
        match error {
            ReadError::Unreadable { reason, .. }
            | ReadError::AnotherKind { reason, .. }
            | ReadError::Damaged { reason, .. } => {
                teller.part(Part::Besides(Besides::Skipped(place, reason)))?;
            }
            error @ (ReadError::Nothing { .. }
            | ReadError::TooMuch { .. }
            | ReadError::TakesTooMuch { .. }
            | ReadError::BrokeOff { .. }
            | ReadError::Stopped) => return Err(error),
        }
    }
    once.end()
}

/// Whether a file holds a list in JSON: a task of the legacy extension's, whatever somebody called it.
fn is_list(file: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = bounded::open(file).and_then(|mut file| bounded::read_some(&mut file, 64, &mut bytes));
    read.is_ok() && bounded::plain_text(&bytes).trim_ascii_start().starts_with(b"[")
}

/// A database with tables of requests.
struct Requests<'f> {
    file: &'f Path,
    database: Database,
    forms: Vec<Form>,
}

impl<'f> Requests<'f> {
    fn open(file: &'f Path) -> Result<Self, DatabaseError> {
        let database = Database::open(file, LARGEST_MESSAGE)?;
        // By the tables that are there, not by the file's name: the newer program may keep the older one's beside its own.
        let mut forms = Vec::new();
        for form in [Form::First, Form::Newer] {
            match database.with_tables(&[form.table()]) {
                Ok(_) => forms.push(form),
                Err(DatabaseError::NoTable(_)) => {}
                Err(error) => return Err(error),
            }
        }
        if forms.is_empty() {
            return Err(DatabaseError::NoTable(Form::First.table()));
        }
        Ok(Self { file, database, forms })
    }

    fn add_to(&self, once: &mut Once<'_, '_>, counter: &mut Counter<'_>) -> Result<(), ReadError> {
        for form in &self.forms {
            let connection =
                self.database.with_tables(&[form.table()]).map_err(|error| failed(self.file, error))?;
            self.add_table(*form, connection, once, counter)?;
        }
        Ok(())
    }

    /// This thread has the database look rows up, others make of them what they state.
    fn add_table(
        &self,
        form: Form,
        connection: &Connection,
        once: &mut Once<'_, '_>,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        thread::scope(|scope| {
            let started = Readers::start(scope, form);
            let mut readers = started.map_err(|error| ReadError::unreadable(self.file, error))?;
            let outcome = self.hand_over((form, connection), &mut readers, (once, counter));
            let outcome = outcome.and_then(|()| {
                while let Some(statements) = readers.wait_for_next() {
                    self.add_statements(statements, once, counter)?;
                }
                Ok(())
            });
            readers.end();
            outcome
        })
    }

    fn hand_over(
        &self,
        (form, connection): (Form, &Connection),
        readers: &mut Readers<'_>,
        (once, counter): (&mut Once<'_, '_>, &mut Counter<'_>),
    ) -> Result<(), ReadError> {
        let failed_at = |error: rusqlite::Error| failed(self.file, error.into());
        let prepare = |id: &str| connection.prepare(&form.sql(LARGEST_MESSAGE, id));
        let mut statement = prepare("id").or_else(|_| prepare("NULL")).map_err(failed_at)?;
        let mut messages = statement.query([]).map_err(failed_at)?;
        let mut rows = Rows::default();
        while let Some(row) = messages.next().map_err(failed_at)? {
            self.database.came();
            counter.rows(1, 0)?;
            let created = row.get_ref(0).and_then(|value| Ok(value.as_i64()?)).ok();
            let data = match row.get_ref(1).map_err(failed_at)? {
                // Some copies have the texts as bytes.
                ValueRef::Text(data) | ValueRef::Blob(data) => Some(data),
                ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
            };
            // Longer than any id is none.
            let id = row.get_ref(2).map_err(failed_at)?.as_bytes_or_null().ok().flatten();
            rows.push(created, data, id.filter(|id| id.len() <= LONGEST_ID).unwrap_or_default());
            if rows.is_full() {
                let next = readers.no_rows();
                if !readers.hand_over(mem::replace(&mut rows, next)) {
                    return Ok(());
                }
                while let Some(statements) = readers.next() {
                    self.add_statements(statements, once, counter)?;
                }
            }
        }
        readers.hand_over(rows);
        Ok(())
    }

    fn add_statements(
        &self,
        Statements { mut models, all, .. }: Statements,
        once: &mut Once<'_, '_>,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        for statement in all {
            match statement {
                Statement::Request(stated, model) => {
                    let Some(model) = models.get_mut(model) else { continue };
                    counter.keeps(self.file, once.add(stated, model)?)?;
                }
                Statement::Unreadable(at) => once.unreadable(at),
            }
        }
        Ok(())
    }
}

fn failed(path: &Path, error: DatabaseError) -> ReadError {
    database_file::failed(path, (WHAT, Job::KiloDatabase), error)
}

#[cfg(test)]
mod tests;
