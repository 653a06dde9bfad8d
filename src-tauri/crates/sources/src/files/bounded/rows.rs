//! The rows of a table on their way to its reader, one at a time, so that those which nobody needs can be passed by.
//!
//! Of an export with a row for everything a company used hardly any row is looked for. Such a row is taken apart only as far
//! as to know where it ends and what stands in a few of its columns. Whatever is odd about one (a quote that doesn't end
//! where its field does, another number of columns, nothing in it) is left to the table's reader, which says what is wrong.

use memchr::{memchr, memchr_iter, memchr3, memmem};
use std::io::{self, Read};

/// Bytes that are looked through at once: a longer row is left to the table's reader.
const BUFFER: usize = 1 << 18;

/// So many columns are told of rows that are passed by.
pub(crate) const TOLD: usize = 3;

/// Which rows are passed by.
pub(crate) struct Passing {
    /// A row that has one of these anywhere in it is needed.
    needed: Vec<memmem::Finder<'static>>,
    /// How many columns each row has.
    columns: usize,
    /// The columns that are told, in order, and where each stands among those that are told; last the one of what is needed.
    told: Vec<(usize, usize)>,
    /// Whether a row is needed that has this in the column of that.
    is_needed: fn(&[u8]) -> bool,
}

/// What stands in the columns that are told, and in the one that says what is needed.
type Texts<'b> = [&'b [u8]; TOLD + 1];

impl Passing {
    /// Those without any of these texts, of a table with so many columns.
    pub fn new(needed: &[&'static str], columns: usize, told: [Option<usize>; TOLD]) -> Self {
        let told = told.into_iter().enumerate();
        let mut told: Vec<_> = told.filter_map(|(place, column)| Some((column?, place))).collect();
        told.sort_unstable();
        let needed = needed.iter().map(|text| memmem::Finder::new(*text)).collect();
        Self { needed, columns, told, is_needed: |_| false }
    }

    /// The same without those that have something in this column which is needed.
    pub fn but_where(mut self, column: Option<usize>, is_needed: fn(&[u8]) -> bool) -> Self {
        self.told.extend(column.map(|column| (column, TOLD)));
        self.told.sort_unstable();
        self.is_needed = is_needed;
        self
    }
}

/// What was passed by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Passed {
    pub rows: u64,
    pub lines: u64,
    pub bytes: u64,
}

impl Passed {
    fn add(&mut self, rows: u64, bytes: &[u8]) {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        self.rows = self.rows.saturating_add(rows);
        self.lines = self.lines.saturating_add(count(memchr_iter(b'\n', bytes).count()));
        self.bytes = self.bytes.saturating_add(count(bytes.len()));
    }
}

/// Where a reader is in a row.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Within {
    /// Before a field.
    #[default]
    Begin,
    /// In a field, or in what follows its quotes.
    Field,
    Quotes,
    /// After a quote within quotes: it ends them, or another makes it one that stands for itself.
    Quote,
}

impl Within {
    /// Where the row ends that goes on with these bytes; none where it goes on after them.
    fn end_of_row(&mut self, bytes: &[u8], separator: u8) -> Option<usize> {
        let mut at = 0_usize;
        loop {
            let rest = bytes.get(at..)?;
            let first = *rest.first()?;
            let read = match self {
                Self::Begin | Self::Quote if first == b'"' => {
                    *self = Self::Quotes;
                    1
                }
                Self::Quotes => {
                    let quote = memchr(b'"', rest)?;
                    *self = Self::Quote;
                    quote.saturating_add(1)
                }
                Self::Begin | Self::Quote | Self::Field => {
                    *self = Self::Field;
                    let end = memchr3(separator, b'\n', b'\r', rest)?;
                    *self = Self::Begin;
                    if rest.get(end) != Some(&separator) {
                        return Some(at.saturating_add(after_the_end(rest, end)));
                    }
                    end.saturating_add(1)
                }
            };
            at = at.saturating_add(read);
        }
    }
}

/// Where the next row begins after one that ends here: `\r\n` is one end.
fn after_the_end(bytes: &[u8], end: usize) -> usize {
    let is_pair = bytes.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
    end.saturating_add(if is_pair { 2 } else { 1 })
}

/// What a look at a row or a field comes to.
enum Look<T> {
    /// It is whole, and as all are.
    Whole(T),
    /// It goes on after these bytes.
    Unfinished,
    /// Its reader has to say what it is.
    Odd,
}

/// A field that begins with these bytes: what stands in it, whether a quote in that stands for itself, and where it ends.
fn field(bytes: &[u8], separator: u8) -> Look<(&[u8], bool, usize)> {
    let Some(first) = bytes.first() else { return Look::Unfinished };
    if *first != b'"' {
        let Some(end) = memchr3(separator, b'\n', b'\r', bytes) else { return Look::Unfinished };
        return Look::Whole((bytes.get(..end).unwrap_or_default(), false, end));
    }
    let (mut from, mut is_doubled) = (1_usize, false);
    loop {
        let found = bytes.get(from..).and_then(|rest| memchr(b'"', rest));
        let Some(quote) = found.map(|found| from.saturating_add(found)) else { return Look::Unfinished };
        let end = quote.saturating_add(1);
        match bytes.get(end) {
            None => return Look::Unfinished,
            Some(b'"') => {
                is_doubled = true;
                from = end.saturating_add(1);
            }
            Some(after) if *after == separator || matches!(after, b'\n' | b'\r') => {
                return Look::Whole((bytes.get(1..quote).unwrap_or_default(), is_doubled, end));
            }
            Some(_) => return Look::Odd,
        }
    }
}

impl Passing {
    /// A row without quotes, which ends here.
    fn look_at_plain<'b>(
        &self,
        bytes: &'b [u8],
        end: usize,
        separator: u8,
    ) -> Look<(usize, [&'b [u8]; TOLD])> {
        if bytes.get(end..) == Some(b"\r") {
            return Look::Unfinished;
        }
        let row = bytes.get(..end).unwrap_or_default();
        let mut separators = memchr_iter(separator, row);
        let mut texts: Texts<'_> = [&[]; TOLD + 1];
        // Where the column begins that follows so many separators.
        let (mut begin, mut passed) = (0_usize, 0_usize);
        for (column, place) in &self.told {
            if let Some(others) = column.checked_sub(passed).and_then(|columns| columns.checked_sub(1)) {
                let Some(before) = separators.nth(others) else { return Look::Odd };
                begin = before.saturating_add(1);
                passed = *column;
            }
            let next = separators.next();
            if let Some(told) = texts.get_mut(*place) {
                *told = row.get(begin..next.unwrap_or(end)).unwrap_or_default();
            }
            // The last column: another that is told would not be there.
            let Some(next) = next else { break };
            begin = next.saturating_add(1);
            passed = passed.saturating_add(1);
        }
        let columns = passed.saturating_add(separators.count()).saturating_add(1);
        self.if_like_all(columns, after_the_end(bytes, end), texts)
    }

    /// Whether it has its columns, and something in them.
    fn if_like_all<'b>(
        &self,
        columns: usize,
        length: usize,
        [told @ .., of_needed]: Texts<'b>,
    ) -> Look<(usize, [&'b [u8]; TOLD])> {
        let has_any = told.iter().any(|text| !text.trim_ascii().is_empty());
        let is_passed = columns == self.columns && has_any && !(self.is_needed)(of_needed);
        if is_passed { Look::Whole((length, told)) } else { Look::Odd }
    }

    /// The row that begins with these bytes: how long it is, and what it tells.
    fn look<'b>(&self, bytes: &'b [u8], separator: u8) -> Look<(usize, [&'b [u8]; TOLD])> {
        match memchr3(b'"', b'\n', b'\r', bytes) {
            None => return Look::Unfinished,
            Some(end) if bytes.get(end) != Some(&b'"') => return self.look_at_plain(bytes, end, separator),
            Some(_) => {}
        }
        let mut texts: Texts<'_> = [&[]; TOLD + 1];
        let mut told = self.told.iter();
        let mut next = told.next();
        let (mut at, mut columns) = (0_usize, 0_usize);
        let length = loop {
            let (text, is_doubled, end) = match field(bytes.get(at..).unwrap_or_default(), separator) {
                Look::Whole(field) => field,
                Look::Unfinished => return Look::Unfinished,
                Look::Odd => return Look::Odd,
            };
            if let Some((_, place)) = next.filter(|(column, _)| *column == columns) {
                if is_doubled {
                    return Look::Odd;
                }
                if let Some(told) = texts.get_mut(*place) {
                    *told = text;
                }
                next = told.next();
            }
            columns = columns.saturating_add(1);
            let end = at.saturating_add(end);
            match bytes.get(end..).unwrap_or_default() {
                [b'\r'] | [] => return Look::Unfinished,
                [b'\n' | b'\r', ..] => break after_the_end(bytes, end),
                [_, ..] => at = end.saturating_add(1),
            }
        };
        self.if_like_all(columns, length, texts)
    }
}

/// The rows of a table as they come; or, where some are passed by, each for itself.
pub(super) struct Rows<R> {
    input: R,
    separator: u8,
    /// What was read ahead: nothing where none is passed by.
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    within: Within,
    /// Where each text that is needed stands next in what was read ahead, if it was looked for: beyond its end where nowhere.
    needed_at: Vec<Option<usize>>,
}

impl<R: Read> Rows<R> {
    pub const fn new(input: R, separator: u8) -> Self {
        Self {
            input,
            separator,
            buffer: Vec::new(),
            at: 0,
            end: 0,
            within: Within::Begin,
            needed_at: Vec::new(),
        }
    }

    /// From now on each is given for itself.
    pub fn one_at_a_time(&mut self) {
        self.buffer.resize(BUFFER, 0);
    }

    /// Reads on behind what is ready; whether there was anything, and room for it.
    fn more(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.at..self.end, 0);
        self.end = self.end.saturating_sub(self.at);
        self.at = 0;
        self.needed_at.clear();
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        if room.is_empty() {
            return Ok(false);
        }
        let read = self.input.read(room)?;
        self.end = self.end.saturating_add(read);
        Ok(read > 0)
    }

    /// Where something that is needed stands next.
    fn needed(&mut self, of: &Passing) -> usize {
        self.needed_at.resize(of.needed.len(), None);
        let ready = self.buffer.get(self.at..self.end).unwrap_or_default();
        let mut first = usize::MAX;
        for (needed, known) in of.needed.iter().zip(&mut self.needed_at) {
            let next = known.filter(|known| *known >= self.at).unwrap_or_else(|| {
                needed.find(ready).map_or(usize::MAX, |found| self.at.saturating_add(found))
            });
            *known = Some(next);
            first = first.min(next);
        }
        first
    }

    /// Passes by rows, at most up to one that is needed or odd, and tells of each. Nothing is passed where such a one is next.
    pub fn pass_by(&mut self, of: &Passing, mut tell: impl FnMut([&[u8]; TOLD])) -> io::Result<Passed> {
        let mut passed = Passed::default();
        while !self.buffer.is_empty() && self.within == Within::Begin {
            let needed = self.needed(of);
            let ready = self.buffer.get(..self.end).unwrap_or_default();
            let (from, mut rows) = (self.at, 0_u64);
            let is_next_odd = loop {
                match of.look(ready.get(self.at..).unwrap_or_default(), self.separator) {
                    Look::Whole((length, texts)) if self.at.saturating_add(length) <= needed => {
                        tell(texts);
                        rows = rows.saturating_add(1);
                        self.at = self.at.saturating_add(length);
                    }
                    Look::Whole(_) | Look::Odd => break true,
                    Look::Unfinished => break false,
                }
            };
            passed.add(rows, ready.get(from..self.at).unwrap_or_default());
            if is_next_odd || rows > 0 || !self.more()? {
                break;
            }
        }
        Ok(passed)
    }
}

impl<R: Read> Read for Rows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.buffer.is_empty() {
            return self.input.read(buffer);
        }
        if self.at == self.end && !self.more()? {
            return Ok(0);
        }
        let ready = self.buffer.get(self.at..self.end).unwrap_or_default();
        let ready = ready.get(..buffer.len()).unwrap_or(ready);
        let count = self.within.end_of_row(ready, self.separator).unwrap_or(ready.len());
        if let Some((to, from)) = buffer.get_mut(..count).zip(ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at = self.at.saturating_add(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
