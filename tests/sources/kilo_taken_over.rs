//! Tasks of Kilo's legacy extension that a newer program took over, kept somewhere else: each request counts once (F6).

use super::NOW;
use super::kilo_copies::{AT, OVER_MIDNIGHT, came, counted, database, import, spent};
use acceptance::Desk;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// The legacy extension's tasks in a folder of this name: requests with dollars.
fn tasks(desk: &Desk, name: &str, requests: &[(i64, f64)]) -> PathBuf {
    let tasks = desk.home().join(name).join("tasks");
    let shown = |(began, cost): &(i64, f64)| {
        let said = json!({"tokensIn": 5, "tokensOut": 2, "cacheReads": 0, "cacheWrites": 0, "cost": cost,
            "inferenceProvider": "Anthropic"});
        json!({"ts": AT + began, "type": "say", "say": "api_req_started", "text": said.to_string()})
    };
    fs::create_dir_all(tasks.join("7")).expect("made");
    let task = Value::from(requests.iter().map(shown).collect::<Vec<_>>());
    fs::write(tasks.join("7/ui_messages.json"), task.to_string()).expect("written");
    tasks
}

/// Tasks that are kept somewhere else after a newer program took them over.
#[test]
fn a_backup_of_tasks_that_a_newer_program_took_over_adds_nothing() {
    for turned in [false, true] {
        let desk = Desk::at(NOW);
        let now = database(&desk, "now", &[(0, Some(0)), (1000, Some(500)), (2000, Some(4000))]);
        let tasks = tasks(&desk, "backup", &[(0, 1.0), (1000, 0.5), (5000, 0.125)]);
        let paths = if turned { [&tasks, &now] } else { [&now, &tasks] };
        let view = paths.map(|path| import(&desk, &[path]));
        assert_eq!((view[1].copies, spent(&desk, &view[1]).as_str()), (2, "5.625000"), "turned: {turned}");
    }
}

/// A task tells when a request began, and a database counts it on the day when it ended. Found in November 2026: $1.50 stood for
/// $1.00 where midnight was between the two.
#[test]
fn a_request_of_a_task_that_ended_on_the_next_day_counts_once() {
    for turned in [false, true] {
        let desk = Desk::at(NOW);
        let now = database(&desk, "now", &[(OVER_MIDNIGHT, Some(500)), (1000, Some(500))]);
        let tasks = tasks(&desk, "backup", &[(OVER_MIDNIGHT, 0.5)]);
        let paths = if turned { [&tasks, &now] } else { [&now, &tasks] };
        for path in paths {
            import(&desk, &[path]);
        }
        let view = import(&desk, &[&now]);
        assert_eq!((view.added, spent(&desk, &view).as_str()), (0, "1.000000"), "turned: {turned}");
        assert_eq!(counted(&desk, &view).values().map(|sum| sum.1).sum::<u64>(), 2);
        // Its session is deleted: what it cost was spent, and the task is still a copy of it.
        database(&desk, "now", &[(-90_000, Some(250)), (1000, Some(500))]);
        let view = import(&desk, &[&now]);
        assert_eq!(spent(&desk, &view), "1.250000", "turned: {turned}");
    }
}

/// What a task alone knows was spent.
#[test]
fn a_cost_that_only_the_task_knows_counts_whenever_its_request_ended() {
    let desk = Desk::at(NOW);
    let now = database(&desk, "now", &[(OVER_MIDNIGHT, Some(0))]);
    let tasks = tasks(&desk, "backup", &[(OVER_MIDNIGHT, 0.5)]);
    let view = import(&desk, &[&now, &tasks]);
    assert_eq!(spent(&desk, &view), "0.500000");
    assert_eq!((view.added, view.known), (2, 0), "each day has a request");
}

/// A day on which requests only began is no day that the import brought.
#[test]
fn a_day_whose_requests_ended_on_the_next_isnt_told_as_one() {
    let desk = Desk::at(NOW);
    let now = database(&desk, "now", &[(OVER_MIDNIGHT, Some(500))]);
    let view = import(&desk, &[&now]);
    assert_eq!(came(&view), (1, "0.500000", 1, 0, 0));
    assert_eq!(counted(&desk, &view).into_keys().map(|(day, _)| day).collect::<Vec<_>>(), ["2026-11-21"]);
}
