//! Kilo's record of every request on this machine.

use crate::answers::{Found, ImportKind, ImportView, Kind, SkippedFile, shown};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{Spend, amount, total};
use crate::machine::paths::Paths;
use crate::reported;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, ReadError, Watching};
use headroom_sources::kilo::{database, family};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) struct KiloDatabase;

impl Import for KiloDatabase {
    fn kind(&self) -> ImportKind {
        ImportKind::KiloDatabase
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiloTeams, Kind::KiloPersonal]
    }

    /// Where the first program keeps it, else where the newer one does.
    fn usual_place(&self, paths: &Paths) -> Option<PathBuf> {
        family::databases(&paths.kilo()?.database).into_iter().next()
    }

    fn source(&self) -> Option<&'static str> {
        Some(reported::KILO_MACHINE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        found.kilo_database = self.usual_place(paths).filter(|path| path.exists()).as_deref().map(shown);
    }

    fn file(&self) -> FileKind {
        FileKind::KiloRequests
    }

    fn read(
        &self,
        worker: &Worker,
        files: &Files,
        told: Watching<'_>,
        now: Moment,
    ) -> Result<Read, AppError> {
        let mut view = of_read(self.kind(), files, 0, 0);
        let mut machines = Vec::new();
        let mut read: Vec<PathBuf> = Vec::new();
        let mut known = Vec::new();
        for source in &files.sources {
            // One that lies beside another was read with that.
            if read.contains(&source.named) {
                continue;
            }
            let local = database::read_source(worker, source, files.room.as_deref(), told);
            let local = match local {
                Err(ReadError::AnotherKind { path, reason, .. }) if !source.asked => {
                    view.skipped.push(SkippedFile { path: shown(&path), reason });
                    continue;
                }
                local => local.map_err(|error| outside(&error))?,
            };
            read.extend(local.files.iter().cloned());
            // Two machines never say exactly the same: one is a copy of the other.
            if known.contains(&local.rows) {
                view.copies = view.copies.saturating_add(local.requests);
                continue;
            }
            known.push(local.rows.clone());
            view.files = view.files.saturating_add(u32::try_from(local.files.len()).unwrap_or(u32::MAX));
            view.read = view.read.saturating_add(local.requests);
            view.unmetered = view.unmetered.saturating_add(local.unpriced);
            view.bad = view.bad.saturating_add(local.unreadable);
            let skipped = local.skipped.iter();
            view.skipped.extend(
                skipped.map(|(path, reason)| SkippedFile { path: shown(path), reason: reason.clone() }),
            );
            // What is read together is one record, however it is named; two machines' add up.
            let place = shown(&family::place(&source.named));
            machines.push(Requests {
                spend: Spend {
                    days: reported::of_machine_days(&local.rows, &place, &now.to_string())?,
                    cost: total(&local.rows, local.unpriced),
                },
                copies: local.copies,
            });
        }
        if view.files == 0 {
            let (path, what) = (files.first().to_owned(), self.file());
            return Err(outside(&ReadError::Nothing { path, what }));
        }
        Ok(Read { view, content: Box::new(Machines(machines)) })
    }
}

/// Each machine's.
struct Machines(Vec<Requests>);

struct Requests {
    spend: Spend,
    /// Copies that were left out, by day.
    copies: BTreeMap<NaiveDate, u64>,
}

impl Content for Machines {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, .. } = to;
        let mut all = Vec::new();
        for Requests { spend, copies } in self.0 {
            spend.write(to, view, |day| {
                let copies = copies.get(&day.subject.day).copied().unwrap_or_default();
                reported::append_machine_day(writing, account, (day, copies), now)
            })?;
            all.push(spend.cost);
        }
        view.amount = amount(all);
        Ok(())
    }
}
