//! What decides is typed: nobody looks into an amount that is written already, nor at the code of a sentence, to decide
//! anything.

use crate::house::all_sources;
use crate::places::{product, statements};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where that happens all the same, and why: what is looked into there is no answer's amount, or nothing is decided by it.
const AMOUNTS_READ: [(&str, &str); 9] = [
    ("src-tauri/crates/app/src/alert.rs", "the guard as somebody entered it"),
    ("src-tauri/crates/app/src/kinds/person/what_if/base.rs", "the pace as somebody entered it"),
    ("src-tauri/crates/app/src/kinds/person/stated.rs", "amounts as somebody entered them"),
    ("src-tauri/crates/app/src/kinds/team/facts.rs", "amounts as somebody entered them"),
    ("src-tauri/crates/app/src/kinds/team/buying.rs", "an amount as somebody entered it"),
    (
        "src-tauri/crates/app/src/kinds/organisation/sample.rs",
        "the sample's bill is text, as a file of AWS's is",
    ),
    ("src-tauri/crates/app/src/imports/sessions/recording.rs", "a record as it is kept"),
    ("src-tauri/crates/app/src/documents/numbers.rs", "writes a sign as the language does"),
    ("src-tauri/crates/app/src/documents/lines.rs", "words \"at least nothing\" as what it says: nothing"),
];

/// Where a sentence's code is asked for, and why.
const CODES_READ: [(&str, &str); 3] = [
    ("src-tauri/crates/app/src/documents/language.rs", "words it"),
    ("src-tauri/crates/app/src/documents/words.rs", "words it"),
    ("src-tauri/crates/app/src/machine/log.rs", "logs it"),
];

/// The numbers within quotation marks that a line has.
fn quoted_numbers(line: &str) -> impl Iterator<Item = &str> {
    let is_number = |text: &&str| {
        let digits = text.trim_start_matches('-');
        digits.starts_with(|letter: char| letter.is_ascii_digit())
            && digits.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.')
    };
    line.split('"').skip(1).step_by(2).filter(is_number)
}

/// Whether a statement of Rust looks into an amount that is written.
fn reads_an_amount(statement: &str) -> bool {
    let of_zero =
        quoted_numbers(statement).any(|number| number.bytes().all(|letter| b"-0.".contains(&letter)));
    let amounts = ["Decimal", "Money", "Credits", "Balance", "Cost", "f64"];
    let words: Vec<_> = statement.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let is_read = statement.contains(".parse") || statement.contains("from_str(");
    let parsed = is_read && amounts.iter().any(|amount| words.contains(amount));
    let parsed_back = statement.contains(".to_string().parse");
    let signed = ["starts_with('-')", "strip_prefix('-')", "starts_with(\"-\")", "strip_prefix(\"-\")"];
    let signed = signed.iter().any(|sign| statement.contains(sign));
    let digits = ["'0' |", "['0'", "'1'.."];
    let searched = digits.iter().any(|digit| statement.contains(digit));
    of_zero || parsed || parsed_back || signed || searched
}

/// Whether a line asks for the code of a sentence. Countries and processes have codes too.
fn reads_a_code(line: &str) -> bool {
    let others = ["country", "status", "exit"];
    line.match_indices(".code()").any(|(at, _)| {
        let before = line[..at].trim_end();
        !others.iter().any(|other| before.ends_with(other))
    })
}

/// Whether a line of the window compares a written amount with nothing.
fn compares_with_nothing(line: &str) -> bool {
    let zeros = ["\"0\"", "\"0.0\"", "\"0.00\"", "\"0.000000\"", "'0'", "'0.00'", "`0`", "`0.00`"];
    zeros.iter().any(|zero| {
        line.match_indices(zero).any(|(at, _)| {
            let (before, after) = (line[..at].trim_end(), line[at + zero.len()..].trim_start());
            ["===", "!==", "==", "!="].iter().any(|sign| before.ends_with(sign) || after.starts_with(sign))
                || before.ends_with("case")
                || (after.starts_with(')')
                    && ["includes(", "startsWith(", "endsWith("].iter().any(|of| before.ends_with(of)))
        })
    })
}

/// What of some files isn't known to do so, and whether all that are known to still do.
fn unknown_of(
    found: impl Iterator<Item = (String, usize, String)>,
    known: &[(&str, &str)],
) -> (Vec<String>, BTreeSet<String>) {
    let (mut unknown, mut met) = (Vec::new(), BTreeSet::new());
    for (path, number, code) in found {
        if known.iter().any(|(place, _)| *place == path) {
            met.insert(path);
        } else {
            unknown.push(format!("{path}:{number}: {}", code.trim()));
        }
    }
    (unknown, met)
}

#[test]
fn nobody_decides_by_an_amount_that_is_written() {
    let files = ["src-tauri/crates/app/src", "src-tauri/crates/cli/src", "src-tauri/src"].map(product);
    let found = files.into_iter().flatten().flat_map(|(path, lines)| {
        let read = statements(&lines).into_iter().filter(|(_, statement)| reads_an_amount(statement));
        read.map(move |(number, statement)| (path.clone(), number, statement)).collect::<Vec<_>>()
    });
    let (unknown, met) = unknown_of(found, &AMOUNTS_READ);
    assert!(
        unknown.is_empty(),
        "{} places look into a written amount:\n{}",
        unknown.len(),
        unknown.join("\n")
    );
    assert_eq!(met.len(), AMOUNTS_READ.len(), "the others don't any more: {met:?}");
}

#[test]
fn nobody_decides_by_the_code_of_a_sentence() {
    let found = product("src-tauri").into_iter().flat_map(|(path, lines)| {
        let read = lines.into_iter().filter(|(_, line)| reads_a_code(line));
        read.map(|(number, line)| (path.clone(), number, line)).collect::<Vec<_>>()
    });
    // It is a code's own place.
    let found = found.filter(|(path, ..)| !path.starts_with("src-tauri/crates/exact/src"));
    let (unknown, met) = unknown_of(found, &CODES_READ);
    assert!(unknown.is_empty(), "{} places ask for a code:\n{}", unknown.len(), unknown.join("\n"));
    assert_eq!(met.len(), CODES_READ.len(), "the others don't any more: {met:?}");
}

/// Whether a statement reads a moment that is written.
fn reads_a_moment(statement: &str) -> bool {
    let is_read = statement.contains(".parse") || statement.contains("from_str(");
    let mut words = statement.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    is_read && words.any(|word| word == "Moment" || word == "DateTime")
}

/// An answer hands on the moment itself to whoever says how long ago it was. What people type is read in one place.
#[test]
fn who_shows_answers_reads_no_moment_that_is_written() {
    let files = ["src-tauri/crates/cli/src", "src-tauri/src"].map(product).into_iter().flatten();
    let found = files.flat_map(|(path, lines)| {
        let read = statements(&lines).into_iter().filter(|(_, statement)| reads_a_moment(statement));
        read.map(move |(number, statement)| format!("{path}:{number}: {statement}")).collect::<Vec<_>>()
    });
    assert_eq!(found.collect::<Vec<_>>(), [""; 0]);
    assert!(reads_a_moment("let moment = |text: &str| text.parse::<Moment>().ok();"));
    assert!(!reads_a_moment("fn ago(at: Moment, now: Moment) -> String {"));
}

#[test]
fn the_window_decides_by_no_amount_that_is_written() {
    let of_window = |path: &Path| {
        let name = path.to_string_lossy();
        path.starts_with("ui/src") && !name.contains(".test.") && !path.starts_with("ui/src/ipc/fixtures")
    };
    let files = all_sources().into_iter().filter(|(path, _)| of_window(path));
    let found: Vec<_> = files
        .flat_map(|(path, text): (PathBuf, String)| {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| compares_with_nothing(line));
            let place =
                |(number, line): (usize, &str)| format!("{}:{number}: {}", path.display(), line.trim());
            lines.map(place).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

/// Answers hold amounts as text: what sentences and alerts are decided by holds the amounts themselves.
#[test]
fn what_is_decided_from_holds_no_answer() {
    let views = ["QuotedCharge", "DifferenceView", "UnknownCharge", "InvoiceView", "ChargedPeriod"];
    let files = product("src-tauri/crates/app/src").into_iter();
    let deciding = files.filter(|(path, _)| {
        ["verdict.rs", "alerts.rs", "charged_verdict.rs", "charged_verdict/why.rs"]
            .iter()
            .any(|end| path.ends_with(end))
    });
    let mut count = 0_u32;
    for (path, lines) in deciding {
        count += 1;
        for (number, line) in lines {
            let words = line.split(|letter: char| !letter.is_alphanumeric());
            let found: Vec<_> = words.filter(|word| views.contains(word)).collect();
            assert!(found.is_empty(), "{path}:{number} decides from an answer: {found:?}");
        }
    }
    assert!(count > 5, "{count} files decide");
}

#[test]
fn looking_into_an_amount_is_noticed() {
    for statement in [
        r#"let is_in_lines_alone = of.amount == "0.00";"#,
        r#""0.00" => String::new(),"#,
        r#"filter(|tax| *tax != "0")"#,
        "let amount = |text: Option<&str>| text?.parse::<Decimal>().ok();",
        "let left: Option<Decimal> = text.trim().parse().ok();",
        "let cost = line.amount.to_string().parse().ok()?;",
        "Some((text, below)) if below.is_ok() || text.starts_with('-') => {",
        "amount.bytes().any(|digit| matches!(digit, b'1'..=b'9'))",
        "amount.bytes().all(|letter| matches!(letter, b'0' | b'.' | b'-'))",
        "text.trim_matches(['0', '.']).is_empty()",
    ] {
        assert!(reads_an_amount(statement), "{statement}");
    }
    for statement in [
        "let day = text.parse::<NaiveDate>();",
        r#"let unit = say!("credits");"#,
        "if overage.is_positive() {",
        r#"words::dollars("12.50")"#,
        "let left: Decimal = rest;",
    ] {
        assert!(!reads_an_amount(statement), "{statement}");
    }
    for line in ["match why.code() {", "READ.contains(&self.reason.code())"] {
        assert!(reads_a_code(line), "{line}");
    }
    for line in ["country.code().to_owned()", "and_then(|status| status.code())"] {
        assert!(!reads_a_code(line), "{line}");
    }
    for line in [r#"of.amount === "0.00" ? a : b"#, r#"if ("0" !== amount) {"#, r#"case "0.00":"#] {
        assert!(compares_with_nothing(line), "{line}");
    }
    for line in [r#"from: "0", to: used"#, r#"amount ?? "0""#, r#"x1="0" x2="18""#] {
        assert!(!compares_with_nothing(line), "{line}");
    }
}
