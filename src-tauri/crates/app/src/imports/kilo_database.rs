//! Kilo's record of every request on this machine.

use crate::answers::{Found, ImportKind, ImportView, Kind, SkippedFile, shown};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{Spend, total};
use crate::machine::paths::Paths;
use crate::reported;
use chrono::NaiveDate;
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

    /// Where the first program keeps it, else where the newer one does, else where the legacy extension keeps its tasks.
    fn usual_places(&self, paths: &Paths) -> Vec<PathBuf> {
        paths.kilo().into_iter().filter_map(|kilo| family::files(&kilo.database).into_iter().next()).collect()
    }

    fn source(&self) -> Option<&'static str> {
        Some(reported::KILO_MACHINE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        found.kilo_database = self.usual_places(paths).iter().find(|path| path.exists()).map(|path| shown(path));
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, now, .. } = *reading;
        let path = reading.path();
        let local = database::read(worker, path, told).map_err(|error| outside(&error))?;
        // What is read together is one record, however it is named; two machines' add up.
        let place = shown(&family::place(path));
        let files = u32::try_from(local.files.len()).unwrap_or(u32::MAX);
        let skipped = local.skipped.iter();
        let skipped = skipped.map(|(path, reason)| SkippedFile { path: shown(path), reason: reason.clone() });
        Ok(Read {
            view: ImportView {
                unmetered: local.unpriced,
                bad: local.unreadable,
                skipped: skipped.collect(),
                ..of_read(self.kind(), path, files, local.requests)
            },
            content: Box::new(Requests {
                spend: Spend {
                    days: reported::of_machine_days(&local.rows, &place, &now.to_string())?,
                    cost: total(&local.rows, local.unpriced),
                },
                copies: local.copies,
            }),
        })
    }
}

struct Requests {
    spend: Spend,
    /// Copies that were left out, by day.
    copies: BTreeMap<NaiveDate, u64>,
}

impl Content for Requests {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, .. } = to;
        self.spend.write(to, view, |day| {
            let copies = self.copies.get(&day.subject.day).copied().unwrap_or_default();
            reported::append_machine_day(writing, account, (day, copies), now)
        })
    }
}
