//! Sessions of Kiro's programs, of every layout: each execution once, however its files lie, come or are cut.

use super::NOW;
use super::zipped::zip;
use acceptance::{Desk, fixture};
use headroom_app::answers::{AccountNumber, ImportKind, ImportView};
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

fn import(desk: &Desk, path: &Path) -> ImportView {
    desk.import(ImportKind::KiroSessions, Some(path)).expect("an import")
}

/// Everything that counts: key, when, as what, how much, of which session and model.
fn counted(desk: &Desk) -> Vec<String> {
    let store = Connection::open(desk.folder().join("data/headroom.db")).expect("the data");
    let mut statement = store
        .prepare(
            "SELECT replace(key, ' again', ''), at, kind, credits, session, model, json_extract(body, '$.exact_credits')
             FROM events WHERE kind <> 'superseded' AND session IS NOT NULL ORDER BY 1",
        )
        .expect("it is asked");
    let rows = statement.query_map([], |row| {
        let (key, at, kind): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (credits, session): (Option<i64>, String) = (row.get(3)?, row.get(4)?);
        let (model, exact): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
        Ok(format!("{key} {at} {kind} {credits:?} {session} {model:?} {exact:?}"))
    });
    let rows = rows.expect("rows").collect::<rusqlite::Result<Vec<_>>>().expect("rows");
    let sums = "SELECT SUM(credits), SUM(tasks), SUM(unmetered) FROM daily_rollups";
    let sums: (i64, i64, i64) =
        store.query_row(sums, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("sums");
    let events = "SELECT SUM(CASE WHEN kind IN ('usage', 'auxiliary') THEN credits ELSE 0 END),
                         SUM(kind = 'usage'), SUM(kind = 'unmetered') FROM events";
    let events: (i64, i64, i64) =
        store.query_row(events, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("sums");
    assert_eq!(sums, events, "the days' sums are what counts");
    assert_summed(&store);
    rows
}

/// That what is kept of hours and sessions is the sum of what counts, and nothing else.
fn assert_summed(store: &Connection) {
    let parts = "COUNT(*), COALESCE(SUM(CASE WHEN kind IN ('usage', 'auxiliary') THEN credits END), 0),
        COALESCE(SUM(CASE WHEN kind = 'auxiliary' THEN credits END), 0),
        COALESCE(SUM(CASE WHEN kind = 'estimated' THEN credits END), 0), COUNT(*) - SUM(kind = 'auxiliary'),
        SUM(kind <> 'auxiliary' AND credits IS NULL)";
    let counts =
        "FROM events WHERE kind IN ('usage', 'unmetered', 'estimated', 'auxiliary') GROUP BY 1, 2, 3";
    for (kept, counted) in [
        (
            "SELECT hour, source, model, records, metered, auxiliary, estimated, tasks, unknown, 0, 0 FROM hour_sums".to_owned(),
            format!("SELECT at / 3600, source, COALESCE(model, ''), {parts}, 0, 0 {counts}"),
        ),
        (
            "SELECT day, session, '', records, metered, auxiliary, estimated, tasks, unknown, unmetered, newer
             FROM session_sums".to_owned(),
            format!(
                "SELECT at / 86400, COALESCE(session, ''), '', {parts}, SUM(kind = 'unmetered'),
                     SUM(source = 'kiro-sessions') {counts}"
            ),
        ),
    ] {
        let rows = |sql: &str| {
            let mut statement = store.prepare(&format!("{sql} ORDER BY 1, 2, 3")).expect("it is asked");
            let row = |row: &rusqlite::Row<'_>| {
                let (number, texts): (i64, [String; 2]) = (row.get(0)?, [row.get(1)?, row.get(2)?]);
                let sums = (3..11).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<i64>>>()?;
                Ok((number, texts, sums))
            };
            statement.query_map([], row).expect("rows").collect::<rusqlite::Result<Vec<_>>>().expect("rows")
        };
        assert_eq!(rows(&kept), rows(&counted));
    }
}

fn used(desk: &Desk, account: AccountNumber) -> Option<String> {
    desk.headroom.overview(account).expect("an overview").used
}

#[test]
fn every_layout_is_read_and_each_execution_counts_once() {
    let desk = Desk::at(NOW);
    let view = import(&desk, &fixture("session-folders"));
    assert_eq!((view.files, view.read, view.added, view.unmetered, view.known), (4, 7, 5, 2, 0));
    assert_eq!((view.copies, view.bad, view.replaced), (1, 1, 0));
    assert!(view.bad_rows[0].path.ends_with("sess_ide0/messages.jsonl") && view.bad_rows[0].line == 4);
    let amount = view.amount.expect("an amount");
    assert_eq!((amount.value.as_str(), amount.at_least), ("22.48", true));
    let parts = view.sessions.expect("sessions");
    let of = [parts.main, parts.delegated, parts.either, parts.auxiliary].map(|credits| credits.to_string());
    assert_eq!(of, ["8.81", "0.60", "12.35", "0.60"]);
    assert_eq!((parts.sessions, parts.least), (3, 2));
    let rows = counted(&desk);
    assert!(rows.iter().all(|row| !row.contains("Some(90000)")), "nothing of what is passed over: {rows:?}");
    let one = |key: &str| rows.iter().find(|row| row.contains(key)).expect(key).clone();
    assert!(
        one("execution:0d4f ")
            .contains("usage Some(191) sess_7b0e Some(\"minimax-m2.1\") Some(\"1.9074125\")")
    );
    assert!(one("execution:5f21 ").contains("unmetered None sess_7b0e Some(\"claude-sonnet-5\")"));
    assert!(one("auxiliary:c1 ").contains("auxiliary Some(14) sess_7b0e"));
    assert!(one("auxiliary:c2 ").contains("auxiliary Some(20) sess_7b0e"));
    assert!(one("auxiliary:c9 ").contains("auxiliary Some(26) sess_1f0k"));
    // 77aa was summed up on the last of October.
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-09-01"}"#);
    assert_eq!(used(&desk, account).as_deref(), Some("18.98"));
}

#[test]
fn a_second_import_changes_nothing_and_is_told_as_known() {
    let desk = Desk::at(NOW);
    import(&desk, &fixture("session-folders"));
    let before = counted(&desk);
    let again = import(&desk, &fixture("session-folders"));
    assert_eq!((again.read, again.added, again.unmetered, again.known, again.replaced), (7, 0, 0, 7, 0));
    assert_eq!(counted(&desk), before);
}

/// Sessions are found by their folders, and what lies beside them by what it holds.
#[test]
fn a_folder_that_is_given_brings_its_sessions_and_those_packed_beside_them() {
    let desk = Desk::at(NOW);
    let given = desk.home().join("moved");
    let session = fixture("session-folders/3f0c9a1be27d4856/sess_7b0e/messages.jsonl");
    let text = fs::read_to_string(session).expect("a session");
    let folder = given.join("bucket/sess_7b0e");
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("messages.jsonl"), &text).expect("written");
    let other =
        text.replace("\"executionId\":\"", "\"executionId\":\"z-").replace("\"id\":\"", "\"id\":\"z-");
    fs::write(given.join("old.zip"), zip(&[("sess_z/messages.jsonl", other.as_bytes())])).expect("written");
    let view = import(&desk, &given);
    assert_eq!((view.added, view.unmetered, view.files), (4, 2, 2), "{view:?}");
    let again = import(&desk, &given);
    assert_eq!((again.added, again.unmetered), (0, 0), "{again:?}");
}

#[test]
fn on_the_command_line_it_is_said_what_is_the_least() {
    let desk = Desk::at(NOW);
    let folder = fixture("session-folders").to_string_lossy().into_owned();
    let told = desk.run(&["import", "kiro-sessions", &folder]);
    assert_eq!(told.status, 0, "{told:?}");
    for said in [
        "4 files of",
        "7 tasks read, 5 new tasks with at least 22.48 credits, 0 known already.",
        "2 tasks carry no cost and aren't counted.",
        "1 task stands there more than once and counts once.",
        "Credits used in 3 sessions: at least 8.81 by tasks, 0.60 by their subagents, at least 12.35 by either (their sessions don't tell which), at least 0.60 besides, for compaction and the like.",
        "That is the least: 2 of them don't tell what was used besides (as before the command line's 3.5), or what a task used.",
        "1 row couldn't be read and isn't counted.",
    ] {
        assert!(told.output.contains(said), "{said}: {told:?}");
    }
    assert!(told.errors.contains("sess_ide0/messages.jsonl: line 4: "), "{told:?}");
}

#[test]
fn what_was_an_estimate_is_metered_once_it_is_read_as_that_and_never_back() {
    let desk = Desk::at(NOW);
    let folder = fixture("session-folders");
    let estimates = desk.import(ImportKind::KiroIdeSessions, Some(&folder)).expect("an import");
    assert_eq!((estimates.files, estimates.read, estimates.added), (3, 6, 4));
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-09-01"}"#);
    let before = used(&desk, account);
    assert_ne!(before.as_deref(), Some("18.98"), "an estimate is in no figure");
    let metered = import(&desk, &folder);
    assert_eq!((metered.added, metered.unmetered, metered.known, metered.replaced), (5, 2, 0, 0));
    assert_eq!(used(&desk, account).as_deref(), Some("18.98"));
    let before = counted(&desk);
    let again = desk.import(ImportKind::KiroIdeSessions, Some(&folder)).expect("an import");
    assert_eq!((again.added, again.known, again.replaced), (0, 6, 0));
    assert_eq!(counted(&desk), before);
}

/// Chance that is the same each time.
struct Chances(u64);

impl Chances {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it fits") % most
    }
}

/// What stands in a home: a file's place and its text.
type Home = Vec<(String, String)>;

fn row(id: &str, at: u64, payload: &str) -> String {
    let at =
        format!("2026-11-{:02}T{:02}:{:02}:{:02}Z", 1 + at / 86_400, at / 3_600 % 24, at / 60 % 60, at % 60);
    format!("{{\"id\":\"{id}\",\"timestamp\":\"{at}\",\"payload\":{payload}}}\n")
}

/// A parent that is summed up, corrected and ends in the middle of a turn, forks of it and of a fork in other buckets,
/// a copy of it from another machine.
fn made(chances: &mut Chances) -> Home {
    let mut at = 0;
    let mut auxiliary = 0;
    let mut home = Vec::new();
    let mut bases: Vec<(String, String)> = vec![(String::new(), String::new())];
    for session in 0..4 {
        let (parent, base) = bases[chances.below(bases.len())].clone();
        let id = format!("sess_{}{session}", ["z", "a", "m", "b"][session]);
        let mut text = base;
        for turn in 0..=chances.below(6) {
            at += 60 + u64::try_from(chances.below(4_000)).expect("small");
            let execution = format!("x{session}-{turn}");
            text += &row(
                &format!("{execution}-s"),
                at,
                &format!(r#"{{"type":"turn_start","executionId":"{execution}"}}"#),
            );
            text += &row("p", at, r#"{"type":"user","content":"usage_summary? \"creditSplit\""}"#);
            for _ in 0..chances.below(3) {
                at += 1;
                let entries = match chances.below(5) {
                    0 => String::new(),
                    _ => format!(
                        r#"{{"unit":"credit","usage":{}.{:06}}}"#,
                        chances.below(9),
                        chances.below(1_000_000)
                    ),
                };
                let payload = format!(
                    r#"{{"type":"usage_summary","executionId":"{execution}","promptTurnSummaries":[{entries}]}}"#
                );
                text += &row(&format!("{execution}-usage"), at, &payload);
            }
            if chances.below(3) > 0 {
                auxiliary = (auxiliary + chances.below(9_000)).saturating_sub(chances.below(2_500));
                let payload = format!(
                    r#"{{"type":"session_metadata","key":"creditSplit","executionId":"","value":{{"main":1,"delegated":0.{turn},"auxiliary":{}.{:04}}}}}"#,
                    auxiliary / 10_000,
                    auxiliary % 10_000
                );
                text += &row(&format!("c{session}-{turn}"), at, &payload);
            }
        }
        let created = row("", at + 30, "0")[22..42].to_owned();
        let parent =
            if parent.is_empty() { String::new() } else { format!(r#""parentSessionId":"{parent}","#) };
        let about = format!(r#"{{"id":"{id}",{parent}"createdAt":"{created}","modelId":"claude-sonnet-5"}}"#);
        let place = format!("bucket{}/{id}", chances.below(2));
        home.push((format!("{place}/session.json"), about));
        home.push((format!("{place}/messages.jsonl"), text.clone()));
        bases.push((id, text));
    }
    home
}

fn written(folder: &Path, home: &Home) -> PathBuf {
    for (place, text) in home {
        let file = folder.join(place);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, text).expect("written");
    }
    folder.to_owned()
}

#[test]
fn in_any_order_and_cut_anywhere_it_comes_to_the_same() {
    for seed in 0..10 {
        let mut chances = Chances(seed);
        let home = made(&mut chances);
        let whole = Desk::at(NOW);
        import(&whole, &written(&whole.home(), &home));
        let right = counted(&whole);
        // Each session by itself, in any order, first cut and then whole.
        let parts = Desk::at(NOW);
        let folder = written(&parts.home(), &home);
        let mut files: Vec<_> = home.iter().filter(|(place, _)| place.ends_with("jsonl")).collect();
        for place in (1..files.len()).rev() {
            files.swap(place, chances.below(place + 1));
        }
        for (place, text) in &files {
            fs::write(folder.join(place), &text[..chances.below(text.len() + 1)]).expect("written");
        }
        for (place, _) in &files {
            // One that was cut before its first row is told to be none.
            _ = parts.import(ImportKind::KiroSessions, Some(&folder.join(place)));
        }
        files.rotate_left(1);
        for (place, text) in &files {
            fs::write(folder.join(place), text).expect("written");
            import(&parts, &folder.join(place));
        }
        assert_eq!(counted(&parts), right, "seed {seed}");
        import(&parts, &folder);
        assert_eq!(counted(&parts), right, "seed {seed}: once more, all at once");
        // What was read stays when the files are gone, and an older copy changes nothing.
        for (place, text) in &files {
            fs::write(folder.join(place), &text[..text.len() / 2]).expect("written");
        }
        _ = parts.import(ImportKind::KiroSessions, Some(&folder));
        assert_eq!(counted(&parts), right, "seed {seed}: from older copies");
    }
}

fn set_written(file: &Path, at: SystemTime) {
    File::options().write(true).open(file).expect("it opens").set_modified(at).expect("set");
}

#[test]
fn a_file_that_changed_within_the_second_is_read_again() {
    let usage = |amount: &str| {
        row(
            "e-usage",
            0,
            &format!(
                r#"{{"type":"usage_summary","executionId":"e","promptTurnSummaries":[{{"unit":"credit","usage":{amount}}}]}}"#
            ),
        )
    };
    // When a file changed can't be chosen: what has just been written tells it.
    let folder = tempfile::tempdir().expect("a folder");
    let just = folder.path().join("just");
    fs::write(&just, "").expect("written");
    let now = fs::metadata(&just).and_then(|of| of.modified()).expect("when it was written");
    let since = now.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs();
    let at = |seconds: u64| {
        headroom_exact::Moment::from_unix(i64::try_from(seconds).expect("fits"), 0).expect("a moment")
    };
    let desk = Desk::at(&at(since).to_string());
    let file = written(&desk.home(), &vec![("b/s/messages.jsonl".to_owned(), usage("1.25"))])
        .join("b/s/messages.jsonl");
    assert_eq!(import(&desk, &file).added, 1);
    // As long, as old, in the same place: nothing but what stands in it tells.
    fs::write(&file, format!("{}{}", usage("1.25"), usage("7.50")).replace("e-usage", "e-again"))
        .expect("written");
    set_written(&file, now);
    assert_eq!(import(&desk, &file).replaced, 1);
    // An hour later it is settled, and isn't read any more.
    desk.wait_until(&at(since + 3_600).to_string());
    assert_eq!(import(&desk, &file).known, 1);
    let rows = counted(&desk);
    let store = Connection::open(desk.folder().join("data/headroom.db")).expect("the data");
    let known: i64 =
        store.query_row("SELECT COUNT(*) FROM read_files", [], |row| row.get(0)).expect("a count");
    assert_eq!(known, 1);
    assert_eq!((import(&desk, &file).known, counted(&desk)), (1, rows));
}

#[test]
fn an_exported_session_is_read_from_its_zip_and_is_no_second_one() {
    let desk = Desk::at(NOW);
    let folder = fixture("session-folders/3f0c9a1be27d4856/sess_7b0e");
    let file = |name: &str| fs::read(folder.join(name)).expect("a file");
    let told = r#"{"id":"s-usage","timestamp":"2026-11-03T08:14:55Z","payload":{"type":"usage_summary","executionId":"s","promptTurnSummaries":[{"unit":"credit","usage":900}]}}"#;
    let exported = zip(&[
        ("sess_7b0e/session.json", &file("session.json")),
        ("sess_7b0e/messages.jsonl", &file("messages.jsonl")),
        ("sess_7b0e/sub-executions/9c1d.jsonl", told.as_bytes()),
    ]);
    let place = desk.home().join("exported.zip");
    fs::write(&place, exported).expect("written");
    let view = import(&desk, &place);
    assert_eq!((view.added, view.unmetered), (2, 1), "{view:?}");
    let before = counted(&desk);
    assert!(before.iter().all(|row| !row.contains("execution:s ")), "no subagent's transcript: {before:?}");
    import(&desk, &fixture("session-folders"));
    let after = counted(&desk);
    assert!(before.iter().all(|row| after.contains(row)), "the same as in the home: {before:?} {after:?}");
    assert_eq!(desk.run(&["import", &place.to_string_lossy()]).status, 0);
    assert_eq!(counted(&desk), after);
}

/// Found in November 2026: of two sessions that Kiro exported only one was imported, since their files have the same names.
#[test]
fn two_exported_sessions_are_two_whatever_their_files_are_called() {
    let told = |execution: &str| {
        format!(
            r#"{{"id":"{execution}-usage","timestamp":"2026-11-03T08:14:55Z","payload":{{"type":"usage_summary","executionId":"{execution}","promptTurnSummaries":[{{"unit":"credit","usage":1.5}}]}}}}"#
        )
    };
    for within in ["", "export/"] {
        let desk = Desk::at(NOW);
        for session in ["one", "two"] {
            let about = format!(r#"{{"schemaVersion":"1.0.0","id":"sess_{session}"}}"#);
            let name = |file: &str| format!("{within}{file}");
            let exported = zip(&[
                (&name("session.json"), about.as_bytes()),
                (&name("messages.jsonl"), told(session).as_bytes()),
            ]);
            let place = desk.home().join(format!("in/{session}.zip"));
            fs::create_dir_all(place.parent().expect("a folder")).expect("made");
            fs::write(place, exported).expect("written");
        }
        let view = import(&desk, &desk.home().join("in"));
        assert_eq!((view.files, view.added), (2, 2), "{view:?}");
        let rows = counted(&desk);
        for session in ["one", "two"] {
            assert!(rows.iter().any(|row| row.contains(&format!("sess_{session}"))), "{rows:?}");
        }
    }
}
