//! What the threat model promises is held by tests that there are.

use acceptance::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The tests that a line of a document names, by the file that it names before them: of Rust in backquotes, of the window's
/// in quotes.
fn named(line: &str) -> Vec<(String, String)> {
    let mut tests = Vec::new();
    let mut file = String::new();
    for (place, part) in line.split('`').enumerate() {
        let is_file = |ending: &str| part.ends_with(ending) && part.contains('/');
        if place % 2 == 1 && (is_file(".rs") || is_file(".ts")) {
            part.clone_into(&mut file);
        } else if place % 2 == 1 && part.matches('_').count() >= 2 && !part.contains([' ', '/', '.']) {
            tests.push((file.clone(), format!("fn {part}(")));
        } else if place % 2 == 0 && Path::new(&file).extension().is_some_and(|ending| ending == "ts") {
            let titles = part.split('"').skip(1).step_by(2);
            tests.extend(titles.map(|title| (file.clone(), format!("test(\"{title}\""))));
        }
    }
    tests
}

/// What a row stands for: P1, F1, A1, S1 or 1, with the rest of it.
fn rows(text: &str) -> BTreeMap<String, String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let is_number = |name: &str| {
        let digits = name.trim_start_matches(['A', 'F', 'P', 'S']);
        !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    rows.filter(|(name, _)| is_number(name)).map(|(name, row)| (name.to_owned(), row.to_owned())).collect()
}

/// Whether a row names a test, or another row that does.
fn is_held(row: &str, rows: &BTreeMap<String, String>) -> bool {
    let held = row.rsplit_once(" | ").map_or(row, |(_, held)| held);
    !named(held).is_empty()
        || held.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
            rows.get(word).is_some_and(|other| other != row && !named(other).is_empty())
                || (word.starts_with('F')
                    && rows.get(word).is_some_and(|other| other != row && is_held(other, rows)))
        })
}

#[test]
fn every_finding_and_promise_is_held_by_a_test_that_there_is() {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("the threat model");
    let rows = rows(&text);
    let findings = (1..=21).map(|number| format!("F{number}"));
    let others =
        (1..=21).map(|number| format!("A{number}")).chain((1..=9).map(|number| format!("S{number}")));
    let findings = findings.chain(others).chain((1..=9).map(|number| number.to_string()));
    for name in findings {
        let row = rows.get(&name).unwrap_or_else(|| panic!("{name} is not there"));
        assert!(is_held(row, &rows), "{name} is held by nothing: {row}");
    }
    let tests: Vec<_> = text.lines().flat_map(named).collect();
    assert!(tests.len() > 40, "{tests:?}");
    for (file, test) in tests {
        let code = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(code.contains(&test), "{file} has no {test}");
    }
}

#[test]
fn a_promise_that_nothing_holds_is_noticed() {
    let line = "| P1 | no `a_b_c` | `tests/x.rs` `one_two_three`, `other`; `ui/y.test.ts` \"some title\" |";
    let test = |file: &str, test: &str| (file.to_owned(), test.to_owned());
    let tests = named(line);
    assert_eq!(
        tests[1..],
        [test("tests/x.rs", "fn one_two_three("), test("ui/y.test.ts", "test(\"some title\"")]
    );
    let rows = rows(
        "| P1 | a | `tests/x.rs` `one_two_three` |\n| F1 | b | P1 |\n| F2 | c | soon |\n| 1 | d | F1 |\n| 2 | e | F2 |\n| who | x |\n",
    );
    let held: Vec<_> = rows.iter().map(|(name, row)| (name.as_str(), is_held(row, &rows))).collect();
    assert_eq!(held, [("1", true), ("2", false), ("F1", true), ("F2", false), ("P1", true)]);
}
