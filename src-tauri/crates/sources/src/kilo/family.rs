//! The databases of Kilo's programs that lie together: the newer program imports the older one's requests, so what they
//! hold is one record (`interfaces-2026.md` §5.5).

use std::fs;
use std::path::{Path, PathBuf};

/// Where the first program keeps its database, within the folder of programs' data.
const FIRST: [&str; 2] = ["kilo", "kilo.db"];
/// Where the newer one keeps a folder for each channel.
const NEWER: &str = "kilo2";
/// The newer one's database in each.
const NEWER_DATABASE: &str = "kilo2.db";
/// More channels than there are.
const MOST_CHANNELS: usize = 100;

/// The folder of programs' data that a database lies in, if it lies where Kilo's programs keep theirs.
fn data_of(path: &Path) -> Option<&Path> {
    let folder = path.parent()?;
    if folder.file_name()? == FIRST[0] && path.file_name()? == FIRST[1] {
        return folder.parent();
    }
    let channels = folder.parent()?;
    (path.file_name()? == NEWER_DATABASE && channels.file_name()? == NEWER).then(|| channels.parent())?
}

/// The databases that are read where one is asked for: itself first, then those of Kilo's other programs and channels in the
/// same data, as far as they are there. One that lies elsewhere is read alone.
pub fn databases(path: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Some(data) = data_of(path) else { return vec![path.to_owned()] };
    let first: PathBuf = data.join(FIRST[0]).join(FIRST[1]);
    let channels = fs::read_dir(data.join(NEWER)).into_iter().flatten().take(MOST_CHANNELS);
    let mut newer: Vec<_> =
        channels.filter_map(|entry| Some(entry.ok()?.path().join(NEWER_DATABASE))).collect();
    newer.sort();
    files.extend([path.to_owned(), first].into_iter().chain(newer).filter(|file| file.exists()));
    // The one that was asked for stands in front.
    let mut known: Vec<PathBuf> = Vec::new();
    files.retain(|file| {
        let is_new = !known.contains(file);
        known.push(file.clone());
        is_new
    });
    if files.is_empty() { vec![path.to_owned()] } else { files }
}

/// Under which place a database's requests are kept: those that are read together are one record, however one of them is
/// named.
pub fn place(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    data_of(&path).map_or_else(|| path.clone(), |data| data.join(FIRST[0]).join(FIRST[1]))
}
