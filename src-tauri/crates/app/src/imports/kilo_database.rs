//! Kilo's record of every request on this machine.

use crate::answers::{Found, ImportKind, ImportView, Kind, SkippedFile, shown};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{amount, count, lost, total};
use crate::machine::paths::Paths;
use crate::reported;
use crate::reported::left_out::missing;
use crate::reported::machine::{Appended, MachineDay, append_machine_day, take_back_before_any};
use headroom_billing::Total;
use headroom_exact::{Balance, say};
use headroom_sources::Worker;
use headroom_sources::files::given::{Files, Source};
use headroom_sources::files::table_file::{FileKind, ReadError, Room, unwatched};
use headroom_sources::kilo::database::{self, Counts, LocalSpend, Reaches};
use headroom_sources::kilo::family;
use headroom_sources::recognised::{What, recognise};
use std::collections::BTreeSet;
use std::path::{self, Path, PathBuf};

pub(crate) struct KiloDatabase;

impl Import for KiloDatabase {
    fn kind(&self) -> ImportKind {
        ImportKind::KiloDatabase
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiloTeams, Kind::KiloPersonal]
    }

    /// Where the first program keeps it, else where the newer one does, else where the legacy extension keeps its tasks.
    fn usual_places(&self, paths: &Paths) -> Vec<PathBuf> {
        paths.kilo().into_iter().filter_map(|kilo| family::files(&kilo.database).into_iter().next()).collect()
    }

    fn source(&self) -> Option<&'static str> {
        Some(reported::KILO_MACHINE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        found.kilo_database =
            self.usual_places(paths).iter().find(|path| path.exists()).map(|path| shown(path));
    }

    fn file(&self) -> FileKind {
        FileKind::KiloRequests
    }

    fn looks_into_folders(&self) -> bool {
        true
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, files, .. } = *reading;
        let mut view = of_read(self.kind(), files, 0, 0);
        let (mut machines, mut room) = (Vec::new(), Room::default());
        let mut looked_at: Vec<PathBuf> = Vec::new();
        let is_alone = files.given.len() == 1;
        // Of a folder Kilo's own places are known; what else lies in it is read file by file.
        let mut unread = Vec::new();
        let folders = reading.paths.iter().filter(|path| path.is_dir()).map(Machine::In);
        for machine in folders.chain(files.sources.iter().map(Machine::Of)) {
            let (local, named, asked) = match machine {
                Machine::In(folder) => (database::read_file(worker, folder, &mut room, told), folder, false),
                // One that lies beside another was looked at with that.
                Machine::Of(source) if looked_at.contains(&as_read(source)) => continue,
                Machine::Of(source) => {
                    let unpacked_in = files.room.as_deref();
                    let local = database::read_source(worker, source, unpacked_in, &mut room, told);
                    (local, &source.named, source.asked && is_alone)
                }
            };
            let local = match local {
                Err(ReadError::Nothing { .. }) if !asked => continue,
                Err(ReadError::AnotherKind { path, reason, .. }) if !asked => {
                    view.skipped.push(SkippedFile::unread(called(&path, files), reason));
                    continue;
                }
                // What others tell counts all the same; what it holds is missing, if it is one.
                Err(ReadError::Unreadable { path, reason } | ReadError::Damaged { path, reason })
                    if !asked =>
                {
                    view.skipped.push(SkippedFile::unread(called(&path, files), reason));
                    if holds_requests(&machine, files, worker) {
                        unread.push(shown(&family::place(named)));
                    }
                    continue;
                }
                local => local.map_err(|error| outside(&error))?,
            };
            looked_at.extend(local.files.iter().chain(local.skipped.iter().map(|(path, _)| path)).cloned());
            view.files = view.files.saturating_add(u32::try_from(local.files.len()).unwrap_or(u32::MAX));
            view.bad = view.bad.saturating_add(local.unreadable);
            let skipped = local.skipped.iter().map(|file| (file, false));
            let skipped = skipped.chain(local.broke_off.iter().map(|file| (file, true)));
            view.skipped.extend(skipped.map(|((path, reason), was_read)| SkippedFile {
                was_read,
                ..SkippedFile::unread(called(path, files), reason.clone())
            }));
            // What is read together is one record, however it is named; two machines' add up.
            machines.push((shown(&family::place(named)), local));
        }
        if view.files == 0 {
            let (path, what) = (files.first().to_owned(), self.file());
            let left_out = view.skipped.into_iter().map(SkippedFile::left_out).collect();
            return Err(outside(&ReadError::Nothing { path, what, left_out }));
        }
        let Counts { rows, elsewhere, unnamed } =
            database::together(&machines.iter().map(|(_, local)| local).collect::<Vec<_>>());
        let unpriced = database::unpriced(&rows);
        (view.read, view.unmetered) = (database::requests(&rows), unpriced);
        let mut reaches = Reaches::default();
        for (_, local) in &machines {
            reaches.add(&local.reaches);
        }
        let is_missing = !reaches.lacking().is_empty()
            || !unread.is_empty()
            || machines.iter().any(|(_, local)| !local.unread.is_empty());
        let cost = total(&rows, unpriced.saturating_add(unnamed).saturating_add(u64::from(is_missing)));
        view.notes.extend((elsewhere > 0).then(|| say!("requests-elsewhere", count = elsewhere)));
        view.notes.extend((unnamed > 0).then(|| say!("requests-unnamed", count = unnamed)));
        Ok(Read { view, content: Box::new(Machines { records: machines, unread, cost }) })
    }
}

/// Whether a file that couldn't be read is one of Kilo's by what it begins with.
fn holds_requests(machine: &Machine<'_>, files: &Files, worker: &Worker) -> bool {
    let Machine::Of(source) = machine else { return true };
    let alone = files.only(vec![(*source).clone()]);
    let recognised = recognise(worker, &alone, &unwatched).unwrap_or_default();
    recognised.iter().any(|(_, what)| *what == What::Of(FileKind::KiloRequests))
}

/// As its reader calls a file: by where it lies from the root on, unless it lies in a ZIP.
fn as_read(source: &Source) -> PathBuf {
    let absolute = path::absolute(&source.file).ok().filter(|_| !source.is_packed());
    absolute.unwrap_or_else(|| source.named.clone())
}

/// A file as whoever gave it called it.
fn called(path: &Path, files: &Files) -> String {
    let given = files.sources.iter().find(|source| as_read(source) == path);
    shown(given.map_or(path, |source| &source.named))
}

/// Where a machine's requests lie.
#[derive(Clone, Copy)]
enum Machine<'m> {
    /// In a folder, where Kilo's programs keep them.
    In(&'m PathBuf),
    Of(&'m Source),
}

/// Each machine's record, with its place, and what all of them cost together.
struct Machines {
    records: Vec<(String, LocalSpend)>,
    /// The places of those that couldn't be read.
    unread: Vec<String>,
    cost: Total<Balance>,
}

impl Content for Machines {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, importing, .. } = to;
        let places: Vec<&str> = self.records.iter().map(|(place, _)| place.as_str()).collect();
        for (number, (place, local)) in self.records.iter().enumerate() {
            let later = places.get(number.saturating_add(1)..).unwrap_or_default();
            let lost = lost(local.rows.chunk_by(|one, next| one.date == next.date));
            let told: BTreeSet<_> = local.rows.iter().map(|row| row.date).collect();
            for day in importing.looking(local.days.iter()) {
                let (date, held) = day?;
                let copies = local.copies.get(date).copied().unwrap_or_default();
                let counts = local.counts.get(date);
                let day = MachineDay { place, date: *date, held, counts, copies, later };
                let Appended { is_new, copies } = append_machine_day(writing, account, &day, now)?;
                view.copies = view.copies.saturating_add(copies);
                // A day on which requests only began has none of its own.
                if told.contains(date) {
                    count(view, is_new, lost.contains(date));
                }
            }
            take_back_before_any(writing, account, (place, &local.days), now)?;
            missing::append(writing, account, (place, local.unread.keys().copied()), now)?;
            missing::append_tasks(writing, account, (place, &local.reaches), now)?;
        }
        for place in &self.unread {
            missing::append(writing, account, (place, [None].into_iter()), now)?;
        }
        view.amount = amount(self.cost);
        Ok(())
    }
}
