//! All of the data: a copy of it, everything in it as text, and an end to it.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use crate::{kept, vendors};
use headroom_exact::Moment;
use headroom_store::Store;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;

/// A removal can be taken back for so long; what is older goes when Headroom is opened.
pub(crate) const UNDO_SECONDS: i64 = 3600;
/// Whoever deletes everything waits so long for those who read meanwhile: a view of ours takes less.
const FOR_READERS: Duration = Duration::from_secs(2);

fn failed(path: &Path, error: impl std::fmt::Display) -> AppError {
    AppError::new(ErrorCode::Outside, format!("{} could not be written: {error}.", path.display()))
}

/// A new file beside `path`, for its owner only, to take its place once it is whole.
fn beside(path: &Path) -> Result<NamedTempFile, AppError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    NamedTempFile::new_in(folder).map_err(|error| failed(path, error))
}

impl Headroom {
    /// What a copy of the data would be called.
    pub fn data_file_name(&self, ending: &str) -> String {
        format!("headroom-{}.{ending}", self.now().date())
    }

    /// Writes a copy of the database: opened in its place, everything is as it was.
    pub fn back_up(&self, path: &Path) -> Result<(), AppError> {
        // Through a connection of its own, as every long work: what is asked meanwhile doesn't wait for the disk.
        Store::open_to_read(&self.paths().database()).to_read()?.copy_to(path)?;
        Ok(())
    }

    /// Writes every record as a line of JSON. How many lines.
    pub fn export_all(&self, path: &Path) -> Result<u64, AppError> {
        let text = beside(path)?;
        let mut output = std::io::BufWriter::new(text.as_file());
        let store = Store::open_to_read(&self.paths().database()).to_read()?;
        let lines = store.write_all(&mut output).map_err(|error| failed(path, error))?;
        output.flush().map_err(|error| failed(path, error))?;
        drop(output);
        text.persist(path).map_err(|error| failed(path, error.error))?;
        Ok(lines)
    }

    /// Deletes everything Headroom knows: accounts, records, choices, and the pasted key in the system's keyring.
    pub fn delete_all(&self) -> Result<(), AppError> {
        vendors::forget_keys(&self.around())?;
        let mut store = self.store();
        store.delete_all()?;
        kept::do_chores(&mut store, self.now(), FOR_READERS);
        Ok(())
    }

    /// Takes back that an account was removed.
    pub fn restore_account(&self, account: crate::views::AccountNumber) -> Result<(), AppError> {
        let restored =
            self.store().write(|writing| Ok::<_, AppError>(writing.restore_account(account.into())?))?;
        if restored { Ok(()) } else { Err(AppError::new(ErrorCode::NoAccount, "This account is gone.")) }
    }

    /// Deletes for good what was removed before then.
    pub(crate) fn purge(&self, removed_by: Moment) -> Result<(), AppError> {
        self.store().write(|writing| Ok(writing.purge_accounts(removed_by).map(drop)?))
    }
}
