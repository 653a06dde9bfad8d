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
