//! What an import did.

use super::AccountNumber;
use serde::Serialize;
use ts_rs::TS;

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ImportView {
    /// The account it went to.
    pub account: AccountNumber,
    /// Where it read.
    pub from: String,
    /// Files read.
    pub files: u32,
    /// Tasks that were new.
    pub added: u32,
    /// Their credits.
    pub credits: String,
    /// Tasks that were there already, or twice in the files.
    pub known: u32,
    /// New tasks of unknown cost.
    pub unmetered: u32,
    /// Tasks without a readable time, left out.
    pub undated: u32,
    /// Files that were not read, and why.
    pub skipped: Vec<SkippedFile>,
}

/// A file that was not read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SkippedFile {
    /// Which.
    pub path: String,
    /// Why.
    pub reason: String,
}
