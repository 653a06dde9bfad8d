//! The IDE's own state: the last figures it showed of the account that is signed in (`interfaces.md` §2.3 D).
//! Opened for reading only, as a file that nobody changes: it may lag behind a running IDE.

use crate::files::bounded::{Database, at_most};
use crate::files::table_file::{Counter, ReadError, unwatched};
use crate::kiro::breakdown::{Beside, Breakdown, OverageConfiguration, Subscription, User};
use crate::kiro::rows::{self, Doubts};
use crate::observation::LimitsSnapshot;
use crate::wire::kept;
use crate::wire::number::Number;
use crate::worker::{Job, Teller, Worker};
use headroom_exact::Moment;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
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
    let database = Database::open_unchanging(file, LARGEST_STATE).ok()?;
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
    #[serde(borrow, rename = "overageConfiguration")]
    overage: Option<OverageConfiguration<'a>>,
    #[serde(borrow, rename = "userInfo")]
    user: Option<User<'a>>,
}

/// What it showed: the IDE's own name of the list, or the service's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage<'a> {
    #[serde(borrow, default, rename = "usageBreakdowns", deserialize_with = "at_most::<100, _, _>")]
    breakdowns: Option<Vec<Breakdown<'a>>>,
    #[serde(borrow, default, rename = "usageBreakdownList", deserialize_with = "at_most::<100, _, _>")]
    list: Option<Vec<Breakdown<'a>>>,
    #[serde(borrow)]
    next_date_reset: Option<Number<'a>>,
    #[serde(borrow)]
    timestamp: Option<Number<'a>>,
    #[serde(borrow)]
    subscription_info: Option<Subscription<'a>>,
    #[serde(borrow)]
    overage_configuration: Option<OverageConfiguration<'a>>,
    #[serde(borrow)]
    user_info: Option<User<'a>>,
}

/// Reads a state: when it was shown, and what.
pub fn parse(body: &str) -> Option<(Moment, LimitsSnapshot)> {
    let state: State<'_> = serde_json::from_str(body).ok()?;
    let usage: Usage<'_> = serde_json::from_str(state.usage?.get()).ok()?;
    let at = usage.timestamp.and_then(Number::moment)?;
    let rows = usage.breakdowns.filter(|rows| !rows.is_empty()).or(usage.list)?;
    let (row, doubt) = rows::own(rows);
    let mut doubts = Doubts(doubt.into_iter().collect());
    let beside = Beside {
        subscription: usage.subscription_info.or(state.subscription),
        overage: usage.overage_configuration.or(state.overage),
        user: usage.user_info.or(state.user),
    };
    let mut read = beside.read();
    row?.figures(usage.next_date_reset, &mut read, &mut doubts).ok()?;
    Some((at, LimitsSnapshot { doubts: doubts.0, ..read }))
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
        let shown = read(&Worker::within_this_process(), &path).expect("figures");
        assert_eq!(shown.at.to_string(), "2026-11-21T09:40:00Z");
        assert_eq!(shown.limits.used.map(|used| used.to_string()).as_deref(), Some("612.40"));
        assert_eq!(shown.limits.plan_title.as_deref(), Some("KIRO PRO"));
        assert_eq!(shown.limits.user_id.as_deref(), Some("d-1.ada"));
        assert_eq!((shown.limits.overage, shown.limits.grants.len()), (None, 1), "not said is not nothing");
    }

    /// The same figures under the service's own names (`interfaces-2026.md` §3).
    #[test]
    fn both_names_of_everything_say_the_same() {
        let state = |row: &str| {
            let text = format!(
                r#"{{"kiro.resourceNotifications.usageState":{{"usageBreakdowns":[{row}],"timestamp":1795607700000}},"subscriptionInfo":{{"subscriptionTitle":"KIRO FREE"}}}}"#
            );
            parse(&text).expect("figures")
        };
        let ours = state(
            r#"{"type":"CREDIT","currentUsage":10,"usageLimit":50,"resetDate":"2026-12-01T00:00:00.000Z",
            "freeTrialUsage":{"currentUsage":100,"usageLimit":500,"expiryDate":"2026-12-03T00:00:00Z","daysRemaining":8}}"#,
        );
        let theirs = state(
            r#"{"resourceType":"CREDIT","currentUsage":10,"currentUsageWithPrecision":10.0,"usageLimit":50,"nextDateReset":1796083200,
            "freeTrialInfo":{"currentUsage":100,"usageLimitWithPrecision":500.0,"freeTrialExpiry":1796256000}}"#,
        );
        assert_eq!(ours, theirs);
        let (at, limits) = theirs;
        assert_eq!(at.to_string(), "2026-11-25T11:55:00Z");
        assert_eq!(limits.resets_at.map(|at| at.to_string()).as_deref(), Some("2026-12-01T00:00:00Z"));
        let trial = &limits.grants[0];
        assert_eq!(trial.expires_at.map(|at| at.to_string()).as_deref(), Some("2026-12-03T00:00:00Z"));
        let both = state(
            r#"{"type":"CREDIT","resourceType":"CREDIT","currentUsage":10,"usageLimit":50,"resetDate":"2026-12-01","nextDateReset":"2026-12-01 00:00:00+00","currency":{"code":"USD"},"overageCharges":0}"#,
        );
        assert_eq!((both.1.resets_at, both.1.gaps.len()), (limits.resets_at, 0));
        // Its moment too is a number or a text; without one it is of no time.
        for (stamp, is_read) in
            [("\"2026-11-25T11:55:00Z\"", true), ("1795607700", true), ("null", false), ("\"now\"", false)]
        {
            let text = format!(
                r#"{{"kiro.resourceNotifications.usageState":{{"usageBreakdownList":[{{"currentUsage":1,"usageLimit":2}}],"timestamp":{stamp}}}}}"#
            );
            assert_eq!(
                parse(&text).map(|(at, _)| at.to_string()),
                is_read.then(|| "2026-11-25T11:55:00Z".to_owned()),
                "{stamp}"
            );
        }
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
        assert!(read(&Worker::within_this_process(), Path::new("/nowhere/state.vscdb")).is_none());
    }
}
