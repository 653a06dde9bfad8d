//! Kilo's record of every request on this machine.

use crate::answers::{Found, ImportKind, ImportView, Kind, shown};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{Spend, total};
use crate::machine::paths::Paths;
use crate::reported;
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::kilo_database;
use headroom_sources::table_file::Watching;
use std::path::Path;

pub(crate) struct KiloDatabase;

impl Import for KiloDatabase {
    fn kind(&self) -> ImportKind {
        ImportKind::KiloDatabase
    }

    fn belongs_to(&self) -> Kind {
        Kind::KiloTeams
    }

    fn usual_place<'p>(&self, paths: &'p Paths) -> Option<&'p Path> {
        paths.kilo().map(|places| places.database.as_path())
    }

    fn source(&self) -> Option<&'static str> {
        Some(reported::KILO_MACHINE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        found.kilo_database = self.usual_place(paths).filter(|path| path.exists()).map(shown);
    }

    fn read(&self, worker: &Worker, path: &Path, told: Watching<'_>, now: Moment) -> Result<Read, AppError> {
        let local = kilo_database::read(worker, path, told).map_err(|error| outside(&error))?;
        // The same file is the same however it is named.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        Ok(Read {
            content: Box::new(Requests(Spend {
                // Two machines' records add up: each has its place.
                days: reported::of_days(&local.rows, &shown(&place), &now.to_string())?,
                cost: total(&local.rows, local.unpriced),
            })),
            view: ImportView {
                unmetered: local.unpriced,
                bad: local.unreadable,
                ..of_read(self.kind(), path, 1, local.requests)
            },
        })
    }
}

struct Requests(Spend);

impl Content for Requests {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, .. } = to;
        self.0.write(to, view, |day| reported::append_machine_day(writing, account, day, now))
    }
}
