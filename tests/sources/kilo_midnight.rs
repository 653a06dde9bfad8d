//! Requests of Kilo's that a program wrote anew with another end: of another day, or in another table (F6).

use super::NOW;
use super::kilo_copies::{AT, counted, import, spent};
use acceptance::Desk;
use rusqlite::Connection;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// A request that a message is, by its id: when it began and ended after [`AT`], in milliseconds, and its dollars.
type Request<'r> = (&'r str, i64, Option<i64>, &'r str);

fn write(path: &Path, table: &str, requests: &[Request<'_>]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(path).expect("a database");
    let more = if table == "message" { "" } else { "type TEXT, seq INTEGER," };
    connection
        .execute_batch(&format!("DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (id TEXT, session_id TEXT, {more} time_created INTEGER, time_updated INTEGER, data TEXT)"))
        .expect("a table");
    for (id, began, ended, cost) in requests {
        let mut time = json!({"created": AT + began});
        if let Some(ended) = ended {
            time["completed"] = (AT + ended).into();
        }
        let data = json!({"role": "assistant", "model": {"providerID": "kilo", "id": "m"}, "time": time,
            "tokens": {"input": 5, "output": 2}, "cost": serde_json::from_str::<serde_json::Value>(cost).expect("a number")});
        let more = if table == "message" { "" } else { "'assistant', 0," };
        connection
            .execute(
                &format!("INSERT INTO {table} VALUES (?1, 's', {more} ?2, 0, ?3)"),
                (id, AT + began, data.to_string()),
            )
            .expect("a row");
    }
}

fn database(desk: &Desk, folder: &str, requests: &[Request<'_>]) -> PathBuf {
    let path = desk.home().join(folder).join("kilo.db");
    write(&path, "message", requests);
    path
}

const BEFORE: Request<'_> = ("x", -800, Some(-200), "0.5");
const AFTER: Request<'_> = ("x", -800, Some(300), "0.75");
const GOES_ON: Request<'_> = ("x", -800, None, "0.25");
const OTHER: Request<'_> = ("y", -9_000, Some(-8_000), "1");

/// Found in November 2026: a request whose end was written anew past midnight counted on both days ($2.25 for $1.75).
#[test]
fn a_request_whose_end_moves_past_midnight_counts_once() {
    for before in [BEFORE, GOES_ON] {
        // One record, read twice.
        let desk = Desk::at(NOW);
        import(&desk, &[&database(&desk, "kilo", &[OTHER, before])]);
        let view = import(&desk, &[&database(&desk, "kilo", &[OTHER, AFTER])]);
        assert_eq!(spent(&desk, &view), "1.750000", "{before:?}");
        let requests: u64 = counted(&desk, &view).values().map(|(_, count, _)| count).sum();
        assert_eq!(requests, 2);
        // An older backup of it beside it, in either order, at once or not.
        for turned in [false, true] {
            for at_once in [false, true] {
                let desk = Desk::at(NOW);
                let mut paths =
                    [database(&desk, "backup", &[OTHER, before]), database(&desk, "now", &[OTHER, AFTER])];
                if turned {
                    paths.reverse();
                }
                let [one, two] = &paths;
                let view = if at_once {
                    import(&desk, &[one, two])
                } else {
                    import(&desk, &[one]);
                    import(&desk, &[two])
                };
                assert_eq!(spent(&desk, &view), "1.750000", "{before:?} {turned} {at_once}");
            }
        }
    }
}

/// And where it moves back it counts once, too.
#[test]
fn a_request_whose_end_moves_back_before_midnight_counts_once() {
    let desk = Desk::at(NOW);
    let same = |(id, began, ended, _): Request<'static>| (id, began, ended, "0.5");
    import(&desk, &[&database(&desk, "kilo", &[OTHER, same(AFTER)])]);
    let view = import(&desk, &[&database(&desk, "kilo", &[OTHER, BEFORE])]);
    assert_eq!(spent(&desk, &view), "1.500000");
}

/// Found in November 2026: one that the newer program wrote anew while the older one's table lay beside it counted twice.
#[test]
fn a_request_that_two_tables_end_otherwise_counts_once() {
    for newer in [AFTER, ("x", -800, Some(-100), "0.75")] {
        let desk = Desk::at(NOW);
        let path = database(&desk, "kilo", &[OTHER, BEFORE]);
        write(&desk.home().join("kilo2/stable/kilo2.db"), "session_message", &[OTHER, newer]);
        let view = import(&desk, &[&path]);
        assert_eq!(spent(&desk, &view), "1.750000", "{newer:?}");
    }
}
