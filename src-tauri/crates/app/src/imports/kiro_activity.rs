//! An organisation's user activity reports.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{count, of_read, outside};
use crate::reported;
use headroom_exact::say;
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kiro::activity_report::{self, ActivityRow, UnreadRows};

pub(crate) struct KiroActivity;

impl Import for KiroActivity {
    fn kind(&self) -> ImportKind {
        ImportKind::KiroActivity
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroEnterprise]
    }

    fn file(&self) -> FileKind {
        FileKind::KiroActivityReport
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, files, .. } = *reading;
        let report = activity_report::read_files(worker, files, told).map_err(|error| outside(&error))?;
        let unknown = report.rows.iter().filter(|row| row.credits.is_none()).count();
        let view = ImportView {
            replaced: report.settled.replaced,
            copies: report.settled.copies,
            // What couldn't be read is told as that.
            unmetered: count(unknown).saturating_sub(report.in_part),
            ..of_read(self.kind(), files, report.files, report.read)
        };
        Ok(Read {
            view: view.with_bad(report.bad).with_others(report.other_files, report.damaged),
            content: Box::new(Activity {
                rows: report.rows,
                unread: report.unread,
                untold: report.settled.untold,
            }),
        })
    }
}

struct Activity {
    rows: Vec<ActivityRow>,
    unread: Vec<UnreadRows>,
    /// Rows of which another counts that says something else, while nothing tells which is the later.
    untold: u64,
}

impl Content for Activity {
    fn write(mut self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        // Nothing was used on a day to come, and one of another year would be the month that is shown.
        let today = to.now.date();
        let read = self.rows.len();
        self.rows.retain(|row| row.date <= today);
        let to_come = count(read.saturating_sub(self.rows.len()));
        view.notes.extend((to_come > 0).then(|| say!("rows-to-come", count = to_come)));
        self.unread.retain(|unread| unread.date <= today);
        // A day is thousands of rows, so each is a moment to stop at.
        let mut untold = self.untold;
        for day in reported::activity_days(&self.rows) {
            to.importing.look()?;
            let appended = reported::append_activity(to.writing, to.account, &day, to.now)?;
            view.added = view.added.saturating_add(appended.added);
            view.known = view.known.saturating_add(appended.known);
            untold = untold.saturating_add(appended.untold);
        }
        view.notes.extend((untold > 0).then(|| say!("rows-of-no-time", count = untold)));
        for unread in &self.unread {
            reported::unread::append(to.writing, to.account, unread, to.now)?;
        }
        Ok(())
    }
}
