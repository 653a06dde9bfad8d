//! A table's text as programs save it: with a byte order mark or without, in UTF-8 or UTF-16, its columns separated by
//! commas, semicolons or tabs.
//!
//! What comes out is UTF-8 without a mark. Which separator it has is told by the first line alone: the names of columns
//! hold none.

use super::FileError;
use std::borrow::Cow;
use std::io::{self, Read};

/// So many bytes are looked at before anything is read.
const LOOKED_AT: usize = 1 << 16;
/// Bytes of UTF-16 that are read at once.
const BUFFER: usize = 1 << 16;
/// A spreadsheet may say in a line of its own what separates.
const SAYS_SEPARATOR: &[u8] = b"sep=";

/// How letters are written as bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// UTF-16, the larger byte of each pair last.
    LittleEndian,
    /// UTF-16, the larger byte of each pair first.
    BigEndian,
}

/// What separates the columns of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Separator {
    /// As vendors write them.
    Comma,
    /// As a spreadsheet writes where a comma separates decimals.
    Semicolon,
    /// As a spreadsheet writes "Unicode text".
    Tab,
}

impl Separator {
    const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// As it stands in the text.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// A text on its way to a table.
pub(super) struct Text<R> {
    input: R,
    encoding: Encoding,
    /// What is decoded and not yet given, and how much of it is.
    ready: Vec<u8>,
    given: usize,
    /// Bytes that are read and not yet decoded: half a letter.
    rest: Vec<u8>,
    /// What the first look ended in.
    failed: Option<io::Error>,
}

/// How a text begins.
pub(super) struct Beginning {
    pub separator: Separator,
    /// Whether its first line says what separates, and is no row.
    pub says_separator: bool,
}

impl<R: Read> Text<R> {
    /// Looks at how a text begins. What can't be read of it is said by whoever reads it on.
    pub fn open(mut input: R) -> (Self, Beginning) {
        let mut bytes = Vec::new();
        let failed = look(&mut input, &mut bytes).err();
        let (encoding, mark) = encoding(&bytes);
        bytes.drain(..mark);
        let mut text = Self { input, encoding, ready: Vec::new(), given: 0, rest: bytes, failed };
        if let Err(error) = text.decode() {
            text.failed = Some(error);
        }
        let first = first_line(&text.ready);
        let said = said_separator(first);
        let skipped = first.len();
        if said.is_some() {
            let ends = text.ready.get(skipped..).unwrap_or_default();
            let ends = ends.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
            text.given = skipped.saturating_add(ends);
        }
        let line = text.ready.get(text.given..).map(first_line).unwrap_or_default();
        let separator = said.unwrap_or_else(|| separator(line));
        (text, Beginning { separator, says_separator: said.is_some() })
    }

    /// Makes UTF-8 of the bytes that are read.
    fn decode(&mut self) -> io::Result<()> {
        let big = match self.encoding {
            Encoding::Utf8 => {
                self.ready.append(&mut self.rest);
                return Ok(());
            }
            Encoding::BigEndian => true,
            Encoding::LittleEndian => false,
        };
        let unit = |pair: &[u8]| match *pair {
            [one, other] if big => u16::from_be_bytes([one, other]),
            [one, other] => u16::from_le_bytes([one, other]),
            _ => 0,
        };
        let mut whole = self.rest.len() & !1;
        // Half of a letter that takes two pairs waits for its other half.
        let last = whole.checked_sub(2).and_then(|from| self.rest.get(from..whole)).map(unit);
        if last.is_some_and(|last| (0xD800..0xDC00).contains(&last)) {
            whole = whole.saturating_sub(2);
        }
        let units = self.rest.get(..whole).unwrap_or_default().chunks_exact(2).map(unit);
        let mut utf8 = [0; 4];
        for letter in char::decode_utf16(units) {
            let letter = letter.map_err(|_| io::Error::from(FileError::NotText))?;
            self.ready.extend_from_slice(letter.encode_utf8(&mut utf8).as_bytes());
        }
        self.rest.drain(..whole);
        Ok(())
    }

    /// Reads on in UTF-16; whether there was anything.
    fn more(&mut self) -> io::Result<bool> {
        let before = self.rest.len();
        let mut more = (&mut self.input).take(BUFFER as u64);
        more.read_to_end(&mut self.rest)?;
        if self.rest.len() == before {
            // Half a letter at the end is none.
            return if before == 0 { Ok(false) } else { Err(FileError::NotText.into()) };
        }
        self.decode()?;
        Ok(true)
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let ready = self.ready.get(self.given..).unwrap_or_default();
            if !ready.is_empty() {
                let count = ready.len().min(buffer.len());
                for (to, from) in buffer.iter_mut().zip(ready) {
                    *to = *from;
                }
                self.given = self.given.saturating_add(count);
                return Ok(count);
            }
            self.ready.clear();
            self.given = 0;
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            if self.encoding == Encoding::Utf8 {
                return self.input.read(buffer);
            }
            if !self.more()? {
                return Ok(0);
            }
        }
    }
}

/// Reads as far as the first line goes, or as far as is looked.
fn look(input: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    const STEP: u64 = 1 << 12;
    while bytes.len() < LOOKED_AT {
        let before = bytes.len();
        input.by_ref().take(STEP).read_to_end(bytes)?;
        let read = bytes.get(before..).unwrap_or_default();
        // A line that says what separates is followed by the one that is looked for.
        if read.is_empty() || bytes.split(|byte| *byte == b'\n').count() > 2 {
            break;
        }
    }
    Ok(())
}

/// How a text that begins so is written, and how many bytes its mark takes. One without a mark is told by the zeros
/// beside its first letters: the names of columns are plain ones.
fn encoding(bytes: &[u8]) -> (Encoding, usize) {
    match *bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::LittleEndian, 2),
        [0xFE, 0xFF, ..] => (Encoding::BigEndian, 2),
        [one, 0, other, 0, ..] if one != 0 && other != 0 => (Encoding::LittleEndian, 0),
        [0, one, 0, other, ..] if one != 0 && other != 0 => (Encoding::BigEndian, 0),
        _ => (Encoding::Utf8, 0),
    }
}

/// A text in UTF-8 without a mark, in whichever way a program saved it; what can't be one stays as it is.
pub(crate) fn plain_text(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (encoding, mark) = encoding(bytes);
    let rest = bytes.get(mark..).unwrap_or_default();
    if encoding == Encoding::Utf8 {
        return Cow::Borrowed(rest);
    }
    let (ready, rest) = (Vec::with_capacity(rest.len()), rest.to_owned());
    let mut text = Text { input: io::empty(), encoding, ready, given: 0, rest, failed: None };
    text.decode().map_or(Cow::Borrowed(bytes), |()| Cow::Owned(text.ready))
}

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default()
}

/// `sep=;`
fn said_separator(line: &[u8]) -> Option<Separator> {
    let (says, said) = line.split_at_checked(SAYS_SEPARATOR.len())?;
    let said = says.eq_ignore_ascii_case(SAYS_SEPARATOR).then_some(said)?;
    Separator::ALL.into_iter().find(|separator| said == [separator.byte()])
}

/// The one that stands most often outside of quotes; of equals the first of [`Separator::ALL`].
fn separator(line: &[u8]) -> Separator {
    let mut quoted = false;
    let mut counts = [0_usize; Separator::ALL.len()];
    for byte in line {
        if *byte == b'"' {
            quoted = !quoted;
        }
        let found = Separator::ALL.iter().position(|separator| separator.byte() == *byte);
        if let Some(count) = found.filter(|_| !quoted).and_then(|found| counts.get_mut(found)) {
            *count = count.saturating_add(1);
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let found = Separator::ALL.into_iter().zip(counts).find(|(_, count)| *count == most);
    found.map_or(Separator::Comma, |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time, as a slow disk may.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            self.0.read(&mut buffer[..count])
        }
    }

    fn read(bytes: &[u8]) -> (Result<String, String>, Separator) {
        let (mut text, beginning) = Text::open(Slow(bytes));
        let mut read = Vec::new();
        let outcome = text.read_to_end(&mut read).map_err(|error| FileError::from(error).to_string());
        (outcome.map(|_| String::from_utf8(read).expect("UTF-8")), beginning.separator)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_a_text_reads_the_same() {
        let text = "Date\tUser\r\n2026-11-20\tJürgen 🦀\r\n".repeat(9_000);
        let expected = (Ok(text.clone()), Separator::Tab);
        assert_eq!(read(text.as_bytes()), expected);
        for (mark, bytes) in [("\u{feff}", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("", u16::to_be_bytes)] {
            assert_eq!(read(&utf16(&format!("{mark}{text}"), bytes)), expected);
        }
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(read(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes)), expected);
    }

    #[test]
    fn half_a_letter_is_no_text() {
        let mut cut = utf16("\u{feff}Date,User\n", u16::to_le_bytes);
        cut.push(b'x');
        assert_eq!(read(&cut).0, Err("not-text".to_owned()));
        let lone = utf16("\u{feff}a,b\n", u16::to_le_bytes);
        assert_eq!(read(&[lone.as_slice(), &[0x00, 0xDC]].concat()).0, Err("not-text".to_owned()));
        assert_eq!(read(&[lone.as_slice(), &[0x00, 0xD8]].concat()).0, Err("not-text".to_owned()));
    }

    #[test]
    fn the_first_line_tells_what_separates() {
        for (text, separator) in [
            ("a;b;c\n1,5;2,5;3,5\n", Separator::Semicolon),
            ("a,b\n1;2;3\n", Separator::Comma),
            ("\"a;b;c;d\",b\n", Separator::Comma),
            ("a\tb\n", Separator::Tab),
            ("sep=;\r\na,b;c\r\n", Separator::Semicolon),
            ("one\n", Separator::Comma),
            ("", Separator::Comma),
        ] {
            assert_eq!(read(text.as_bytes()).1, separator, "{text:?}");
        }
        assert_eq!(read(b"sep=;\r\na;b\r\n").0.as_deref(), Ok("a;b\r\n"), "it is no row");
    }
}
