//! Where what is packed is unpacked to for readers that look at what lies beside a file.

use crate::files::bounded::{FileError, LARGEST_WHOLE, write_at};
use crate::files::given::Files;
use crate::files::table_file::{Counter, ReadError, Watching};
use crate::worker::{Job, Worker};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The folder in [`Files::room`] that sessions are unpacked into, as they lie in their ZIP.
const SESSIONS: &str = "sessions";

impl Files {
    /// Where each is on the disk for readers that look at what lies beside a file: itself, or unpacked with what lies beside
    /// it in its ZIP.
    pub fn unpacked_beside_each_other(
        &self,
        worker: &Worker,
        watching: Watching<'_>,
    ) -> Result<Vec<PathBuf>, ReadError> {
        let mut counter = Counter::new(&self.on_the_disk(), watching);
        let mut paths = Vec::new();
        let rooms = self.rooms();
        for source in &self.sources {
            if !source.is_packed() {
                paths.push(source.file.clone());
                continue;
            }
            let failed = |error: FileError| ReadError::unreadable(&source.named, &error);
            let room = rooms.iter().find(|(_, holder)| *holder == source.holder);
            let (room, _) = room.ok_or_else(|| failed(FileError::DamagedPacking))?;
            let within = source.named.strip_prefix(&source.holder).unwrap_or(&source.named);
            let path = if source.is_in_zip() { room.join(within) } else { room.clone() };
            let bytes = source.unpacked(worker, Job::SessionPacked, LARGEST_WHOLE, &mut counter)?;
            write_at(&path, &bytes).map_err(failed)?;
            // What a session is called lies beside it, where it is told at all.
            let about = source.beside("session.json");
            if let Ok(bytes) = about.unpacked(worker, Job::SessionPacked, LARGEST_WHOLE, &mut counter) {
                write_at(&path.with_file_name("session.json"), &bytes).map_err(failed)?;
            }
            if let Some(log) = source.log_beside() {
                let bytes = log.unpacked(worker, Job::SessionPacked, LARGEST_WHOLE, &mut counter)?;
                write_at(&path.with_file_name(log.own_name()), &bytes).map_err(failed)?;
            }
            paths.push(path);
        }
        Ok(paths)
    }

    /// Where each file that is packed is unpacked to then, with what it is called: several may hold files of one name.
    pub fn rooms(&self) -> Vec<(PathBuf, &Path)> {
        let Some(room) = &self.room else { return Vec::new() };
        let mut rooms: Vec<(PathBuf, &Path)> = Vec::new();
        let mut known = HashSet::new();
        for source in self.sources.iter().filter(|source| source.is_packed()) {
            if known.insert(source.holder.as_path()) {
                let own = room.join(SESSIONS).join(rooms.len().to_string());
                let name = source.holder.file_stem().unwrap_or_default();
                rooms.push((own.join(name), &source.holder));
            }
        }
        rooms
    }
}
