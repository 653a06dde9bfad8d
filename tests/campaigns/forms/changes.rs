//! What is changed in an answer.

use acceptance::chance::Chance;
use chrono::DateTime;
use serde_json::Value;

/// What a change may do to the figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The same in another form: nothing.
    Same,
    /// Something isn't there any more: it is unknown.
    Gone,
    /// Something else stands there: it is unknown, and named.
    Broken,
}

pub struct Changed {
    pub text: String,
    pub how: How,
    /// What was changed, for people.
    pub what: String,
}

/// What stands for the changed place until the answer is written.
const PLACE: &str = "@@place@@";

/// What a moment's field is called.
const MOMENTS: [&str; 9] = [
    "nextDateReset",
    "resetDate",
    "expiresAt",
    "freeTrialExpiry",
    "expiryDate",
    "billingCycleReset",
    "effective_date",
    "expiry_date",
    "timestamp",
];

/// Every place in an answer, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut go_on = |name: String, value: &Value| {
        let place = format!("{at}/{name}");
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| go_on(name.clone(), value)),
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(index, value)| go_on(index.to_string(), value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An answer with one place of it changed.
pub fn in_json(chance: &mut Chance, whole: &str) -> Changed {
    let mut answer: Value = serde_json::from_str(whole).expect("JSON");
    let mut all = Vec::new();
    places(&answer, "", &mut all);
    if chance.below(12) == 0 {
        return added(chance, answer);
    }
    if chance.below(30) == 0 {
        let cut = (1..whole.len()).rev().find(|at| *at <= chance.below(whole.len()).max(1));
        let text = whole.get(..cut.unwrap_or(1)).unwrap_or("{").to_owned();
        return Changed { text, how: How::Broken, what: "cut off".to_owned() };
    }
    let place = all[chance.below(all.len())].clone();
    let (within, name) = place.rsplit_once('/').expect("a name");
    // A row or a pool less is another answer, not a changed one.
    if chance.below(4) == 0
        && let Some(Value::Object(fields)) = answer.pointer_mut(within)
    {
        fields.remove(name);
        let what = format!("{place} is taken away");
        return Changed { text: answer.to_string(), how: How::Gone, what };
    }
    let stood = answer.pointer(&place).expect("it was found").clone();
    let (raw, how) = instead(chance, name, &stood);
    *answer.pointer_mut(&place).expect("it was found") = Value::String(PLACE.to_owned());
    let text = answer.to_string().replacen(&format!("\"{PLACE}\""), &raw, 1);
    Changed { text, how, what: format!("{place} is {raw}") }
}

/// An answer with something in it that nobody knows.
fn added(chance: &mut Chance, mut answer: Value) -> Changed {
    let mut all = vec![String::new()];
    places(&answer, "", &mut all);
    let objects: Vec<_> =
        all.into_iter().filter(|place| answer.pointer(place).is_some_and(Value::is_object)).collect();
    let place = objects[chance.below(objects.len())].clone();
    let news = ["null", "7", "\"?\"", "{\"deep\":[1,{\"er\":null}]}", "[]", "false"];
    let new = serde_json::from_str(chance.of(&news)).expect("JSON");
    let fields = answer.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
    fields.insert("__type".to_owned(), new);
    Changed { text: answer.to_string(), how: How::Same, what: format!("something new in {place}") }
}

/// What stands there instead.
fn instead(chance: &mut Chance, name: &str, stood: &Value) -> (String, How) {
    if MOMENTS.contains(&name) && chance.below(2) == 0 && (stood.is_number() || stood.is_string()) {
        return (moment(chance, name, stood), How::Same);
    }
    if let Value::Number(number) = stood
        && chance.below(3) == 0
    {
        return (number_in_another_form(chance, &number.to_string()), How::Same);
    }
    let junk =
        ["\"\"", "\"?\"", "\"NaN\"", "[]", "{}", "[1]", "{\"value\":1}", "1e300", "\"1e300\"", "\"soon\""];
    match stood {
        // That credits never end is said with null.
        _ if chance.below(6) == 0 && name != "expiry_date" => ("null".to_owned(), How::Gone),
        // What is a list of nothing is nothing.
        Value::Array(_) | Value::Object(_) => {
            (chance.of(&["7", "\"?\"", "true", "-1"]).to_owned(), How::Broken)
        }
        Value::Number(number) if chance.below(3) == 0 && !MOMENTS.contains(&name) => {
            // Of credits by purchase nothing is left below zero, and nothing was bought.
            let negative = format!("-{}", number.to_string().trim_start_matches('-'));
            let allowed = name.ends_with("_mUsd") || name.starts_with("microdollars");
            (if allowed { format!("\"{negative}x\"") } else { negative }, How::Broken)
        }
        Value::Bool(_) => (chance.of(&["\"yes\"", "1", "[]", "\"\""]).to_owned(), How::Broken),
        Value::Number(_) | Value::String(_) | Value::Null => (chance.of(&junk).to_owned(), How::Broken),
    }
}

fn number_in_another_form(chance: &mut Chance, number: &str) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.contains(['e', 'E']) {
        return number.to_owned();
    }
    match chance.below(4) {
        0 => format!("{whole}{fraction}E-{}", fraction.len()),
        1 => format!("{whole}{fraction}e-{}", fraction.len()),
        2 if fraction.is_empty() => format!("{number}.0"),
        2 => format!("{number}00"),
        _ => format!("{whole}.{fraction}0"),
    }
}

/// The same moment in another form; the IDE's own is to the second here.
fn moment(chance: &mut Chance, name: &str, stood: &Value) -> String {
    let at = match stood {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            DateTime::from_timestamp(if number > 100_000_000_000 { number / 1_000 } else { number }, 0)
        }
        Value::String(text) => {
            let whole = if text.contains(',') { "2026-12-31".to_owned() } else { text.replacen(' ', "T", 1) };
            let whole = if whole.len() == 10 { format!("{whole}T00:00:00") } else { whole };
            let whole = whole.trim_end_matches("+00").trim_end_matches('Z').to_owned();
            DateTime::parse_from_rfc3339(&format!("{whole}Z")).ok().map(|at| at.to_utc())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let Some(at) = at else { return stood.to_string() };
    let unix = at.timestamp();
    let form = |form: &str| format!("\"{}\"", at.format(form));
    let is_midnight = unix % 86_400 == 0 && name != "timestamp";
    match chance.below(11) {
        0 => unix.to_string(),
        1 => format!("{unix}.0"),
        2 => format!("{unix}000"),
        3 => format!("\"{unix}\""),
        4 => form("%Y-%m-%dT%H:%M:%SZ"),
        5 => form("%Y-%m-%d %H:%M:%S+00"),
        6 => form("%Y-%m-%d %H:%M:%S.000+0000"),
        7 => form("%Y-%m-%dt%H:%M:%S.000z"),
        8 => form("%Y-%m-%d %H:%M:%S+00:00"),
        9 if is_midnight => form("%Y-%m-%d"),
        10 if is_midnight => form("%b %d, %Y"),
        _ => format!("{unix}E0"),
    }
}

/// A report with one line of it changed.
pub fn in_text(chance: &mut Chance, whole: &str) -> Changed {
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    let at = chance.below(lines.len());
    let line = lines[at].clone();
    let (how, kind) = match chance.below(9) {
        0 => {
            lines[at] = format!("\u{1b}[1;32m{line}\u{1b}[0m");
            (How::Same, "coloured")
        }
        1 => {
            lines[at] = format!("  \t{line} \r");
            (How::Same, "set in")
        }
        2 => {
            lines.insert(at, chance.of(&["", "████ 7%", "Tip: run /context", "────────"]).to_owned());
            (How::Same, "begun with another")
        }
        3 => {
            lines[at] = line.to_uppercase().replace("CREDITS USED, EXPIRES", "credits used, expires");
            (How::Broken, "in capitals")
        }
        4 => {
            lines.remove(at);
            (How::Gone, "taken away")
        }
        5 => {
            lines.truncate(at);
            (How::Gone, "taken away with all after it")
        }
        6 => {
            lines[at] =
                line.chars().map(|letter| if letter.is_ascii_digit() { '?' } else { letter }).collect();
            (How::Broken, "without digits")
        }
        7 => {
            lines[at] =
                line.replace('/', "|").replace(" of ", " or ").replace('$', "€").replace("abled", "acted");
            (How::Broken, "with other signs")
        }
        _ => {
            lines[at] = line.replace('.', ",");
            (if line.contains('.') { How::Broken } else { How::Same }, "with commas")
        }
    };
    Changed { text: format!("{}\n", lines.join("\n")), how, what: format!("{line:?} is {kind}") }
}
