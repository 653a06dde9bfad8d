//! What somebody gave to be read: files, folders and ZIPs of them, each file once.
//!
//! A link to a folder within a folder is not followed, since one to a folder above would never end; of a ZIP within a ZIP
//! nothing is read.

use crate::files::bounded::{self, FileError, Packed, Packing, files_in_zip, write_new};
use crate::files::names::is_left_behind;
use crate::files::table_file::{Counter, FileKind, ReadError};
use crate::worker::{Job, Worker};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use headroom_exact::{Saying, say};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// So many files are read at once.
pub const MOST_FILES: usize = 100_000;
/// The most bytes of a file that is unpacked to the disk, since it can't be read from its beginning to its end.
const LARGEST_UNPACKED: u64 = 1 << 30;

/// A file or a folder that was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called, where that isn't where it lies: what came over standard input.
    pub called: Option<String>,
}

impl From<&Path> for Given {
    fn from(path: &Path) -> Self {
        Self { path: path.to_owned(), called: None }
    }
}

/// A file to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The file on the disk.
    pub file: PathBuf,
    /// What it is called: the same, or its name within the ZIP that the file is.
    pub named: PathBuf,
    /// What the file on the disk is called: what stands for a file that is the only one of a ZIP.
    pub holder: PathBuf,
    /// How the file on the disk is packed.
    pub(crate) packing: Packing,
    /// Whether somebody gave it, alone or beside others, rather than a folder or a ZIP that it was found in.
    pub asked: bool,
    /// Whether nothing else was given: then there is nothing that it could be left out of.
    pub(crate) alone: bool,
}

/// Files to read together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// What was given, as it is called.
    pub given: Vec<PathBuf>,
    /// Each of them once, by the order in which they were given, of a folder by name.
    pub sources: Vec<Source>,
    /// A folder for what has to be unpacked to the disk before it can be read; it is gone after.
    pub room: Option<PathBuf>,
}

impl Files {
    /// Those in what was given that may be of a kind by their names. None is an error.
    pub fn of_kind(kind: FileKind, given: &[Given]) -> Result<Self, ReadError> {
        Self::that_may_be(kind, given)?.or_nothing(kind)
    }

    /// The same where none is none.
    pub fn that_may_be(kind: FileKind, given: &[Given]) -> Result<Self, ReadError> {
        Self::find(given, &|name| kind.may_be(name), &|folder| !kind.is_own_folder(folder))
    }

    /// Themselves, if there are any.
    pub fn or_nothing(self, what: FileKind) -> Result<Self, ReadError> {
        if self.sources.is_empty() {
            return Err(ReadError::Nothing { path: self.first().to_owned(), what, left_out: Vec::new() });
        }
        Ok(self)
    }

    /// All of them, whatever they are.
    pub fn all(given: &[Given]) -> Result<Self, ReadError> {
        Self::find(given, &|_| true, &|_| true)
    }

    /// All that don't lie in folders of a kind's own, which its reader looks into itself: opening each of ten thousand sessions
    /// takes longer than reading those that changed.
    pub fn beside_own_folders(kind: FileKind, given: &[Given]) -> Result<Self, ReadError> {
        Self::find(given, &|_| true, &|folder| !kind.is_own_folder(folder))
    }

    /// What was given, and only these of it.
    #[must_use]
    pub fn only(&self, sources: Vec<Source>) -> Self {
        let holds = |given: &PathBuf| sources.iter().any(|source| source.holder.starts_with(given));
        let given = self.given.iter().filter(|given| holds(given)).cloned().collect();
        Self { given, sources, room: self.room.clone() }
    }

    /// These and others that were given beside them.
    #[must_use]
    pub fn and(mut self, others: Vec<Source>) -> Self {
        self.sources.extend(others);
        self
    }

    /// Those of them that aren't among others.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let known: HashSet<_> = others.sources.iter().map(|source| (&source.file, &source.named)).collect();
        let is_new = |source: &&Source| !known.contains(&(&source.file, &source.named));
        Self { sources: self.sources.iter().filter(is_new).cloned().collect(), ..self.clone() }
    }

    /// With a folder for what has to be unpacked first.
    #[must_use]
    pub fn with_room(self, room: &Path) -> Self {
        Self { room: Some(room.to_owned()), ..self }
    }

    fn find(
        given: &[Given],
        wanted: &dyn Fn(&str) -> bool,
        into: &dyn Fn(&str) -> bool,
    ) -> Result<Self, ReadError> {
        let mut finding =
            Finding { wanted, alone: given.len() == 1, known: HashSet::new(), found: Vec::new() };
        for Given { path, called } in given {
            let called = called.as_ref().map_or_else(|| path.clone(), PathBuf::from);
            let metadata = fs::metadata(path).map_err(|error| ReadError::unreadable(&called, error))?;
            if !metadata.is_dir() {
                finding.file(path, &called, true)?;
                continue;
            }
            let mut files = Vec::new();
            collect(path, wanted, into, &mut files)
                .map_err(|error| ReadError::unreadable(path, FileError::from(error)))?;
            files.sort();
            files.iter().try_for_each(|file| finding.file(file, file, false))?;
        }
        let called = |given: &Given| given.called.as_ref().map_or_else(|| given.path.clone(), PathBuf::from);
        Ok(Self { given: given.iter().map(called).collect(), sources: finding.found, room: None })
    }

    /// The files on the disk, each once.
    pub(crate) fn on_the_disk(&self) -> Vec<PathBuf> {
        let mut files: Vec<_> = self.sources.iter().map(|source| source.file.clone()).collect();
        files.dedup();
        files
    }

    /// What is said of it as a whole: what was given first.
    pub fn first(&self) -> &Path {
        self.given.first().map_or_else(|| Path::new(""), PathBuf::as_path)
    }
}

/// Whoever takes what is unpacked, piece by piece.
type Taking<'t> = &'t mut dyn FnMut(&[u8], &mut Counter<'_>) -> Result<(), ReadError>;

/// Files on the way.
struct Finding<'w> {
    wanted: &'w dyn Fn(&str) -> bool,
    /// Whether one file or folder was given.
    alone: bool,
    /// Where each really lies, and which of a ZIP's it is.
    known: HashSet<(PathBuf, PathBuf)>,
    found: Vec<Source>,
}

impl Finding<'_> {
    fn file(&mut self, file: &Path, called: &Path, asked: bool) -> Result<(), ReadError> {
        let packing = bounded::open(file).and_then(|mut opened| Packing::of_file(&mut opened));
        let packing = packing.unwrap_or(Packing::Plain);
        let packed = if packing == Packing::Zip { packed(file).unwrap_or_default() } else { Vec::new() };
        // What can't be opened, or holds nothing, is itself.
        if packed.is_empty() {
            let (file, named, holder) = (file.to_owned(), called.to_owned(), called.to_owned());
            let alone = asked && self.alone;
            return self.add(Source { file, named, holder, packing, asked, alone });
        }
        let mut paths: Vec<PathBuf> = packed
            .iter()
            .filter(|packed| !is_left_behind(&packed.name))
            .map(Packed::path)
            .filter(|path| path.components().next().is_some())
            .collect();
        // A single one is meant, whatever its name is.
        let is_only = paths.len() == 1;
        if !is_only {
            paths.retain(|name| (self.wanted)(&own_name(name)));
        }
        paths.sort();
        for within in paths {
            let named = called.join(&within);
            let (holder, asked) = (called.to_owned(), asked && is_only);
            let alone = asked && self.alone;
            self.add(Source { file: file.to_owned(), named, holder, packing, asked, alone })?;
        }
        Ok(())
    }

    fn add(&mut self, source: Source) -> Result<(), ReadError> {
        if self.found.len() >= MOST_FILES {
            return Err(ReadError::unreadable(&source.named, say!("too-many-files", most = MOST_FILES)));
        }
        let place = source.file.canonicalize().unwrap_or_else(|_| source.file.clone());
        // The same file twice is one, under whichever name it was given first.
        let within = source.named.strip_prefix(&source.holder).map(Path::to_owned).unwrap_or_default();
        if self.known.insert((place, within)) {
            self.found.push(source);
        }
        Ok(())
    }
}

/// What lies in a ZIP.
fn packed(file: &Path) -> Result<Vec<Packed>, FileError> {
    files_in_zip(&mut bounded::open(file)?)
}

/// Where what was written last to a database is kept until the program that writes it tidies up.
fn log_of(database: &Path) -> PathBuf {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn own_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn collect(
    folder: &Path,
    wanted: &dyn Fn(&str) -> bool,
    into: &dyn Fn(&str) -> bool,
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if name != "__MACOSX" && into(&name) {
                collect(&entry.path(), wanted, into, files)?;
            }
        } else if wanted(&name) && !is_left_behind(&name) && !entry.path().is_dir() {
            files.push(entry.path());
        }
        if files.len() > MOST_FILES {
            return Err(FileError::ManyFiles(MOST_FILES).into());
        }
    }
    Ok(())
}

impl Source {
    /// What its name says of when it was issued; of what lies in a ZIP whose own name says nothing, the ZIP's.
    pub(crate) fn issued(&self, of: impl Fn(&Path) -> String) -> String {
        let own = of(&self.named);
        if own.is_empty() && self.is_in_zip() { of(&self.holder) } else { own }
    }

    /// Whether it lies in a ZIP.
    pub fn is_in_zip(&self) -> bool {
        self.packing == Packing::Zip
    }

    /// Whether it has to be unpacked.
    pub fn is_packed(&self) -> bool {
        self.is_in_zip() || self.packing == Packing::Gzip
    }

    /// Has a worker unpack it into memory: at most so many bytes. Whoever keeps them counts them.
    pub(crate) fn unpacked(
        &self,
        worker: &Worker,
        job: Job,
        most: u64,
        counter: &mut Counter<'_>,
    ) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        self.unpack(worker, job, most, counter, &mut |part, counter| {
            counter.keeps(&self.named, part.len())?;
            bytes.extend_from_slice(part);
            Ok(())
        })?;
        counter.releases(bytes.len());
        Ok(bytes)
    }

    /// What lies beside it under this name, whether it is there or not.
    pub(crate) fn beside(&self, name: &str) -> Self {
        let named = self.named.with_file_name(name);
        let file = if self.is_in_zip() { self.file.clone() } else { self.file.with_file_name(name) };
        Self { file, named, ..self.clone() }
    }

    /// All of it, of at most so many bytes, from the disk or unpacked.
    pub(crate) fn bytes(
        &self,
        worker: &Worker,
        job: Job,
        most: u64,
        counter: &mut Counter<'_>,
    ) -> Result<Vec<u8>, ReadError> {
        if self.is_packed() {
            return self.unpacked(worker, job, most, counter);
        }
        bounded::read(&self.file, most).map_err(|error| ReadError::broken(&self.named, &error))
    }

    /// Its first bytes, as a worker unpacks them.
    pub(crate) fn beginning(
        &self,
        worker: &Worker,
        job: Job,
        most: u64,
        counter: &mut Counter<'_>,
    ) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let enough = usize::try_from(most).unwrap_or(usize::MAX);
        let unpacked = self.unpack(worker, job, u64::MAX, counter, &mut |part, _| {
            bytes.extend_from_slice(part);
            // Which ends the worker.
            if bytes.len() < enough { Ok(()) } else { Err(ReadError::Stopped) }
        });
        match unpacked {
            Err(ReadError::Stopped) if bytes.len() >= enough => Ok(bytes),
            unpacked => unpacked.map(|()| bytes),
        }
    }

    /// Its own name, without the folders it lies in.
    pub(crate) fn own_name(&self) -> String {
        own_name(&self.named)
    }

    /// Has a worker unpack it, piece by piece.
    fn unpack(
        &self,
        worker: &Worker,
        job: Job,
        most: u64,
        counter: &mut Counter<'_>,
        take: Taking<'_>,
    ) -> Result<(), ReadError> {
        let damaged = |reason: Saying| ReadError::Damaged { path: self.named.clone(), reason: reason.into() };
        let mut left = most;
        worker.read_in(job, &self.file, &self.named, counter, &mut |part: String, counter| {
            let part = BASE64.decode(part).map_err(|_| damaged(say!("reading-makes-no-sense")))?;
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            left = left
                .checked_sub(length)
                .ok_or_else(|| damaged(say!("unpack-first", most = bounded::size(most))))?;
            take(&part, counter)
        })
    }

    /// The same on the disk, for what isn't read from its beginning to its end: where it lies then.
    pub(crate) fn on_the_disk(
        &self,
        worker: &Worker,
        job: Job,
        room: Option<&Path>,
        counter: &mut Counter<'_>,
    ) -> Result<PathBuf, ReadError> {
        if !self.is_packed() {
            return Ok(self.file.clone());
        }
        let room = room.ok_or_else(|| ReadError::unreadable(&self.named, say!("is-a-zip")))?;
        let failed = |error: FileError| ReadError::unreadable(&self.named, &error);
        let (path, mut file) = write_new(room, &own_name(&self.named)).map_err(failed)?;
        self.unpack(worker, job, LARGEST_UNPACKED, counter, &mut |part, _| {
            io::Write::write_all(&mut file, part).map_err(|error| failed(error.into()))
        })?;
        if let Some(log) = self.log_beside() {
            let mut file = fs::File::create_new(log_of(&path)).map_err(|error| failed(error.into()))?;
            log.unpack(worker, job, LARGEST_UNPACKED, counter, &mut |part, _| {
                io::Write::write_all(&mut file, part).map_err(|error| failed(error.into()))
            })?;
        }
        Ok(path)
    }

    /// What was written last to a database in a ZIP, where it lies beside it there.
    pub(crate) fn log_beside(&self) -> Option<Self> {
        let log = self.beside(&log_of(Path::new(&self.own_name())).to_string_lossy());
        let within = log.named.strip_prefix(&self.holder).ok().filter(|_| self.is_in_zip())?;
        let packed = packed(&self.file).ok()?;
        packed.iter().any(|packed| packed.path() == within).then_some(log)
    }
}
