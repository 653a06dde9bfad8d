//! `kilo.db`: every request of Kilo's command line and editor on this machine, with its model and its cost
//! (`interfaces.md` §4.3). Opened for reading only; another program may be writing it.
//!
//! It knows no team: what it holds is what this machine spent through Kilo, under whichever account.

use crate::bounded::{Database, DatabaseError};
use crate::number::{self, Number};
use crate::observation::SpendRow;
use crate::table_file::{Counter, FileKind, ReadError, Watching};
use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

const WHAT: FileKind = FileKind::KiloRequests;
const DAY_IN_MILLISECONDS: i64 = 86_400_000;

/// What the database holds, summed by day and model.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocalSpend {
    /// By day and model.
    pub rows: Vec<SpendRow>,
    /// Requests that are in them.
    pub requests: u64,
    /// Requests through Kilo whose cost isn't said: in no sum.
    pub unpriced: u64,
    /// Requests to other providers, which Kilo doesn't bill.
    pub elsewhere: u64,
    /// Messages that could not be read.
    pub unreadable: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    #[serde(borrow)]
    role: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "modelID")]
    model: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "providerID")]
    provider: Option<Cow<'a, str>>,
    #[serde(borrow)]
    cost: Option<Number<'a>>,
    tokens: Option<Tokens>,
    time: Option<Time>,
}

#[derive(Deserialize)]
struct Tokens {
    #[serde(default)]
    input: u64,
    #[serde(default)]
    output: u64,
    #[serde(default)]
    reasoning: u64,
    #[serde(default)]
    cache: Cache,
}

#[derive(Deserialize, Default)]
struct Cache {
    #[serde(default)]
    read: u64,
    #[serde(default)]
    write: u64,
}

#[derive(Deserialize)]
struct Time {
    created: i64,
    completed: Option<i64>,
}

/// A day and a model while they are summed.
#[derive(Default)]
struct Sum {
    cost: Decimal,
    priced: u64,
    requests: u64,
    input: u64,
    output: u64,
}

/// The largest text that is one message, in bytes.
const LARGEST_MESSAGE: i32 = 16 * 1024 * 1024;
/// What the sum of a day and model takes beside the model's name.
const BYTES_A_SUM: usize = size_of::<(String, Sum)>() + size_of::<SpendRow>() + 64;

/// Reads the whole database.
pub fn read(path: &Path, watching: Watching<'_>) -> Result<LocalSpend, ReadError> {
    let failed = |error: DatabaseError| match error {
        DatabaseError::File(error) => ReadError::broken(path, &error),
        error @ (DatabaseError::Content(_) | DatabaseError::NoTable(_)) => {
            ReadError::AnotherKind { path: path.to_owned(), what: WHAT, reason: error.into() }
        }
    };
    let database = Database::open(path, LARGEST_MESSAGE).map_err(failed)?;
    let failed_at = |error: rusqlite::Error| failed(error.into());
    let connection = database.with_tables(&["message"]).map_err(failed)?;
    // What is too large isn't even fetched.
    let sql = format!(
        "SELECT time_created, CASE WHEN octet_length(data) <= {LARGEST_MESSAGE} THEN data END FROM message"
    );
    let mut statement = connection.prepare(&sql).map_err(failed_at)?;
    let mut messages = statement.query([]).map_err(failed_at)?;
    let mut counter = Counter::new(&[path.to_owned()], watching);
    let mut local = LocalSpend::default();
    // By day, then by model: a model's name is looked up without a copy of it.
    let mut sums: HashMap<i64, HashMap<String, Sum>> = HashMap::new();
    while let Some(row) = messages.next().map_err(failed_at)? {
        database.came();
        counter.rows(1, 0)?;
        let created = row.get_ref(0).and_then(|value| Ok(value.as_i64()?));
        let data = row.get_ref(1).map_err(failed_at)?.as_str().ok();
        let message = data.and_then(|text| serde_json::from_str::<Message<'_>>(text).ok());
        match message {
            Some(message) => {
                let more = add(&message, created.ok(), &mut sums, &mut local);
                counter.keeps(path, more)?;
            }
            None => local.unreadable = local.unreadable.saturating_add(1),
        }
    }
    counter.file(path)?;
    for (day, models) in sums {
        for (model, sum) in models {
            let Some(date) = date(day) else { continue };
            local.rows.push(SpendRow {
                date,
                user: None,
                model: (!model.is_empty()).then_some(model),
                cost: (sum.priced > 0).then(|| number::dollars(sum.cost)).flatten(),
                requests: Some(sum.requests),
                input_tokens: Some(sum.input),
                output_tokens: Some(sum.output),
            });
        }
    }
    local.rows.sort_by(|one, other| (one.date, &one.model).cmp(&(other.date, &other.model)));
    Ok(local)
}

fn date(day: i64) -> Option<NaiveDate> {
    let at = DateTime::from_timestamp_millis(day.checked_mul(DAY_IN_MILLISECONDS)?)?;
    Some(at.date_naive())
}

/// Adds a message to its sum; how many bytes more that takes.
fn add(
    message: &Message<'_>,
    created: Option<i64>,
    sums: &mut HashMap<i64, HashMap<String, Sum>>,
    local: &mut LocalSpend,
) -> usize {
    if message.role.as_deref() != Some("assistant") {
        return 0;
    }
    if !message.provider.as_deref().is_some_and(|provider| provider.starts_with("kilo")) {
        local.elsewhere = local.elsewhere.saturating_add(1);
        return 0;
    }
    let time = message.time.as_ref();
    let at = time.map(|time| time.completed.unwrap_or(time.created)).or(created);
    let Some(day) = at.map(|at| at.div_euclid(DAY_IN_MILLISECONDS)).filter(|day| date(*day).is_some()) else {
        local.unreadable = local.unreadable.saturating_add(1);
        return 0;
    };
    let model = message.model.as_deref().unwrap_or_default();
    let models = sums.entry(day).or_default();
    let mut more = 0;
    if !models.contains_key(model) {
        more = BYTES_A_SUM.saturating_add(model.len());
        models.insert(model.to_owned(), Sum::default());
    }
    let Some(sum) = models.get_mut(model) else { return more };
    let cost = message.cost.and_then(Number::exact).filter(|cost| !cost.is_sign_negative() || cost.is_zero());
    match cost.and_then(|cost| sum.cost.checked_add(cost)) {
        Some(cost) => {
            sum.cost = cost;
            sum.priced = sum.priced.saturating_add(1);
        }
        None => local.unpriced = local.unpriced.saturating_add(1),
    }
    sum.requests = sum.requests.saturating_add(1);
    local.requests = local.requests.saturating_add(1);
    if let Some(tokens) = &message.tokens {
        let input = tokens.input.saturating_add(tokens.cache.read).saturating_add(tokens.cache.write);
        sum.input = sum.input.saturating_add(input);
        sum.output = sum.output.saturating_add(tokens.output).saturating_add(tokens.reasoning);
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_file::unwatched;
    use rusqlite::Connection;

    fn database(messages: &[(i64, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kilo.db");
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch(
                "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER,
                 time_updated INTEGER, data TEXT)",
            )
            .expect("a table");
        for (index, (created, data)) in messages.iter().enumerate() {
            connection
                .execute(
                    "INSERT INTO message VALUES (?1, 's', ?2, ?2, ?3)",
                    (index.to_string(), created, data),
                )
                .expect("a row");
        }
        (folder, path)
    }

    #[test]
    fn requests_through_kilo_are_summed_exactly_by_day_and_model() {
        let at = 1_795_219_200_000; // 2026-11-21T00:00:00Z
        let (_folder, path) = database(&[
            (at, r#"{"role":"user","modelID":"m"}"#),
            (
                at,
                r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.1,"tokens":{"input":10,"output":2,"reasoning":1,"cache":{"read":5,"write":0}},"time":{"created":1795219200000,"completed":1795219201000}}"#,
            ),
            (
                at,
                r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.2,"tokens":{"input":1,"output":1}}"#,
            ),
            (at, r#"{"role":"assistant","providerID":"kilo","modelID":"m","tokens":{"input":1,"output":1}}"#),
            (at, r#"{"role":"assistant","providerID":"anthropic","modelID":"m","cost":5}"#),
            (at, "not json"),
            (at - 1, r#"{"role":"assistant","providerID":"kilo-gateway","modelID":"n","cost":1e-7}"#),
        ]);
        let local = read(&path, &unwatched).expect("a database");
        let rows: Vec<_> = local
            .rows
            .iter()
            .map(|row| {
                (
                    row.date.to_string(),
                    row.model.as_deref(),
                    row.cost.map(|cost| cost.to_string()),
                    row.input_tokens,
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("2026-11-20".to_owned(), Some("n"), Some("0.000000".to_owned()), Some(0)),
                ("2026-11-21".to_owned(), Some("m"), Some("0.300000".to_owned()), Some(17)),
            ]
        );
        assert_eq!((local.requests, local.unpriced, local.elsewhere, local.unreadable), (4, 1, 1, 1));
    }

    #[test]
    fn another_file_is_refused_in_one_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kilo.db");
        assert!(read(&path, &unwatched).expect_err("refused").to_string().starts_with("file-unreadable"));
        std::fs::write(&path, "no database at all, but long enough to be taken for a header of one")
            .expect("written");
        let refused = read(&path, &unwatched).expect_err("refused").to_string();
        assert!(refused.contains("what: kilo-requests"), "{refused}");
        std::fs::write(&path, "").expect("written");
        let refused = read(&path, &unwatched).expect_err("refused").to_string();
        assert!(refused.contains("no-table(table: message)"), "{refused}");
    }
}
