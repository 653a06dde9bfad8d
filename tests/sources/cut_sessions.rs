//! Sessions of Kiro's command line whose files are cut off: what stands before counts, and what came then makes the days the
//! least.

use super::NOW;
use acceptance::{Desk, session};
use headroom_app::answers::{ImportKind, ImportView};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Three turns, the last of which ended when it was written last.
fn whole() -> String {
    let turns = [
        ("2026-11-03T10:00:00Z", "1.00"),
        ("2026-11-03T11:00:00Z", "2.00"),
        ("2026-11-04T10:00:00Z", "4.00"),
    ];
    let written =
        r#""cwd":"/repo","created_at":"2026-11-03T09:00:00Z","updated_at":"2026-11-04T10:00:00.5Z","#;
    session("s", &turns).replacen(r#""cwd":"/repo","#, written, 1)
}

/// The same as far as the middle of its last turn.
fn cut() -> String {
    let whole = whole();
    let end = whole.find("s-2").expect("its last turn");
    whole[..end].to_owned()
}

/// The same behind its last turn.
fn end_cut() -> String {
    let whole = whole();
    let end = whole.find(r#""rts_model_state""#).expect("its end");
    whole[..end].to_owned()
}

fn import(desk: &Desk, folder: &Path) -> ImportView {
    desk.import(ImportKind::KiroSessions, Some(folder)).expect("an import")
}

/// What was used, how many sessions tell the least, and how many tasks are of unknown cost.
fn used(desk: &Desk) -> (String, u64, u64) {
    let usage = desk.run(&["usage", "--json", "--by", "model"]).output;
    let usage: Value = serde_json::from_str(&usage).expect("JSON");
    (
        usage["total"]["metered"].as_str().unwrap_or("-").to_owned(),
        usage["least"].as_u64().expect("a count"),
        usage["total"]["unknown"].as_u64().expect("a count"),
    )
}

fn folder(desk: &Desk, files: &[(&str, String)]) -> std::path::PathBuf {
    let folder = desk.home().join("copy/cli");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("written");
    }
    folder
}

/// Found in November 2026: such a file was named at its import, its turns were lost, and the figures of its days were shown as whole.
#[test]
fn what_stands_before_the_cut_counts_and_the_days_are_the_least() {
    let desk = Desk::at(NOW);
    let other = session("other", &[("2026-11-05T10:00:00Z", "0.50")]);
    let files = folder(&desk, &[("other.json", other.clone()), ("s.json", cut())]);
    for (added, unmetered, known) in [(3, 1, 0), (0, 0, 4)] {
        let view = import(&desk, &files);
        assert_eq!((view.added, view.unmetered, view.known), (added, unmetered, known), "{view:?}");
        assert_eq!((view.files, view.skipped.len()), (1, 1), "it is named all the same");
        assert_eq!(used(&desk), ("3.50".to_owned(), 1, 1));
    }
    // Once it can be read whole nothing is missing.
    let files = folder(&desk, &[("other.json", other), ("s.json", whole())]);
    let view = import(&desk, &files);
    assert_eq!((view.added, view.skipped.len()), (1, 0), "{view:?}");
    assert_eq!(used(&desk), ("7.50".to_owned(), 0, 0));
}

#[test]
fn beside_a_copy_that_is_whole_nothing_is_missing_in_whatever_order() {
    for orders in [
        &[&[("a.json", cut()), ("b.json", whole())][..]][..],
        &[&[("a.json", whole()), ("b.json", cut())]],
        &[&[("a.json", whole())], &[("b.json", cut()), ("c.json", session("c", &[]))]],
        &[&[("b.json", cut()), ("c.json", session("c", &[]))], &[("a.json", whole())]],
        // Cut off behind its last turn.
        &[
            &[("b.json", cut()), ("c.json", session("c", &[]))],
            &[("a.json", end_cut()), ("c.json", session("c", &[]))],
        ],
        &[
            &[("b.json", end_cut()), ("c.json", session("c", &[]))],
            &[("a.json", cut()), ("c.json", session("c", &[]))],
        ],
    ] {
        let desk = Desk::at(NOW);
        for files in orders.iter().chain(orders.iter()) {
            import(&desk, &folder(&desk, files));
        }
        assert_eq!(used(&desk), ("7.00".to_owned(), 0, 0), "{orders:?}");
    }
}

/// One that goes on after it was read whole, and is cut off then: what came since isn't known.
#[test]
fn what_came_since_it_was_read_whole_is_missing() {
    let desk = Desk::at(NOW);
    import(&desk, &folder(&desk, &[("s.json", whole())]));
    let gone_on = cut().replacen("2026-11-04T10:00:00.5Z", "2026-11-06T08:00:00Z", 1);
    let files = folder(&desk, &[("s.json", gone_on), ("c.json", session("c", &[]))]);
    for _ in 0..2 {
        import(&desk, &files);
        assert_eq!(used(&desk), ("7.00".to_owned(), 1, 1));
    }
    // A copy from before knows nothing of it.
    import(&desk, &folder(&desk, &[("older.json", whole())]));
    assert_eq!(used(&desk), ("7.00".to_owned(), 1, 1));
    let later = whole().replacen("2026-11-04T10:00:00.5Z", "2026-11-06T08:00:00Z", 1);
    import(&desk, &folder(&desk, &[("s.json", later)]));
    assert_eq!(used(&desk), ("7.00".to_owned(), 0, 0));
}

#[test]
fn wherever_a_file_is_cut_off_no_turn_counts_that_isnt_whole() {
    let whole = whole();
    let desk = Desk::at(NOW);
    let mut before = (0, 0);
    for end in (1..whole.len()).step_by(61) {
        let view = import(
            &desk,
            &folder(&desk, &[("s.json", whole[..end].to_owned()), ("c.json", session("c", &[]))]),
        );
        let turns = u64::try_from(whole[..end].matches(r#""unitPlural":"credits"}]}"#).count()).expect("few");
        let (known, added) = before;
        before = (known.max(turns), added + view.added);
        assert_eq!(before, (turns, turns), "{end}: {view:?}");
    }
    assert_eq!(before, (3, 3));
}

/// Found in November 2026: given by its own name such a file was refused, and its turns were lost.
#[test]
fn a_file_that_is_given_alone_is_read_as_one_in_a_folder() {
    for kind in [&["import"][..], &["import", "kiro-sessions"]] {
        let desk = Desk::at(NOW);
        let file = folder(&desk, &[("s.json", cut())]).join("s.json");
        let given = file.to_str().expect("a path");
        for _ in 0..2 {
            let run = desk.run(&[kind, &[given]].concat());
            let said = format!("{}{}", run.output, run.errors);
            assert_eq!(
                (run.status, said.contains("cut off"), said.contains("1 file of ")),
                (0, true, true),
                "{said}"
            );
            assert_eq!(used(&desk), ("3.00".to_owned(), 1, 1));
        }
        // What has no whole turn tells nothing.
        let first = cut();
        let end = first.find("s-0").expect("its first turn");
        fs::write(&file, &first[..end]).expect("written");
        let run = desk.run(&[kind, &[given]].concat());
        assert!(run.status != 0 && run.errors.contains("cut off"), "{}{}", run.output, run.errors);
        assert_eq!(used(&desk), ("3.00".to_owned(), 1, 1));
    }
}

/// A session with these turns: when each ended, where that is told, and its credits.
fn told(head: &str, turns: &[(Option<&str>, &str)]) -> String {
    let turn = |(number, (at, credits)): (usize, &(Option<&str>, &str))| {
        let at = at.map_or(String::new(), |at| format!(r#""end_timestamp":"{at}","#));
        format!(
            r#"{{"result":{{"Ok":{{"id":"m-{number}"}}}},"end_reason":"UserTurnEnd",{at}"metering_usage":[{{"value":{credits},"unit":"credit"}}]}}"#
        )
    };
    let turns: Vec<_> = turns.iter().enumerate().map(turn).collect();
    format!(
        r#"{{"session_id":"s",{head}"session_state":{{"conversation_metadata":{{"user_turn_metadatas":[{}]}}}}}}"#,
        turns.join(",")
    )
}

/// What a range comes to, and how many sessions tell the least.
fn range(desk: &Desk, arguments: &[&str]) -> (String, u64) {
    let usage = desk.run(&[&["usage", "--json", "--by", "model"], arguments].concat()).output;
    let usage: Value = serde_json::from_str(&usage).expect("JSON");
    let used = usage["total"]["metered"].as_str().unwrap_or("-").to_owned();
    let least = usage["least"].as_u64().expect("a count");
    assert_eq!(usage["at_least"], least > 0, "Found in November 2026: it was false whatever was missing");
    (used, least)
}

/// Found in November 2026: a turn without a readable time was told at its import, and afterwards nothing said that its credits were
/// in no figure.
#[test]
fn what_ended_nobody_knows_when_makes_its_month_the_least_until_that_is_known() {
    let october = ["--from", "2026-10-01", "--to", "2026-10-31"];
    let dated = Some("2026-11-03T10:00:00Z");
    for (head, first, in_october) in [
        // By the next turn's moment; since the session was made, a month before; by when it was written.
        ("", &[(None, "5"), (dated, "1")][..], 0),
        (r#""created_at":"2026-10-30T10:00:00Z","#, &[(None, "5"), (dated, "1")], 1),
        (r#""created_at":"2026-11-01T10:00:00Z","#, &[(None, "5"), (dated, "1")], 0),
        (r#""updated_at":"2026-11-04T10:00:00Z","#, &[(dated, "1"), (None, "5")], 0),
    ] {
        let desk = Desk::at(NOW);
        let files = folder(&desk, &[("s.json", told(head, first))]);
        for _ in 0..2 {
            let view = import(&desk, &files);
            assert_eq!((view.undated, view.skipped.len()), (1, 0), "{view:?}");
            assert_eq!(used(&desk), ("1.00".to_owned(), 1, 1), "{head}");
            assert_eq!(range(&desk, &october).1, in_october, "{head}");
        }
        // A copy from before it knows nothing of it; one that tells when it ended does.
        import(&desk, &folder(&desk, &[("older.json", told(head, &[]))]));
        assert_eq!(used(&desk), ("1.00".to_owned(), 1, 1), "{head}");
        let whole = first.iter().map(|(at, credits)| (at.or(Some("2026-11-02T10:00:00Z")), *credits));
        let whole = told(head, &whole.collect::<Vec<_>>());
        import(&desk, &folder(&desk, &[("whole.json", whole)]));
        for again in [&told(head, first), &told(head, &[])] {
            assert_eq!(used(&desk), ("6.00".to_owned(), 0, 0), "{head}");
            assert_eq!(range(&desk, &october).1, 0, "{head}");
            import(&desk, &folder(&desk, &[("again.json", again.clone())]));
        }
        assert_eq!(used(&desk), ("6.00".to_owned(), 0, 0), "{head}");
    }
}

/// The same of a session that tells no moment at all, whole or cut off: it ran by when its file was written.
#[test]
fn what_tells_no_moment_ran_by_when_its_file_was_written() {
    let turns = told("", &[(None, "5")]);
    let begun =
        r#"{"session_id":"s","session_state":{"conversation_metadata":{"user_turn_metadatas":[{"result":"#;
    for (text, undated) in [(turns.as_str(), 1), (begun, 0)] {
        let desk = Desk::at(NOW);
        let files = folder(&desk, &[("s.json", text.to_owned()), ("c.json", session("c", &[]))]);
        let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_000_000); // 2026-11-18
        let file = fs::File::options().write(true).open(files.join("s.json")).expect("a file");
        file.set_modified(at).expect("set");
        let view = import(&desk, &files);
        assert_eq!(view.undated, undated, "{view:?}");
        assert_eq!(used(&desk), ("0.00".to_owned(), 1, 1), "{text}");
    }
}

/// The same of a session of the newer layout of which no row could be read.
#[test]
fn a_session_of_which_nothing_could_be_read_makes_its_month_the_least() {
    let desk = Desk::at(NOW);
    let folder = desk.home().join("copy/bucket/sess_a");
    fs::create_dir_all(&folder).expect("made");
    let about = r#"{"schemaVersion":"1.0.0","id":"sess_a","createdAt":"2026-11-03T08:00:00Z"}"#;
    fs::write(folder.join("session.json"), about).expect("written");
    let row = |at: &str| {
        format!(
            r#"{{"id":"e-usage",{at}"payload":{{"type":"usage_summary","executionId":"e","status":"success","promptTurnSummaries":[{{"unit":"credit","usage":1.5}}]}}}}"#
        )
    };
    fs::write(folder.join("messages.jsonl"), row("")).expect("written");
    for _ in 0..2 {
        let view = import(&desk, &desk.home().join("copy"));
        assert_eq!((view.added, view.bad), (0, 1), "{view:?}");
        assert_eq!(used(&desk), ("0.00".to_owned(), 1, 1));
    }
    let split = r#"{"id":"c","timestamp":"2026-11-03T09:00:01Z","payload":{"type":"session_metadata","key":"creditSplit","executionId":"","value":{"main":1.5,"delegated":0,"auxiliary":0}}}"#;
    let whole = format!("{}\n{split}\n", row(r#""timestamp":"2026-11-03T09:00:00Z","#));
    fs::write(folder.join("messages.jsonl"), whole).expect("written");
    import(&desk, &desk.home().join("copy"));
    assert_eq!(used(&desk), ("1.50".to_owned(), 0, 0));
}
