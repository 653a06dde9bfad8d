//! Events that stand in lines of their own.

use crate::scenario::*;
use crate::statement::Statement;

/// Lines in memory.
struct Held<'t>(std::str::Lines<'t>);

impl Lines for Held<'_> {
    fn next_line(&mut self) -> Result<Option<&[u8]>, ScenarioError> {
        Ok(self.0.next().map(str::as_bytes))
    }
}

const WITH_LINES: &str = r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z",
    "events_from": "usage.ndjson", "events": [{"at": "2026-04-01T00:00:00Z", "type": "sign_up"},
    {"at": "2026-04-03T00:00:00Z", "type": "change_plan", "plan": "pro"}]}"#;

/// The statement over lines, streamed or, out of order, held; or what is wrong.
fn over_lines(lines: &str) -> (bool, Result<String, String>) {
    let read = || match Scenario::parse(WITH_LINES.as_bytes()) {
        Ok(Scenario::Individual(sourced)) => sourced,
        _ => panic!("a scenario of one person"),
    };
    let sourced = read();
    assert_eq!(sourced.events_from.as_deref(), Some("usage.ndjson"));
    let moment = sourced.timeline.as_of;
    let json =
        |ledger| serde_json::to_string(&Statement::on(ledger, moment)).map_err(|error| error.to_string());
    match sourced.fold(moment, &mut Held(lines.lines())) {
        Ok(Streamed::Folded(ledger)) => (true, json(ledger)),
        Ok(Streamed::OutOfOrder) => {
            let held = read().with_lines(lines.as_bytes()).map_err(|error| error.to_string());
            let ledger = held.and_then(|timeline| {
                crate::timeline::Ledger::fold(&timeline, moment).map_err(|error| error.to_string())
            });
            (false, ledger.and_then(json))
        }
        Err(error) => (true, Err(error.to_string())),
    }
}

#[test]
fn lines_continue_the_list() {
    let usage = |day: u32, id: &str| {
        format!(r#"{{"at": "2026-04-{day:02}T00:00:00Z", "type": "usage", "credits": "100", "id": "{id}"}}"#)
    };
    let lines = [usage(2, "a"), String::new(), usage(3, "b"), usage(4, "a"), usage(30, "c")];
    let (streamed, in_order) = over_lines(&lines.join("\n"));
    assert!(streamed, "in order they are never held");
    let in_order = in_order.expect("a statement");
    assert!(in_order.contains(r#""refused":[{"event":4,"reason":"duplicate"}]"#), "{in_order}");
    assert!(in_order.contains(r#""issued_at":"2026-04-03T00:00:00Z""#), "{in_order}");
    let at_once = [usage(2, "a"), usage(2, "b"), usage(2, "c")];
    assert!(over_lines(&at_once.join("\n")).0, "equal times are in order");
    let shuffled = [usage(30, "c"), usage(2, "a"), usage(4, "a"), usage(3, "b")];
    let (streamed, sorted) = over_lines(&shuffled.join("\n"));
    assert!(!streamed);
    assert_eq!(sorted.expect("a statement"), in_order, "the same events, the same statement");
}

#[test]
fn a_mistake_in_a_line_names_it() {
    let good = r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1"}"#;
    let bad = good.replace("\"1\"", "\"-1\"");
    for (lines, expected) in [
        (
            format!("{good}\n\n{bad}"),
            "event-at(number: 3): line-at(number: 3): credits: must-be-positive(text: -1)",
        ),
        (format!("{good}\nno JSON"), "event-at(number: 3): line-at(number: 2): not-json"),
        (format!("{good}\n{good} 7"), "event-at(number: 3): line-at(number: 2): not-json"),
        (good.replace("usage", "sign_up"), "event-at(number: 2): type: opening-twice(opening: sign_up)"),
        (
            good.replace("2026-04-02", "2026-03-02"),
            "event-at(number: 2): at: before-opening(opening: sign_up)",
        ),
        (
            good.replace("2026-04-02", "2027-04-02") + "\n" + &bad.replace("2026", "2027"),
            "event-at(number: 3): line-at(number: 2): credits",
        ),
        // Out of order they are held, and the mistake is the same.
        (
            good.replace("-02T", "-05T") + "\n" + good + "\n\n" + &bad,
            "event-at(number: 4): line-at(number: 4): credits: must-be-positive(",
        ),
    ] {
        let (_, outcome) = over_lines(&lines);
        let message = outcome.err().unwrap_or_default();
        assert!(message.starts_with(expected), "{lines}\n  says   {message}\n  wanted {expected}");
    }
}

#[test]
fn all_events_may_be_in_the_lines() {
    let json = r#"{"account": "kiro-enterprise", "as_of": "2026-05-01T00:00:00Z", "events_from": "x"}"#;
    let Ok(Scenario::Organisation(sourced)) = Scenario::parse(json.as_bytes()) else {
        panic!("an organisation without a list");
    };
    let line =
        r#"{"at": "2026-04-02T00:00:00Z", "type": "assign", "profile": "A", "user": "u", "plan": "pro"}"#;
    let outcome = sourced.fold(sourced.timeline.as_of, &mut Held(line.lines()));
    let Ok(Streamed::Folded(ledger)) = outcome else { panic!("a ledger") };
    assert_eq!(ledger.invoices.first().map(|invoice| invoice.total.to_string()).as_deref(), Some("20.00"));
    let nothing = sourced.fold(sourced.timeline.as_of, &mut Held("".lines())).err();
    assert!(nothing.is_some_and(|error| error.to_string().starts_with("as_of: no-event-by-then(")));
}
