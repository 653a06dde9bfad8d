//! Files that somebody gives.

use crate::{as_file, can_be_said};
use headroom_sources::files::given::{Files, Given};
use headroom_sources::files::table_file::{BadRows, FileKind, ReadError, Room, unwatched};
use headroom_sources::kilo::{database, usage_csv};
use headroom_sources::kiro::lineage::Names;
use headroom_sources::kiro::{activity_report, identities as people, session_folders, sessions};
use headroom_sources::recognised::{kinds, of_kind, recognise};
use headroom_sources::{Worker, aws};

/// What is wrong with rows can be said.
fn rows_can_be_said(bad: BadRows) {
    bad.listed.into_iter().for_each(|row| can_be_said(row.reason));
}

/// Reads files as what they are.
fn read(kind: FileKind, files: &Files) -> Result<(), ReadError> {
    let worker = &Worker::within_this_process();
    match kind {
        FileKind::AwsCostExport => rows_can_be_said(aws::read_files(worker, files, &unwatched)?.bad),
        FileKind::KiroActivityReport => {
            rows_can_be_said(activity_report::read_files(worker, files, &unwatched)?.bad);
        }
        FileKind::KiloUsageExport => rows_can_be_said(usage_csv::read_files(worker, files, &unwatched)?.bad),
        FileKind::Identities => rows_can_be_said(people::read_files(worker, files, &unwatched)?.bad),
        FileKind::KiloRequests => {
            for source in &files.sources {
                let read = database::read_source(
                    worker,
                    source,
                    files.room.as_deref(),
                    &mut Room::default(),
                    &unwatched,
                )?;
                read.skipped.into_iter().for_each(|(_, why)| can_be_said(why));
            }
        }
        FileKind::KiroSession => {
            for path in files.unpacked_beside_each_other(worker, &unwatched)? {
                if let Err(why) = sessions::read(&path, Names::Read) {
                    can_be_said(&why);
                }
            }
        }
        FileKind::KiroIdeSession => {
            let paths = files.unpacked_beside_each_other(worker, &unwatched)?;
            let read = session_folders::read_all(&paths, Names::Read, &mut Room::default(), &unwatched)?;
            read.skipped.into_iter().for_each(|(_, why)| can_be_said(why));
            rows_can_be_said(read.bad);
        }
        FileKind::KiroIdeState => {}
    }
    Ok(())
}

/// Reads the bytes as a file of that name, which says what kind it may be of.
fn read_as(kind: FileKind, name: &str, bytes: &[u8]) {
    as_file(name, bytes, |path| {
        let files = Files::of_kind(kind, &[Given::from(path)]);
        if let Err(why) = files.and_then(|files| read(kind, &files)) {
            can_be_said(&why);
        }
    });
}

/// A bill of AWS's as text, or a result of a statement that summed one.
pub fn bill_csv(bytes: &[u8]) {
    read_as(FileKind::AwsCostExport, "bill.csv", bytes);
}

/// The same, packed.
pub fn bill_gzip(bytes: &[u8]) {
    read_as(FileKind::AwsCostExport, "bill.csv.gz", bytes);
}

/// The same in Parquet.
pub fn bill_parquet(bytes: &[u8]) {
    read_as(FileKind::AwsCostExport, "bill.parquet", bytes);
}

/// A user activity report of Kiro's.
pub fn kiro_activity(bytes: &[u8]) {
    read_as(FileKind::KiroActivityReport, "report.csv", bytes);
}

/// Usage that Kilo's page lets one download.
pub fn kilo_export(bytes: &[u8]) {
    read_as(FileKind::KiloUsageExport, "usage.csv", bytes);
}

/// Who the users of an organisation are.
pub fn identities(bytes: &[u8]) {
    read_as(FileKind::Identities, "users.csv", bytes);
}

/// Whatever somebody drops on the window: found out what it is, ZIPs with what lies in them, and read as that.
pub fn anything(bytes: &[u8]) {
    as_file("given/file", bytes, |path| {
        let room = tempfile::tempdir_in(path.parent().expect("a folder")).expect("room");
        let worker = Worker::within_this_process();
        let files = Files::all(&[Given::from(path)]).map(|files| files.with_room(room.path()));
        let outcome = files.and_then(|files| {
            let recognised = recognise(&worker, &files, &unwatched)?;
            for kind in kinds(&recognised) {
                let own = files.only(of_kind(&recognised, &|of| of == kind));
                if let Err(why) = read(kind, &own) {
                    can_be_said(&why);
                }
            }
            Ok(())
        });
        if let Err(why) = outcome {
            can_be_said(&why);
        }
    });
}
