//! AWS cost exports with Kiro's rows.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::bills;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{of_read, outside};
use headroom_sources::aws::{self, Lost, MonthBill};
use headroom_sources::files::table_file::FileKind;

pub(crate) struct AwsCost;

impl Import for AwsCost {
    fn kind(&self) -> ImportKind {
        ImportKind::AwsCost
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroEnterprise]
    }

    fn file(&self) -> FileKind {
        FileKind::AwsCostExport
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, files, .. } = *reading;
        let export = aws::read_files(worker, files, told).map_err(|error| outside(&error))?;
        let mut view = of_read(self.kind(), files, export.files, export.read);
        view.copies = export.copies;
        view.notes = export.notes;
        Ok(Read {
            view: view.with_bad(export.bad).with_left_out(export.skipped),
            content: Box::new(Came { bills: export.bills, lost: export.lost, damaged: export.damaged }),
        })
    }
}

struct Came {
    bills: Vec<MonthBill>,
    /// Files of which nothing could be read, nor of the issue that they are of.
    lost: u32,
    damaged: Lost,
}

impl Content for Came {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        bills::append(to, self.bills, (self.lost, &self.damaged), view)
    }
}
