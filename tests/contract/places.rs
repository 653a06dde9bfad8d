//! What may stand in one place only: questions about the kind of account and the vendor, arithmetic on amounts; and what
//! may stand nowhere: the figures of a test.

use crate::house::all_sources;
use acceptance::root;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The product's Rust files without their comments and tests: the path and its lines, numbered from 1.
pub(crate) fn product(folder: &str) -> Vec<(String, Vec<(usize, String)>)> {
    let ours = all_sources().into_iter().filter(|(path, _)| {
        path.starts_with(folder)
            && path.extension().is_some_and(|of| of == "rs")
            && !path.ends_with("tests.rs")
            && !path.components().any(|part| part.as_os_str() == "tests")
    });
    ours.map(|(path, text)| (path.display().to_string(), code_lines(&text))).collect()
}

fn code_lines(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = (1..).zip(code.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.map(|(number, line)| (number, line.split(" // ").next().unwrap_or_default().to_owned())).collect()
}

/// The variants of one of our enums, read where it is declared, so that a new one is known at once.
fn variants(of: &str) -> Vec<String> {
    let declaration = format!("pub enum {of} {{");
    let files = all_sources().into_iter().filter(|(path, _)| path.starts_with("src-tauri"));
    let found: Vec<Vec<String>> = files
        .filter_map(|(_, text)| {
            let (_, rest) = text.split_once(&declaration)?;
            let body = rest.split_once("\n}")?.0;
            let names = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
            Some(
                names
                    .filter_map(|line| line.split(&[',', ' ', '(', '{'][..]).next())
                    .map(str::to_owned)
                    .collect(),
            )
        })
        .collect();
    assert!(found.len() == 1 && found[0].len() > 1, "{of} is declared in one place: {found:?}");
    found.into_iter().flatten().collect()
}

/// Whether a line asks which variant something is: as a pattern, in `matches!`, or by comparing.
fn asks(line: &str, of: &str, variants: &[String]) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    variants.iter().any(|variant| {
        let name = format!("{of}::{variant}");
        line.match_indices(&name).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + name.len()..]);
            let is_another = before.ends_with(is_part) || after.starts_with(is_part);
            let after = after.trim_start();
            let before = before.trim_end_matches(|letter| is_part(letter) || letter == ':').trim_end();
            let pattern = after.starts_with("=>")
                || (after.starts_with('|') && !after.starts_with("||"))
                || before.trim_start() == "|"
                || after.starts_with("if ");
            let compared = ["==", "!="].iter().any(|sign| before.ends_with(sign) || after.starts_with(sign));
            let matched = before.rsplit_once("matches!(").is_some_and(|(_, asked)| !asked.contains(") {"));
            !is_another && (pattern || compared || matched)
        })
    })
}

/// Where a kind or a vendor is told apart, but for the one file that lists them all.
fn asked(of: &str, list: &str) -> Vec<String> {
    let variants = variants(of);
    let mut found = Vec::new();
    for (path, lines) in product("src-tauri") {
        let declares = lines.iter().any(|(_, line)| line.starts_with(&format!("pub enum {of} ")));
        if Path::new(&path) == Path::new(list) || declares {
            continue;
        }
        let asking = lines.iter().filter(|(_, line)| asks(line, of, &variants));
        found.extend(asking.map(|(number, line)| format!("{path}:{number}: {}", line.trim())));
    }
    found
}

#[test]
fn kinds_of_accounts_are_told_apart_in_their_list_alone() {
    let found = asked("Kind", "src-tauri/crates/app/src/kinds/mod.rs");
    assert!(found.is_empty(), "{} places ask for the kind:\n{}", found.len(), found.join("\n"));
}

#[test]
fn vendors_are_told_apart_in_their_list_alone() {
    let found = asked("Vendor", "src-tauri/crates/app/src/vendors/mod.rs");
    assert!(found.is_empty(), "{} places ask for the vendor:\n{}", found.len(), found.join("\n"));
}

#[test]
fn asking_for_a_variant_is_noticed() {
    let variants = ["One".to_owned(), "Two".to_owned()];
    for line in [
        "    Kind::One => 1,",
        "    views::Kind::One | Kind::Two => 1,",
        "    | Kind::Two",
        "    if kind == Kind::Two {",
        "    if views::Kind::One != kind {",
        "    .filter(|kind| matches!(kind, Kind::One))",
        "    Kind::One if old => 1,",
    ] {
        assert!(asks(line, "Kind", &variants), "{line}");
    }
    for line in [
        "    desk.add(Kind::One);",
        "    LineKind::One => 1,",
        "    Kind::Only => 1,",
        "    map(|_| Kind::One)",
        "    Kind::One",
        "    let all = [Kind::One, Kind::Two];",
        "    Self::Sessions => Kind::One,",
        "    if matches!(given, Given::One) { Kind::One } else { Kind::Two }",
    ] {
        assert!(!asks(line, "Kind", &variants), "{line}");
    }
}

/// Where the integer within an amount is taken out all the same, and what for. As long as nobody else does, an amount is
/// of a type whose operations are known, wherever `app` has it.
const TAKEN_OUT: [(&str, &str); 2] = [
    ("src-tauri/crates/app/src/reported.rs", "what a report says is kept as integers"),
    ("src-tauri/crates/app/src/kinds/person/alerts.rs", "an alert is remembered by its threshold"),
];

/// What gives the integer within an amount.
const INTEGERS: [&str; 2] = ["hundredths", "rounded_millionths"];

/// What only amounts can do.
const OPERATIONS: [&str; 9] = [
    "minus",
    "less_at_most_all",
    "share",
    "negated",
    "at_rate",
    "times",
    "priced",
    "rounded_up_to",
    "divide_half_away",
];

/// The statements of code, each on one line with the number of its first one: a call that goes on is of its statement.
pub(crate) fn statements(lines: &[(usize, String)]) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (number, line) in lines {
        let line = line.trim();
        match statements.last_mut().filter(|_| goes_on) {
            Some((_, statement)) => {
                // A call of its own on the next line belongs to what it is called on.
                let gap = if line.starts_with('.') { "" } else { " " };
                statement.push_str(gap);
                statement.push_str(line);
            }
            None => statements.push((*number, line.to_owned())),
        }
        goes_on = !line.is_empty() && !line.ends_with([';', '{', '}', ',']);
    }
    statements
}

/// Whether a name is called in a statement, or handed on to be called.
fn calls(statement: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    statement.match_indices(name).any(|(at, _)| {
        let (before, after) = (&statement[..at], &statement[at + name.len()..]);
        let is_method = before.ends_with('.') && after.starts_with('(');
        let is_path = before.ends_with("::") && !after.starts_with(is_part) && !after.starts_with("::");
        let is_function = after.starts_with('(') && !before.ends_with(is_part) && name == "divide_half_away";
        is_method || is_path || is_function
    })
}

/// Whether a statement sums something that isn't plainly a count. What is an amount only where it is inferred can't be
/// told from one, so that a count says what it is.
fn sums_no_count(statement: &str) -> bool {
    let summed =
        statement.contains(".sum()") || statement.contains(".sum::<") || statement.contains(".product");
    let counts = ["u64", "u32", "usize", "i32"];
    let is_count = counts
        .iter()
        .any(|of| statement.contains(&format!("sum::<{of}>")) || statement.contains(&format!(": {of} =")));
    summed && !is_count
}

/// Whether a statement computes with amounts, or takes the integers out of them. `plus` is a calendar month's too, and
/// time has shares: a statement that speaks of months or seconds and of no amount is let through.
fn computes(statement: &str) -> bool {
    let statement = statement.trim();
    if statement.starts_with("use ") || statement.starts_with("pub use ") {
        return false;
    }
    let amounts = ["credits", "amount", "money", "balance", "total", "charge", "price", "dollar"];
    let lower = statement.to_lowercase();
    let of_time = lower.contains("month") || lower.contains("seconds");
    let of_time = of_time && !amounts.iter().any(|amount| lower.contains(amount));
    let shared = [".plus(", " permille(", "::plus)"].iter().any(|operation| statement.contains(operation));
    let operates = OPERATIONS.iter().chain(&INTEGERS).any(|name| calls(statement, name));
    operates || (shared && !of_time) || sums_no_count(statement)
}

#[test]
fn app_passes_amounts_on_and_computes_none() {
    let mut found = Vec::new();
    let mut taken_out = BTreeSet::new();
    for (path, lines) in product("src-tauri/crates/app") {
        for (number, statement) in statements(&lines).iter().filter(|(_, statement)| computes(statement)) {
            let known = TAKEN_OUT.iter().find(|(place, _)| *place == path);
            let is_all = INTEGERS.iter().any(|name| calls(statement, name));
            match known.filter(|_| is_all) {
                Some((place, _)) => _ = taken_out.insert(*place),
                None => found.push(format!("{path}:{number}: {statement}")),
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} statements of app compute what billing should:\n{}",
        found.len(),
        found.join("\n")
    );
    assert_eq!(taken_out.len(), TAKEN_OUT.len(), "nothing is taken out there any more: {taken_out:?}");
}

#[test]
fn computing_with_an_amount_is_noticed() {
    for code in [
        "let all = used.plus(left);",
        "let part = month.credits.plus(left);",
        "let cost = credits.priced(price);",
        "let all: Credits = parts.iter().sum();",
        "let all = parts.sum::<Credits>();",
        "let four = a.hundredths().saturating_mul(4);",
        "let two = a.hundredths() / 2;",
        "used_permille: permille(used.hundredths(), all.hundredths()),",
        // An amount that isn't called one any more: how sessions' totals were subtracted here.
        "let all: i128 = days.iter().map(|day| day.credits.hundredths()).sum();",
        "let told: i128 = group.parts.iter().map(|part| part.amount).sum();",
        "amount: row.credits.map(Credits::hundredths),",
        "amounts.fold(Credits::ZERO, Credits::minus)",
        // Over several lines.
        "let left = row\n    .credits\n    .minus(used);",
        "days.iter()\n    .map(|day| day.credits)\n    .sum()",
    ] {
        let lines: Vec<_> = (1..).zip(code.lines().map(str::to_owned)).collect();
        let statements = statements(&lines);
        assert!(statements.len() == 1 && computes(&statements[0].1), "{statements:?}");
    }
    for line in [
        "let next = Month::of(now).plus(1);",
        "elapsed_permille: permille(now.seconds_since(start).into(), length.into()),",
        "let credits = Credits::from_hundredths(cents);",
        "if used > left {",
        "use headroom_exact::division::permille(",
        "let tasks: u64 = days.iter().sum();",
        "days.iter().map(|day| u64::from(day.tasks)).sum::<u64>() + u64::from(estimated.tasks)",
        "let group = shares::thousandths_of(parts);",
    ] {
        assert!(!computes(line), "{line}");
    }
}

/// The amounts of the contract's cases that nothing but them has: ten or more, with cents.
fn figures_of_cases() -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(of) => of.values().for_each(|value| collect(value, found)),
            Value::Array(of) => of.iter().for_each(|value| collect(value, found)),
            Value::String(text) => {
                let digits = text.trim_start_matches('-');
                let amount = digits.split_once('.').filter(|(whole, cents)| {
                    let all =
                        [whole, cents].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
                    all && whole.len() >= 2 && cents.len() == 2 && *cents != "00"
                });
                found.extend(amount.map(|(whole, cents)| format!("{whole}.{cents}")));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/fixtures/cases")).expect("the cases") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a case");
        collect(&serde_json::from_str(&text).expect("JSON"), &mut found);
    }
    found
}

/// The figures that stand in a line: as an amount, or as hundredths.
fn figures_in<'f>(line: &str, figures: &'f BTreeSet<String>) -> Vec<&'f str> {
    let numbers = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '.');
    let numbers = numbers.filter(|number| number.starts_with(|letter: char| letter.is_ascii_digit()));
    let numbers: Vec<_> = numbers.map(|number| number.replace('_', "")).collect();
    let stands = |figure: &&String| {
        numbers.iter().any(|number| number == *figure || figure.replace('.', "") == *number)
    };
    figures.iter().filter(stands).map(String::as_str).collect()
}

#[test]
fn no_figure_of_a_case_stands_in_the_code() {
    let figures = figures_of_cases();
    assert!(figures.len() > 20, "{figures:?}");
    for (path, lines) in product("src-tauri") {
        for (number, line) in lines {
            assert_eq!(figures_in(&line, &figures), [""; 0], "{path}:{number}: {}", line.trim());
        }
    }
    let figures = BTreeSet::from(["104.59".to_owned()]);
    for line in ["Money::from_hundredths(10_459)", "if total == \"104.59\" {", "x => 10459,"] {
        assert_eq!(figures_in(line, &figures), ["104.59"], "{line}");
    }
    assert_eq!(figures_in("104590, 1104.59, 104.5", &figures), [""; 0]);
}
