//! The kinds of file that can be imported.
//!
//! What each has to answer is [`import::Import`]; which they are is the one list below. [`importing`] brings what one
//! reads into the store: everything of one import goes in, or nothing does.

pub(crate) mod again;
pub(crate) mod arrived;
mod aws_cost;
mod bills;
pub(crate) mod followed;
mod following;
mod identities;
pub(crate) mod import;
pub(crate) mod importing;
mod kilo_database;
mod kilo_usage;
mod kiro_activity;
mod kiro_ide_sessions;
mod kiro_sessions;
mod looked_at;
pub(crate) mod places;
mod report;
mod running;
mod sessions;
mod spend;
mod tasks;
mod wanted;
mod wrong;

pub(crate) use following::Following;
pub(crate) use looked_at::LookedAt;
pub(crate) use running::Importing;
pub use wanted::{How, IssueChoice};

use crate::answers::ImportKind;
use crate::imports::import::Import;

one_list! {
    /// Every kind of file.
    ALL: dyn Import, by ImportKind in named {
        KiroSessions => kiro_sessions::KiroSessions,
        KiroIdeSessions => kiro_ide_sessions::KiroIdeSessions,
        KiroActivity => kiro_activity::KiroActivity,
        AwsCost => aws_cost::AwsCost,
        KiloUsage => kilo_usage::KiloUsage,
        KiloDatabase => kilo_database::KiloDatabase,
        Identities => identities::Identities,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_file_is_found_by_its_own_name() {
        for import in ALL {
            assert_eq!(named(import.kind()).kind(), import.kind());
        }
    }
}
