//! Readers of the newer layout, against lines in its real form.

use super::*;
use crate::files::table_file::{Room, unwatched};
use std::fs;

const ABOUT_A: &str = r#"{"schemaVersion":"1.0.0","id":"sess_a","title":"Tidy the totals","workspacePaths":["/home/ada/shop"],"createdAt":"2026-11-03T08:12:40.120Z","modelId":"claude-sonnet-5"}"#;

fn row(id: &str, at: &str, payload: &str) -> String {
    format!(r#"{{"id":"{id}","timestamp":"{at}","payload":{payload}}}"#)
}

fn usage(execution: &str, at: &str, entries: &str) -> String {
    let payload = format!(
        r#"{{"type":"usage_summary","executionId":"{execution}","status":"success","elapsedTime":810106,"promptTurnSummaries":{entries}}}"#
    );
    row(&format!("{execution}-usage"), at, &payload)
}

fn credits(amount: &str) -> String {
    format!(r#"[{{"unit":"credit","unitPlural":"credits","usage":{amount},"usedTools":["fs_write"]}}]"#)
}

fn split(id: &str, at: &str, auxiliary: &str, delegated: &str) -> String {
    let payload = format!(
        r#"{{"type":"session_metadata","key":"creditSplit","executionId":"","value":{{"main":1,"delegated":{delegated},"auxiliary":{auxiliary}}}}}"#
    );
    row(id, at, &payload)
}

const AT: &str = "2026-11-03T08:14:55.310Z";
const LATER: &str = "2026-11-03T09:40:02.004Z";

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A session in a bucket; what it is, where that is told.
    fn session(&self, place: &str, about: &str, lines: &[String]) -> PathBuf {
        let folder = self.0.path().join(place);
        fs::create_dir_all(&folder).expect("made");
        let file = folder.join(FILE);
        fs::write(&file, lines.join("\n")).expect("written");
        if !about.is_empty() {
            fs::write(folder.join(ABOUT), about).expect("written");
        }
        file
    }
}

fn alone(about: &str, lines: &[String]) -> (Session, BadRows) {
    let home = Home::new();
    let file = home.session("bucket/sess_a", about, lines);
    let mut read = read_one(&file, Names::LeftOut, &unwatched).expect("a session");
    (read.read.remove(0).session, read.bad)
}

fn told(session: &Session) -> Vec<(String, String)> {
    let of = |execution: &Execution| match execution.metering.credits().zip(execution.metering.exact()) {
        Some((credits, exact)) => format!("{credits} of {exact}"),
        None => "unknown".to_owned(),
    };
    session.executions.iter().map(|execution| (execution.id.to_string(), of(execution))).collect()
}

fn is(id: &str, used: &str) -> (String, String) {
    (id.to_owned(), used.to_owned())
}

#[test]
fn the_last_summary_of_an_execution_counts_and_what_is_no_amount_of_credits_does_not() {
    for (entries, expected) in [
        (credits("1.9074125"), "1.91 of 1.9074125"),
        (credits("0.0004"), "0.01 of 0.0004"),
        (credits("0"), "0.00 of 0"),
        (credits("1e20"), "unknown"),
        (r#"[{"unit":"Credits","usage":1.5},{"unit":"credit","usage":2e-1}]"#.to_owned(), "1.70 of 1.7"),
        (r#"[{"unit":"token","usage":900},{"unit":"credit","usage":0.3}]"#.to_owned(), "0.30 of 0.3"),
        (r#"[{"unit":"credit","usage":-4},{"unit":"credit","usage":2}]"#.to_owned(), "2.00 of 2"),
        (r#"[{"unit":"credit","usage":null},{"unit":"credit","usage":"7"}]"#.to_owned(), "unknown"),
        (r#"[null,"x",{"unit":"credit","usage":2},7]"#.to_owned(), "2.00 of 2"),
        ("[]".to_owned(), "unknown"),
        ("null".to_owned(), "unknown"),
    ] {
        let lines = [usage("e1", AT, &credits("77")), usage("e1", LATER, &entries)];
        let (session, bad) = alone(ABOUT_A, &lines);
        assert_eq!(told(&session), [is("e1", expected)], "{entries}");
        assert_eq!((session.executions[0].said, bad.count), (2, 0));
        assert_eq!(session.executions[0].at.to_string(), "2026-11-03T09:40:02Z");
    }
}

#[test]
fn an_execution_is_named_by_its_row_where_it_is_not_named_itself() {
    let nameless = usage("e7", AT, &credits("2")).replace(r#""executionId":"e7","#, "");
    let (session, bad) = alone("", &[nameless.clone(), nameless.replace("e7-usage", "odd")]);
    assert_eq!(told(&session), [is("e7", "2.00 of 2")]);
    assert_eq!(bad.listed[0].reason.to_string(), "field-missing(field: executionId)");
}

#[test]
fn an_execution_without_a_summary_is_unknown() {
    let lines = [
        row("1", AT, r#"{"type":"turn_start","executionId":"e1"}"#),
        row("2", LATER, r#"{"type":"turn_end","executionId":"e1"}"#),
        row("3", LATER, r#"{"type":"turn_start","executionId":"e2"}"#),
    ];
    let (session, _) = alone(ABOUT_A, &lines);
    assert_eq!(told(&session), [is("e1", "unknown"), is("e2", "unknown")]);
    assert_eq!(session.executions[0].at.to_string(), "2026-11-03T09:40:02Z", "when it ended");
    assert!(session.is_least());
}

#[test]
fn the_model_that_answered_leads_the_one_that_is_chosen() {
    let start = |id: &str| row("s", AT, &format!(r#"{{"type":"turn_start","executionId":"{id}"}}"#));
    let end = |id: &str| row("e", AT, &format!(r#"{{"type":"turn_end","executionId":"{id}"}}"#));
    let answer = row("r", AT, r#"{"type":"assistant","reasoningModelId":"qdev::minimax-m2.1","text":"x"}"#);
    let lines = [
        start("e1"),
        answer.clone(),
        end("e1"),
        start("e2"),
        end("e2"),
        answer,
        usage("e1", AT, &credits("1")),
        usage("e2", AT, &credits("1")),
    ];
    let models = |about: &str| {
        let (session, _) = alone(about, &lines);
        session.executions.into_iter().map(|execution| execution.model).collect::<Vec<_>>()
    };
    let some = |name: &str| Some(name.into());
    assert_eq!(models(ABOUT_A), [some("minimax-m2.1"), some("claude-sonnet-5")]);
    assert_eq!(models(r#"{"id":"sess_a","modelId":"auto"}"#), [some("minimax-m2.1"), some("auto")]);
    assert_eq!(models(""), [some("minimax-m2.1"), None]);
}

#[test]
fn a_damaged_line_is_named_and_the_others_count() {
    let late = usage("e2", AT, &credits("1")).replace(AT, "soon");
    let half = usage("e3", AT, &credits("1"));
    let lines = [
        usage("e1", AT, &credits("1")),
        "{".to_owned(),
        late,
        r#"{"id":"x","payload":{"type":"user","text":"usage_sum"#.to_owned(),
        usage("e4", AT, &credits("2")).replace(']', ""),
        format!("{}{}", &half[..40], usage("e5", AT, &credits("3"))),
        half[..half.len() - 9].to_owned(),
    ];
    let (session, bad) = alone(ABOUT_A, &lines);
    let places: Vec<_> = bad.listed.iter().map(|row| row.line).collect();
    assert_eq!(places, [2, 3, 4, 5, 6, 7]);
    assert_eq!(told(&session), [is("e1", "1.00 of 1")]);
    assert!(
        bad.listed.iter().all(|row| !row.reason.to_string().contains("sess")),
        "nothing of a line is said"
    );
}

#[test]
fn words_of_a_prompt_are_no_row_of_credits() {
    let prompt = r#"{"type":"user","content":"{\"type\":\"usage_summary\",\"promptTurnSummaries\":[{\"unit\":\"credit\",\"usage\":900}]}"}"#;
    let nested = r#"{"type":"tool","value":{"type":"usage_summary","promptTurnSummaries":[{"unit":"credit","usage":900}]}}"#;
    let lines = [row("1", AT, prompt), row("2", AT, nested), row("3", AT, r#"{"type":"session_start"}"#)];
    let (session, bad) = alone(ABOUT_A, &lines);
    assert!(session.executions.is_empty() && bad.count == 0);
}

#[test]
fn auxiliary_credits_are_everything_so_far_and_a_fall_corrects() {
    let rises_of = |levels: &[&str]| {
        let lines: Vec<_> = levels
            .iter()
            .enumerate()
            .map(|(place, level)| split(&format!("c{place}"), AT, level, "0.2"))
            .collect();
        let (session, _) = alone(ABOUT_A, &lines);
        rises(&session.splits)
            .into_iter()
            .map(|rise| (rise.id.to_string(), rise.credits.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rises_of(&["0.1398"]), [is("c0", "0.14")]);
    assert_eq!(rises_of(&["0", "0.1", "0.1", "0.25"]), [is("c1", "0.10"), is("c3", "0.15")]);
    // In sum what the last row says, however the rises are rounded.
    let thirds = rises_of(&["0.004", "0.008", "0.012"]);
    assert_eq!(thirds, [is("c0", "0.00"), is("c1", "0.01"), is("c2", "0.00")]);
    assert_eq!(rises_of(&["0.1", "0.3", "0.2"]), [is("c0", "0.10"), is("c1", "0.10")]);
    assert_eq!(rises_of(&["0.1", "0.3", "0.05", "0.07"]), [is("c0", "0.05"), is("c3", "0.02")]);
    assert_eq!(rises_of(&["0.1", "0"]), []);
}

fn merged(home: &Home, reversed: bool) -> Merged {
    let mut files: Vec<_> = crate::kiro::session_stores::find(home.0.path())
        .expect("a folder")
        .into_iter()
        .map(|file| file.path)
        .collect();
    if reversed {
        files.reverse();
    }
    let read = read_all(&files, Names::LeftOut, &mut Room::default(), &unwatched).expect("sessions");
    Merged::of(read.read.into_iter().map(|read| read.session).collect())
}

#[test]
fn what_a_fork_began_with_is_its_parents_in_whatever_bucket_it_lies() {
    let home = Home::new();
    let own = usage("e1", AT, &credits("2.5"));
    let base = split("c1", AT, "0.1398", "0.5");
    home.session("b1/sess_a", ABOUT_A, &[own.clone(), base.clone(), usage("e2", LATER, &credits("4"))]);
    let fork = |id: &str, created: &str| {
        format!(r#"{{"id":"{id}","parentSessionId":"sess_a","createdAt":"{created}"}}"#)
    };
    let lines =
        [own.clone(), base.clone(), usage("e3", LATER, &credits("7")), split("c2", LATER, "0.2", "0.9")];
    home.session("b2/sess_0", &fork("sess_0", "2026-11-03T09:00:00Z"), &lines);
    // One that begins its own count at nothing has none beyond what it came with.
    let anew = [own, base, split("c3", LATER, "0.05", "0.1")];
    home.session("b2/sess_z", &fork("sess_z", "2026-11-03T09:30:00Z"), &anew);
    for reversed in [false, true] {
        let merged = merged(&home, reversed);
        let sessions: Vec<_> = merged
            .sessions
            .iter()
            .map(|session| {
                let besides: Vec<_> =
                    rises(&session.splits).into_iter().map(|rise| rise.credits.to_string()).collect();
                (session.id.as_str(), told(session), besides.join(" "))
            })
            .collect();
        let one = |id, credits: &str| is(id, &format!("{credits}.00 of {credits}"));
        assert_eq!(
            sessions,
            [
                ("sess_0", vec![one("e3", "7")], "0.06".to_owned()),
                ("sess_a", vec![is("e1", "2.50 of 2.5"), one("e2", "4")], "0.14".to_owned()),
                ("sess_z", vec![], String::new()),
            ]
        );
        assert_eq!(merged.copies, 2);
        let parts = merged.parts();
        let of =
            [parts.main, parts.delegated, parts.either, parts.auxiliary].map(|part| part.credits.to_string());
        // 13.50 in all, of which subagents 0.5 in the first and 0.4 in its fork.
        assert_eq!((of.join(" ").as_str(), parts.least), ("12.60 0.90 0.00 0.20", 0));
    }
}

#[test]
fn without_the_parent_the_oldest_of_its_forks_has_what_they_share() {
    let home = Home::new();
    let shared = usage("e1", AT, &credits("2.5"));
    for (id, created) in
        [("sess_b", "2026-11-03T09:00:00Z"), ("sess_c", "2026-11-03T08:59:59Z"), ("sess_d", "")]
    {
        let about = format!(r#"{{"id":"{id}","parentSessionId":"gone","createdAt":"{created}"}}"#);
        home.session(&format!("bucket/{id}"), &about, std::slice::from_ref(&shared));
    }
    for reversed in [false, true] {
        let merged = merged(&home, reversed);
        let counts: Vec<_> = merged.sessions.iter().map(|session| session.executions.len()).collect();
        assert_eq!(counts, [0, 1, 0]);
    }
}

#[test]
fn of_copies_of_a_session_the_later_counts() {
    let home = Home::new();
    let early = usage("e1", LATER, &credits("9"));
    home.session(
        "here/sess_a",
        ABOUT_A,
        &[early.clone(), usage("e1", AT, &credits("3")), split("c1", AT, "0.1", "0")],
    );
    home.session("there/sess_a", ABOUT_A, &[early, usage("e2", AT, &credits("1"))]);
    for reversed in [false, true] {
        let merged = merged(&home, reversed);
        let [session] = merged.sessions.as_slice() else { panic!("one session: {merged:?}") };
        let mut told = told(session);
        told.sort();
        assert_eq!(told, [is("e1", "3.00 of 3"), is("e2", "1.00 of 1")]);
        assert!(session.tells_auxiliary());
    }
}

/// A row that came again under its id with more was a second row, and of copies that knew different rows one lost them.
#[test]
fn rows_of_parts_that_copies_know_are_joined_in_whatever_order() {
    let of = |rows: &[(&str, &str, &str)]| -> Session {
        let lines: Vec<_> = rows
            .iter()
            .map(|(id, at, level)| split(id, &format!("2026-11-03T{at}:00Z"), level, "0"))
            .collect();
        alone(ABOUT_A, &lines).0
    };
    let besides = |copies: Vec<Session>| {
        let merged = Merged::of(copies);
        rises(&merged.sessions[0].splits)
            .into_iter()
            .map(|rise| format!("{} {}", rise.id, rise.credits))
            .collect::<Vec<_>>()
    };
    let cut = of(&[("a", "08:00", "0.1")]);
    let more = of(&[("a", "08:00", "0.1"), ("b", "09:00", "0.2"), ("b", "09:00", "0.3")]);
    let less = of(&[("a", "08:00", "0.1"), ("b", "09:00", "0.2")]);
    let longest = of(&[("a", "08:00", "0.1"), ("b", "09:00", "0.2"), ("c", "10:00", "0.5")]);
    let otherwise = of(&[("a", "08:00", "0.15"), ("d", "09:30", "0.4")]);
    // The clock was set back before the second row: the file's order tells which is the last.
    let set_back = of(&[("a", "08:00", "0.1"), ("e", "07:00", "0.6")]);
    for (copies, right) in [
        (vec![&cut, &more, &less], vec!["a 0.10", "b 0.20"]),
        (vec![&cut, &more, &less, &longest], vec!["a 0.10", "b 0.20", "c 0.20"]),
        (vec![&otherwise, &longest], vec!["a 0.15", "b 0.05", "d 0.20", "c 0.10"]),
        (vec![&cut, &set_back], vec!["a 0.10", "e 0.50"]),
    ] {
        for turned in 0..copies.len() {
            for reversed in [false, true] {
                let mut order: Vec<Session> = copies.iter().map(|copy| (*copy).clone()).collect();
                order.rotate_left(turned);
                if reversed {
                    order.reverse();
                }
                assert_eq!(besides(order), right, "{turned} {reversed}");
            }
        }
    }
}

#[test]
fn a_title_and_a_folder_are_read_where_that_was_agreed_to_alone() {
    let home = Home::new();
    let file = home.session("bucket/sess_a", ABOUT_A, &[usage("e1", AT, &credits("1"))]);
    let names = |names| {
        let read = read_one(&file, names, &unwatched).expect("a session").read.remove(0).session;
        (read.project, read.title)
    };
    assert_eq!(names(Names::LeftOut), (None, None));
    assert_eq!(names(Names::Read), (Some("/home/ada/shop".to_owned()), Some("Tidy the totals".to_owned())));
}

#[test]
fn another_file_is_refused() {
    let home = Home::new();
    let other = home.session("other", "", &["a,b".to_owned(), "1,2".to_owned()]);
    let refused = read_one(&other, Names::LeftOut, &unwatched).expect_err("refused").to_string();
    assert!(refused.ends_with("reason: no-messages, what: kiro-ide-session)"), "{refused}");
}

/// 400,000 tasks were too many for a first import, which keeps 160 MiB at most.
#[test]
fn what_is_kept_of_a_task_is_small() {
    const TASKS: u64 = 1_000;
    let home = Home::new();
    let of = |number: u64| usage(&format!("0d4f9a52-6c1e-4a4b-8a39-{number:012}"), AT, &credits("0.25"));
    let file = home.session("bucket/sess_a", ABOUT_A, &(0..TASKS).map(of).collect::<Vec<_>>());
    let read =
        |bytes: u64| read_all(std::slice::from_ref(&file), Names::LeftOut, &mut Room::of(bytes), &unwatched);
    let whole = read(TASKS * 100 + 1_024).expect("all of them");
    assert_eq!(whole.read[0].session.executions.len(), 1_000);
    // And what is kept is counted, so that there is an end to it.
    assert!(matches!(read(TASKS * 50), Err(ReadError::TooMuch { .. })));
    let mut room = Room::of(TASKS * 100 + 1_024);
    read_all(std::slice::from_ref(&file), Names::LeftOut, &mut room, &unwatched).expect("all of them");
    let more = read_all(&[file], Names::LeftOut, &mut room, &unwatched);
    assert!(
        matches!(more, Err(ReadError::TooMuch { .. })),
        "whatever is read with it takes of the same room"
    );
}
