//! Writes a scenario with many usage events to standard output, for `make bench`.

use std::io::Write;

fn main() {
    let events =
        std::env::args().nth(1).and_then(|count| count.parse().ok()).expect("usage: write-scenario EVENTS");
    std::io::stdout().write_all(acceptance::scenario_json(events).as_bytes()).expect("written");
}
