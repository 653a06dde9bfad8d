//! Usage that Kilo's page lets one download.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{Spend, lost, total};
use crate::reported::{self, KILO_EXPORT};
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kilo::usage_csv;

pub(crate) struct KiloUsage;

impl Import for KiloUsage {
    fn kind(&self) -> ImportKind {
        ImportKind::KiloUsage
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiloTeams, Kind::KiloPersonal]
    }

    fn file(&self) -> FileKind {
        FileKind::KiloUsageExport
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, files, .. } = *reading;
        let export = usage_csv::read_files(worker, files, told).map_err(|error| outside(&error))?;
        let days = export.days.iter().map(|day| reported::of_days(&day.rows, "", &day.issued));
        Ok(Read {
            content: Box::new(Export(Spend {
                days: days.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
                lost: lost(export.days.iter().map(|day| day.rows.as_slice())),
                cost: total(export.days.iter().flat_map(|day| &day.rows), 0),
            })),
            view: of_read(self.kind(), files, export.files, export.read)
                .with_bad(export.bad)
                .with_other_files(export.other_files),
        })
    }
}

struct Export(Spend);

impl Content for Export {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, .. } = to;
        self.0.write(to, view, |day| {
            // They take nothing back that is known.
            let is_lost = self.0.lost.contains(&day.subject.day);
            if is_lost && !writing.statements_about(account, KILO_EXPORT, &day.subject)?.is_empty() {
                return Ok(false);
            }
            Ok(writing.append_reported(account, KILO_EXPORT, day, now)?)
        })
    }
}
