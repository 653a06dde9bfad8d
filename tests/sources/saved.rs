//! Files as other programs save them again: they come to the same. (Damaged ones are a campaign: `tests/campaigns/files.rs`.)

use acceptance::tables::{activity, export, report, spent};
use std::path::Path;

const FILES: usize = 500;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % most
    }
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
    for round in 0..FILES {
        let bytes = as_saved(text, &mut dice, round % 2 == 0);
        assert_eq!(read(&bytes), Some((whole.clone(), false)), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_report_comes_to_the_same_however_it_was_saved() {
    compare("x_user_report_202610010200.csv", &report(), activity);
}

#[test]
fn an_export_comes_to_the_same_however_it_was_saved() {
    compare("usage-30d-2026-10-01.csv", &export(), spent);
}
