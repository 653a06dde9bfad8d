//! The data on this machine before it is open: it is opened from here, to write or only to read, and what can't be opened
//! is restored from here.

use crate::answers::RestoredView;
use crate::error::{AppError, ErrorCode};
use crate::imports::again;
use crate::machine::clock::Clock;
use crate::machine::paths::Paths;
use crate::machine::secrets::{NoKeyring, Secrets};
use crate::{Headroom, accounts, kept};
use headroom_exact::{Saying, say};
use headroom_store::copies::{self, Copy};
use headroom_store::restore::{self, Restored};
use headroom_store::{Case, Closed, NotWritable, Opened, Store};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A copy of the data that was proved when it was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CopyView {
    /// When it was made.
    pub made_at: String,
    /// What it was made before: `migration`, `import`, `removal`, `day`; or `asked`.
    pub before: &'static str,
    /// How large it is.
    pub bytes: u64,
    /// Where it lies.
    pub path: PathBuf,
}

impl From<Copy> for CopyView {
    fn from(copy: Copy) -> Self {
        Self {
            made_at: copy.made_at.to_string(),
            before: copy.before.name(),
            bytes: copy.bytes,
            path: copy.path,
        }
    }
}

/// What a restore did, after what the vendors' programs left was imported again.
fn restored_view(restored: &Restored, again: Vec<again::Again>) -> RestoredView {
    let merged = &restored.merged;
    let came_back =
        [merged.accounts, merged.tasks, merged.acts, merged.answers, merged.reports, merged.bills];
    let came_back = came_back.into_iter().fold(0, u64::saturating_add);
    RestoredView {
        said: restored.told(),
        copied_at: restored.copied_at.map(|at| at.to_string()),
        came_back: u32::try_from(came_back).unwrap_or(u32::MAX),
        complete: merged.complete,
        damaged: restored.damaged.display().to_string(),
        told: again::said(restored.lost, again),
    }
}

/// Where the data lies, and what a Headroom needs beside it.
pub struct Place {
    pub(crate) paths: Paths,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) secrets: Box<dyn Secrets>,
}

impl Place {
    /// At these paths, without a keyring.
    pub fn new(paths: Paths, clock: Box<dyn Clock>) -> Self {
        Self { paths, clock, secrets: Box::new(NoKeyring) }
    }

    /// The same with a keyring.
    #[must_use]
    pub fn with_secrets(self, secrets: Box<dyn Secrets>) -> Self {
        Self { secrets, ..self }
    }

    /// Opens the data to read and write. What can't be written is read: [`Headroom::not_writable`] says why.
    pub fn open(self) -> Result<Headroom, AppError> {
        let now = self.clock.now();
        let mut store = match Store::open(&self.paths.database(), now) {
            Opened::Whole(store) => store,
            Opened::ReadOnly(store, why) => return self.over(store, Some(why)),
            // It may be there all the same, of an older format that can't be brought up to date now.
            Opened::Closed(Closed { case: Case::Full, .. }) => return self.reading(Some(NotWritable::Full)),
            Opened::Closed(Closed { case: Case::NoRight, .. }) => {
                return self.reading(Some(NotWritable::NoRight));
            }
            Opened::Closed(closed) => return self.in_safe_mode(closed),
        };
        // Whatever of this can't be done now, for somebody else writes, is done at the next opening: nobody waits for it.
        let kept_up = store.without_waiting(|store| {
            kept::settle(store, now);
            kept::settle_copies(store.path(), now);
            kept::copy_of_the_day(store, now);
            accounts::purge(store, now.plus_seconds(-accounts::UNDO_SECONDS))
        });
        if let Err(error) = kept_up.map_err(AppError::from).flatten() {
            tracing::warn!("removed accounts could not be deleted: {error}");
        }
        self.over(store, None)
    }

    /// Opens the data to read: nothing is written, nobody is waited for, and no writer is held up.
    pub fn open_to_read(self) -> Result<Headroom, AppError> {
        self.reading(None)
    }

    fn reading(self, known: Option<NotWritable>) -> Result<Headroom, AppError> {
        match Store::open_to_read(&self.paths.database()) {
            Opened::Whole(store) => self.over(store, known),
            Opened::ReadOnly(store, why) => self.over(store, Some(why)),
            Opened::Closed(closed) => self.in_safe_mode(closed),
        }
    }

    /// What can be read of damaged data of which no copy is good; else why it isn't open.
    fn in_safe_mode(self, closed: Closed) -> Result<Headroom, AppError> {
        let database = self.paths.database();
        let open = || match closed.case {
            Case::Damaged(_) => Store::open_damaged(&database),
            Case::Busy
            | Case::Full
            | Case::NoRight
            | Case::Newer { .. }
            | Case::Foreign(_)
            | Case::Behind(_) => None,
        };
        match open().zip(open()) {
            Some(both) => Ok(Headroom::over(both, Some(NotWritable::Damaged), self)),
            None => Err(closed.into()),
        }
    }

    fn over(self, store: Store, why: Option<NotWritable>) -> Result<Headroom, AppError> {
        let reading = Store::open_to_read(&self.paths.database()).to_read()?;
        Ok(Headroom::over((store, reading), why, self))
    }

    /// The copies there are, the newest first.
    pub fn copies(&self) -> Result<Vec<CopyView>, AppError> {
        let database = self.paths.database();
        let copies = copies::list(&database).map_err(|error| {
            let (path, reason) = (copies::folder(&database), Saying::from(error));
            AppError::new(ErrorCode::Outside, say!("copies-not-read", path = &path, reason))
        })?;
        Ok(copies.into_iter().map(CopyView::from).collect())
    }

    /// Restores damaged data from its newest good copy, and imports again what vendors' programs left since then; or any
    /// data from a copy that is named, exactly as it is in there.
    pub fn restore(&self, named: Option<&Path>) -> Result<RestoredView, AppError> {
        let now = self.clock.now();
        let restored = restore::restore(&self.paths.database(), named, now)?;
        tracing::info!("{restored}");
        let again = if named.is_none() { again::import(&self.paths, now) } else { Vec::new() };
        Ok(restored_view(&restored, again))
    }
}
