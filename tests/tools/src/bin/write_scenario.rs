//! Writes large scenarios, for measuring:
//! `write-scenario EVENTS` one person's on standard output;
//! `write-scenario EVENTS USERS FOLDER` an organisation's as `organisation.json` and `usage.ndjson` there.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let number = |text: &String| text.parse().expect("a number");
    match arguments.as_slice() {
        [events] => std::io::stdout().write_all(tools::large::scenario_json(number(events)).as_bytes()),
        [events, users, folder] => {
            let folder = Path::new(folder);
            let mut lines = BufWriter::new(File::create(folder.join("usage.ndjson"))?);
            let scenario =
                tools::large::organisation_lines(number(events), number(users), "usage.ndjson", &mut lines);
            lines.flush()?;
            fs::write(folder.join("organisation.json"), scenario)
        }
        _ => panic!("EVENTS, or EVENTS USERS FOLDER"),
    }
}
