//! Why another program's database couldn't be read, as of a file.

use crate::files::bounded::DatabaseError;
use crate::files::table_file::{FileKind, Much, ReadError};
use crate::worker::Job;
use headroom_exact::Saying;
use std::path::Path;

/// One that is kept from being read, or is damaged, may be of the kind all the same: what it holds is missing.
pub(crate) fn failed(path: &Path, (what, job): (FileKind, Job), error: DatabaseError) -> ReadError {
    let path_of = path.to_owned();
    match error {
        DatabaseError::File(error) => ReadError::broken(path, &error),
        error if error.is_out_of_memory() => job.takes_too_much(path, Much::Memory),
        error if error.is_kept_from_being_read() => {
            ReadError::Unreadable { path: path_of, reason: Saying::from(error).into() }
        }
        error if error.is_damage() => {
            ReadError::Damaged { path: path_of, reason: Saying::from(error).into() }
        }
        error @ (DatabaseError::Content(_) | DatabaseError::NoTable(_)) => {
            ReadError::AnotherKind { path: path_of, what, reason: Saying::from(error).into() }
        }
    }
}
