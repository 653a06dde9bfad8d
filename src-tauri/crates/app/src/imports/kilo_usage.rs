//! Usage that Kilo's page lets one download.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::bills::without;
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{of_read, outside};
use crate::imports::spend::{amount, count, lost, total};
use crate::reported::exported::{Came, append_exported_day};
use crate::reported::{self, covered};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_exact::{Balance, say};
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kilo::usage_csv::{self, Covered};
use headroom_store::table::reports::Reported;
use std::collections::BTreeSet;

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
        let damaged = u32::try_from(export.damaged.len()).unwrap_or(u32::MAX);
        let mut view = of_read(self.kind(), files, export.files, export.read)
            .with_bad(export.bad)
            .with_others(export.other_files, export.damaged);
        view.replaced = export.replaced;
        let may_be_cut =
            (export.may_be_cut > 0).then(|| say!("export-may-be-cut", count = export.may_be_cut));
        view.notes.extend(may_be_cut);
        view.notes.extend((export.totals > 0).then(|| say!("rows-of-totals", count = export.totals)));
        Ok(Read {
            content: Box::new(Export {
                days: days.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
                lost: lost(export.days.iter().map(|day| day.rows.as_slice())),
                cost: total(export.days.iter().flat_map(|day| &day.rows), 0),
                covered: export.covered,
                fewer: export.fewer,
                damaged,
            }),
            view,
        })
    }
}

/// Days of spending on their way into the store.
struct Export {
    days: Vec<Reported>,
    /// Days of which no cost is known.
    lost: BTreeSet<NaiveDate>,
    cost: Total<Balance>,
    covered: Vec<Covered>,
    /// Days that count with fewer requests than another file told.
    fewer: u64,
    /// Files that are damaged, so that nobody knows what they tell.
    damaged: u32,
}

impl Content for Export {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let &Destination { writing, account, now, .. } = to;
        let (mut stay, mut fewer) = (0_u64, self.fewer);
        for day in to.importing.looking(self.days.iter()) {
            let day = day?;
            let is_lost = self.lost.contains(&day.subject.day);
            match append_exported_day(writing, account, day, is_lost, now)? {
                Came::New => count(view, true, is_lost),
                Came::InPlaceOfAnother { has_fewer } => {
                    view.replaced = view.replaced.saturating_add(1);
                    fewer = fewer.saturating_add(u64::from(has_fewer));
                }
                Came::Known => view.count(false),
                Came::ToldOtherwise => {
                    view.count(false);
                    stay = stay.saturating_add(1);
                }
            }
        }
        for covered in &self.covered {
            covered::append(writing, account, covered, now)?;
        }
        view.notes.extend((fewer > 0).then(|| say!("days-with-fewer-requests", count = fewer)));
        view.notes.extend((stay > 0).then(|| say!("days-told-otherwise", count = stay)));
        view.amount = amount(self.cost);
        view.amount.iter_mut().for_each(|amount| amount.without = without(0, self.damaged));
        Ok(())
    }
}
