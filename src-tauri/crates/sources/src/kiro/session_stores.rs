//! Where sessions lie below a folder, in both layouts: a folder a session with `messages.jsonl` in it, and a file a session
//! in `cli` (`interfaces-2026.md` §1.2). Old and new ones stand side by side after an update.

use crate::files::bounded::FileError;
use crate::files::table_file::ReadError;
use crate::kiro::conversations;
use crate::kiro::session_folders::FILE;
use crate::recognised::begins_with_a_message;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

/// The folder of the older layout.
const OLDER: &str = "cli";
/// Folders in which no credits are told, or only once more.
const PASSED: [&str; 5] = ["sub-executions", "snapshots", "tool-outputs", "workflows", "session-index"];
/// Deeper than any store: folders beyond aren't looked into.
const DEEPEST: u32 = 16;

/// From so many folders on they are looked into by several threads.
const MANY: usize = 512;

/// How a session is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// A folder with `messages.jsonl`: of the engine that the command line since 3.0 and the IDE since 1.0 share.
    Folder,
    /// A file of JSON: of the command line before.
    File,
    /// A database with conversations: of the command line's first engine.
    Database,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Stamp {
    /// Its bytes.
    pub size: u64,
    /// When its content changed, in seconds since 1970 and nanoseconds beside them.
    pub modified: (i64, i64),
    /// The same of anything about it, by the system's own clock; where the system has none, as `modified`.
    pub changed: (i64, i64),
    /// Its number in the file system; where it has none, 0.
    pub number: u64,
}

/// A file of a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionFile {
    /// Where it is.
    pub path: PathBuf,
    /// How it is kept.
    pub layout: Layout,
    /// Its state.
    pub stamp: Stamp,
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            size: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            number: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.map_or((0, 0), |since| {
            (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()))
        });
        Self { size: metadata.len(), modified, changed: modified, number: 0 }
    }
}

impl Stamp {
    /// Of a database: what was written last may stand in its log beside it.
    fn with_log(database: &Path, metadata: &Metadata) -> Self {
        let own = Self::of(metadata);
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        // An empty one comes and goes with whoever reads.
        let Some(metadata) = fs::metadata(log).ok().filter(|log| log.len() > 0) else { return own };
        let log = Self::of(&metadata);
        Self {
            size: own.size.saturating_add(log.size),
            modified: own.modified.max(log.modified),
            changed: own.changed.max(log.changed),
            number: own.number,
        }
    }
}

/// The sessions at `path`: the file itself, or those of a folder and the folders in it, by name.
pub fn find(path: &Path) -> Result<Vec<SessionFile>, ReadError> {
    let unreadable = |error: io::Error| ReadError::unreadable(path, FileError::from(error));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_dir() {
        let is_line = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"));
        if conversations::are_in(path) {
            return Ok(vec![SessionFile {
                path: path.to_owned(),
                layout: Layout::Database,
                stamp: Stamp::with_log(path, &metadata),
            }]);
        }
        let layout = if is_line || begins_with_a_message(path) { Layout::Folder } else { Layout::File };
        return Ok(vec![SessionFile { path: path.to_owned(), layout, stamp: Stamp::of(&metadata) }]);
    }
    let mut files = Vec::new();
    collect(path, 0, &mut files).map_err(unreadable)?;
    sort(&mut files);
    Ok(files)
}

/// By name, each once. Letter by letter: taking ten thousand paths apart takes longer than finding them.
pub fn sort(files: &mut Vec<SessionFile>) {
    files.sort_unstable_by(|one, other| one.path.as_os_str().cmp(other.path.as_os_str()));
    files.dedup_by(|one, other| one.path.as_os_str() == other.path.as_os_str());
}

/// Whether what such a file tells is told by another: it lies in the folder of a session, or where no credits are told.
pub fn is_told_elsewhere(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(file);
    let is_passed = |name: &std::ffi::OsStr| PASSED.iter().any(|passed| name == *passed);
    let passed = folder.ancestors().take(2).filter_map(Path::file_name).any(is_passed);
    passed || folder.ancestors().skip(1).take(2).any(|above| above.join(FILE).is_file())
}

/// How many of a layout there are; none where the folder can't be read.
pub fn count(path: &Path, layout: Layout) -> Option<usize> {
    Some(find(path).ok()?.into_iter().filter(|file| file.layout == layout).count())
}

fn collect(folder: &Path, depth: u32, files: &mut Vec<SessionFile>) -> io::Result<()> {
    let messages = folder.join(FILE);
    if let Ok(metadata) = fs::metadata(&messages) {
        // What lies in the folders of a session is told in its messages.
        files.push(SessionFile { path: messages, layout: Layout::Folder, stamp: Stamp::of(&metadata) });
        return Ok(());
    }
    let of_files = depth == 0 || folder.file_name().is_some_and(|name| name == OLDER);
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // A link to a folder above would never end.
        if entry.file_type()?.is_dir() {
            let passed = PASSED.iter().any(|passed| name == *passed);
            if !passed && depth < DEEPEST {
                folders.push(entry.path());
            }
        } else if of_files && Path::new(&name).extension().is_some_and(|extension| extension == "json") {
            let path = entry.path();
            if let Ok(metadata) = fs::metadata(&path) {
                files.push(SessionFile { path, layout: Layout::File, stamp: Stamp::of(&metadata) });
            }
        }
    }
    collect_all(&folders, depth.saturating_add(1), files)
}

/// The same of several folders: many of them by several threads, since each waits for the disk's answers.
fn collect_all(folders: &[PathBuf], depth: u32, files: &mut Vec<SessionFile>) -> io::Result<()> {
    let one_by_one = |folders: &[PathBuf]| -> io::Result<Vec<SessionFile>> {
        let mut files = Vec::new();
        for folder in folders {
            match collect(folder, depth, &mut files) {
                // A folder that nobody may look into keeps no other out.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                done => done?,
            }
        }
        Ok(files)
    };
    if folders.len() < MANY {
        files.extend(one_by_one(folders)?);
        return Ok(());
    }
    let found = thread::scope(|scope| {
        // Each takes a quarter.
        let parts = folders.chunks(folders.len() >> 2);
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || one_by_one(part))).collect();
        threads.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    for found in found {
        files.extend(found.map_err(|_| io::Error::other("looking for sessions broke off"))??);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(of: &[&str]) -> Vec<(String, Layout)> {
        let folder = tempfile::tempdir().expect("a folder");
        for file in of {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "{}").expect("written");
        }
        let files = find(folder.path()).expect("a folder");
        let name = |file: &SessionFile| {
            file.path.strip_prefix(folder.path()).expect("in it").to_string_lossy().replace('\\', "/")
        };
        files.iter().map(|file| (name(file), file.layout)).collect()
    }

    #[test]
    fn both_layouts_are_found_and_what_tells_no_credits_is_passed_over() {
        let files = found(&[
            "cli/0b1d.json",
            "cli/0b1d.jsonl",
            "3f0c9a1be27d4856/sess_a/messages.jsonl",
            "3f0c9a1be27d4856/sess_a/session.json",
            "3f0c9a1be27d4856/sess_a/sub-executions/messages.jsonl",
            "_global/sess_b/messages.jsonl",
            "_global/sess_b/tool-outputs/x.json",
            "_global/sess_empty/session.json",
            "workflows/w/messages.jsonl",
            "workflows/w/workflow-state.json",
            "session-index/3f0c9a1be27d4856.jsonl",
        ]);
        let expected = [
            ("3f0c9a1be27d4856/sess_a/messages.jsonl", Layout::Folder),
            ("_global/sess_b/messages.jsonl", Layout::Folder),
            ("cli/0b1d.json", Layout::File),
        ];
        assert_eq!(files, expected.map(|(name, layout)| (name.to_owned(), layout)));
    }

    #[test]
    fn a_part_of_a_store_is_one_too() {
        let files = |of: &[&str]| found(of).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(files(&["messages.jsonl", "session.json"]), ["messages.jsonl"]);
        assert_eq!(files(&["sess_a/messages.jsonl"]), ["sess_a/messages.jsonl"]);
        assert_eq!(files(&["a.json", "b.lock"]), ["a.json"]);
        assert_eq!(files(&[".kiro/sessions/cli/a.json"]), [".kiro/sessions/cli/a.json"]);
    }

    #[test]
    fn many_sessions_are_found_as_few_are() {
        let names: Vec<_> = (0..3 * MANY).map(|number| format!("bucket/sess_{number:05}/{FILE}")).collect();
        let files = found(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(files, names.into_iter().map(|name| (name, Layout::Folder)).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_that_grew_has_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        let stamp = |text: &str| {
            fs::write(&file, text).expect("written");
            find(&file).expect("a file")[0].stamp
        };
        assert_ne!(stamp("{}"), stamp("{}\n{}"));
    }
}
