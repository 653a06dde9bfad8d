//! Tables of text that may be packed: told by their first bytes, never by their names (rule F7).
//!
//! A worker unpacks one; what comes out is held in memory, since reports and exports are small.

use crate::files::bounded::{self, FileError, LARGEST_WHOLE, Packing, Table, Unpacked, read_some};
use crate::files::given::Source;
use crate::files::reason::Reason;
use crate::files::table_file::{Counter, FileKind, ReadError};
use crate::worker::{Job, Teller, Worker};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use headroom_exact::say;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Bytes that a worker hands on at once.
const AT_ONCE: u64 = 48 << 10;

/// The rows of a table, and how many bytes are held in memory for it.
pub(crate) struct Opened {
    pub table: Table<Box<dyn Read>>,
    pub held: usize,
}

/// That of what was given nothing could be read, and why each of it.
pub(crate) fn nothing(
    given: &Path,
    what: FileKind,
    others: Vec<(PathBuf, Reason)>,
    mut damaged: Vec<(PathBuf, Reason)>,
) -> ReadError {
    if let (true, [_]) = (others.is_empty(), damaged.as_slice())
        && let Some((path, reason)) = damaged.pop()
    {
        return ReadError::Damaged { path, reason };
    }
    let left_out = others.into_iter().chain(damaged).collect();
    ReadError::Nothing { path: given.to_owned(), what, left_out }
}

/// Opens a table, which a worker does this for if it is packed.
pub(crate) fn open(
    worker: &Worker,
    job: Job,
    source: &Source,
    counter: &mut Counter<'_>,
) -> Result<Opened, ReadError> {
    let path = &source.named;
    let another = |reason: Reason| ReadError::AnotherKind { path: path.clone(), what: job.what(), reason };
    match source.packing {
        Packing::Plain | Packing::Parquet => {
            let file = bounded::open(&source.file).map_err(|error| ReadError::broken(path, &error))?;
            Ok(Opened { table: Table::new(Box::new(file)), held: 0 })
        }
        Packing::Gzip | Packing::Zip => {
            let text = source.unpacked(worker, job, LARGEST_WHOLE, counter)?;
            counter.keeps(path, text.len())?;
            Ok(Opened { held: text.len(), table: Table::new(Box::new(Cursor::new(text))) })
        }
        Packing::Workbook => Err(another(say!("is-a-workbook").into())),
        Packing::Other(form) => Err(another(say!("packed-otherwise", form).into())),
    }
}

/// The worker's part.
pub(crate) fn work(
    path: &Path,
    opened: File,
    counter: &Counter<'_>,
    teller: &Teller<'_>,
) -> Result<(), ReadError> {
    let broken = |error: FileError| ReadError::broken(path, &error);
    let unpacked = Unpacked::new(opened, path);
    let mut unpacked = unpacked.map_err(|error| ReadError::no_header(path, teller.what(), &error))?;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        read_some(&mut unpacked, AT_ONCE, &mut bytes).map_err(broken)?;
        if bytes.is_empty() {
            return Ok(());
        }
        counter.look()?;
        teller.part(BASE64.encode(&bytes))?;
    }
}

#[cfg(test)]
mod tests {
    use crate::Worker;
    use crate::files::table_file::unwatched;
    use crate::kilo::usage_csv;
    use crate::kiro::activity_report;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;
    use std::path::Path;

    fn packed(text: &str) -> Vec<u8> {
        let mut packing = GzEncoder::new(Vec::new(), Compression::best());
        packing.write_all(text.as_bytes()).expect("packed");
        packing.finish().expect("packed")
    }

    const USAGE: &str =
        "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,ada,4.5,1,1,1\n";

    fn cost(path: &Path) -> Result<String, String> {
        let export = usage_csv::read(&Worker::within_this_process(), path, &unwatched)
            .map_err(|error| error.to_string())?;
        Ok(format!("{:?}", export.days[0].rows[0].cost.map(|cost| cost.to_string())))
    }

    #[test]
    fn gzip_is_told_by_its_first_bytes_whatever_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            path
        };
        let expected = Ok("Some(\"4.500000\")".to_owned());
        assert_eq!(cost(&file("usage.csv", &packed(USAGE))), expected);
        assert_eq!(cost(&file("usage.csv.gz", USAGE.as_bytes())), expected, "it isn't packed");
        let report = "Date,UserId,Credits_Used\n2026-11-20,ada,4.5\n".repeat(2);
        let path = file("x_user_report_202611210200.csv.gz", &packed(&report[..report.len() / 2]));
        let read =
            activity_report::read(&Worker::within_this_process(), &path, &unwatched).expect("a report");
        assert_eq!((read.rows.len(), &*read.rows[0].issued), (1, "202611210200"));
        let cut = packed(&USAGE.repeat(50));
        let refused = cost(&file("cut.csv", &cut[..cut.len() / 2])).expect_err("refused");
        assert!(refused.contains("packing-damaged"), "{refused}");
    }

    #[test]
    fn what_is_no_table_is_refused_in_the_users_terms() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.csv");
        for (bytes, code) in [
            (&b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml"[..], "is-a-workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is-a-workbook"),
            (b"PK\x03\x04\x14\x00\x06\x00usage.csv", "packing-damaged"),
            // A picture.
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "not-text"),
        ] {
            std::fs::write(&path, bytes).expect("written");
            let refused = cost(&path).expect_err("refused");
            assert!(refused.contains(code), "{refused}");
        }
    }
}
