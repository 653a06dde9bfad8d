//! Why another program's database couldn't be read, as of a file.

use crate::files::bounded::DatabaseError;
use crate::files::table_file::{FileKind, Much, ReadError};
use crate::worker::Job;
use headroom_exact::Saying;
use std::path::Path;

/// One that is kept from being read, or is damaged, may be of the kind all the same: what it holds is missing.
pub(crate) fn failed(path: &Path, (what, job): (FileKind, Job), error: DatabaseError) -> ReadError {
    let error = match error {
        DatabaseError::File(error) => return ReadError::broken(path, &error),
        error @ (DatabaseError::Content(_) | DatabaseError::NoTable(_)) => error,
    };
    if error.is_out_of_memory() {
        return job.takes_too_much(path, Much::Memory);
    }
    let (path, is_kept, is_damage) = (path.to_owned(), error.is_kept_from_being_read(), error.is_damage());
    let reason = Saying::from(error).into();
    if is_kept {
        ReadError::Unreadable { path, reason }
    } else if is_damage {
        ReadError::Damaged { path, reason }
    } else {
        ReadError::AnotherKind { path, what, reason }
    }
}
