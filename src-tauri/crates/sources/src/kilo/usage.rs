//! What a team spent, as Kilo's service reports it (`interfaces.md` §4.1–4.2): by day, user and model for
//! those who may see it, else one's own.

use crate::files::bounded::at_most;
use crate::kilo::team::{another, ask, result};
use crate::observation::SpendRow;
use crate::wire::http::{FetchError, Http, escaped};
use crate::wire::json::{differs, name, needed_name};
use crate::wire::moments;
use crate::wire::number::Number;
use crate::wire::secret::Secret;
use chrono::{Days, NaiveDate};
use headroom_exact::Saying;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The most rows that the service gives at once.
const MOST_ROWS: usize = 10_000;

/// Whose spending was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Everybody's.
    Everyone,
    /// The login's own: its role may see no more.
    OwnOnly,
}

/// What was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KiloUsage {
    /// Whose.
    pub scope: Scope,
    /// By day, user and model.
    pub rows: Vec<SpendRow>,
    /// Whether there is more than the service gives at once: then sums are too low.
    pub cut: bool,
    /// The first of the days that were asked about of which all is told.
    pub since: NaiveDate,
}

#[derive(Deserialize)]
struct Table<'a> {
    #[serde(borrow, deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    rows: Option<Vec<TableRow<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TableRow<'a> {
    #[serde(deserialize_with = "needed_name")]
    datetime: String,
    #[serde(default)]
    dimensions: Dimensions,
    #[serde(borrow)]
    cost_microdollars: Option<Number<'a>>,
    #[serde(borrow)]
    request_count: Option<Number<'a>>,
    #[serde(borrow)]
    input_tokens: Option<Number<'a>>,
    #[serde(borrow)]
    output_tokens: Option<Number<'a>>,
}

/// By what a row is told apart.
#[derive(Deserialize, Default)]
struct Dimensions {
    #[serde(default, deserialize_with = "name")]
    user: Option<String>,
    #[serde(default, deserialize_with = "name")]
    model: Option<String>,
}

/// The older form: one's own usage by day and model.
#[derive(Deserialize)]
struct Profile<'a> {
    #[serde(borrow, deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    usage: Option<Vec<ProfileRow<'a>>>,
}

#[derive(Deserialize)]
struct ProfileRow<'a> {
    #[serde(deserialize_with = "needed_name")]
    date: String,
    #[serde(default, deserialize_with = "name")]
    model: Option<String>,
    #[serde(borrow)]
    total_cost: Option<Number<'a>>,
    #[serde(borrow)]
    request_count: Option<Number<'a>>,
    #[serde(borrow)]
    total_input_tokens: Option<Number<'a>>,
    #[serde(borrow)]
    total_output_tokens: Option<Number<'a>>,
}

/// Asks what a team spent from `from` to `to`, both included.
pub fn fetch(
    http: &Http,
    token: &Secret,
    organisation: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<KiloUsage, FetchError> {
    let days = (from, to);
    for (view, scope) in [("org-wide", Scope::Everyone), ("self", Scope::OwnOnly)] {
        let whose = json!({"organizationId": organisation, "viewAs": view, "groupBy": ["user", "model"]});
        if let Some(rows) = by_table(http, token, whose, days)? {
            return Ok(KiloUsage { scope, cut: rows.len() >= MOST_ROWS, rows, since: from });
        }
    }
    by_profile(http, token, &escaped(organisation, b""), days)
}

/// Asks what somebody spent of their own credits from `from` to `to`, both included, which no team's are part of.
pub fn fetch_own(
    http: &Http,
    token: &Secret,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<KiloUsage, FetchError> {
    let (scope, days) = (Scope::OwnOnly, (from, to));
    let whose = json!({"personalScope": "personal-only", "viewAs": "self", "groupBy": ["model"]});
    if let Some(rows) = by_table(http, token, whose, days)? {
        return Ok(KiloUsage { scope, cut: rows.len() >= MOST_ROWS, rows, since: from });
    }
    by_profile(http, token, "personal", days)
}

/// Asks for the table of days; none where Kilo has it not for this role, or not in this version of its service.
fn by_table(
    http: &Http,
    token: &Secret,
    mut input: Value,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Option<Vec<SpendRow>>, FetchError> {
    input["startDate"] = format!("{from}T00:00:00.000Z").into();
    input["endDate"] = format!("{}T00:00:00.000Z", to.succ_opt().unwrap_or(to)).into();
    input["granularity"] = "day".into();
    input["limit"] = MOST_ROWS.into();
    let path = format!("/api/trpc/usageAnalytics.getTable?input={}", escaped(&input.to_string(), b""));
    match ask(http, token, &path, None) {
        Ok(body) => Ok(Some(parse_table(&body).map_err(|error| another(&error))?)),
        Err(FetchError::Refused { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// So many whole days the older form tells of beside today: it begins thirty times twenty-four hours ago, within a day of
/// which it tells a part.
const WHOLE_DAYS: u64 = 29;

/// Asks for the older form: one's own days, of those that are wanted, up to today.
fn by_profile(
    http: &Http,
    token: &Secret,
    view: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<KiloUsage, FetchError> {
    let path = format!("/api/profile/usage?groupByModel=true&viewType={view}&period=month");
    let rows = parse_profile(&ask(http, token, &path, None)?).map_err(|error| another(&error))?;
    let whole = to.checked_sub_days(Days::new(WHOLE_DAYS)).unwrap_or(from);
    let since = from.max(whole);
    let rows = rows.into_iter().filter(|row| (since..=to).contains(&row.date)).collect();
    Ok(KiloUsage { scope: Scope::OwnOnly, rows, cut: false, since })
}

/// What is wrong with a text, as each of both answers; for trying their readers on texts that no service gives.
pub fn what_is_wrong(text: &str) -> Vec<Saying> {
    let read = [parse_table(text).err(), parse_profile(text).err()];
    read.iter().flatten().map(differs).collect()
}

/// The day of a date or a moment.
fn day(text: &str) -> Result<NaiveDate, serde_json::Error> {
    moments::day_of(text)
        .ok_or_else(|| serde::de::Error::invalid_value(serde::de::Unexpected::Other("a text"), &"a day"))
}

/// A list, which null is none of.
fn listed<T>(list: Option<Vec<T>>) -> Result<Vec<T>, serde_json::Error> {
    list.ok_or_else(|| serde::de::Error::invalid_type(serde::de::Unexpected::Unit, &"a sequence"))
}

fn count(number: Option<Number<'_>>) -> Option<u64> {
    number.and_then(|number| number.unquoted().count())
}

fn named(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn parse_table(body: &str) -> Result<Vec<SpendRow>, serde_json::Error> {
    let raw: Box<RawValue> = result(body)?;
    let table: Table<'_> = serde_json::from_str(raw.get())?;
    let rows = listed(table.rows)?.into_iter().map(|row| {
        Ok(SpendRow {
            date: day(&row.datetime)?,
            user: named(row.dimensions.user),
            model: named(row.dimensions.model),
            cost: row.cost_microdollars.and_then(|cost| cost.unquoted().microdollars()),
            requests: count(row.request_count),
            input_tokens: count(row.input_tokens),
            output_tokens: count(row.output_tokens),
        })
    });
    rows.collect()
}

fn parse_profile(body: &str) -> Result<Vec<SpendRow>, serde_json::Error> {
    let profile: Profile<'_> = serde_json::from_str(body)?;
    let rows = listed(profile.usage)?.into_iter().map(|row| {
        Ok(SpendRow {
            date: day(&row.date)?,
            user: None,
            model: named(row.model),
            cost: row.total_cost.and_then(|cost| cost.unquoted().microdollars()),
            requests: count(row.request_count),
            input_tokens: count(row.total_input_tokens),
            output_tokens: count(row.total_output_tokens),
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_exactly() {
        let table = r#"{"result":{"data":{"rows":[
            {"datetime":"2026-11-20T00:00:00.000Z","dimensions":{"user":"Ada","model":"anthropic/claude-sonnet-4.5"},
             "costMicrodollars":1234567,"requestCount":12,"inputTokens":1000,"outputTokens":200,"errorCount":0},
            {"datetime":"2026-11-20","dimensions":{"user":null},"costMicrodollars":"7","requestCount":"1"}],
            "effectiveGranularity":"day"}}}"#;
        let rows = parse_table(table).expect("rows");
        let cost = |row: &SpendRow| row.cost.map(|cost| cost.to_string());
        assert_eq!(cost(&rows[0]).as_deref(), Some("1.234567"));
        assert_eq!((rows[0].user.as_deref(), rows[0].requests), (Some("Ada"), Some(12)));
        assert_eq!((cost(&rows[1]).as_deref(), rows[1].user.as_deref()), (Some("0.000007"), None));
        assert_eq!((rows[1].requests, rows[1].input_tokens), (Some(1), None));
        let profile = r#"{"usage":[{"date":"2026-11-20","model":"m","total_cost":1.5e6,"request_count":3,
            "total_input_tokens":10,"total_output_tokens":5,"total_cache_write_tokens":0,"total_cache_hit_tokens":0}]}"#;
        assert_eq!(cost(&parse_profile(profile).expect("rows")[0]).as_deref(), Some("1.500000"));
        assert!(parse_table(r#"{"result":{"data":{"rows":[{"datetime":"soon"}]}}}"#).is_err());
        assert!(parse_profile(r#"{"usage":"none"}"#).is_err());
        assert!(parse_profile(r#"{"usage":null}"#).is_err());
    }

    #[test]
    fn more_than_was_asked_for_is_refused_and_not_cut() {
        let told = |outcome: Result<Vec<SpendRow>, serde_json::Error>| match outcome {
            Ok(rows) => format!("{} rows", rows.len()),
            Err(error) => differs(&error).to_string(),
        };
        let list = |row: &str, count: usize| vec![row; count].join(",");
        let table =
            |rows: &str| told(parse_table(&format!(r#"{{"result":{{"data":{{"rows":[{rows}]}}}}}}"#)));
        let profile = |rows: &str| told(parse_profile(&format!(r#"{{"usage":[{rows}]}}"#)));
        let row = r#"{"datetime":"2026-11-20","dimensions":{"client":"x"}}"#;
        assert_eq!(table(&list(row, 10_000)), "10000 rows");
        assert_eq!(table(&list(row, 10_001)), "too-many-entries(most: 10000)");
        assert_eq!(profile(&list(r#"{"date":"2026-11-20"}"#, 10_001)), "too-many-entries(most: 10000)");
        let long = "n".repeat(301);
        for row in [
            format!(r#"{{"datetime":"2026-11-20","dimensions":{{"user":"{long}"}}}}"#),
            format!(r#"{{"datetime":"2026-11-20","dimensions":{{"model":"{long}"}}}}"#),
        ] {
            assert_eq!(table(&row), "name-too-long(most: 300)");
        }
        let row = format!(r#"{{"date":"2026-11-20","model":"{long}"}}"#);
        assert_eq!(profile(&row), "name-too-long(most: 300)");
    }
}
