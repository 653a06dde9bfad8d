//! A file's rows on their way into sums, whatever form they are kept in.

use super::form::{Cells, CostExport};
use super::sums::Sums;
use crate::table_file::{BadRows, Counter, ReadError};
use std::path::Path;

/// What is done when lines came to the sums: they take memory.
pub(super) type Grown<'r, 'w> = &'r dyn Fn(&mut Sums, &mut Counter<'w>) -> Result<(), ReadError>;

/// A file that is read.
pub(super) struct Reading<'r, 'w> {
    pub file: &'r Path,
    pub counter: &'r mut Counter<'w>,
    /// Kiro's rows so far.
    pub of_kiro: u64,
    /// Those of them that can't be read.
    pub bad: BadRows,
    sums: &'r mut Sums,
    grown: Grown<'r, 'w>,
    text: String,
}

impl<'r, 'w> Reading<'r, 'w> {
    pub fn new(
        file: &'r Path,
        sums: &'r mut Sums,
        counter: &'r mut Counter<'w>,
        grown: Grown<'r, 'w>,
    ) -> Self {
        Self { file, counter, of_kiro: 0, bad: BadRows::default(), sums, grown, text: String::new() }
    }

    /// One of Kiro's rows.
    pub fn row(&mut self, cells: &Cells<'_>, line: u64) -> Result<(), ReadError> {
        self.of_kiro = self.of_kiro.saturating_add(1);
        if let Err(reason) = self.sums.add(cells, &mut self.text) {
            self.bad.add(self.file, line, reason);
        }
        if self.sums.grew() { (self.grown)(self.sums, self.counter) } else { Ok(()) }
    }

    /// What there is to tell of the file beside its sums.
    pub fn told(self, export: &mut CostExport) {
        export.of_kiro = export.of_kiro.saturating_add(self.of_kiro);
        export.bad.append(self.bad);
    }
}
