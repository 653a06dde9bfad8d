//! Where amounts are divided: in one place, which rounds in one way.

use crate::house::all_sources;
use std::collections::BTreeSet;
use std::path::Path;

/// The one place.
const DIVIDES: &str = "src-tauri/crates/exact/src/division.rs";

/// Where something else is divided, and what.
const OTHERS: [(&str, &str); 36] = [
    ("src-tauri/crates/exact/src/calendar.rs", "months into years"),
    ("src-tauri/src/window.rs", "percent, as the web view takes them"),
    ("src-tauri/crates/exact/src/saying.rs", "letters, where a long text is cut"),
    ("src-tauri/crates/billing/src/advice/forecast.rs", "the places in a list into quarters"),
    ("src-tauri/crates/billing/src/person/verdict.rs", "seconds into days"),
    ("src-tauri/crates/billing/src/team/outlook.rs", "seconds into days"),
    ("src-tauri/crates/store/src/door/look.rs", "bytes into pages"),
    ("src-tauri/crates/store/src/migrations.rs", "seconds into days"),
    ("src-tauri/crates/store/src/sums_step.rs", "seconds into hours and days"),
    ("src-tauri/crates/store/src/table/breakdown.rs", "hours into those of a week"),
    ("src-tauri/crates/store/src/table/snapshots.rs", "seconds into days"),
    ("src-tauri/crates/store/src/table/changes.rs", "seconds into hours and days"),
    ("src-tauri/crates/sources/src/aws/keys.rs", "the places in a list"),
    ("src-tauri/crates/sources/src/aws/parquet_file.rs", "bytes, for how far it is"),
    ("src-tauri/crates/sources/src/files/bounded/mod.rs", "bytes, for people"),
    ("src-tauri/crates/sources/src/files/table_file.rs", "rows, for how far it is"),
    ("src-tauri/crates/sources/src/kilo/database/message.rs", "milliseconds into days"),
    ("src-tauri/crates/sources/src/kiro/client_log.rs", "seconds into quarters of an hour"),
    ("src-tauri/crates/sources/src/wire/moments.rs", "milliseconds into seconds"),
    ("src-tauri/crates/sources/src/wire/patience.rs", "waits"),
    ("src-tauri/crates/sources/src/wire/struck.rs", "bits into letters"),
    ("src-tauri/crates/sources/src/worker/cage.rs", "bytes into seconds"),
    ("src-tauri/crates/app/src/alert.rs", "seconds into days"),
    ("src-tauri/crates/app/src/breakdown.rs", "the hours of a week into days"),
    ("src-tauri/crates/app/src/documents/pages.rs", "the widths of letters"),
    ("src-tauri/crates/app/src/imports/wanted.rs", "bytes, for how far it is"),
    ("src-tauri/crates/app/src/imports/running.rs", "rows, for when to look up"),
    ("src-tauri/crates/app/src/kinds/person/sample.rs", "a made-up use"),
    ("src-tauri/crates/app/src/kinds/sample.rs", "a number by chance"),
    ("src-tauri/crates/app/src/machine/reports.rs", "a number by chance"),
    ("src-tauri/crates/app/src/usage/pieces.rs", "the places in a list into quarters"),
    ("src-tauri/crates/app/src/usage/rows.rs", "rows into pages"),
    ("src-tauri/crates/app/src/vendors/evidence/age.rs", "seconds into days"),
    ("src-tauri/crates/cli/src/files.rs", "bytes into kilobytes"),
    ("src-tauri/crates/cli/src/import.rs", "how far it is into letters"),
    ("src-tauri/crates/cli/src/standing.rs", "seconds into minutes, hours and days"),
];

/// A line without what stands between quotes, and without its comment.
fn bare(line: &str) -> String {
    let mut bare = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for letter in line.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted => bare.push(letter),
            _ => {}
        }
    }
    bare.split("//").next().unwrap_or_default().to_owned()
}

/// Whether a line divides: by an operator, or by one of the methods that do.
fn divides(line: &str) -> bool {
    let bare = bare(line);
    let by_method = ["_div(", "_rem(", "div_euclid(", "rem_euclid(", "div_ceil(", "isqrt(", "midpoint("];
    let by_operator = [" / ", " % ", " /= ", " %= "];
    by_method.iter().chain(&by_operator).any(|operation| bare.contains(operation))
}

#[test]
fn amounts_are_divided_in_one_place() {
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for (path, text) in all_sources() {
        let is_test = path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
        if !path.starts_with("src-tauri") || is_test || path == Path::new(DIVIDES) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = (1..).zip(code.lines()).filter(|(_, line)| divides(line));
        for (number, line) in lines {
            match OTHERS.iter().find(|(of, _)| path == Path::new(of)) {
                Some((of, _)) => _ = known.insert(*of),
                None => found.push(format!("{}:{number}: {}", path.display(), line.trim())),
            }
        }
    }
    assert!(found.is_empty(), "divide by `exact::division`:\n{}", found.join("\n"));
    let gone: Vec<_> = OTHERS.iter().map(|(of, _)| of).filter(|of| !known.contains(**of)).collect();
    assert_eq!(gone, [&""; 0], "nothing is divided there any more");
}

#[test]
fn a_division_is_noticed() {
    for line in [
        "let half = credits.hundredths() / 2;",
        "    rest %= 100;",
        "let share = part.checked_div(whole);",
        "let days = cents.div_euclid(30);",
        "total.div_ceil(12)",
    ] {
        assert!(divides(line), "{line}");
    }
    for line in
        ["// cents / 100", "write!(out, \"{a} / {b}\")", "let url = \"a / b\";", "x // of a / b", "</a>"]
    {
        assert!(!divides(line), "{line}");
    }
}
