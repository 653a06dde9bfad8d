//! The contract's worked cases, run through `headroom` as its users run it.

use acceptance::{fixture, headroom, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Every case file of a folder by name.
fn cases(folder: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(folder)
        .expect("the folder of cases is there")
        .map(|entry| entry.expect("its entries are readable").path())
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a case is text"))
        })
        .collect()
}

/// Whether `actual` holds everything `expected` does: the product may add keys, never change them.
fn first_difference(expected: &Value, actual: &Value, place: &str) -> Option<String> {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => expected.iter().find_map(|(key, value)| {
            let place = format!("{place}.{key}");
            match actual.get(key) {
                Some(found) => first_difference(value, found, &place),
                None => Some(format!("{place}: missing")),
            }
        }),
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            expected.iter().zip(actual).enumerate().find_map(|(index, (value, found))| {
                first_difference(value, found, &format!("{place}[{index}]"))
            })
        }
        _ => (expected != actual).then(|| format!("{place}: expected {expected}, found {actual}")),
    }
}

/// The folders of cases, which stand under the same names in the contract, and how many there are in each.
const FOLDERS: [(&str, usize); 2] = [("cases", 53), ("cases-2026", 15)];

#[test]
fn every_case_agrees() {
    for (folder, count) in FOLDERS {
        every_case_of_a_folder_agrees(folder, count);
    }
}

fn every_case_of_a_folder_agrees(folder: &str, count: usize) {
    let mut run = 0;
    let mut failures = Vec::new();
    for (name, text) in cases(&fixture(folder)) {
        let case: Value = serde_json::from_str(&text).expect("a case is JSON");
        run += 1;
        let mut arguments = vec![case["run"].as_str().expect("run names the command"), "-"];
        if let Some(plan) = case["args"]["plan"].as_str() {
            arguments.extend(["--plan", plan]);
        }
        if let Some(at) = case["args"]["at"].as_str() {
            arguments.extend(["--at", at]);
        }
        let outcome = headroom(&arguments, case["scenario"].to_string().as_bytes());
        if case["expect_error"] == true {
            let lines = outcome.errors.lines().count();
            if (outcome.status, outcome.output.as_str(), lines) != (2, "", 1) {
                failures.push(format!("{name}: expected exit status 2 and one line, found {outcome:?}"));
            }
            continue;
        }
        match serde_json::from_str(&outcome.output) {
            Ok(answer) => {
                failures.extend(
                    first_difference(&case["expect"], &answer, "").map(|place| format!("{name}{place}")),
                );
            }
            Err(_) => failures.push(format!("{name}: {outcome:?}")),
        }
    }
    assert!(failures.is_empty(), "{} of {run} {folder} differ:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(run, count, "the contract has so many {folder}");
}

#[test]
fn the_cases_are_the_contracts() {
    for (folder, _) in FOLDERS {
        let shared = root().join("../shared").join(folder);
        if shared.exists() {
            let copied = cases(&fixture(folder));
            assert_eq!(copied, cases(&shared), "tests/fixtures/{folder} is a copy of the contract's");
        }
    }
}
