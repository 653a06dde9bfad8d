//! What names tell of files in folders and ZIPs: which may be of a kind, and which nobody meant.

use crate::files::table_file::FileKind;

/// What systems and programs leave in folders and ZIPs, which nobody meant.
pub(super) fn is_left_behind(name: &str) -> bool {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.starts_with("__MACOSX/")
        || own.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&own)
}

/// Whether a name is a UUID: as an assembly of a bill has it, and most users.
pub(crate) fn is_uuid(name: &str) -> bool {
    let lengths = name.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && name.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Whether a name is one of a table, packed or not.
pub(crate) fn is_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".gz", ".zip", ".parquet"].iter().any(|ending| name.ends_with(ending)) || name.contains(".csv")
}

impl FileKind {
    /// Whether a folder of this name holds one thing of this kind: a session.
    pub(super) fn is_own_folder(self, name: &str) -> bool {
        match self {
            Self::KiroSession | Self::KiroIdeSession => name.starts_with("sess_"),
            Self::AwsCostExport
            | Self::KiroActivityReport
            | Self::KiloUsageExport
            | Self::Identities
            | Self::KiloRequests
            | Self::KiroIdeState => false,
        }
    }

    /// Whether a file of this name in a folder may be of this kind. Which kind it is says its content alone.
    pub(super) fn may_be(self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
        match self {
            Self::AwsCostExport => is_table(name) || lower.contains("manifest"),
            Self::KiroActivityReport | Self::KiloUsageExport => ends(&[".csv", ".csv.gz", ".zip"]),
            Self::Identities => ends(&[".csv", ".csv.gz", ".tsv", ".txt", ".json", ".json.gz", ".zip"]),
            Self::KiloRequests => ends(&[".db", ".zip"]),
            // Sessions are found by their stores, and by what they hold.
            Self::KiroSession | Self::KiroIdeSession | Self::KiroIdeState => false,
        }
    }
}
