//! What a worker can be asked to read.

use crate::files::table_file::{FileKind, Much, ReadError};
use crate::kilo::family;
use headroom_exact::say;
use std::path::{Path, PathBuf};

/// The first argument of a worker. It is no command: nobody but this program itself gives it.
pub(crate) const ARGUMENT: &str = "read-for-headroom";

/// A form of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Job {
    /// An AWS cost export, packed with gzip.
    CostPacked,
    /// An AWS cost export in Parquet.
    CostParquet,
    /// A user activity report of Kiro's, packed.
    ActivityPacked,
    /// Usage that Kilo's page lets one download, packed.
    UsagePacked,
    /// Who the users of an organisation are, packed.
    IdentitiesPacked,
    /// A part of an AWS cost export that lies in a ZIP, only unpacked.
    CostUnpacked,
    /// A session of Kiro's command line in a ZIP, only unpacked.
    SessionPacked,
    /// A session of Kiro's IDE in a ZIP, only unpacked.
    IdeSessionPacked,
    /// Kilo's requests in a ZIP, only unpacked.
    RequestsPacked,
    /// Kilo's requests.
    KiloDatabase,
    /// What Kiro's IDE showed last.
    IdeState,
    /// Conversations of Kiro's command line.
    KiroConversations,
}

impl Job {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::CostPacked,
        Self::CostParquet,
        Self::ActivityPacked,
        Self::UsagePacked,
        Self::IdentitiesPacked,
        Self::CostUnpacked,
        Self::SessionPacked,
        Self::IdeSessionPacked,
        Self::RequestsPacked,
        Self::KiloDatabase,
        Self::IdeState,
        Self::KiroConversations,
    ];

    /// Its name as a worker is told it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CostPacked => "cost-packed",
            Self::CostParquet => "cost-parquet",
            Self::ActivityPacked => "activity-packed",
            Self::UsagePacked => "usage-packed",
            Self::IdentitiesPacked => "identities-packed",
            Self::CostUnpacked => "cost-unpacked",
            Self::SessionPacked => "session-packed",
            Self::IdeSessionPacked => "ide-session-packed",
            Self::RequestsPacked => "requests-packed",
            Self::KiloDatabase => "kilo-database",
            Self::IdeState => "ide-state",
            Self::KiroConversations => "kiro-conversations",
        }
    }

    /// Whether the worker gets the open file. A database is opened by its name: beside it lie files that belong to it.
    pub const fn gets_the_file(self) -> bool {
        match self {
            Self::CostPacked
            | Self::CostParquet
            | Self::ActivityPacked
            | Self::UsagePacked
            | Self::IdentitiesPacked
            | Self::CostUnpacked
            | Self::SessionPacked
            | Self::IdeSessionPacked
            | Self::RequestsPacked => true,
            Self::KiloDatabase | Self::IdeState | Self::KiroConversations => false,
        }
    }

    /// The files that are read where one is named.
    pub fn files(self, named: &Path) -> Vec<PathBuf> {
        match self {
            Self::CostPacked
            | Self::CostParquet
            | Self::ActivityPacked
            | Self::UsagePacked
            | Self::IdentitiesPacked
            | Self::CostUnpacked
            | Self::SessionPacked
            | Self::IdeSessionPacked
            | Self::RequestsPacked
            | Self::IdeState
            | Self::KiroConversations => vec![named.to_owned()],
            Self::KiloDatabase => family::files(named),
        }
    }

    /// What the file should be.
    pub const fn what(self) -> FileKind {
        match self {
            Self::CostPacked | Self::CostParquet | Self::CostUnpacked => FileKind::AwsCostExport,
            Self::ActivityPacked => FileKind::KiroActivityReport,
            Self::UsagePacked => FileKind::KiloUsageExport,
            Self::IdentitiesPacked => FileKind::Identities,
            Self::SessionPacked | Self::KiroConversations => FileKind::KiroSession,
            Self::IdeSessionPacked => FileKind::KiroIdeSession,
            Self::KiloDatabase | Self::RequestsPacked => FileKind::KiloRequests,
            Self::IdeState => FileKind::KiroIdeState,
        }
    }

    /// Why a file isn't read that would take all there is, and what helps.
    pub fn takes_too_much(self, file: &Path, much: Much) -> ReadError {
        ReadError::TakesTooMuch {
            path: file.to_owned(),
            much,
            instead: match self {
                Self::CostPacked | Self::CostParquet | Self::CostUnpacked => say!("export-as-csv"),
                Self::ActivityPacked
                | Self::UsagePacked
                | Self::IdentitiesPacked
                | Self::SessionPacked
                | Self::IdeSessionPacked
                | Self::RequestsPacked => say!("download-unpacked"),
                Self::KiloDatabase => say!("import-kilo-export"),
                Self::IdeState => say!("open-kiro-anew"),
                Self::KiroConversations => say!("delete-conversations"),
            },
        }
    }
}
