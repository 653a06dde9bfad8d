//! What stands between every answer and the terminal: a text from outside may hold what steers one.

use headroom_exact::printable::{REPLACED, is_printable};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A stream on which nothing is written but letters that may be shown, and ends of lines.
pub(crate) struct Printable<'o> {
    output: &'o mut dyn Write,
    /// The letter that was written last.
    before: Option<char>,
    /// The beginning of a letter whose end is yet to come.
    begun: Vec<u8>,
}

impl<'o> Printable<'o> {
    pub(crate) fn new(output: &'o mut dyn Write) -> Self {
        Self { output, before: None, begun: Vec::new() }
    }

    fn shown(&mut self, text: &str, to: &mut String) {
        for letter in text.chars() {
            let shown = letter == '\n' || is_printable(self.before, letter);
            to.push(if shown { letter } else { REPLACED });
            self.before = Some(letter);
        }
    }
}

impl Write for Printable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut text = String::with_capacity(all.len());
        let mut rest = all.as_slice();
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(letters) => {
                    self.shown(letters, &mut text);
                    break;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.shown(&String::from_utf8_lossy(good), &mut text);
                    let Some(length) = error.error_len() else {
                        bad.clone_into(&mut self.begun);
                        break;
                    };
                    text.push(REPLACED);
                    rest = bad.get(length..).unwrap_or_default();
                }
            }
        }
        self.output.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// The same JSON in which letters that may not be shown are written by their numbers: to whoever reads it, they are the
/// same.
pub(crate) fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.chars() {
        if letter == '\n' || is_printable(before, letter) {
            escaped.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                _ = write!(escaped, "\\u{unit:04x}");
            }
        }
        before = Some(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_comes_in_parts_is_one() {
        let mut written = Vec::new();
        let mut printable = Printable::new(&mut written);
        for byte in "Gr\u{fc}\u{df}e \u{9b}2J\u{1f468}\u{200d}\u{1f467}\n".bytes() {
            assert_eq!(printable.write(&[byte]).expect("written"), 1);
        }
        printable.write_all(b"\x1b[2J \xff\xc3(").expect("written");
        assert_eq!(
            String::from_utf8(written).expect("text"),
            "Grüße \u{fffd}2J\u{1f468}\u{200d}\u{1f467}\n\u{fffd}[2J \u{fffd}\u{fffd}("
        );
    }

    #[test]
    fn json_says_the_same() {
        let told = "\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}Ada\u{200d}";
        let text = serde_json::to_string_pretty(&[told]).expect("JSON");
        let shown = json(&text);
        assert!(shown.is_ascii() && shown.lines().count() == 3, "{shown}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).expect("JSON"), [told]);
    }
}
