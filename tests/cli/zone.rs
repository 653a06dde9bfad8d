//! Moments are said as a clock on the reader's wall shows them.

use std::process::Command;
use tools::programs::built;

/// "When is the next charge" was answered with "2026-12-01T00:00:00Z" wherever somebody sat.
#[test]
fn moments_for_people_are_in_the_machines_zone_and_those_for_programs_in_utc() {
    let folder = tempfile::tempdir().expect("a folder");
    let headroom = |zone: &str, arguments: &[&str]| {
        let run = Command::new(built("headroom"))
            .args(arguments)
            .env("HEADROOM_DATA_DIR", folder.path())
            .env("HOME", folder.path())
            .env("TZ", zone)
            .output()
            .expect("headroom runs");
        assert!(run.status.success(), "{run:?}");
        String::from_utf8(run.stdout).expect("text")
    };
    headroom("UTC", &["facts", "--plan", "pro", "--first-paid", "2026-09-15"]);
    // A zone by its rule, so that no list of zones has to be installed; it has no summer.
    for (zone, said) in
        [("UTC", ", 00:00 UTC,"), ("THERE-5:30", ", 05:30 UTC+05:30,"), ("HERE7", ", 17:00 UTC−07:00,")]
    {
        let status = headroom(zone, &["status"]);
        let row = status.lines().find(|line| line.trim().starts_with("Next charge")).expect("a row");
        assert!(row.contains(said), "{zone}: {row}");
    }
    let (here, there) =
        (headroom("UTC", &["status", "--json"]), headroom("THERE-5:30", &["status", "--json"]));
    let issued = |json: &str| {
        let all: serde_json::Value = serde_json::from_str(json).expect("JSON");
        all[0]["overview"]["next_charge"]["issued_at"].as_str().expect("a moment").to_owned()
    };
    assert_eq!(issued(&here), issued(&there));
    assert!(issued(&there).ends_with("T00:00:00Z"), "{}", issued(&there));
}
