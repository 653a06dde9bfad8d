//! Events from a file of their own, one JSON object a line (`"events_from"`): taken one by one, so that
//! ten million of them are never held.

use super::error::ScenarioError;
use super::events::{Readable, read_event};
use crate::timeline::{AccountKind, Event, Fold, Ledger, Timeline};
use headroom_exact::Moment;

/// Where lines come from. Whoever implements it reads the file; the engine doesn't.
pub trait Lines {
    /// The next line without its end, none after the last. An error is passed on as it is.
    fn next_line(&mut self) -> Result<Option<&[u8]>, ScenarioError>;
}

/// What came of a fold over lines.
pub enum Streamed<K: AccountKind> {
    /// The ledger.
    Folded(Ledger<K>),
    /// A line is earlier than the one before: the lines have to be read as a whole and sorted, with
    /// [`Sourced::with_lines`].
    OutOfOrder,
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// A timeline whose scenario may name a file with more events.
pub struct Sourced<'a, K: Readable> {
    /// The listed events.
    pub timeline: Timeline<'a, K>,
    /// The file's name as the scenario has it.
    pub events_from: Option<String>,
    pub(super) reading: K::Reading,
}

/// Reads events from lines. The lines continue the list, so their positions do too.
struct Reader<'l, 'r, K: Readable> {
    lines: &'l mut dyn Lines,
    reading: &'r K::Reading,
    line: usize,
    position: usize,
}

impl<K: Readable> Reader<'_, '_, K> {
    /// Hands the next event to `take`; what `take` says, or none after the last line.
    fn next<T>(
        &mut self,
        take: impl FnOnce(Event<K::Action<'_>>) -> Result<T, ScenarioError>,
    ) -> Result<Option<T>, ScenarioError> {
        loop {
            self.line = self.line.saturating_add(1);
            let Some(json) = self.lines.next_line()? else { return Ok(None) };
            if is_blank(json) {
                continue;
            }
            let position = self.position;
            self.position = position.saturating_add(1);
            let event = read_event::<K>(json, self.reading, position)
                .map_err(|error| error.in_line(self.line).in_event(position))?;
            return take(event).map(Some);
        }
    }
}

impl<'a, K: Readable> Sourced<'a, K> {
    /// Folds the listed events and the lines together, in time order; at equal times the listed ones come
    /// first.
    pub fn fold(&self, moment: Moment, lines: &mut dyn Lines) -> Result<Streamed<K>, ScenarioError> {
        let mut fold = Fold::new(self.timeline.terms.clone(), moment);
        let mut listed = self.timeline.events().iter().peekable();
        let mut reader = self.reader(lines);
        let mut latest = None;
        while let Some(in_order) = reader.next(|event| {
            if latest.is_some_and(|latest| event.at < latest) {
                return Ok(false);
            }
            latest = Some(event.at);
            while let Some(earlier) = listed.next_if(|listed| listed.at <= event.at) {
                fold.take(earlier)?;
            }
            fold.take(&event)?;
            Ok(true)
        })? {
            if !in_order {
                return Ok(Streamed::OutOfOrder);
            }
        }
        for event in listed {
            fold.take(event)?;
        }
        Ok(Streamed::Folded(fold.finish()?))
    }

    fn reader<'l>(&'l self, lines: &'l mut dyn Lines) -> Reader<'l, 'l, K> {
        Reader { lines, reading: &self.reading, line: 0, position: self.timeline.events().len() }
    }

    /// The same with all lines of `text` as listed events.
    pub fn with_lines(self, text: &'a [u8]) -> Result<Timeline<'a, K>, ScenarioError> {
        let mut more = Vec::new();
        let first = self.timeline.events().len();
        for (line, json) in text.split(|byte| *byte == b'\n').enumerate().filter(|(_, json)| !is_blank(json))
        {
            let position = first.saturating_add(more.len());
            let event = read_event::<K>(json, &self.reading, position);
            more.push(event.map_err(|error| error.in_line(line.saturating_add(1)).in_event(position))?);
        }
        Ok(self.timeline.with(more))
    }
}
