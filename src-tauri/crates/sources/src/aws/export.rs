//! What exports say, together.

use super::damage::Lost;
use super::form::MonthBill;
use super::left_out::LeftOut;
use crate::files::table_file::BadRows;
use headroom_exact::Saying;

/// What exports say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CostExport {
    /// Every issue of every payer's month, by month and payer: which of them count is decided by
    /// [`super::counting`].
    pub bills: Vec<MonthBill>,
    /// Files that were read.
    pub files: u32,
    /// Rows that were read, of every product.
    pub read: u64,
    /// Kiro's among them.
    pub of_kiro: u64,
    /// Those of them that stood there before, in the same issue: counted once.
    pub copies: u64,
    /// Rows of Kiro's that could not be read.
    pub bad: BadRows,
    /// Files in the folder that were left out, and why.
    pub skipped: Vec<LeftOut>,
    /// Those of them that are damaged and of an issue of which nothing could be read: no bill says that it lacks them.
    pub lost: u32,
    /// Those issues.
    pub damaged: Lost,
    /// What has to be known of it.
    pub notes: Vec<Saying>,
}

impl CostExport {
    /// Adds what another issue says.
    pub(super) fn append(&mut self, of: Self) {
        let Self { bills, files, read, of_kiro, copies, bad, skipped, lost, damaged: _, notes } = of;
        self.bills.extend(bills);
        self.files = self.files.saturating_add(files);
        self.read = self.read.saturating_add(read);
        self.of_kiro = self.of_kiro.saturating_add(of_kiro);
        self.copies = self.copies.saturating_add(copies);
        self.bad.append(bad);
        self.skipped.extend(skipped);
        self.lost = self.lost.saturating_add(lost);
        self.notes.extend(notes);
    }
}
