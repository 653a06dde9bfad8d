//! How SQLite goes about a statement on a file in its newest form: for tests of what must not take longer the more there is.

use crate::migrations::run;
use rusqlite::Connection;

fn explained(sql: &str, column: usize) -> Vec<String> {
    let mut connection = Connection::open_in_memory().expect("a store");
    assert!(run(&mut connection, || Ok::<_, rusqlite::Error>(())).is_ok(), "its tables");
    let mut statement = connection.prepare(sql).expect("SQL");
    statement.raw_query().mapped(|row| row.get(column)).collect::<rusqlite::Result<_>>().expect("a plan")
}

/// The plan of a question, a step each.
pub(crate) fn query_plan(sql: &str) -> Vec<String> {
    explained(&format!("EXPLAIN QUERY PLAN {sql}"), 3)
}

/// What is done for a statement, a step each.
pub(crate) fn program(sql: &str) -> Vec<String> {
    explained(&format!("EXPLAIN {sql}"), 1)
}
