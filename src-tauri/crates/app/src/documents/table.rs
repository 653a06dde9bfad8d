//! Tables for spreadsheets: text stays text, whatever it begins with and whichever sign the reader takes for the end of a
//! cell.

use headroom_exact::printable::plain;

/// Whether a spreadsheet would take a cell for a formula: also where it widens letters first, and what it only shows.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start();
    let mut letters = cell.chars();
    match letters.next() {
        Some('=' | '+' | '@' | '|' | '＝' | '＋' | '＠' | '﹦' | '﹢' | '﹫' | '－' | '﹣') => true,
        Some('-') => !is_number(letters.as_str()),
        _ => false,
    }
}

/// Digits, with others behind a point or without.
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').map_or_else(|| is_digits(text), |(whole, rest)| is_digits(whole) && is_digits(rest))
}

/// A cell that a spreadsheet takes for text: what looks like a formula is kept from being one. So is what follows a
/// semicolon, which begins another cell where a comma stands in amounts.
pub(super) fn harmless(text: &str) -> String {
    // What isn't seen may stand before a formula and hide it.
    let text = plain(text);
    let parts =
        text.split(';').map(|part| if is_formula(part) { format!("'{part}") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join(";")
}

/// A table, line by line.
#[derive(Default)]
pub(super) struct Table(String);

impl Table {
    /// One whose columns are called so.
    pub(super) fn of(columns: &[&str]) -> Self {
        let mut table = Self::default();
        table.row(columns);
        table
    }

    /// A row more.
    pub(super) fn row(&mut self, cells: &[impl AsRef<str>]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.cell(&harmless(cell.as_ref()));
        }
        self.0.push('\n');
    }

    fn cell(&mut self, cell: &str) {
        if cell.contains([',', ';', '"']) {
            self.0.push('"');
            self.0.push_str(&cell.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(cell);
        }
    }

    /// Its bytes.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("@who", "'@who"),
            ("-a", "'-a"),
            ("-.", "'-."),
            ("-1.2.3", "'-1.2.3"),
            ("-.5", "'-.5"),
            ("|calc", "'|calc"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠who", "'＠who"),
            ("﹦1", "'﹦1"),
            ("\0=1", "'=1"),
            ("\u{b}=1", "'=1"),
            ("\u{1b}=1", "'=1"),
            ("\t=1", "'=1"),
            ("\r\n=1", "'=1"),
            ("\u{a0}=1", "'=1"),
            ("\u{3000}=1", "'=1"),
            ("\u{200b}=1", "'=1"),
            ("\u{200d}=1", "'=1"),
            ("\u{feff}=1", "'=1"),
            ("\u{202e}=1", "'=1"),
            ("\u{2066}\u{ad}\u{85}=1", "'=1"),
            ("x;=1", "x;'=1"),
            ("x; =1;y;\u{200b}@z", "x;' =1;y;'@z"),
        ] {
            assert_eq!(harmless(text), cell, "{text:?}");
        }
        for text in ["-20.00", "-20", "0.04", "Pro+", "a=b", "d-1234567890.ada", "日本", "1;2", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_cell_keeps_what_ends_others() {
        let mut table = Table::of(&["a", "b"]);
        table.row(&["x;=1", "said \"so\", twice"]);
        assert_eq!(
            String::from_utf8(table.bytes()).expect("text"),
            "a,b\n\"x;'=1\",\"said \"\"so\"\", twice\"\n"
        );
    }
}
