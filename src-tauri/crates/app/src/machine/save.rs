//! Files that are written whole.

use crate::error::{AppError, ErrorCode};
use headroom_exact::{Saying, say};
use std::path::Path;

/// Writes a file for its owner only, whole or not at all: a file that was there stays until the new one is.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let failed = |error: std::io::Error| {
        AppError::new(ErrorCode::Outside, say!("not-written", path, reason = Saying::from(error)))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::Write::write_all(&mut file, bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one.csv");
        save(&path, b"first").expect("written");
        save(&path, b"second").expect("replaced");
        assert_eq!(std::fs::read(&path).expect("there"), b"second");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "for its owner only");
        }
        let error = save(&folder.path().join("no/one.csv"), b"").expect_err("no such folder");
        assert!(error.to_string().contains("no/one.csv could not be written"), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1, "nothing is left behind");
    }
}
