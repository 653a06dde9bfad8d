//! What an import did, and how far one is.

use super::{AccountNumber, Saying};
use crate::error::AppError;
use headroom_exact::Credits;
use headroom_sources::files::reason::{Reason, Tells};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// What can be imported.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportKind {
    /// Sessions of Kiro's command line and IDE, of every layout (`interfaces.md` §2.3 A, `interfaces-2026.md` §1).
    KiroSessions,
    /// Sessions of the layout that its IDE writes too, as estimates (§2.3 B).
    KiroIdeSessions,
    /// An organisation's user activity reports (§3.1).
    KiroActivity,
    /// AWS cost exports with Kiro's rows (§3.2).
    AwsCost,
    /// Usage that Kilo's page lets one download (§4.2).
    KiloUsage,
    /// Kilo's record of every request on this machine (§4.3).
    KiloDatabase,
    /// Who an organisation's users are: a table of ids, names, addresses and groups.
    Identities,
}

impl ImportKind {
    /// Its name, as it is chosen on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KiroSessions => "kiro-sessions",
            Self::KiroIdeSessions => "kiro-ide-sessions",
            Self::KiroActivity => "kiro-activity",
            Self::AwsCost => "aws-cost",
            Self::KiloUsage => "kilo-usage",
            Self::KiloDatabase => "kilo-database",
            Self::Identities => "identities",
        }
    }
}

/// Where the window imports from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportFrom {
    /// Folders chosen in a dialog of the system's.
    Folder,
    /// Files chosen so.
    File,
    /// What was dropped onto the window.
    Dropped,
}

/// What happens to files that somebody drags with the mouse. The window learns nothing of them but how many they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum DropView {
    /// They are held over the window.
    Over {
        /// How many.
        files: u32,
    },
    /// They aren't any more.
    Gone,
    /// They were dropped.
    Dropped {
        /// How many.
        files: u32,
    },
}

/// What came of looking for sessions that are new.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct NoticedView {
    /// Whose figures are new; none where no session could be imported.
    pub account: Option<AccountNumber>,
    /// Why not; told once.
    pub failure: Option<AppError>,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ImportView {
    /// What was imported.
    pub kind: ImportKind,
    /// Whether nothing was written: this is what would become of it.
    pub dry_run: bool,
    /// The account it went to.
    pub account: AccountNumber,
    /// Where it read.
    pub from: String,
    /// Files read.
    pub files: u32,
    /// Rows or tasks read.
    #[ts(type = "number")]
    pub read: u64,
    /// What was new: tasks, or statements of a day or a month.
    #[ts(type = "number")]
    pub added: u64,
    /// What it comes to; none where nothing of it is known.
    pub amount: Option<ImportAmount>,
    /// What was there already, or twice in the files.
    #[ts(type = "number")]
    pub known: u64,
    /// Lines that stand more than once in the files, and count once; of Kilo's databases, requests that stand in others' too.
    #[ts(type = "number")]
    pub copies: u64,
    /// New tasks of unknown cost.
    #[ts(type = "number")]
    pub unmetered: u64,
    /// Tasks without a readable time, left out.
    #[ts(type = "number")]
    pub undated: u64,
    /// Rows that a newer export replaced.
    #[ts(type = "number")]
    pub replaced: u64,
    /// Rows that could not be read, and are in no figure.
    #[ts(type = "number")]
    pub bad: u64,
    /// The first of them.
    pub bad_rows: Vec<BadRowView>,
    /// Files that were not read, and why.
    pub skipped: Vec<SkippedFile>,
    /// Bills that took another's place, and those that were left out.
    pub bills: Vec<BillNews>,
    /// What the sessions that were read used, whether new or known; none where nothing of the newer layout was.
    pub sessions: Option<ImportSessions>,
    /// What has to be known of it: of a statement's result, how it was made and what can't be known from it.
    #[ts(as = "Vec<Saying>")]
    pub notes: Vec<headroom_exact::Saying>,
}

/// What sessions of Kiro's newer layout used (`interfaces-2026.md` §1.5), in credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is of the amount before it")]
pub struct ImportSessions {
    /// How many there are, each once.
    pub sessions: u32,
    /// By what was asked for, without subagents.
    #[ts(as = "String")]
    pub main: Credits,
    /// Whether more of it isn't known; so are the next three.
    pub main_at_least: bool,
    /// By subagents.
    #[ts(as = "String")]
    pub delegated: Credits,
    /// Whether it is the least.
    pub delegated_at_least: bool,
    /// By either, in sessions that don't tell them apart.
    #[ts(as = "String")]
    pub either: Credits,
    /// Whether it is the least.
    pub either_at_least: bool,
    /// Outside what was asked for: for compaction and the like.
    #[ts(as = "String")]
    pub auxiliary: Credits,
    /// Whether it is the least.
    pub auxiliary_at_least: bool,
    /// Sessions of which this is the least they used.
    pub least: u32,
}

/// What came of files of which nobody said what they are.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, TS)]
pub struct ArrivedView {
    /// By what it is imported after a look.
    pub number: u32,
    /// Whether nothing was written: this is what would become of them.
    pub dry_run: bool,
    /// Each kind of file that was among them.
    pub parts: Vec<ArrivedPart>,
    /// Files that are nothing that is imported: how many.
    pub nothing: u32,
    /// The first of them, and what they are.
    pub others: Vec<SkippedFile>,
}

/// What came of the files of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ArrivedPart {
    /// Which.
    pub kind: ImportKind,
    /// How many they are, with what lies beside them.
    pub files: u32,
    /// What was imported.
    pub report: Option<ImportView>,
    /// Why nothing was.
    pub failure: Option<AppError>,
}

/// An issue of a month's bill, as it is named where several are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BillIssue {
    /// The file or the folder it was read from; none where an older version read it.
    pub from: Option<String>,
    /// The AWS account that pays; none where it doesn't say.
    pub payer: Option<String>,
    /// Dollars before tax; none where nothing of it is in dollars.
    pub amount: Option<String>,
}

/// What became of a bill that isn't known already (rules F2 and F3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BillNews {
    /// There was none of its payer's month, or its accounts aren't in the one that is there.
    New {
        /// YYYY-MM.
        month: String,
        /// The AWS account that pays; none where it doesn't say.
        payer: Option<String>,
        /// Dollars before tax; none where nothing of it is in dollars.
        amount: Option<String>,
        /// The file or the folder.
        from: String,
    },
    /// It took another's place.
    Replaced {
        /// YYYY-MM.
        month: String,
        /// The AWS account that pays; none where neither says.
        payer: Option<String>,
        /// Whether something that was there couldn't be read.
        unreadable: bool,
        /// Dollars before tax of what was there; none where that couldn't be read, or nothing of it was in dollars.
        before: Option<String>,
        /// Dollars before tax of what counts now; none where nothing of it is in dollars.
        amount: Option<String>,
        /// The file or the folder.
        from: String,
    },
    /// It counts nowhere: a later issue leads, or another export of the same accounts.
    Older {
        /// YYYY-MM.
        month: String,
        /// What came.
        issue: BillIssue,
        /// What leads.
        leads: BillIssue,
    },
    /// Nothing tells which of several counts: none does, until the owner chose.
    Undecided {
        /// YYYY-MM.
        month: String,
        /// The AWS account that pays; none where none of them says.
        payer: Option<String>,
        /// What each would come to.
        issues: Vec<BillIssue>,
    },
    /// Nothing told which of several counts, and now one does: the owner chose it, or it is later than all of them.
    Decided {
        /// YYYY-MM.
        month: String,
        /// The AWS account that pays; none where it doesn't say.
        payer: Option<String>,
        /// Dollars before tax of what counts now; none where nothing of it is in dollars.
        amount: Option<String>,
        /// The file or the folder.
        from: String,
        /// What the others would have come to.
        others: Vec<BillIssue>,
    },
    /// A part of it is in another currency: in no sum of dollars.
    Currency {
        /// YYYY-MM.
        month: String,
        /// Its code.
        currency: String,
        /// How much, in that.
        amount: String,
    },
    /// It names no payer, and others of the month do: nobody knows whose it is, and nothing of it is kept.
    Refused {
        /// YYYY-MM.
        month: String,
        /// The AWS accounts that pay.
        payers: Vec<String>,
        /// Dollars before tax of what was left out; none where nothing of it is in dollars.
        amount: Option<String>,
    },
}

/// What an import comes to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ImportAmount {
    /// In what.
    pub unit: Unit,
    /// A decimal.
    pub value: String,
    /// Whether something that was read doesn't say its cost and is missing from it.
    pub at_least: bool,
    /// What is missing from it that can make it more or less, such as rows of a bill that couldn't be read.
    #[ts(as = "Vec<Saying>")]
    pub without: Vec<headroom_exact::Saying>,
}

/// In what an amount is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Kiro's credits.
    Credits,
    /// Dollars.
    Dollars,
}

/// A row that could not be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BadRowView {
    /// The file.
    pub path: String,
    /// Its line, counted from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// Why.
    #[ts(as = "Saying")]
    pub reason: headroom_exact::Saying,
}

/// A file that was not read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SkippedFile {
    /// Which.
    pub path: String,
    /// Why.
    #[ts(as = "Saying")]
    pub reason: headroom_exact::Saying,
    /// Whether it could be read all the same, or isn't there: what is said of it is no fault of whoever named it.
    #[serde(skip)]
    #[ts(skip)]
    pub was_read: bool,
    /// How much that tells.
    #[serde(skip)]
    #[ts(skip)]
    pub tells: Tells,
}

impl SkippedFile {
    /// One that was left out, whether or not it could be read.
    pub(crate) fn new(path: String, why: impl Into<Reason>, was_read: bool) -> Self {
        let Reason { saying, tells } = why.into();
        Self { path, reason: saying, was_read, tells }
    }

    /// One that couldn't be read.
    pub(crate) fn unread(path: String, why: impl Into<Reason>) -> Self {
        Self::new(path, why, false)
    }

    /// Which, and why.
    pub(crate) fn left_out(self) -> (PathBuf, Reason) {
        (self.path.into(), Reason { saying: self.reason, tells: self.tells })
    }
}

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ProgressView {
    /// Rows read so far.
    #[ts(type = "number")]
    pub rows: u64,
    /// How much of the files is read, in tenths of a percent; none while that isn't known.
    pub permille: Option<u32>,
}
