//! AWS cost exports with Kiro's rows.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::bills;
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read};
use crate::imports::report::{count, of_read, outside};
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::aws_cost::{self, MonthBill};
use headroom_sources::table_file::Watching;
use std::path::Path;

pub(crate) struct AwsCost;

impl Import for AwsCost {
    fn kind(&self) -> ImportKind {
        ImportKind::AwsCost
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroEnterprise]
    }

    fn read(&self, worker: &Worker, path: &Path, told: Watching<'_>, _: Moment) -> Result<Read, AppError> {
        let export = aws_cost::read(worker, path, told).map_err(|error| outside(&error))?;
        let replaced = count(export.replaced.len());
        let view = ImportView { replaced, ..of_read(self.kind(), path, export.files, export.read) };
        Ok(Read {
            view: view.with_bad(export.bad).with_other_files(export.other_files),
            content: Box::new(Bills(export.months)),
        })
    }
}

struct Bills(Vec<MonthBill>);

impl Content for Bills {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        bills::append(to.writing, to.account, &self.0, view, to.now)
    }
}
