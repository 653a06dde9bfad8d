//! Rows that are passed by, beside the same tables read whole.

use super::super::{Row, Table};
use super::*;
use crate::chances::Chances;
use csv::ByteRecord;

/// Gives a few bytes at a time.
struct Slow<'b>(&'b [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}

/// What is seen of a row: all of it and its line, or what is told of one that is passed by.
#[derive(PartialEq, Debug)]
enum Seen {
    Read(u64, Vec<Vec<u8>>),
    Bad(u64, String),
    Passed([Vec<u8>; TOLD]),
}

const WANTED: [&str; 2] = ["Kiro", "AmazonQ"];
/// What is looked for in the last column, in whatever letters.
fn is_asked_for(text: &[u8]) -> bool {
    text.trim_ascii().eq_ignore_ascii_case(b"x")
}

const COLUMNS: [Option<usize>; TOLD] = [Some(2), None, Some(0)];

fn seen(text: &[u8], at_once: usize, passes: bool) -> Vec<Seen> {
    let input = Slow(text, at_once);
    let mut table = if passes { Table::passing(input) } else { Table::new(input) };
    let columns = table.header().expect("a header").len();
    let of = Passing::new(&WANTED, columns, COLUMNS).but_where(Some(3), is_asked_for);
    let (mut seen, mut record) = (Vec::new(), ByteRecord::new());
    loop {
        while table.pass_by(&of, |texts| seen.push(Seen::Passed(texts.map(<[u8]>::to_vec)))).expect("read")
            > 0
        {}
        match table.next_row(&mut record).expect("read") {
            Row::End => break,
            Row::Read => {
                seen.push(Seen::Read(table.row_line(), record.iter().map(<[u8]>::to_vec).collect()));
            }
            Row::Bad(reason) => seen.push(Seen::Bad(table.row_line(), reason.to_string())),
        }
    }
    assert_eq!(
        table.bytes(),
        u64::try_from(text.len() + super::super::table::AFTER_THE_LAST.len()).expect("small")
    );
    seen
}

fn table(chances: &mut Chances) -> String {
    let end = chances.of(&["\n", "\r\n", "\n", "\r"]);
    let mut text = format!("a,b,c,d{end}");
    for _ in 0..chances.below(40) {
        let odd = chances.below(12) == 0;
        let fields = if odd { 1 + chances.below(6) } else { 4 };
        for field in 0..fields {
            let plain = ["", "x", "Kir", "AmazonEC2", "2026-10-01T00:00:00Z", "12.5"];
            let quoted =
                ["\"\"", "\"x,y\"", "\"{\"\"k\"\":1}\"", "\"two\nlines\"", "\"three\nKiro\n\"", "\"\"\"\""];
            let others =
                ["Kiro", "AmazonQ", "\"Kiro\"", "5\" disk", "\"a\"b", "\"Ki\"ro", "\"", "Kiro\"", " "];
            let which = chances.below(20);
            text += &match which {
                0..14 => chances.of(&plain),
                14..18 => chances.of(&quoted),
                _ => chances.of(&others),
            }
            .replace('\n', end);
            text += if field + 1 < fields { "," } else { end };
        }
        if chances.below(30) == 0 {
            text += end;
        }
    }
    if chances.below(3) == 0 {
        text.truncate(text.len() - chances.below(5).min(text.len() - 8));
    }
    text
}

/// Whatever is in a table, passing rows by changes nothing but that they aren't read.
#[test]
fn rows_that_are_passed_by_are_those_that_would_have_been_read_for_nothing() {
    let mut chances = Chances(17);
    let (mut passed, mut read) = (0, 0);
    for _ in 0..1_000 {
        let text = table(&mut chances);
        let whole = seen(text.as_bytes(), usize::MAX, false);
        let some = seen(text.as_bytes(), 1 + chances.below(60), true);
        assert_eq!(some.len(), whole.len(), "{text:?}\n{some:?}\n{whole:?}");
        for (one, other) in some.iter().zip(&whole) {
            let Seen::Passed([third, _, first]) = one else {
                read += 1;
                assert_eq!(one, other, "{text:?}");
                continue;
            };
            passed += 1;
            let Seen::Read(_, fields) = other else { panic!("{text:?}: {other:?} was passed by") };
            let is_wanted = |field: &Vec<u8>| WANTED.iter().any(|wanted| field == wanted.as_bytes());
            assert!(!fields.iter().any(is_wanted), "{text:?}");
            assert!(!is_asked_for(&fields[3]), "{text:?}");
            assert_eq!([third, first], [&fields[2], &fields[0]], "{text:?}");
        }
    }
    assert!(passed > 5_000 && read > 5_000, "both were tried: {passed}, {read}");
}
