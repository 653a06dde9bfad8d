//! Requests as their messages state them, without the messages: what one thread makes of rows that another reads.

use super::at;
use super::entry::{Entry, Known};
use super::message::{Form, Request, Timeless, Whose};
use super::plain::Said;
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{Scope, ScopedJoinHandle};
use std::{io, mem, panic, thread};

/// So many rows are handed over at once.
const ROWS: usize = 512;
/// And no more than these bytes of them, before the last.
const BYTES: usize = 1 << 20;

/// So many read at once what rows state.
const READERS: usize = 2;
/// How often as many rows as are handed over at once wait for each of them at most.
const WAITING: usize = 2;

/// Threads that read what rows state, each the next rows in turn; it is taken in the order of the rows.
pub(super) struct Readers<'s> {
    /// Whoever's turn it is stands first.
    rows: Vec<SyncSender<Rows>>,
    /// The same for what is taken next.
    statements: Vec<Receiver<Statements>>,
    on_the_way: usize,
    /// Room of rows that were read.
    spare: Vec<Rows>,
    threads: Vec<ScopedJoinHandle<'s, ()>>,
}

impl<'s> Readers<'s> {
    /// Of a table in that form.
    pub(super) fn start(scope: &'s Scope<'s, '_>, form: Form) -> io::Result<Self> {
        let mut readers = Self {
            rows: Vec::new(),
            statements: Vec::new(),
            on_the_way: 0,
            spare: Vec::new(),
            threads: Vec::new(),
        };
        for _ in 0..READERS {
            let (rows, to_read) = mpsc::sync_channel::<Rows>(WAITING);
            let (state, statements) = mpsc::channel();
            let read = move || {
                for mut rows in to_read {
                    let mut statements = rows.stated(form);
                    rows.clear();
                    statements.read = rows;
                    if state.send(statements).is_err() {
                        return;
                    }
                }
            };
            readers.threads.push(thread::Builder::new().spawn_scoped(scope, read)?);
            readers.rows.push(rows);
            readers.statements.push(statements);
        }
        Ok(readers)
    }

    /// Hands rows over; whether there is still somebody who reads them. One who is gone made a mistake, which is told in the end.
    pub(super) fn hand_over(&mut self, rows: Rows) -> bool {
        let is_taken = self.rows.first().is_some_and(|reader| reader.send(rows).is_ok());
        self.rows.rotate_left(1);
        self.on_the_way = self.on_the_way.saturating_add(1);
        is_taken
    }

    /// What the next rows state, once that is read.
    pub(super) fn next(&mut self) -> Option<Statements> {
        self.take(|statements| statements.try_recv().ok())
    }

    /// The same, waited for; none where nothing more comes.
    pub(super) fn wait_for_next(&mut self) -> Option<Statements> {
        self.take(|statements| statements.recv().ok())
    }

    /// No rows, with room for some.
    pub(super) fn no_rows(&mut self) -> Rows {
        self.spare.pop().unwrap_or_default()
    }

    fn take(&mut self, receive: impl Fn(&Receiver<Statements>) -> Option<Statements>) -> Option<Statements> {
        let on_the_way = self.on_the_way.checked_sub(1)?;
        let mut statements = receive(self.statements.first()?)?;
        self.spare.push(mem::take(&mut statements.read));
        self.statements.rotate_left(1);
        self.on_the_way = on_the_way;
        Some(statements)
    }

    /// Ends them. A mistake that one made is one of whoever waits here.
    pub(super) fn end(self) {
        let Self { rows, statements, threads, .. } = self;
        drop((rows, statements));
        for thread in threads {
            thread.join().unwrap_or_else(|mistake| panic::resume_unwind(mistake));
        }
    }
}

/// Rows of a table, their texts one behind the other.
#[derive(Default)]
pub(super) struct Rows {
    bytes: Vec<u8>,
    rows: Vec<Row>,
}

struct Row {
    created: Option<i64>,
    /// What it says; none where it says nothing that can be read.
    data: Option<Range<usize>>,
    id: Range<usize>,
}

impl Rows {
    pub(super) fn push(&mut self, created: Option<i64>, data: Option<&[u8]>, id: &[u8]) {
        let mut added = |bytes: &[u8]| {
            let begins = self.bytes.len();
            self.bytes.extend_from_slice(bytes);
            begins..self.bytes.len()
        };
        let (data, id) = (data.map(&mut added), added(id));
        self.rows.push(Row { created, data, id });
    }

    /// A row with a large text leaves no room behind.
    fn clear(&mut self) {
        self.rows.clear();
        self.bytes.clear();
        self.bytes.shrink_to(BYTES);
    }

    pub(super) const fn is_full(&self) -> bool {
        self.rows.len() >= ROWS || self.bytes.len() >= BYTES
    }

    fn bytes(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }

    /// What the rows of a table of that form state.
    pub(super) fn stated(&self, form: Form) -> Statements {
        let mut statements = Statements::default();
        statements.all.reserve_exact(self.rows.len());
        for row in &self.rows {
            let data = row.data.as_ref().and_then(|data| std::str::from_utf8(self.bytes(data)).ok());
            match data.and_then(Said::of) {
                Some(said) => {
                    let of_row = (row.created, self.bytes(&row.id));
                    statements.add(Request::of(said, form, of_row).as_ref());
                }
                None => statements.all.push(Statement::Unreadable(row.created.and_then(at::of_whole))),
            }
        }
        statements
    }
}

/// What rows state, in their order.
#[derive(Default)]
pub(super) struct Statements {
    pub(super) models: Vec<Model>,
    pub(super) all: Vec<Statement>,
    /// The rows, which are read.
    read: Rows,
}

/// A model.
pub(super) struct Model {
    pub(super) name: String,
    /// Its place among those that were told; none where nobody looked for that yet.
    pub(super) place: Option<usize>,
}

impl Model {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), place: None }
    }
}

/// What one states.
pub(super) enum Statement {
    /// A request, of the model of that place.
    Request(Stated, usize),
    /// Nothing that could be read, of that moment in milliseconds.
    Unreadable(Option<i64>),
}

impl Statements {
    fn add(&mut self, request: Option<&Request<'_>>) {
        let Some(request) = request else { return };
        let statement = match Stated::of(request) {
            Some(stated) => Statement::Request(stated, self.place(&request.model)),
            None => Statement::Unreadable(None),
        };
        self.all.push(statement);
    }

    /// Those of a few rows have few models.
    fn place(&mut self, model: &str) -> usize {
        self.models.iter().position(|known| known.name == model).unwrap_or_else(|| {
            self.models.push(Model::named(model));
            self.models.len().saturating_sub(1)
        })
    }
}

/// A request without its texts.
pub(super) struct Stated {
    /// The day that it belongs to, UTC.
    pub(super) date: NaiveDate,
    /// The day before that one, where it began on that.
    pub(super) began: Option<NaiveDate>,
    pub(super) whose: Whose,
    /// Where it doesn't say when it was made, with the mark of the first that says the same.
    pub(super) entry: Entry,
    /// What it is told by then.
    pub(super) timeless: Option<Box<Timeless>>,
}

impl Stated {
    /// None of one whose day isn't told.
    pub(super) fn of(request: &Request<'_>) -> Option<Self> {
        let mark = request.mark();
        let timeless = mark.is_none().then(|| Box::new(request.timeless()));
        let mark = mark.or_else(|| Some(timeless.as_ref()?.mark(&request.model, 0)))?;
        Some(Self {
            date: request.date()?,
            began: request.began_the_day_before(),
            whose: request.whose(),
            entry: Entry::of(request, mark),
            timeless,
        })
    }

    pub(super) fn known(&self) -> Known {
        Known::of(self.entry.cost)
    }
}
