//! The IDE's own state: the last figures it showed of the account that is signed in (`interfaces.md` §2.3 D).
//! Opened for reading only, as a file that nobody changes: it may lag behind a running IDE.

use crate::bounded::{Database, at_most};
use crate::http::escaped;
use crate::kept;
use crate::kiro_rows::{self, Doubts, Row};
use crate::number::Number;
use crate::observation::{Allowance, Doubt, GrantSnapshot, GrantStatus, LimitsSnapshot};
use crate::table_file::{Counter, ReadError, unwatched};
use crate::worker::{Job, Teller, Worker};
use headroom_exact::Moment;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The largest state that is read, in bytes: it holds what was talked about, too.
const LARGEST_STATE: i32 = 16 * 1024 * 1024;

/// Where it lies in the IDE's folder.
pub fn file(ide: &Path) -> PathBuf {
    ide.join("User").join("globalStorage").join("state.vscdb")
}

/// What the IDE showed last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownLimits {
    /// When.
    #[serde(with = "kept")]
    pub at: Moment,
    /// What it says.
    pub limits: LimitsSnapshot,
}

/// Has a worker read it; none where there is none, or it holds no usage.
pub fn read(worker: &Worker, file: &Path) -> Option<ShownLimits> {
    let mut shown = None;
    let mut counter = Counter::new(&[file.to_owned()], &unwatched);
    let outcome = worker.read(Job::IdeState, file, &mut counter, &mut |limits, _| {
        shown = Some(limits);
        Ok(())
    });
    outcome.ok().and(shown)
}

/// The worker's part.
pub(crate) fn work(file: &Path, teller: &Teller<'_>) -> Result<(), ReadError> {
    found_in(file).map_or(Ok(()), |shown| teller.part(shown))
}

fn found_in(file: &Path) -> Option<ShownLimits> {
    // The path stands in an address: what has a meaning there is written as its number.
    let mut address = format!("file:{}", escaped(file.to_str()?, b"/"));
    address.push_str("?mode=ro&immutable=1");
    let database = Database::open_unchanging(file, &address, LARGEST_STATE).ok()?;
    let connection = database.with_tables(&["ItemTable"]).ok()?;
    let sql = "SELECT CAST(value AS TEXT) FROM ItemTable WHERE key = 'kiro.kiroAgent'";
    let body: String = connection.query_row(sql, [], |row| row.get(0)).optional().ok()??;
    let (at, limits) = parse(&body)?;
    Some(ShownLimits { at, limits })
}

#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow, rename = "kiro.resourceNotifications.usageState")]
    usage: Option<&'a RawValue>,
    #[serde(borrow, rename = "subscriptionInfo")]
    subscription: Option<Subscription<'a>>,
    #[serde(borrow, rename = "userInfo")]
    user: Option<User<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage<'a> {
    #[serde(borrow, rename = "usageBreakdowns", deserialize_with = "at_most::<100, _, _>")]
    breakdowns: Option<Vec<Breakdown<'a>>>,
    #[serde(borrow)]
    timestamp: Option<Number<'a>>,
    #[serde(borrow)]
    subscription_info: Option<Subscription<'a>>,
    #[serde(borrow)]
    user_info: Option<User<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Breakdown<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    resource_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    dimension_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    reset_date: Option<Number<'a>>,
    #[serde(borrow)]
    free_trial_usage: Option<FreeTrial<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FreeTrial<'a> {
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    expiry_date: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription<'a> {
    #[serde(borrow)]
    subscription_title: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User<'a> {
    #[serde(borrow)]
    user_id: Option<Cow<'a, str>>,
}

impl Row for Breakdown<'_> {
    fn resource(&self) -> Option<&str> {
        self.kind.as_deref().or(self.resource_type.as_deref())
    }

    fn dimension(&self) -> Option<&str> {
        self.dimension_type.as_deref()
    }

    fn amounts(&self) -> [Option<&str>; 2] {
        [self.current_usage.as_ref().map(Number::text), self.usage_limit.as_ref().map(Number::text)]
    }
}

/// Reads a state: when it was shown, and what.
pub fn parse(body: &str) -> Option<(Moment, LimitsSnapshot)> {
    let state: State<'_> = serde_json::from_str(body).ok()?;
    let usage: Usage<'_> = serde_json::from_str(state.usage?.get()).ok()?;
    let at = usage.timestamp.and_then(Number::milliseconds)?;
    let (entry, doubt) = kiro_rows::own(usage.breakdowns?);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let entry = entry?;
    let used = doubts.noting(kiro_rows::credits(&[entry.current_usage], Doubt::Used));
    let limit = doubts.noting(kiro_rows::credits(&[entry.usage_limit], Doubt::Limit));
    used.or(limit)?;
    let own = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
    let title = usage.subscription_info.or(state.subscription).and_then(|info| info.subscription_title);
    let owner = usage.user_info.or(state.user).and_then(|user| user.user_id);
    let trial = entry.free_trial_usage.map(|trial| GrantSnapshot {
        name: "Free trial".to_owned(),
        status: GrantStatus::Unknown,
        used: trial.current_usage.and_then(Number::credits),
        granted: trial.usage_limit.and_then(Number::credits),
        expires_at: trial.expiry_date.and_then(Number::moment),
    });
    let limits = LimitsSnapshot {
        plan_title: own(title),
        used,
        allowance: limit.map(Allowance::Credits),
        resets_at: entry.reset_date.and_then(Number::moment),
        grants: trial.into_iter().collect(),
        user_id: own(owner),
        doubts: doubts.0,
        ..LimitsSnapshot::default()
    };
    Some((at, limits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    const STATE: &str = r#"{"lastSelectedModelId":"auto","usageBreakdownList":[{"resourceType":"CREDIT","currentUsage":0}],
        "kiro.resourceNotifications.usageState":{"usageBreakdowns":[
          {"type":"CREDIT","currentUsage":612.4,"usageLimit":1000,"percentageUsed":61.24,"resetDate":"2026-12-01T00:00:00.000Z",
           "currency":{"code":"USD"},"displayName":"Credit","freeTrialUsage":{"currentUsage":5,"usageLimit":500,"expiryDate":"2026-09-01T00:00:00Z","daysRemaining":0}}],
          "timestamp":1795254000000},"subscriptionInfo":{"subscriptionTitle":"KIRO PRO"},"userInfo":{"userId":"d-1.ada"}}"#;

    #[test]
    fn the_last_figures_shown_are_read_from_the_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder
            .path()
            .join(if cfg!(windows) { "100% of signs" } else { "a folder with 100% of signs?" })
            .join("state.vscdb");
        std::fs::create_dir(path.parent().expect("a folder")).expect("made");
        let connection = Connection::open(&path).expect("a database");
        connection.execute_batch("CREATE TABLE ItemTable (key TEXT UNIQUE, value BLOB)").expect("a table");
        connection.execute("INSERT INTO ItemTable VALUES ('kiro.kiroAgent', ?1)", [STATE]).expect("a row");
        drop(connection);
        let shown = read(&Worker::here(), &path).expect("figures");
        assert_eq!(shown.at.to_string(), "2026-11-21T09:40:00Z");
        assert_eq!(shown.limits.used.map(|used| used.to_string()).as_deref(), Some("612.40"));
        assert_eq!(shown.limits.plan_title.as_deref(), Some("KIRO PRO"));
        assert_eq!(shown.limits.user_id.as_deref(), Some("d-1.ada"));
        assert_eq!((shown.limits.overage, shown.limits.grants.len()), (None, 1), "not said is not nothing");
    }

    #[test]
    fn what_is_no_state_says_nothing() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"kiro.resourceNotifications.usageState":{"usageBreakdowns":[],"timestamp":1}}"#,
            r#"{"kiro.resourceNotifications.usageState":{"usageBreakdowns":[{"type":"CREDIT","currentUsage":"many"}],"timestamp":1}}"#,
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(read(&Worker::here(), Path::new("/nowhere/state.vscdb")).is_none());
    }
}
