//! A thousand files that were changed on their way: what they come to changes only with a word.

use headroom_app::Headroom;
use headroom_exact::Balance;
use headroom_sources::Worker;
use headroom_sources::files::table_file::unwatched;
use headroom_sources::kilo::usage_csv;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

const FILES: usize = 500;
/// In a report.
const USERS: usize = 3;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % most
    }
}

/// A report of users within and beyond their tiers.
fn report() -> String {
    let mut text =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages\n"
            .to_owned();
    for day in 1..=12 {
        for (user, tier, used) in
            [("ada", "PRO", "96.345"), ("bob", "PRO_PLUS", "12.5"), ("cem", "POWER", "1234.125")]
        {
            _ = writeln!(text, "2026-09-{day:02},{user}-{tier},KIRO_IDE,{used},true,arn:p/A,{tier},17");
        }
    }
    text
}

fn export() -> String {
    let mut text = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n".to_owned();
    for day in 1..=12 {
        for (user, cost) in
            [("ada@example.com", "1.250000"), ("bob@example.com", "1234.125001"), ("cem", "-0.500000")]
        {
            _ = writeln!(text, "2026-09-{day:02},{user},m,{cost},12,1200,34");
        }
    }
    text
}

/// What no program would take for part of a number or a name.
const STRANGE: [&[u8]; 12] =
    [b"x", b"\"", b",", b";", b"\t", b"|", b"\n", b"\0", b"\xff", b"(", b"\xe2\x82\xac", b"%"];

/// The text with one fault. A digit that became another is another file, not a fault; so nothing takes one away alone.
fn damaged(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let header = text.find('\n').expect("a header");
    match dice.below(5) {
        // Something strange stands in it.
        0 | 1 => {
            let at = dice.below(bytes.len());
            bytes.splice(at..at, STRANGE[dice.below(STRANGE.len())].iter().copied());
        }
        // A mark between fields or rows is gone.
        2 => {
            let marks: Vec<_> =
                (0..bytes.len() - 1).filter(|at| matches!(bytes[*at], b',' | b'\n')).collect();
            bytes.remove(marks[dice.below(marks.len())]);
        }
        // It breaks off within a row, before its last field.
        3 => loop {
            let at = header + 1 + dice.below(bytes.len() - header - 1);
            let row = text[..at].rfind('\n').expect("a row") + 1;
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            if at > row && text[at..end].contains(',') {
                bytes.truncate(at);
                break;
            }
        },
        // A row is there with a field of another.
        _ => {
            let rows: Vec<_> = text.lines().collect();
            let row = rows[1 + dice.below(rows.len() - 1)];
            let cut = row.rfind(',').expect("fields");
            bytes.extend_from_slice(format!("{}\n", &row[..cut]).as_bytes());
        }
    }
    bytes
}

/// The same text as another program saves it.
fn as_saved(text: &str, dice: &mut Dice, points: bool) -> Vec<u8> {
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..rows.len() {
        let (one, other) = (1 + dice.below(rows.len() - 1), 1 + dice.below(rows.len() - 1));
        rows.swap(one, other);
    }
    if dice.below(2) == 0 {
        rows.insert(1 + dice.below(rows.len() - 1), String::new());
    }
    let separator = [",", ";", "\t"][dice.below(3)];
    let quoted = dice.below(2) == 0;
    let field = |field: &str| {
        let is_number =
            field.contains('.') && field.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        let field =
            if is_number && !points && separator == ";" { field.replace('.', ",") } else { field.to_owned() };
        if quoted { format!("\"{field}\"") } else { field }
    };
    let written: Vec<String> =
        rows.iter().map(|row| row.split(',').map(field).collect::<Vec<_>>().join(separator)).collect();
    let mut text = written.join(["\n", "\r\n"][dice.below(2)]);
    text.push('\n');
    match dice.below(4) {
        0 => text.into_bytes(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

/// What a report comes to, and whether something is said of it; none where it is refused.
fn activity(file: &Path) -> Option<(Value, bool)> {
    let answer = serde_json::to_value(Headroom::activity(file, "US").ok()?).expect("JSON");
    let is_none = |key: &str| {
        answer[key].as_array().is_none_or(Vec::is_empty) && answer[key].as_u64().unwrap_or(0) == 0
    };
    let said = !["bad_rows", "notes", "replaced", "unknown_credits"].into_iter().all(is_none);
    // Who is named is shown: a letter more makes somebody else of a user, whom nobody can tell from a new one.
    let held = answer["current"]["subscriptions"].as_array().into_iter().flatten();
    let named: Vec<_> = held.map(|held| [held["profile"].clone(), held["user"].clone()]).collect();
    let said = said || named.len() != USERS;
    Some((serde_json::json!([answer["used"], answer["current"]["month_to_date"]]), said))
}

fn spent(file: &Path) -> Option<(Option<Balance>, bool)> {
    let export = usage_csv::read(&Worker::of_this_program(), file, &unwatched).ok()?;
    let cost = export.days.iter().flat_map(|day| &day.rows).map(|row| row.cost).sum();
    Some((cost, export.bad.count > 0))
}

fn compare<S: PartialEq + Clone + std::fmt::Debug>(
    name: &str,
    text: &str,
    read: fn(&Path) -> Option<(S, bool)>,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    let read = |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("written");
        read(&file)
    };
    let (whole, said) = read(text.as_bytes()).expect("readable");
    assert!(!said, "nothing is to be said of the whole");
    let mut dice = Dice(2026);
    let (mut silent, mut refused) = (Vec::new(), 0);
    for _ in 0..FILES {
        let bytes = damaged(text, &mut dice);
        match read(&bytes) {
            None => refused += 1,
            Some((sum, said)) => {
                if sum != whole && !said {
                    silent.push(String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
    }
    assert!(silent.is_empty(), "{} changed without a word, such as\n{}", silent.len(), silent[0]);
    assert!(refused > 0 && refused < FILES / 2, "{refused} refused: one fault costs a row, not the file");
    for round in 0..FILES {
        let bytes = as_saved(text, &mut dice, round % 2 == 0);
        assert_eq!(read(&bytes), Some((whole.clone(), false)), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn no_report_changes_its_sums_without_a_word() {
    compare("x_user_report_202610010200.csv", &report(), activity);
}

#[test]
fn no_export_changes_its_sum_without_a_word() {
    compare("usage-30d-2026-10-01.csv", &export(), spent);
}
