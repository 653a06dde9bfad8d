//! Where credits of sessions went, and what is kept of a session: nothing that somebody wrote, and its folder and title
//! only after its owner agreed.

use super::NOW;
use acceptance::{Desk, files_in, fixture};
use headroom_app::answers::{Choice, ImportKind, UsageQuery, UsageRange, UsageSort};
use serde_json::Value;
use std::fs;

fn imported() -> Desk {
    let desk = Desk::at(NOW);
    desk.import(ImportKind::KiroSessions, Some(&fixture("session-folders"))).expect("an import");
    desk
}

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let run = desk.run(&[&["usage", "--json"], arguments].concat());
    assert_eq!(run.status, 0, "{run:?}");
    serde_json::from_str(&run.output).expect("JSON")
}

/// Name, metered, estimated, tasks and unknown tasks of each part, then of all.
fn parts(answer: &Value) -> Vec<String> {
    let told = |part: &Value| {
        let text = |field: &str| part[field].as_str().unwrap_or("-").to_owned();
        format!(
            "{} {} {} {} {}",
            text("name"),
            text("metered"),
            text("estimated"),
            part["tasks"],
            part["unknown"]
        )
    };
    let parts = answer["parts"].as_array().expect("parts");
    parts.iter().chain([&answer["total"]]).map(told).collect()
}

#[test]
fn credits_are_told_apart_by_model_client_kind_and_hour() {
    let desk = imported();
    let all = "- 18.98 0.00 6 2";
    assert_eq!(
        parts(&json(&desk, &[])),
        [
            "auto 12.47 0.00 3 1",
            "- 4.60 0.00 1 0",
            "minimax-m2.1 1.91 0.00 1 0",
            "claude-sonnet-5 0.00 0.00 1 1",
            all
        ],
        "what a session used besides has no model"
    );
    assert_eq!(
        parts(&json(&desk, &["--by", "client"])),
        ["kiro 18.86 0.00 5 2", "kiro-cli 0.12 0.00 1 0", all]
    );
    let kinds = json(&desk, &["--by", "kind"]);
    assert_eq!(
        parts(&kinds),
        [
            "main 5.31 0.00 null 1",
            "delegated 0.60 0.00 null 0",
            "main-or-delegated 12.47 0.00 null 1",
            "auxiliary 0.60 0.00 null 0",
            all
        ]
    );
    assert_eq!(kinds["least"], 2);
    // The third of November 2026 is a Tuesday, the fifth a Thursday, the first a Sunday.
    assert_eq!(
        parts(&json(&desk, &["--by", "hour"])),
        [
            "tuesday 08 6.31 0.00 3 1",
            "tuesday 09 0.20 0.00 0 0",
            "thursday 10 12.35 0.00 2 1",
            "sunday 10 0.12 0.00 1 0",
            all
        ]
    );
    let october = json(&desk, &["--from", "2026-10-01", "--to", "2026-10-31"]);
    assert_eq!(parts(&october), ["claude-sonnet-5 3.50 0.00 1 0", "- 3.50 0.00 1 0"]);
    let backwards = desk.run(&["usage", "--from", "2026-11-02", "--to", "2026-11-01"]);
    assert_eq!((backwards.status, backwards.output.as_str()), (2, ""));
}

#[test]
fn estimates_stand_beside_what_is_metered() {
    let desk = Desk::at(NOW);
    desk.import(ImportKind::KiroIdeSessions, Some(&fixture("session-folders"))).expect("an import");
    let answer = json(&desk, &["--by", "client"]);
    assert_eq!(parts(&answer), ["kiro 0.00 18.86 5 2", "- 0.00 18.86 5 2"]);
    assert_eq!((answer["total"]["sum"].as_str(), &answer["least"]), (Some("18.86"), &Value::from(0)));
    let text = desk.run(&["usage"]).output;
    assert!(text.contains("by estimate, 18.86 with it"), "{text}");
}

#[test]
fn folders_and_titles_are_told_only_after_their_owner_agreed() {
    let desk = imported();
    for by in ["project", "session"] {
        let refused = desk.run(&["usage", "--by", by]);
        assert_eq!(refused.status, 2, "{refused:?}");
        assert!(refused.errors.contains("kept only after you agreed"), "{refused:?}");
    }
    assert_eq!(desk.run(&["usage", "--keep-names", "yes"]).status, 0);
    let unread = parts(&json(&desk, &["--by", "project"]));
    assert_eq!(unread, ["- 18.98 0.00 6 2", "- 18.98 0.00 6 2"], "nothing is kept yet");
    desk.import(ImportKind::KiroSessions, Some(&fixture("session-folders"))).expect("an import");
    let all = "- 18.98 0.00 6 2";
    assert_eq!(
        parts(&json(&desk, &["--by", "project"])),
        ["- 12.35 0.00 2 1", "/home/ada/shop-2 4.26 0.00 1 0", "/home/ada/shop 2.37 0.00 3 1", all]
    );
    let sessions = json(&desk, &["--by", "session"]);
    assert_eq!(
        (&sessions["parts"][1]["name"], &sessions["parts"][1]["title"]),
        (&"sess_1f0k".into(), &"Fork of Tidy the invoice totals".into())
    );
    let table = desk.run(&["usage", "--by", "session", "--csv"]).output;
    assert!(table.starts_with("name,title,metered,estimated,sum,tasks,unknown,at_least\n"), "{table}");
    assert!(
        table.contains("sess_1f0k,Fork of Tidy the invoice totals,4.26,0.00,4.26,1,0,false\n"),
        "{table}"
    );
    assert!(table.ends_with("total,,18.98,0.00,18.98,6,2,true\n"), "{table}");
    // The table of every task had the sessions' ids beside their titles, and found no title.
    let account = desk.headroom.start(None).expect("a start").accounts[0].id;
    let found = |search: &str| {
        let query = UsageQuery {
            range: UsageRange::Days { days: 3_660 },
            only: Vec::new(),
            search: search.to_owned(),
            sort: UsageSort::Time,
            descending: true,
            page: 0,
        };
        desk.headroom.usage_rows(account, &query).expect("rows").found
    };
    assert_eq!((found("fork of tidy"), found("sess_1f0k"), found("fork_of_tidy")), (1, 1, 0));
    // With amounts they are hidden, and in no export of everything.
    desk.headroom.choose(&Choice::HideNumbers(true)).expect("chosen");
    assert_eq!(parts(&json(&desk, &["--by", "project"]))[1], "- 4.26 0.00 1 0");
    let export = desk.home().join("all.jsonl");
    desk.headroom.export_all(&export).expect("an export");
    assert!(!fs::read_to_string(&export).expect("readable").contains("invoice totals"));
    // Changed their mind: they are gone, from the file too.
    assert_eq!(desk.run(&["usage", "--keep-names", "no"]).status, 0);
    assert_eq!(desk.run(&["usage", "--by", "session"]).status, 2);
    desk.headroom.choose(&Choice::KeepSessionNames(true)).expect("chosen");
    assert_eq!(parts(&json(&desk, &["--by", "project"]))[0], all);
}

/// Words of a prompt, an answer, a tool, a title and a folder, in lines that count, that don't and that are damaged.
#[test]
fn nothing_that_somebody_wrote_is_kept_shown_or_logged() {
    let desk = Desk::at(NOW);
    let folder = desk.home().join("sessions/bucket/sess_1");
    fs::create_dir_all(&folder).expect("made");
    let usage = r#"{"id":"e-usage","timestamp":"2026-11-03T08:14:55Z","payload":{"type":"usage_summary","executionId":"e","note":"canary-0","promptTurnSummaries":[{"unit":"credit","usage":2,"usedTools":["canary-1"]}]}}"#;
    let lines = [
        r#"{"id":"1","timestamp":"2026-11-03T08:12:44Z","payload":{"type":"user","content":"canary-2 \"usage_summary\""}}"#,
        r#"{"id":"2","timestamp":"2026-11-03T08:12:45Z","payload":{"type":"assistant","reasoningModelId":"m","text":"canary-3"}}"#,
        r#"{"id":"3","timestamp":"soon","payload":{"type":"usage_summary","executionId":"f","prompt":"canary-4"}}"#,
        r#"{"id":"4","timestamp":"2026-11-03T08:12:46Z","payload":{"type":"usage_summary","executionId":{"canary-5":1}}}"#,
        r#"{"id":"5","payload":{"type":"tool","output":"canary-6"#,
        "canary-7",
        r#"{"id":"6","timestamp":"2026-11-03T08:12:47Z","payload":{"type":"session_metadata","key":"creditSplit","value":{"auxiliary":"canary-8"}}}"#,
        r#"{"id":"7","timestamp":"2026-11-03T08:12:48Z","payload":{"type":"session_metadata","key":"recap","value":"canary-9 creditSplit"}}"#,
        usage,
    ];
    fs::write(folder.join("messages.jsonl"), lines.join("\n")).expect("written");
    fs::write(folder.join("session.json"), r#"{"id":"sess_1","title":"canary-10","workspacePaths":["/home/canary-11"],"createdAt":"canary-12","agentMode":"canary-13"}"#).expect("written");
    fs::create_dir_all(folder.join("sub-executions")).expect("made");
    fs::write(folder.join("sub-executions/x.jsonl"), "canary-14").expect("written");
    let older = r#"{"session_id":"old","title":"canary-15","cwd":"/canary-16","session_state":{"conversation_metadata":{"user_turn_metadatas":[{"end_timestamp":"2026-11-03T08:00:00Z","result":{"Ok":{"id":"m","content":["canary-17"]}},"metering_usage":[{"value":1,"unit":"credit"}]}]}}}"#;
    fs::create_dir_all(desk.home().join("sessions/cli")).expect("made");
    fs::write(desk.home().join("sessions/cli/old.json"), older).expect("written");
    let place = desk.home().join("sessions").to_string_lossy().into_owned();
    let mut said = Vec::new();
    for arguments in [
        vec!["import", "kiro-sessions", place.as_str()],
        vec!["import", "kiro-ide-sessions", place.as_str()],
        vec!["usage"],
        vec!["usage", "--json", "--by", "kind"],
        vec!["usage", "--by", "session"],
        vec!["status", "--json"],
        vec!["doctor", "--json"],
        vec!["accounts", "--json"],
    ] {
        let run = desk.run(&arguments);
        said.push((arguments.join(" "), format!("{}{}", run.output, run.errors).into_bytes()));
    }
    assert!(
        String::from_utf8_lossy(&said[0].1).contains("2 new tasks with at least 3.00 credits"),
        "{said:?}"
    );
    assert!(
        String::from_utf8_lossy(&said[0].1).contains("line 6: "),
        "damaged lines are named by their place"
    );
    let (copy, export) = (desk.home().join("copy.db"), desk.home().join("all.jsonl"));
    desk.headroom.back_up(&copy).expect("a copy");
    desk.headroom.export_all(&export).expect("an export");
    for path in [copy, export] {
        said.push((path.display().to_string(), fs::read(&path).expect("readable")));
    }
    let data = files_in(desk.headroom.paths().data());
    said.extend(data.into_iter().map(|(path, bytes)| (path.display().to_string(), bytes)));
    for (place, bytes) in &said {
        assert!(
            !String::from_utf8_lossy(bytes).contains("canary"),
            "{place}: {}",
            String::from_utf8_lossy(bytes)
        );
    }
}

/// Found in November 2026: of two copies that differ in nothing but what an execution cost, the one whose amount is the later
/// text counted where they came one after the other, and the larger amount where they came together.
#[test]
fn of_copies_that_differ_in_an_amount_the_same_counts_however_they_come() {
    let text = fs::read_to_string(fixture("session-folders/3f0c9a1be27d4856/sess_7b0e/messages.jsonl"));
    let text = text.expect("a session");
    let whole = "\"usage\":1.9074125";
    assert!(text.contains(whole), "{text}");
    let total = |imports: &[&str]| {
        let desk = Desk::at(NOW);
        for amount in ["9", "10"] {
            let folder = desk.home().join("copies").join(amount).join("bucket/sess_7b0e");
            fs::create_dir_all(&folder).expect("made");
            let changed = text.replace(whole, &format!("\"usage\":{amount}"));
            fs::write(folder.join("messages.jsonl"), changed).expect("written");
        }
        for given in imports {
            let given = desk.home().join("copies").join(given);
            desk.import(ImportKind::KiroSessions, Some(&given)).expect("an import");
        }
        parts(&json(&desk, &[]))
    };
    let together = total(&["."]);
    assert_eq!(total(&["9", "10"]), together);
    assert_eq!(total(&["10", "9"]), together);
}

/// Found in November 2026: a session of which a line couldn't be read was known whole where it told its auxiliary credits ("2 in all"
/// of at least that).
#[test]
fn what_a_session_used_is_the_least_while_a_line_of_it_can_not_be_read() {
    let summary = |id: &str, time: &str| {
        format!(
            r#"{{"id":"{id}-usage","timestamp":"{time}","payload":{{"type":"usage_summary","executionId":"{id}","status":"success","promptTurnSummaries":[{{"unit":"credit","unitPlural":"credits","usage":1.5}}]}}}}"#
        )
    };
    let split = r#"{"id":"s","timestamp":"2026-11-03T09:00:00Z","payload":{"type":"session_metadata","key":"creditSplit","executionId":"","value":{"main":3,"delegated":0,"auxiliary":0.5}}}"#;
    let (lost, whole) = (summary("e1", "2026-11-03T08:00:00Z"), summary("e2", "2026-11-03T08:30:00Z"));
    for (lost_line, name) in [
        (lost[..60].to_owned(), "cut off"),
        (lost.replace("2026-11-03T08:00:00Z", "noon"), "without a time"),
        ("\u{0}\u{0}".to_owned(), "no text"),
    ] {
        let desk = Desk::at(NOW);
        let folder = desk.home().join("sessions/3f0c9a1be27d4856/sess_a");
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join("session.json"), r#"{"id":"sess_a","createdAt":"2026-11-03T08:00:00Z"}"#)
            .expect("written");
        let usage = |first: &str| {
            fs::write(folder.join("messages.jsonl"), format!("{first}\n{whole}\n{split}\n"))
                .expect("written");
            let report =
                desk.import(ImportKind::KiroSessions, Some(&desk.home().join("sessions"))).expect("imported");
            (report.sessions.expect("sessions"), desk.run(&["usage"]).output)
        };
        let (sessions, said) = usage(&lost_line);
        assert!(sessions.main_at_least && sessions.least == 1, "{name}: {sessions:?}");
        assert!(
            said.contains("at least 2.00  in all") && said.contains("this is the least"),
            "{name}: {said}"
        );
        // So is each part of it, of whatever it is one.
        for by in ["model", "day", "client", "kind", "hour"] {
            let parts = desk.run(&["usage", "--by", by]).output;
            let mut amounts = parts.lines().filter(|line| line.starts_with("  "));
            assert!(amounts.all(|line| line.contains("at least")), "{name}, {by}: {parts}");
        }
        // It was being written, or came whole from elsewhere.
        let (sessions, said) = usage(&lost);
        assert!(!sessions.main_at_least && sessions.least == 0, "{name}: {sessions:?}");
        assert!(said.contains("3.50  in all") && !said.contains("at least"), "{name}: {said}");
    }
}
