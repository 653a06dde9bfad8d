//! Importing again what was imported before, after a restore: from where an import once read, if that is still there.
//! What is there already is not added again, so nothing is lost by trying.

use crate::answers::{AccountNumber, ImportKind};
use crate::error::AppError;
use crate::imports::importing;
use crate::imports::places::{self, Place};
use crate::imports::running::Importing;
use crate::imports::wanted::{How, Wanted};
use crate::machine::log::Line;
use crate::machine::paths::Paths;
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::restore::Lost;
use std::path::PathBuf;

/// What came back from a place, or why nothing could.
pub(crate) struct Again {
    kind: ImportKind,
    path: PathBuf,
    outcome: Result<u64, AppError>,
}

/// Imports it again, each place by itself: one that fails keeps no other out.
pub(crate) fn import(paths: &Paths, now: Moment) -> Vec<Again> {
    let store = Store::open_to_read(&paths.database()).to_read().map_err(AppError::from);
    let places = store.and_then(|store| places::known(&store, paths)).unwrap_or_else(|error| {
        Line::warn("imported-from-unknown").because(&error).note();
        Vec::new()
    });
    let there = places.into_iter().filter(|place| place.path.exists());
    there
        .map(|Place { kind, path, account, read_at: _ }| {
            let account = Some(AccountNumber(account));
            let how = How { account, ..How::default() };
            let given = [path.as_path().into()];
            let wanted = Wanted { kind, given: &given, files: None, how, copied_before: false };
            let outcome = importing::import(&wanted, paths, &Importing::default(), now, &|_| {});
            let outcome = outcome.map(|view| view.added.saturating_add(view.unmetered));
            Again { kind, path, outcome }
        })
        .collect()
}

/// What a kind of file holds, as it is called after "from".
fn called(kind: ImportKind) -> Saying {
    match kind {
        ImportKind::KiroSessions => say!("from-kiro-sessions"),
        ImportKind::KiroIdeSessions => say!("from-kiro-ide-sessions"),
        ImportKind::KiroActivity => say!("from-kiro-activity"),
        ImportKind::AwsCost => say!("from-aws-cost"),
        ImportKind::KiloUsage => say!("from-kilo-usage"),
        ImportKind::KiloDatabase => say!("from-kilo-database"),
        ImportKind::Identities => say!("from-identities"),
    }
}

/// What is to be said after a restore: what came back from where, then what is lost, if that is known.
pub(crate) fn said(lost: Option<Lost>, again: Vec<Again>) -> Vec<Saying> {
    let (mut said, mut tasks, mut reports) = (Vec::new(), 0_u64, 0_u64);
    // How many names are lost isn't counted.
    let mut names = 0_u64;
    for Again { kind, path, outcome } in again {
        let (from, path) = (called(kind), &path);
        match outcome {
            Ok(0) => {}
            Ok(count) => {
                let counted = match kind {
                    ImportKind::KiroSessions | ImportKind::KiroIdeSessions => &mut tasks,
                    ImportKind::KiroActivity
                    | ImportKind::AwsCost
                    | ImportKind::KiloUsage
                    | ImportKind::KiloDatabase => &mut reports,
                    ImportKind::Identities => &mut names,
                };
                *counted = counted.saturating_add(count);
                said.push(match kind {
                    ImportKind::KiroSessions | ImportKind::KiroIdeSessions => {
                        say!("tasks-came-back", count, from, path)
                    }
                    ImportKind::KiroActivity
                    | ImportKind::AwsCost
                    | ImportKind::KiloUsage
                    | ImportKind::KiloDatabase
                    | ImportKind::Identities => say!("records-came-back", count, from, path),
                });
            }
            Err(error) => said.push(say!("nothing-came-back", from, path, reason = error.saying)),
        }
    }
    match lost {
        Some(lost) => said.extend(lost.less(tasks, reports).said()),
        None => said.push(say!("lost-unknown")),
    }
    said
}
